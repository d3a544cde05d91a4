/**
 * Where files of other agencies come in: only what an accepted message of the same sender names, of the size that it says, in pieces
 * that follow on each other. A piece is kept for good before the sender is told so; the last word is the digest over what is kept.
 *
 * A refusal that shows something of its sender leaves an entry in the journal with the signed request, so that it can be shown later.
 */
import { createHash } from 'node:crypto'
import { type Attachment, attachmentReceiptForm, packStatement, type Signer } from '../../exchange/wire/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import type { BlobStore } from '../../io/vault/index.ts'
import { type Json, ok, orStop, type Refusal, refuse } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import { tooLarge } from './attachment-desk.ts'
import { type AcceptedMessage, acceptedMessage } from './attachment-named.ts'
import { PIECE_BYTES, type Quarantined, quarantine } from './attachment-quarantine.ts'
import { type InFile, inFileState } from './attachment-rows.ts'
import type { Asked, ExchangeRoute, Given } from './exchange-route.ts'
import { ENVELOPE_TYPE } from './exchange-server.ts'

export const ATTACHMENTS_PATH = '/comity/v1/attachments/'
export const PIECE_TYPE = 'application/octet-stream'
export const MESSAGE_FIELD = 'comity-message'
export const PUT_COVERS = ['@method', '@target-uri', 'content-type', 'content-digest', 'content-range', MESSAGE_FIELD]
export const GET_COVERS = ['@method', '@target-uri', MESSAGE_FIELD]

/** How long one piece may take on its way to the store before another attempt may write it. */
const LEASE_MS = 120_000
/** How long a sender is kept waiting while the digest over all of a large file is taken; then it asks again. */
const WAIT_MS = 15_000

export type AttachmentInboxSetting = {
  readonly me: string
  readonly door: Door
  readonly database: Database
  readonly keys: NodeKeys
  readonly blobs: BlobStore
  readonly signer: Signer
  readonly now: () => number
  /** For tests: called at each step, may end the process. */
  readonly failpoint?: (step: string) => void
}

type Named = { readonly message: AcceptedMessage; readonly index: number; readonly part: Attachment }
type Standing = { readonly row: InFile; readonly file: Quarantined; readonly named: Named }

/** The routes of the exchange server for files. */
export function attachmentRoutes(setting: AttachmentInboxSetting): readonly ExchangeRoute[] {
  const { me, door, database, keys, now } = setting
  const failpoint = setting.failpoint ?? (() => {})
  const pieces = quarantine(setting.blobs, keys)
  const finishing = new Map<string, Promise<Given>>()
  const journalled = new Set<string>()
  return [
    {
      method: 'PUT',
      path: ATTACHMENTS_PATH,
      components: PUT_COVERS,
      body: { type: PIECE_TYPE, most: PIECE_BYTES },
      counts: 'pieces',
      answer: put,
    },
    { method: 'GET', path: ATTACHMENTS_PATH, components: GET_COVERS, body: null, counts: 'pieces', answer: get },
  ]

  async function get(asked: Asked): Promise<Given> {
    const named = await namedBy(asked)
    if ('refusal' in named) return named
    const row = await rowOf(named)
    if (row === null) return progress(0)
    const standing = standingOf(row, named)
    return Number(row.received) === standing.file.size ? finish(standing, asked) : progress(Number(row.received))
  }

  async function put(asked: Asked): Promise<Given> {
    const named = await namedBy(asked)
    if ('refusal' in named) return named
    const { part } = named
    const range = rangeOf(asked)
    const most = asked.peer.limits.attachmentBytes ?? 0
    if (part.cipherSize > most) return shown(asked, 413, tooLarge(part.cipherSize, most), named)
    if (range === null || range.size !== part.cipherSize || !isPiece(range, asked.body.length))
      return shown(
        asked,
        422,
        refuse('EXCHANGE_ATTACHMENT_RANGE', 'These bytes are no piece of the file that the message names.', {
          place: 'Content-Range',
          fix: `Send pieces of ${PIECE_BYTES} bytes, the last as long as what is left, of a cipher as long as the header says.`,
        }),
        named,
      )
    const row = (await rowOf(named)) ?? (await begin(named))
    const standing = standingOf(row, named)
    const { file } = standing
    if (Number(row.received) === file.size) return finish(standing, asked)
    const leased = await lease(file.id, range.first)
    if (!leased) {
      const at = Number((await rowOf(named))?.received ?? 0)
      if (at !== range.first) return progress(at, 409)
      return given(
        503,
        refuse('EXCHANGE_ATTACHMENT_BUSY', 'This piece is arriving already.', { fix: 'Try again in a moment.' }),
      )
    }
    failpoint('piece-leased')
    const after = range.first + asked.body.length
    try {
      await pieces.keep(file, range.first / PIECE_BYTES, asked.body)
    } catch (thrown) {
      // It may be tried again at once.
      await advance(file.id, range.first, range.first).catch(() => {})
      throw thrown
    }
    failpoint('piece-kept')
    await advance(file.id, range.first, after)
    failpoint('piece-counted')
    return after === file.size ? finish(standing, asked) : progress(after)
  }

  async function namedBy(asked: Asked): Promise<Named | Extract<Given, { refusal: Refusal }>> {
    const [, id] = /^"([0-9a-f-]{36})"$/.exec(asked.field(MESSAGE_FIELD) ?? '') ?? []
    const message =
      id === undefined ? null : await database.transaction((sql) => acceptedMessage(sql, keys, asked.peer.id, id))
    const index = message?.attachments.findIndex(({ cipherDigest }) => cipherDigest === asked.rest) ?? -1
    const part = message?.attachments[index]
    if (message && part) return { message, index, part }
    return shown(
      asked,
      422,
      refuse('EXCHANGE_ATTACHMENT_UNASKED', 'No message of yours that was accepted here names this file.', {
        place: MESSAGE_FIELD,
        fix: 'Send the message first, and then what its header names.',
      }),
      null,
    )
  }

  async function rowOf({ message, index }: Named): Promise<InFile | null> {
    const [row] = await database.query<InFile>(
      'SELECT * FROM attachment_in WHERE sender = $1 AND message_id = $2 AND file_index = $3',
      [message.from, message.id, index],
    )
    return row ?? null
  }

  async function begin(named: Named): Promise<InFile> {
    const { message, index, part } = named
    // Two at once make one row, and both go on with it.
    await database.query(
      `INSERT INTO attachment_in (sender, message_id, file_index, id, case_id, cipher_digest, cipher_size, leased_until, state, at)
       VALUES ($1, $2, $3, gen_random_uuid(), $4, $5, $6, to_timestamp(0), 'arriving', $7) ON CONFLICT DO NOTHING`,
      [message.from, message.id, index, message.caseId, part.cipherDigest, part.cipherSize, new Date(now())],
    )
    return (await rowOf(named)) as InFile
  }

  async function lease(id: string, first: number): Promise<boolean> {
    const [row] = await database.query(
      `UPDATE attachment_in SET leased_until = $3 WHERE id = $1 AND received = $2 AND state = 'arriving' AND leased_until <= $4 RETURNING id`,
      [id, first, new Date(now() + LEASE_MS), new Date(now())],
    )
    return row !== undefined
  }

  async function advance(id: string, from: number, to: number): Promise<void> {
    await database.query(
      `UPDATE attachment_in SET received = $3, leased_until = to_timestamp(0) WHERE id = $1 AND received = $2 AND state = 'arriving'`,
      [id, from, to],
    )
  }

  /** Once for all who ask at one time; who would wait too long is told that all of it is here, and asks again for the receipt. */
  async function finish(standing: Standing, asked: Asked): Promise<Given> {
    const { row, file } = standing
    if (row.receipt) return receipt(row.receipt)
    const running = finishing.get(file.id) ?? finishOnce(standing, asked).finally(() => finishing.delete(file.id))
    finishing.set(file.id, running)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Given>((resolve) => {
      timer = setTimeout(() => resolve(progress(file.size)), WAIT_MS)
    })
    return Promise.race([running, late]).finally(() => clearTimeout(timer))
  }

  async function finishOnce({ file, named }: Standing, asked: Asked): Promise<Given> {
    const { message, part } = named
    if ((await pieces.digest(file)) !== part.cipherDigest) {
      await advance(file.id, file.size, 0)
      return shown(
        asked,
        422,
        refuse(
          'EXCHANGE_ATTACHMENT_DIFFERS',
          'What came is not the file that the message names; none of it was kept.',
          {
            place: 'cipherDigest',
            fix: 'Send it again from the beginning; if it stays so, send the message anew.',
          },
        ),
        named,
      )
    }
    failpoint('digest-right')
    const bytes = orStop(
      await door.asNode<Uint8Array>(async ({ sql, records, now: at }) => {
        const made = orStop(
          packStatement(
            attachmentReceiptForm,
            {
              ...{ v: 1, message: { id: message.id, digest: message.digest }, attachment: part.cipherDigest },
              ...{ size: part.cipherSize, from: message.from, to: me, at: new Date(at).toISOString() },
            },
            [setting.signer],
          ),
        )
        const [held] = await sql.query<InFile>(
          `UPDATE attachment_in SET state = 'held', receipt = $2, leased_until = to_timestamp(0), at = $3
           WHERE id = $1 AND state = 'arriving' RETURNING *`,
          [file.id, made, new Date(at)],
        )
        if (!held) {
          // Another process was quicker: its receipt stands.
          const [other] = await sql.query<InFile>('SELECT * FROM attachment_in WHERE id = $1', [file.id])
          return ok({ result: other?.receipt as Uint8Array, events: [] })
        }
        records.note(inFileState(held))
        const body = { from: message.from, attachment: part.cipherDigest, size: part.cipherSize }
        const event = { name: 'attachment.received', of: 'message', id: message.id, caseId: message.caseId, body }
        return ok({ result: made, events: [event] })
      }),
    )
    failpoint('receipt-kept')
    return receipt(bytes)
  }

  /** Refused, and kept as evidence: once for each sender, file and reason, so that repeating it fills no journal. */
  async function shown(
    asked: Asked,
    status: number,
    refused: ReturnType<typeof refuse>,
    named: Named | null,
  ): Promise<Extract<Given, { refusal: Refusal }>> {
    const { code } = refused.refusal
    const key = createHash('sha256')
      .update(`${asked.peer.id} ${asked.field(MESSAGE_FIELD)} ${asked.rest} ${code}`)
      .digest('hex')
    if (!journalled.has(key)) {
      if (journalled.size >= MOST_JOURNALLED) journalled.clear()
      journalled.add(key)
      const body: Json = { from: asked.peer.id, code, attempt: asked.attempt }
      const [id, caseId] = [named?.message.id ?? 'unknown', named?.message.caseId ?? null]
      orStop(
        await door.asNode(async () =>
          ok({ result: null, events: [{ name: 'attachment.refused', of: 'message', id, caseId, body }] }),
        ),
      )
    }
    return given(status, refused)
  }
}

const MOST_JOURNALLED = 10_000

function standingOf(row: InFile, named: Named): Standing {
  return { row, named, file: { id: row.id, caseId: row.case_id, size: Number(row.cipher_size) } }
}

function given(status: number, { refusal }: ReturnType<typeof refuse>) {
  return { status, refusal }
}

function receipt(body: Uint8Array): Given {
  return { status: 200, type: ENVELOPE_TYPE, body }
}

/** So many bytes are here for good. */
function progress(received: number, status = 202): Given {
  return { status, type: 'application/json', body: new TextEncoder().encode(JSON.stringify({ received })) }
}

type Range = { readonly first: number; readonly last: number; readonly size: number }

/** RFC 9110, 14.4. */
function rangeOf(asked: Asked): Range | null {
  const [, first, last, size] =
    /^bytes (0|[1-9][0-9]{0,15})-(0|[1-9][0-9]{0,15})\/([1-9][0-9]{0,15})$/.exec(asked.field('content-range') ?? '') ??
    []
  return first === undefined ? null : { first: Number(first), last: Number(last), size: Number(size) }
}

function isPiece({ first, last, size }: Range, length: number): boolean {
  return (
    first % PIECE_BYTES === 0 &&
    first < size &&
    last - first + 1 === Math.min(PIECE_BYTES, size - first) &&
    last - first + 1 === length
  )
}
