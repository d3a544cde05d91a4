/** What is asked of a trace. Everything here is written into its record, so that it can be run again. */
import type { RuleId } from './rules/index.ts'

/**
 * Where traced value starts. `known` says what the ledger knows of the output: `declared` seeds are named by a claim
 * alone (an output that no imported data shows); they cannot be followed, and are said as such.
 */
export type ResolvedSeed = {
  readonly txid: string
  readonly vout: number | null
  readonly address: string | null
  /** What the output is worth; null for declared seeds. */
  readonly value: bigint | null
  readonly amount: bigint
  /** Whose money: seeds with one label are one source. */
  readonly label: string
  /** What a document claims, where the seed came with a claim. */
  readonly claimed: bigint | null
  readonly known: 'ledger' | 'prevout' | 'declared'
}

export type Direction = 'forward' | 'backward'

export type Budget = {
  readonly maxHops: number | null
  /** Base units: traced value of one output below this is not followed. */
  readonly minValue: bigint | null
  readonly maxTransactions: number
  /** Spends in blocks above this height are not followed. */
  readonly untilHeight: number | null
  /**
   * Of one address at most so many transactions are read, those nearest to the proceeds first; absent:
   * DEFAULT_MAX_PER_ADDRESS. Only rules that follow addresses ask for all transactions of one.
   */
  readonly maxPerAddress?: number
}

export type Stops = {
  /** Stop at outputs whose address carries a service tag. */
  readonly atTags: boolean
  /** Ids of CoinJoin rules whose match stops a trace; empty for none. */
  readonly atCoinJoin: readonly string[]
  /** Stop at payments whose memo asks a bridge to pay elsewhere; forwards only. `false` (asked to go past) is in the record. */
  readonly atBridges?: boolean
}

export type TraceRequest = {
  readonly rule: RuleId
  readonly direction: Direction
  readonly seeds: readonly ResolvedSeed[]
  readonly budget: Budget
  readonly stops: Stops
  readonly followFees: boolean
}

/** Backward traces walk creators, forward traces walk spenders; nothing else differs in a request. */
export const DEFAULT_MAX_TRANSACTIONS = 100_000

/** An address that moved on more often than this since the proceeds came is a service in all but name. */
export const DEFAULT_MAX_PER_ADDRESS = 20_000
