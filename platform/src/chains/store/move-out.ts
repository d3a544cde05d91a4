/**
 * Writes an embedded store out as Parquet. A table's folder gets its name when it is whole, the manifest is written
 * last; what is interrupted goes on with the next table, unless the store has changed meanwhile: then it begins anew.
 */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import type { DuckDb, DuckDbSession } from '../../io/duckdb.ts'
import { canonicalJson, type Progress, sha256Text } from '../../kernel/index.ts'
import { isAccountChain } from '../account-packs.ts'
import { contentDigest } from './content-digest.ts'
import { readingOn } from './duckdb-engine.ts'
import { asInt, asText, type Reading } from './engine.ts'
import { tableSum } from './move-digest.ts'
import {
  type Manifest,
  MOVE_FORMAT,
  type MovedFile,
  type MovedTable,
  moving,
  movingTables,
  type Piece,
  prefixLength,
} from './move-pieces.ts'
import { accountDigest } from './read-accounts.ts'
import { quoted } from './sql-text.ts'

/** Rows of one piece, about. */
export const PIECE_ROWS = 1_000_000

const MANIFEST = 'manifest.json'
const WHOLE = 'pieces.json'

/** All in one read transaction: what others publish meanwhile is not in it. */
export async function writeOut(
  duck: DuckDb,
  folder: string,
  progress: Progress,
  pieceRows: number = PIECE_ROWS,
): Promise<Manifest> {
  return duck.reading(async (session) => {
    const r = readingOn(session, () => 'beside_move', [])
    const state = await stateOf(r)
    const earlier = readManifest(folder)
    if (earlier?.state === state) return earlier
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(join(folder, MANIFEST), { force: true })
    const tables: MovedTable[] = []
    const names = Object.keys(movingTables)
    for (const table of names) {
      progress.report(tables.length, names.length, `writing ${table}`)
      tables.push(await writeTable(session, r, folder, table, state, pieceRows))
    }
    const manifest: Manifest = {
      format: MOVE_FORMAT,
      state,
      chains: await chainDigests(r),
      tables,
      leftBehind: await unpublished(r),
    }
    writeWhole(join(folder, MANIFEST), canonicalJson(manifest))
    return manifest
  })
}

export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : null
}

export async function chainDigests(r: Reading): Promise<Manifest['chains']> {
  const rows = await r.rows('SELECT chain, name FROM chain_name ORDER BY name')
  const digests: { chain: string; contentDigest: string }[] = []
  for (const [chain, name] of rows)
    digests.push({
      chain: asText(name),
      contentDigest: await (isAccountChain(asText(name)) ? accountDigest : contentDigest)(r, asInt(chain)),
    })
  return digests
}

export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Buffer)
  return hash.digest('hex')
}

/** Changes with every publication, and with every trace that is recorded. */
async function stateOf(r: Reading): Promise<string> {
  const parts = []
  for (const table of ['publication', 'trace', 'chain_name'])
    parts.push(await tableSum(r, table, Object.keys(movingTables[table] ?? {})))
  return sha256Text(canonicalJson(parts))
}

async function writeTable(
  session: DuckDbSession,
  r: Reading,
  folder: string,
  table: string,
  state: string,
  pieceRows: number,
): Promise<MovedTable> {
  const whole = join(folder, table)
  const known = existsSync(join(whole, WHOLE))
    ? (JSON.parse(readFileSync(join(whole, WHOLE), 'utf8')) as MovedTable & { state: string })
    : null
  if (known?.state === state) {
    const { state: _, ...rest } = known
    return rest
  }
  const writing = `${whole}.writing`
  for (const path of [whole, writing]) rmSync(path, { recursive: true, force: true })
  mkdirSync(writing)
  const columns = movingTables[table] ?? {}
  const names = Object.keys(columns)
  const source = moving(r, table)
  const sum = await tableSum(r, source, names)
  const length = prefixLength(columns, sum.rows, pieceRows)
  await copyOut(session, writing, source, names, length)
  const pieces: Piece[] = []
  for (const prefix of prefixes(writing)) pieces.push(await describePiece(r, writing, table, prefix))
  const moved: MovedTable = { table, columns: names, ...sum, pieces }
  writeWhole(join(writing, WHOLE), canonicalJson({ ...moved, state }))
  renameSync(writing, whole)
  return moved
}

/** One pass over the table, whatever the number of pieces. */
async function copyOut(
  session: DuckDbSession,
  into: string,
  source: string,
  names: readonly string[],
  length: number,
): Promise<void> {
  const select = names.join(', ')
  const form = 'FORMAT parquet, COMPRESSION zstd'
  if (length === 0) {
    mkdirSync(join(into, 'piece=all'))
    await session.run(
      `COPY (SELECT ${select} FROM ${source} t) TO ${quoted(join(into, 'piece=all/data_0.parquet'))} (${form})`,
    )
    return
  }
  await session.run(
    `COPY (SELECT ${select}, lower(left(hex(txid), ${length})) AS piece FROM ${source} t)
     TO ${quoted(into)} (${form}, PARTITION_BY (piece), OVERWRITE_OR_IGNORE true)`,
  )
}

function prefixes(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => (name.startsWith('piece=') ? [name.slice('piece='.length)] : []))
    .sort()
}

async function describePiece(r: Reading, writing: string, table: string, prefix: string): Promise<Piece> {
  const inside = join(writing, `piece=${prefix}`)
  const files: MovedFile[] = []
  for (const name of readdirSync(inside).sort()) {
    const path = join(inside, name)
    files.push({
      path: join(table, relative(writing, path)),
      bytes: statSync(path).size,
      sha256: await fileDigest(path),
    })
  }
  const [row] = await r.rows(`SELECT count(*) FROM read_parquet(${quoted(join(inside, '*.parquet'))})`)
  return { table, prefix: prefix === 'all' ? '' : prefix, rows: asInt(row?.[0]), files }
}

async function unpublished(r: Reading): Promise<Manifest['leftBehind']> {
  const rows = await r.rows(
    'SELECT name, format, sha256 FROM source WHERE source NOT IN (SELECT source FROM publication) ORDER BY name, sha256',
  )
  return rows.map((row) => ({ name: asText(row[0]), format: asText(row[1]), sha256: asText(row[2]) }))
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
}
