/** What parties that asked by messages are told of other orders and of what was decided (Reg. 2018/1805 art. 26; CETS 198 art. 41(3)). */
import { ports as casework, type OrderConflictBody, type PolicyVersion } from '../../casework/index.ts'
import { type ActionContext, type Event, ok, type Result, type Stored } from '../../kernel/index.ts'
import { ports as desk, headerOf, type MessageDesk, putMessage } from '../desk/index.ts'
import { usualDeadline } from '../wire/index.ts'

const TYPE = 'multi.order.info'

/** Each party learns that there are others and what they want, and not who they are. */
export async function tellParties(
  context: ActionContext,
  { body, caseId }: Stored<OrderConflictBody> & { readonly caseId: string },
  decision: string,
): Promise<Result<readonly Event[]>> {
  const events: Event[] = []
  for (const order of body.orders) {
    if (order.exchange === null) continue
    const { id: exchange, peer } = order.exchange
    const policyVersion = context.port<PolicyVersion>(casework.policies).version
    const header = headerOf({
      purpose: 'criminal-proceedings',
      tlp: 'amber',
      mine: caseId,
      policyVersion,
      language: 'en',
    })
    const others = body.orders
      .filter((other) => other !== order)
      .map(({ measure, kind }) => ({ authority: null, kind: measure ?? kind, at: null }))
    // A conflict of one order alone is with a law and not with another order.
    const said = { others: others.length > 0 ? others : [{ authority: null, kind: body.kind, at: null }], decision }
    const messages = context.port<MessageDesk>(desk.messages)
    const queued = await messages.queue(context, { type: TYPE, body: said, peer, exchange, caseId, header })
    if (!queued.ok) return queued
    await putMessage(context, {
      ...{ id: context.newId(), caseId, seen: 0 },
      body: {
        ...{ direction: 'out', peer, type: TYPE, major: 1, header, body: said, state: 'queued', exchange },
        fixed: { id: queued.value.id, created: context.now, deadline: usualDeadline(TYPE, context.now) },
        ...{ digest: queued.value.digest, request: order.id, drafters: [context.actor.id], code: null, note: null },
        ...{ evidence: null, at: context.now, due: null, marking: body.marking, author: context.actor.id },
      },
    })
    events.push(...queued.value.events)
  }
  return ok(events)
}
