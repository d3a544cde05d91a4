/**
 * The journal as auditors read it: when, what kind of act, by whom, about which case. Never what an entry says. That is what a log of
 * a competent authority has to establish (Directive (EU) 2016/680 art. 25(1): the operation, its time, who consulted or disclosed).
 * Of an erased case the leaf stands, and nobody can tell any more who acted in it.
 */
import { type JournalEntry, parseEntry } from '../evidence/index.ts'
import type { Database } from '../io/postgres/index.ts'
import { unseal } from '../kernel/crypto/index.ts'
import type { Json } from '../kernel/index.ts'
import type { NodeKeys } from './keys.ts'
import type { JournalItem, JournalQuestion, JournalReader } from './node-actions.ts'
import { entryPurpose } from './store/journal-append.ts'

/** Who acted is sealed in each entry: to look for a person, so many are opened for one answer at most. */
const MOST_OPENED = 5000
const BATCH = 500
/** Of so many of the newest sign-ins the last of each person is told. */
const SIGN_INS = 5000

type Row = {
  readonly log_index: string
  readonly id: string
  readonly at: Date
  readonly event: string
  readonly subject: string
  readonly case_id: string | null
  readonly sealed: Uint8Array
}

export function journalReader(database: Database, keys: NodeKeys): JournalReader {
  return { entries, lastSignIns }

  async function entries(question: JournalQuestion): Promise<{ items: readonly JournalItem[]; next: number | null }> {
    const items: JournalItem[] = []
    const { limit, by, before } = question
    let place = before ?? question.after ?? -1
    for (let opened = 0; opened < MOST_OPENED; ) {
      const rows = await batch(question, place, by === undefined ? limit : BATCH)
      for (const row of rows) {
        place = Number(row.log_index)
        const item = itemOf(row)
        if (by === undefined || item.by === by) items.push(item)
        if (items.length === limit) return { items, next: place }
      }
      opened += rows.length
      if (rows.length < (by === undefined ? limit : BATCH)) return { items, next: null }
    }
    return { items, next: place }
  }

  function batch(question: JournalQuestion, place: number, limit: number): Promise<Row[]> {
    const isBack = question.before !== undefined
    const { from, to, event, caseId } = question
    return database.query<Row>(
      `SELECT log_index, id, at, event, subject, case_id, sealed FROM journal_entry
       WHERE log_index ${isBack ? '<' : '>'} $1
         AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)
         AND ($4::text IS NULL OR event = $4 OR event LIKE $5) AND ($6::uuid IS NULL OR case_id = $6)
       ORDER BY log_index ${isBack ? 'DESC' : 'ASC'} LIMIT $7`,
      [
        place,
        from ?? null,
        to ?? null,
        event ?? null,
        event === undefined ? null : `${event.replace(/[\\%_]/g, '\\$&')}.%`,
        caseId ?? null,
        limit,
      ],
    )
  }

  function itemOf(row: Row): JournalItem {
    const entry = opened(row)
    return {
      index: Number(row.log_index),
      id: row.id,
      at: row.at.toISOString(),
      event: row.event,
      of: row.subject,
      by: entry?.actor.id ?? null,
      role: entry?.actor.role ?? null,
      caseId: row.case_id,
      about: entry?.recordId ?? null,
    }
  }

  function opened({ id, case_id, sealed }: Row): JournalEntry | null {
    const key = case_id === null ? keys.nodeKey('records') : keys.caseKey(case_id)
    const plain = key === null ? null : unseal(key, sealed, entryPurpose(id))
    if (!plain?.ok) return null
    const entry = parseEntry(JSON.parse(new TextDecoder().decode(plain.value)) as Json)
    return entry.ok ? entry.value : null
  }

  async function lastSignIns(): Promise<ReadonlyMap<string, string>> {
    const rows = await database.query<Row>(
      `SELECT coalesce(log_index, -1) AS log_index, id, at, event, subject, case_id, sealed FROM journal_entry
       WHERE event IN ('session.opened', 'credential.enrolled') ORDER BY seq DESC LIMIT $1`,
      [SIGN_INS],
    )
    const last = new Map<string, string>()
    for (const row of rows) {
      const person = whoSignedIn(opened(row))
      if (person !== null && !last.has(person)) last.set(person, row.at.toISOString())
    }
    return last
  }
}

/** Whoever enrols a key is signed in with it; its entry is about the key, and names the person. */
function whoSignedIn(entry: JournalEntry | null): string | null {
  if (entry === null) return null
  if (entry.event === 'session.opened') return entry.recordId
  const { personId } = entry.body as { readonly personId?: unknown }
  return typeof personId === 'string' ? personId : null
}
