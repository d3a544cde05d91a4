/**
 * What a detector says of one transaction.
 *
 * A finding is an annotation. It holds plain JSON (numbers of base units as decimal strings), because it is written
 * into trace records, and it names its rule, the version of the rule and the publication that defines it.
 */

/**
 * - `match`: every condition of the rule holds
 * - `no-match`: at least one condition is known not to hold
 * - `unknown`: no condition is known to fail, and at least one cannot be decided from the data
 */
export type Verdict = 'match' | 'no-match' | 'unknown'

/**
 * - `coinjoin`: the rule claims that several owners' coins are joined
 * - `premix`: the rule claims a preparation for mixing, by one owner
 * - `veto`: the shape makes the coinjoin rules of its publisher unreliable
 * - `change`: the rule gives the outputs that may be change
 * - `chain`: the rule claims a place in a peeling chain
 */
export type RuleKind = 'coinjoin' | 'premix' | 'veto' | 'change' | 'chain'

export type RuleId =
  | 'blocksci-is-coinjoin'
  | 'gs-wasabi-1.0'
  | 'gs-wasabi-1.1'
  | 'gs-wasabi-2.0'
  | 'dumplings-wasabi-1'
  | 'dumplings-wasabi-2'
  | 'gs-whirlpool'
  | 'gs-whirlpool-tx0'
  | 'dumplings-samourai'
  | 'aie-whirlpool'
  | 'gs-joinmarket'
  | 'dumplings-other'
  | 'gs-stonewall'
  | 'mempool-space-flag'
  | 'gs-direct-change'
  | 'gs-one-time-change'
  | 'gs-multi-input-change'
  | 'blocksci-address-reuse'
  | 'blocksci-address-type'
  | 'blocksci-optimal-change'
  | 'blocksci-power-of-ten-6'
  | 'blocksci-locktime'
  | 'blocksci-client-change-address-behavior'
  | 'blocksci-fixed-fee'
  | 'blocksci-legacy'
  | 'blocksci-peeling-chain-change'
  | 'blocksci-spent'
  | 'blocksci-peeling-chain'

/** What fired, with its numbers. Counts and amounts alike are decimal strings. */
export type Facts = { readonly [name: string]: string | readonly string[] }

/** A critical question in the sense of Deuber et al. 2024, and what is known of its answer. */
export type CriticalQuestion = { readonly question: string; readonly answer: 'yes' | 'no' | 'not checked' }

export type Finding = {
  readonly rule: RuleId
  readonly kind: RuleKind
  /** Version of the rule as written here; it changes whenever a verdict could. */
  readonly version: string
  /** Who published the rule, where, and at which commit or in which year it was read. */
  readonly source: string
  readonly verdict: Verdict
  /** 0 to 100 as its authors published it; `null` where they published none, and on every verdict but `match`. */
  readonly confidence: number | null
  /** Present exactly where `confidence` is: these numbers were never measured against a ground truth here. */
  readonly confidenceNote: 'published constant, not calibrated here' | null
  readonly facts: Facts
  /** One plain sentence: why this verdict. */
  readonly reason: string
  /** For `change` rules: places of the outputs that may be change, ascending. `null` for other rules and on `unknown`. */
  readonly candidates: readonly number[] | null
  readonly questions: readonly CriticalQuestion[]
}
