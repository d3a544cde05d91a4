/** CoinJoins as a stop policy: traced value is held before a transaction that the named rules take for a CoinJoin. */
import type { LedgerTx } from '../chains/index.ts'
import { defaultStopPolicy, detect, isCoinJoin, type RuleId, type StopPolicy } from './detectors/index.ts'
import type { Hold } from './pass.ts'

export function coinJoinStop(
  ruleIds: readonly string[],
  chain: string,
  txByTxid: ReadonlyMap<string, LedgerTx>,
): (txid: string) => Hold | null {
  if (ruleIds.length === 0) return () => null
  const policy: StopPolicy = { rules: ruleIds as readonly RuleId[], vetoes: defaultStopPolicy.vetoes }
  const holdByTxid = new Map<string, Hold | null>()
  return (txid) => {
    const known = holdByTxid.get(txid)
    if (known !== undefined) return known
    const tx = txByTxid.get(txid)
    const decision = tx && !tx.coinbase ? isCoinJoin(detect(tx, { chain }), policy) : null
    const hold: Hold | null = decision?.stop
      ? { status: 'not-followed', code: 'coinjoin', reason: `stopped before ${txid}: ${decision.reason}` }
      : null
    holdByTxid.set(txid, hold)
    return hold
  }
}
