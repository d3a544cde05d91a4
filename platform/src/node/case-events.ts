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
const AT_ONCE = 8

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
  const caseIds = [...new Set(rows.flatMap(({ case_id }) => case_id ?? []))]
  const keyByCase = new Map<string, Uint8Array>()
  await each(caseIds, async (id) => {
    const may = await door.maySee(caller, { right: 'readCase', subject: { type: 'case', id } })
    const key = may ? keys.caseKey(id) : null
    if (key !== null) keyByCase.set(id, key)
  })
  const found = await each(rows, async ({ log_index, id, case_id, sealed }): Promise<CaseEvent | null> => {
    const key = case_id === null ? undefined : keyByCase.get(case_id)
    const plain = key === undefined ? null : unseal(key, sealed, entryPurpose(id))
    if (case_id === null || !plain?.ok) return null
    const entry = JSON.parse(new TextDecoder().decode(plain.value)) as JournalEntry
    // An item may be for fewer people than its case: then even that it exists is not told.
    const subject = { type: 'record', kind: entry.of, id: entry.recordId } as const
    if (entry.of !== 'case' && !(await door.maySee(caller, { right: 'readRecord', subject }))) return null
    const { event, of, recordId, at } = entry
    return { index: Number(log_index), event, caseId: case_id, of, id: recordId, at }
  })
  const events = found.filter((event) => event !== null)
  return { events, last: Number(rows.at(-1)?.log_index ?? after), more: rows.length === BATCH }
}

/** A few at a time, answers in the order of the items: each is a question to the database, and one waits for the other. */
async function each<T, R>(items: readonly T[], body: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(body))))
  return answers
}
