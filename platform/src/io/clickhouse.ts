/**
 * A ClickHouse server through its official client, reduced to what a store needs: statements, rows, bulk rows.
 *
 * There are no transactions over several statements here. One INSERT is atomic per block of rows, so callers make a
 * larger change valid by one small row that is written last.
 */
import { createReadStream } from 'node:fs'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'

export type ClickHouseRow = readonly unknown[]

export interface ClickHouse {
  run(sql: string): Promise<void>
  /** All rows; integers of 64 and more bits as decimal text. */
  rows(sql: string): Promise<ClickHouseRow[]>
  each(sql: string, take: (rows: ClickHouseRow[]) => void): Promise<void>
  /** Columns of equal length, sent in portions; a portion is one INSERT. */
  append(table: string, names: readonly string[], columns: readonly (readonly unknown[])[]): Promise<void>
  /** An INSERT … FORMAT … whose rows are a file. */
  insertFile(sql: string, path: string): Promise<void>
  close(): Promise<void>
}

export type ClickHouseLimits = {
  /** Seconds after which the server gives a statement up. */
  readonly maxExecutionTime?: number
  /** Sent with every statement, beside those that are always sent. */
  readonly settings?: ClickHouseSettings
}

const PORTION = 20_000

/** Nothing is asked before the first statement. Credentials come from the environment alone. */
export function clickHouseClient(
  url: string,
  database: string | null,
  environment: NodeJS.ProcessEnv,
): ClickHouseClient {
  const { COMITY_CLICKHOUSE_USER: username, COMITY_CLICKHOUSE_PASSWORD: password } = environment
  return createClient({
    url,
    ...(database !== null && { database }),
    ...(username && { username }),
    ...(password && { password }),
    application: 'comity',
    // A statement over a whole chain takes its time; the server gives it up after max_execution_time.
    request_timeout: 3_600_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
}

export function clickHouse(client: ClickHouseClient, limits: ClickHouseLimits = {}): ClickHouse {
  const settings = {
    // Numbers beyond 2^53 would be rounded by JSON readers.
    output_format_json_quote_64bit_integers: 1,
    // Without it the missing side of an outer join is filled with zeros and empty texts.
    join_use_nulls: 1,
    // A name in WHERE means the column, as in the SQL standard, not an alias of the SELECT list.
    prefer_column_name_to_alias: 1,
    // Equal blocks of rows are no repetition here: what was inserted is there.
    insert_deduplicate: 0,
    async_insert: 0,
    max_execution_time: limits.maxExecutionTime ?? 600,
    ...limits.settings,
  } as const
  return {
    run: async (sql) => {
      await client.command({ query: sql, clickhouse_settings: settings })
    },
    rows: async (sql) => {
      const result = await client.query({ query: sql, format: 'JSONCompactEachRow', clickhouse_settings: settings })
      return result.json<ClickHouseRow>()
    },
    each: async (sql, take) => {
      const result = await client.query({ query: sql, format: 'JSONCompactEachRow', clickhouse_settings: settings })
      for await (const rows of result.stream<ClickHouseRow>()) take(rows.map((row) => row.json()))
    },
    append: async (table, names, columns) => {
      const total = columns[0]?.length ?? 0
      for (const [at, column] of columns.entries()) {
        if (column.length !== total) throw new Error(`column ${names[at]} of ${table} is not ${total} long`)
      }
      for (let from = 0; from < total; from += PORTION) {
        const values: unknown[][] = []
        for (let row = from; row < Math.min(total, from + PORTION); row++)
          values.push(columns.map((column) => plain(column[row])))
        await client.insert({
          table,
          columns: names as [string, ...string[]],
          values,
          format: 'JSONCompactEachRow',
          clickhouse_settings: settings,
        })
      }
    },
    insertFile: async (sql, path) => {
      const { stream } = await client.exec({
        query: sql,
        values: createReadStream(path, { highWaterMark: 1 << 20 }),
        clickhouse_settings: settings,
      })
      // The statement has been carried out when its (empty) answer has been read.
      for await (const _ of stream);
    },
    close: () => client.close(),
  }
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
