/** Appending to the journal, inside the transaction of the action. The place in the log is given out later, in batches. */
import type { Sql } from '../../io/postgres/index.ts'
import { deriveKey, hmacSha256, seal } from '../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, type Json, sha256 } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

/** An entry in full, as it is sealed; the log publishes only a commitment to it. */
export type JournalEntry = {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly of: string
  readonly recordId: string
  readonly caseId: string | null
  readonly actor: Json
  readonly decision: Json
  readonly body: Json
  readonly rows: Json
}

export async function appendEntry(sql: Sql, keys: NodeKeys, entry: JournalEntry): Promise<void> {
  // What concerns an erased case (that it was erased, that somebody asked) is an entry of the node.
  const caseKey = entry.caseId === null ? null : keys.caseKey(entry.caseId)
  const owner = caseKey === null ? null : entry.caseId
  const text = new TextEncoder().encode(canonicalJson(entry as unknown as Json))
  const key = caseKey ?? keys.nodeKey('records')
  const leaf = new TextEncoder().encode(
    canonicalJson({
      v: 1,
      at: entry.at,
      event: entry.event,
      of: entry.of,
      commitment: bytesToHex(commitment(entrySalt(key, entry.id), text)),
    }),
  )
  await sql.query(
    'INSERT INTO journal_entry (id, event, subject, case_id, at, sealed, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [entry.id, entry.event, entry.of, owner, entry.at, seal(key, text, entryPurpose(entry.id)), leaf],
  )
}

/** Each entry has a salt of its own, drawn from the key of its case: to disclose one says nothing of the others. */
export function entrySalt(key: Uint8Array, entryId: string): Uint8Array {
  return deriveKey(key, `journal salt ${entryId}`)
}

export function commitment(salt: Uint8Array, entryText: Uint8Array): Uint8Array {
  return hmacSha256(salt, sha256(entryText))
}

export function entryPurpose(entryId: string): string {
  return canonicalJson(['journal', entryId])
}
