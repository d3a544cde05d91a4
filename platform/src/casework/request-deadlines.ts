/** The deadlines of a request: always computed from all that is known of it, never moved by hand. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, ok, type Result, refuse } from '../kernel/index.ts'
import { Changed, closed, Id, Instant, nullable, Seen, text } from './fields.ts'
import { type DeadlineQuestion, type LegalPort, ports, type RuleDeadline } from './ports.ts'
import { DeadlineView, directionOf, PeriodChange, type ReceivedTimes, type RequestBody } from './request.ts'
import { changeRequest, requestOf, type StoredRequest } from './request-acts.ts'
import { isOpenState } from './request-states.ts'

export function withDeadlines(context: ActionContext, body: RequestBody, received: ReceivedTimes): RequestBody {
  const now = { ...body, received }
  const deadlines = context.port<LegalPort>(ports.law).deadlines(deadlineQuestion(now))
  return {
    ...now,
    // What the law provides for a period is asked when it matters: the packs may have been read anew by then.
    deadlines: deadlines.map(({ extension: _, suspension: __, ...one }) => ({
      ...one,
      steps: [...one.steps],
      reminders: [...one.reminders],
    })),
  }
}

function deadlineQuestion({ content, received, releasedAt, periods, incoming }: RequestBody): DeadlineQuestion {
  const { instrument, requestType, clock, urgency } = content
  return {
    instrument,
    requestType,
    times: Object.fromEntries(
      Object.entries({ ...received, releasedAt, ...ourTimes(incoming) }).flatMap(([name, at]) =>
        at === null ? [] : [[name, at]],
      ),
    ),
    zone: clock.zone,
    jurisdiction: clock.country,
    urgency: urgency?.code ?? null,
    // What others ask is our duty, which is read short; what we ask is theirs, which is read long.
    side: incoming === undefined ? 'theirs' : 'ours',
    changes: periods ?? [],
  }
}

/** What we have done about a request of others sets off periods of its own, as the one to carry out what was recognised. */
function ourTimes(incoming: RequestBody['incoming']) {
  return incoming === undefined ? {} : { decidedAt: incoming.decidedAt, executedAt: incoming.executedAt }
}

const Provision = closed({
  text: Type.String(),
  article: Type.String(),
  verified: Type.Unsafe<'verified' | 'secondary' | 'unverified'>({
    type: 'string',
    enum: ['verified', 'secondary', 'unverified'],
    description: 'How well it was read: in the text (verified), in a secondary source, or from memory (unverified).',
  }),
  moves: Type.Boolean({ description: 'Whether the date moves by it; otherwise it is kept, and only reminds.' }),
})

const read = action({
  name: 'request.period.read',
  summary:
    'Say whether a period of a request may be extended or stand still, by which provision, and which date would follow',
  kind: 'read',
  input: closed({
    id: Id,
    ruleId: PeriodChange.properties.ruleId,
    extendedAt: Type.Optional(nullable(Instant)),
    suspended: Type.Optional(PeriodChange.properties.suspended),
  }),
  output: closed({
    ...DeadlineView.properties,
    extension: nullable(Provision),
    suspension: nullable(Provision),
  }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, ruleId, extendedAt = null, suspended = [] }) => {
    const changed = changedPeriod(context, await requestOf(context, id), { ruleId, extendedAt, suspended })
    return changed.ok ? ok({ result: changed.value.deadline as never, events: [] }) : changed
  },
})

const change = action({
  name: 'request.period.change',
  summary: 'Record that a period of a request was extended, or stood still, under the provision of its rule',
  kind: 'change',
  events: ['request.period.change'],
  input: closed({
    id: Id,
    seen: Seen,
    ruleId: PeriodChange.properties.ruleId,
    extendedAt: nullable(Instant),
    suspended: PeriodChange.properties.suspended,
    reason: text(4000, 'Who extended or suspended it, and why.'),
  }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, ruleId, extendedAt, suspended, reason }) => {
    const request = await requestOf(context, id)
    const changed = changedPeriod(context, request, { ruleId, extendedAt, suspended })
    if (!changed.ok) return changed
    const { body, deadline } = changed.value
    return changeRequest(context, {
      action: 'request.period.change',
      id,
      caseId: request.caseId,
      seen,
      body: withDeadlines(context, body, body.received),
      said: { ruleId, extendedAt, suspended: suspended.map((one) => ({ ...one })), due: deadline.due, reason },
    })
  },
})

/** The request with this of the period and nothing else, and what the law makes of it; nothing is written. */
function changedPeriod(
  context: ActionContext,
  { id, body: before }: StoredRequest,
  { ruleId, extendedAt, suspended }: Readonly<PeriodChange>,
): Result<{ readonly body: RequestBody; readonly deadline: RuleDeadline }> {
  const { state, deadlines } = before
  if (!isOpenState(state, directionOf(before)))
    return refuse('REQUEST_STATE', `No period runs for a request that is ${state}.`, { place: id })
  if (!deadlines.some((one) => one.ruleId === ruleId))
    return refuse('PERIOD_UNKNOWN', `No period of ${ruleId} runs for this request.`, {
      place: '/ruleId',
      fix: `Running: ${deadlines.map((one) => one.ruleId).join(', ') || 'none'}.`,
    })
  const others = (before.periods ?? []).filter((one) => one.ruleId !== ruleId)
  const body = { ...before, periods: [...others, { ruleId, extendedAt, suspended: [...suspended] }] }
  const computed = context.port<LegalPort>(ports.law).deadline(deadlineQuestion(body), ruleId)
  return computed.ok ? ok({ body, deadline: computed.value }) : computed
}

export const requestDeadlineActions = [read, change] as const
