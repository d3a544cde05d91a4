/**
 * The inbox: what a message does, its place in the exchange, and the receipt commit together or not at all. A message that comes
 * again gets the receipt of the first time; another one under its id or in its place is proof against its sender.
 */
import { type Refusal, type Result, refuse } from '../../kernel/index.ts'
import { inGroups } from './groups.ts'
import type { Arrived, Chain, DeliveryTx, Digest, Exchange, InboxPorts, Receipt, Received, Skip } from './ports.ts'

/** How many messages may wait for one that is missing before them. */
export const HELD_AHEAD = 64

const SKIPPED: Refusal = {
  code: 'EXCHANGE_SKIPPED',
  message: 'The sender has said that this place stays empty.',
  place: 'header/seq',
  fix: 'Send what the message says in a new one.',
}

export type Reply =
  | { readonly kind: 'receipt'; readonly bytes: Uint8Array }
  | { readonly kind: 'held' }
  | { readonly kind: 'conflict'; readonly evidence: Uint8Array }
  | { readonly kind: 'problem'; readonly refusal: Refusal }

/** `peer`: whom the connection belongs to, by its certificate. */
export async function receive<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  bytes: Uint8Array,
  peer: string,
): Promise<Reply> {
  const opened = ports.open(bytes, peer)
  if (!opened.ok) return { kind: 'problem', refusal: opened.refusal }
  const [reply] = await takeAll(ports, [opened.value])
  return reply as Reply
}

/** Messages that share a transaction: few enough that nobody waits long for the others. */
const MOST_TOGETHER = 32

/**
 * As `receive`, for a process that takes many: what arrives while others are being written is written next, in one transaction.
 * Nobody is answered before its commit, and what one of them is refused for undoes none of the others.
 */
export function openInbox<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  gather?: () => Promise<void>,
): (bytes: Uint8Array, peer: string) => Promise<Reply> {
  const take = inGroups<Came, Reply>((group) => takeAll(ports, group), {
    ...{ most: MOST_TOGETHER, atOnce: 2, gather },
    keyOf: (came) => chainOf('skip' in came ? came.skip : came.message),
  })
  return async (bytes, peer) => {
    const opened = ports.open(bytes, peer)
    return opened.ok ? take(opened.value) : { kind: 'problem', refusal: opened.refusal }
  }
}

type Came = { readonly message: Arrived } | { readonly skip: Skip }

function chainOf({ exchange, from, digest }: Pick<Arrived, 'exchange' | 'from' | 'digest'>): string {
  return `${exchange ?? digest} ${from}`
}

/** Of a group, each says something in a chain of its own, so that what was read for all before the first is true for the last. */
function takeAll<Tx extends DeliveryTx>(ports: InboxPorts<Tx>, group: readonly Came[]): Promise<readonly Reply[]> {
  return ports.store.transaction(async (tx) => {
    const steps = await Promise.all(
      group.map(async (came) =>
        'skip' in came ? await seenSkip(ports, tx, came.skip) : await seenMessage(ports, tx, came.message),
      ),
    )
    const replies: Reply[] = []
    for (const step of steps) replies.push(await step())
    return replies
  })
}

/** The receipt that was given for a message, for a sender who has lost it; null where there is none. */
export async function receiptOf<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  peer: string,
  id: string,
): Promise<Uint8Array | null> {
  return ports.store.transaction(async (tx) => (await tx.received(peer, id))?.receipt ?? null)
}

/** Reads what there is to know, and answers what is then to be done. */
async function seenMessage<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  message: Arrived,
): Promise<() => Promise<Reply>> {
  const { from, id, seq, digest } = message
  const exchange = message.exchange ?? digest
  // Asked at one time, and answered in this order: nothing else writes to this chain once the lock is had.
  const [, known, parties, chain, after] = await Promise.all([
    tx.lock(exchange, from),
    tx.received(from, id),
    tx.exchange(exchange),
    tx.chain(exchange, from),
    tx.receivedAt(exchange, from, seq + 1),
  ])
  // Before what the group does, so that the exchanges which it opens are one statement.
  if (message.exchange === null && !known && checkPlace(message, parties, chain).ok && chain === null)
    await tx.putExchange({ id: exchange, opener: from, other: message.to })
  return () => takeMessage(ports, tx, message, exchange, { known, parties, chain, after })
}

type Seen = {
  readonly known: Received | null
  readonly parties: Exchange | null
  readonly chain: Chain | null
  readonly after: Received | null
}

async function takeMessage<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  message: Arrived,
  exchange: Digest,
  { known, parties, chain, after }: Seen,
): Promise<Reply> {
  const { from, seq, digest } = message
  if (known && known.digest !== digest) return conflict(ports, tx, known.envelope, message.envelope)
  if (known?.receipt) return { kind: 'receipt', bytes: known.receipt }
  const place = checkPlace(message, parties, chain)
  if (!place.ok) return { kind: 'problem', refusal: place.refusal }
  if (place.value !== 'next') {
    const other = await tx.receivedAt(exchange, from, seq)
    if (other && other.digest !== digest && other.state !== 'skipped')
      return conflict(ports, tx, other.envelope, message.envelope)
    if (place.value === 'taken') return { kind: 'problem', refusal: SKIPPED }
    if (!known) await tx.putReceived(rowOf(message, exchange, 'held', null, null, ports.now()))
    return { kind: 'held' }
  }
  const bytes = await act(ports, tx, message, exchange, chain)
  if (after?.state === 'held') await takeHeld(ports, tx, after)
  return { kind: 'receipt', bytes }
}

/** `next`: its turn; `early`: one before it is missing; `taken`: something stands there, or it was given up. */
function checkPlace(
  { exchange, from, to, seq, prev }: Arrived,
  known: Exchange | null,
  chain: Chain | null,
): Result<'next' | 'early' | 'taken'> {
  if (exchange === null) {
    if (seq !== 1 || prev !== null)
      return refuse('EXCHANGE_PLACE', 'A message that opens an exchange is the first of its sender.', {
        place: 'header/seq',
      })
    return { ok: true, value: chain === null ? 'next' : 'taken' }
  }
  if (!isBetween(known, from, to))
    return refuse('EXCHANGE_UNKNOWN', 'There is no such exchange between these two.', {
      place: 'header/exchange',
      fix: 'Open an exchange first.',
    })
  const next = (chain?.seq ?? 0) + 1
  if (seq < next) return { ok: true, value: 'taken' }
  if (seq > next + HELD_AHEAD)
    return refuse('EXCHANGE_PLACE', `Place ${seq} is too far ahead: the next one here is ${next}.`, {
      place: 'header/seq',
      fix: 'Send what is missing first.',
    })
  return { ok: true, value: seq === next ? 'next' : 'early' }
}

function isBetween(known: Exchange | null, from: string, to: string): boolean {
  const parties = known ? [known.opener, known.other] : []
  return parties.includes(from) && parties.includes(to)
}

/** The message is its sender's next one: it is carried out, or rejected with a reason; either way it has its place and its receipt. */
async function act<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  message: Arrived,
  exchange: Digest,
  chain: Chain | null,
): Promise<Uint8Array> {
  if (message.prev !== (chain?.digest ?? null))
    return keep(ports, tx, message, exchange, { outcome: 'rejected', code: 'EXCHANGE_PREV', caseId: null })
  const done = await tx.attempt(() => ports.apply(tx, message))
  return keep(
    ports,
    tx,
    message,
    exchange,
    done.ok
      ? { outcome: 'accepted', code: null, caseId: done.value.caseId }
      : { outcome: 'rejected', code: done.refusal.code, caseId: null },
  )
}

type Ending = Pick<Receipt, 'outcome' | 'code'> & { readonly caseId: string | null }

async function keep<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  message: Arrived,
  exchange: Digest,
  { outcome, code, caseId }: Ending,
): Promise<Uint8Array> {
  const at = ports.now()
  const { id, digest, from } = message
  const receipt = ports.sealReceipt({ outcome, code, id, digest, from: ports.me, to: from, at })
  // A message that was held is in its second version.
  const version = 'state' in message ? 2 : 1
  await tx.putReceived({ ...rowOf(message, exchange, outcome, receipt, caseId, at), version })
  return receipt
}

/** What waited for the one that has come now, as far as nothing is missing. */
async function takeHeld<Tx extends DeliveryTx>(ports: InboxPorts<Tx>, tx: Tx, first: Received): Promise<void> {
  const { exchange, from } = first
  let held: Received | null = first
  for (let round = 0; round < HELD_AHEAD && held?.state === 'held'; round++) {
    const chain: Chain | null = await tx.chain(exchange, from)
    await act(ports, tx, { ...held, to: ports.me }, exchange, chain)
    held = await tx.receivedAt(exchange, from, held.seq + 1)
  }
}

async function seenSkip<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  skip: Skip,
): Promise<() => Promise<Reply>> {
  const { exchange, from, seq } = skip
  const [, known, chain, stands, after] = await Promise.all([
    tx.lock(exchange, from),
    tx.exchange(exchange),
    tx.chain(exchange, from),
    tx.receivedAt(exchange, from, seq),
    tx.receivedAt(exchange, from, seq + 1),
  ])
  return () => takeSkip(ports, tx, skip, { known: stands, parties: known, chain, after })
}

async function takeSkip<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  skip: Skip,
  { known: stands, parties, chain, after }: Seen,
): Promise<Reply> {
  const { exchange, from, to, seq, digest, note } = skip
  const next = (chain?.seq ?? 0) + 1
  if (!isBetween(parties, from, to) || seq > next) {
    const refused = refuse('EXCHANGE_PLACE', 'No place in this exchange can be left empty here.', { place: 'seq' })
    return { kind: 'problem', refusal: refused.refusal }
  }
  if (seq === next) {
    // Held there, it was not lost after all; but its sender has given it up.
    const empty = { from, id: `skip ${exchange} ${seq}`, exchange, seq, prev: null, type: 'skip' }
    const row = { ...(stands ?? empty), digest, envelope: note, receipt: null, caseId: null, at: ports.now() }
    await tx.putReceived({ ...row, version: (stands?.version ?? 0) + 1, state: 'skipped' })
    if (after?.state === 'held') await takeHeld(ports, tx, after)
  }
  // In the place of a message that had arrived the note changes nothing: what was done was done, and its receipt can be asked for.
  return { kind: 'receipt', bytes: ports.sealSkipReceipt(skip, ports.now()) }
}

async function conflict<Tx extends DeliveryTx>(
  ports: InboxPorts<Tx>,
  tx: Tx,
  held: Uint8Array,
  came: Uint8Array,
): Promise<Reply> {
  return { kind: 'conflict', evidence: await ports.conflict(tx, held, came) }
}

function rowOf(
  message: Arrived,
  exchange: Digest,
  state: Received['state'],
  receipt: Uint8Array | null,
  caseId: string | null,
  at: number,
): Received {
  const { from, id, seq, prev, digest, type, envelope } = message
  return { from, id, version: 1, exchange, seq, prev, digest, type, envelope, state, receipt, caseId, at }
}
