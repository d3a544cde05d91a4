/**
 * Files on their way out: once the peer has accepted the message, its files are sent in pieces from where the peer says that it is,
 * until there is a receipt that verifies, or until the message's time is over. The cipher never changes between attempts, and is
 * removed only when the receipt is stored.
 */
import { FIRST_WAIT_MS, LEASE_MS, LONGEST_WAIT_MS, SAME_REFUSALS } from '../../exchange/delivery/index.ts'
import { attachmentReceiptForm, type Keys, openStatement } from '../../exchange/wire/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import type { BlobStore, Vault } from '../../io/vault/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { type Event, ok, orStop } from '../../kernel/index.ts'
import type { Door, NodeWork } from '../door/door.ts'
import { sentName } from './attachment-desk.ts'
import { ATTACHMENTS_PATH, GET_COVERS, MESSAGE_FIELD, PIECE_TYPE, PUT_COVERS } from './attachment-inbox.ts'
import { PIECE_BYTES } from './attachment-quarantine.ts'
import { type OutFile, outFileState } from './attachment-rows.ts'
import { type Called, codeOf, type ExchangeClient } from './exchange-client.ts'
import type { Members } from './members.ts'
import { running } from './running.ts'

export type AttachmentOutboxSetting = {
  readonly me: string
  readonly door: Door
  readonly blobs: BlobStore
  readonly vault: Pick<Vault, 'clear' | 'removeObject'>
  readonly members: Members
  readonly client: Pick<ExchangeClient, 'call'>
  readonly now: () => number
  readonly random: () => number
  readonly leaseMs?: number
  readonly longestWaitMs?: number
  readonly failpoint?: (step: string) => void
}

export type AttachmentOutbox = {
  /** One round: what is due, at once. Answers how many files it tried. */
  sendDue(): Promise<number>
  /** Removes what nothing will be sent of any more, and what an interrupted act left. Answers how many files. */
  sweep(): Promise<number>
  run(alarm: (fault: unknown) => void): () => Promise<void>
}

type Leased = OutFile & { readonly message_digest: string }

type Outcome =
  | { readonly kind: 'receipt'; readonly bytes: Uint8Array }
  | { readonly kind: 'again'; readonly moved: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly moved: boolean }

const AT_ONCE = 4
const PULSE_MS = 2000
const SWEEP_MS = 600_000
/** A message may be accepted in its last moment; its files are tried for a day then. */
const AT_LEAST = `interval '1 day'`
/** An act that drafts a message is followed by its approvals, which hold for a day; after a month nobody will send it. */
const DRAFTS_FOR = `interval '30 days'`
const ENDED = `(o.state IN ('rejected', 'quarantined', 'conflict') OR (o.state = 'non-delivered' AND o.at < $1::timestamptz - interval '8 days'))`
const ENDS = `greatest(o.deadline, o.at + ${AT_LEAST})`

export function openAttachmentOutbox(setting: AttachmentOutboxSetting): AttachmentOutbox {
  const { me, door, blobs, members, client, now } = setting
  const failpoint = setting.failpoint ?? (() => {})
  const keys: Keys = { keyOf: (keyId) => members.keyOf(keyId), check: checkEd25519 }
  let sweepAt = 0
  return { sendDue, sweep, run: (alarm) => running(round, PULSE_MS, alarm) }

  async function round(): Promise<boolean> {
    if (now() >= sweepAt) {
      sweepAt = now() + SWEEP_MS
      await sweep()
    }
    return (await sendDue()) > 0
  }

  async function sendDue(): Promise<number> {
    await settleEnded()
    const leased = await asNode((work) => lease(work))
    await Promise.all(
      leased.map(async (row) => {
        const outcome = await send(row)
        await settle(row, outcome)
      }),
    )
    return leased.length
  }

  async function asNode<T>(work: (work: NodeWork, tell: (event: Event) => void) => Promise<T>): Promise<T> {
    return orStop(
      await door.asNode<T>(async (opened) => {
        const events: Event[] = []
        const result = await work(opened, (event) => events.push(event))
        return ok({ result, events })
      }),
    )
  }

  async function lease({ sql }: NodeWork): Promise<readonly Leased[]> {
    const at = now()
    return sql.query<Leased>(
      `WITH due AS (SELECT a.message_id, a.file_index, o.digest FROM attachment_out a JOIN message_out o ON o.id = a.message_id
         WHERE a.state = 'sealed' AND o.state = 'accepted' AND a.next_at <= $1 AND a.leased_until <= $1 AND ${ENDS} > $1
         ORDER BY a.next_at LIMIT ${AT_ONCE} FOR UPDATE OF a SKIP LOCKED)
       UPDATE attachment_out a SET attempts = a.attempts + 1, leased_until = $2 FROM due
       WHERE a.message_id = due.message_id AND a.file_index = due.file_index RETURNING a.*, due.digest AS message_digest`,
      [new Date(at), new Date(at + (setting.leaseMs ?? LEASE_MS))],
    )
  }

  /** What will not be sent: its message was not taken, its time is over, or it was never sent. */
  async function settleEnded(): Promise<void> {
    const at = new Date(now())
    await asNode(async ({ sql, records }, tell) => {
      const rows = await sql.query<OutFile>(
        `WITH ended AS (SELECT a.message_id, a.file_index, CASE WHEN o.state = 'accepted' THEN 'non-delivered' ELSE 'dropped' END AS how
           FROM attachment_out a LEFT JOIN message_out o ON o.id = a.message_id
           WHERE a.state = 'sealed' AND a.leased_until <= $1 AND ((o.state = 'accepted' AND ${ENDS} <= $1) OR ${ENDED}
             OR (o.id IS NULL AND a.at < $1::timestamptz - ${DRAFTS_FOR})) LIMIT 50 FOR UPDATE OF a SKIP LOCKED)
         UPDATE attachment_out a SET state = ended.how, version = a.version + 1, at = $1 FROM ended
         WHERE a.message_id = ended.message_id AND a.file_index = ended.file_index RETURNING a.*`,
        [at],
      )
      for (const row of rows) tellSettled(row, records, tell)
    })
  }

  async function send(row: Leased): Promise<Outcome> {
    let at = -1
    let asked = 0
    let moved = false
    let renewed = now()
    for (;;) {
      // Before the first piece, and once after the last: a peer that begins again from the start is left for the next attempt.
      if (at < 0 && ++asked > 2) return { kind: 'again', moved }
      const called = at < 0 ? await ask(row) : await put(row, at)
      const step = stepOf(row, called)
      if (step.kind !== 'at') return 'moved' in step ? { ...step, moved } : step
      const whole = step.at === Number(row.cipher_size)
      // All is there, and the receipt is not made yet: it is asked for again later.
      if (at < 0 && (whole || asked > 1)) return { kind: 'again', moved }
      if (at >= 0 && step.at > at) moved = true
      // The peer has thrown away what it had, or does not go on.
      else if (at >= 0) return { kind: 'again', moved }
      at = whole ? -1 : step.at
      if (now() - renewed < (setting.leaseMs ?? LEASE_MS) / 4) continue
      renewed = now()
      if (!(await renew(row))) return { kind: 'again', moved }
    }
  }

  async function ask(row: Leased): Promise<Called | null> {
    return client.call(row.peer, {
      method: 'GET',
      path: `${ATTACHMENTS_PATH}${row.cipher_digest}`,
      headers: { [MESSAGE_FIELD]: `"${row.message_id}"` },
      components: GET_COVERS,
    })
  }

  async function put(row: Leased, at: number): Promise<Called | null> {
    const size = Number(row.cipher_size)
    const last = Math.min(at + PIECE_BYTES, size) - 1
    const parts: Uint8Array[] = []
    for await (const part of blobs.read(sentName(row.blob), at, last)) parts.push(part)
    const called = await client.call(row.peer, {
      method: 'PUT',
      path: `${ATTACHMENTS_PATH}${row.cipher_digest}`,
      headers: {
        'content-type': PIECE_TYPE,
        'content-range': `bytes ${at}-${last}/${size}`,
        [MESSAGE_FIELD]: `"${row.message_id}"`,
      },
      components: PUT_COVERS,
      body: Buffer.concat(parts),
    })
    failpoint('piece-sent')
    return called
  }

  function stepOf(row: Leased, called: Called | null): Outcome | { readonly kind: 'at'; readonly at: number } {
    if (called === null || called.status === 401) return { kind: 'again', moved: false }
    const { status, bytes } = called
    if (status === 200) return isReceipt(bytes, row) ? { kind: 'receipt', bytes } : { kind: 'again', moved: false }
    if (status === 202 || status === 409) {
      const at = receivedIn(bytes, Number(row.cipher_size))
      return at === null ? { kind: 'again', moved: false } : { kind: 'at', at }
    }
    const code = codeOf(bytes)
    if (code === null || status === 429 || status >= 500) return { kind: 'again', moved: false }
    return { kind: 'refused', code, moved: false }
  }

  function isReceipt(bytes: Uint8Array, row: Leased): boolean {
    const opened = openStatement(attachmentReceiptForm, bytes, keys)
    if (!opened.ok) return false
    const { message, attachment, size, from, to } = opened.value.value
    return (
      message.id === row.message_id &&
      message.digest === row.message_digest &&
      attachment === row.cipher_digest &&
      size === Number(row.cipher_size) &&
      from === me &&
      to === row.peer
    )
  }

  /** False where another worker has it meanwhile. */
  async function renew(row: Leased): Promise<boolean> {
    const until = new Date(now() + (setting.leaseMs ?? LEASE_MS))
    const kept = await asNode(({ sql }) =>
      sql.query(
        `UPDATE attachment_out SET leased_until = $4
         WHERE message_id = $1 AND file_index = $2 AND attempts = $3 AND state = 'sealed' RETURNING blob`,
        [row.message_id, row.file_index, row.attempts, until],
      ),
    )
    return kept.length > 0
  }

  async function settle(row: Leased, outcome: Outcome): Promise<void> {
    const settled = await asNode(async ({ sql, records }, tell) => {
      const { message_id, file_index, attempts } = row
      const [mine] = await sql.query<OutFile>(
        `SELECT * FROM attachment_out WHERE message_id = $1 AND file_index = $2 AND attempts = $3 AND state = 'sealed' FOR UPDATE`,
        [message_id, file_index, attempts],
      )
      if (!mine) return false
      if (outcome.kind === 'receipt') return end(sql, 'delivered', outcome.bytes, null)
      const code = outcome.kind === 'refused' ? outcome.code : null
      const times = code === null ? 0 : mine.problem === code ? mine.problem_times + 1 : 1
      if (times >= SAME_REFUSALS) return end(sql, 'refused', null, code)
      // Where something has got through, the line is there again: the waits begin anew.
      const tries = outcome.moved ? 1 : attempts
      const bound = Math.min(setting.longestWaitMs ?? LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 30))
      await sql.query(
        `UPDATE attachment_out SET next_at = $3, leased_until = to_timestamp(0), problem = $4, problem_times = $5, attempts = $6
         WHERE message_id = $1 AND file_index = $2`,
        [message_id, file_index, new Date(now() + Math.ceil(setting.random() * bound)), code, times, tries],
      )
      return false

      async function end(sql: Sql, state: OutFile['state'], receipt: Uint8Array | null, problem: string | null) {
        const [ended] = await sql.query<OutFile>(
          `UPDATE attachment_out SET state = $3, receipt = $4, problem = $5, version = version + 1, at = $6
           WHERE message_id = $1 AND file_index = $2 RETURNING *`,
          [message_id, file_index, state, receipt, problem, new Date(now())],
        )
        tellSettled(ended as OutFile, records, tell)
        return true
      }
    })
    if (settled) await removeSent(row)
  }

  function tellSettled(row: OutFile, records: NodeWork['records'], tell: (event: Event) => void): void {
    records.note(outFileState(row))
    const { message_id: id, case_id: caseId, peer, cipher_digest: attachment, state, problem } = row
    const body = { peer, attachment, state, ...(problem === null ? {} : { code: problem }) }
    tell({ name: 'attachment.settled', of: 'message', id, caseId, body })
  }

  async function removeSent({ message_id, file_index, blob }: OutFile): Promise<void> {
    failpoint('receipt-stored')
    await blobs.remove(sentName(blob))
    await asNode(({ sql }) =>
      sql.query('UPDATE attachment_out SET is_kept = false WHERE message_id = $1 AND file_index = $2', [
        message_id,
        file_index,
      ]),
    )
  }

  async function sweep(): Promise<number> {
    const ended = await asNode(({ sql }) =>
      sql.query<OutFile>(`SELECT * FROM attachment_out WHERE is_kept AND state <> 'sealed' ORDER BY at LIMIT 1000`),
    )
    for (const row of ended) await removeSent(row)
    const drafts = await asNode(({ sql }) =>
      sql.query<{ id: string; what: string; case_id: string | null }>(
        `SELECT id, what, case_id FROM attachment_draft WHERE what <> 'pieces' AND at < $1::timestamptz - interval '1 day' LIMIT 1000`,
        [new Date(now())],
      ),
    )
    for (const { id, what, case_id: caseId } of drafts) {
      if (what === 'cipher') await blobs.remove(sentName(id))
      else {
        await setting.vault.clear(id)
        if (caseId !== null) await setting.vault.removeObject({ id, caseId })
      }
      await asNode(({ sql }) => sql.query('DELETE FROM attachment_draft WHERE id = $1', [id]))
    }
    return ended.length + drafts.length
  }
}

function receivedIn(bytes: Uint8Array, size: number): number | null {
  try {
    const { received } = JSON.parse(new TextDecoder().decode(bytes)) as { received?: unknown }
    const isPlace = Number.isSafeInteger(received) && (received as number) >= 0 && (received as number) <= size
    return isPlace && ((received as number) % PIECE_BYTES === 0 || received === size) ? (received as number) : null
  } catch {
    return null
  }
}
