/**
 * Every statement that defines, empties or removes a table of the chain store on ClickHouse, for one server and for a
 * cluster.
 *
 * On a cluster each table is two: NAME_local, a ReplicatedMergeTree on every host, and NAME, a Distributed table over
 * them, which is what everything else reads and writes.
 *
 * - Rows that carry a transaction id lie on the shard that chain and id hash to, so that a row set is never torn; the
 *   bookkeeping and the blocks (a million rows) lie on the first shard.
 * - The path of a replicated table in Keeper holds the macros {shard} and {replica}, which each host defines for itself.
 * - Tables of one statement or one publication (`beside_…`) are plain tables of the host that is asked: a client keeps to
 *   one host while it works, so name a host in the URL and no balancer.
 *
 * Source for engines, macros, ON CLUSTER and settings: the documentation of ClickHouse (Distributed, ReplicatedMergeTree,
 * "Query-level session settings"). Run here on ClickHouse's engine with Distributed tables over two shards of one
 * process, without Keeper; never on a cluster of several hosts.
 */
import { stop } from '../../kernel/index.ts'
import { travelsAs } from './move-pieces.ts'
import { quoted } from './sql-text.ts'
import type { Columns, Kind, LedgerTable } from './tables.ts'

export type Layout = {
  readonly database: string
  /** As the server's configuration names it (`remote_servers`); null for one server. */
  readonly cluster: string | null
  /** Off only where the engine runs without Keeper, as in the tests: then there is no ON CLUSTER and no replica. */
  readonly keeper: boolean
}

/** fsync on every insert: the server's default leaves the last seconds to the page cache. */
const KEPT = 'allow_nullable_key = 1, fsync_after_insert = 1, fsync_part_directory = 1'

export function createTable(layout: Layout, name: string, columns: Columns): readonly string[] {
  const base = baseOf(name)
  const index = (indexOf[base] ?? [])
    .map((column) => `, INDEX by_${column} ${column} TYPE bloom_filter GRANULARITY 1`)
    .join('')
  const order = orderOf[base] ?? (base.startsWith('stage_') ? [] : Object.keys(columns).slice(0, 1))
  const rest = `ORDER BY (${order.join(', ')}) SETTINGS ${KEPT}`
  const body = `(${columnList(columns)}${index})`
  if (layout.cluster === null) return [`CREATE TABLE IF NOT EXISTS ${name} ${body} ENGINE = MergeTree ${rest}`]
  const local = localName(name)
  const engine = layout.keeper
    ? `ReplicatedMergeTree('/clickhouse/tables/{shard}/${layout.database}/${local}', '{replica}')`
    : 'MergeTree'
  const place = `${quoted(layout.cluster)}, ${quoted(layout.database)}, ${quoted(local)}, ${shardingKey(columns)}`
  return [
    `CREATE TABLE IF NOT EXISTS ${local}${everywhere(layout)} ${body} ENGINE = ${engine} ${rest}`,
    `CREATE TABLE IF NOT EXISTS ${name}${everywhere(layout)} (${columnList(columns)}) ENGINE = Distributed(${place})`,
  ]
}

export function dropTable(layout: Layout, name: string): readonly string[] {
  const drop = (table: string) => `DROP TABLE IF EXISTS ${table}${everywhere(layout)}`
  // SYNC: else a replicated table made again at once would meet its own path in Keeper.
  return layout.cluster === null ? [drop(name)] : [drop(name), `${drop(localName(name))} SYNC`]
}

/** `where` may use columns and values only: on a cluster each host decides about its own rows. */
export function deleteRows(layout: Layout, name: string, where: string): string {
  if (layout.cluster === null) return `DELETE FROM ${name} WHERE ${where}`
  return `DELETE FROM ${localName(name)}${everywhere(layout)} WHERE ${where}`
}

export function emptyTable(layout: Layout, name: string): string {
  if (layout.cluster === null) return `TRUNCATE TABLE ${name}`
  return `TRUNCATE TABLE ${localName(name)}${everywhere(layout)}`
}

/** A table that lives as long as a statement or a publication, on the host that is asked. */
export function createBeside(name: string, columns: Columns): string {
  return `CREATE TABLE ${name} (${columnList(columns)}) ENGINE = Memory`
}

export function createWork(name: string, select: string): string {
  return `CREATE TABLE ${name} ENGINE = MergeTree ORDER BY tuple() AS ${select}`
}

/**
 * One piece of a moved store. The rows follow the statement as Parquet, with bytes as bytes; here they are text. Named
 * columns on both sides, so that the order of columns in a file does not matter.
 */
export function insertParquet(table: string, columns: Columns): string {
  const structure = Object.entries(columns)
    .map(([column, kind]) => `${column} ${arrivesAs(kind)}`)
    .join(', ')
  const select = Object.entries(columns).map(([column, kind]) =>
    isBytes(kind) ? `lower(hex(${column})) AS ${column}` : column,
  )
  return `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT ${select.join(', ')} FROM input(${quoted(structure)}) FORMAT Parquet`
}

/** Settings that the layout needs with every statement. */
export function layoutSettings(layout: Layout): Readonly<Record<string, string | number>> {
  if (layout.cluster === null) return {}
  return {
    // An INSERT through a Distributed table has reached its shards when it is answered, instead of waiting in a queue.
    distributed_foreground_insert: 1,
    // IN and JOIN over two distributed tables are answered by the whole of the right side, wherever its rows lie; and
    // lists beside the ledger, which are on the asked host alone, are sent along.
    prefer_global_in_and_join: 1,
    distributed_product_mode: 'global',
    // A shard that does not answer is an error. Half a ledger must never look like a whole one.
    skip_unavailable_shards: 0,
    fallback_to_stale_replicas_for_distributed_queries: 0,
    // DELETE returns when the rows are gone on every replica.
    lightweight_deletes_sync: 2,
    ...(layout.keeper
      ? {
          // The row in `publication` counts when most replicas have it, and is read only where it and everything before
          // it have arrived. Sequential consistency asks for quorum inserts one after the other.
          insert_quorum: 'auto',
          insert_quorum_parallel: 0,
          select_sequential_consistency: 1,
          distributed_ddl_output_mode: 'throw',
        }
      : {}),
  }
}

export function readLayout(database: string, cluster: string | null, keeper = true): Layout {
  for (const name of [database, ...(cluster === null ? [] : [cluster])]) {
    if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) continue
    stop('CHAIN_STORE_NAME', `"${name.slice(0, 80)}" is no name for a database or a cluster here.`, {
      place: name.slice(0, 80),
      fix: 'Use letters, digits and underscores, not beginning with a digit.',
    })
  }
  return { database, cluster, keeper }
}

export function localName(name: string): string {
  return `${name}_local`
}

export function columnList(columns: Columns): string {
  return columnTypes(columns).join(', ')
}

/** Columns as `system.columns` names them. */
export function columnTypes(columns: Columns): readonly string[] {
  return Object.entries(columns).map(([column, kind]) => `${column} ${sqlType[kind]}`)
}

export function createDatabase(layout: Layout): string {
  return `CREATE DATABASE IF NOT EXISTS ${layout.database}${everywhere(layout)}`
}

function everywhere({ cluster, keeper }: Layout): string {
  return cluster === null || !keeper ? '' : ` ON CLUSTER ${quoted(cluster)}`
}

function shardingKey(columns: Columns): string {
  if (columns.txid !== 'hash') return '0'
  return 'chain' in columns ? 'cityHash64(chain, txid)' : 'cityHash64(txid)'
}

/** `stage_tx_17` is ordered and indexed as `stage_tx`. */
function baseOf(name: string): string {
  return name.replace(/_[0-9]+$/, '')
}

function isBytes(kind: Kind): boolean {
  return travelsAs[kind] === 'bytes'
}

function arrivesAs(kind: Kind): string {
  if (!isBytes(kind)) return sqlType[kind]
  return kind.endsWith('?') ? 'Nullable(String)' : 'String'
}

const orderOf: Readonly<Record<string, readonly string[]>> = {
  tx: ['chain', 'txid'],
  tx_in: ['chain', 'prev', 'prev_vout'],
  tx_out: ['chain', 'txid', 'vout'],
  conflict: ['chain', 'txid'],
  inclusion: ['chain', 'txid'],
  tx_source: ['chain', 'txid'],
  claim: ['chain', 'txid'],
  block_claim: ['chain', 'height'],
  block: ['chain', 'height'],
  acc_tx: ['chain', 'txid'],
  acc_move: ['chain', 'txid'],
  acc_log: ['chain', 'txid'],
  replaced_tx: ['chain', 'txid'],
  replaced_block: ['chain', 'id'],
} satisfies Record<LedgerTable, readonly string[]> & Record<string, readonly string[]>

const indexOf: Readonly<Record<string, readonly string[]>> = {
  tx_in: ['txid', 'pv_address'],
  tx_out: ['address'],
  inclusion: ['height'],
  block: ['hash'],
  acc_tx: ['hash'],
  acc_move: ['sender', 'recipient'],
  acc_log: ['topic0'],
}

/** Hashes are kept as text: an INSERT of rows as JSON cannot carry bytes. Compression takes back most of the room. */
const sqlType: Readonly<Record<Kind, string>> = {
  hash: 'FixedString(64)',
  'hash?': 'Nullable(FixedString(64))',
  'hex?': 'Nullable(String)',
  text: 'String',
  'text?': 'Nullable(String)',
  amount: 'UInt64',
  'amount?': 'Nullable(UInt64)',
  int: 'Int64',
  'int?': 'Nullable(Int64)',
  flag: 'Bool',
}
