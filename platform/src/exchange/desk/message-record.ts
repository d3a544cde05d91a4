/**
 * Messages as people see them: in a case, `message`; of others and in no case yet, `inbox`. What travels is kept by delivery
 * (the envelope, byte by byte); this is what is said in it and what has become of it here.
 */
import { type Static, Type } from '@sinclair/typebox'
import { closed, Digest, Id, Instant, nullable, oneOf, text, Version } from '../../casework/index.ts'
import { type Json, Marking } from '../../kernel/index.ts'
import { Header, MAX_DEPTH } from '../wire/index.ts'

export const MESSAGE = 'message'
export const INBOX = 'inbox'

export const messageStates = [
  /** Of ours: written here, approved perhaps, not sent. */
  'draft',
  'discarded',
  /** Queued in the transaction of its release; tried until a receipt or its deadline. */
  'queued',
  /** A verified receipt of the other side says so. */
  'accepted',
  'rejected',
  /** Nobody confirmed it until its deadline. */
  'non-delivered',
  /** Refused again and again before a receipt, or contradicted by what the other side holds. */
  'quarantined',
  'conflict',
  /** Of theirs: nobody has seen to it. */
  'new',
  'done',
] as const
export type MessageState = (typeof messageStates)[number]

export const Peer = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'A member of the directory, by its id.',
})
export const TypeName = Type.String({
  maxLength: 60,
  pattern: '^[a-z][a-z.-]*$',
  description: 'A type of the catalogue of messages, as freeze.request.',
})
export const Major = Type.Integer({ minimum: 1, maximum: 99, description: 'The major of the type.' })
export const Body = Type.Unsafe<Json>({
  type: 'object',
  description: `What the message says, as the schema of its type asks (docs/spec/exchange); at most ${MAX_DEPTH} levels deep.`,
})

/** Why somebody must look, and since when; the clock of the node reminds. */
export const Due = closed({
  matter: oneOf(['message-unseen', 'message-undelivered'], 'What must be looked at.'),
  from: Instant,
  due: Instant,
  urgent: Type.Boolean(),
})

const Said = Type.Omit(Header, ['v', 'id', 'exchange', 'from', 'to', 'seq', 'prev', 'created', 'deadline'])

export const MessageBody = closed({
  direction: oneOf(['out', 'in'], 'out: of ours. in: of theirs.'),
  peer: Peer,
  type: TypeName,
  major: Major,
  /** What its sender says in the header, and the rest that approvals are bound to. Its place in the exchange it gets when it is queued. */
  header: Said,
  fixed: closed({ id: text(80, 'Its id.'), created: Instant, deadline: nullable(Instant) }),
  body: Body,
  state: oneOf(messageStates, 'What has become of it.'),
  exchange: nullable(Digest),
  digest: nullable(Digest),
  /** The request here that it carries, answers or was taken in as. */
  request: nullable(Id),
  /** Where it will carry that request: the digest of what was submitted. */
  requestDigest: Type.Optional(Digest),
  /** Of ours: who has written any of it; none of them approves it. */
  drafters: Type.Array(Id),
  /** Why it was rejected or given up, or why what it says could not be done here by itself. */
  code: nullable(text(80, 'A code.')),
  note: nullable(text(4000, 'In words.')),
  /** What proves what became of it, signed: the receipt, that none came, or the contradiction; base64. */
  evidence: nullable(Type.String({ maxLength: 4_000_000, description: 'A signed statement, base64.' })),
  at: Instant,
  due: nullable(Due),
  marking: Marking,
  author: Type.String(),
})
export type MessageBody = Static<typeof MessageBody>

export const InboxBody = closed({
  from: Peer,
  messageId: text(80, 'Its id, which its sender gave it.'),
  exchange: Digest,
  digest: Digest,
  type: TypeName,
  major: Major,
  urgency: nullable(text(60, 'Why it cannot wait, by its code.')),
  reference: text(200, 'The file number of the sender.'),
  instrument: nullable(text(60, 'The instrument on which it stands.')),
  tlp: text(20, 'Its marking.'),
  training: Type.Boolean(),
  receivedAt: Instant,
  state: oneOf(['new', 'filed', 'set-aside'], 'filed: in a case. set-aside: it belongs to none.'),
  filed: nullable(closed({ caseId: Id, message: Id, by: Id, at: Instant })),
  reason: nullable(text(4000, 'Why it was set aside.')),
})
export type InboxBody = Static<typeof InboxBody>

export const MessageView = closed({ id: Id, caseId: Id, version: Version, at: Instant, message: MessageBody })
export const InboxView = closed({ id: Id, version: Version, at: Instant, message: InboxBody })
