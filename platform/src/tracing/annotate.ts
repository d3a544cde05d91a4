/**
 * Annotations: what published detectors say of the transactions that a trace passed through. They stand beside the
 * trace and change nothing in it. Only matches are kept.
 */
import type { LedgerTx } from '../chains/index.ts'
import { detect, type Finding, type NeighbourShape, type Neighbours } from './detectors/index.ts'
import type { TraceOutcome } from './trace.ts'

export type Annotation = Finding & { readonly txid: string }

export function annotate(outcome: TraceOutcome, chain: string, txByTxid: ReadonlyMap<string, LedgerTx>): Annotation[] {
  const spenderByKey = new Map<string, string>()
  for (const tx of txByTxid.values()) {
    for (const { prev } of tx.inputs) if (prev) spenderByKey.set(`${prev.txid}:${prev.vout}`, tx.txid)
  }
  return outcome.flow.flatMap(({ txid }) => {
    const tx = txByTxid.get(txid)
    if (!tx || tx.coinbase) return []
    return detect(tx, neighboursOf(tx))
      .filter(({ verdict }) => verdict === 'match')
      .map((finding) => ({ txid, ...finding }))
  })

  function neighboursOf(tx: LedgerTx): Neighbours {
    return {
      chain,
      predecessors: tx.inputs.map(({ prev }) => shapeOf(prev?.txid)),
      spenders: tx.outputs.map((_, vout) => shapeOf(spenderByKey.get(`${tx.txid}:${vout}`))),
    }
  }

  function shapeOf(txid: string | undefined): NeighbourShape | null {
    const tx = txid === undefined ? undefined : txByTxid.get(txid)
    if (!tx) return null
    return {
      inputs: tx.inputs.length,
      outputs: tx.outputs.length,
      locktime: tx.locktime,
      feePerKvb: null,
      peelingChain: null,
      whirlpool: null,
    }
  }
}
