/** Sending a request as a message, and taking one in. */
import { type Static, Type } from '@sinclair/typebox'
import {
  CaseId,
  Changed,
  closed,
  did,
  Id,
  type IncomingReceipt,
  Instant,
  measures,
  oneOf,
  Received,
  receiveRequest,
  releaseAs,
  requestOf,
  Seen,
  standingOf,
  Title,
  text,
} from '../../casework/index.ts'
import { type ActionContext, action, type Json, Marking, ok, Purpose, type Result, refuse } from '../../kernel/index.ts'
import { authorityRoles, type LegalPacks, legalPorts } from '../../legal/index.ts'
import {
  draftMessage,
  fileMessage,
  inboxOf,
  MESSAGE,
  type MemberFacts,
  type MessageDesk,
  mayReadInbox,
  messageOf,
  Peer,
  ports,
  putMessage,
  queueDraft,
  Sent,
  StatedHeader,
} from '../desk/index.ts'
import { messageOfRequestType, ownMajors } from '../wire/index.ts'
import { packRole } from './authority.ts'
import { bodyOfRequest } from './compose.ts'
import { contentOfMessage } from './content-of.ts'

const compose = action({
  name: 'request.compose',
  summary: 'Write a submitted request as the message that carries it to a member of the directory',
  kind: 'change',
  input: closed({
    id: Id,
    to: Peer,
    purpose: Purpose,
    header: Type.Optional(StatedHeader),
    body: Type.Optional(
      Type.Unsafe<{ [name: string]: Json }>({
        type: 'object',
        description: 'Members of the message that the request itself does not say; others are taken from it.',
      }),
    ),
  }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, to, purpose, header, body: stated = {} }) => {
    const request = await requestOf(context, id)
    const { content, marking, state, drafters } = request.body
    if (state !== 'submitted' || request.body.incoming !== undefined)
      return refuse('REQUEST_STATE', 'Only a request of ours that was submitted is written as a message.', {
        place: id,
        fix: 'Submit it first (request.submit): its content must be fixed.',
      })
    const desk = context.port<MessageDesk>(ports.messages)
    const member = memberOf(desk, to)
    if (!member.ok) return member
    const type = messageOfRequestType[content.requestType]
    if (type === undefined)
      return refuse('MESSAGE_REQUEST_TYPE', `No message carries a request of the type ${content.requestType}.`, {
        place: id,
        fix: 'Send it as its letter.',
      })
    const major = Math.max(...(ownMajors[type] ?? [1]))
    const silent = header?.confidentiality?.providerNotice !== 'allowed'
    const facts = { content, caseId: request.caseId, me: desk.me, self: desk.self, to: member.value, silent }
    const body = bodyOfRequest(type, major, facts, stated)
    if (!body.ok) return body
    const standing = await standingOf(context, request)
    const drafted = await draftMessage(
      context,
      {
        caseId: request.caseId,
        to,
        type,
        major,
        purpose,
        header: { ...lawOf(context, content), ...urgencyOf(content), ...header },
        body: body.value,
        marking,
      },
      id,
    )
    if (!drafted.ok) return drafted
    const messageId = context.newId()
    const { version } = await putMessage(context, {
      id: messageId,
      caseId: request.caseId,
      seen: 0,
      body: {
        ...drafted.value,
        requestDigest: standing.digest,
        drafters: [...new Set([...drafters, context.actor.id])],
      },
    })
    const said = { request: id, to, type }
    return ok({
      result: { id: messageId, version },
      events: [did('request.compose', MESSAGE, messageId, request.caseId, said)],
    })
  },
})

type Content = Awaited<ReturnType<typeof requestOf>>['body']['content']

/** The instrument of the request, with the article and the version of the pack in which it stands. */
function lawOf(context: ActionContext, { instrument, requestType, useConditions }: Content) {
  const pack = context.port<LegalPacks>(legalPorts.packs).instruments.find(({ id }) => id === instrument)
  const article = pack?.requestTypes.find(({ id }) => id === requestType)?.article
  return {
    ...(pack && article ? { instrument: { id: instrument, article, packVersion: pack.version } } : {}),
    useConditions: useConditions.map(({ code, until = null, text: words = null }) => ({ code, until, text: words })),
  }
}

function urgencyOf({ urgency }: Content) {
  if (urgency === null) return {}
  return { urgency: { code: urgency.code, ground: 'as the request states', text: urgency.ground } }
}

export function memberOf(desk: MessageDesk, id: string): Result<MemberFacts> {
  const member = desk.members().find((one) => one.id === id)
  if (member) return ok(member)
  return refuse('EXCHANGE_NO_MEMBER', `The directory knows no member ${id} now.`, {
    place: '/to',
    fix: 'See member.list.',
  })
}

const send = action({
  name: 'message.send',
  summary:
    'Send a message: it is queued in this transaction, and tried until a receipt comes or its deadline has passed; a request that it carries is released',
  kind: 'change',
  events: ['message.send', 'message.queued', 'request.release'],
  input: closed({ id: Id, seen: Seen }),
  output: Sent,
  asks: ({ id }) => ({ right: 'releaseRequest', subject: { type: 'record', kind: MESSAGE, id } }),
  run: async (context, { id, seen }) => {
    const message = await messageOf(context, id)
    const sent = await queueDraft(context, message, seen)
    if (!sent.ok) return sent
    const { request, requestDigest, peer, type, header } = message.body
    if (request === null || requestDigest === undefined) return sent
    const right = { right: 'releaseRequest', subject: { type: 'record', kind: 'request', id: request } } as const
    if (!(await context.may(right)))
      return refuse('NOT_PERMITTED', 'You may not release the request that this message carries.', {
        place: `request/${request}`,
        fix: 'Ask somebody who may.',
      })
    const released = await releaseAs(context, {
      id: request,
      digest: requestDigest,
      approvers: header.approvals.map(({ approver }) => approver.id),
      exchange: { peer, id: sent.value.result.exchange, opening: type },
    })
    if (!released.ok) return released
    return ok({ result: sent.value.result, events: [...sent.value.events, ...released.value] })
  },
})

const TakeRequest = closed({
  id: Id,
  caseId: Type.Optional(CaseId),
  newCase: Type.Optional(
    closed({
      title: Title,
      purposes: Type.Array(Purpose, { minItems: 1, maxItems: 5, uniqueItems: true }),
    }),
  ),
  instrument: Type.Optional(text(80, 'The instrument under which it is treated, where the message names none.')),
  requestType: Type.Optional(text(80, 'The type of request, where it does not follow from the message.')),
  measure: Type.Optional(oneOf(measures, 'What is asked for, where it does not follow from the message.')),
  facts: Type.Optional(text(100_000, 'The facts, where the message states none.')),
  role: Type.Optional(oneOf(authorityRoles, 'What the sender is, where the directory does not say it.')),
  receivedByCompetentAt: Type.Optional(Instant),
  marking: Type.Optional(Marking),
})

const takeRequest = action({
  name: 'inbox.take-request',
  summary: 'Take a request from the inbox: it is filed in a case, and put on record as a request of another authority',
  kind: 'change',
  events: ['inbox.file', 'message.filed', 'request.receive', 'case.open', 'deconfliction.tell'],
  input: TakeRequest,
  output: closed({
    ...Received.properties,
    message: Id,
    left: Type.Array(Type.String(), { description: 'What stays in the message, since a request has no place for it.' }),
  }),
  asks: ({ caseId }) =>
    caseId === undefined
      ? { right: 'openCase', subject: { type: 'node' } }
      : { right: 'draftRequest', subject: { type: 'case', id: caseId } },
  run: async (context, given) => {
    const allowed = await mayReadInbox(context)
    if (!allowed.ok) return allowed
    const inbox = await inboxOf(context, given.id)
    if (!inbox.ok) return inbox
    const desk = context.port<MessageDesk>(ports.messages)
    const { from, messageId, exchange, reference, receivedAt, training } = inbox.value.body
    const message = inbox.value.body.state === 'new' ? await desk.received(from, messageId) : null
    if (message === null || message.header.exchange !== null)
      return refuse('INBOX_STATE', 'This message was filed already, or opens no exchange.', {
        place: given.id,
        fix: 'See inbox.list; what follows in an exchange is filed with inbox.file.',
      })
    const sender = memberOf(desk, from)
    if (!sender.ok) return sender
    const taken = contentOfMessage(message, given, desk.self, context.port<LegalPacks>(legalPorts.packs))
    if (!taken.ok) return taken
    const role = given.role === undefined ? roleOf(sender.value) : ok(given.role)
    if (!role.ok) return role
    const receipt: Static<typeof IncomingReceipt> = {
      ...(given.caseId === undefined ? {} : { caseId: given.caseId }),
      ...(given.newCase === undefined ? {} : { newCase: { ...given.newCase, training } }),
      sender: {
        authority: sender.value.name,
        country: sender.value.country,
        role: role.value,
        address: sender.value.contact.dutyLine,
      },
      reference,
      arrival: 'exchange',
      receivedByNodeAt: receivedAt,
      ...(given.receivedByCompetentAt === undefined ? {} : { receivedByCompetentAt: given.receivedByCompetentAt }),
      content: taken.value.content,
      ...(given.marking === undefined ? {} : { marking: given.marking }),
    }
    const received = await receiveRequest(context, receipt, { peer: from, id: exchange, opening: message.type })
    if (!received.ok) return received
    const { caseId, id: request } = received.value.result
    const filed = await fileMessage(context, { inbox: inbox.value, caseId, marking: given.marking, request })
    if (!filed.ok) return filed
    return ok({
      result: { ...received.value.result, message: filed.value.id, left: [...taken.value.left] },
      events: [...received.value.events, ...filed.value.events],
    })
  },
})

function roleOf({ id, kind }: MemberFacts): Result<(typeof authorityRoles)[number]> {
  if (kind in packRole) return ok(packRole[kind as keyof typeof packRole])
  return refuse(
    'INBOX_ROLE',
    `The directory calls ${id} ${kind}, which is no authority that asks under an instrument.`,
    {
      place: '/role',
      fix: 'State what it is.',
    },
  )
}

export const exchangeRequestActions = [compose, send, takeRequest] as const
