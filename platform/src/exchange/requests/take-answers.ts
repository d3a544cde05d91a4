/**
 * What messages do to requests by themselves: an answer of the other side moves our request, a word of those who asked moves theirs.
 * Each goes by the same act that a person would record; what the table of states does not allow is left to a person, with the code.
 */
import { caseworkActions, type RequestBody } from '../../casework/index.ts'
import { type ActionContext, type Json, ok, type Result, type Stored } from '../../kernel/index.ts'
import type { Taken, Taker } from '../desk/index.ts'
import type { Message } from '../wire/index.ts'

type Body = { readonly [name: string]: Json }
type Act = { readonly name: string; readonly input: Json }

/** As long as a reason of casework may be; what is longer stands whole in the message. */
const MOST = 4000
const brief = (text: Json | undefined): string => {
  const words = typeof text === 'string' && text.trim() !== '' ? text : 'See the message.'
  return words.length <= MOST ? words : `${words.slice(0, MOST - 60)} … (the whole text stands in the message)`
}

/** The act that a message means for our request (`out`), or for theirs (`in`); null where a person must say. */
const acts: Readonly<Record<string, { readonly side: 'out' | 'in'; readonly act: (body: Body) => Act | null }>> = {
  ack: {
    side: 'out',
    act: ({ receivedByNodeAt, receivedByCompetentAt }) => ({
      name: 'request.acknowledged',
      input: { receivedByNodeAt, ...(receivedByCompetentAt === null ? {} : { receivedByCompetentAt }) } as Json,
    }),
  },
  clarify: {
    side: 'out',
    act: ({ questions }) => ({
      name: 'request.asked-back',
      input: { reason: brief((questions as readonly Body[]).map(({ question }) => question).join('\n')) },
    }),
  },
  'decision.refuse': {
    side: 'out',
    act: ({ grounds }) => {
      const [ground] = grounds as readonly Body[]
      return { name: 'request.refused', input: { code: ground?.code, reason: brief(ground?.text) } as Json }
    },
  },
  postpone: {
    side: 'out',
    act: ({ code, text }) => ({ name: 'request.postponed', input: { code, reason: brief(text) } as Json }),
  },
  impossible: {
    side: 'out',
    act: ({ code, text }) => ({ name: 'request.impossible', input: { code, reason: brief(text) } as Json }),
  },
  'freeze.executed': { side: 'out', act: executed('duration', 'notFrozen') },
  'seize.executed': { side: 'out', act: executed(null, null) },
  held: { side: 'out', act: executed('lapse', null) },
  preserved: {
    side: 'out',
    act: ({ what }) => ({ name: 'request.executed', input: { reason: brief(what), secured: [] } }),
  },
  result: {
    side: 'out',
    act: ({ what, last }) =>
      last === true ? { name: 'request.executed', input: { reason: brief(what), secured: [] } } : null,
  },
  'data.result': {
    side: 'out',
    act: ({ complete, missing }) =>
      complete === true
        ? { name: 'request.executed', input: { reason: brief(missing ?? 'The data was produced.'), secured: [] } }
        : null,
  },
  withdraw: { side: 'in', act: ({ cause }) => ({ name: 'request.withdrawn', input: { reason: brief(cause) } }) },
  supplement: {
    side: 'in',
    act: ({ answers }) => ({
      name: 'request.supplied',
      input: { reason: brief((answers as readonly Body[]).map(({ text }) => text).join('\n')) },
    }),
  },
  extend: {
    side: 'in',
    act: ({ granted, until, reason }) =>
      granted === false ? { name: 'request.prolonged', input: { until, reason: brief(reason) } as Json } : null,
  },
}

function executed(reason: string | null, not: string | null) {
  return (body: Body): Act => {
    const items = body.items as readonly Body[]
    const secured = items.flatMap(({ property, secured: money }) => {
      const { chain, address } = property as Body
      return typeof chain === 'string' && typeof address === 'string'
        ? [{ chain, address, amount: (money as Body).amount as string }]
        : []
    })
    const part = not !== null && (body[not] as readonly Json[]).length > 0
    return {
      name: part ? 'request.partially' : 'request.executed',
      input: { reason: brief(reason === null ? undefined : (body[reason] ?? undefined)), secured },
    }
  }
}

const byName = new Map(caseworkActions.map((one) => [one.name, one]))

async function take(context: ActionContext, message: Message): Promise<Result<Taken>> {
  const { header, type, body } = message
  if (header.exchange === null) return ok({ caseId: null, events: [] })
  const [request] = await context.records.find<RequestBody>('request', 'exchange', header.exchange)
  if (!request || request.caseId === null || request.body.exchange?.peer !== header.from)
    return ok({ caseId: null, events: [] })
  const { caseId } = request
  const left = (code: string | null, note: string | null): Result<Taken> =>
    ok({ caseId, events: [], about: { request: request.id, code, note } })
  const known = acts[type]
  const act = known?.side === sideOf(request) ? known.act(body as Body) : null
  if (act === null || act === undefined) return left(null, null)
  const done = await byName
    .get(act.name)
    ?.run(context, { id: request.id, seen: request.version, ...(act.input as object) } as never)
  if (done === undefined) throw new Error(`casework knows no ${act.name}`)
  if (!done.ok) return left(done.refusal.code, `${act.name} could not be recorded: ${done.refusal.message}`)
  // A refusal, a postponement or a question is recorded; that somebody has read it, it is not.
  const settled = type === 'ack'
  return ok({ caseId, events: done.value.events, about: { request: request.id, settled } })
}

function sideOf({ body }: Stored<RequestBody>): 'out' | 'in' {
  return body.incoming === undefined ? 'out' : 'in'
}

export const requestTakers: readonly Taker[] = [
  { types: [...Object.keys(acts), 'decision.accept', 'decision.partly', 'not-held', 'delay', 'status.answer'], take },
]
