/** Referring a case, taking it over, declining, withdrawing; and who is asked to take over what. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, amber, ok, type Result, refuse, type Stored } from '../kernel/index.ts'
import { acknowledgeReferral, declineReferral, openReferral, type Referral, withdrawReferral } from '../legal/index.ts'
import type { CaseBody } from './case.ts'
import { caseOf, did } from './case-acts.ts'
import { hasOpenRequests } from './case-open-requests.ts'
import { ReferralBody, ReferredTo, referralName, takenOverAccess } from './case-referral.ts'
import { CaseId, Changed, closed, Id, Instant, Seen, text, Version } from './fields.ts'
import { checkOriginal } from './incoming-receive.ts'
import { everyRecord } from './listing.ts'
import { checkEligible } from './member-actions.ts'
import { type LegalPort, ports } from './ports.ts'

const KIND = 'referral'
const Reason = text(4000, 'Why, in words that those who receive the case read before they take it over.')
const Question = closed({
  need: Type.String({ maxLength: 40, pattern: '^[A-Za-z_]+$', description: 'What is needed, as freeze.' }),
  offence: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$', description: 'The offence by its code in the packs.' }),
})
/** Who may be the lead of a case: those who may name its members. */
const LEADING = ['investigator', 'analyst', 'prosecutor', 'liaison-officer', 'compliance-officer', 'training']

const refer = action({
  name: 'case.refer',
  summary: 'Refer a case to other people of this node, or to an authority outside; it stays here until they have it',
  kind: 'change',
  events: ['case.refer'],
  input: closed({
    caseId: CaseId,
    seen: Seen,
    to: ReferredTo,
    staying: Type.Optional(
      Type.Array(Type.String({ format: 'uuid' }), {
        maxItems: 200,
        uniqueItems: true,
        description: 'Members who go on working on it afterwards, as the custodian of its exhibits.',
      }),
    ),
    question: Type.Optional(Question),
    reason: Reason,
  }),
  output: closed({ id: Id, version: Version, caseVersion: Version }),
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen, to, staying = [], question, reason }) => {
    const home = await caseOf(context, caseId)
    const free = await checkReferrable(context, home, to, staying)
    if (!free.ok) return free
    const competence = competenceOf(context, to, question)
    if (!competence.ok) return competence
    const opened = openReferral({
      request: caseId,
      from: context.actor.id,
      to: referralName(to),
      reason,
      forwardedAt: context.now,
    })
    if (!opened.ok) return opened
    const id = context.newId()
    const body: ReferralBody = {
      to,
      staying: [...staying],
      competence: competence.value,
      referral: opened.value,
      evidence: null,
      marking: amber,
      author: context.actor.id,
    }
    const { version } = await putReferral(context, caseId, id, 0, body)
    const referredTo = to.kind === 'inside' ? [to.personId] : []
    const changed = await writeCase(context, caseId, seen, {
      ...home.body,
      access: { ...home.body.access, referredTo },
      referral: id,
    })
    return ok({
      result: { id, version, caseVersion: changed },
      events: [did('case.refer', 'case', caseId, caseId, { referral: id, to, staying: [...staying], reason })],
    })
  },
})

/** Whether the case may be referred now, and to these. */
async function checkReferrable(
  context: ActionContext,
  { id: caseId, body }: Stored<CaseBody>,
  to: ReferredTo,
  staying: readonly string[],
): Promise<Result<null>> {
  const { access, referral = null } = body
  if (access.closed)
    return refuse('CASE_CLOSED', 'A closed case is referred to nobody.', { place: caseId, fix: 'Open it again first.' })
  if (referral !== null)
    return refuse('CASE_REFERRED', 'The case is referred to somebody already, who has not answered.', {
      place: caseId,
      fix: 'Wait for the answer, or withdraw the referral.',
    })
  if (!staying.every((person) => access.members.includes(person)))
    return refuse('MEMBER_UNKNOWN', 'Somebody who shall stay is no member of the case.', { place: '/staying' })
  if (to.kind === 'outside') return checkNoOpenRequests(context, caseId)
  for (const [at, person] of [to.personId, ...to.members].entries()) {
    const eligible = await checkEligible(context, person, access.training)
    const place = at === 0 ? '/to/personId' : `/to/members/${at - 1}`
    if (!eligible.ok) return { ok: false, refusal: { ...eligible.refusal, place } }
  }
  const person = await context.records.get<{ role: string }>('person', to.personId)
  if (!LEADING.includes(person?.body.role ?? '') || access.leads.includes(to.personId))
    return refuse('REFERRAL_RECEIVER', 'This person leads the case already, or has a role that leads no case.', {
      place: '/to/personId',
      fix: 'Name somebody of the other unit who may lead a case.',
    })
  if (access.sealed && !access.sealedFor.includes(to.personId))
    return refuse('REFERRAL_SEALED', 'The case is sealed, and not for this person.', {
      place: '/to/personId',
      fix: 'Have the court that sealed it name them, and seal it anew.',
    })
  return ok(null)
}

async function checkNoOpenRequests(context: ActionContext, caseId: string): Promise<Result<null>> {
  // A request that somebody abroad still works on needs an owner here.
  if (!(await hasOpenRequests(context, caseId))) return ok(null)
  return refuse('CASE_REQUESTS_OPEN', 'A request of the case is up for approval, or still open with an authority.', {
    place: caseId,
    fix: 'Wait for the answer, or withdraw the request, before the case leaves the house.',
  })
}

function competenceOf(
  context: ActionContext,
  to: ReferredTo,
  question: { need: string; offence: string } | undefined,
): Result<ReferralBody['competence']> {
  if (to.kind === 'inside') return ok(null)
  const found = context.port<LegalPort>(ports.law).competence({ ...to, question: question ?? null })
  if (!found.ok) return { ok: false, refusal: { ...found.refusal, place: `/to${found.refusal.place ?? ''}` } }
  const { names, reasons } = found.value
  return ok({ names: [...names], reasons: reasons.map((one) => ({ ...one })) })
}

const Answered = {
  at: Type.Optional(Type.String({ format: 'date-time', description: 'When an authority outside has answered.' })),
  exhibit: Type.Optional(Type.String({ format: 'uuid', description: 'Its answer, an exhibit of the case.' })),
}
const answers = ({ caseId }: { caseId: string }) =>
  ({ right: 'answerReferral', subject: { type: 'case', id: caseId } }) as const

const takeOver = action({
  name: 'case.referral.take-over',
  summary: 'Take over a case that was referred to you, or record with its evidence that an authority outside did',
  kind: 'change',
  events: ['case.referral.take-over'],
  input: closed({ caseId: CaseId, seen: Seen, ...Answered }),
  output: Changed,
  asks: answers,
  run: async (context, { caseId, seen, at, exhibit }) => {
    const open = await openReferralOf(context, caseId)
    if (!open.ok) return open
    const { home, stored } = open.value
    const { to, staying } = stored.body
    if (to.kind === 'inside') {
      const answered = acknowledgeReferral(stored.body.referral, context.actor.id, context.now)
      if (!answered.ok) return answered
      const members = await atWork(context, to.members, home.body.access.training)
      const access = takenOverAccess(home.body.access, to.personId, members, staying)
      return answerWith(context, open.value, seen, {
        action: 'case.referral.take-over',
        referral: answered.value,
        evidence: null,
        home: { ...home.body, access, referral: null },
      })
    }
    const shown = await checkEvidence(context, caseId, at, exhibit)
    if (!shown.ok) return shown
    const answered = acknowledgeReferral(stored.body.referral, referralName(to), shown.value.at)
    if (!answered.ok) return answered
    const settled = await checkNoOpenRequests(context, caseId)
    if (!settled.ok) return settled
    const { authority, country, role } = to
    return answerWith(context, open.value, seen, {
      action: 'case.referral.take-over',
      referral: answered.value,
      evidence: shown.value.exhibit,
      home: {
        ...home.body,
        access: { ...home.body.access, closed: true, referredTo: [] },
        closedAt: context.now,
        reason: answered.value.reason,
        referral: null,
        heldBy: { authority, country, role, since: shown.value.at },
      },
    })
  },
})

const decline = action({
  name: 'case.referral.decline',
  summary: 'Decline a case that was referred to you, or record that an authority outside did; it stays where it is',
  kind: 'change',
  events: ['case.referral.decline'],
  input: closed({ caseId: CaseId, seen: Seen, reason: Reason, ...Answered }),
  output: Changed,
  // Who has declined may not answer any more, and must still be able to repeat a call whose answer was lost: the door asks only
  // whether they work here, and the right itself is asked of the policies inside.
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context, { caseId, seen, reason, at, exhibit }) => {
    if (!(await context.may(answers({ caseId })))) return notPermitted(caseId)
    const open = await openReferralOf(context, caseId)
    if (!open.ok) return open
    const { home, stored } = open.value
    const { to } = stored.body
    const outside = to.kind === 'outside'
    const shown = outside ? await checkEvidence(context, caseId, at, exhibit) : null
    if (shown && !shown.ok) return shown
    const by = outside ? referralName(to) : context.actor.id
    const answered = declineReferral(stored.body.referral, by, shown?.value.at ?? context.now, reason)
    if (!answered.ok) return answered
    return answerWith(context, open.value, seen, {
      action: 'case.referral.decline',
      referral: answered.value,
      evidence: shown?.value.exhibit ?? null,
      home: { ...home.body, access: { ...home.body.access, referredTo: [] }, referral: null },
    })
  },
})

/** In the words of the door: whether there is such a case is not said. */
function notPermitted(caseId: string) {
  return refuse('NOT_PERMITTED', 'There is no such thing, or you may not do this with it.', {
    place: `case/${caseId}`,
    fix: 'Ask a lead of the case, or the administrator of the node, for the right.',
  })
}

const withdraw = action({
  name: 'case.referral.withdraw',
  summary: 'Withdraw a referral that nobody has answered yet',
  kind: 'change',
  events: ['case.referral.withdraw'],
  input: closed({ caseId: CaseId, seen: Seen }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen }) => {
    const open = await openReferralOf(context, caseId)
    if (!open.ok) return open
    const { home, stored } = open.value
    // Whoever leads the case now speaks for those who referred it.
    const answered = withdrawReferral(stored.body.referral, stored.body.referral.from, context.now)
    if (!answered.ok) return answered
    return answerWith(context, open.value, seen, {
      action: 'case.referral.withdraw',
      referral: answered.value,
      evidence: null,
      home: { ...home.body, access: { ...home.body.access, referredTo: [] }, referral: null },
    })
  },
})

type OpenReferral = { readonly home: Stored<CaseBody>; readonly stored: Stored<ReferralBody> }

async function openReferralOf(context: ActionContext, caseId: string): Promise<Result<OpenReferral>> {
  const home = await caseOf(context, caseId)
  const id = home.body.referral ?? null
  const stored = id === null ? null : await context.records.get<ReferralBody>(KIND, id)
  if (stored) return ok({ home, stored })
  return refuse('REFERRAL_NONE', 'The case is referred to nobody at this moment.', {
    place: caseId,
    fix: 'See case.referral.history.',
  })
}

type AnswerWrite = {
  readonly action: string
  readonly referral: Referral
  readonly evidence: string | null
  readonly home: CaseBody
}

/** Both in one transaction: the referral has its answer, and the case is with whom that leaves it. */
async function answerWith(
  context: ActionContext,
  { home, stored }: OpenReferral,
  seen: number,
  { action: name, referral, evidence, home: after }: AnswerWrite,
) {
  const { id, body } = stored
  const { version } = await putReferral(context, home.id, id, seen, { ...body, referral, evidence })
  await writeCase(context, home.id, home.version, after)
  const said = {
    referral: id,
    from: referral.from,
    to: referral.to,
    state: referral.state,
    answeredAt: referral.answeredAt,
    evidence,
    leads: [...after.access.leads],
    members: [...after.access.members],
  }
  return ok({ result: { id, version }, events: [did(name, 'case', home.id, home.id, said)] })
}

/** What an authority outside has said is on record with its proof, or it was not said. */
async function checkEvidence(
  context: ActionContext,
  caseId: string,
  at: string | undefined,
  exhibit: string | undefined,
): Promise<Result<{ readonly at: string; readonly exhibit: string }>> {
  if (at === undefined || exhibit === undefined || Date.parse(at) > Date.parse(context.now))
    return refuse(
      'REFERRAL_EVIDENCE',
      'The answer of an authority outside needs its time, and the exhibit that shows it.',
      {
        place: exhibit === undefined ? '/exhibit' : '/at',
        fix: 'Add the answer to the case with exhibit.add; give its id, and when they answered.',
      },
    )
  const there = await checkOriginal(context, caseId, exhibit)
  return there.ok ? ok({ at, exhibit }) : there
}

/** Of those who were named: who is still at work here when the case is taken over. */
async function atWork(
  context: ActionContext,
  people: readonly string[],
  training: boolean,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const person of people) if ((await checkEligible(context, person, training)).ok) found.push(person)
  return found
}

function putReferral({ records }: ActionContext, caseId: string, id: string, seen: number, body: ReferralBody) {
  const { to, referral } = body
  const receiver = to.kind === 'inside' && referral.state === 'open' ? [to.personId] : []
  return records.put<ReferralBody>(KIND, id, body, { caseId, seen, refs: { receiver } })
}

async function writeCase({ records }: ActionContext, caseId: string, seen: number, body: CaseBody): Promise<number> {
  const { version } = await records.put<CaseBody>('case', caseId, body, {
    caseId,
    seen,
    refs: { member: body.access.members },
  })
  return version
}

const list = action({
  name: 'case.referral.list',
  summary: 'Cases that were referred to you and wait for your answer; of the case itself nothing but the reason',
  kind: 'read',
  input: closed({}),
  output: Type.Array(
    closed({ id: Id, version: Version, caseId: Id, from: Id, reason: Type.String(), forwardedAt: Instant }),
  ),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async ({ records, actor, may }) => {
    const result = []
    for (const { id, version, caseId, body } of await records.find<ReferralBody>(KIND, 'receiver', actor.id)) {
      if (caseId === null || !(await may({ right: 'answerReferral', subject: { type: 'case', id: caseId } }))) continue
      const { from, reason, forwardedAt } = body.referral
      result.push({ id, version, caseId, from, reason, forwardedAt })
    }
    return ok({ result, events: [] })
  },
})

const history = action({
  name: 'case.referral.history',
  summary: 'Every referral of a case, oldest first: to whom, why, by what competence, and how it was answered',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: Type.Array(closed({ id: Id, version: Version, at: Instant, referral: ReferralBody })),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const found = await everyRecord<ReferralBody>(context, KIND, caseId)
    const result = found.map(({ id, version, at, body }) => ({ id, version, at, referral: body }))
    return ok({ result, events: [] })
  },
})

export const caseReferralActions = [refer, takeOver, decline, withdraw, list, history] as const
