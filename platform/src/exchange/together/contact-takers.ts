/** Calls of others to the point of contact, and their answers to ours. */
import { did } from '../../casework/index.ts'
import { ok, refuse } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import type { BodyOf } from '../wire/index.ts'
import { callRefs, putBefore } from './contact-actions.ts'
import { CALL, type CallBody } from './points.ts'

const takeCall: Taker['take'] = async (context, { type, digest, header, body }) => {
  const { matter, test, within } = body as unknown as BodyOf<'contact.call', 1>
  const events = await putBefore(context, {
    peer: header.from,
    message: digest,
    exchange: header.exchange ?? digest,
    type,
    test,
    matter,
    within,
  })
  return ok({ caseId: null, events })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const { call, by, note } = message.body as unknown as BodyOf<'contact.call.answer', 1>
  const { from } = message.header
  const stored = (await context.records.find<CallBody>(CALL, 'message', call)).find(
    ({ body }) => body.direction === 'out' && body.peer === from,
  )
  if (!stored)
    return refuse('CALL_STATE', 'There is no such call to this sender.', {
      place: '/body/call',
      fix: 'Name the call by its digest.',
    })
  // Measured by the clock here, from the call to the answer: that of the other side is not known to be right.
  const body: CallBody = { ...stored.body, taken: stored.body.taken ?? { by, at: context.now, note } }
  await context.records.put(CALL, stored.id, body, { caseId: null, seen: stored.version, refs: callRefs(body) })
  const seconds = Math.round((Date.parse(context.now) - Date.parse(body.at)) / 1000)
  return ok({
    caseId: null,
    events: [did('call.answered', CALL, stored.id, null, { peer: from, test: body.test, seconds })],
  })
}

/**
 * The same takers, for messages of any type: one that states a ground of urgency is put before whoever is on duty as well, and its
 * clock runs like that of a call until a person has it.
 */
export function urgentToDuty(takers: readonly Taker[], within: number): readonly Taker[] {
  return takers.map(({ types, take }) => ({
    types,
    take: async (context, message) => {
      const taken = await take(context, message)
      const { urgency, from: peer, exchange } = message.header
      if (!taken.ok || urgency === null) return taken
      const { type, digest } = message
      const urgent = {
        peer,
        message: digest,
        exchange: exchange ?? digest,
        type,
        test: false,
        matter: urgency.code,
        within,
      }
      return ok({ ...taken.value, events: [...taken.value.events, ...(await putBefore(context, urgent))] })
    },
  }))
}

export const contactTakers: readonly Taker[] = [
  { types: ['contact.call'], take: takeCall },
  { types: ['contact.call.answer'], take: takeAnswer },
]
