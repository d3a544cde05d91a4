/** A breach of security: told to whom it concerns, with the clock of the law; and of others, which suspends what they may do here. */
import { Type } from '@sinclair/typebox'
import { CaseId, Changed, closed, Digest, did, Id, Instant, nullable, oneOf, Seen, text } from '../../casework/index.ts'
import { action, amber, type Json, Marking, ok, refuse } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import { AgencyId, type BodyOf } from '../wire/index.ts'
import type { Filed } from './filing.ts'
import { SUSPENSION, type SuspensionBody } from './suspension.ts'
import { QUEUED, write, writeAll } from './writing.ts'

const INCIDENT = 'incident'
/** Directive (EU) 2016/680 art. 30(1), read in its text: to the supervisory authority, where feasible, within 72 hours of knowing. */
const NOTICE_HOURS = 72
const ARTICLE = 'Directive (EU) 2016/680 art. 30(1)'
const severities = ['low', 'high', 'critical'] as const

export type IncidentBody = Filed & {
  readonly severity: (typeof severities)[number]
  readonly what: string
  readonly noticedAt: string
  readonly notifyBy: string
  readonly article: string
  readonly notifiedAt: string | null
  readonly reference: string | null
  readonly told: readonly {
    readonly peer: string
    readonly message: string
    readonly answer: { readonly seen: boolean; readonly measures: string; readonly at: string } | null
  }[]
}

const report = action({
  name: 'incident.report',
  summary: 'Tell other agencies of a breach of security here, and start the clock of its notification',
  kind: 'change',
  events: ['incident.report', QUEUED],
  input: closed({
    caseId: CaseId,
    peers: Type.Array(AgencyId, { minItems: 1, maxItems: 100, uniqueItems: true, description: 'Whom it concerns.' }),
    severity: oneOf(severities, 'How grave.'),
    what: text(20_000, 'What happened.'),
    noticedAt: Instant,
    happenedAt: nullable(Instant),
    exchanges: Type.Array(Digest, { maxItems: 1000, uniqueItems: true }),
    keys: Type.Array(Digest, {
      maxItems: 50,
      uniqueItems: true,
      description: 'Keys of yours that must not be trusted any more.',
    }),
    dataSent: text(4000, 'Which data of the receivers is concerned.'),
    harm: text(4000, 'Which harm it may do.'),
    measures: text(10_000, 'What was done.'),
    marking: Type.Optional(Marking),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'correspond', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, peers, noticedAt, happenedAt, marking = amber, ...said }) => {
    const noticed = new Date(noticedAt).toISOString()
    if (noticed > context.now)
      return refuse('INCIDENT_TIME', 'The breach would have been noticed in the future.', {
        place: '/noticedAt',
        fix: 'State when it was noticed.',
      })
    const body = {
      ...said,
      noticedAt: noticed,
      happenedAt: happenedAt === null ? null : new Date(happenedAt).toISOString(),
    }
    const told = await writeAll(
      context,
      peers.map((peer) => ({ type: 'incident', body: body as unknown as Json, peer, exchange: null, caseId, marking })),
    )
    if (!told.ok) return told
    const incident: IncidentBody = {
      ...{ severity: said.severity, what: said.what, noticedAt: noticed },
      ...{ notifyBy: new Date(Date.parse(noticed) + NOTICE_HOURS * 3_600_000).toISOString(), article: ARTICLE },
      ...{ notifiedAt: null, reference: null, marking, author: context.actor.id },
      told: told.value.sent.map(({ peer, digest }) => ({ peer, message: digest, answer: null })),
    }
    const { id, version } = await context.records.put(INCIDENT, context.newId(), incident, {
      caseId,
      seen: 0,
      refs: incidentRefs(incident),
    })
    return ok({
      result: { id, version },
      events: [
        did('incident.report', INCIDENT, id, caseId, { severity: said.severity, peers: [...peers] }),
        ...told.value.events,
      ],
    })
  },
})

const notified = action({
  name: 'incident.notified',
  summary: 'Put on record that the supervisory authority was notified of a breach: its clock stops',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, at: Instant, reference: text(300, 'The authority, and its file number.') }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: INCIDENT, id } }),
  run: async ({ records, now }, { id, seen, at, reference }) => {
    const stored = await records.get<IncidentBody>(INCIDENT, id)
    if (!stored || stored.caseId === null) throw new Error('a permitted incident has no record')
    const notifiedAt = new Date(at).toISOString()
    if (notifiedAt > now || notifiedAt < stored.body.noticedAt)
      return refuse('INCIDENT_TIME', 'The notification would lie in the future, or before the breach was noticed.', {
        place: '/at',
        fix: 'State when it was made.',
      })
    const body: IncidentBody = { ...stored.body, notifiedAt, reference }
    const { version } = await records.put(INCIDENT, id, body, { caseId: stored.caseId, seen, refs: incidentRefs(body) })
    return ok({
      result: { id, version },
      events: [did('incident.notified', INCIDENT, id, stored.caseId, { at: notifiedAt })],
    })
  },
})

const lift = action({
  name: 'suspension.lift',
  summary: 'Lift the suspension of a partner that had told of a breach, and tell it what was done here',
  kind: 'change',
  events: ['suspension.lift', QUEUED],
  input: closed({
    id: Id,
    seen: Seen,
    reason: text(2000, 'Why it may go on; kept here.'),
    concerned: Type.Boolean({ description: 'Whether you find yourself concerned.' }),
    measures: text(10_000, 'What was done here; it is told to the partner.'),
  }),
  output: Changed,
  asks: () => ({ right: 'liftSuspension', subject: { type: 'node' } }),
  run: async (context, { id, seen, reason, concerned, measures }) => {
    const stored = await context.records.get<SuspensionBody>(SUSPENSION, id)
    if (!stored || stored.body.lifted !== null)
      return refuse('SUSPENSION_STATE', 'There is no such suspension, or it was lifted before.', {
        place: '/id',
        fix: 'See supervision.list.',
      })
    const { peer, exchange } = stored.body
    const said = { seen: concerned, measures, at: context.now }
    const sent = await write(context, { type: 'incident.answer', body: said, peer, exchange, caseId: null })
    if (!sent.ok) return sent
    const body: SuspensionBody = { ...stored.body, lifted: { by: context.actor.id, at: context.now, reason } }
    const { version } = await context.records.put(SUSPENSION, id, body, { caseId: null, seen, refs: { peer } })
    return ok({
      result: { id, version },
      events: [did('suspension.lift', SUSPENSION, id, null, { peer, reason }), ...sent.value.events],
    })
  },
})

const takeIncident: Taker['take'] = async (context, message) => {
  const { severity, what, exchanges, keys } = message.body as unknown as BodyOf<'incident', 1>
  const { from: peer, exchange } = message.header
  const body: SuspensionBody = {
    ...{ peer, since: context.now, incident: message.digest, exchange: exchange ?? message.digest },
    ...{ severity, what, exchanges, keys, lifted: null },
  }
  const { id } = await context.records.put(SUSPENSION, context.newId(), body, { caseId: null, seen: 0, refs: { peer } })
  return ok({
    caseId: null,
    events: [did('suspension.begun', SUSPENSION, id, null, { peer, severity, incident: message.digest })],
  })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const { seen, measures, at } = message.body as unknown as BodyOf<'incident.answer', 1>
  const { from, exchange } = message.header
  const [stored] = await context.records.find<IncidentBody>(INCIDENT, 'message', exchange as string)
  const told = stored?.body.told.find((one) => one.message === exchange && one.peer === from)
  if (!stored || !told)
    return refuse('SUSPENSION_STATE', 'There is no such incident that was told to this sender.', {
      place: '/header/exchange',
      fix: 'Answer in the exchange of the incident.',
    })
  const body: IncidentBody = {
    ...stored.body,
    told: stored.body.told.map((one) => (one === told ? { ...one, answer: { seen, measures, at } } : one)),
  }
  const { id, version, caseId } = stored
  await context.records.put(INCIDENT, id, body, { caseId, seen: version, refs: incidentRefs(body) })
  return ok({ caseId, events: [did('incident.answered', INCIDENT, id, caseId, { peer: from, seen })] })
}

function incidentRefs({ told }: IncidentBody) {
  return { message: told.map(({ message }) => message) }
}

export const incidentActions = [report, notified, lift] as const
export const incidentTakers: readonly Taker[] = [
  { types: ['incident'], take: takeIncident },
  { types: ['incident.answer'], take: takeAnswer },
]
