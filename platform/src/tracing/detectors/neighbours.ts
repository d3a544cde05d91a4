/**
 * What may be told to a detector beyond the transaction itself, as plain values.
 *
 * Every part may be absent. A rule that needs an absent part answers `unknown`; no rule takes absence for a fact.
 */
import type { Verdict } from './finding.ts'

/** As much of a neighbouring transaction as the rules look at. */
export type NeighbourShape = {
  readonly inputs: number
  readonly outputs: number
  readonly locktime: number | null
  /** ⌊fee × 1000 ÷ virtual size⌋ in base units, as BlockSci computes it; `null` where fee or size is not known. */
  readonly feePerKvb: bigint | null
  /** Verdict of `blocksci-peeling-chain` on that transaction; `null` where nobody asked. */
  readonly peelingChain: Verdict | null
  /** Verdict of `gs-whirlpool` on that transaction; `null` where nobody asked. */
  readonly whirlpool: Verdict | null
}

/** What the ledger holds of the address of an output, over all its blocks. */
export type AddressHistory = {
  /** Transactions that pay to the address. */
  readonly incoming: number
  /** Transactions that spend from the address. */
  readonly outgoing: number
  /** Height of the first transaction that pays to the address. */
  readonly firstHeight: number
  /** Whether this very transaction is the first that pays to it, by chain order and not by height alone. */
  readonly firstSeenHere: boolean
}

export type Neighbours = {
  /** CAIP-2 id of the chain. Rules of other chains then answer `unknown`. */
  readonly chain?: string
  /** By place of the input: the transaction that created the spent output. `null` where it is not in the ledger. */
  readonly predecessors?: readonly (NeighbourShape | null)[]
  /** By place of the output: who spends it. `null` where the ledger cannot say whether it is spent. */
  readonly spenders?: readonly (NeighbourShape | 'unspent' | null)[]
  /** By place of the output: the history of its address. */
  readonly histories?: readonly (AddressHistory | null)[]
  /** By place of the input and of the output: the id of the cluster of its address. */
  readonly inputClusters?: readonly (string | null)[]
  readonly outputClusters?: readonly (string | null)[]
  /** ⌊fee × 1000 ÷ virtual size⌋ of this transaction. */
  readonly feePerKvb?: bigint
}
