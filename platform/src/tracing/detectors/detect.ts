/** Runs every rule over one transaction. */
import type { LedgerTx } from '../../chains/index.ts'
import type { CriticalQuestion, Finding } from './finding.ts'
import type { Judgement, Rule } from './judgement.ts'
import type { Neighbours } from './neighbours.ts'
import { rules } from './rules.ts'
import { QUESTIONS } from './sources.ts'
import { defaultStopPolicy, isCoinJoin } from './stop-policy.ts'

/**
 * One finding for each rule, in the order of `rules`. Never throws for want of data: what is not known stands as
 * `unknown`.
 *
 * Without `neighbours.chain`, rules that were published for Bitcoin are judged by its heights and pools.
 */
export function detect(tx: LedgerTx, neighbours: Neighbours = {}): readonly Finding[] {
  const findings = rules.map((rule) => applyRule(rule, tx, neighbours))
  const answers = answersFrom(findings)
  return findings.map((finding) => ({
    ...finding,
    questions: finding.questions.map(({ question }) => ({ question, answer: answers.get(question) ?? 'not checked' })),
  }))
}

/** One rule by itself. Its critical questions stand as `not checked`: other rules answer some of them. */
export function applyRule(rule: Rule, tx: LedgerTx, neighbours: Neighbours = {}): Finding {
  const judgement =
    neighbours.chain === undefined || isFor(rule, neighbours.chain)
      ? rule.judge(tx, neighbours)
      : otherChain(neighbours.chain)
  const confidence = judgement.verdict === 'match' ? (judgement.confidence ?? rule.confidence) : null
  return {
    rule: rule.id,
    kind: rule.kind,
    version: rule.version,
    source: rule.source,
    verdict: judgement.verdict,
    confidence,
    confidenceNote: confidence === null ? null : 'published constant, not calibrated here',
    facts: judgement.facts,
    reason: judgement.reason,
    candidates: rule.kind === 'change' && judgement.verdict !== 'unknown' ? (judgement.candidates ?? []) : null,
    questions: rule.questions.map((question) => ({ question, answer: 'not checked' })),
  }
}

function isFor(rule: Rule, chain: string): boolean {
  return rule.chains === 'any' || rule.chains.includes(chain)
}

function otherChain(chain: string): Judgement {
  return { verdict: 'unknown', facts: { chain }, reason: `The rule was not published for the chain ${chain}.` }
}

/** What the findings themselves answer. Nothing here knows of wallets, exchanges or lists. */
function answersFrom(findings: readonly Finding[]): ReadonlyMap<string, CriticalQuestion['answer']> {
  const decision = isCoinJoin(findings, defaultStopPolicy)
  const stonewall = findings.find((finding) => finding.rule === 'gs-stonewall')?.verdict
  const forward = findings.find((finding) => finding.rule === 'gs-whirlpool-tx0')?.facts.verifiedForward
  const coinJoin = decision.stop ? 'yes' : decision.undecided.length === 0 ? 'no' : 'not checked'
  return new Map([
    [QUESTIONS.coinJoin, coinJoin],
    [QUESTIONS.stonewall, stonewall === 'match' ? 'yes' : stonewall === 'no-match' ? 'no' : 'not checked'],
    [QUESTIONS.premixSpent, forward === 'yes' || forward === 'no' ? forward : 'not checked'],
  ])
}
