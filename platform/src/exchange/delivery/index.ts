/** The door of delivery: the outbox, the inbox, and the ports that they need. */
export { HELD_AHEAD, openInbox, type Reply, receiptOf, receive } from './inbox.ts'
export {
  type Answered,
  ASKED_FOR_MS,
  attempt,
  type Draft,
  FIRST_WAIT_MS,
  giveUpOverdue,
  keepLeases,
  LEASE_MS,
  LONGEST_ASK_MS,
  LONGEST_WAIT_MS,
  type Load,
  leaseDue,
  openSettling,
  type Packed,
  type Place,
  queueMessage,
  SAME_REFUSALS,
  type Settling,
  sendDue,
} from './outbox.ts'
export { type Brought, exportParcel, importParcel, type ParcelPorts } from './parcel.ts'
export {
  MAX_PARCEL_BYTES,
  MAX_PARCEL_PARTS,
  type Parcel,
  type ParcelPart,
  partsIn,
  readParcel,
  writeParcel,
} from './parcel-file.ts'
export type {
  Answer,
  Arrived,
  Chain,
  DeliveryStore,
  DeliveryTx,
  Digest,
  Exchange,
  InboxPorts,
  Leased,
  OutboxPorts,
  Outgoing,
  OutgoingState,
  Receipt,
  Received,
  Settled,
  Skip,
} from './ports.ts'
export { ASKED_AGAIN_MS, openPosting, type PostingPorts } from './posting.ts'
export {
  MAX_POUCH_ANSWER_BYTES,
  MAX_POUCH_BYTES,
  MAX_POUCH_MESSAGES,
  type PouchAnswer,
  readPouch,
  readPouchAnswers,
  writePouch,
  writePouchAnswers,
} from './pouch.ts'
