/**
 * Asking that something be erased, and answering. Here a case is erased as a whole, by destroying its key, on a procedure with
 * approvals of its own (`erasure.…`): so "erased" is only said of cases for which that was carried out, and a hold refuses it.
 * What is asked and answered belongs to the node, because the case may be gone when it is answered.
 */
import { Type } from '@sinclair/typebox'
import {
  approvalDigest,
  CaseId,
  Changed,
  closed,
  Digest,
  did,
  type ErasureOrder,
  holdsOf,
  Id,
  nullable,
  oneOf,
  proofOf,
  Seen,
  text,
} from '../../casework/index.ts'
import { type ActionContext, action, type Json, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import type { BodyOf } from '../wire/index.ts'
import { erasureBases } from '../wire/vocabulary.ts'
import { deskOf, otherSide, QUEUED, write } from './writing.ts'

export const ERASE = 'erase-request'
const outcomes = ['erased', 'partly', 'refused-legal-hold', 'refused-other'] as const
type Outcome = (typeof outcomes)[number]

type Asked = {
  readonly extent: 'messages' | 'exchange' | 'attachments'
  readonly exchanges: readonly string[]
  readonly messages: readonly string[]
  readonly attachments: readonly string[]
  readonly basis: (typeof erasureBases)[number]
  readonly text: string
  readonly by: string | null
}
export type EraseBody = Asked & {
  readonly direction: 'in' | 'out'
  readonly peer: string
  readonly exchange: string
  readonly request: string
  readonly answer: {
    readonly outcome: Outcome
    readonly at: string
    readonly kept: readonly string[]
    readonly proof: string | null
    readonly by: string
  } | null
}

const Digests = (most: number, description: string) =>
  Type.Array(Digest, { maxItems: most, uniqueItems: true, description })

const ask = action({
  name: 'erase.ask',
  summary: 'Ask the other side of an exchange of a case to erase what was sent to it',
  kind: 'change',
  events: ['erase.ask', QUEUED],
  input: closed({
    caseId: CaseId,
    exchange: Digest,
    extent: oneOf(['messages', 'exchange', 'attachments'], 'What.'),
    messages: Digests(1000, 'Which messages of yours.'),
    attachments: Digests(1000, 'Which attachments, by the digests of their ciphers.'),
    basis: oneOf(erasureBases, 'On what ground.'),
    text: text(4000, 'In words, without naming persons.'),
    by: nullable(Type.String({ format: 'date-time' })),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'correspond', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, exchange, by, ...said }) => {
    const peer = await otherSide(context, caseId, exchange)
    if (!peer.ok) return peer
    if (
      (said.extent === 'messages' ? said.messages : said.extent === 'attachments' ? said.attachments : [exchange])
        .length === 0
    )
      return refuse('ERASE_EXTENT', 'It does not say what is to be erased.', {
        place: `/${said.extent}`,
        fix: 'Name the messages or the attachments.',
      })
    const asked: Asked = { ...said, exchanges: [exchange], by: by === null ? null : new Date(by).toISOString() }
    const sent = await write(context, {
      type: 'erase',
      body: asked as unknown as Json,
      peer: peer.value,
      exchange,
      caseId,
    })
    if (!sent.ok) return sent
    const body: EraseBody = {
      ...asked,
      direction: 'out',
      peer: peer.value,
      exchange,
      request: sent.value.digest,
      answer: null,
    }
    const { id, version } = await put(context, context.newId(), 0, body)
    return ok({
      result: { id, version },
      events: [did('erase.ask', ERASE, id, null, { request: body.request, basis: body.basis }), ...sent.value.events],
    })
  },
})

const answer = action({
  name: 'erase.answer',
  summary: 'Answer what another agency has asked to erase: erased by the procedure here, in part, or refused',
  kind: 'change',
  events: ['erase.answer', QUEUED],
  input: closed({
    id: Id,
    seen: Seen,
    outcome: oneOf(outcomes, 'What was done.'),
    kept: Type.Array(text(1000, 'What is kept, and why.'), { maxItems: 100 }),
  }),
  output: Changed,
  asks: () => ({ right: 'liaise', subject: { type: 'node' } }),
  run: async (context, { id, seen, outcome, kept }) => {
    const stored = await context.records.get<EraseBody>(ERASE, id)
    if (stored?.body.direction !== 'in' || stored.body.answer !== null)
      return refuse('ERASE_STATE', 'There is no such request, or it was answered before.', {
        place: '/id',
        fix: 'See supervision.list.',
      })
    const { body } = stored
    const proof = await checkOutcome(context, body, outcome, kept)
    if (!proof.ok) return proof
    const { peer, exchange, request } = body
    const said = { outcome, at: context.now, kept, proof: proof.value }
    // Under no case: its key may be gone, and what is said here is nothing of it.
    const sent = await write(context, {
      type: 'erase.answer',
      body: { request, ...said } as unknown as Json,
      peer,
      exchange,
      caseId: null,
    })
    if (!sent.ok) return sent
    const { version } = await put(context, id, seen, { ...body, answer: { ...said, by: context.actor.id } })
    return ok({
      result: { id, version },
      events: [did('erase.answer', ERASE, id, null, { request, outcome, proof: proof.value }), ...sent.value.events],
    })
  },
})

/** The proof of what is said to be erased; refused where it is not so. */
async function checkOutcome(
  context: ActionContext,
  body: EraseBody,
  outcome: Outcome,
  kept: readonly string[],
): Promise<Result<string | null>> {
  const cases = await casesOf(context, body)
  const orders = new Map((await allOrders(context)).map((order) => [order.body.caseId, order]))
  const left = cases.filter((caseId) => orders.get(caseId)?.body.state !== 'destroyed')
  let held = false
  for (const caseId of left) held ||= (await holdsOf(context, caseId)).some(({ body: hold }) => hold.liftedAt === null)
  if (held && outcome !== 'refused-legal-hold')
    return refuse('ERASE_HELD', 'A legal hold stands on a case in which it lies.', {
      place: '/outcome',
      fix: 'Refuse it for the hold, or have the hold lifted.',
    })
  if (!held && outcome === 'refused-legal-hold')
    return refuse('ERASE_NO_HOLD', 'No legal hold stands on a case in which it lies.', {
      place: '/outcome',
      fix: 'Place the hold, or say another reason.',
    })
  if (outcome !== 'erased') {
    if (kept.length > 0) return ok(null)
    return refuse('ERASE_KEPT', 'It does not say what is kept, and why.', {
      place: '/kept',
      fix: 'Say it in words; the other side is told.',
    })
  }
  if (cases.length === 0 || left.length > 0)
    return refuse(
      'ERASE_NOT_DONE',
      'It is not erased here: a case in which it lies still has its key, or none is known.',
      {
        place: '/outcome',
        fix: 'Close the case, propose its erasure (erasure.propose), have it approved and carried out; or say what is kept.',
      },
    )
  const proofs = cases.map((caseId) => {
    const order = orders.get(caseId) as Stored<ErasureOrder>
    return proofOf(order.id, order.body, approvalDigest)?.digest ?? ''
  })
  return ok(proofs.length === 1 ? (proofs[0] as string) : approvalDigest(proofs.sort()))
}

/** Of those cases, the ones that the actor may read: there it is closed and proposed for erasure, or it is said what is kept. */
export async function readableCasesOf(context: ActionContext, body: EraseBody): Promise<readonly string[]> {
  if (body.direction === 'out') return []
  const may = await Promise.all(
    (await casesOf(context, body)).map(async (id) =>
      (await context.may({ right: 'readCase', subject: { type: 'case', id } })) ? [id] : [],
    ),
  )
  return may.flat()
}

/** The cases here in which lies what is to be erased. */
async function casesOf(
  context: ActionContext,
  { extent, exchanges, messages, exchange }: EraseBody,
): Promise<readonly string[]> {
  const desk = deskOf(context)
  const found = new Set<string>()
  const add = (caseId: string | null | undefined) => caseId && found.add(caseId)
  if (extent === 'messages') for (const digest of messages) add((await desk.message(digest))?.caseId)
  // Of attachments only their exchange is known, so that the case is the one of the exchange.
  else
    for (const digest of new Set([...exchanges, exchange])) for (const caseId of await desk.casesOf(digest)) add(caseId)
  return [...found].sort()
}

async function allOrders({ records }: ActionContext): Promise<Stored<ErasureOrder>[]> {
  const found: Stored<ErasureOrder>[] = []
  let after: string | null = null
  do {
    const page: { items: readonly Stored<ErasureOrder>[]; next: string | null } = await records.list<ErasureOrder>(
      'erasure-order',
      { caseId: null, after, limit: 200 },
    )
    found.push(...page.items)
    after = page.next
  } while (after !== null)
  return found
}

function put({ records }: ActionContext, id: string, seen: number, body: EraseBody) {
  return records.put<EraseBody>(ERASE, id, body, { caseId: null, seen, refs: { request: body.request } })
}

const takeRequest: Taker['take'] = async (context, message) => {
  const {
    extent,
    exchanges,
    messages,
    attachments,
    basis,
    text: words,
    by,
  } = message.body as unknown as BodyOf<'erase', 1>
  const { from: peer, exchange } = message.header
  const body: EraseBody = {
    ...{ extent, exchanges, messages, attachments, basis, text: words, by },
    ...{ direction: 'in', peer, exchange: exchange ?? message.digest, request: message.digest, answer: null },
  }
  const { id } = await put(context, context.newId(), 0, body)
  return ok({ caseId: null, events: [did('erase.asked', ERASE, id, null, { peer, basis, extent })] })
}

const takeAnswer: Taker['take'] = async (context, message) => {
  const { request, outcome, at, kept, proof } = message.body as unknown as BodyOf<'erase.answer', 1>
  const { from } = message.header
  const stored = (await context.records.find<EraseBody>(ERASE, 'request', request)).find(
    ({ body }) => body.direction === 'out' && body.peer === from,
  )
  if (!stored)
    return refuse('ERASE_STATE', 'There is no such request to this sender.', {
      place: '/body/request',
      fix: 'Name the request by its digest.',
    })
  await put(context, stored.id, stored.version, { ...stored.body, answer: { outcome, at, kept, proof, by: from } })
  return ok({ caseId: null, events: [did('erase.answered', ERASE, stored.id, null, { peer: from, outcome })] })
}

export const eraseActions = [ask, answer] as const
export const eraseTakers: readonly Taker[] = [
  { types: ['erase'], take: takeRequest },
  { types: ['erase.answer'], take: takeAnswer },
]
