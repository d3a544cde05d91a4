/** The door of delivery: the outbox, the inbox, and the ports that they need. */
export { HELD_AHEAD, type Reply, receiptOf, receive } from './inbox.ts'
export {
  ASKED_FOR_MS,
  attempt,
  type Draft,
  FIRST_WAIT_MS,
  LEASE_MS,
  LONGEST_ASK_MS,
  LONGEST_WAIT_MS,
  type Packed,
  type Place,
  queueMessage,
  SAME_REFUSALS,
  sendDue,
} from './outbox.ts'
export type {
  Answer,
  Arrived,
  Chain,
  DeliveryStore,
  DeliveryTx,
  Digest,
  Exchange,
  InboxPorts,
  OutboxPorts,
  Outgoing,
  OutgoingState,
  Receipt,
  Received,
  Settled,
  Skip,
} from './ports.ts'
