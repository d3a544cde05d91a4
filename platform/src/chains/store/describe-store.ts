/** What a store is kept in: engine, tables, shards, and what is amiss with them. */
import type { ClickHouse, ClickHouseRow } from '../../io/clickhouse.ts'
import type { DuckDb } from '../../io/duckdb.ts'
import { stop } from '../../kernel/index.ts'
import { clickHouseTables } from './clickhouse-engine.ts'
import { columnTypes, type Layout, localName } from './clickhouse-statements.ts'
import { asInt, asText } from './engine.ts'
import { quoted } from './sql-text.ts'
import { lastingTables } from './tables.ts'

export type StoreDescription = {
  readonly engine: 'DuckDB' | 'ClickHouse'
  readonly version: string
  /** Rows as they lie, with those that later publications replaced; bytes where the engine can say them by table. */
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly bytes: number | null }[]
  readonly bytes: number
  readonly shards: readonly Shard[]
  /** Empty where everything is as it should be. */
  readonly problems: readonly string[]
}

export type Shard = {
  readonly shard: number
  readonly replicas: readonly { readonly host: string; readonly port: number; readonly errors: number }[]
}

export async function describeDuckDb(duck: DuckDb, bytes: number): Promise<StoreDescription> {
  return duck.reading(async (session) => {
    const [version] = await session.rows('SELECT version()')
    const tables: StoreDescription['tables'][number][] = []
    for (const name of Object.keys(lastingTables).sort()) {
      const [row] = await session.rows(`SELECT count(*) FROM ${name}`)
      tables.push({ name, rows: asInt(row?.[0]), bytes: null })
    }
    return { engine: 'DuckDB', version: asText(version?.[0]), tables, bytes, shards: [], problems: [] }
  })
}

export async function describeClickHouse(server: ClickHouse, layout: Layout): Promise<StoreDescription> {
  const [version] = await server.rows('SELECT version()')
  const parts = layout.cluster === null ? 'system.parts' : `cluster(${quoted(layout.cluster)}, system.parts)`
  const lying = await server.rows(
    `SELECT table, sum(rows), sum(bytes_on_disk) FROM ${parts} WHERE active AND database = ${quoted(layout.database)} GROUP BY table`,
  )
  const sums = new Map(lying.map((row) => [asText(row[0]), row]))
  const tables = Object.keys(clickHouseTables)
    .sort()
    .map((name) => {
      const row = sums.get(layout.cluster === null ? name : localName(name))
      return { name, rows: Number(row?.[1] ?? 0), bytes: Number(row?.[2] ?? 0) }
    })
  return {
    engine: 'ClickHouse',
    version: asText(version?.[0]),
    tables,
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    shards: layout.cluster === null ? [] : await shardsOf(server, layout.cluster),
    problems: [...(await wrongColumns(server, layout)), ...(await clusterProblems(server, layout))],
  }
}

/** Refuses a cluster that the server's configuration does not name. */
export async function shardsOf(server: ClickHouse, cluster: string): Promise<readonly Shard[]> {
  const rows = await server.rows(
    `SELECT shard_num, host_name, port, errors_count FROM system.clusters WHERE cluster = ${quoted(cluster)} ORDER BY shard_num, replica_num`,
  )
  if (rows.length === 0) {
    const known = await server.rows('SELECT DISTINCT cluster FROM system.clusters ORDER BY cluster')
    stop('CHAIN_STORE_CLUSTER', `The server knows no cluster "${cluster}".`, {
      place: cluster,
      fix:
        known.length === 0
          ? 'Name its hosts under remote_servers in the configuration of every host.'
          : `It knows ${known.map((row) => String(row[0])).join(', ')}.`,
    })
  }
  return [...Map.groupBy(rows, (row) => Number(row[0]))].map(([shard, of]) => ({
    shard,
    replicas: of.map((row) => ({ host: asText(row[1]), port: Number(row[2]), errors: Number(row[3]) })),
  }))
}

async function wrongColumns(server: ClickHouse, layout: Layout): Promise<string[]> {
  const rows = await server.rows(
    `SELECT table, name, type FROM system.columns WHERE database = ${quoted(layout.database)} ORDER BY table, position`,
  )
  const found = Map.groupBy(rows, (row) => asText(row[0]))
  return Object.entries(clickHouseTables).flatMap(([name, columns]) =>
    (layout.cluster === null ? [name] : [name, localName(name)]).flatMap((table) => {
      const here = found.get(table)?.map((row) => `${row[1]} ${row[2]}`)
      if (!here) return [`the table ${table} is missing`]
      const wanted = columnTypes(columns)
      const odd = wanted.find((one) => !here.includes(one)) ?? here.find((one) => !wanted.includes(one))
      return odd === undefined ? [] : [`the columns of ${table} are not those of this release: ${odd}`]
    }),
  )
}

async function clusterProblems(server: ClickHouse, { cluster, database, keeper }: Layout): Promise<string[]> {
  if (cluster === null || !keeper) return []
  const everywhere = (table: string) => `clusterAllReplicas(${quoted(cluster)}, system.${table})`
  const macros = await server.rows(`SELECT hostName(), macro, substitution FROM ${everywhere('macros')}`)
  const replicas = await server.rows(
    `SELECT hostName(), table, is_readonly, absolute_delay FROM ${everywhere('replicas')}
     WHERE database = ${quoted(database)} AND (is_readonly OR absolute_delay > 300) ORDER BY 1, 2`,
  )
  return [
    ...macroProblems(macros),
    ...replicas.map(
      ([host, table, readonly, delay]) =>
        `${host}: ${table} ${Number(readonly) > 0 ? 'cannot be written (no Keeper)' : `is ${delay} seconds behind`}`,
    ),
  ]
}

/** Rows of (host, macro, value): every host needs {shard} and {replica}, and no two hosts may have the same pair. */
export function macroProblems(rows: readonly ClickHouseRow[]): string[] {
  const problems: string[] = []
  const hostsByPair = new Map<string, string[]>()
  for (const [host, of] of Map.groupBy(rows, (row) => String(row[0]))) {
    const macros = new Map(of.map((row) => [String(row[1]), String(row[2])]))
    for (const name of ['shard', 'replica'])
      if (!macros.get(name)) problems.push(`${host}: the macro {${name}} is not defined`)
    const pair = `{shard} ${macros.get('shard')}, {replica} ${macros.get('replica')}`
    hostsByPair.set(pair, [...(hostsByPair.get(pair) ?? []), host])
  }
  for (const [pair, hosts] of hostsByPair)
    if (hosts.length > 1) problems.push(`${hosts.sort().join(' and ')} have the same macros (${pair})`)
  if (rows.length === 0) problems.push('no host defines the macros {shard} and {replica}')
  return problems
}
