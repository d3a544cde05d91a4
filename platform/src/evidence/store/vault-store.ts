/** The rows of uploads, finished objects and download tickets. The port `vault`. */
import { eachRow, type Sql } from '../../io/postgres/index.ts'

import { bytesToHex, hexToBytes, sha256 } from '../../kernel/index.ts'
import type { RowNotes, StateRow } from '../journal/entry.ts'
import type { Upload, VaultObject, VaultStore } from '../vault/vault-ports.ts'
import type { CaseKeys } from './sealed-text.ts'
import { unnoted } from './unnoted.ts'

/** `ports.set('vault', vaultStore)` */
export function vaultStore(sql: Sql, notes: RowNotes = unnoted): VaultStore {
  return {
    bytesOf: async (caseId) => {
      // Two declarations at the same time: the second waits, and counts the first.
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`vault quota ${caseId}`])
      const [row] = await sql.query<{ finished: string; open: string }>(
        `SELECT coalesce(sum(u.size) FILTER (WHERE o.id IS NOT NULL), 0) AS finished,
                coalesce(sum(u.size) FILTER (WHERE o.id IS NULL), 0) AS open
         FROM vault_upload u LEFT JOIN vault_object o ON o.id = u.id
         WHERE u.case_id = $1 AND u.abandoned_at IS NULL`,
        [caseId],
      )
      return { finished: Number(row?.finished ?? 0), open: Number(row?.open ?? 0) }
    },
    begin: async ({ id, caseId, actor, size, begunAt }) => {
      await sql.query('INSERT INTO vault_upload (id, case_id, actor, size, begun_at) VALUES ($1, $2, $3, $4, $5)', [
        id,
        caseId,
        actor,
        size,
        begunAt,
      ])
      notes.note(begunState({ id, caseId, actor, size, begunAt }))
    },
    upload: (id) => findUpload(sql, id),
    object: async (id) => {
      const [row] = await sql.query<ObjectRow>('SELECT * FROM vault_object WHERE id = $1', [id])
      return row ? rowToObject(row) : null
    },
    finish: async ({ id, caseId, size, sha256: short, sha512 }, at) => {
      await sql.query(
        'INSERT INTO vault_object (id, case_id, size, sha256, sha512, finished_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, caseId, size, hexToBytes(short), hexToBytes(sha512), at],
      )
      notes.note(objectState({ id, caseId, size, sha256: short, sha512 }, at))
    },
    abandon: async (id, at) => {
      const [row] = await sql.query<{ case_id: string }>(
        'UPDATE vault_upload SET abandoned_at = $2 WHERE id = $1 AND abandoned_at IS NULL RETURNING case_id',
        [id, at],
      )
      if (row) notes.note(abandonedState(id, row.case_id, at))
    },
    issueTicket: async ({ token, exhibit, object, actor, expiresAt }) => {
      await sql.query(
        'INSERT INTO download_ticket (token, exhibit, object, actor, expires_at) VALUES ($1, $2, $3, $4, $5)',
        [token, exhibit, object, actor, expiresAt],
      )
    },
  }
}

/** Every row of uploads and objects as the journal names it; those of erased cases are left out. */
export async function* vaultRows(sql: Sql, keys: CaseKeys): AsyncGenerator<StateRow> {
  for await (const row of eachRow<UploadRow>(sql, 'SELECT * FROM vault_upload ORDER BY id')) {
    if (keys.caseKey(row.case_id) === null) continue
    const { id, case_id: caseId, actor, size, begun_at: begun, abandoned_at: abandoned } = row
    yield begunState({ id, caseId, actor, size: Number(size), begunAt: begun.toISOString() })
    if (abandoned) yield abandonedState(id, caseId, abandoned.toISOString())
  }
  for await (const row of eachRow<ObjectRow & { finished_at: Date }>(sql, 'SELECT * FROM vault_object ORDER BY id'))
    if (keys.caseKey(row.case_id) !== null) yield objectState(rowToObject(row), row.finished_at.toISOString())
}

function begunState(upload: Omit<Upload, 'abandoned'>): StateRow {
  const { id, caseId, begunAt } = upload
  return { kind: 'vault.upload', id, version: 1, caseId, body: { ...upload }, at: begunAt }
}

function abandonedState(id: string, caseId: string, at: string): StateRow {
  return { kind: 'vault.upload', id, version: 2, caseId, body: { id, abandoned: true }, at }
}

function objectState(object: VaultObject, at: string): StateRow {
  const { id, caseId, size, sha256: short, sha512 } = object
  return { kind: 'vault.object', id, version: 1, caseId, body: { id, caseId, size, sha256: short, sha512 }, at }
}

/** The upload of this id, for the HTTP part, which stands outside an action. */
export async function findUpload(sql: Sql, id: string): Promise<Upload | null> {
  const [row] = await sql.query<UploadRow>('SELECT * FROM vault_upload WHERE id = $1', [id])
  return row
    ? {
        id: row.id,
        caseId: row.case_id,
        actor: row.actor,
        size: Number(row.size),
        begunAt: row.begun_at.toISOString(),
        abandoned: row.abandoned_at !== null,
      }
    : null
}

/** Takes a ticket: the first who shows it, before its end, gets the object; nobody after. `null` says no more than no. */
export async function redeemTicket(
  sql: Sql,
  ticket: Uint8Array,
  actor: string,
  now: string,
): Promise<{ readonly exhibit: string; readonly object: VaultObject } | null> {
  const [used] = await sql.query<{ exhibit: string; object: string }>(
    `UPDATE download_ticket SET used_at = $3
     WHERE token = $1 AND actor = $2 AND used_at IS NULL AND expires_at > $3 RETURNING exhibit, object`,
    [sha256(ticket), actor, now],
  )
  if (!used) return null
  const [row] = await sql.query<ObjectRow>('SELECT * FROM vault_object WHERE id = $1', [used.object])
  return row ? { exhibit: used.exhibit, object: rowToObject(row) } : null
}

/** Every object, page by page in the order of ids; `null` for the first. */
export async function objectsAfter(sql: Sql, id: string | null, limit: number): Promise<readonly VaultObject[]> {
  const rows = await sql.query<ObjectRow>(
    'SELECT * FROM vault_object WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
    [id, limit],
  )
  return rows.map(rowToObject)
}

type UploadRow = {
  readonly id: string
  readonly case_id: string
  readonly actor: string
  readonly size: string
  readonly begun_at: Date
  readonly abandoned_at: Date | null
}

type ObjectRow = {
  readonly id: string
  readonly case_id: string
  readonly size: string
  readonly sha256: Uint8Array
  readonly sha512: Uint8Array
}

function rowToObject(row: ObjectRow): VaultObject {
  return {
    id: row.id,
    caseId: row.case_id,
    size: Number(row.size),
    sha256: bytesToHex(row.sha256),
    sha512: bytesToHex(row.sha512),
  }
}
