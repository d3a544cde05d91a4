import type { Parts } from './parts.ts'

/**
 * One transaction as a rule sees it. The sum of `ins` values equals the sum of `outs`; the fee is the last of `outs`
 * where `hasFee`. Units: base units.
 */
export type Passage = {
  readonly ins: readonly { readonly value: bigint; readonly parts: Parts }[]
  readonly outs: readonly bigint[]
  readonly hasFee: boolean
}

/** Says which part of each out-slot is traced. Pure; the same passage always gives the same answer. */
export type TransactionRule = (passage: Passage) => readonly Parts[]

/** What a rule on amounts sees of a transaction: whose value is traced plays no part. `total` is the sum of `traced`. */
export type Totals = {
  readonly ins: readonly { readonly value: bigint; readonly traced: bigint }[]
  readonly outs: readonly bigint[]
  readonly hasFee: boolean
  readonly total: bigint
}

/** Says how much traced value each out-slot receives: never more than its value, and `total` in all. */
export type ShareRule = (totals: Totals) => readonly bigint[]
