/** The inbox of the node: what has come and belongs to no case yet. */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  Changed,
  Cursor,
  checkMarking,
  closed,
  DEFAULT_LIMIT,
  did,
  Id,
  Limit,
  loosens,
  nullable,
  oneOf,
  pageOf,
  passingPage,
  Seen,
  text,
} from '../../casework/index.ts'
import { type ActionContext, action, type Event, Marking, ok, type Result, refuse } from '../../kernel/index.ts'
import type { Message } from '../wire/index.ts'
import { putMessage } from './draft-actions.ts'
import { Body, INBOX, type InboxBody, InboxView, MESSAGE } from './message-record.ts'
import { type MessageDesk, ports } from './ports.ts'
import { Proof, proofOf } from './proof.ts'
import { arrivedBody, markingOf, type StoredInbox } from './take-in.ts'

const ofNode = () => ({ right: 'readInbox', subject: { type: 'node' } }) as const

const list = action({
  name: 'inbox.list',
  summary: 'What has come from other agencies and belongs to no case yet',
  kind: 'read',
  input: closed({
    state: Type.Optional(oneOf(['new', 'filed', 'set-aside'], 'Only these; new where nothing is said.')),
    after: Cursor,
    limit: Limit,
  }),
  output: pageOf(InboxView),
  asks: ofNode,
  run: async ({ records }, { state = 'new', after, limit = DEFAULT_LIMIT }) => {
    const found: StoredInbox[] = []
    let from: string | null = after ?? null
    // One more than is shown, to know whether more follow.
    while (found.length <= limit) {
      const page = await records.list<InboxBody>(INBOX, { after: from, limit: 200 })
      found.push(...page.items.filter(({ body }) => body.state === state))
      if (page.next === null) break
      from = page.next
    }
    const page = await passingPage(found, { after, limit }, async () => true)
    const items = page.items.map(({ id, version, at, body }) => ({ id, version, at, message: body }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

const show = action({
  name: 'inbox.show',
  summary: 'One message of the inbox, with all that it says, and what shows that it is genuine',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ ...InboxView.properties, header: nullable(Body), body: nullable(Body), proof: nullable(Proof) }),
  asks: ofNode,
  run: async (context, { id }) => {
    const stored = await inboxOf(context, id)
    if (!stored.ok) return stored
    const { version, at, body } = stored.value
    const desk = context.port<MessageDesk>(ports.messages)
    const kept = body.state === 'filed' ? null : await desk.received(body.from, body.messageId)
    const proof = kept === null ? null : await proofOf(desk, 'in', body.from, body.messageId)
    const said = kept === null ? { header: null, body: null } : { header: kept.header as never, body: kept.body }
    return ok({ result: { id, version, at, message: body, ...said, proof }, events: [] })
  },
})

export async function inboxOf({ records }: ActionContext, id: string): Promise<Result<StoredInbox>> {
  const stored = await records.get<InboxBody>(INBOX, id)
  if (stored) return ok(stored)
  return refuse('INBOX_UNKNOWN', 'There is no such message in the inbox.', { place: id, fix: 'See inbox.list.' })
}

export type Filing = {
  readonly inbox: StoredInbox
  readonly caseId: string
  readonly marking: Marking | undefined
  readonly request: string | null
}

/** Puts what lies in the inbox into a case, under its key: the message itself, and whatever else came in its exchange. */
export async function fileMessage(
  context: ActionContext,
  { inbox, caseId, marking, request }: Filing,
): Promise<Result<{ readonly id: string; readonly message: Message; readonly events: readonly Event[] }>> {
  const desk = context.port<MessageDesk>(ports.messages)
  const { from, messageId, state, exchange } = inbox.body
  const message = state === 'new' ? await desk.received(from, messageId) : null
  if (message === null)
    return refuse('INBOX_STATE', 'This message was filed or set aside already.', {
      place: inbox.id,
      fix: 'See inbox.list.',
    })
  const marked = markingFor(context, message, marking)
  if (!marked.ok) return marked
  const id = context.newId()
  const body = arrivedBody(message, context.now, marked.value, {
    request,
    state: request === null ? 'new' : 'done',
    code: null,
    note: null,
  })
  await putMessage(context, { id, caseId, seen: 0, body })
  const events = await desk.file(context, from, messageId, caseId)
  const filed = { caseId, message: id, by: context.actor.id, at: context.now }
  await context.records.put<InboxBody>(
    INBOX,
    inbox.id,
    { ...inbox.body, state: 'filed', filed },
    {
      caseId: null,
      seen: inbox.version,
      refs: { exchange, message: `${from} ${messageId}` },
    },
  )
  return ok({ id, message, events: [did('inbox.file', MESSAGE, id, caseId, { from, type: message.type }), ...events] })
}

/** Never wider than the sender has marked it; who of ours may see it is said here. */
function markingFor({ actor }: ActionContext, message: Message, given: Marking | undefined): Result<Marking> {
  const theirs = markingOf(message, [])
  const needsAudience = theirs.tlp === 'red' || theirs.needToKnow
  const marking = given ?? { ...theirs, audience: needsAudience ? [actor.id] : [] }
  const valid = checkMarking(marking)
  if (!valid.ok) return valid
  if (!loosens({ ...theirs, audience: marking.audience }, marking)) return ok(marking)
  return refuse('MARKING_LOOSENED', `The sender has marked it ${theirs.tlp}, or for fewer uses; so do we.`, {
    place: '/marking',
    fix: 'Give a marking that is no wider than that of the message, and name who may see it.',
  })
}

export async function mayReadInbox({ may }: ActionContext): Promise<Result<null>> {
  if (await may({ right: 'readInbox', subject: { type: 'node' } })) return ok(null)
  return refuse('NOT_PERMITTED', 'You may not do this.', { fix: 'Ask somebody who keeps the inbox of the node.' })
}

const file = action({
  name: 'inbox.file',
  summary: 'Put a message of the inbox into a case',
  kind: 'change',
  events: ['inbox.file', 'message.filed'],
  input: closed({ id: Id, caseId: CaseId, marking: Type.Optional(Marking) }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }),
  run: async (context, { id, caseId, marking }) => {
    const allowed = await mayReadInbox(context)
    if (!allowed.ok) return allowed
    const inbox = await inboxOf(context, id)
    if (!inbox.ok) return inbox
    const filed = await fileMessage(context, { inbox: inbox.value, caseId, marking, request: null })
    if (!filed.ok) return filed
    return ok({ result: { id: filed.value.id, version: 1 }, events: filed.value.events })
  },
})

const setAside = action({
  name: 'inbox.set-aside',
  summary: 'Set a message of the inbox aside: it belongs to no case, and why',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, reason: text(4000, 'Why.') }),
  output: Changed,
  asks: ofNode,
  run: async (context, { id, seen, reason }) => {
    const inbox = await inboxOf(context, id)
    if (!inbox.ok) return inbox
    const { body } = inbox.value
    if (body.state !== 'new')
      return refuse('INBOX_STATE', 'This message was filed or set aside already.', {
        place: id,
        fix: 'See inbox.list.',
      })
    const { version } = await context.records.put<InboxBody>(
      INBOX,
      id,
      { ...body, state: 'set-aside', reason },
      {
        caseId: null,
        seen,
        refs: { exchange: body.exchange, message: `${body.from} ${body.messageId}` },
      },
    )
    const said = { from: body.from, type: body.type, reason }
    return ok({ result: { id, version }, events: [did('inbox.set-aside', INBOX, id, null, said)] })
  },
})

export const inboxActions = [list, show, file, setAside] as const
