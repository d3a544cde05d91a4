/**
 * Store and forward: what one agency has for another travels as a file where there is no network. The same inbox takes it and the same
 * settlement ends it as over the wire, so that a parcel may be lost, brought twice, late, or before another, and does no harm.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type Reply, receive } from './inbox.ts'
import { confirmBrought, giveUpOverdue, settleBrought } from './outbox.ts'
import { MAX_PARCEL_BYTES, MAX_PARCEL_PARTS, type ParcelPart, readParcel, writeParcel } from './parcel-file.ts'
import type { DeliveryTx, InboxPorts, OutboxPorts, Outgoing, Received } from './ports.ts'

export type ParcelPorts<Tx extends DeliveryTx> = { readonly inbox: InboxPorts<Tx>; readonly outbox: OutboxPorts<Tx> }

/** Half of a parcel at most is what we say, and half what we answer. */
const HALF = MAX_PARCEL_PARTS / 2
/** In base64 these are less than a parcel may have, the rest being for the lines around them. */
const MOST_BYTES = MAX_PARCEL_BYTES / 2

/**
 * What waits for a peer, in order, and our receipts for what it has sent, the latest first as far as they fit. Nothing changes here:
 * a message waits until its receipt has come back. `more`: proofs that a parcel of the peer has brought out.
 */
export async function exportParcel<Tx extends DeliveryTx>(
  { inbox, outbox }: ParcelPorts<Tx>,
  peer: string,
  more: readonly ParcelPart[] = [],
): Promise<Uint8Array> {
  await giveUpOverdue(outbox, HALF)
  const [waiting, ended] = await outbox.store.transaction((tx) =>
    Promise.all([tx.waitingFor(peer, outbox.now(), HALF), tx.endedFrom(peer, HALF - more.length)]),
  )
  const parts = [...more, ...ended.flatMap((row) => answerPart(inbox, row, peer)), ...saidParts(outbox, waiting, peer)]
  return writeParcel({ from: outbox.me, to: peer, parts: fitting(parts) })
}

/** As many as fit; what is behind one that does not fit could not be taken before it anyhow. */
function fitting(parts: readonly ParcelPart[]): readonly ParcelPart[] {
  let bytes = 0
  const end = parts.findIndex((part) => {
    bytes += part.bytes.length + 400
    return bytes > MOST_BYTES
  })
  return end < 0 ? parts : parts.slice(0, end)
}

function saidParts<Tx extends DeliveryTx>(
  outbox: OutboxPorts<Tx>,
  waiting: readonly Outgoing[],
  peer: string,
): ParcelPart[] {
  // Where the directory is not fresh nothing is opened: neither the message that opens nor what follows on it.
  const shut = new Set(waiting.filter(({ opens }) => opens && !outbox.mayOpen(peer)).map(({ exchange }) => exchange))
  return (
    waiting
      .filter(({ exchange }) => !shut.has(exchange))
      .map(({ skip, envelope }): ParcelPart => ({ kind: 'said', bytes: skip ?? envelope }))
      // Of a case that was erased nothing is left to say.
      .filter(({ bytes }) => bytes.length > 0)
  )
}

function answerPart<Tx extends DeliveryTx>(inbox: InboxPorts<Tx>, row: Received, peer: string): ParcelPart[] {
  if (row.receipt) return [{ kind: 'receipt', id: row.id, bytes: row.receipt }]
  const opened = inbox.open(row.envelope, peer)
  if (!opened.ok || !('skip' in opened.value)) return []
  const { skip } = opened.value
  return [{ kind: 'confirmed', id: skip.id, bytes: inbox.sealSkipReceipt(skip, inbox.now()) }]
}

export type Brought = {
  readonly from: string
  /** Messages and notes that have a receipt here now, whether for the first time or again. */
  readonly taken: number
  /** Messages that wait for one before them. */
  readonly held: number
  /** Of ours: settled by what was brought, or confirmed; what was known already is not counted. */
  readonly settled: number
  /** What was refused, with the number of its part, from 1; the other parts were taken. */
  readonly refused: readonly { readonly part: number; readonly code: string }[]
  /** For the next parcel to this peer. */
  readonly answers: readonly ParcelPart[]
}

/** Takes each part by itself; where the process ends in the middle, the same parcel is brought again. */
export async function importParcel<Tx extends DeliveryTx>(
  ports: ParcelPorts<Tx>,
  bytes: Uint8Array,
): Promise<Result<Brought>> {
  const read = readParcel(bytes)
  if (!read.ok) return read
  const { from, to, parts } = read.value
  if (to !== ports.inbox.me || from === to)
    return refuse('EXCHANGE_RECIPIENT', 'The parcel is for another agency.', {
      place: 'line 1',
      fix: 'Bring it to the agency that it names.',
    })
  const counts = { taken: 0, held: 0, settled: 0 }
  const refused: { part: number; code: string }[] = []
  const answers: ParcelPart[] = []
  for (const [at, part] of parts.entries()) {
    if (part.kind !== 'said') {
      if (await takeAnswer(ports.outbox, from, part)) counts.settled++
      continue
    }
    const reply = await receive(ports.inbox, part.bytes, from)
    if (reply.kind === 'receipt') {
      counts.taken++
      answers.push(...confirmedPart(ports.inbox, part.bytes, from, reply.bytes))
    } else if (reply.kind === 'held') counts.held++
    else refused.push({ part: at + 1, code: codeOf(reply) })
    if (reply.kind === 'conflict') answers.push(...conflictPart(ports.inbox, part.bytes, from, reply.evidence))
  }
  return ok({ from, ...counts, refused, answers })
}

function takeAnswer<Tx extends DeliveryTx>(
  outbox: OutboxPorts<Tx>,
  peer: string,
  part: Exclude<ParcelPart, { kind: 'said' }>,
): Promise<boolean> {
  const { kind, id, bytes } = part
  if (kind === 'confirmed') return confirmBrought(outbox, peer, id, bytes)
  return settleBrought(outbox, peer, id, kind === 'receipt' ? { kind, bytes } : { kind, evidence: bytes })
}

function codeOf(reply: Exclude<Reply, { kind: 'receipt' | 'held' }>): string {
  return reply.kind === 'conflict' ? 'EXCHANGE_CONFLICT' : reply.refusal.code
}

/** Of a note that found its place taken nothing is kept, so that only now it can be said that it was understood. */
function confirmedPart<Tx extends DeliveryTx>(
  inbox: InboxPorts<Tx>,
  came: Uint8Array,
  peer: string,
  bytes: Uint8Array,
): ParcelPart[] {
  const opened = inbox.open(came, peer)
  return opened.ok && 'skip' in opened.value ? [{ kind: 'confirmed', id: opened.value.skip.id, bytes }] : []
}

function conflictPart<Tx extends DeliveryTx>(
  inbox: InboxPorts<Tx>,
  came: Uint8Array,
  peer: string,
  bytes: Uint8Array,
): ParcelPart[] {
  const opened = inbox.open(came, peer)
  return opened.ok && 'message' in opened.value ? [{ kind: 'conflict', id: opened.value.message.id, bytes }] : []
}
