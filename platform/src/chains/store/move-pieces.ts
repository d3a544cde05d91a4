/**
 * The form in which a store travels: a folder of Parquet files, one folder a table, cut into pieces by the first digits
 * of the transaction id, and a manifest that says what there is and what it must hash to.
 *
 * Everything here follows from the list of tables; a table that is added there moves with the others.
 */
import type { Reading } from './engine.ts'
import type { TableSum } from './move-digest.ts'
import { bookTables, type Columns, type Kind, type LedgerTable, ledgerTables } from './tables.ts'

export const MOVE_FORMAT = 'comity-chain-store/1'

export type MovedFile = { readonly path: string; readonly bytes: number; readonly sha256: string }

/** The rows of a table whose txid begins with these hexadecimal digits; all rows for an empty prefix. */
export type Piece = {
  readonly table: string
  readonly prefix: string
  readonly rows: number
  /** Paths within the folder. */
  readonly files: readonly MovedFile[]
}

export type MovedTable = TableSum & {
  readonly table: string
  readonly columns: readonly string[]
  readonly pieces: readonly Piece[]
}

export type Manifest = {
  readonly format: typeof MOVE_FORMAT
  /** Digest of what was published when the store was written out. */
  readonly state: string
  readonly chains: readonly { readonly chain: string; readonly contentDigest: string }[]
  readonly tables: readonly MovedTable[]
  /** Sources that were begun and never published: they stay behind. */
  readonly leftBehind: readonly { readonly name: string; readonly format: string; readonly sha256: string }[]
}

/** The row that makes a publication count is written last, so this table arrives last. */
export const LAST_TABLE = 'publication'

/** Tables that move, the last one last. */
export const movingTables: Readonly<Record<string, Columns>> = Object.fromEntries(
  Object.entries<Columns>({ ...ledgerTables, ...bookTables }).sort(
    ([a], [b]) => Number(a === LAST_TABLE) - Number(b === LAST_TABLE) || (a < b ? -1 : 1),
  ),
)

/** What moves of a table: of the bookkeeping, nothing about sources that were never published. `published` lists those that were. */
export function moving(r: Pick<Reading, 'ledger'>, table: string, published: string = LAST_TABLE): string {
  if (table in ledgerTables) return r.ledger(table as LedgerTable)
  const columns: Columns = bookTables[table as keyof typeof bookTables]
  return 'source' in columns && table !== LAST_TABLE
    ? `(SELECT * FROM ${table} WHERE source IN (SELECT source FROM ${published}))`
    : table
}

export function pieceName({ table, prefix }: Pick<Piece, 'table' | 'prefix'>): string {
  return `${table}/${prefix === '' ? 'all' : prefix}`
}

/** How a kind travels in Parquet. DuckDB writes whole numbers beyond 64 bits as floating point: such a kind needs bytes. */
export const travelsAs: Readonly<Record<Kind, 'bytes' | 'itself'>> = {
  hash: 'bytes',
  'hash?': 'bytes',
  'hex?': 'bytes',
  text: 'itself',
  'text?': 'itself',
  amount: 'itself',
  'amount?': 'itself',
  int: 'itself',
  'int?': 'itself',
  flag: 'itself',
}

/** How many digits of the txid cut a table so that a piece has about `pieceRows` rows; none where it has no txid. */
export function prefixLength(columns: Columns, rows: number, pieceRows: number): 0 | 1 | 2 {
  if (columns.txid !== 'hash' || rows <= pieceRows) return 0
  return rows <= 16 * pieceRows ? 1 : 2
}
