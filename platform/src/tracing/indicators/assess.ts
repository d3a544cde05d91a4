/**
 * An address before all red flag indicators: which fired, with their facts; which did not; which a ledger cannot check,
 * and what that would need. There is no score and no sum: indicators that fire stand side by side.
 */
import ledgerPack from '../../../../packs/indicators/fatf-2020-ledger.json' with { type: 'json' }
import { conflictsOf, isService } from '../tags/index.ts'
import type { Activity } from './activity.ts'
import { type IndicatorFacts, ledgerRules, type Sighting, type Thresholds } from './ledger-rules.ts'

export const NOTICE = 'A single indicator is not proof.'
export const QUESTIONS_AFTER = ledgerPack.questionsAfter

/** An indicator as the pack of law describes it. */
export type IndicatorText = {
  readonly id: string
  readonly section: string
  readonly page: number | null
  readonly text: string
  readonly verified: string
}

export type AskedQuestion = { readonly question: string; readonly answer: 'yes' | 'no' | 'not checked' }

type Ruled = IndicatorText & { readonly version: string; readonly threshold: Thresholds }
export type FiredIndicator = Ruled & {
  readonly says: string
  readonly facts: IndicatorFacts
  readonly txids: readonly string[]
  readonly questions: readonly AskedQuestion[]
}

export type Assessment = {
  readonly fired: readonly FiredIndicator[]
  readonly notFired: readonly (Ruled & { readonly why: string })[]
  readonly notChecked: readonly (IndicatorText & { readonly why: string })[]
}

type LedgerRule = {
  readonly id: string
  readonly version: string
  readonly rule: string
  readonly thresholds: Thresholds
  readonly questions: readonly string[]
}

const ruleById = new Map(
  (ledgerPack.rules as readonly unknown[] as readonly LedgerRule[]).map((rule) => [rule.id, rule]),
)
const needById = new Map(ledgerPack.needs.flatMap(({ needs, ids }) => ids.map((id) => [id, needs] as const)))

export function assess(
  activity: Activity,
  indicators: readonly IndicatorText[],
  limit: bigint | null = null,
): Assessment {
  const fired: FiredIndicator[] = []
  const notFired: Assessment['notFired'][number][] = []
  const notChecked: Assessment['notChecked'][number][] = []
  for (const { id, section, page, text, verified } of indicators) {
    const indicator = { id, section, page, text, verified }
    const rule = ruleById.get(id)
    if (!rule) {
      const needs = needById.get(id)
      notChecked.push({
        ...indicator,
        why: `not checked: ${needs ? `needs ${needs}` : 'no rule here reads it from a ledger'}`,
      })
      continue
    }
    const ruled = { ...indicator, version: rule.version, threshold: rule.thresholds }
    const seen = look(rule, activity, limit)
    if (seen.verdict === 'fired') {
      const { says, facts, txids } = seen
      fired.push({ ...ruled, says, facts, txids, questions: rule.questions.map((one) => answer(one, activity, seen)) })
    } else if (seen.verdict === 'not-fired') notFired.push({ ...ruled, why: seen.why })
    else notChecked.push({ ...indicator, why: seen.why })
  }
  return { fired, notFired, notChecked }
}

function look({ rule, thresholds }: LedgerRule, activity: Activity, limit: bigint | null): Sighting {
  const judge = ledgerRules[rule]
  if (!judge) throw new TypeError(`packs/indicators/fatf-2020-ledger.json names a rule that is not there: ${rule}`)
  return judge(activity, thresholds, limit)
}

/** The engine answers only what it knows; that nobody tagged an address as a service does not make it none. */
function answer(question: string, activity: Activity, seen: Sighting & { verdict: 'fired' }): AskedQuestion {
  const text = (ledgerPack.questions as Readonly<Record<string, string>>)[question] ?? question
  const say = (known: boolean | null): AskedQuestion => ({
    question: text,
    answer: known === null ? 'not checked' : known ? 'yes' : 'no',
  })
  if (question === 'whole') return say(activity.whole)
  if (question === 'service') {
    const tags = [...activity.subject].flatMap((address) => activity.tagsByAddress.get(address) ?? [])
    return say(tags.some((tag) => isService(tag, { minConfidence: 0 })) ? true : null)
  }
  if (question === 'tags') {
    const named = new Set(Array.isArray(seen.facts.addresses) ? (seen.facts.addresses as readonly string[]) : [])
    const tags = [...activity.tagsByAddress].flatMap(([address, all]) => (named.has(address) ? all : []))
    return say(named.size === 0 ? null : conflictsOf(tags).length === 0)
  }
  if (question === 'stonewall') {
    return say(seen.facts.stonewallShape === undefined ? null : seen.facts.stonewallShape !== '0')
  }
  return say(null)
}
