/** The desk of attachments: files are sealed for a peer in the act that drafts their message, and opened when somebody takes them in. */

import type { Exhibit } from '../../evidence/custody/index.ts'
import type { VaultContent, VaultObject, VaultStore } from '../../evidence/vault/index.ts'
import { hpkeKeyIdOf, openingWith, sealingFor } from '../../exchange/attachments/crypto/index.ts'
import { CHUNK_BYTES, openAttachment, sealAttachment } from '../../exchange/attachments/index.ts'
import type { ArrivedAttachment, Attaching, AttachmentDesk, AttachmentPlace } from '../../exchange/desk/index.ts'
import type { Attachment } from '../../exchange/wire/index.ts'
import type { Database, Sql } from '../../io/postgres/index.ts'
import type { BlobStore, Vault } from '../../io/vault/index.ts'
import type { HpkeKey, HpkePublicKey } from '../../kernel/crypto/index.ts'
import { type ActionContext, ok, type Result, refuse, Stop } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'
import type { RecordWork } from '../store/records.ts'
import { acceptedMessage } from './attachment-named.ts'
import { quarantine } from './attachment-quarantine.ts'
import { type InFile, type OutFile, outFileState } from './attachment-rows.ts'

export type AttachmentDeskSetting = {
  readonly me: string
  readonly keys: NodeKeys
  readonly database: Database
  readonly blobs: BlobStore
  readonly vault: Vault
  /** The key of the peer to seal for, as the directory gives it now; null where it gives none. */
  readonly hpkeKeyOf: (peer: string) => HpkePublicKey | null
  /** The secret of this node's key of that id, also of one that is no longer given out; null where it is not ours. */
  readonly ownKey: (recipientKeyId: string) => HpkeKey | null
  /** The largest file that the directory lets this agency send, as it travels. */
  readonly largest: () => number
}

/** Where what is sent lies until the peer has it: sealed for the peer, so that this node itself cannot open it. */
export function sentName(blob: string): string {
  return `00000000-0000-0000-0000-000000000000/${blob}`
}

/** The port `attachments`, made anew for each act with its transaction. */
export function attachmentDesk(setting: AttachmentDeskSetting): (sql: Sql, records: RecordWork) => AttachmentDesk {
  const { keys, database, blobs, vault } = setting
  const pieces = quarantine(blobs, keys)
  return (sql, records) => {
    return { attach, discard, arrived, open, intoVault }

    async function attach(context: ActionContext, attaching: Attaching): Promise<Result<Attachment>> {
      const { caseId, peer, messageId, fileIndex, name, mime } = attaching
      const key = setting.hpkeKeyOf(peer)
      if (key === null)
        return refuse(
          'EXCHANGE_NO_MEMBER',
          `The directory gives no key now for which a file for ${peer} could be sealed.`,
          {
            place: '/peer',
            fix: 'See comity directory members, or ask its keepers.',
          },
        )
      const source = await sourceOf(context, attaching)
      if (!source.ok) return source
      const { size, plain } = source.value
      const blob = context.newId()
      await draft(blob, 'cipher', caseId, context.now)
      const sealing = sealAttachment(
        { name, mime, size, class: attaching.class },
        { messageId, fileIndex },
        plain,
        sealingFor(key),
      )
      const sealed: { part: Attachment | null } = { part: null }
      async function* cipher(): AsyncGenerator<Uint8Array> {
        sealed.part = yield* sealing
      }
      const kept = await refusing(() => blobs.write(sentName(blob), cipher()))
      if (!kept.ok) return kept
      const part = sealed.part as Attachment | null
      if (part === null) throw new Error('a file was sealed and has no part')
      if (part.cipherSize > setting.largest()) {
        await blobs.remove(sentName(blob))
        return tooLarge(part.cipherSize, setting.largest())
      }
      const [row] = await sql.query<OutFile>(
        `WITH gone AS (DELETE FROM attachment_draft WHERE id = $4)
         INSERT INTO attachment_out (message_id, file_index, peer, blob, cipher_digest, cipher_size, case_id, state, next_at, leased_until, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'sealed', $8, to_timestamp(0), $8) ON CONFLICT DO NOTHING RETURNING *`,
        [messageId, fileIndex, peer, blob, part.cipherDigest, part.cipherSize, caseId, context.now],
      )
      if (!row)
        return refuse('EXCHANGE_ATTACHMENT', `There is a file at place ${fileIndex} of this message already.`, {
          place: '/fileIndex',
          fix: 'Give each file a place of its own, and each message an id of its own.',
        })
      records.note(outFileState(row))
      return ok(part)
    }

    async function discard(context: ActionContext, messageId: string): Promise<void> {
      const rows = await sql.query<OutFile>(
        `UPDATE attachment_out SET state = 'dropped', version = version + 1, at = $2
         WHERE message_id = $1 AND state = 'sealed' AND NOT EXISTS (SELECT 1 FROM message_out WHERE id = $1) RETURNING *`,
        [messageId, context.now],
      )
      for (const row of rows) records.note(outFileState(row))
    }

    async function arrived(from: string, messageId: string): Promise<readonly ArrivedAttachment[]> {
      const message = await acceptedMessage(sql, keys, from, messageId)
      if (message === null) return []
      const rows = await sql.query<InFile>('SELECT * FROM attachment_in WHERE sender = $1 AND message_id = $2', [
        from,
        messageId,
      ])
      return message.attachments.map((part, index) => {
        const row = rows.find(({ file_index }) => file_index === index)
        return { index, part, state: row?.state ?? 'awaited', received: Number(row?.received ?? 0) }
      })
    }

    async function open(place: AttachmentPlace): Promise<Result<AsyncIterable<Uint8Array>>> {
      const found = await heldFile(sql, place)
      return found.ok ? ok(found.value.stream) : found
    }

    async function intoVault(
      context: ActionContext,
      place: AttachmentPlace,
      caseId: string,
    ): Promise<Result<VaultObject>> {
      const found = await heldFile(sql, place)
      if (!found.ok) return found
      const { part, stream } = found.value
      const id = context.newId()
      await draft(id, 'vault', caseId, context.now)
      const upload = { id, caseId, actor: context.actor.id, size: part.size, begunAt: context.now, abandoned: false }
      const stored = await refusing(async () => {
        // An empty stream is read all the same: what the header says of it is checked at its end.
        await vault.receive(upload, 0, stream)
        if (part.size === 0) for await (const _ of stream) throw new Error('an empty file with bytes')
        return vault.complete(upload)
      })
      if (!stored.ok) return stored
      if (stored.value === null) throw new Error('a file was opened to its end and is not whole')
      const store = context.port<VaultStore>('vault')
      await store.begin(upload)
      await store.finish(stored.value, context.now)
      await sql.query('DELETE FROM attachment_draft WHERE id = $1', [id])
      return ok(stored.value)
    }
  }

  async function heldFile(sql: Sql, { from, messageId, index }: AttachmentPlace) {
    const message = await acceptedMessage(sql, keys, from, messageId)
    const part = message?.attachments[index]
    const [row] = part
      ? await sql.query<InFile>(
          `SELECT * FROM attachment_in WHERE sender = $1 AND message_id = $2 AND file_index = $3 AND state = 'held'`,
          [from, messageId, index],
        )
      : []
    if (!part || !row)
      return refuse('EXCHANGE_ATTACHMENT_AWAITED', 'The file has not arrived, or no message here names it.', {
        place: `/attachments/${index}`,
        fix: 'Wait until all of it is here; ask its sender where it is late.',
      })
    const key = setting.ownKey(part.recipientKeyId)
    if (key === null || hpkeKeyIdOf(key.publicKey) !== part.recipientKeyId)
      return refuse('EXCHANGE_ATTACHMENT_KEY', 'The file is sealed for a key that this node does not have.', {
        place: `/attachments/${index}/recipientKeyId`,
        fix: 'Restore the key, or ask the sender to send the file for a key that the directory gives.',
      })
    const cipher = pieces.cipher({ id: row.id, caseId: row.case_id, size: Number(row.cipher_size) })
    const stream = openAttachment(part, { messageId, fileIndex: index }, cipher, openingWith(key))
    return ok({ part, stream })
  }

  /** Committed before a byte is written: whatever becomes of the act, what it wrote is found again. */
  async function draft(id: string, what: 'cipher' | 'vault', caseId: string | null, at: string): Promise<void> {
    await database.query('INSERT INTO attachment_draft (id, what, case_id, at) VALUES ($1, $2, $3, $4)', [
      ...[id, what, caseId, at],
    ])
  }

  async function sourceOf(
    context: ActionContext,
    { source, caseId }: Attaching,
  ): Promise<Result<{ readonly size: number; readonly plain: AsyncIterable<Uint8Array> }>> {
    if ('bytes' in source) return ok({ size: source.bytes.length, plain: inPieces(source.bytes) })
    const exhibit = await context
      .port<{ exhibit(id: string): Promise<Exhibit | null> }>('custody')
      .exhibit(source.exhibit)
    const id = exhibit !== null && exhibit.caseId === caseId ? exhibit.vaultObject : null
    const object = id === null ? null : await context.port<VaultStore>('vault').object(id)
    if (object === null)
      return refuse('EXCHANGE_ATTACHMENT_SOURCE', 'There is no such exhibit in this case with a file in the vault.', {
        place: '/source',
        fix: 'Name an exhibit of the case that has bytes here.',
      })
    return ok({ size: object.size, plain: context.port<VaultContent>('vault-content').read(object) })
  }
}

export function tooLarge(size: number, most: number): ReturnType<typeof refuse> {
  return refuse(
    'EXCHANGE_ATTACHMENT_LIMIT',
    `The file has ${size} bytes as it travels; the directory allows ${most}.`,
    {
      place: '/cipherSize',
      fix: 'Send it in parts, or ask those who keep the directory for more.',
    },
  )
}

async function refusing<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
    throw thrown
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}
