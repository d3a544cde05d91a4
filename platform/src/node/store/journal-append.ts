/** Appending to the journal, inside the transaction of the action. The place in the log is given out later, in batches. */
import { entrySalt, type JournalEntry, leafOfEntry } from '../../evidence/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { deriveKey, seal } from '../../kernel/crypto/index.ts'
import { canonicalJson, type Json, textToBytes } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

/** In the order given, by one statement, which travels with the commit: the journal is what every act ends with. */
export function appendEntries(sql: Sql, keys: NodeKeys, entries: readonly JournalEntry[]): void {
  if (entries.length === 0) return
  const secretsByCase = new Map<string | null, Secrets>()
  const secretsOf = (caseId: string | null) => {
    const secrets = secretsByCase.get(caseId) ?? readSecrets(keys, caseId)
    secretsByCase.set(caseId, secrets)
    return secrets
  }
  const rows = entries.map((entry) => rowOf(secretsOf(entry.caseId), entry))
  const [only] = rows
  // Most acts write one entry, and one row without arrays takes both sides half the work.
  if (only && rows.length === 1) {
    const { id, event, of, owner, at, sealed, leaf } = only
    sql.last(
      'INSERT INTO journal_entry (id, event, subject, case_id, at, sealed, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, event, of, owner, at, sealed, leaf],
    )
    return
  }
  sql.last(
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

type Secrets = { readonly owner: string | null; readonly key: Uint8Array; readonly salt: Uint8Array }

/** What concerns an erased case (that it was erased, that somebody asked) is an entry of the node. */
function readSecrets(keys: NodeKeys, caseId: string | null): Secrets {
  const caseKey = caseId === null ? null : keys.caseKey(caseId)
  if (caseKey === null) return { owner: null, key: keys.nodeKey('records'), salt: keys.nodeKey('journal salt') }
  return { owner: caseId, key: caseKey, salt: saltOf(caseKey) }
}

function rowOf({ owner, key, salt }: Secrets, entry: JournalEntry) {
  const leaf = leafOfEntry(entry, entrySalt(salt, entry.id))
  const sealed = seal(key, textToBytes(canonicalJson(entry as unknown as Json)), entryPurpose(entry.id))
  return { id: entry.id, event: entry.event, of: entry.of, owner, at: entry.at, sealed, leaf }
}

/** The salt of a case, or of the node; `null` once the case was erased: then nothing can be proven of its contents. */
export function journalSalt(keys: NodeKeys, caseId: string | null): Uint8Array | null {
  if (caseId === null) return keys.nodeKey('journal salt')
  const key = keys.caseKey(caseId)
  return key === null ? null : saltOf(key)
}

function saltOf(caseKey: Uint8Array): Uint8Array {
  return deriveKey(caseKey, 'journal salt')
}

export function entryPurpose(entryId: string): string {
  return canonicalJson(['journal', entryId])
}
