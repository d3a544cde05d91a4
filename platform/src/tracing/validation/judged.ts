/** Every rule over every transaction of a set, once, with all its neighbours known: what the measures count over. */
import type { LedgerOutput, LedgerTx } from '../../chains/index.ts'
import {
  type AddressHistory,
  applyRule,
  type Finding,
  isCoinJoin,
  type NeighbourShape,
  type Neighbours,
  type RuleId,
  rules,
} from '../detectors/index.ts'
import { joinedAddresses } from './joined-addresses.ts'

/** As much of a finding as is counted: whole findings of many transactions would fill the memory. */
export type Said = Pick<Finding, 'rule' | 'verdict' | 'candidates'>

export type Judged = {
  readonly tx: LedgerTx
  readonly said: ReadonlyMap<RuleId, Said>
  /** Whether the default stop policy takes it for a CoinJoin. */
  readonly stops: boolean
}

/** Coinbases are left out: no rule speaks of them. `chain` as for `detect`. */
export function judgeAll(transactions: readonly LedgerTx[], chain: string): readonly Judged[] {
  const plain = transactions.filter(({ coinbase }) => !coinbase)
  const find = neighbourFinder(transactions, chain)
  const first = plain.map((tx) => {
    const findings = coinJoinRules.map((rule) => short(applyRule(rule, tx, { chain })))
    return { tx, stops: isCoinJoin(findings).stop, findings }
  })
  const guarded = joinedAddresses(first.filter(({ stops }) => !stops).map(({ tx }) => tx))
  return first.map(({ tx, stops, findings }) => {
    const neighbours: Neighbours = {
      ...find(tx),
      inputClusters: tx.inputs.map(({ prevout }) => guarded(prevout?.address ?? null)),
      outputClusters: tx.outputs.map(({ address }) => guarded(address)),
    }
    const all = [...findings, ...otherRules.map((rule) => short(applyRule(rule, tx, neighbours)))]
    return { tx, said: new Map(all.map((one) => [one.rule, one])), stops }
  })
}

function short({ rule, verdict, candidates }: Finding): Said {
  return { rule, verdict, candidates }
}

const coinJoinRules = rules.filter(({ kind }) => kind === 'coinjoin' || kind === 'veto')
const otherRules = rules.filter(({ kind }) => kind !== 'coinjoin' && kind !== 'veto')
const peelingChain = rules.filter(({ id }) => id === 'blocksci-peeling-chain')
const whirlpool = rules.filter(({ id }) => id === 'gs-whirlpool')

/** What a complete ledger of these transactions can tell of each. Sizes in bytes are not in the ledger: no fee rates. */
function neighbourFinder(transactions: readonly LedgerTx[], chain: string): (tx: LedgerTx) => Neighbours {
  const byTxid = new Map(transactions.map((tx) => [tx.txid, tx]))
  const spenderByKey = new Map<string, LedgerTx>()
  const historyByOwner = new Map<string, History>()
  for (const tx of transactions) {
    for (const { prev } of tx.inputs) if (prev) spenderByKey.set(`${prev.txid}:${prev.vout}`, tx)
    for (const owner of new Set(tx.outputs.map(ownerOf))) {
      const known = historyByOwner.get(owner)
      if (known) known.incoming++
      else historyByOwner.set(owner, { incoming: 1, outgoing: 0, firstHeight: tx.block.height, firstTxid: tx.txid })
    }
    for (const owner of new Set(tx.inputs.flatMap(({ prevout }) => (prevout ? ownerOf(prevout) : [])))) {
      const known = historyByOwner.get(owner)
      if (known) known.outgoing++
    }
  }
  const verdicts = new Map<string, Pick<NeighbourShape, 'peelingChain' | 'whirlpool'>>()
  for (const tx of transactions) {
    const shapes = around(tx, () => ({ peelingChain: null, whirlpool: null }))
    const verdictOf = (one: typeof rules) => one.map((rule) => applyRule(rule, tx, shapes).verdict)[0] ?? null
    verdicts.set(tx.txid, { peelingChain: verdictOf(peelingChain), whirlpool: verdictOf(whirlpool) })
  }
  return (tx) => around(tx, (other) => verdicts.get(other.txid) ?? { peelingChain: null, whirlpool: null })

  function around(
    tx: LedgerTx,
    verdictsOf: (tx: LedgerTx) => Pick<NeighbourShape, 'peelingChain' | 'whirlpool'>,
  ): Neighbours {
    const shape = (other: LedgerTx): NeighbourShape => ({
      inputs: other.inputs.length,
      outputs: other.outputs.length,
      locktime: other.locktime,
      feePerKvb: null,
      ...verdictsOf(other),
    })
    return {
      chain,
      predecessors: tx.inputs.map(({ prev }) => {
        const before = prev && byTxid.get(prev.txid)
        return before ? shape(before) : null
      }),
      spenders: tx.outputs.map((_, vout) => {
        const after = spenderByKey.get(`${tx.txid}:${vout}`)
        return after ? shape(after) : 'unspent'
      }),
      histories: tx.outputs.map((output): AddressHistory | null => {
        const history = historyByOwner.get(ownerOf(output))
        if (!history) return null
        const { incoming, outgoing, firstHeight, firstTxid } = history
        return { incoming, outgoing, firstHeight, firstSeenHere: firstTxid === tx.txid }
      }),
    }
  }
}

type History = { incoming: number; outgoing: number; readonly firstHeight: number; readonly firstTxid: string }

function ownerOf({ address, script }: Pick<LedgerOutput, 'address' | 'script'>): string {
  return address ?? script ?? 'nobody'
}
