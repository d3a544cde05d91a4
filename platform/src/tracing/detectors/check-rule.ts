/** For the tests: one rule over one transaction, and what it must say. */
import { expect } from 'vitest'
import type { LedgerTx } from '../../chains/index.ts'
import type { Finding, RuleId, Verdict } from './finding.ts'
import { applyRule, rules } from './index.ts'
import type { Neighbours } from './neighbours.ts'

/** A transaction, the verdict on it, and a part of the reason. */
export type Row = readonly [name: string, tx: LedgerTx, verdict: Verdict, reason: string]

export function judge(id: RuleId, tx: LedgerTx, neighbours: Neighbours = {}): Finding {
  const rule = rules.find((each) => each.id === id)
  if (!rule) throw new Error(`no rule ${id}`)
  return applyRule(rule, tx, neighbours)
}

export function check(id: RuleId, tx: LedgerTx, verdict: Verdict, reason: string): void {
  const finding = judge(id, tx)
  expect([finding.verdict, finding.reason]).toEqual([verdict, expect.stringContaining(reason)])
}
