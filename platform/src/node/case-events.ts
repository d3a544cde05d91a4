/**
 * What a caller may hear of: the entries of the log after a place, as thin events. An event names the case, the kind of act
 * and the record; what it says is fetched through the door, where it is asked for anew. Live streams and webhooks both
 * listen here.
 */
import type { JournalEntry } from '../evidence/index.ts'
import type { Database } from '../io/postgres/index.ts'
import { unseal } from '../kernel/crypto/index.ts'
import type { Caller, Door } from './door/door.ts'
import type { NodeKeys } from './keys.ts'
import { entryPurpose } from './store/journal-append.ts'

export type CaseEvent = {
  readonly index: number
  readonly event: string
  readonly caseId: string
  readonly of: string
  readonly id: string
  readonly at: string
}

export type Heard = { readonly events: readonly CaseEvent[]; readonly last: number; readonly more: boolean }

const BATCH = 200

type Row = {
  readonly log_index: string
  readonly id: string
  readonly case_id: string | null
  readonly sealed: Uint8Array
}

export async function hear(
  database: Database,
  keys: NodeKeys,
  door: Door,
  caller: Caller,
  after: number,
): Promise<Heard> {
  const rows = await database.query<Row>(
    'SELECT log_index, id, case_id, sealed FROM journal_entry WHERE log_index > $1 ORDER BY log_index LIMIT $2',
    [after, BATCH],
  )
  const allowed = new Map<string, boolean>()
  const events: CaseEvent[] = []
  for (const { log_index, id, case_id, sealed } of rows) {
    if (case_id === null) continue
    let may = allowed.get(case_id)
    if (may === undefined) {
      may = await door.maySee(caller, { right: 'readCase', subject: { type: 'case', id: case_id } })
      allowed.set(case_id, may)
    }
    const key = may ? keys.caseKey(case_id) : null
    const plain = key === null ? null : unseal(key, sealed, entryPurpose(id))
    if (!plain?.ok) continue
    const entry = JSON.parse(new TextDecoder().decode(plain.value)) as JournalEntry
    // An item may be for fewer people than its case: then even that it exists is not told.
    const subject = { type: 'record', kind: entry.of, id: entry.recordId } as const
    if (entry.of !== 'case' && !(await door.maySee(caller, { right: 'readRecord', subject }))) continue
    events.push({
      index: Number(log_index),
      event: entry.event,
      caseId: case_id,
      of: entry.of,
      id: entry.recordId,
      at: entry.at,
    })
  }
  return { events, last: Number(rows.at(-1)?.log_index ?? after), more: rows.length === BATCH }
}
