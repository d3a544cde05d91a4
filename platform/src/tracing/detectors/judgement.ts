/**
 * A rule is a list of conditions that must all hold. Where the data cannot decide a condition, it stands as `null`,
 * and the verdict follows Kleene's three values: one failed condition settles `no-match` whatever else is not known.
 */

import type { LedgerTx } from '../../chains/index.ts'
import type { Facts, RuleId, RuleKind, Verdict } from './finding.ts'
import type { Neighbours } from './neighbours.ts'

export type Condition = {
  /** What must hold, with the numbers of this transaction. */
  readonly says: string
  readonly holds: boolean | null
  /** Why it cannot be decided, where `holds` is null. */
  readonly lacks: string
}

export type Judgement = {
  readonly verdict: Verdict
  readonly facts: Facts
  readonly reason: string
  /** Overrides the confidence of the rule, where its authors compute one. */
  readonly confidence?: number
  readonly candidates?: readonly number[]
}

export type Rule = {
  readonly id: RuleId
  readonly kind: RuleKind
  readonly version: string
  readonly source: string
  readonly confidence: number | null
  /** CAIP-2 ids of the chains for which the rule was published. */
  readonly chains: readonly string[] | 'any'
  readonly questions: readonly string[]
  readonly judge: (tx: LedgerTx, neighbours: Neighbours) => Judgement
}

export const NO_INPUT_VALUE = 'the value of an input is not in the data'
export const NO_INPUT_SCRIPT = 'the script or address of an input is not in the data'
export const NO_OUTPUT_SCRIPT = 'the script or address of an output is not in the data'

export function need(holds: boolean | null, says: string, lacks: string = NO_INPUT_SCRIPT): Condition {
  return { says, holds, lacks }
}

export function notCoinbase(tx: LedgerTx): Condition {
  return need(!tx.coinbase, 'the transaction is not a coinbase')
}

/** The rule says nothing of blocks before `first`: there the verdict is `unknown`, unless another condition fails. */
export function fromBlock(tx: LedgerTx, first: number): Condition {
  const holds = tx.block.height >= first ? true : null
  return need(
    holds,
    `block ${first} or later (${tx.block.height} here)`,
    `block ${tx.block.height} is before block ${first}, from which on the rule is defined`,
  )
}

export function conclude(conditions: readonly Condition[], facts: Facts, claim: string): Judgement {
  const failed = conditions.find((condition) => condition.holds === false)
  if (failed) return { verdict: 'no-match', facts, reason: `Not met: ${failed.says}.` }
  const open = conditions.find((condition) => condition.holds === null)
  if (open) return { verdict: 'unknown', facts, reason: `Cannot be decided whether ${open.says}: ${open.lacks}.` }
  return { verdict: 'match', facts, reason: `${claim} All ${conditions.length} conditions of the rule hold.` }
}

/** Kleene's "and": false if one is false, else null if one is null. */
export function every(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false
  return values.includes(null) ? null : true
}

/** Kleene's "or": true if one is true, else null if one is null. */
export function some(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(true)) return true
  return values.includes(null) ? null : false
}

export function not(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

/** Whether exactly one of them is true: false once two are, or none can be. */
export function isOne(values: readonly (boolean | null)[]): boolean | null {
  const certain = values.filter((value) => value === true).length
  const open = values.filter((value) => value === null).length
  if (certain > 1 || certain + open === 0) return false
  return open > 0 ? null : true
}
