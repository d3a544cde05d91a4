/** What the rooms are wired with: each of their ports, made from the stores of the node and from the other rooms. */

import type {
  AddressGate,
  ApprovalDesk,
  DeadlineQuestion,
  FormProblem,
  LegalPort,
  RetentionRule,
  RetentionRules,
  RuleDeadline,
} from '../casework/index.ts'
import { findChain, parseAddress, shippedChainPacks } from '../chains/index.ts'
import type { CriteriaPort, MachineCheck } from '../evidence/custody/index.ts'
import type { Sql } from '../io/postgres/index.ts'
import { ok, type Records } from '../kernel/index.ts'
import {
  type Calendars,
  checkRequest,
  computeDeadline,
  findInstrument,
  findJurisdiction,
  findRequestType,
  type LegalPacks,
  label,
  requestForm,
} from '../legal/index.ts'
import { assertOver, proofOf, type RelyingParty } from './auth/passkeys.ts'

export const addressGate: AddressGate = {
  parse: (chain, address) => {
    const pack = findChain(shippedChainPacks, chain)
    if (!pack.ok) return pack
    const parsed = parseAddress(address, pack.value)
    return parsed.ok ? ok({ chain: pack.value.caip2, address: parsed.value.text }) : parsed
  },
}

/** The law, as casework asks for it, over the packs that the node has read at its start. */
export function legalPort(packs: LegalPacks, calendars: Calendars): LegalPort {
  return { form, check, urgencies, deadlines }

  function form(instrument: string, requestType: string): ReturnType<LegalPort['form']> {
    const found = requestForm(packs, instrument, requestType)
    if (!found.ok) return found
    const { form: id, version, sections } = found.value
    return ok({
      id,
      version,
      sections: sections.map((section) => ({
        id: section.id,
        fields: section.fields.map(({ path, kind, required }) => ({ path, kind, required })),
      })),
    })
  }

  function check(instrument: string, requestType: string, data: unknown): readonly FormProblem[] {
    const found = requestForm(packs, instrument, requestType)
    if (!found.ok) {
      const { code, message, fix } = found.refusal
      return [{ code, path: '', message, fix: fix ?? 'Choose another instrument.', article: '' }]
    }
    return checkRequest(found.value, data).map(({ code, path, message, fix, article }) => ({
      code,
      path,
      message,
      fix,
      article,
    }))
  }

  function urgencies(instrument: string, requestType: string): readonly string[] {
    const found = findInstrument(packs, instrument)
    const type = found.ok ? findRequestType(found.value, requestType) : found
    return type.ok && 'urgency' in type.value ? type.value.urgency.allowed : []
  }

  /** Every rule of the instrument for such a request whose clock has begun. What is not verified only reminds. */
  function deadlines({
    instrument,
    requestType,
    times,
    zone,
    jurisdiction,
    urgency,
  }: DeadlineQuestion): readonly RuleDeadline[] {
    const found = findInstrument(packs, instrument)
    if (!found.ok) return []
    return found.value.deadlines
      .filter((rule) => rule.requestTypes.includes(requestType) && rule.trigger in times)
      .filter((rule) => rule.urgency === undefined || (urgency !== null && rule.urgency.includes(urgency)))
      .flatMap((rule): RuleDeadline[] => {
        const computed = computeDeadline(rule, { times, zone, jurisdiction, side: 'theirs', urgency }, calendars)
        if (!computed.ok) return []
        const { due, binding, steps, article } = computed.value
        return [{ ruleId: rule.id, article, due, zone, binding, steps: steps.map(({ text }) => text) }]
      })
  }
}

/** Facts of the packs that the record itself can answer; the rest is for a person. */
const checkByFact: Readonly<Record<string, MachineCheck>> = {
  hashAtAcquisition: 'hash-present',
  custodyUnbroken: 'custody-gapless',
  toolAndVersionRecorded: 'tool-version-known',
  personCompetent: 'acquirer-competent',
  obtainedUnderLegalBasis: 'authority-stated',
  analysedOnCopy: 'original-untouched',
}

export function criteriaPort(packs: LegalPacks): CriteriaPort {
  return {
    criteria: (forum) => {
      const jurisdiction = findJurisdiction(packs, forum)
      if (!jurisdiction.ok) return null
      const { code } = jurisdiction.value
      return packs.criteria
        .flatMap(({ criteria }) => criteria)
        .filter(({ jurisdictions }) => jurisdictions.includes('*') || jurisdictions.includes(code))
        .map((criterion) => {
          const question = label(packs, criterion.label, 'en')
          return {
            id: criterion.id,
            question: question.ok ? question.value : criterion.label,
            source: `${criterion.authority}${criterion.verified === 'verified' ? '' : ` (${criterion.verified})`}`,
            check: checkByFact[criterion.fact] ?? null,
          }
        })
    },
  }
}

/** How long things are kept, by the law of the agency's own country. A pack without years gives no period. */
export function retentionRules(packs: LegalPacks, country: string): RetentionRules {
  return {
    rulesFor: (purposes) => {
      const jurisdiction = findJurisdiction(packs, country)
      if (!jurisdiction.ok) return []
      return jurisdiction.value.retention.flatMap((rule): RetentionRule[] =>
        rule.years === null || rule.verified !== 'verified'
          ? []
          : purposes.map((purpose) => ({
              ruleId: `${country}-${rule.article}`,
              purpose,
              basis: `${rule.text} (${rule.article})`,
              clockStart: 'closed',
              period: `P${rule.years}Y`,
            })),
      )
    },
  }
}

/** Approvals by passkeys of this node: an assertion over the challenge of exactly this approval, by a key that stays on its device. */
export function approvalDesk(rp: RelyingParty, required: number): (sql: Sql, records: Records) => ApprovalDesk {
  return (_sql, records) => ({
    needed: () => Math.max(2, required),
    verify: async ({ personId, credential, challenge }) => {
      const asserted = await assertOver(records, rp, challenge, credential as never)
      if (!asserted.ok) return asserted
      const { body } = asserted.value
      return body.personId === personId
        ? ok({
            credentialId: body.credentialId,
            deviceBound: body.deviceBound,
            userVerified: true,
            proof: proofOf(rp, body, credential as never),
          })
        : {
            ok: false,
            refusal: {
              code: 'PROOF_NEEDED',
              message: 'The key is of another person.',
              fix: 'Approve with a key of your own.',
            },
          }
    },
  })
}
