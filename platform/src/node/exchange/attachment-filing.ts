/**
 * A message that belonged to no case has come under one: so do its files. Their pieces are sealed anew under the key of the case,
 * as another copy, which takes the place of the old one in one step; erasing the case then destroys them with it.
 */
import type { Database } from '../../io/postgres/index.ts'
import type { BlobStore } from '../../io/vault/index.ts'
import { type Event, ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import { PIECE_BYTES, quarantine } from './attachment-quarantine.ts'
import { type InFile, inFileState } from './attachment-rows.ts'

export type FilingSetting = {
  readonly database: Database
  readonly door: Door
  readonly keys: NodeKeys
  readonly blobs: BlobStore
  readonly now: () => number
}

/** Moves the files of messages that were filed, and removes copies that nothing names. Answers how many were moved. */
export async function fileAttachments({ database, door, keys, blobs, now }: FilingSetting): Promise<number> {
  const pieces = quarantine(blobs, keys)
  const moved = await database.exclusively('file-attachments', async () => {
    const rows = await database.query<InFile & { home: string }>(
      `SELECT a.*, m.case_id AS home FROM attachment_in a JOIN message_in m ON m.sender = a.sender AND m.id = a.message_id
       WHERE a.state = 'held' AND a.case_id IS NULL AND m.case_id IS NOT NULL LIMIT 100`,
    )
    for (const row of rows) if (keys.caseKey(row.home) !== null) await move(row)
    return rows.length
  })
  await removeOld()
  return moved ?? 0

  async function move(row: InFile & { home: string }): Promise<void> {
    const size = Number(row.cipher_size)
    const [fresh] = await database.query<{ id: string }>(
      `INSERT INTO attachment_draft (id, what, size, at) VALUES (gen_random_uuid(), 'pieces', $1, $2) RETURNING id`,
      [size, new Date(now())],
    )
    const { id } = fresh as { id: string }
    let piece = 0
    for await (const bytes of pieces.cipher({ id: row.id, caseId: null, size })) {
      if (bytes.length > PIECE_BYTES) throw new Error('a piece that is too long')
      await pieces.keep({ id, caseId: row.home, size }, piece++, bytes)
    }
    orStop(
      await door.asNode(async ({ sql, records, now: at }) => {
        const [filed] = await sql.query<InFile>(
          `UPDATE attachment_in SET id = $2, case_id = $3, version = version + 1, at = $4 WHERE id = $1 AND case_id IS NULL RETURNING *`,
          [row.id, id, row.home, new Date(at)],
        )
        if (!filed) return ok({ result: null, events: [] })
        await sql.query('DELETE FROM attachment_draft WHERE id = $1', [id])
        // The old copy is removed once this is decided, at once or by whoever comes next.
        await sql.query(
          `INSERT INTO attachment_draft (id, what, size, at) VALUES ($1, 'pieces', $2, to_timestamp(0))`,
          [row.id, size],
        )
        records.note(inFileState(filed))
        const body = { from: row.sender, attachment: row.cipher_digest }
        const event: Event = { name: 'attachment.filed', of: 'message', id: row.message_id, caseId: row.home, body }
        return ok({ result: null, events: [event] })
      }),
    )
  }

  async function removeOld(): Promise<void> {
    const old = await database.query<{ id: string; size: string }>(
      `SELECT id, size FROM attachment_draft WHERE what = 'pieces' AND at < $1::timestamptz - interval '1 day' LIMIT 1000`,
      [new Date(now())],
    )
    for (const { id, size } of old) {
      await pieces.remove({ id, caseId: null, size: Number(size) })
      await database.query('DELETE FROM attachment_draft WHERE id = $1', [id])
    }
  }
}
