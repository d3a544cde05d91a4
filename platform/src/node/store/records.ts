/**
 * The records of a node: sealed bodies, every version kept, found again by keyed hashes. One instance lives as long as one
 * action; what it wrote is named, by digest, in the journal entry of that action.
 */
import { type RowNotes, rowDigest, type StateRow } from '../../evidence/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { hmacSha256, seal, unseal } from '../../kernel/crypto/index.ts'
import {
  canonicalJson,
  type Json,
  orStop,
  type Page,
  type PutOptions,
  type Records,
  type Stored,
  stop,
} from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'
import { journalSalt } from './journal-append.ts'

export type WrittenRow = {
  readonly caseId: string | null
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly digest: string
}

export type RecordWork = Records &
  RowNotes & {
    /** Rows written so far. */
    readonly written: readonly WrittenRow[]
    /** Records read so far, as `kind/id`. */
    readonly read: ReadonlySet<string>
    /** After a return to a savepoint, when so many rows had been written: what came later is as if it had not been. */
    undo(written: number): void
  }

type Row = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly case_id: string | null
  readonly sealed: Uint8Array
  readonly at: Date
}

const COLUMNS = 'r.kind, r.id, r.version, r.case_id, r.sealed, r.at'
/** The head is taken first: whoever writes a version at the same time waits here, and then finds that it has moved. */
const FIRST_VERSION = `WITH head AS (INSERT INTO record_head (kind, id, version, case_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1)
  INSERT INTO record (kind, id, version, case_id, sealed, at)
  SELECT $1, $2, $3::integer, $4, $5::bytea, $6::timestamptz FROM head RETURNING version`
const NEXT_VERSION = `WITH head AS (UPDATE record_head SET version = $3
    WHERE kind = $1 AND id = $2 AND version = $3 - 1 AND case_id IS NOT DISTINCT FROM $4 RETURNING 1)
  INSERT INTO record (kind, id, version, case_id, sealed, at)
  SELECT $1, $2, $3::integer, $4, $5::bytea, $6::timestamptz FROM head RETURNING version`
const HEADS = 'record_head h JOIN record r ON r.kind = h.kind AND r.id = h.id AND r.version = h.version'

export function recordWork(sql: Sql, keys: NodeKeys, now: string): RecordWork {
  const written: WrittenRow[] = []
  const read = new Set<string>()
  const keyByCase = new Map<string | null, Uint8Array | null>()
  // What was read once is the same for the whole action: it decides and acts on one state.
  const rowByRecord = new Map<string, Row | null>()
  return { written, read, undo, get, history, list, find, put, openCase, note }

  function undo(count: number): void {
    written.length = count
    rowByRecord.clear()
  }

  function keyOf(caseId: string | null): Uint8Array | null {
    const known = keyByCase.get(caseId)
    if (known !== undefined) return known
    const key = caseId === null ? keys.nodeKey('records') : keys.caseKey(caseId)
    keyByCase.set(caseId, key)
    return key
  }

  async function openCase(caseId: string): Promise<void> {
    keys.makeCaseKey(caseId)
    keyByCase.delete(caseId)
  }

  function rowToStored<B>(row: Row): Stored<B> | null {
    const key = keyOf(row.case_id)
    // The case was erased: nothing of it can be read any more, and nothing is invented in its place.
    if (key === null) return null
    read.add(`${row.kind}/${row.id}`)
    const plain = orStop(unseal(key, row.sealed, rowPurpose(row)))
    return {
      kind: row.kind,
      id: row.id,
      version: row.version,
      caseId: row.case_id,
      body: JSON.parse(new TextDecoder().decode(plain)) as B,
      at: row.at.toISOString(),
    }
  }

  async function get<B>(kind: string, id: string): Promise<Stored<B> | null> {
    const known = rowByRecord.get(`${kind}/${id}`)
    if (known !== undefined) return known && rowToStored<B>(known)
    const [row = null] = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${HEADS} WHERE h.kind = $1 AND h.id = $2`, [
      kind,
      id,
    ])
    rowByRecord.set(`${kind}/${id}`, row)
    return row && rowToStored<B>(row)
  }

  async function history<B>(kind: string, id: string): Promise<readonly Stored<B>[]> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM record r WHERE kind = $1 AND id = $2 ORDER BY version`, [
      kind,
      id,
    ])
    return rows.flatMap((row) => rowToStored<B>(row) ?? [])
  }

  async function list<B>(
    kind: string,
    { caseId, after, limit }: { caseId?: string | null; after?: string | null; limit: number },
  ): Promise<Page<Stored<B>>> {
    const rows = await sql.query<Row>(
      `SELECT ${COLUMNS} FROM ${HEADS} WHERE h.kind = $1 AND ($2::uuid IS NULL OR h.case_id = $2) AND ($3::text IS NULL OR h.id > $3)
       ORDER BY h.id LIMIT $4`,
      [kind, caseId ?? null, after ?? null, limit + 1],
    )
    const items = rows.slice(0, limit).flatMap((row) => rowToStored<B>(row) ?? [])
    return { items, next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null }
  }

  async function find<B>(kind: string, ref: string, value: string): Promise<readonly Stored<B>[]> {
    const rows = await sql.query<Row>(
      `SELECT ${COLUMNS} FROM record_ref f JOIN ${HEADS} ON h.kind = f.kind AND h.id = f.id
       WHERE f.kind = $1 AND f.ref = $2 AND f.token = $3 ORDER BY h.id`,
      [kind, ref, tokenOf(kind, ref, value)],
    )
    return rows.flatMap((row) => rowToStored<B>(row) ?? [])
  }

  async function put<B>(kind: string, id: string, body: B, { caseId, seen, refs }: PutOptions): Promise<Stored<B>> {
    const key = keyOf(caseId)
    if (key === null)
      return stop('CASE_ERASED', 'The case was erased; nothing can be added to it.', { place: caseId ?? 'node' })
    const version = seen + 1
    const purpose = rowPurpose({ kind, id, version, case_id: caseId })
    const sealed = seal(key, new TextEncoder().encode(canonicalJson(body as Json)), purpose)
    rowByRecord.delete(`${kind}/${id}`)
    const done = await sql.query(seen === 0 ? FIRST_VERSION : NEXT_VERSION, [kind, id, version, caseId, sealed, now])
    if (done.length === 0) await conflict(kind, id, caseId, seen)
    note({ kind, id, version, caseId, body: body as Json, at: now })
    if (refs) await replaceRefs({ kind, id, version, caseId }, refs)
    return { kind, id, version, caseId, body, at: now }
  }

  /** Why no version was written: another one stands, or the record is of another case. */
  async function conflict(kind: string, id: string, caseId: string | null, seen: number): Promise<never> {
    const [head] = await sql.query<{ version: number; case_id: string | null }>(
      'SELECT version, case_id FROM record_head WHERE kind = $1 AND id = $2',
      [kind, id],
    )
    if (head?.version === seen && head.case_id !== caseId) throw new Error(`${kind}/${id} belongs to another case`)
    return stop(
      'VERSION_CONFLICT',
      `The ${kind} has changed since it was read: version ${head?.version ?? 0}, not ${seen}.`,
      {
        place: `${kind}/${id}`,
        fix: 'Read it again, and repeat the change on what it says now.',
      },
    )
  }

  function note(row: StateRow): void {
    const { caseId, kind, id, version } = row
    const salt = journalSalt(keys, caseId)
    if (salt === null) throw new Error(`a row of an erased case: ${kind}/${id}`)
    written.push({ caseId, kind, id, version, digest: rowDigest(salt, row) })
  }

  async function replaceRefs(
    { kind, id, version, caseId }: Omit<StateRow, 'body' | 'at'>,
    refs: NonNullable<PutOptions['refs']>,
  ): Promise<void> {
    const found = Object.entries(refs).flatMap(([ref, values]) =>
      [...new Set(typeof values === 'string' ? [values] : values)].map(
        (value): Found => [ref, tokenOf(kind, ref, value)],
      ),
    )
    // In this order, in one way there and back.
    await Promise.all([
      sql.query('DELETE FROM record_ref WHERE kind = $1 AND id = $2', [kind, id]),
      sql.query(
        'INSERT INTO record_ref (kind, ref, token, id) SELECT $1, ref, token, $2 FROM unnest($3::text[], $4::bytea[]) AS r (ref, token)',
        [kind, id, found.map(([ref]) => ref), found.map(([, token]) => token)],
      ),
    ])
    note(refsState({ kind, id, version, caseId }, found))
  }

  function tokenOf(kind: string, ref: string, value: string): Uint8Array {
    return hmacSha256(keys.nodeKey('refs'), new TextEncoder().encode(canonicalJson([kind, ref, value])))
  }
}

type Found = readonly [ref: string, token: Uint8Array]

export const REFS = 'record.refs'

/** What a record is found by since this version of it, as the journal names it: in one order, without the values. */
export function refsState(
  { kind, id, version, caseId }: Omit<StateRow, 'body' | 'at'>,
  found: readonly Found[],
): StateRow {
  const body = found.map(([ref, token]) => `${ref} ${Buffer.from(token).toString('hex')}`).sort()
  return { kind: REFS, id: `${kind}/${id}`, version, caseId, body, at: '' }
}

type Place = { readonly kind: string; readonly id: string; readonly version: number; readonly case_id: string | null }

/** What a sealed body is bound to: moved to another row, it does not open. */
export function rowPurpose({ kind, id, version, case_id }: Place): string {
  return canonicalJson(['record', kind, id, version, case_id])
}
