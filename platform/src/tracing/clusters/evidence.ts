/**
 * What one transaction says for a cluster: the addresses it links, by which rule, or why it links none.
 *
 * Owners are addresses. An input whose spent output is not known, or has no address, is left out and counted.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { applyRule, rules as detectors, type Neighbours, type Rule } from '../detectors/index.ts'
import type { DepositGuard } from './deposit-guards.ts'
import { multiInput } from './rules.ts'

/** `a` and `b` are linked by `rule`. `a` is the smallest address among the inputs. */
export type Link = {
  readonly a: string
  readonly b: string
  readonly rule: string
  readonly version: string
  /** On chains of accounts: the transaction that passed the payment on. Without it nothing is linked. */
  readonly forwardedBy?: string
  readonly forwardedHeight?: number
}

export type Evidence = {
  readonly txid: string
  readonly height: number
  /** Place in the block, where a source says it. */
  readonly index: number | null
  readonly time: number | null
  readonly links: readonly Link[]
}

/** A transaction that would have linked, and does not. */
export type LeftOut = {
  readonly txid: string
  readonly height: number
  readonly why: 'coinjoin' | 'rejected' | DepositGuard
  /** The CoinJoin rules that match, with their versions. */
  readonly rules: readonly { readonly id: string; readonly version: string }[]
  readonly addresses: readonly string[]
  /** What the guard saw. */
  readonly says?: string
}

export type Read = {
  readonly evidence: Evidence | null
  readonly leftOut: LeftOut | null
  /** Inputs whose owner is not known. */
  readonly unknownInputs: number
}

export type ClusterQuestion = {
  /** Change rules that may link too. */
  readonly change: readonly Rule[]
  /** Transactions that somebody rejected as evidence. */
  readonly rejected: ReadonlySet<string>
}

const coinJoinRules = detectors.filter(({ kind }) => kind === 'coinjoin')

export function readEvidence(tx: LedgerTx, asked: ClusterQuestion, neighbours: Neighbours = {}): Read {
  if (tx.coinbase) return { evidence: null, leftOut: null, unknownInputs: 0 }
  const inputs = inputAddresses(tx)
  const unknownInputs = tx.inputs.filter(({ prevout }) => (prevout?.address ?? null) === null).length
  const [first] = inputs
  if (first === undefined) return { evidence: null, leftOut: null, unknownInputs }
  const { id: rule, version } = multiInput
  const links: Link[] = inputs.slice(1).map((b) => ({ a: first, b, rule, version }))
  for (const one of asked.change) {
    const b = onlyChange(tx, one, neighbours)
    if (b !== null && b !== first) links.push({ a: first, b, rule: one.id, version: one.version })
  }
  if (links.length === 0) return { evidence: null, leftOut: null, unknownInputs }
  const addresses = [...new Set(links.flatMap(({ a, b }) => [a, b]))].sort(byText)
  const { txid } = tx
  const { height, time } = tx.block
  if (asked.rejected.has(txid)) {
    return { evidence: null, leftOut: { txid, height, why: 'rejected', rules: [], addresses }, unknownInputs }
  }
  const coinJoin = coinJoinRulesOf(tx)
  if (coinJoin.length > 0) {
    return { evidence: null, leftOut: { txid, height, why: 'coinjoin', rules: coinJoin, addresses }, unknownInputs }
  }
  return { evidence: { txid, height, index: tx.index, time, links }, leftOut: null, unknownInputs }
}

/** All addresses that are spent from, each once, in the order of their text. */
export function inputAddresses(tx: LedgerTx): readonly string[] {
  return [...new Set(tx.inputs.flatMap(({ prevout }) => prevout?.address ?? []))].sort(byText)
}

/** Which of all CoinJoin rules match. The shape is judged on every chain: a guard that errs leaves a link out. */
export function coinJoinRulesOf(tx: LedgerTx): readonly { readonly id: string; readonly version: string }[] {
  return coinJoinRules
    .filter((rule) => applyRule(rule, tx).verdict === 'match')
    .map(({ id, version }) => ({ id, version }))
}

/** In the order of the chain: of two links that say the same the earlier counts, whatever was imported first. */
export function byChainOrder(left: Evidence, right: Evidence): number {
  return left.height - right.height || place(left) - place(right) || byText(left.txid, right.txid)
}

export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function place({ index }: Evidence): number {
  return index ?? Number.MAX_SAFE_INTEGER
}

/** The address of the one output that the rule leaves as change; `null` where it leaves none, several, or cannot say. */
function onlyChange(tx: LedgerTx, rule: Rule, neighbours: Neighbours): string | null {
  const { verdict, candidates } = applyRule(rule, tx, neighbours)
  const [only, ...others] = candidates ?? []
  if (verdict !== 'match' || only === undefined || others.length > 0) return null
  return tx.outputs[only]?.address ?? null
}
