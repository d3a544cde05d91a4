/** Looking at messages of a case, and at the members with whom they can be exchanged. */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  Changed,
  Cursor,
  closed,
  DEFAULT_LIMIT,
  Digest,
  did,
  Id,
  Instant,
  Limit,
  nullable,
  pageOf,
  readablePage,
  Seen,
  text,
} from '../../casework/index.ts'
import { action, ok, refuse } from '../../kernel/index.ts'
import { memberKinds } from '../directory/index.ts'
import { Approvals, approvalsNow, messageOf, putMessage } from './draft-actions.ts'
import { MESSAGE, type MessageBody, MessageView, Peer } from './message-record.ts'
import { type MessageDesk, ports } from './ports.ts'
import { Proof, proofOf } from './proof.ts'

const toView = ({
  id,
  caseId,
  version,
  at,
  body,
}: {
  id: string
  caseId: string | null
  version: number
  at: string
  body: MessageBody
}) => ({
  id,
  caseId: caseId ?? '',
  version,
  at,
  message: body,
})

const list = action({
  name: 'message.list',
  summary: 'Messages of a case, to and from other agencies',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(MessageView),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<MessageBody>(context, MESSAGE, caseId, { after, limit })
    return ok({ result: { items: page.items.map(toView), next: page.next }, events: [] })
  },
})

const show = action({
  name: 'message.show',
  summary: 'One message of a case, where its approvals stand, and what shows that it is genuine',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ ...MessageView.properties, approvals: nullable(Approvals), proof: nullable(Proof) }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: MESSAGE, id } }),
  run: async (context, { id }) => {
    const message = await messageOf(context, id)
    const { direction, peer, fixed } = message.body
    const proof = await proofOf(context.port<MessageDesk>(ports.messages), direction, peer, fixed.id)
    return ok({ result: { ...toView(message), approvals: approvalsNow(context, message.body), proof }, events: [] })
  },
})

const seeTo = action({
  name: 'message.see-to',
  summary: 'Record that somebody has seen to a message that came in, or to one of ours that did not get through',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, note: text(4000, 'What was done about it.') }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: MESSAGE, id } }),
  run: async (context, { id, seen, note }) => {
    const { body, caseId } = await messageOf(context, id)
    if (body.due === null)
      return refuse('MESSAGE_STATE', 'Nothing of this message waits for anybody.', { fix: 'See message.list.' })
    const state = body.direction === 'in' ? 'done' : body.state
    const { version } = await putMessage(context, { id, caseId, seen, body: { ...body, state, note, due: null } })
    return ok({ result: { id, version }, events: [did('message.see-to', MESSAGE, id, caseId, { note })] })
  },
})

const Member = closed({
  id: Peer,
  name: Type.String(),
  country: Type.String(),
  kind: Type.Union(memberKinds.map((kind) => Type.Literal(kind))),
  roles: Type.Array(Type.String()),
  status: Type.String({ description: 'active or suspended' }),
  contact: closed({ hours: Type.String(), languages: Type.Array(Type.String()), dutyLine: Type.String() }),
  scopes: Type.Array(
    closed({
      messages: Type.String({ description: 'A family of messages, as freeze.*.' }),
      send: Type.Boolean(),
      receive: Type.Boolean(),
    }),
  ),
  keys: Type.Array(
    closed({ id: Type.String({ description: 'The id of a key.' }), from: Instant, until: nullable(Instant) }),
  ),
  mayOpen: Type.Boolean({ description: 'Whether a new exchange may begin with it now.' }),
  because: nullable(Type.String()),
})

const members = action({
  name: 'member.list',
  summary: 'The members of the directory, and with whom a new exchange may begin now',
  kind: 'read',
  input: closed({}),
  output: closed({ me: nullable(Peer), members: Type.Array(Member) }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context) => {
    const desk = context.port<MessageDesk>(ports.messages)
    const shown = desk.members().map((one) => ({
      ...one,
      roles: [...one.roles],
      contact: { ...one.contact, languages: [...one.contact.languages] },
      scopes: one.scopes.map(({ messages, send, receive }) => ({ messages, send, receive })),
      keys: [...one.keys],
    }))
    return ok({ result: { me: desk.me === '' ? null : desk.me, members: shown }, events: [] })
  },
})

const forks = action({
  name: 'member.forks',
  summary: 'The journals of members that told two stories, each with its proof',
  kind: 'read',
  input: closed({}),
  output: closed({
    forks: Type.Array(
      closed({
        id: Digest,
        agency: Peer,
        at: Instant,
        statement: Type.String({ description: 'The signed statement with both checkpoints, base64.' }),
      }),
    ),
  }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context) => {
    const found = await context.port<MessageDesk>(ports.messages).forks()
    return ok({ result: { forks: found.map((one) => ({ ...one })) }, events: [] })
  },
})

export const readActions = [list, show, seeTo, members, forks] as const
