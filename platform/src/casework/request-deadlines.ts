/** The deadlines of a request: always computed from all that is known of it, never moved by hand. */
import { type ActionContext, action, refuse } from '../kernel/index.ts'
import { Changed, closed, Id, Instant, nullable, Seen, text } from './fields.ts'
import { type DeadlineQuestion, type LegalPort, ports } from './ports.ts'
import { directionOf, PeriodChange, type ReceivedTimes, type RequestBody } from './request.ts'
import { changeRequest, requestOf } from './request-acts.ts'
import { isOpenState } from './request-states.ts'

export function withDeadlines(context: ActionContext, body: RequestBody, received: ReceivedTimes): RequestBody {
  const now = { ...body, received }
  const deadlines = context.port<LegalPort>(ports.law).deadlines(deadlineQuestion(now))
  return {
    ...now,
    deadlines: deadlines.map((one) => ({ ...one, steps: [...one.steps], reminders: [...one.reminders] })),
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
    const { state, deadlines, received } = request.body
    if (!isOpenState(state, directionOf(request.body)))
      return refuse('REQUEST_STATE', `No period runs for a request that is ${state}.`, { place: id })
    if (!deadlines.some((one) => one.ruleId === ruleId))
      return refuse('PERIOD_UNKNOWN', `No period of ${ruleId} runs for this request.`, {
        place: '/ruleId',
        fix: `Running: ${deadlines.map((one) => one.ruleId).join(', ') || 'none'}.`,
      })
    const periods = [
      ...(request.body.periods ?? []).filter((one) => one.ruleId !== ruleId),
      { ruleId, extendedAt, suspended: [...suspended] },
    ]
    const body = { ...request.body, periods }
    const allowed = context.port<LegalPort>(ports.law).deadline(deadlineQuestion(body), ruleId)
    if (!allowed.ok) return allowed
    const { due } = allowed.value
    return changeRequest(context, {
      action: 'request.period.change',
      id,
      caseId: request.caseId,
      seen,
      body: withDeadlines(context, body, received),
      said: { ruleId, extendedAt, suspended: suspended.map((one) => ({ ...one })), due, reason },
    })
  },
})

export const requestDeadlineActions = [change] as const
