/** Taking back what was sent: it is asked for and cannot be forced, and it is known who has answered and who has not. */
import { Type } from '@sinclair/typebox'
import { CaseId, Changed, closed, Digest, did, Id, Instant, nullable, oneOf, Seen, text } from '../../casework/index.ts'
import { action, amber, type Json, Marking, ok, refuse } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import type { BodyOf } from '../wire/index.ts'
import { recallReasons } from '../wire/vocabulary.ts'
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
import { deskOf, QUEUED, write, writeAll } from './writing.ts'

const RECALL = 'recall'
const NOTICE = 'recall-notice'
const outcomes = ['removed', 'restricted', 'kept-under-law', 'used-already', 'not-found'] as const

type Answer = {
  readonly outcome: (typeof outcomes)[number]
  readonly at: string
  readonly passedOn: readonly string[]
  readonly text: string | null
}
export type RecallBody = Filed & {
  readonly reason: (typeof recallReasons)[number]
  readonly text: string
  readonly parts: readonly {
    readonly peer: string
    readonly exchange: string
    readonly messages: readonly string[]
    readonly recall: string
    readonly answer: Answer | null
  }[]
}
export type NoticeBody = Filed & {
  readonly from: string
  readonly exchange: string
  readonly recall: string
  readonly messages: readonly string[]
  readonly reason: (typeof recallReasons)[number]
  readonly text: string
  readonly replacedBy: string | null
  readonly asksPassedOn: boolean
  /** What of the case stands on what was recalled. */
  readonly standsOn: readonly About[]
  readonly answer: (Answer & { readonly by: string }) | null
}

const send = action({
  name: 'recall.send',
  summary: 'Take back messages of a case that were sent: each receiver is asked, and what it answers is kept',
  kind: 'change',
  events: ['recall.send', QUEUED],
  input: closed({
    caseId: CaseId,
    messages: Type.Array(Digest, {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'Messages of yours, to whomever, by their digests.',
    }),
    reason: oneOf(recallReasons, 'Why.'),
    text: text(4000, 'In words; it is told to the receivers.'),
    replacedBy: Type.Optional(Digest),
    passedOn: Type.Optional(Type.Boolean({ description: 'Ask to whom it was passed on.' })),
    marking: Type.Optional(Marking),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'correspond', subject: { type: 'case', id: caseId } }),
  run: async (
    context,
    { caseId, messages, reason, text: words, replacedBy = null, passedOn = true, marking = amber },
  ) => {
    const desk = deskOf(context)
    const byExchange = new Map<string, { peer: string; messages: string[] }>()
    for (const [at, digest] of messages.entries()) {
      const sent = await desk.message(digest)
      if (!sent || sent.from !== desk.me || sent.caseId !== caseId)
        return refuse('RECALL_MESSAGE', 'There is no such message of this case that was sent from here.', {
          place: `/messages/${at}`,
          fix: 'Take the digest from the messages of the case.',
        })
      const part = byExchange.get(sent.exchange) ?? { peer: sent.to, messages: [] }
      byExchange.set(sent.exchange, { ...part, messages: [...part.messages, digest] })
    }
    const parts = [...byExchange].map(([exchange, part]) => ({ exchange, ...part }))
    const told = await writeAll(
      context,
      parts.map(({ exchange, peer, messages: these }) => ({
        ...{ type: 'recall', peer, exchange, caseId, marking },
        body: { messages: these, reason, text: words, replacedBy, passedOn },
        more: { relatesTo: these.slice(0, 50) },
      })),
    )
    if (!told.ok) return told
    const body: RecallBody = {
      ...{ reason, text: words, marking, author: context.actor.id },
      parts: parts.map((part, at) => ({ ...part, recall: told.value.sent[at]?.digest as string, answer: null })),
    }
    const { id, version } = await context.records.put(RECALL, context.newId(), body, {
      caseId,
      seen: 0,
      refs: recallRefs(body),
    })
    const said = { reason, messages: [...messages], peers: parts.map(({ peer }) => peer) }
    return ok({ result: { id, version }, events: [did('recall.send', RECALL, id, caseId, said), ...told.value.events] })
  },
})

const status = action({
  name: 'recall.status',
  summary: 'Of a recall: who has received it, who has said what became of it, and who has not',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({
    reason: Type.String(),
    text: Type.String(),
    parts: Type.Array(
      closed({
        peer: Type.String(),
        messages: Type.Array(Digest),
        delivery: Type.String({
          description: 'queued, accepted, rejected, non-delivered …: what is known of the recall itself.',
        }),
        answer: nullable(
          closed({
            outcome: oneOf(outcomes, 'What became of it.'),
            at: Instant,
            passedOn: Type.Array(Type.String()),
            text: nullable(Type.String()),
          }),
        ),
      }),
    ),
    unconfirmed: Type.Array(Type.String({ description: 'Who has not said what became of it.' })),
  }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: RECALL, id } }),
  run: async (context, { id }) => {
    const stored = await context.records.get<RecallBody>(RECALL, id)
    if (!stored) throw new Error('a permitted recall has no record')
    const { reason, text: words, parts } = stored.body
    const shown = []
    for (const { peer, messages, recall, answer } of parts) {
      const sent = await deskOf(context).message(recall)
      shown.push({
        peer,
        messages: [...messages],
        delivery: sent?.state ?? 'unknown',
        answer: answer && { ...answer, passedOn: [...answer.passedOn] },
      })
    }
    const unconfirmed = parts.filter(({ answer }) => answer === null).map(({ peer }) => peer)
    return ok({ result: { reason, text: words, parts: shown, unconfirmed }, events: [] })
  },
})

const confirm = action({
  name: 'recall.confirm',
  summary: 'Say what became of something that another agency has recalled: removed, sealed off, kept under law, used',
  kind: 'change',
  events: ['recall.confirm', 'caution.settled', SEEN_TO, QUEUED],
  input: closed({
    caseId: Type.Optional(CaseId),
    id: Id,
    seen: Seen,
    outcome: oneOf(outcomes, 'What became of it.'),
    text: text(4000, 'What was done, or why it is kept; it is told to the sender.'),
    passedOn: Type.Array(text(300, 'To whom it was passed on.'), { maxItems: 100 }),
  }),
  output: Changed,
  asks: corresponds,
  run: async (context, { caseId, id, seen, outcome, text: words, passedOn }) => {
    const notice = await filed<NoticeBody>(context, NOTICE, id, caseId)
    if (!notice.ok) return notice
    const { body } = notice.value
    if (body.answer !== null)
      return refuse('RECALL_ANSWERED', 'The recall was answered before.', {
        place: id,
        fix: 'Nothing needs to be done.',
      })
    if (outcome === 'not-found' && body.standsOn.length > 0)
      return refuse('RECALL_STANDS', 'Something of the case stands on what was recalled: it was found.', {
        place: id,
        fix: 'Say what became of it.',
      })
    const answer: Answer = { outcome, at: context.now, passedOn, text: words }
    const { from: peer, exchange, recall, marking } = body
    const home = caseId ?? null
    const sent = await write(context, {
      type: 'recall.answer',
      body: { recall, ...answer } as unknown as Json,
      peer,
      exchange,
      caseId: home,
      marking,
    })
    if (!sent.ok) return sent
    const after: NoticeBody = { ...body, answer: { ...answer, by: context.actor.id } }
    const { version } = await context.records.put(NOTICE, id, after, { caseId: home, seen, refs: { message: recall } })
    // What is gone or kept under law is no open question any more; what was used stays marked.
    const settled = outcome === 'used-already' ? [] : await settleCautions(context, home, { kind: NOTICE, id })
    const seenTo = await answered(context, home, recall)
    return ok({
      result: { id, version },
      events: [
        did('recall.confirm', NOTICE, id, home, { outcome, recall }),
        ...settled,
        ...seenTo,
        ...sent.value.events,
      ],
    })
  },
})

const takeRecall: Taker['take'] = async (context, message) => {
  const { messages, reason, text: words, replacedBy, passedOn } = message.body as unknown as BodyOf<'recall', 1>
  const { from, exchange } = message.header
  const desk = deskOf(context)
  const theirs: string[] = []
  for (const digest of messages) {
    const known = await desk.message(digest)
    // Nobody recalls what somebody else has sent.
    if (known && known.from !== from)
      return refuse('RECALL_MESSAGE', 'A message is recalled that its sender has not sent.', {
        place: '/body/messages',
        fix: 'Recall your own messages.',
      })
    if (known) theirs.push(digest)
  }
  const caseId = await caseOfExchange(context, exchange, theirs)
  const standsOn = await standingOn(context, caseId, theirs)
  const said = {
    ...{ from, exchange: exchange as string, recall: message.digest, messages, reason, text: words, replacedBy },
    ...{ asksPassedOn: passedOn, standsOn, answer: null },
  }
  const { id } = await file<Omit<NoticeBody, keyof Filed>>(context, NOTICE, message, caseId, said)
  const by = { kind: NOTICE, id }
  const marked = caseId === null ? [] : await caution(context, caseId, standsOn, { why: 'recalled', by, from })
  return ok({
    caseId,
    events: [did('recall.received', NOTICE, id, caseId, { from, reason, standing: standsOn.length }), ...marked],
  })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const { recall, outcome, at, passedOn, text: words } = message.body as unknown as BodyOf<'recall.answer', 1>
  const [stored] = await context.records.find<RecallBody>(RECALL, 'recall', recall)
  const part = stored?.body.parts.find((one) => one.recall === recall && one.peer === message.header.from)
  if (!stored || !part)
    return refuse('RECALL_MESSAGE', 'There is no such recall to this sender.', {
      place: '/body/recall',
      fix: 'Name the recall by its digest.',
    })
  const answer: Answer = { outcome, at, passedOn, text: words }
  const body: RecallBody = {
    ...stored.body,
    parts: stored.body.parts.map((one) => (one === part ? { ...one, answer } : one)),
  }
  const { id, version: seen, caseId } = stored
  await context.records.put(RECALL, id, body, { caseId, seen, refs: recallRefs(body) })
  return ok({ caseId, events: [did('recall.answered', RECALL, id, caseId, { peer: part.peer, outcome })] })
}

function recallRefs({ parts }: RecallBody) {
  return { recall: parts.map(({ recall }) => recall) }
}

export const recallActions = [send, status, confirm] as const
export const recallTakers: readonly Taker[] = [
  { types: ['recall'], take: takeRecall },
  { types: ['recall.answer'], take: takeAnswer },
]
