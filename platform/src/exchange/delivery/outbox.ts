/**
 * The outbox: a message is queued in the transaction of the decision that it carries, and is tried until a verified receipt is
 * stored or its deadline has passed. Its bytes never change between attempts; no transaction is open while the network is asked.
 */
import { inGroups } from './groups.ts'
import type { Answer, DeliveryTx, Digest, Leased, OutboxPorts, Outgoing, Settled } from './ports.ts'

/** The first wait is up to this long, each next one up to twice as long. */
export const FIRST_WAIT_MS = 200
export const LONGEST_WAIT_MS = 600_000
/** Nobody waits for a message whose time is over: a receipt is asked for this seldom at last. */
export const LONGEST_ASK_MS = 6 * 3_600_000
/** How long a worker may take over one attempt before another may have the row: longer than it waits for an answer. */
export const LEASE_MS = 60_000
/** How many times running one refusal is taken before the message is put aside. */
export const SAME_REFUSALS = 5
/** How long after its deadline a receipt is still asked for. */
export const ASKED_FOR_MS = 7 * 86_400_000

/** A place in an exchange, for a message to be made for it. */
export type Place = { readonly exchange: Digest | null; readonly seq: number; readonly prev: Digest | null }

export type Packed = {
  readonly id: string
  readonly type: string
  readonly digest: Digest
  readonly envelope: Uint8Array
}

export type Draft = {
  readonly peer: string
  /** null opens an exchange. */
  readonly exchange: Digest | null
  readonly caseId: string | null
  /** In milliseconds since the epoch. */
  readonly deadline: number
  readonly pack: (place: Place) => Packed
}

/** Queues a message inside the transaction of the act that it follows from. */
export async function queueMessage<Tx extends DeliveryTx>(
  tx: Tx,
  { me, now }: { readonly me: string; readonly now: number },
  { peer, exchange, caseId, deadline, pack }: Draft,
): Promise<Outgoing> {
  const [, chain] =
    exchange === null ? [null, null] : await Promise.all([tx.lock(exchange, me), tx.chain(exchange, me)])
  const place: Place = { exchange, seq: (chain?.seq ?? 0) + 1, prev: chain?.digest ?? null }
  const packed = pack(place)
  const opened = exchange ?? packed.digest
  if (exchange === null) await tx.putExchange({ id: opened, opener: me, other: peer })
  const row: Outgoing = {
    ...packed,
    peer,
    exchange: opened,
    opens: exchange === null,
    seq: place.seq,
    caseId,
    deadline,
    state: 'queued',
    attempts: 0,
    nextAt: now,
    leasedUntil: 0,
    problem: null,
    receipt: null,
    skip: null,
    skipped: false,
  }
  await tx.addOutgoing(row)
  return row
}

export type Load = { readonly limit: number; readonly perPeer: number; readonly leaseMs?: number }

/** One round: gives up what is overdue, then tries what is due, all at once. Answers how many rows it saw. */
export async function sendDue<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  load: Load,
  settle: Settling = openSettling(ports),
): Promise<number> {
  const overdue = await giveUpOverdue(ports, load.limit)
  const leased = await leaseDue(ports, load)
  await Promise.all(leased.map((row) => attempt(ports, row, settle)))
  return overdue + leased.length
}

/** Ends the attempts for messages whose deadline has passed; answers for how many. */
export function giveUpOverdue<Tx extends DeliveryTx>(ports: OutboxPorts<Tx>, limit: number): Promise<number> {
  return ports.store.transaction(async (tx) => {
    const rows = await tx.overdue(ports.now(), limit)
    for (const { id } of rows) {
      // Where the one before it has opened their exchange, it was given up with that.
      const row = await tx.outgoing(id)
      if (row?.state === 'queued') await giveUp(ports, tx, row, 'non-delivered', { how: 'non-delivered' })
    }
    return rows.length
  })
}

/** Messages that are due and now this worker's, for `attempt`. */
export function leaseDue<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  { limit, perPeer, leaseMs = LEASE_MS }: Load,
): Promise<readonly Leased[]> {
  return ports.store.transaction((tx) => tx.lease(ports.now(), ports.now() + leaseMs, limit, perPeer))
}

/** For attempts that take long and go on: nobody else gets these rows before `until`. */
export async function keepLeases<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  leased: readonly Leased[],
  until: number,
): Promise<void> {
  await ports.store.transaction(async (tx) => {
    for (const { id, attempts } of leased) {
      const now = await tx.outgoing(id)
      const isHeld = now?.attempts === attempts && isOpen(now) && now.leasedUntil > 0
      if (isHeld) await tx.changeOutgoing({ ...now, leasedUntil: until })
    }
  })
}

/** One attempt for a leased row. */
export async function attempt<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  row: Leased,
  settle: Settling = openSettling(ports),
): Promise<void> {
  await settle({ row, answer: await asked(ports, row) })
}

export type Answered = { readonly row: Leased; readonly answer: Answer }
export type Settling = (answered: Answered) => Promise<null>

/** Messages that are settled in one transaction. */
const MOST_TOGETHER = 64

/** Settles answers: those that come while others are being written are written next, in one transaction. */
export function openSettling<Tx extends DeliveryTx>(ports: OutboxPorts<Tx>, gather?: () => Promise<void>): Settling {
  return inGroups<Answered, null>((group) => settleAll(ports, group), {
    ...{ most: MOST_TOGETHER, atOnce: 1, gather },
    keyOf: ({ row }) => row.id,
  })
}

function settleAll<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  group: readonly Answered[],
): Promise<readonly null[]> {
  return ports.store.transaction(async (tx) => {
    const rows = await Promise.all(group.map(({ row }) => tx.outgoing(row.id)))
    for (const [at, { row, answer }] of group.entries()) {
      const now = rows[at]
      // Another worker has had it meanwhile, since this one took longer than its lease; or it was settled by a transaction whose
      // commit nobody heard of.
      if (now?.attempts === row.attempts && isOpen(now)) await settle(ports, tx, now, answer)
    }
    return group.map(() => null)
  })
}

/** What somebody has brought from the peer, checked as an answer over the wire is; false where it changes nothing. */
export function settleBrought<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  peer: string,
  id: string,
  answer: Extract<Answer, { kind: 'receipt' | 'conflict' }>,
): Promise<boolean> {
  return ports.store.transaction(async (tx) => {
    const row = await tx.outgoing(id)
    if (row?.peer !== peer || !isOpen(row)) return false
    // On the wire a wrong answer is asked for again; here there is nobody to ask, and the next attempt comes in its time.
    if (answer.kind === 'receipt' && !ports.readReceipt(answer.bytes, row).ok) return false
    if (answer.kind === 'conflict' && (row.state !== 'queued' || !ports.isConflict(answer.evidence, row))) return false
    await settle(ports, tx, row, answer)
    return true
  })
}

/** That the peer has understood our note; false where the bytes do not say so, or it was known. */
export function confirmBrought<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  peer: string,
  id: string,
  bytes: Uint8Array,
): Promise<boolean> {
  return ports.store.transaction(async (tx) => {
    const row = await tx.outgoing(id)
    if (row?.peer !== peer || row.skip === null || row.skipped || !ports.isSkipReceipt(bytes, row)) return false
    await tx.changeOutgoing({ ...row, skipped: true })
    return true
  })
}

function isOpen({ state }: Outgoing): boolean {
  return state === 'queued' || state === 'non-delivered'
}

async function asked<Tx extends DeliveryTx>(ports: OutboxPorts<Tx>, row: Leased): Promise<Answer> {
  if (row.state === 'non-delivered') return ports.ask(row.peer, row.id)
  if (row.opens && !ports.mayOpen(row.peer)) return { kind: 'problem', code: 'DIRECTORY_EXPIRED', again: true }
  return (await closeGaps(ports, row)) ? ports.post(row.peer, row.envelope) : { kind: 'silence' }
}

/** Tells the receiver of places before this one that stay empty; false where it has not confirmed that yet. */
async function closeGaps<Tx extends DeliveryTx>(ports: OutboxPorts<Tx>, row: Leased): Promise<boolean> {
  if (!row.afterGap) return true
  const gaps = await ports.store.transaction((tx) => tx.gapsBefore(row.exchange, row.seq))
  for (const gap of gaps) {
    const answer = await ports.post(gap.peer, gap.skip ?? ports.sealSkip(gap))
    if (answer.kind !== 'receipt' || !ports.isSkipReceipt(answer.bytes, gap)) return false
    await ports.store.transaction(async (tx) => {
      const now = await tx.outgoing(gap.id)
      if (now) await tx.changeOutgoing({ ...now, skipped: true })
    })
  }
  return true
}

async function settle<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  tx: Tx,
  row: Outgoing,
  answer: Answer,
): Promise<void> {
  if (answer.kind === 'receipt') {
    const receipt = ports.readReceipt(answer.bytes, row)
    if (!receipt.ok) return again(ports, tx, row, null)
    await tx.changeOutgoing({ ...row, state: receipt.value.outcome, receipt: answer.bytes, leasedUntil: 0 })
    return ports.settled(tx, row, { how: 'receipt', receipt: receipt.value })
  }
  if (row.state === 'non-delivered' || answer.kind === 'silence' || answer.kind === 'held')
    return again(ports, tx, row, null)
  if (answer.kind === 'conflict') {
    // Who says so without proof is asked again, until the deadline.
    if (!ports.isConflict(answer.evidence, row)) return again(ports, tx, row, null)
    return giveUp(ports, tx, row, 'conflict', { how: 'conflict', evidence: answer.evidence })
  }
  if (answer.again) return again(ports, tx, row, null)
  const times = row.problem?.code === answer.code ? row.problem.times + 1 : 1
  if (times < SAME_REFUSALS) return again(ports, tx, row, { code: answer.code, times })
  const { code } = answer
  await giveUp(ports, tx, { ...row, problem: { code, times } }, 'quarantined', { how: 'quarantined', code })
}

/** Full jitter: any wait up to the bound is as likely, so that senders who failed together do not come back together. */
async function again<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  tx: Tx,
  row: Outgoing,
  problem: Outgoing['problem'],
): Promise<void> {
  const longest = row.state === 'non-delivered' ? LONGEST_ASK_MS : (ports.longestWaitMs ?? LONGEST_WAIT_MS)
  const bound = Math.min(longest, FIRST_WAIT_MS * 2 ** Math.min(row.attempts, 30))
  await tx.changeOutgoing({
    ...row,
    nextAt: ports.now() + Math.ceil(ports.random() * bound),
    leasedUntil: 0,
    problem,
  })
}

/**
 * Ends the attempts without a receipt. What waits behind it in the exchange can go on, since a signed note says that its place
 * stays empty; behind a message that would have opened the exchange nothing can.
 */
async function giveUp<Tx extends DeliveryTx>(
  ports: OutboxPorts<Tx>,
  tx: Tx,
  row: Outgoing,
  state: 'non-delivered' | 'quarantined' | 'conflict',
  why: Settled,
): Promise<void> {
  const skip = row.opens ? null : ports.sealSkip(row)
  await tx.changeOutgoing({ ...row, state, skip, leasedUntil: 0, nextAt: ports.now() })
  await ports.settled(tx, row, why)
  if (!row.opens) return
  for (const one of await tx.behind(row.exchange, row.seq)) {
    await tx.changeOutgoing({ ...one, state: 'non-delivered', leasedUntil: 0, nextAt: ports.now() })
    await ports.settled(tx, one, { how: 'non-delivered' })
  }
}
