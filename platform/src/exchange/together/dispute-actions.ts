/** Two agencies see something differently: what stands on it gets a caution, and the words of both sides are kept. Neither overwrites the other. */
import { Type } from '@sinclair/typebox'
import { CaseId, Changed, closed, Digest, did, Id, oneOf, readQuestion, Seen, text } from '../../casework/index.ts'
import { type ActionContext, action, amber, type Json, Marking, ok, type Result, refuse } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import type { BodyOf } from '../wire/index.ts'
import {
  type About,
  answered,
  caseOfExchange,
  caution,
  corresponds,
  type Filed,
  file,
  filed,
  SEEN_TO,
  settleCautions,
  standingOn,
} from './filing.ts'
import { otherSide, QUEUED, write } from './writing.ts'

const DISPUTE = 'dispute'
const kinds = ['facts', 'amount', 'custody', 'attribution', 'competence', 'use', 'other'] as const
const outcomes = ['agreed', 'partly', 'not-agreed', 'escalated'] as const

type Words = {
  readonly by: 'us' | 'them'
  readonly at: string
  readonly outcome: (typeof outcomes)[number] | null
  readonly text: string
  /** Who decides, where the answer leaves it to a higher authority. */
  readonly to?: Higher | null
}
type Higher = { readonly name: string; readonly country: string }
export type DisputeBody = Filed & {
  readonly direction: 'in' | 'out'
  readonly peer: string
  readonly exchange: string
  readonly dispute: string
  readonly about: string
  readonly kind: (typeof kinds)[number]
  readonly wanted: string
  readonly words: readonly Words[]
  readonly touches: readonly About[]
  readonly state: 'open' | 'agreed' | 'escalated'
}

const Touches = Type.Array(
  closed({ kind: oneOf(['exhibit', 'statement', 'trace', 'joint-object', 'request'], 'What it is.'), id: Id }),
  {
    maxItems: 50,
    description: 'What of the case is in dispute; each gets a caution, with the words of both sides.',
  },
)

const Higher = closed(
  {
    name: text(300, 'The name of the authority.'),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'Its country, by ISO 3166-1.' }),
  },
  'Who decides, where it goes to a higher authority.',
)

const raise = action({
  name: 'dispute.raise',
  summary: 'Say that you see something of an exchange differently, and caution what of the case it touches',
  kind: 'change',
  events: ['dispute.raise', 'caution.set', QUEUED],
  input: closed({
    caseId: CaseId,
    exchange: Digest,
    about: Digest,
    kind: oneOf(kinds, 'About what.'),
    text: text(20_000, 'What is seen differently.'),
    wanted: text(4000, 'What you ask for.'),
    touches: Touches,
    marking: Type.Optional(Marking),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'correspond', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, exchange, about, kind, text: words, wanted, touches, marking = amber }) => {
    const peer = await otherSide(context, caseId, exchange)
    if (!peer.ok) return peer
    const known = await readableTouched(context, caseId, touches)
    if (!known.ok) return known
    const sent = await write(context, {
      type: 'dispute.raise',
      body: { about, kind, text: words, wanted },
      peer: peer.value,
      exchange,
      caseId,
      marking,
    })
    if (!sent.ok) return sent
    const body: DisputeBody = {
      ...{
        direction: 'out',
        peer: peer.value,
        exchange,
        dispute: sent.value.digest,
        about,
        kind,
        wanted,
        touches,
        state: 'open',
      },
      words: [{ by: 'us', at: context.now, outcome: null, text: words }],
      ...{ marking, author: context.actor.id },
    }
    const { id, version } = await context.records.put(DISPUTE, context.newId(), body, {
      caseId,
      seen: 0,
      refs: { dispute: body.dispute },
    })
    const marked = await caution(context, caseId, touches, {
      why: 'disputed',
      by: { kind: DISPUTE, id },
      from: peer.value,
    })
    return ok({
      result: { id, version },
      events: [did('dispute.raise', DISPUTE, id, caseId, { about, kind }), ...marked, ...sent.value.events],
    })
  },
})

const answer = action({
  name: 'dispute.answer',
  summary: 'Answer what the other side sees differently; what is agreed ends the dispute, and its words stay',
  kind: 'change',
  events: ['dispute.answer', 'caution.set', 'caution.settled', SEEN_TO, QUEUED],
  input: closed({
    caseId: Type.Optional(CaseId),
    id: Id,
    seen: Seen,
    outcome: oneOf(outcomes, 'What you say.'),
    text: text(20_000, 'In words.'),
    to: Type.Optional(Higher),
    touches: Touches,
  }),
  output: Changed,
  asks: corresponds,
  run: async (context, { caseId, id, seen, outcome, text: words, to = null, touches }) => {
    const found = await filed<DisputeBody>(context, DISPUTE, id, caseId)
    if (!found.ok) return found
    const { body } = found.value
    if (body.direction !== 'in' || body.state === 'agreed')
      return refuse('DISPUTE_STATE', 'It is a dispute of your own, or it has ended.', {
        place: id,
        fix: 'Raise one of your own to say more.',
      })
    const home = caseId ?? null
    if (home === null && touches.length > 0)
      return refuse('DISPUTE_TOUCHES', 'The exchange belongs to no case here: it touches nothing.', {
        place: '/touches',
        fix: 'Leave them out.',
      })
    const known = home === null ? ok(null) : await readableTouched(context, home, touches)
    if (!known.ok) return known
    const { peer, exchange, dispute, marking } = body
    const higher = to && { ...to, kind: 'other', agency: null, address: null, reference: null }
    const said = { dispute, outcome, text: words, to: higher }
    const sent = await write(context, {
      type: 'dispute.answer',
      body: said as unknown as Json,
      peer,
      exchange,
      caseId: home,
      marking,
    })
    if (!sent.ok) return sent
    const state = stateAfter(body.state, outcome)
    const after: DisputeBody = {
      ...body,
      state,
      touches: [...body.touches, ...touches],
      words: [...body.words, { by: 'us', at: context.now, outcome, text: words, to }],
    }
    const { version } = await context.records.put(DISPUTE, id, after, { caseId: home, seen, refs: { dispute } })
    const by = { kind: DISPUTE, id }
    const marked =
      home === null
        ? []
        : state === 'agreed'
          ? await settleCautions(context, home, by)
          : await caution(context, home, touches, { why: 'disputed', by, from: peer })
    const seenTo = await answered(context, home, dispute)
    return ok({
      result: { id, version },
      events: [
        did('dispute.answer', DISPUTE, id, home, { dispute, outcome }),
        ...marked,
        ...seenTo,
        ...sent.value.events,
      ],
    })
  },
})

/** What higher authorities decide ends it only once it is answered that both agree: else its cautions would stand for ever. */
function stateAfter(before: DisputeBody['state'], outcome: (typeof outcomes)[number]): DisputeBody['state'] {
  return outcome === 'agreed' || outcome === 'escalated' ? outcome : before
}

async function readableTouched(
  context: ActionContext,
  caseId: string,
  touches: readonly About[],
): Promise<Result<null>> {
  for (const [at, about] of touches.entries()) {
    const stored = await context.records.get(about.kind, about.id)
    if (stored?.caseId === caseId && (await context.may(readQuestion(about)))) continue
    return refuse('DISPUTE_TOUCHES', 'There is no such record in this case, or it is not for you.', {
      place: `/touches/${at}`,
      fix: 'Name records of the case.',
    })
  }
  return ok(null)
}

const takeDispute: Taker['take'] = async (context, message) => {
  const { about, kind, text: words, wanted } = message.body as unknown as BodyOf<'dispute.raise', 1>
  const { from: peer, exchange } = message.header
  const caseId = await caseOfExchange(context, exchange, [about])
  const touches = await standingOn(context, caseId, [about])
  const said: Omit<DisputeBody, keyof Filed> = {
    ...{
      direction: 'in',
      peer,
      exchange: exchange as string,
      dispute: message.digest,
      about,
      kind,
      wanted,
      touches,
      state: 'open',
    },
    words: [{ by: 'them', at: context.now, outcome: null, text: words }],
  }
  const { id } = await file(context, DISPUTE, message, caseId, said)
  const marked =
    caseId === null
      ? []
      : await caution(context, caseId, touches, { why: 'disputed', by: { kind: DISPUTE, id }, from: peer })
  return ok({ caseId, events: [did('dispute.received', DISPUTE, id, caseId, { peer, kind }), ...marked] })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const { dispute, outcome, text: words, to } = message.body as unknown as BodyOf<'dispute.answer', 1>
  const { from } = message.header
  const stored = (await context.records.find<DisputeBody>(DISPUTE, 'dispute', dispute)).find(
    ({ body }) => body.direction === 'out' && body.peer === from,
  )
  if (!stored)
    return refuse('DISPUTE_STATE', 'There is no such dispute with this sender.', {
      place: '/body/dispute',
      fix: 'Name the dispute by its digest.',
    })
  const { id, version: seen, caseId, body } = stored
  const state = stateAfter(body.state, outcome)
  const higher = to && { name: to.name, country: to.country }
  const after: DisputeBody = {
    ...body,
    state,
    words: [...body.words, { by: 'them', at: context.now, outcome, text: words, to: higher }],
  }
  await context.records.put(DISPUTE, id, after, { caseId, seen, refs: { dispute } })
  const settled = state === 'agreed' ? await settleCautions(context, caseId, { kind: DISPUTE, id }) : []
  return ok({ caseId, events: [did('dispute.answered', DISPUTE, id, caseId, { outcome }), ...settled] })
}

export const disputeActions = [raise, answer] as const
export const disputeTakers: readonly Taker[] = [
  { types: ['dispute.raise'], take: takeDispute },
  { types: ['dispute.answer'], take: takeAnswer },
]
