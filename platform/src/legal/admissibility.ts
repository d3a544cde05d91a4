/** What a court of the deciding country will ask of an exhibit, and what the facts about it answer. */
import { catchRefusal, orStop, type Result } from '../kernel/index.ts'
import { type Labels, labelsOf } from './labels.ts'
import type { CriteriaPack, Mark } from './pack.ts'
import { findJurisdiction, type LegalPacks } from './packs.ts'

/** Answers about an exhibit by the name of the fact (`hashAtAcquisition`); what is absent was not answered. */
export type ExhibitFacts = Readonly<Record<string, boolean | null>>

export type CriterionAnswer = {
  readonly id: string
  readonly label: Labels
  readonly fact: string
  readonly weight: CriteriaPack['criteria'][number]['weight']
  readonly answer: 'met' | 'not-met' | 'not-answered'
  readonly authority: string
  readonly article: string
  readonly verified: Mark
  /** What to do; null where the criterion is met. */
  readonly fix: string | null
}

export type Admissibility = {
  readonly jurisdiction: string
  /** ready: every required criterion is met; gaps: one is not met; open: one was not answered. */
  readonly state: 'ready' | 'gaps' | 'open'
  /** Whether anything is known of this country, beyond what is asked everywhere. */
  readonly specific: boolean
  readonly criteria: readonly CriterionAnswer[]
  /** Facts that no criterion asks for: a misspelt name would otherwise pass unseen. */
  readonly unusedFacts: readonly string[]
}

export function admissibility(packs: LegalPacks, jurisdiction: string, facts: ExhibitFacts): Result<Admissibility> {
  return catchRefusal(() => {
    const { code } = orStop(findJurisdiction(packs, jurisdiction))
    const asked = packs.criteria.flatMap(({ criteria }) =>
      criteria.filter(({ jurisdictions }) => jurisdictions.includes('*') || jurisdictions.includes(code)),
    )
    const criteria = asked.map((criterion): CriterionAnswer => {
      const given = Object.hasOwn(facts, criterion.fact) ? facts[criterion.fact] : undefined
      const answer = given === true ? 'met' : given === false ? 'not-met' : 'not-answered'
      return {
        id: criterion.id,
        label: orStop(labelsOf(packs, criterion.label)),
        fact: criterion.fact,
        weight: criterion.weight,
        answer,
        authority: criterion.authority,
        article: criterion.article,
        verified: criterion.verified,
        fix: answer === 'met' ? null : criterion.fix,
      }
    })
    const required = criteria.filter(({ weight }) => weight === 'required')
    const state = required.some(({ answer }) => answer === 'not-met')
      ? 'gaps'
      : required.some(({ answer }) => answer === 'not-answered')
        ? 'open'
        : 'ready'
    return {
      jurisdiction: code,
      state,
      specific: asked.some(({ jurisdictions }) => jurisdictions.includes(code)),
      criteria,
      unusedFacts: Object.keys(facts).filter((fact) => !asked.some((criterion) => criterion.fact === fact)),
    }
  })
}
