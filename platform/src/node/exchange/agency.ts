/**
 * The node as one agency among others: its outbox and inbox over its database, the messages in their wire form, the other nodes over
 * the transport. What a message does is said by handlers, one for each type that this node takes.
 */
import {
  type Answer,
  attempt,
  type Brought,
  type DeliveryStore,
  type Draft,
  exportParcel,
  giveUpOverdue,
  type InboxPorts,
  importParcel,
  keepLeases,
  LEASE_MS,
  type Leased,
  leaseDue,
  type OutboxPorts,
  type Outgoing,
  openInbox,
  openPosting,
  openSettling,
  type ParcelPart,
  queueMessage,
  type Receipt,
  type Reply,
  receiptOf,
  type Settled,
} from '../../exchange/delivery/index.ts'
import {
  checkConflict,
  type Envelope,
  type Forms,
  type Header,
  type Keys,
  type Message,
  messageDigest,
  openMessage,
  openReceived,
  openStatement,
  ownForms,
  packMessage,
  packStatement,
  payloadTypeOf,
  readEnvelope,
  receiptForm,
  type Signer,
  skipForm,
  writeConflict,
} from '../../exchange/wire/index.ts'
import { newNonce } from '../../kernel/crypto/index.ts'
import { type Json, ok, orStop, type Result, refuse } from '../../kernel/index.ts'
import { uuidV7 } from '../door/uuid-v7.ts'
import { checkSignature } from './checked-keys.ts'
import type { Members } from './members.ts'
import type { NodeTx } from './message-store.ts'

/** What a message of one type does here. */
export type MessageHandler = (tx: NodeTx, message: Message) => Promise<Result<{ readonly caseId: string | null }>>

/** What the directory says of who may exchange what now. */
export interface Standing {
  mayOpen(peer: string): boolean
  mayStill(peer: string): boolean
  maySend(peer: string, type: string): boolean
}

export type AgencySetting = {
  readonly me: string
  readonly store: DeliveryStore<NodeTx>
  readonly members: Members
  readonly standing: Standing
  readonly signer: Signer
  readonly forms?: Forms
  readonly handlers: ReadonlyMap<string, MessageHandler>
  readonly now: () => number
  readonly random: () => number
  /** How long an attempt may take before another worker may have the message. */
  readonly leaseMs?: number
  /** The longest wait between two attempts. */
  readonly longestWaitMs?: number
  readonly post: (peer: string, id: string, bytes: Uint8Array) => Promise<Answer>
  /** Several at once; null where the peer does not take them so. Nothing given: each goes alone. */
  readonly postPouch?: (peer: string, messages: readonly Uint8Array[]) => Promise<readonly Answer[] | null>
  readonly ask: (peer: string, id: string) => Promise<Answer>
  /** What becomes of the business of a message that was settled; in the same transaction. */
  readonly settled: (tx: NodeTx, row: Outgoing, why: Settled) => Promise<void>
}

/** A message before it has its place in an exchange. */
export type Sending = {
  readonly type: string
  readonly major: number
  readonly body: Json
  readonly header: Omit<Header, 'v' | 'id' | 'exchange' | 'from' | 'to' | 'seq' | 'prev' | 'created'>
  readonly peer: string
  readonly exchange: string | null
  readonly caseId: string | null
  /** Until when it is tried, in milliseconds since the epoch. */
  readonly deadline: number
  /** Id and time, where approvals are bound to them already. */
  readonly fixed?: { readonly id: string; readonly created: string }
}

export type Agency = {
  /** Inside the transaction of the act that it follows from. */
  queue(tx: NodeTx, sending: Sending): Promise<Outgoing>
  /** Sends what is due, at once and for as long as it is not stopped; `alarm` is told of faults, after which it goes on. */
  run(alarm: (fault: unknown) => void): () => Promise<void>
  receive(bytes: Uint8Array, peer: string): Promise<Reply>
  receiptOf(peer: string, id: string): Promise<Uint8Array | null>
  /** What waits for a peer and what it waits for, as a file; `more`: the answers of what was imported from it last. */
  exportTo(peer: string, more?: readonly ParcelPart[]): Promise<Uint8Array>
  /** A file that another agency has exported for this one. */
  importFrom(bytes: Uint8Array): Promise<Result<Brought>>
}

/** Messages at work at one time; one partner that is slow has no more than a share of them. */
const AT_ONCE = 96
const PER_PEER = 48
/** The longest that a message waits which nobody has rung for: another process has queued it, or its next attempt has come. */
const PULSE_MS = 500
/** The least time between two looks at the database: what is queued meanwhile travels together. Who was alone waits for none of it. */
const PACE_MS = 40
/** How long what arrives waits for others that come in the same moment, to share a transaction with them. */
const GATHER_MS = 8

export function openAgency(setting: AgencySetting): Agency {
  const { me, store, members, standing, signer, now } = setting
  const forms = setting.forms ?? ownForms
  const keys: Keys = { keyOf: (keyId) => members.keyOf(keyId), check: checkSignature }
  let rung = false
  let wake: () => void = () => {}
  // What was opened before the transaction is not opened again in it: these very bytes, and for as long as they are held.
  const openedBefore = new WeakMap<Uint8Array, Message>()
  const postAlone = (peer: string, bytes: Uint8Array) => setting.post(peer, idOf(bytes), bytes)
  const post = setting.postPouch
    ? openPosting({ now, post: postAlone, postPouch: setting.postPouch, gather: turn })
    : postAlone
  const inbox = inboxPorts()
  const outbox = outboxPorts()
  const take = openInbox(inbox, () => pause(GATHER_MS))
  const settle = openSettling(outbox, () => pause(GATHER_MS))
  return {
    queue: async (tx, sending) => {
      const row = await queueMessage(tx, { me, now: now() }, draftOf(sending))
      // Before its commit: the worker looks again until it is there, and a message without a ring is found by the pulse.
      ring()
      return row
    },
    run,
    receive: take,
    receiptOf: (peer, id) => receiptOf(inbox, peer, id),
    exportTo: (peer, more) => exportParcel({ inbox, outbox }, peer, more),
    importFrom: (bytes) => importParcel({ inbox, outbox }, bytes),
  }

  function run(alarm: (fault: unknown) => void): () => Promise<void> {
    let wanted = true
    const atWork = new Map<Leased, Promise<void>>()
    const leaseMs = setting.leaseMs ?? LEASE_MS
    let overdueAt = 0
    const keepAt = new Map<Leased, number>()
    const loop = (async () => {
      while (wanted) {
        rung = false
        try {
          if (now() >= overdueAt) {
            overdueAt = now() + PULSE_MS
            await giveUpOverdue(outbox, AT_ONCE)
          }
          const old = [...keepAt].filter(([, at]) => now() >= at).map(([row]) => row)
          if (old.length > 0) await keepLeases(outbox, old, now() + leaseMs)
          for (const row of old) if (keepAt.has(row)) keepAt.set(row, now() + leaseMs / 2)
          const limit = AT_ONCE - atWork.size
          for (const row of limit > 0 ? await leaseDue(outbox, { limit, perPeer: PER_PEER, leaseMs }) : []) {
            const work = attempt(outbox, row, settle)
              .catch(alarm)
              .finally(() => {
                atWork.delete(row)
                keepAt.delete(row)
                ring()
              })
            atWork.set(row, work)
            keepAt.set(row, now() + leaseMs / 2)
          }
        } catch (fault) {
          alarm(fault)
          await pause(PULSE_MS)
        }
        await pause(PACE_MS)
        if (wanted && !rung) await Promise.race([pause(PULSE_MS), new Promise<void>((resolve) => (wake = resolve))])
      }
    })()
    return async () => {
      wanted = false
      ring()
      await loop
      await Promise.all(atWork.values())
    }
  }

  function ring(): void {
    rung = true
    wake()
  }

  function draftOf({ type, major, body, header, peer, exchange, caseId, deadline, fixed }: Sending): Draft {
    return {
      peer,
      exchange,
      caseId,
      deadline,
      pack: (place) => {
        const at = now()
        const { id, created } = fixed ?? { id: uuidV7(at, newNonce(16)), created: new Date(at).toISOString() }
        const whole: Header = { ...header, v: 1, id, from: me, to: peer, created, ...place }
        const packed = orStop(packMessage({ type, major, header: whole, body }, [signer], forms))
        return { id: whole.id, type, ...packed }
      },
    }
  }

  function inboxPorts(): InboxPorts<NodeTx> {
    return {
      me,
      store,
      now,
      open: (bytes, peer) => {
        const envelope = readEnvelope(bytes)
        if (!envelope.ok) return envelope
        const isSkip = envelope.value.payloadType === payloadTypeOf(skipForm)
        return isSkip ? openSkip(bytes, peer) : openOne(bytes, envelope.value, peer)
      },
      apply: async (tx, { envelope, type }) => {
        const handler = setting.handlers.get(type)
        if (!handler)
          return refuse('EXCHANGE_NOT_TAKEN', `This node takes no messages of the type ${type}.`, {
            place: '/payloadType',
            fix: 'See in the directory what it takes.',
          })
        return handler(tx, openedBefore.get(envelope) ?? orStop(openMessage(envelope, keys, me, forms)))
      },
      sealReceipt: ({ outcome, code, id, digest, to, at }) =>
        receiptBytes(outcome === 'accepted' ? 'ACCEPTED' : 'REJECTED', code, { id, digest }, to, at),
      // Over the note itself, so that it is no receipt of the message which the note speaks of.
      sealSkipReceipt: ({ id, from, note }, at) =>
        receiptBytes('ACCEPTED', null, { id, digest: digestOf(note) }, from, at),
      conflict: async (tx, held, came) => {
        const evidence = writeConflict(held, came)
        const shown = checkConflict(evidence, keys)
        tx.tell({
          name: 'message.conflict',
          of: 'message',
          id: shown.ok ? shown.value.id : 'unknown',
          caseId: null,
          body: shown.ok
            ? { agency: shown.value.agency, same: shown.value.same, digests: [...shown.value.digests] }
            : {},
        })
        return evidence
      },
    }
  }

  function openOne(bytes: Uint8Array, envelope: Envelope, peer: string): ReturnType<InboxPorts<NodeTx>['open']> {
    const opened = openReceived(envelope, keys, me, forms)
    if (!opened.ok) return opened
    const { type, digest, header } = opened.value
    const { id, exchange, from, to, seq, prev } = header
    if (from !== peer)
      return refuse('EXCHANGE_PEER', 'The message is of another agency than the connection belongs to.', {
        place: '/header/from',
        fix: 'Each agency brings its own messages.',
      })
    if (!standing.maySend(from, type))
      return refuse('EXCHANGE_SCOPE', `The directory does not let ${from} send messages of the type ${type}.`, {
        place: '/payloadType',
        fix: 'Ask those who keep the directory for the scope.',
      })
    if (exchange === null ? !standing.mayOpen(from) : !standing.mayStill(from))
      return refuse('DIRECTORY_EXPIRED', `By what is known here of the directory, ${from} may not do this now.`, {
        fix: 'Try again later: the directory here may not be fresh.',
      })
    openedBefore.set(bytes, opened.value)
    return ok({ message: { id, type, exchange, from, to, seq, prev, digest, envelope: bytes } })
  }

  function openSkip(bytes: Uint8Array, peer: string): ReturnType<InboxPorts<NodeTx>['open']> {
    const opened = openStatement(skipForm, bytes, keys)
    if (!opened.ok) return opened
    const { from, to, exchange, seq, message } = opened.value.value
    if (from !== peer || to !== me)
      return refuse('EXCHANGE_PEER', 'The note is of another agency than the connection belongs to, or for another.', {
        place: '/from',
        fix: 'Each agency brings its own notes.',
      })
    return ok({ skip: { exchange, from, to, seq, id: message.id, digest: message.digest, note: bytes } })
  }

  function outboxPorts(): OutboxPorts<NodeTx> {
    return {
      me,
      store,
      now,
      random: setting.random,
      ...(setting.longestWaitMs ? { longestWaitMs: setting.longestWaitMs } : {}),
      post,
      ask: setting.ask,
      readReceipt,
      isConflict: (evidence, row) => {
        const shown = checkConflict(evidence, keys)
        return shown.ok && shown.value.agency === me && shown.value.digests.includes(row.digest)
      },
      sealSkip: (row) =>
        orStop(
          packStatement(
            skipForm,
            {
              ...{ v: 1, from: me, to: row.peer, exchange: row.exchange, seq: row.seq },
              message: { id: row.id, digest: row.digest },
              code: row.problem?.code ?? 'EXCHANGE_NON_DELIVERED',
              attempts: Math.max(1, row.attempts),
              at: new Date(now()).toISOString(),
            },
            [signer],
          ),
        ),
      isSkipReceipt: (bytes, row) => {
        const opened = openStatement(receiptForm, bytes, keys)
        if (!opened.ok || row.skip === null) return false
        const { kind, message, from, to } = opened.value.value
        return kind === 'ACCEPTED' && message.digest === digestOf(row.skip) && from === me && to === row.peer
      },
      mayOpen: (peer) => standing.mayOpen(peer),
      settled: setting.settled,
    }
  }

  function readReceipt(bytes: Uint8Array, row: Outgoing): Result<Receipt> {
    const opened = openStatement(receiptForm, bytes, keys)
    if (!opened.ok) return opened
    const { kind, code = null, message, from, to } = opened.value.value
    const isOurs = message.id === row.id && message.digest === row.digest && from === me && to === row.peer
    if (!isOurs || (kind !== 'ACCEPTED' && kind !== 'REJECTED'))
      return refuse('EXCHANGE_RECEIPT', 'The receipt is for another message.', { place: '/message' })
    const outcome = kind === 'ACCEPTED' ? 'accepted' : 'rejected'
    return ok({ outcome, code, id: row.id, digest: row.digest, from: row.peer, to: me })
  }

  /** `sender`: whose message it was; `from` and `to` of a receipt are those of the message. */
  function receiptBytes(
    kind: 'ACCEPTED' | 'REJECTED',
    code: string | null,
    message: { readonly id: string; readonly digest: string },
    sender: string,
    at: number,
  ): Uint8Array {
    const value = { v: 1 as const, kind, message, from: sender, to: me, at: new Date(at).toISOString() }
    return orStop(packStatement(receiptForm, code === null ? value : { ...value, code }, [signer]))
  }
}

function digestOf(bytes: Uint8Array): string {
  return messageDigest(orStop(readEnvelope(bytes)))
}

/** For the Idempotency-Key of an attempt: what is sent is known by its digest. */
function idOf(bytes: Uint8Array): string {
  return digestOf(bytes)
}

/** Until what is under way in this turn of the program has come as far as it can. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Until what has arrived by now has been read. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
