/** The point of contact that is there at every hour (Budapest Convention art. 35): its roster, and calls to it and from it. */
import { Type } from '@sinclair/typebox'
import { Changed, closed, did, Id, Instant, nullable, oneOf, text, Zone } from '../../casework/index.ts'
import {
  type ActionContext,
  action,
  type Event,
  ok,
  PersonId,
  type Records,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { AgencyId } from '../wire/index.ts'
import { urgencyCodes } from '../wire/vocabulary.ts'
import { CALL, type CallBody, callFigures, POINT, POINT_ID, type PointBody } from './points.ts'
import { nextStep, onDuty, rosterFindings } from './roster.ts'
import { QUEUED, write } from './writing.ts'

/** Who may take a call; `liaise` of the policies says the same. */
const SPEAKERS: readonly string[] = ['liaison-officer', 'prosecutor', 'senior-official']
const Language = Type.String({
  maxLength: 12,
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$',
  description: 'A language by its BCP 47 tag, as fr.',
})
const Languages = Type.Array(Language, { minItems: 1, maxItems: 20, uniqueItems: true })
const keeps = () => ({ right: 'keepRoster', subject: { type: 'node' } }) as const
const liaises = () => ({ right: 'liaise', subject: { type: 'node' } }) as const

const Point = closed({
  name: text(200, 'What it is called.'),
  channel: text(300, 'How it is reached beside the exchange, as a telephone.'),
  languages: Languages,
  zone: Zone,
  minutes: Type.Integer({
    minimum: 1,
    maximum: 240,
    description: 'So many minutes a person has to take a call before it goes to the next.',
  }),
  lead: PersonId,
  partners: Type.Array(AgencyId, {
    maxItems: 300,
    uniqueItems: true,
    description: 'Who is called for a test each month.',
  }),
})
const ShiftInput = closed({
  personId: PersonId,
  from: Instant,
  until: Instant,
  zone: Zone,
  languages: Languages,
  handOver: nullable(text(2000, 'What whoever comes next must know.')),
})
const Finding = closed({
  code: oneOf(['gap', 'overlap', 'twice', 'backwards', 'language'], 'What is wrong.'),
  place: Type.String(),
  from: Instant,
  until: Instant,
  message: Type.String(),
})
const Seen0 = Type.Integer({
  minimum: 0,
  maximum: 2_000_000_000,
  description: 'The version that you have read; 0 where there is none.',
})

const setPoint = action({
  name: 'contact-point.set',
  summary: 'Say how the point of contact of the agency is reached, how long a call waits, and who answers for it',
  kind: 'change',
  input: closed({ version: Seen0, point: Point }),
  output: Changed,
  asks: keeps,
  run: async (context, { version: seen, point }) => {
    const lead = await speaker(context, point.lead, '/point/lead')
    if (!lead.ok) return lead
    const before = await context.records.get<PointBody>(POINT, POINT_ID)
    const body: PointBody = { ...point, roster: before?.body.roster ?? null }
    const { version } = await context.records.put(POINT, POINT_ID, body, { caseId: null, seen })
    return ok({
      result: { id: POINT_ID, version },
      events: [did('contact-point.set', POINT, POINT_ID, null, { ...point })],
    })
  },
})

const setRoster = action({
  name: 'duty.set',
  summary: 'Set who is on duty when; gaps, overlaps and people twice are answered with their places',
  kind: 'change',
  input: closed({
    version: Seen0,
    from: Instant,
    until: Instant,
    shifts: Type.Array(ShiftInput, { minItems: 1, maxItems: 1000 }),
    accept: Type.Optional(
      Type.Boolean({ description: 'true: keep it although there are gaps; a person who stands twice is never kept.' }),
    ),
  }),
  output: closed({ ...Changed.properties, findings: Type.Array(Finding) }),
  asks: keeps,
  run: async (context, { version: seen, from, until, shifts, accept = false }) => {
    const point = await pointOf(context.records)
    if (!point.ok) return point
    for (const [at, { personId }] of shifts.entries()) {
      const known = await speaker(context, personId, `/shifts/${at}/personId`)
      if (!known.ok) return known
    }
    const settled = shifts.map((one) => ({ ...one, from: iso(one.from), until: iso(one.until) }))
    const covers = { from: iso(from), until: iso(until), languages: point.value.body.languages }
    const findings = rosterFindings(settled, covers)
    const wrong =
      findings.find(({ code }) => code === 'backwards' || code === 'twice') ??
      (accept ? undefined : findings.find(({ code }) => code === 'gap'))
    if (wrong)
      return refuse('DUTY_ROSTER', `${wrong.message} ${wrong.from} to ${wrong.until}.`, {
        place: wrong.place,
        fix:
          wrong.code === 'gap'
            ? 'Fill the gap, or say accept: true to keep the roster as it is.'
            : 'Correct the shift.',
      })
    const body: PointBody = { ...point.value.body, roster: { from: covers.from, until: covers.until, shifts: settled } }
    const { version } = await context.records.put(POINT, POINT_ID, body, { caseId: null, seen })
    const said = { shifts: settled.length, findings: findings.map(({ code, place }) => `${code} ${place}`) }
    return ok({
      result: { id: POINT_ID, version, findings: [...findings] },
      events: [did('duty.set', POINT, POINT_ID, null, said)],
    })
  },
})

const now = action({
  name: 'duty.now',
  summary: 'Who is on duty at the point of contact now, the roster, and what is wrong with it from here on',
  kind: 'read',
  input: closed({}),
  output: closed({
    version: Type.Integer(),
    point: Point,
    onDuty: Type.Array(
      closed({
        personId: Type.String(),
        name: Type.String(),
        until: Instant,
        zone: Type.String(),
        languages: Type.Array(Type.String()),
        handOver: nullable(Type.String()),
      }),
    ),
    findings: Type.Array(Finding),
    roster: nullable(closed({ from: Instant, until: Instant, shifts: Type.Array(ShiftInput) })),
  }),
  asks: liaises,
  run: async ({ records, now: at }) => {
    const point = await pointOf(records)
    if (!point.ok) return point
    const { roster, ...said } = point.value.body
    const shown = []
    for (const { personId, until, zone, languages, handOver } of onDuty(roster?.shifts ?? [], at)) {
      const person = await records.get<{ name: string }>('person', personId)
      shown.push({ personId, name: person?.body.name ?? 'unknown', until, zone, languages: [...languages], handOver })
    }
    const ahead = {
      from: at,
      until: roster && roster.until > at ? roster.until : new Date(Date.parse(at) + 86_400_000).toISOString(),
      languages: said.languages,
    }
    const findings = rosterFindings(roster?.shifts ?? [], ahead)
    const view = { ...said, languages: [...said.languages], partners: [...said.partners] }
    const kept = roster && {
      ...roster,
      shifts: roster.shifts.map((one) => ({ ...one, languages: [...one.languages] })),
    }
    return ok({
      result: { version: point.value.version, point: view, onDuty: shown, findings: [...findings], roster: kept },
      events: [],
    })
  },
})

const place = action({
  name: 'call.place',
  summary:
    'Call the point of contact of another agency: somebody is needed there now, or a test whether somebody is there',
  kind: 'change',
  events: ['call.place', QUEUED],
  input: closed({
    peer: AgencyId,
    matter: text(4000, 'What it is about, without naming persons.'),
    urgency: nullable(oneOf(urgencyCodes, 'Why it cannot wait.')),
    test: Type.Boolean({ description: 'It only asks if somebody is there.' }),
    within: Type.Integer({ minimum: 1, maximum: 1440, description: 'Within how many minutes an answer is hoped for.' }),
  }),
  output: Changed,
  asks: liaises,
  run: async (context, wish) => {
    const placed = await placeCall(context, wish)
    if (!placed.ok) return placed
    const { events, ...result } = placed.value
    return ok({ result, events })
  },
})

type CallWish = {
  readonly peer: string
  readonly matter: string
  readonly urgency: (typeof urgencyCodes)[number] | null
  readonly test: boolean
  readonly within: number
}

export async function placeCall(
  context: ActionContext,
  { peer, matter, urgency, test, within }: CallWish,
): Promise<Result<{ readonly id: string; readonly version: number; readonly events: readonly Event[] }>> {
  const body = { matter, urgency, test, within, language: 'en' }
  const sent = await write(context, { type: 'contact.call', body, peer, exchange: null, caseId: null })
  if (!sent.ok) return sent
  const { digest, exchange, events } = sent.value
  const call: CallBody = {
    ...{
      direction: 'out',
      peer,
      message: digest,
      exchange,
      type: 'contact.call',
      test,
      matter,
      at: context.now,
      within,
    },
    ...{ steps: [], taken: null, missedAt: null },
  }
  const { id, version } = await context.records.put(CALL, context.newId(), call, {
    caseId: null,
    seen: 0,
    refs: callRefs(call),
  })
  return ok({ id, version, events: [did('call.place', CALL, id, null, { peer, test, message: digest }), ...events] })
}

const take = action({
  name: 'call.take',
  summary: 'Take a call that has come to the point of contact: the caller is told, and it goes to nobody else',
  kind: 'change',
  events: ['call.take', QUEUED],
  input: closed({ id: Id, note: nullable(text(4000, 'What comes next; it is told to the caller.')) }),
  output: Changed,
  asks: liaises,
  run: async (context, { id, note }) => {
    const { records, actor, now: at } = context
    const call = await records.get<CallBody>(CALL, id)
    if (call?.body.direction !== 'in' || call.body.taken !== null)
      return refuse('CALL_STATE', 'There is no such call, or somebody has taken it.', {
        place: '/id',
        fix: 'See call.list.',
      })
    const { peer, exchange, message, type } = call.body
    const answer = { call: message, takenAt: at, by: actor.role, note }
    // Other urgent messages are answered by what the law says of them; that a person has them is told by their own kind of receipt.
    const sent =
      type === 'contact.call'
        ? await write(context, { type: 'contact.call.answer', body: answer, peer, exchange, caseId: null })
        : null
    if (sent !== null && !sent.ok) return sent
    const body: CallBody = { ...call.body, taken: { by: actor.id, at, note } }
    const { version } = await records.put(CALL, id, body, { caseId: null, seen: call.version, refs: callRefs(body) })
    const seconds = Math.round((Date.parse(at) - Date.parse(call.body.at)) / 1000)
    return ok({
      result: { id, version },
      events: [did('call.take', CALL, id, null, { message, seconds }), ...(sent?.value.events ?? [])],
    })
  },
})

const CallView = closed({
  id: Id,
  version: Type.Integer(),
  direction: oneOf(['in', 'out'], 'From whom to whom.'),
  peer: AgencyId,
  type: Type.String(),
  test: Type.Boolean(),
  matter: Type.String(),
  message: Type.String(),
  at: Instant,
  within: Type.Integer(),
  steps: Type.Array(closed({ to: Type.String(), since: Instant, as: oneOf(['duty', 'next', 'lead'], 'As whom.') })),
  taken: nullable(closed({ by: Type.String(), at: Instant, note: nullable(Type.String()) })),
  missedAt: nullable(Instant),
})

const list = action({
  name: 'call.list',
  summary: 'Calls to the point of contact and from it, newest first, and what test calls have shown of each partner',
  kind: 'read',
  input: closed({ open: Type.Optional(Type.Boolean({ description: 'true: only those that nobody has taken.' })) }),
  output: closed({
    calls: Type.Array(CallView),
    tests: Type.Array(
      closed({
        peer: AgencyId,
        calls: Type.Integer(),
        answered: Type.Integer(),
        late: Type.Integer(),
        missed: Type.Integer(),
        median: nullable(Type.Integer()),
        longest: nullable(Type.Integer()),
      }),
    ),
  }),
  asks: liaises,
  run: async ({ records }, { open = false }) => {
    const all = await allCalls(records)
    const calls = all
      .filter(({ body }) => !open || body.taken === null)
      .toSorted((a, b) => (a.body.at < b.body.at ? 1 : -1))
      .slice(0, 500)
      .map(({ id, version, body: { exchange: _, ...body } }) => ({ id, version, ...body, steps: [...body.steps] }))
    const tests = callFigures(all.map(({ body }) => body)).map((one) => ({ ...one }))
    return ok({ result: { calls, tests }, events: [] })
  },
})

export async function allCalls(records: Records): Promise<Stored<CallBody>[]> {
  const found: Stored<CallBody>[] = []
  let after: string | null = null
  do {
    const page: { items: readonly Stored<CallBody>[]; next: string | null } = await records.list<CallBody>(CALL, {
      caseId: null,
      after,
      limit: 200,
    })
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  return found
}

export const callRefs = ({ message, taken, missedAt }: CallBody) => ({
  message,
  open: taken === null && missedAt === null ? ['open'] : [],
})

/** An urgent message has come: it is put before whoever is on duty, and the clock runs until a person takes it. */
export async function putBefore(
  { records, now: at, newId }: ActionContext,
  {
    peer,
    message,
    exchange,
    type,
    test,
    matter,
    within,
  }: Pick<CallBody, 'peer' | 'message' | 'exchange' | 'type' | 'test' | 'matter' | 'within'>,
): Promise<readonly Event[]> {
  const point = await records.get<PointBody>(POINT, POINT_ID)
  const first = point ? nextStep([], point.body.roster?.shifts ?? [], point.body, at) : null
  const call: CallBody = {
    ...{ direction: 'in', peer, message, exchange, type, test, matter, at, within },
    ...{ steps: first ? [first] : [], taken: null, missedAt: null },
  }
  const { id } = await records.put(CALL, newId(), call, { caseId: null, seen: 0, refs: callRefs(call) })
  return [did('call.received', CALL, id, null, { peer, type, test, to: first?.to ?? null })]
}

export async function pointOf(records: Records): Promise<Result<Stored<PointBody>>> {
  const point = await records.get<PointBody>(POINT, POINT_ID)
  if (point) return ok(point)
  return refuse('CONTACT_POINT', 'The point of contact of this agency is not set.', {
    place: 'contact-point',
    fix: 'Set it: contact-point.set.',
  })
}

async function speaker({ records }: ActionContext, personId: string, place: string): Promise<Result<null>> {
  const person = await records.get<{ role: string; suspended: boolean }>('person', personId)
  if (person && !person.body.suspended && SPEAKERS.includes(person.body.role)) return ok(null)
  return refuse('DUTY_PERSON', 'There is no such person here who may speak for the agency.', {
    place,
    fix: `Name somebody at work in one of the roles ${SPEAKERS.join(', ')}.`,
  })
}

function iso(at: string): string {
  return new Date(at).toISOString()
}

export const contactActions = [setPoint, setRoster, now, place, take, list] as const
