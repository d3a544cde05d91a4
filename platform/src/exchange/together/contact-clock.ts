/** What the clock of the node does for the point of contact: passes calls on that nobody takes, tells of ours that nobody answers, and calls for tests. */
import { did } from '../../casework/index.ts'
import { type ActionContext, type Event, ok, type Result, type Stored } from '../../kernel/index.ts'
import { allCalls, callRefs, placeCall } from './contact-actions.ts'
import { CALL, type CallBody, POINT, POINT_ID, type PointBody } from './points.ts'
import { nextStep } from './roster.ts'

/** Calls that wait for somebody, each an item of its own. */
export async function openCalls({ records }: Pick<ActionContext, 'records'>): Promise<readonly string[]> {
  return (await records.find<CallBody>(CALL, 'open', 'open')).map(({ id }) => id)
}

/** The next step of one call, decided anew; nothing where nothing is due. */
export async function passOn(
  context: ActionContext,
  id: string,
): Promise<Result<{ readonly result: 'nothing' | 'escalated' | 'unanswered'; readonly events: readonly Event[] }>> {
  const { records, now } = context
  const call = await records.get<CallBody>(CALL, id)
  const nothing = ok({ result: 'nothing' as const, events: [] })
  if (!call || call.body.taken !== null || call.body.missedAt !== null) return nothing
  const { body } = call
  if (body.direction === 'out') {
    if (Date.parse(now) < Date.parse(body.at) + body.within * 60_000) return nothing
    await write(call, { ...body, missedAt: now })
    return ok({
      result: 'unanswered',
      events: [did('call.unanswered', CALL, id, null, { peer: body.peer, test: body.test })],
    })
  }
  const point = await records.get<PointBody>(POINT, POINT_ID)
  const step = point ? nextStep(body.steps, point.body.roster?.shifts ?? [], point.body, now) : null
  if (step === null) return nothing
  await write(call, { ...body, steps: [...body.steps, step] })
  return ok({ result: 'escalated', events: [did('call.escalated', CALL, id, null, { to: step.to, as: step.as })] })

  async function write({ version }: Stored<CallBody>, next: CallBody): Promise<void> {
    await records.put(CALL, id, next, { caseId: null, seen: version, refs: callRefs(next) })
  }
}

/** Partners whom no test call has reached this month, by the clock of UTC. */
export async function testsDue({ records, now }: Pick<ActionContext, 'records' | 'now'>): Promise<readonly string[]> {
  const point = await records.get<PointBody>(POINT, POINT_ID)
  if (!point) return []
  const month = now.slice(0, 7)
  const called = new Set(
    (await allCalls(records)).flatMap(({ body }) =>
      body.direction === 'out' && body.test && body.at.startsWith(month) ? [body.peer] : [],
    ),
  )
  return point.body.partners.filter((peer) => !called.has(peer))
}

export async function callForTest(
  context: ActionContext,
  peer: string,
): Promise<Result<{ readonly result: number; readonly events: readonly Event[] }>> {
  const point = await context.records.get<PointBody>(POINT, POINT_ID)
  if (!point || !(await testsDue(context)).includes(peer)) return ok({ result: 0, events: [] })
  const { minutes: within } = point.body
  const placed = await placeCall(context, {
    peer,
    matter: 'A test call of the month: whoever is on duty takes it.',
    urgency: null,
    test: true,
    within,
  })
  return placed.ok ? ok({ result: 1, events: placed.value.events }) : placed
}
