/**
 * The records of a node: sealed bodies, every version kept, found again by keyed hashes. One instance lives as long as one
 * action; what it wrote is named, by digest, in the journal entry of that action.
 */
import { rowDigest } from '../../evidence/index.ts'
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

export type RecordWork = Records & {
  /** Rows written so far. */
  readonly written: readonly WrittenRow[]
  /** Records read so far, as `kind/id`. */
  readonly read: ReadonlySet<string>
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
const HEADS = 'record_head h JOIN record r ON r.kind = h.kind AND r.id = h.id AND r.version = h.version'

export function recordWork(sql: Sql, keys: NodeKeys, now: string): RecordWork {
  const written: WrittenRow[] = []
  const read = new Set<string>()
  const keyByCase = new Map<string | null, Uint8Array | null>()
  return { written, read, get, history, list, find, put, openCase }

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
    const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${HEADS} WHERE h.kind = $1 AND h.id = $2`, [kind, id])
    return row ? rowToStored<B>(row) : null
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
    const [head] = await sql.query<{ version: number; case_id: string | null }>(
      'SELECT version, case_id FROM record_head WHERE kind = $1 AND id = $2 FOR UPDATE',
      [kind, id],
    )
    if ((head?.version ?? 0) !== seen)
      stop(
        'VERSION_CONFLICT',
        `The ${kind} has changed since it was read: version ${head?.version ?? 0}, not ${seen}.`,
        {
          place: `${kind}/${id}`,
          fix: 'Read it again, and repeat the change on what it says now.',
        },
      )
    if (head && head.case_id !== caseId) throw new Error(`${kind}/${id} belongs to another case`)
    const version = seen + 1
    const purpose = rowPurpose({ kind, id, version, case_id: caseId })
    const sealed = seal(key, new TextEncoder().encode(canonicalJson(body as Json)), purpose)
    const digest = rowDigest(journalSalt(keys, caseId) as Uint8Array, {
      kind,
      id,
      version,
      caseId,
      body: body as Json,
      at: now,
    })
    // The head first: of two that make the same record in one moment the second waits here, and is then refused.
    if (head) await sql.query('UPDATE record_head SET version = $3 WHERE kind = $1 AND id = $2', [kind, id, version])
    else {
      const made = await sql.query(
        'INSERT INTO record_head (kind, id, version, case_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id',
        [kind, id, version, caseId],
      )
      if (made.length === 0)
        stop('VERSION_CONFLICT', `The ${kind} was made by somebody else in the same moment.`, {
          place: `${kind}/${id}`,
        })
    }
    await sql.query('INSERT INTO record (kind, id, version, case_id, sealed, at) VALUES ($1, $2, $3, $4, $5, $6)', [
      kind,
      id,
      version,
      caseId,
      sealed,
      now,
    ])
    if (refs) await replaceRefs(kind, id, refs)
    written.push({ caseId, kind, id, version, digest })
    return { kind, id, version, caseId, body, at: now }
  }

  async function replaceRefs(kind: string, id: string, refs: NonNullable<PutOptions['refs']>): Promise<void> {
    await sql.query('DELETE FROM record_ref WHERE kind = $1 AND id = $2', [kind, id])
    for (const [ref, values] of Object.entries(refs)) {
      for (const value of new Set(typeof values === 'string' ? [values] : values)) {
        await sql.query('INSERT INTO record_ref (kind, ref, token, id) VALUES ($1, $2, $3, $4)', [
          kind,
          ref,
          tokenOf(kind, ref, value),
          id,
        ])
      }
    }
  }

  function tokenOf(kind: string, ref: string, value: string): Uint8Array {
    return hmacSha256(keys.nodeKey('refs'), new TextEncoder().encode(canonicalJson([kind, ref, value])))
  }
}

type Place = { readonly kind: string; readonly id: string; readonly version: number; readonly case_id: string | null }

/** What a sealed body is bound to: moved to another row, it does not open. */
export function rowPurpose({ kind, id, version, case_id }: Place): string {
  return canonicalJson(['record', kind, id, version, case_id])
}
