/**
 * Backup and restore of a node, by SQL: the same for the embedded server and for any other, and for any later version of
 * either. A backup is a folder: `database.jsonl.gz` (every row, sealed as it is stored), `log/` (the published journal),
 * `vault/` (evidence, sealed), `backup.json` with the checksum of each file. The keys are not in it: they are written apart,
 * on request, since who has both has everything, and since keys of erased cases must not come back.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { type Database, eachRow, migrate, type Sql } from '../io/postgres/index.ts'
import { type Progress, stop } from '../kernel/index.ts'
import { migrations } from './store/migrations.ts'

/** In the order in which rows can be put back. `migration` says which schema they belong to. */
const TABLES = [
  'migration',
  'record',
  'record_head',
  'record_ref',
  'journal_entry',
  'idempotency',
  'vault_upload',
  'vault_object',
  'exhibit',
  'custody_event',
  'anchor',
] as const

/** Tables whose rows lean on earlier ones of the same table, in an order that puts those first. */
const ORDER_OF: Readonly<Partial<Record<(typeof TABLES)[number], string>>> = { custody_event: 'ORDER BY exhibit, seq' }

type Manifest = {
  readonly format: 'comity-backup-1'
  readonly name: string
  readonly at: string
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

export type BackupReport = {
  readonly folder: string
  readonly rows: number
  readonly files: number
  readonly bytes: number
}

export async function backupNode(
  database: Database,
  name: string,
  home: string,
  folder: string,
  progress: Progress,
): Promise<BackupReport> {
  if (existsSync(folder))
    stop('BACKUP_EXISTS', 'The folder of the backup is there already.', { place: folder, fix: 'Name a new one.' })
  const draft = `${folder}.unfinished`
  await mkdir(draft, { recursive: true, mode: 0o700 })
  let rows = 0
  await database.transaction(async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    async function* lines() {
      for (const table of TABLES) {
        const query = `SELECT to_jsonb(t)::text AS row FROM ${table} t ${ORDER_OF[table] ?? ''}`
        for await (const { row } of eachRow<{ row: string }>(sql, query)) {
          rows++
          progress.report(rows, undefined, `${table}: ${rows} rows`)
          yield `{"table":"${table}","row":${row}}\n`
        }
      }
    }
    await pipeline(
      Readable.from(lines()),
      createGzip({ level: 6 }),
      createWriteStream(join(draft, 'database.jsonl.gz'), { mode: 0o600, flush: true }),
    )
  })
  for (const part of ['log', 'vault']) {
    if (existsSync(join(home, part)))
      await cp(join(home, part), join(draft, part), { recursive: true, errorOnExist: true })
  }
  const files: Record<string, { bytes: number; sha256: string }> = {}
  for (const path of await filesOf(draft)) files[relative(draft, path)] = await sumOf(path)
  const manifest: Manifest = { format: 'comity-backup-1', name, at: new Date().toISOString(), files }
  await writeFile(join(draft, 'backup.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  // The folder has its name once everything is in it.
  await rename(draft, folder)
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  return { folder, rows, files: Object.keys(files).length, bytes }
}

export type Checked = { readonly manifest: Manifest; readonly folder: string }

/** Every file is there, unchanged, and no other: a backup that is not whole is not restored in part. */
export async function openBackup(folder: string): Promise<Checked> {
  const damaged = (what: string, place: string) =>
    stop('BACKUP_DAMAGED', `The backup ${what}.`, { place, fix: 'Use another copy of it.' })
  const path = join(folder, 'backup.json')
  if (!existsSync(path)) damaged('has no backup.json', folder)
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  if (manifest.format !== 'comity-backup-1') damaged(`has the unknown format ${String(manifest.format)}`, path)
  const there = new Set((await filesOf(folder)).map((file) => relative(folder, file)))
  there.delete('backup.json')
  for (const [name, wanted] of Object.entries(manifest.files)) {
    if (!there.delete(name)) damaged('lacks a file', join(folder, name))
    const found = await sumOf(join(folder, name))
    if (found.sha256 !== wanted.sha256 || found.bytes !== wanted.bytes)
      damaged('has a changed file', join(folder, name))
  }
  const [extra] = there
  if (extra !== undefined) damaged('has a file that does not belong to it', join(folder, extra))
  return { manifest, folder }
}

/** Into an empty database that is at the same schema; all or nothing. */
export async function restoreRows(database: Database, { folder }: Checked, progress: Progress): Promise<number> {
  await migrate(database, migrations)
  return database.transaction(async (sql) => {
    const [busy] = await sql.query<{ n: string }>(
      'SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM journal_entry) AS n',
    )
    if (Number(busy?.n) > 0)
      stop('RESTORE_NOT_EMPTY', 'The database holds records already.', { fix: 'Restore into a new, empty node.' })
    let rows = 0
    let waiting: string[] = []
    let table = ''
    const put = async () => {
      if (waiting.length > 0) await insertRows(sql, table, waiting)
      rows += waiting.length
      progress.report(rows, undefined, `rows put back: ${rows}`)
      waiting = []
    }
    const text = createReadStream(join(folder, 'database.jsonl.gz')).pipe(createGunzip())
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      const match = /^\{"table":"([a-z_]+)","row":(.*)\}$/.exec(line)
      if (!match)
        return stop('BACKUP_DAMAGED', 'A line of the backup cannot be read.', {
          place: 'database.jsonl.gz',
          fix: 'Use another copy of it.',
        })
      const [, name = '', row = ''] = match
      if (name !== table || waiting.length >= 500) await put()
      table = name
      waiting.push(row)
    }
    await put()
    await sql.query(
      "SELECT setval(pg_get_serial_sequence('journal_entry', 'seq'), greatest((SELECT max(seq) FROM journal_entry), 1))",
    )
    return rows
  })
}

async function insertRows(sql: Sql, table: string, rows: readonly string[]): Promise<void> {
  if (!(TABLES as readonly string[]).includes(table))
    stop('BACKUP_DAMAGED', `The backup names the unknown table ${table}.`, { fix: 'Use the release that made it.' })
  if (table === 'migration') {
    const here = new Map(migrations.map(({ id }) => [id, true]))
    const unknown = rows.map((row) => (JSON.parse(row) as { id: string }).id).find((id) => !here.has(id))
    if (unknown !== undefined)
      stop('DATABASE_NEWER', `The backup is of a newer release (${unknown}).`, { fix: 'Restore it with that release.' })
    return
  }
  // What the database computes from the rest of a row, it computes again.
  const stated = await sql.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
    [table],
  )
  const columns = stated.map(({ name }) => name).join(', ')
  await sql.query(
    `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::public.${table}, $1::jsonb)`,
    [`[${rows.join(',')}]`],
  )
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function sumOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer)
  return { bytes: (await stat(path)).size, sha256: sum.digest('hex') }
}
