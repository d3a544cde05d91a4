/** The desk: how people and the other rooms send messages and take them in. */
import type { Action } from '../../kernel/index.ts'
import { attachmentActions } from './attachment-actions.ts'
import { dossierActions } from './dossier-action.ts'
import { draftActions } from './draft-actions.ts'
import { inboxActions } from './inbox-actions.ts'
import { readActions } from './read-actions.ts'

export {
  Draft,
  draftMessage,
  messageOf,
  putMessage,
  queueDraft,
  Sent,
  StatedHeader,
  type StoredMessage,
} from './draft-actions.ts'
export { headerFor, ruleFor } from './drafting.ts'
export { headerOf } from './header-of.ts'
export { type Filing, fileMessage, inboxOf, mayReadInbox } from './inbox-actions.ts'
export { INBOX, type InboxBody, MESSAGE, type MessageBody, Peer } from './message-record.ts'
export {
  type ArrivedAttachment,
  type Attaching,
  type AttachmentDesk,
  type AttachmentPlace,
  type FileSource,
  type MemberFacts,
  type MessageDesk,
  ports,
  type Queued,
  type Said,
  type Self,
  type Sending,
  type Taken,
  type Taker,
} from './ports.ts'
export { type Outcome, settleMessage, takeIn } from './take-in.ts'

export const deskActions: readonly Action[] = [
  ...draftActions,
  ...readActions,
  ...dossierActions,
  ...attachmentActions,
  ...inboxActions,
] as unknown as readonly Action[]
