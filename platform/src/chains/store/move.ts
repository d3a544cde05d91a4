/**
 * Moving a store: written out as Parquet, taken in piece by piece, compared, and only then there.
 *
 * A piece is taken in once, whenever the process dies: on DuckDB with the row that says so in one transaction, on
 * ClickHouse by removing what an unrecorded attempt left behind. What has arrived is compared with what was written out,
 * every table by the digest of its rows and every chain by its content digest, before any of it can be read: on DuckDB
 * the file gets its name last, on ClickHouse `publication` arrives last and the store does not open until it has.
 */
import { join } from 'node:path'
import { canonicalJson, type Progress, sha256Text, stop } from '../../kernel/index.ts'
import type { Reading } from './engine.ts'
import { type TableSum, tableSum } from './move-digest.ts'
import { chainDigests, fileDigest } from './move-out.ts'
import { LAST_TABLE, type Manifest, moving, movingTables, type Piece, pieceName } from './move-pieces.ts'

/** Where a store arrives. Nothing of it can be read elsewhere before `finish`. */
export interface MoveTarget {
  /** Begins or goes on; `finished` where all of this very move is here already. Refuses a store that holds anything else. */
  begin(move: string): Promise<{ readonly arrived: ReadonlySet<string>; readonly finished: boolean }>
  /** Takes a piece in, all of it or nothing; `paths` are its files. */
  take(piece: Piece, paths: readonly string[]): Promise<void>
  /** Reads what has arrived as if it were published. */
  reading<T>(body: (reading: Reading) => Promise<T>): Promise<T>
  finish(): Promise<void>
  close(): Promise<void>
}

export type Moved = {
  readonly state: 'moved' | 'resumed' | 'known'
  readonly pieces: number
  readonly taken: number
  readonly rows: number
  readonly bytes: number
  readonly manifest: Manifest
}

export async function moveIn(
  manifest: Manifest,
  folder: string,
  target: MoveTarget,
  progress: Progress,
): Promise<Moved> {
  refuseOtherTables(manifest)
  const { arrived, finished } = await target.begin(moveId(manifest))
  const pieces = manifest.tables.flatMap((table) => table.pieces)
  const total = {
    pieces: pieces.length,
    rows: pieces.reduce((sum, { rows }) => sum + rows, 0),
    bytes: pieces.reduce((sum, { files }) => sum + files.reduce((of, { bytes }) => of + bytes, 0), 0),
    manifest,
  }
  if (finished) return { state: 'known', taken: 0, ...total }
  let taken = 0
  const takeAll = async (chosen: readonly Piece[]) => {
    for (const piece of chosen) {
      if (arrived.has(pieceName(piece))) continue
      progress.report(arrived.size + taken, pieces.length, `taking in ${pieceName(piece)}`)
      await checkFiles(piece, folder)
      await target.take(
        piece,
        piece.files.map(({ path }) => join(folder, path)),
      )
      taken++
    }
  }
  await takeAll(pieces.filter(({ table }) => table !== LAST_TABLE))
  await target.reading((r) => compare(r, manifest))
  await takeAll(pieces.filter(({ table }) => table === LAST_TABLE))
  await target.reading((r) => compareTables(r, manifest, [LAST_TABLE]))
  await target.finish()
  return { state: arrived.size > 0 ? 'resumed' : 'moved', taken, ...total }
}

/** The same data written out again make the same move. Files are compressed as DuckDB sees fit, so they do not count. */
function moveId(manifest: Manifest): string {
  const tables = manifest.tables.map(({ table, rows, digest, pieces }) => ({
    table,
    rows,
    digest,
    pieces: pieces.map(({ prefix, rows: of }) => ({ prefix, rows: of })),
  }))
  return sha256Text(canonicalJson({ chains: manifest.chains, tables }))
}

function refuseOtherTables(manifest: Manifest): void {
  const wanted = Object.entries(movingTables).map(([table, columns]) => `${table}(${Object.keys(columns).join(',')})`)
  const found = manifest.tables.map(({ table, columns }) => `${table}(${columns.join(',')})`)
  if (wanted.join(' ') === found.join(' ')) return
  const odd = found.find((one) => !wanted.includes(one)) ?? wanted.find((one) => !found.includes(one))
  stop('CHAIN_STORE_OTHER_TABLES', `The folder was written by another release: ${odd ?? 'its order'} differs.`, {
    fix: 'Write it out again with this release.',
  })
}

async function checkFiles(piece: Piece, folder: string): Promise<void> {
  for (const { path, sha256 } of piece.files) {
    const found = await fileDigest(join(folder, path)).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'ENOENT') throw thrown
      return 'no file'
    })
    if (found === sha256) continue
    stop(
      'CHAIN_STORE_PIECE_DAMAGED',
      `A piece of the store is not as it was written: SHA-256 ${found}, not ${sha256}.`,
      {
        place: path,
        fix: 'Remove the folder and write the store out again.',
      },
    )
  }
}

async function compare(r: Reading, manifest: Manifest): Promise<void> {
  await compareTables(
    r,
    manifest,
    Object.keys(movingTables).filter((table) => table !== LAST_TABLE),
  )
  const here = new Map((await chainDigests(r)).map(({ chain, contentDigest }) => [chain, contentDigest]))
  for (const { chain, contentDigest } of manifest.chains)
    if (here.get(chain) !== contentDigest) differs(chain, `content ${here.get(chain)}`, `content ${contentDigest}`)
}

async function compareTables(r: Reading, manifest: Manifest, names: readonly string[]): Promise<void> {
  for (const { table, columns, rows, digest } of manifest.tables) {
    if (!names.includes(table)) continue
    // Before the publications have arrived, the attempts say which sources there will be.
    const here = await tableSum(r, moving(r, table, 'attempt'), columns)
    if (here.rows !== rows || here.digest !== digest) differs(table, said(here), said({ rows, digest }))
  }
}

function said({ rows, digest }: TableSum): string {
  return `${rows} rows, digest ${digest}`
}

function differs(place: string, here: string, there: string): never {
  return stop(
    'CHAIN_STORE_MOVE_DIFFERS',
    `What has arrived is not what was written out: ${here} here, ${there} there.`,
    {
      place,
      fix: 'Nothing was made visible. Remove what has arrived and move again; if it differs again, keep both and report it.',
    },
  )
}
