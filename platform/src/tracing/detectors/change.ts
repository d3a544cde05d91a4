/** What the change rules share: each gives the set of outputs that may be change, or says why it cannot. */
import type { LedgerOutput, LedgerTx } from '../../chains/index.ts'
import { every, type Judgement, not, type Rule } from './judgement.ts'
import { isOpReturn } from './shape.ts'

export function changeRule(rule: Omit<Rule, 'kind' | 'version'>): Rule {
  return { ...rule, kind: 'change', version: '1' }
}

/**
 * The candidates are the outputs but OP_RETURN for which `test` holds. `no-match` where there is none; `unknown` as
 * soon as one output cannot be decided, because a set with a hole is not the set of the rule.
 */
export function judgeEachOutput(
  tx: LedgerTx,
  says: string,
  test: (output: LedgerOutput, vout: number) => boolean | null,
  lacks: string,
): Judgement {
  if (tx.coinbase) return noChange('Not met: the transaction is not a coinbase.')
  const marks = tx.outputs.map((output, vout) => every([not(isOpReturn(output)), test(output, vout)]))
  const open = marks.indexOf(null)
  if (open >= 0) {
    return { verdict: 'unknown', facts: {}, reason: `Cannot be decided whether output ${open} ${says}: ${lacks}.` }
  }
  const places = marks.flatMap((mark, vout) => (mark ? [vout] : []))
  const facts = { outputs: String(tx.outputs.length), candidates: places.map(String) }
  if (places.length === 0) return { verdict: 'no-match', facts, reason: `No output ${says}.`, candidates: [] }
  return {
    verdict: 'match',
    facts,
    reason: `Of ${tx.outputs.length} outputs, ${places.length} may be change: each ${says}.`,
    candidates: places,
  }
}

/** The empty set, for a reason that holds for the whole transaction. */
export function noChange(reason: string): Judgement {
  return { verdict: 'no-match', facts: {}, reason, candidates: [] }
}
