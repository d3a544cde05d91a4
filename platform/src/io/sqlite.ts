/**
 * SQLite, as Node.js brings it: one file that several processes may open at once, for what must be kept while the large
 * stores of the folder are in the hands of another process. What a transaction has written is on the disk when it returns.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

export type SqliteValue = SQLInputValue
export type SqliteRow = Readonly<Record<string, unknown>>

export interface Sqlite {
  rows(sql: string, ...values: readonly SqliteValue[]): readonly SqliteRow[]
  row(sql: string, ...values: readonly SqliteValue[]): SqliteRow | null
  run(sql: string, ...values: readonly SqliteValue[]): void
  /** Several statements, without values. */
  script(sql: string): void
  /** All of it is kept or nothing. Writers of other processes wait. */
  writing<T>(body: () => T): T
  /** All its reads see the same state. */
  reading<T>(body: () => T): T
  /** Changes with every transaction of another connection, and with none of this one. */
  version(): number
  close(): void
}

const WAIT_MS = 10_000

export function openSqlite(path: string): Sqlite {
  const database = new DatabaseSync(path)
  database.exec(
    `PRAGMA busy_timeout = ${WAIT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;`,
  )
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const transaction = <T>(begin: string, body: () => T): T => {
    database.exec(begin)
    try {
      const value = body()
      database.exec('COMMIT')
      return value
    } catch (thrown) {
      database.exec('ROLLBACK')
      throw thrown
    }
  }
  return {
    rows: (sql, ...values) => prepared(sql).all(...values) as SqliteRow[],
    row: (sql, ...values) => (prepared(sql).get(...values) as SqliteRow | undefined) ?? null,
    run: (sql, ...values) => {
      prepared(sql).run(...values)
    },
    script: (sql) => database.exec(sql),
    writing: (body) => transaction('BEGIN IMMEDIATE', body),
    reading: (body) => transaction('BEGIN', body),
    version: () => Number(prepared('PRAGMA data_version').get()?.data_version),
    close: () => database.close(),
  }
}
