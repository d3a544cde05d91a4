/** Use of what was handed over: reports of it, and consent to a use beyond its conditions (UNCAC art. 46(19), Budapest Convention art. 28(4)). */
import { Type } from '@sinclair/typebox'
import { CaseId, Changed, closed, Digest, did, Id, nullable, Seen, text } from '../../casework/index.ts'
import {
  type ActionContext,
  action,
  type Json,
  type Marking,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import type { BodyOf } from '../wire/index.ts'
import { answered, caseOfExchange, type Filed, file, SEEN_TO } from './filing.ts'
import { deskOf, otherSide, QUEUED, write } from './writing.ts'

const CONSENT = 'use-consent'
const REPORT = 'use-report'

type Wish = {
  readonly item: string
  readonly purpose: string
  readonly newProceeding: string | null
  readonly recipients: readonly string[]
  readonly exculpatory: boolean
}
export type ConsentBody = Filed & {
  readonly direction: 'in' | 'out'
  readonly peer: string
  readonly exchange: string
  readonly request: string
  readonly wish: Wish
  readonly state: 'asked' | 'granted' | 'refused'
  readonly answer: {
    readonly at: string
    readonly text: string
    readonly conditions: readonly string[]
    readonly by: string
  } | null
}
export type ReportBody = Filed & {
  readonly direction: 'in' | 'out'
  readonly peer: string
  readonly exchange: string
  readonly item: string
  readonly use: string
}

const inCase = ({ caseId }: { caseId: string }) =>
  ({ right: 'correspond', subject: { type: 'case', id: caseId } }) as const
const Exchange = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The exchange, by the digest that opened it.' })

const report = action({
  name: 'use.report',
  summary: 'Tell the agency that has sent something what it was used for',
  kind: 'change',
  events: ['use.report', QUEUED],
  input: closed({ caseId: CaseId, exchange: Exchange, item: Digest, use: text(10_000, 'What was done with it.') }),
  output: Changed,
  asks: inCase,
  run: async (context, { caseId, exchange, item, use }) => {
    const peer = await senderOf(context, caseId, exchange, item)
    if (!peer.ok) return peer
    const { marking, peer: to } = peer.value
    const sent = await write(context, { type: 'use.report', body: { item, use }, peer: to, exchange, caseId, marking })
    if (!sent.ok) return sent
    const body: ReportBody = { direction: 'out', peer: to, exchange, item, use, marking, author: context.actor.id }
    const { id, version } = await context.records.put(REPORT, context.newId(), body, { caseId, seen: 0 })
    return ok({
      result: { id, version },
      events: [did('use.report', REPORT, id, caseId, { item }), ...sent.value.events],
    })
  },
})

const ask = action({
  name: 'use.consent.ask',
  summary: 'Ask the agency that has sent something whether it may be used for something else',
  kind: 'change',
  events: ['use.consent.ask', QUEUED],
  input: closed({
    caseId: CaseId,
    exchange: Exchange,
    item: Digest,
    purpose: text(4000, 'For what.'),
    newProceeding: nullable(text(500, 'In which proceedings.')),
    recipients: Type.Array(text(300, 'To whom it would go.'), { maxItems: 50 }),
    exculpatory: Type.Boolean({ description: 'It is needed because it speaks for an accused (UNCAC art. 46(19)).' }),
  }),
  output: Changed,
  asks: inCase,
  run: async (context, { caseId, exchange, ...wish }) => {
    const peer = await senderOf(context, caseId, exchange, wish.item)
    if (!peer.ok) return peer
    const { marking, peer: to } = peer.value
    const sent = await write(context, {
      type: 'use.consent.request',
      body: { ...wish } as unknown as Json,
      peer: to,
      exchange,
      caseId,
      marking,
    })
    if (!sent.ok) return sent
    const request = sent.value.digest
    const body: ConsentBody = {
      direction: 'out',
      peer: to,
      exchange,
      request,
      wish,
      state: 'asked',
      answer: null,
      marking,
      author: context.actor.id,
    }
    const { id, version } = await context.records.put(CONSENT, context.newId(), body, {
      caseId,
      seen: 0,
      refs: { message: request },
    })
    return ok({
      result: { id, version },
      events: [did('use.consent.ask', CONSENT, id, caseId, { item: wish.item, request }), ...sent.value.events],
    })
  },
})

const decides = ({ id }: { id: string }) =>
  ({ right: 'decideRequest', subject: { type: 'record', kind: CONSENT, id } }) as const

const grant = action({
  name: 'use.consent.grant',
  summary: 'Consent to a use that another agency asks for, as far as you say',
  kind: 'change',
  events: ['use.consent.grant', SEEN_TO, QUEUED],
  input: closed({
    id: Id,
    seen: Seen,
    extent: text(4000, 'To which extent; it is told to them.'),
    conditions: Type.Array(text(2000, 'A condition.'), { maxItems: 20 }),
  }),
  output: Changed,
  asks: decides,
  run: (context, { id, seen, extent, conditions }) =>
    decide(context, id, seen, {
      action: 'use.consent.grant',
      type: 'use.consent.grant',
      state: 'granted',
      text: extent,
      conditions,
    }),
})

const refuseUse = action({
  name: 'use.consent.refuse',
  summary: 'Refuse a use that another agency asks for',
  kind: 'change',
  events: ['use.consent.refuse', SEEN_TO, QUEUED],
  input: closed({ id: Id, seen: Seen, reason: text(4000, 'Why; it is told to them.') }),
  output: Changed,
  asks: decides,
  run: (context, { id, seen, reason }) =>
    decide(context, id, seen, {
      action: 'use.consent.refuse',
      type: 'use.consent.refuse',
      state: 'refused',
      text: reason,
      conditions: [],
    }),
})

async function decide(
  context: ActionContext,
  id: string,
  seen: number,
  {
    action: name,
    type,
    state,
    text: words,
    conditions,
  }: { action: string; type: string; state: 'granted' | 'refused'; text: string; conditions: readonly string[] },
) {
  const stored = await context.records.get<ConsentBody>(CONSENT, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted question has no record')
  const { body, caseId } = stored
  if (body.direction !== 'in' || body.state !== 'asked')
    return refuse('USE_ANSWERED', 'It was answered before, or is a question of your own.', {
      place: id,
      fix: 'See supervision.list.',
    })
  const { request, peer, exchange, marking } = body
  const said = state === 'granted' ? { request, extent: words, conditions } : { request, reason: words }
  const sent = await write(context, { type, body: said as unknown as Json, peer, exchange, caseId, marking })
  if (!sent.ok) return sent
  const answer = { at: context.now, text: words, conditions, by: context.actor.id }
  const { version } = await context.records.put<ConsentBody>(
    CONSENT,
    id,
    { ...body, state, answer },
    { caseId, seen, refs: { message: request } },
  )
  const seenTo = await answered(context, caseId, request)
  const events = [did(name, CONSENT, id, caseId, { request }), ...seenTo, ...sent.value.events]
  return ok({ result: { id, version }, events })
}

/** What is used, or is to be, came from the other side of this exchange. */
async function senderOf(
  context: ActionContext,
  caseId: string,
  exchange: string,
  item: string,
): Promise<Result<{ peer: string; marking: Marking }>> {
  const peer = await otherSide(context, caseId, exchange)
  if (!peer.ok) return peer
  const known = await deskOf(context).message(item)
  if (known && known.from !== peer.value)
    return refuse('USE_ITEM', 'The message did not come from the other side of this exchange.', {
      place: '/item',
      fix: 'Ask whoever has sent it.',
    })
  return ok({
    peer: peer.value,
    marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
  })
}

const takeReport: Taker['take'] = async (context, message) => {
  const { item, use } = message.body as unknown as BodyOf<'use.report', 1>
  const { from: peer, exchange } = message.header
  const caseId = await caseOfExchange(context, exchange)
  const { id } = await file<Omit<ReportBody, keyof Filed>>(context, REPORT, message, caseId, {
    direction: 'in',
    peer,
    exchange: exchange as string,
    item,
    use,
  })
  return ok({ caseId, events: [did('use.reported', REPORT, id, caseId, { peer, item })] })
}

const takeQuestion: Taker['take'] = async (context, message) => {
  const { item, purpose, newProceeding, recipients, exculpatory } = message.body as unknown as BodyOf<
    'use.consent.request',
    1
  >
  const { from: peer, exchange } = message.header
  const caseId = await caseOfExchange(context, exchange, [item])
  const wish: Wish = { item, purpose, newProceeding, recipients, exculpatory }
  const said = {
    direction: 'in' as const,
    peer,
    exchange: exchange as string,
    request: message.digest,
    wish,
    state: 'asked' as const,
    answer: null,
  }
  const { id } = await file<Omit<ConsentBody, keyof Filed>>(context, CONSENT, message, caseId, said)
  return ok({ caseId, events: [did('use.consent.asked', CONSENT, id, caseId, { peer, item })] })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const granted = message.type === 'use.consent.grant'
  const said = message.body as unknown as {
    request: string
    extent?: string
    reason?: string
    conditions?: readonly string[]
  }
  const { from } = message.header
  const found: readonly Stored<ConsentBody>[] = await context.records.find<ConsentBody>(
    CONSENT,
    'message',
    said.request,
  )
  const stored = found.find(({ body }) => body.direction === 'out' && body.peer === from)
  if (!stored)
    return refuse('USE_ITEM', 'There is no such question to this sender.', {
      place: '/body/request',
      fix: 'Name the question by its digest.',
    })
  const { id, version: seen, caseId, body } = stored
  const answer = {
    at: context.now,
    text: said.extent ?? said.reason ?? '',
    conditions: said.conditions ?? [],
    by: from,
  }
  const state = granted ? ('granted' as const) : ('refused' as const)
  if (body.state === 'asked')
    await context.records.put<ConsentBody>(
      CONSENT,
      id,
      { ...body, state, answer },
      { caseId, seen, refs: { message: said.request } },
    )
  return ok({ caseId, events: [did('use.consent.answered', CONSENT, id, caseId, { state })] })
}

export const useActions = [report, ask, grant, refuseUse] as const
export const useTakers: readonly Taker[] = [
  { types: ['use.report'], take: takeReport },
  { types: ['use.consent.request'], take: takeQuestion },
  { types: ['use.consent.grant', 'use.consent.refuse'], take: takeAnswer },
]
