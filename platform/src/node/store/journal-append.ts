/** Appending to the journal, inside the transaction of the action. The place in the log is given out later, in batches. */
import { entrySalt, type JournalEntry, leafOfEntry } from '../../evidence/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { deriveKey, seal } from '../../kernel/crypto/index.ts'
import { canonicalJson, type Json, textToBytes } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

/** In the order given, by one statement. */
export async function appendEntries(sql: Sql, keys: NodeKeys, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map((entry) => rowOf(keys, entry))
  await sql.query(
    `INSERT INTO journal_entry (id, event, subject, case_id, at, sealed, leaf)
     SELECT id, event, subject, case_id, at, sealed, leaf FROM
       unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::bytea[], $7::bytea[])
       WITH ORDINALITY AS e (id, event, subject, case_id, at, sealed, leaf, place)
     ORDER BY place`,
    [
      rows.map(({ id }) => id),
      rows.map(({ event }) => event),
      rows.map(({ of }) => of),
      rows.map(({ owner }) => owner),
      rows.map(({ at }) => at),
      rows.map(({ sealed }) => sealed),
      rows.map(({ leaf }) => leaf),
    ],
  )
}

function rowOf(keys: NodeKeys, entry: JournalEntry) {
  // What concerns an erased case (that it was erased, that somebody asked) is an entry of the node.
  const caseKey = entry.caseId === null ? null : keys.caseKey(entry.caseId)
  const owner = caseKey === null ? null : entry.caseId
  const leaf = leafOfEntry(entry, entrySalt(journalSalt(keys, owner) as Uint8Array, entry.id))
  const sealed = seal(
    caseKey ?? keys.nodeKey('records'),
    textToBytes(canonicalJson(entry as unknown as Json)),
    entryPurpose(entry.id),
  )
  return { id: entry.id, event: entry.event, of: entry.of, owner, at: entry.at, sealed, leaf }
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
