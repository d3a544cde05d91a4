/**
 * A ClickHouse server through its official client, reduced to what a store needs: statements, rows, bulk rows.
 *
 * There are no transactions over several statements here. One INSERT is atomic per block of rows, so callers make a
 * larger change valid by one small row that is written last.
 */
import type { ClickHouseClient } from '@clickhouse/client'

export type ClickHouseRow = readonly unknown[]

export interface ClickHouse {
  run(sql: string): Promise<void>
  /** All rows; integers of 64 and more bits as decimal text. */
  rows(sql: string): Promise<ClickHouseRow[]>
  each(sql: string, take: (rows: ClickHouseRow[]) => void): Promise<void>
  /** Columns of equal length, sent in portions; a portion is one INSERT. */
  append(table: string, names: readonly string[], columns: readonly (readonly unknown[])[]): Promise<void>
  close(): Promise<void>
}

export type ClickHouseLimits = {
  /** Seconds after which the server gives a statement up. */
  readonly maxExecutionTime: number
}

const PORTION = 20_000

export function clickHouse(client: ClickHouseClient, limits: ClickHouseLimits = { maxExecutionTime: 600 }): ClickHouse {
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
    max_execution_time: limits.maxExecutionTime,
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
    close: () => client.close(),
  }
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
