/**
 * The engine of the chain store on ClickHouse, which has no transactions.
 *
 * Nothing is changed in place. A publication takes a new generation number and writes its rows under it; rows of older
 * generations that it replaces are named in replaced_tx and replaced_block. None of this counts until the row in
 * `publication` is there, a single INSERT: readers see rows whose generation is published and that no published
 * generation replaces. A crash before leaves rows that nobody sees, removed when the next publication begins. So what is
 * unpublished is newer than everything published, and "published" is asked as one comparison of numbers: a list of
 * generations in each of a statement's tables would take longer to plan than most questions take to answer. A reader
 * fixes the newest generation when it starts, so all its statements see one state. Batches are kept in the same way:
 * they count when their row in `batch` is there.
 *
 * One process may write at a time; the caller's lock sees to that. Any number may read.
 */
import { randomUUID } from 'node:crypto'
import type { ClickHouse } from '../../io/clickhouse.ts'
import { stop } from '../../kernel/index.ts'
import { createBeside, createTable, createWork, deleteRows, dropTable, type Layout } from './clickhouse-statements.ts'
import type { ColumnValues, Engine, Reading, Writing } from './engine.ts'
import {
  ACCOUNT_SET,
  ARRIVAL,
  bookTables,
  type Columns,
  type LedgerTable,
  lastingTables,
  ledgerTables,
  ROW_SET,
  stageTable,
  stageTables,
} from './tables.ts'

const replacedTables = {
  replaced_tx: { chain: 'int', txid: 'hash', generation: 'int', replaced_by: 'int' },
  replaced_block: { chain: 'int', id: 'text', generation: 'int', replaced_by: 'int' },
} as const satisfies Readonly<Record<string, Columns>>

/** Every table that the store keeps on ClickHouse. */
export const clickHouseTables: Readonly<Record<string, Columns>> = { ...lastingTables, ...replacedTables }

/** Makes what is missing. Tables of one server are not turned into those of a cluster, nor back. */
export async function createTables(server: ClickHouse, layout: Layout): Promise<void> {
  const [row] = await server.rows("SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'tx'")
  const isDistributed = row?.[0] === 'Distributed'
  if (row !== undefined && isDistributed !== (layout.cluster !== null)) {
    stop(
      'CHAIN_STORE_LAYOUT',
      `The tables of this database are ${isDistributed ? 'those of a cluster' : 'not distributed over a cluster'}.`,
      {
        place: layout.database,
        fix: isDistributed
          ? 'Name the cluster with --cluster.'
          : 'Leave --cluster away, or move the store into an empty database on the cluster.',
      },
    )
  }
  for (const [name, columns] of Object.entries(clickHouseTables))
    for (const statement of createTable(layout, name, columns)) await server.run(statement)
}

export async function openClickHouseEngine(server: ClickHouse, layout: Layout): Promise<Engine> {
  await createTables(server, layout)
  const [arriving] = await server.rows(
    `SELECT countIf(piece = '${ARRIVAL.begun}'), countIf(piece = '${ARRIVAL.finished}') FROM arrival`,
  )
  if (Number(arriving?.[0]) > Number(arriving?.[1])) {
    stop('CHAIN_STORE_ARRIVING', 'A store is being moved into this database and has not arrived yet.', {
      place: layout.database,
      fix: 'Run the same `comity chain migrate` again: it goes on where it stopped.',
    })
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
      const newest = await newestGeneration(server, 'publication')
      return withTables(server, (beside) => body(readingOn(server, beside, newest)))
    },
    writing: (body) =>
      alone(() =>
        withTables(server, (beside) =>
          body(writingOn(server, layout, beside, 0, '(SELECT max(generation) FROM publication)')),
        ),
      ),
    publishing: (source, body) =>
      alone(async () => {
        await removeUnfinished(server, layout)
        const generation = (await newestGeneration(server, 'attempt')) + 1
        await append(server, 'attempt', bookTables.attempt, { generation: [generation], source: [source] })
        return withTables(server, (beside) => body(writingOn(server, layout, beside, generation, generation)))
      }),
    close: async () => {
      await last
      await server.close()
    },
  }
}

/** Shows what counts up to a generation, a number or a query of it; `beside` collects tables that go with the reading. */
export function readingOn(server: ClickHouse, beside: string[], newest: number | string): Reading {
  const replacedBy: Readonly<Partial<Record<LedgerTable, [string, string]>>> = {
    ...Object.fromEntries([...ROW_SET, ...ACCOUNT_SET].map((table) => [table, ['replaced_tx', 'txid']])),
    block: ['replaced_block', 'id'],
  }
  return {
    ledger: (table) => {
      const seen = `generation <= ${newest}`
      const [list, key] = replacedBy[table] ?? []
      if (list === undefined) return `(SELECT * FROM ${table} WHERE ${seen})`
      return `(SELECT * FROM ${table} WHERE ${seen} AND (chain, ${key}, generation) NOT IN
        (SELECT chain, ${key}, generation FROM ${list} WHERE replaced_by <= ${newest}))`
    },
    rows: (sql) => server.rows(sql),
    each: (sql, take) => server.each(sql, take),
    list: async (kinds, values) => {
      const name = besideName()
      await server.run(createBeside(name, kinds))
      beside.push(name)
      await append(server, name, kinds, values)
      return name
    },
    same: (left, right) => `ifNull(${left} = ${right}, ${left} IS NULL AND ${right} IS NULL)`,
    exactSum: (expression) => `coalesce(sum(toUInt256(${expression})), 0)`,
  }
}

function writingOn(
  server: ClickHouse,
  layout: Layout,
  beside: string[],
  generation: number,
  newest: number | string,
): Writing {
  const reading = readingOn(server, beside, newest)
  return {
    ...reading,
    generation,
    append: (table, values) => append(server, table, { ...ledgerTables, ...bookTables }[table], values),
    appendStaged: (table, source, values) => append(server, stageTable(table, source), stageTables[table], values),
    createStage: async (source, tables) => {
      for (const table of tables)
        for (const statement of createTable(layout, stageTable(table, source), stageTables[table]))
          await server.run(statement)
    },
    dropStage: (source) => dropStages(server, layout, source),
    work: async (select) => {
      const name = besideName()
      await server.run(createWork(name, select))
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
    deleteBook: (table, where) => server.run(deleteRows(layout, table, where)),
  }
}

/** Rows of publications that never came to their end: unseen, and in the way of nobody but the disk. */
async function removeUnfinished(server: ClickHouse, layout: Layout): Promise<void> {
  const rows = await server.rows(
    'SELECT generation FROM attempt WHERE generation NOT IN (SELECT generation FROM publication)',
  )
  const unfinished = rows.map((row) => Number(row[0]))
  if (unfinished.length > 0) {
    const list = unfinished.join(', ')
    for (const table of Object.keys(ledgerTables))
      await server.run(deleteRows(layout, table, `generation IN (${list})`))
    for (const table of Object.keys(replacedTables))
      await server.run(deleteRows(layout, table, `replaced_by IN (${list})`))
    await server.run(deleteRows(layout, 'attempt', `generation IN (${list})`))
  }
  const published = await server.rows(`SELECT source FROM publication WHERE 'stage_block_' || toString(source) IN
    (SELECT name FROM system.tables WHERE database = currentDatabase())`)
  for (const [source] of published) await dropStages(server, layout, Number(source))
  // Lists of readers that died. A day is longer than any statement may run.
  const abandoned = await server.rows(`SELECT name FROM system.tables WHERE database = currentDatabase()
    AND startsWith(name, 'beside_') AND metadata_modification_time < now() - INTERVAL 1 DAY`)
  for (const [name] of abandoned) await server.run(`DROP TABLE IF EXISTS ${String(name)}`)
}

async function dropStages(server: ClickHouse, layout: Layout, source: number): Promise<void> {
  for (const table of Object.keys(stageTables))
    for (const statement of dropTable(layout, `${table}_${source}`)) await server.run(statement)
}

export async function newestGeneration(server: ClickHouse, of: 'publication' | 'attempt'): Promise<number> {
  const [row] = await server.rows(`SELECT max(generation) FROM ${of}`)
  return Number(row?.[0] ?? 0)
}

export async function withTables<T>(server: ClickHouse, body: (beside: string[]) => Promise<T>): Promise<T> {
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

export function append(server: ClickHouse, table: string, columns: Columns, values: ColumnValues): Promise<void> {
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
