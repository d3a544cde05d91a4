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
