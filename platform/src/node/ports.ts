/** What the rooms are wired with: each of their ports, made from the stores of the node and from the other rooms. */

import {
  type AddressGate,
  type ApprovalDesk,
  type DeadlineQuestion,
  type FormProblem,
  type LegalPort,
  type ReminderSetting,
  type RetentionRule,
  type RetentionRules,
  type RuleDeadline,
  readThreshold,
  usualThresholds,
} from '../casework/index.ts'
import {
  findChain,
  parseAccountAddress,
  parseAddress,
  shippedAccountPacks,
  shippedChainPacks,
} from '../chains/index.ts'
import type { CriteriaPort, MachineCheck } from '../evidence/custody/index.ts'
import type { Sql } from '../io/postgres/index.ts'
import { ok, orStop, type Records, type Result, refuse } from '../kernel/index.ts'
import {
  type Calendars,
  checkRequest,
  computeDeadline,
  type DeadlineRule,
  dayBegins,
  findInstrument,
  findJurisdiction,
  findRequestType,
  type LegalPacks,
  label,
  requestForm,
  routes,
} from '../legal/index.ts'
import { assertOver, proofOf, type RelyingParty } from './auth/passkeys.ts'
import type { NodeConfig } from './config.ts'

export const addressGate: AddressGate = {
  parse: (chain, address) => {
    const found = findChain([...shippedChainPacks, ...shippedAccountPacks], chain)
    if (!found.ok) return found
    const { value: pack } = found
    const parsed = pack.family === 'account' ? parseAccountAddress(address, pack) : parseAddress(address, pack)
    return parsed.ok ? ok({ chain: pack.caip2, address: parsed.value.text }) : parsed
  },
}

/** The law, as casework asks for it, over the packs that the node has read at its start. */
export function legalPort(packs: LegalPacks, calendars: Calendars, ownCountry: string): LegalPort {
  const conflicts = () => packs.conflicts.flatMap((pack) => pack.conflicts)
  return { conflicts, form, check, knows, competence, ground, urgencies, deadlines, deadline }

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

  function knows(instrument: string, requestType: string): Result<null> {
    const found = findInstrument(packs, instrument)
    const type = found.ok ? findRequestType(found.value, requestType) : found
    return type.ok ? ok(null) : type
  }

  function competence({ country, role, authority, question }: Parameters<LegalPort['competence']>[0]) {
    const found = findJurisdiction(packs, country)
    if (!found.ok) return { ok: false as const, refusal: { ...found.refusal, place: '/country' } }
    const { code, version, authorities } = found.value
    const fitting = authorities.filter((one) => one.role === role)
    if (fitting.length === 0)
      return refuse('REFERRAL_COMPETENCE', `The pack of ${code} names no ${role}.`, {
        place: '/role',
        fix: `It names: ${[...new Set(authorities.map((one) => one.role))].join(', ')}; or complete packs/jurisdictions.`,
      })
    const reasons = fitting.map(({ name, verified }) => ({
      text: `${code}: ${name} is its ${role}.${name === authority ? '' : ` The case is referred to ${authority}.`}`,
      article: `pack ${code}, ${version}`,
      verified: verified as string,
    }))
    const names = fitting.map(({ name }) => name)
    if (question === null || code === ownCountry) return ok({ names, reasons })
    const ways = routes(packs, { from: ownCountry, to: code, ...question })
    if (!ways.ok) return ways
    const way = ways.value.routes.find(({ receiver }) => receiver.role === role)
    if (!way)
      return refuse(
        'REFERRAL_COMPETENCE',
        `No open route from ${ownCountry} to ${code} for ${question.need} leads to a ${role}.`,
        {
          place: '/role',
          fix: `Routes lead to: ${[...new Set(ways.value.routes.map(({ receiver }) => receiver.role))].join(', ') || 'nobody'}.`,
        },
      )
    const { instrument, requestType, article, verified } = way
    const received = `${instrument.short}: ${requestType} is received by the ${role}.`
    return ok({
      names,
      reasons: [...reasons, { text: received, article, verified: verified as string }, ...way.reasons],
    })
  }

  function ground(...[{ instrument, requestType }, kind, code]: Parameters<LegalPort['ground']>) {
    const found = findInstrument(packs, instrument)
    if (!found.ok) return found
    const { grounds, short } = found.value
    const own = grounds.find(
      (one) =>
        one.kind === kind &&
        one.code === code &&
        (one.requestTypes.length === 0 || one.requestTypes.includes(requestType)),
    )
    if (own?.strength === 'excluded')
      return refuse('GROUND_EXCLUDED', `${short} excludes ${code} as a ground (${own.article}).`, {
        place: '/code',
        fix: 'Choose a ground that the instrument knows.',
      })
    if (own) return ok({ article: `${short} art. ${own.article}`, verified: own.verified })
    // The instrument does not list it: the catalogue says where such grounds come from, and a person decides.
    const listed = packs.codes
      .flatMap(({ groups }) => groups)
      .filter(({ id }) => id === kind)
      .flatMap(({ codes }) => codes)
      .find((one) => one.code === code)
    if (listed)
      return ok({ article: `not listed by ${short}; elsewhere: ${listed.article}`, verified: listed.verified })
    return refuse('GROUND_UNKNOWN', `The packs hold no ground ${code}.`, {
      place: '/code',
      fix: 'Use a code of packs/grounds.yaml.',
    })
  }

  function urgencies(instrument: string, requestType: string): readonly string[] {
    const found = findInstrument(packs, instrument)
    const type = found.ok ? findRequestType(found.value, requestType) : found
    return type.ok && 'urgency' in type.value ? type.value.urgency.allowed : []
  }

  /** Every rule of the instrument for such a request whose clock has begun. What is not verified only reminds. */
  function deadlines(question: DeadlineQuestion): readonly RuleDeadline[] {
    return rulesFor(question).flatMap((rule): RuleDeadline[] => {
      const computed = compute(rule, question)
      if (computed.ok) return [computed.value]
      // No clock vanishes because what was recorded of it no longer fits: it runs as if that had not been.
      const plain = compute(rule, { ...question, changes: [] })
      return plain.ok ? [{ ...plain.value, steps: [...plain.value.steps, computed.refusal.message] }] : []
    })
  }

  function deadline(question: DeadlineQuestion, ruleId: string): Result<RuleDeadline> {
    const rule = rulesFor(question).find(({ id }) => id === ruleId)
    if (rule) return compute(rule, question)
    return refuse('DEADLINE_RULE_UNKNOWN', `No clock of ${ruleId} runs for this request.`, { place: ruleId })
  }

  function rulesFor({ instrument, requestType, times, urgency }: DeadlineQuestion): readonly DeadlineRule[] {
    const found = findInstrument(packs, instrument)
    if (!found.ok) return []
    return found.value.deadlines
      .filter((rule) => rule.requestTypes.includes(requestType) && rule.trigger in times)
      .filter((rule) => rule.urgency === undefined || (urgency !== null && rule.urgency.includes(urgency)))
  }

  function compute(rule: DeadlineRule, question: DeadlineQuestion): Result<RuleDeadline> {
    const { times, zone, jurisdiction, side, urgency, changes } = question
    const change = changes.find(({ ruleId }) => ruleId === rule.id)
    const computed = computeDeadline(
      rule,
      {
        times,
        zone,
        jurisdiction,
        side,
        urgency,
        ...(change?.extendedAt ? { extendedAt: change.extendedAt } : {}),
        ...(change && change.suspended.length > 0 ? { suspended: change.suspended } : {}),
      },
      calendars,
    )
    if (!computed.ok) return computed
    const { due, binding, steps, article, reminders, extension, suspension } = computed.value
    return ok({
      ruleId: rule.id,
      article,
      due,
      zone,
      binding,
      steps: steps.map(({ text }) => text),
      from: new Date(times[rule.trigger] as string).toISOString(),
      reminders,
      extension,
      suspension,
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

/** When people are reminded: as the agency has set it, or as Comity does. */
export function reminderSetting(zone: string, stated: NodeConfig['reminders']): ReminderSetting {
  return {
    ordinary: stated?.ordinary.map(readThreshold) ?? usualThresholds.ordinary,
    urgent: stated?.urgent.map(readThreshold) ?? usualThresholds.urgent,
    dayBegins: (day) => orStop(dayBegins(day, zone)),
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
