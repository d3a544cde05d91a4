/** Appending to the journal, inside the transaction of the action. The place in the log is given out later, in batches. */
import { entrySalt, type JournalEntry, leafOfEntry } from '../../evidence/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { deriveKey, seal } from '../../kernel/crypto/index.ts'
import { canonicalJson, type Json, textToBytes } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

export async function appendEntry(sql: Sql, keys: NodeKeys, entry: JournalEntry): Promise<void> {
  // What concerns an erased case (that it was erased, that somebody asked) is an entry of the node.
  const caseKey = entry.caseId === null ? null : keys.caseKey(entry.caseId)
  const owner = caseKey === null ? null : entry.caseId
  const leaf = leafOfEntry(entry, entrySalt(journalSalt(keys, owner) as Uint8Array, entry.id))
  const sealed = seal(
    caseKey ?? keys.nodeKey('records'),
    textToBytes(canonicalJson(entry as unknown as Json)),
    entryPurpose(entry.id),
  )
  await sql.query(
    'INSERT INTO journal_entry (id, event, subject, case_id, at, sealed, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [entry.id, entry.event, entry.of, owner, entry.at, sealed, leaf],
  )
}

/** The salt of a case, or of the node; `null` once the case was erased: then nothing can be proven of its contents. */
export function journalSalt(keys: NodeKeys, caseId: string | null): Uint8Array | null {
  if (caseId === null) return keys.nodeKey('journal salt')
  const key = keys.caseKey(caseId)
  return key === null ? null : deriveKey(key, 'journal salt')
}

export function entryPurpose(entryId: string): string {
  return canonicalJson(['journal', entryId])
}
