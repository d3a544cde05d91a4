/** What the chain store asks of an SQL engine. DuckDB and ClickHouse answer it; everything above is written once. */
import type { BookTable, Columns, Kind, LedgerTable, StageTable } from './tables.ts'

export type Row = readonly unknown[]

/** Columns by name, all of one length. Hashes are hexadecimal text, amounts bigint, other numbers number. */
export type ColumnValues = Readonly<Record<string, readonly unknown[]>>

export interface Reading {
  /** A table expression of the visible rows of a ledger table. */
  ledger(table: LedgerTable): string
  rows(sql: string): Promise<readonly Row[]>
  each(sql: string, take: (rows: readonly Row[]) => void): Promise<void>
  /** Puts values beside the ledger to join with; returns the table's name. It is gone when the reading ends. */
  list(kinds: Columns, values: ColumnValues): Promise<string>
  /** An equality under which null equals null. */
  same(left: string, right: string): string
  /** A sum that no total of 64-bit amounts can overflow. */
  exactSum(expression: string): string
}

export interface Writing extends Reading {
  /** Number of this publication; 0 in other writings. */
  readonly generation: number
  append(table: LedgerTable | BookTable, values: ColumnValues): Promise<void>
  appendStaged(table: StageTable, source: number, values: ColumnValues): Promise<void>
  createStage(source: number, tables: readonly StageTable[]): Promise<void>
  dropStage(source: number): Promise<void>
  /** Keeps the result of a query beside the ledger until the writing ends; returns the table's name. */
  work(select: string): Promise<string>
  /** `INSERT INTO table (columns…, generation) SELECT …`; the query gives all columns but the last. */
  insertFrom(table: LedgerTable, columns: readonly string[], select: string): Promise<void>
  /** Takes the row sets of these transactions out of the ledger; `txids` is a query of one column. */
  replaceTransactions(chain: number, txids: string): Promise<void>
  /** The same on account chains: all statements of these transactions. */
  replaceAccounts(chain: number, txids: string): Promise<void>
  /** Takes these merged blocks out of the ledger; `ids` is a query of one column. */
  replaceBlocks(chain: number, ids: string): Promise<void>
  deleteBook(table: BookTable, where: string): Promise<void>
}

export interface Engine {
  /** All statements of the body see one state of the ledger. */
  reading<T>(body: (reading: Reading) => Promise<T>): Promise<T>
  /** Nothing of the body is visible unless it ends well. The bookkeeping row that makes it valid is appended last. */
  writing<T>(body: (writing: Writing) => Promise<T>): Promise<T>
  /** A writing that may change the ledger; the body appends its row in `publication` when the rest is in place. */
  publishing<T>(source: number, body: (writing: Writing) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function asInt(value: unknown): number {
  const number = Number(value)
  if (value === null || !Number.isSafeInteger(number)) throw new TypeError(`not an integer: ${String(value)}`)
  return number
}

export function asIntOrNull(value: unknown): number | null {
  return value === null ? null : asInt(value)
}

export function asAmount(value: unknown): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError(`an amount came as a float: ${value}`)
  return BigInt(value as bigint | string | number)
}

export function asText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`not text: ${String(value)}`)
  return value
}

export function asTextOrNull(value: unknown): string | null {
  return value === null ? null : asText(value)
}

export function asFlag(value: unknown): boolean {
  return value === true || value === 1
}

/** Turns rows into the columns that `append` takes. */
export function toColumns(names: readonly string[], rows: readonly Row[]): ColumnValues {
  return Object.fromEntries(names.map((name, at) => [name, rows.map((row) => row[at] ?? null)]))
}

export type { Kind }
