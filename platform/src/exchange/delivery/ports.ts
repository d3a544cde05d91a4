/**
 * What delivery needs of the world. The same code runs over PostgreSQL and HTTPS in a node, and in the simulator over a store, a
 * network and a clock that lose, delay, repeat and lie.
 */
import type { Result } from '../../kernel/index.ts'

/** SHA-256, lower-case hex, over what a message says and not over how its envelope writes it. */
export type Digest = string

/** A message whose signature, form and parties have been checked against the directory. */
export type Arrived = {
  readonly id: string
  /** As `freeze.request`. */
  readonly type: string
  /** The digest of the message that opened the exchange; null in that message itself. */
  readonly exchange: Digest | null
  readonly from: string
  readonly to: string
  /** The place among the messages of this sender in this exchange, from 1. */
  readonly seq: number
  /** The digest of the one before; null for the first. */
  readonly prev: Digest | null
  readonly digest: Digest
  readonly envelope: Uint8Array
}

/** The sender's signed word that a place in an exchange stays empty: its message could not be delivered. */
export type Skip = {
  readonly exchange: Digest
  readonly from: string
  readonly to: string
  readonly seq: number
  /** The message that was to stand there; what follows names it as the one before. */
  readonly id: string
  readonly digest: Digest
  readonly note: Uint8Array
}

export type Receipt = {
  readonly outcome: 'accepted' | 'rejected'
  /** Why it was rejected; null for accepted. */
  readonly code: string | null
  readonly id: string
  readonly digest: Digest
  /** Who gives the receipt, and to whom. */
  readonly from: string
  readonly to: string
}

export type OutgoingState =
  /** Waits for its next attempt. */
  | 'queued'
  | 'accepted'
  | 'rejected'
  /** No receipt came until the deadline; asked for still, since the message may have arrived. */
  | 'non-delivered'
  /** Refused again and again for one reason before a receipt could be given. */
  | 'quarantined'
  /** The receiver holds another message of ours under this id or in this place. */
  | 'conflict'

export type Outgoing = {
  readonly id: string
  readonly peer: string
  readonly exchange: Digest
  readonly opens: boolean
  readonly seq: number
  readonly digest: Digest
  readonly type: string
  readonly envelope: Uint8Array
  readonly caseId: string | null
  /** Until when it is tried, in milliseconds since the epoch. */
  readonly deadline: number
  readonly state: OutgoingState
  readonly attempts: number
  readonly nextAt: number
  /** No other worker takes it before; 0 where nobody has it. */
  readonly leasedUntil: number
  /** What the receiver refused it for last, and how many times running. */
  readonly problem: { readonly code: string; readonly times: number } | null
  readonly receipt: Uint8Array | null
  /** Once given up: the signed note that says so, sent to the receiver before what of ours comes behind it. */
  readonly skip: Uint8Array | null
  /** Whether the receiver has confirmed that note. */
  readonly skipped: boolean
}

/** `afterGap`: something of ours before it in its exchange was given up, and the receiver has not confirmed that yet. */
export type Leased = Outgoing & { readonly afterGap: boolean }

export type Received = {
  readonly from: string
  readonly id: string
  /** 1; 2 for what was held before. */
  readonly version: number
  readonly exchange: Digest
  readonly seq: number
  readonly prev: Digest | null
  readonly digest: Digest
  readonly type: string
  readonly envelope: Uint8Array
  /** `held`: one before it is missing. `skipped`: the sender's note that this place stays empty, in place of a message. */
  readonly state: 'accepted' | 'rejected' | 'held' | 'skipped'
  readonly receipt: Uint8Array | null
  /** The case that it belongs to here, under whose key it is kept; null where it has none. */
  readonly caseId: string | null
  readonly at: number
}

/** An exchange as its two parties know it. */
export type Exchange = { readonly id: Digest; readonly opener: string; readonly other: string }

/** The last place that a sender has taken in an exchange, by a message or by a note that it stays empty. */
export type Chain = { readonly seq: number; readonly digest: Digest }

/** What a transaction of either side reads and writes. */
export interface DeliveryTx {
  /** Nobody else writes to what this sender says in this exchange until the transaction ends. */
  lock(exchange: Digest, sender: string): Promise<void>
  exchange(id: Digest): Promise<Exchange | null>
  putExchange(exchange: Exchange): Promise<void>
  /** Of what was queued here, or was received and is not held. */
  chain(exchange: Digest, sender: string): Promise<Chain | null>

  outgoing(id: string): Promise<Outgoing | null>
  /** The first row of an id fails where there is one. */
  addOutgoing(row: Outgoing): Promise<void>
  changeOutgoing(row: Outgoing): Promise<void>
  /**
   * Rows whose time has come and that nobody else has, at most `perPeer` at work for one peer: queued ones that have no queued one
   * before them in their exchange, and non-delivered ones for a while after their deadline (`ASKED_FOR_MS`). Each is leased until
   * then, and has one attempt more.
   */
  lease(now: number, until: number, limit: number, perPeer: number): Promise<readonly Leased[]>
  /** Queued rows whose deadline has passed and that nobody has at work. */
  overdue(now: number, limit: number): Promise<readonly Outgoing[]>
  /** Ours behind this place in the exchange, still queued. */
  behind(exchange: Digest, seq: number): Promise<readonly Outgoing[]>
  /** Ours before this place whose attempts have ended without a receipt and whose note is not confirmed, in order. */
  gapsBefore(exchange: Digest, seq: number): Promise<readonly Outgoing[]>

  /**
   * Ours for this peer that a parcel carries: queued ones whose deadline has not passed, and those given up whose note is not
   * confirmed; each exchange in its order, the longest waiting first.
   */
  waitingFor(peer: string, now: number, limit: number): Promise<readonly Outgoing[]>
  /** What this peer has sent and has an end here, a message or a note; the latest first. */
  endedFrom(peer: string, limit: number): Promise<readonly Received[]>

  received(from: string, id: string): Promise<Received | null>
  receivedAt(exchange: Digest, from: string, seq: number): Promise<Received | null>
  putReceived(row: Received): Promise<void>

  /** Runs `work`; where it answers a refusal, everything that it wrote is undone, and nothing else. */
  attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>>
}

export interface DeliveryStore<Tx extends DeliveryTx> {
  /** All of it is kept, or nothing. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** What the other side answered, or that nobody knows whether it got the message. */
export type Answer =
  | { readonly kind: 'receipt'; readonly bytes: Uint8Array }
  /** One of ours before it is missing there. */
  | { readonly kind: 'held' }
  | { readonly kind: 'conflict'; readonly evidence: Uint8Array }
  /** Refused before a receipt could be given; `again` where only time may help (busy, over budget, directory not fresh). */
  | { readonly kind: 'problem'; readonly code: string; readonly again: boolean }
  | { readonly kind: 'silence' }

export type InboxPorts<Tx extends DeliveryTx> = {
  readonly me: string
  readonly store: DeliveryStore<Tx>
  now(): number
  /** Everything before the transaction: budget, envelope, signature, form, parties, directory. */
  open(bytes: Uint8Array, peer: string): Result<{ readonly message: Arrived } | { readonly skip: Skip }>
  /** What the message does here; it may refuse, and then has done nothing. */
  apply(tx: Tx, message: Arrived): Promise<Result<{ readonly caseId: string | null }>>
  sealReceipt(receipt: Receipt & { readonly at: number }): Uint8Array
  /** That the note was understood. */
  sealSkipReceipt(skip: Skip, at: number): Uint8Array
  /** Two messages of one sender that cannot both stand: kept as proof, and somebody is told. */
  conflict(tx: Tx, held: Uint8Array, came: Uint8Array): Promise<Uint8Array>
}

export type OutboxPorts<Tx extends DeliveryTx> = {
  readonly me: string
  readonly store: DeliveryStore<Tx>
  now(): number
  /** From 0 up to 1. */
  random(): number
  /** The longest wait between two attempts, where it is not ten minutes. */
  readonly longestWaitMs?: number
  /** One attempt. Throws nothing: what is not known is silence. */
  post(peer: string, bytes: Uint8Array): Promise<Answer>
  /** Asks whether a receipt was given for a message whose time is over. */
  ask(peer: string, id: string): Promise<Answer>
  /** A receipt of `peer` for this message, with a signature that the directory knows; else why not. */
  readReceipt(bytes: Uint8Array, row: Outgoing): Result<Receipt>
  /** Whether the bytes prove that this message and another of ours cannot both stand. */
  isConflict(evidence: Uint8Array, row: Outgoing): boolean
  sealSkip(row: Outgoing): Uint8Array
  /** Whether the bytes are the peer's confirmation of our note. */
  isSkipReceipt(bytes: Uint8Array, row: Outgoing): boolean
  /** May a new exchange be opened with this peer now? Not where the directory is not fresh. */
  mayOpen(peer: string): boolean
  /** What becomes of the business of a message; in the transaction that settles it. */
  settled(tx: Tx, row: Outgoing, why: Settled): Promise<void>
}

export type Settled =
  | { readonly how: 'receipt'; readonly receipt: Receipt }
  | { readonly how: 'non-delivered' }
  | { readonly how: 'quarantined'; readonly code: string }
  | { readonly how: 'conflict'; readonly evidence: Uint8Array }
