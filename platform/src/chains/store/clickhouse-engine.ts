/**
 * The engine of the chain store on ClickHouse, which has no transactions.
 *
 * Nothing is changed in place. A publication takes a new generation number and writes its rows under it; rows of older
 * generations that it replaces are named in replaced_tx and replaced_block. None of this counts until the row in
 * `publication` is there, a single INSERT: readers see rows whose generation is published and that no published
 * generation replaces. A crash before leaves rows that nobody sees, removed when the next publication begins. A reader
 * fixes the newest generation when it starts, so all its statements see one state. Batches are kept in the same way:
 * they count when their row in `batch` is there.
 *
 * One process may write at a time; the caller's lock sees to that. Any number may read.
 */
import { randomUUID } from 'node:crypto'
import type { ClickHouse } from '../../io/clickhouse.ts'
import type { ColumnValues, Engine, Reading, Writing } from './engine.ts'
import {
  ACCOUNT_SET,
  bookTables,
  type Columns,
  type Kind,
  type LedgerTable,
  ledgerTables,
  ROW_SET,
  stageTable,
  stageTables,
} from './tables.ts'

const replacedTables = {
  replaced_tx: { chain: 'int', txid: 'hash', generation: 'int', replaced_by: 'int' },
  replaced_block: { chain: 'int', id: 'text', generation: 'int', replaced_by: 'int' },
} as const satisfies Readonly<Record<string, Columns>>

export async function openClickHouseEngine(server: ClickHouse): Promise<Engine> {
  for (const [name, columns] of Object.entries({ ...ledgerTables, ...bookTables, ...replacedTables })) {
    await server.run(createTable(name, columns, orderOf[name] ?? Object.keys(columns).slice(0, 1), indexOf[name] ?? []))
  }
  let last: Promise<unknown> = Promise.resolve()
  /** Writers of this process one after the other; readers do not wait. */
  function alone<T>(task: () => Promise<T>): Promise<T> {
    const next = last.then(task, task)
    last = next.catch(() => undefined)
    return next
  }

  return {
    reading: async (body) => {
      const newest = await newestGeneration(server)
      return withTables(server, (beside) =>
        body(readingOn(server, beside, `SELECT generation FROM publication WHERE generation <= ${newest}`)),
      )
    },
    writing: (body) =>
      alone(() =>
        withTables(server, (beside) => body(writingOn(server, beside, 0, 'SELECT generation FROM publication'))),
      ),
    publishing: (source, body) =>
      alone(async () => {
        await removeUnfinished(server)
        const [row] = await server.rows('SELECT max(generation) FROM attempt')
        const generation = Number(row?.[0] ?? 0) + 1
        await append(server, 'attempt', bookTables.attempt, { generation: [generation], source: [source] })
        const published = `SELECT generation FROM publication UNION ALL SELECT toInt64(${generation})`
        return withTables(server, (beside) => body(writingOn(server, beside, generation, published)))
      }),
    close: async () => {
      await last
      await server.close()
    },
  }
}

function readingOn(server: ClickHouse, beside: string[], published: string): Reading {
  const replacedBy: Readonly<Partial<Record<LedgerTable, [string, string]>>> = {
    ...Object.fromEntries([...ROW_SET, ...ACCOUNT_SET].map((table) => [table, ['replaced_tx', 'txid']])),
    block: ['replaced_block', 'id'],
  }
  return {
    ledger: (table) => {
      const seen = `generation IN (${published})`
      const [list, key] = replacedBy[table] ?? []
      if (list === undefined) return `(SELECT * FROM ${table} WHERE ${seen})`
      return `(SELECT * FROM ${table} WHERE ${seen} AND (chain, ${key}, generation) NOT IN
        (SELECT chain, ${key}, generation FROM ${list} WHERE replaced_by IN (${published})))`
    },
    rows: (sql) => server.rows(sql),
    each: (sql, take) => server.each(sql, take),
    list: async (kinds, values) => {
      const name = besideName()
      await server.run(`CREATE TABLE ${name} (${columnList(kinds)}) ENGINE = Memory`)
      beside.push(name)
      await append(server, name, kinds, values)
      return name
    },
    same: (left, right) => `ifNull(${left} = ${right}, ${left} IS NULL AND ${right} IS NULL)`,
    exactSum: (expression) => `coalesce(sum(toUInt256(${expression})), 0)`,
  }
}

function writingOn(server: ClickHouse, beside: string[], generation: number, published: string): Writing {
  const reading = readingOn(server, beside, published)
  return {
    ...reading,
    generation,
    append: (table, values) => append(server, table, { ...ledgerTables, ...bookTables }[table], values),
    appendStaged: (table, source, values) => append(server, stageTable(table, source), stageTables[table], values),
    createStage: async (source, tables) => {
      for (const table of tables) await server.run(createTable(stageTable(table, source), stageTables[table], [], []))
    },
    dropStage: async (source) => {
      for (const table of Object.keys(stageTables)) await server.run(`DROP TABLE IF EXISTS ${table}_${source}`)
    },
    work: async (select) => {
      const name = besideName()
      await server.run(`CREATE TABLE ${name} ENGINE = MergeTree ORDER BY tuple() AS ${select}`)
      beside.push(name)
      return name
    },
    insertFrom: (table, columns, select) =>
      server.run(`INSERT INTO ${table} (${columns.join(', ')}, generation) SELECT *, ${generation} FROM (${select}) s`),
    replaceTransactions: (chain, txids) =>
      server.run(
        `INSERT INTO replaced_tx (chain, txid, generation, replaced_by) SELECT chain, txid, generation, ${generation}
         FROM ${reading.ledger('tx')} t WHERE chain = ${chain} AND txid IN (${txids})`,
      ),
    replaceAccounts: (chain, txids) =>
      server.run(
        `INSERT INTO replaced_tx (chain, txid, generation, replaced_by) SELECT DISTINCT chain, txid, generation, ${generation}
         FROM ${reading.ledger('acc_tx')} t WHERE chain = ${chain} AND txid IN (${txids})`,
      ),
    replaceBlocks: (chain, ids) =>
      server.run(
        `INSERT INTO replaced_block (chain, id, generation, replaced_by) SELECT chain, id, generation, ${generation}
         FROM ${reading.ledger('block')} b WHERE chain = ${chain} AND id IN (${ids})`,
      ),
    deleteBook: (table, where) => server.run(`DELETE FROM ${table} WHERE ${where}`),
  }
}

/** Rows of publications that never came to their end: unseen, and in the way of nobody but the disk. */
async function removeUnfinished(server: ClickHouse): Promise<void> {
  const rows = await server.rows(
    'SELECT generation FROM attempt WHERE generation NOT IN (SELECT generation FROM publication)',
  )
  const unfinished = rows.map((row) => Number(row[0]))
  if (unfinished.length > 0) {
    const list = unfinished.join(', ')
    for (const table of Object.keys(ledgerTables))
      await server.run(`DELETE FROM ${table} WHERE generation IN (${list})`)
    for (const table of Object.keys(replacedTables))
      await server.run(`DELETE FROM ${table} WHERE replaced_by IN (${list})`)
    await server.run(`DELETE FROM attempt WHERE generation IN (${list})`)
  }
  const published = await server.rows(`SELECT source FROM publication WHERE 'stage_tx_' || toString(source) IN
    (SELECT name FROM system.tables WHERE database = currentDatabase())`)
  for (const [source] of published) {
    for (const table of Object.keys(stageTables)) await server.run(`DROP TABLE IF EXISTS ${table}_${Number(source)}`)
  }
  // Lists of readers that died. A day is longer than any statement may run.
  const abandoned = await server.rows(`SELECT name FROM system.tables WHERE database = currentDatabase()
    AND startsWith(name, 'beside_') AND metadata_modification_time < now() - INTERVAL 1 DAY`)
  for (const [name] of abandoned) await server.run(`DROP TABLE IF EXISTS ${String(name)}`)
}

async function newestGeneration(server: ClickHouse): Promise<number> {
  const [row] = await server.rows('SELECT max(generation) FROM publication')
  return Number(row?.[0] ?? 0)
}

async function withTables<T>(server: ClickHouse, body: (beside: string[]) => Promise<T>): Promise<T> {
  const beside: string[] = []
  try {
    return await body(beside)
  } finally {
    for (const name of beside) await server.run(`DROP TABLE IF EXISTS ${name}`)
  }
}

function besideName(): string {
  return `beside_${randomUUID().replaceAll('-', '')}`
}

function append(server: ClickHouse, table: string, columns: Columns, values: ColumnValues): Promise<void> {
  const names = Object.keys(columns)
  return server.append(
    table,
    names,
    names.map((name) => {
      const column = values[name]
      if (column === undefined) throw new Error(`no values for column ${name} of ${table}`)
      return column
    }),
  )
}

/** fsync on every insert: the server's default leaves the last seconds to the page cache. */
function createTable(name: string, columns: Columns, order: readonly string[], indexes: readonly string[]): string {
  const index = indexes.map((column) => `, INDEX by_${column} ${column} TYPE bloom_filter GRANULARITY 1`).join('')
  return `CREATE TABLE IF NOT EXISTS ${name} (${columnList(columns)}${index}) ENGINE = MergeTree ORDER BY (${order.join(', ')})
    SETTINGS allow_nullable_key = 1, fsync_after_insert = 1, fsync_part_directory = 1`
}

function columnList(columns: Columns): string {
  return Object.entries(columns)
    .map(([column, kind]) => `${column} ${sqlType[kind]}`)
    .join(', ')
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
