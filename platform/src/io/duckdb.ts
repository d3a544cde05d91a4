/**
 * DuckDB in this process: one file, one connection that writes, one that reads.
 *
 * Every use of a connection is queued behind the one before, because a transaction belongs to a connection and two
 * callers must not find themselves in the same one. Readers see the last committed state while a writer works.
 */
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  UBIGINT,
  VARCHAR,
} from '@duckdb/node-api'

/** How a column is kept. `bytes` travels as lower-case hexadecimal text, whole numbers as number or bigint. */
export type DuckDbColumn = 'bytes' | 'text' | 'unsigned' | 'integer' | 'boolean'

export type DuckDbRow = readonly unknown[]

export type DuckDbSession = {
  run(sql: string): Promise<void>
  /** All rows; blobs as hexadecimal text, 64-bit and wider integers as bigint. */
  rows(sql: string): Promise<DuckDbRow[]>
  /** The same rows in portions, for results that should not be held at once. */
  each(sql: string, take: (rows: DuckDbRow[]) => void): Promise<void>
  /** Appends columns of equal length by data chunks: some hundred times faster than INSERT statements. */
  append(table: string, kinds: readonly DuckDbColumn[], columns: readonly (readonly unknown[])[]): Promise<void>
}

export interface DuckDb {
  /** Runs `body` in one read transaction: all its statements see the same state. */
  reading<T>(body: (session: DuckDbSession) => Promise<T>): Promise<T>
  /** Runs `body` in one write transaction: all of it is kept, or, when it throws, nothing. */
  writing<T>(body: (session: DuckDbSession) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens or creates the file. DuckDB itself refuses a file that another process has open. */
export async function openDuckDb(path: string): Promise<DuckDb> {
  // The log is folded into the file every 16 MB by default, which costs bulk appends a third of their speed.
  const instance = await DuckDBInstance.create(path, { checkpoint_threshold: '256MB' })
  const writer = await instance.connect()
  const reader = await instance.connect()
  const writeQueue = queue()
  const readQueue = queue()
  return {
    reading: (body) => readQueue(() => inTransaction(reader, body)),
    writing: (body) => writeQueue(() => inTransaction(writer, body)),
    close: async () => {
      await writeQueue(async () => undefined)
      await readQueue(async () => undefined)
      reader.closeSync()
      // A checkpoint on the way out keeps the next opening short; without it the log is replayed then.
      await writer.run('CHECKPOINT')
      writer.closeSync()
      instance.closeSync()
    },
  }
}

async function inTransaction<T>(
  connection: DuckDBConnection,
  body: (session: DuckDbSession) => Promise<T>,
): Promise<T> {
  await connection.run('BEGIN TRANSACTION')
  try {
    const result = await body(sessionOn(connection))
    await connection.run('COMMIT')
    return result
  } catch (thrown) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw thrown
  }
}

function sessionOn(connection: DuckDBConnection): DuckDbSession {
  return {
    run: async (sql) => {
      await connection.run(sql)
    },
    rows: async (sql) => {
      const reader = await connection.runAndReadAll(sql)
      return reader.getRows().map(readRow)
    },
    each: async (sql, take) => {
      const result = await connection.stream(sql)
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        take(chunk.getRows().map(readRow))
      }
    },
    append: (table, kinds, columns) => appendColumns(connection, table, kinds, columns),
  }
}

const CHUNK_ROWS = 2048

async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  kinds: readonly DuckDbColumn[],
  columns: readonly (readonly unknown[])[],
): Promise<void> {
  const total = columns[0]?.length ?? 0
  if (total === 0) return
  const appender = await connection.createAppender(table)
  const chunk = DuckDBDataChunk.create(kinds.map((kind) => typeOf[kind]))
  for (let from = 0; from < total; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, total - from)
    chunk.reset()
    chunk.rowCount = count
    kinds.forEach((kind, column) => {
      const values = columns[column]
      if (values === undefined || values.length !== total)
        throw new Error(`column ${column} of ${table} is not ${total} long`)
      const vector = chunk.getColumnVector(column)
      const write = writerOf[kind]
      for (let row = 0; row < count; row++) {
        const value = values[from + row]
        vector.setItem(row, value === null || value === undefined ? null : write(value))
      }
      vector.flush()
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

const typeOf: Readonly<Record<DuckDbColumn, DuckDBType>> = {
  bytes: BLOB,
  text: VARCHAR,
  unsigned: UBIGINT,
  integer: BIGINT,
  boolean: BOOLEAN,
}

const writerOf = {
  bytes: (value: unknown) => new DuckDBBlobValue(Buffer.from(String(value), 'hex')),
  text: (value: unknown) => String(value),
  unsigned: (value: unknown) => BigInt(value as bigint),
  integer: (value: unknown) => BigInt(value as number),
  boolean: (value: unknown) => Boolean(value),
}

function readRow(row: readonly unknown[]): DuckDbRow {
  return row.map((value) =>
    value instanceof DuckDBBlobValue
      ? Buffer.from(value.bytes.buffer, value.bytes.byteOffset, value.bytes.byteLength).toString('hex')
      : value,
  )
}

/** Runs tasks one after the other; a task that fails does not stop those behind it. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task, task)
    last = next.catch(() => undefined)
    return next
  }
}
