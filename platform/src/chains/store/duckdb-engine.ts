/** The engine of the chain store on DuckDB: transactions hide what is unfinished, so replaced rows are simply deleted. */
import { type DuckDb, type DuckDbColumn, type DuckDbSession, openDuckDb } from '../../io/duckdb.ts'
import type { ColumnValues, Engine, Reading, Writing } from './engine.ts'
import {
  ACCOUNT_SET,
  bookTables,
  type Columns,
  type Kind,
  lastingTables,
  ledgerTables,
  ROW_SET,
  stageTable,
  stageTables,
} from './tables.ts'

export async function openDuckDbEngine(path: string): Promise<Engine> {
  return duckDbEngineOn(await openDuckDb(path))
}

/** The engine over a file that is open already. */
export async function duckDbEngineOn(duck: DuckDb): Promise<Engine> {
  await duck.writing(async (session) => {
    for (const [name, columns] of Object.entries(lastingTables)) await create(session, name, columns, true)
  })
  let lists = 0
  const nextName = () => `beside_${++lists}`

  return {
    reading: (body) =>
      duck.reading(async (session) => {
        const beside: string[] = []
        const result = await body(readingOn(session, nextName, beside))
        await drop(session, beside)
        return result
      }),
    writing: (body) => duck.writing((session) => write(session, 0, body)),
    publishing: (source, body) =>
      duck.writing(async (session) => {
        const [row] = await session.rows('SELECT coalesce(max(generation), 0) + 1 FROM attempt')
        const generation = Number(row?.[0] ?? 1)
        await append(session, 'attempt', bookTables.attempt, { generation: [generation], source: [source] })
        return write(session, generation, body)
      }),
    close: () => duck.close(),
  }

  async function write<T>(
    session: DuckDbSession,
    generation: number,
    body: (writing: Writing) => Promise<T>,
  ): Promise<T> {
    const beside: string[] = []
    const result = await body(writingOn(session, generation, nextName, beside))
    await drop(session, beside)
    return result
  }
}

/** `nextName` gives names to tables beside the ledger, `beside` collects them. */
export function readingOn(session: DuckDbSession, nextName: () => string, beside: string[]): Reading {
  return {
    ledger: (table) => table,
    rows: session.rows,
    each: session.each,
    list: async (kinds, values) => {
      const name = nextName()
      await create(session, name, kinds, false)
      beside.push(name)
      await append(session, name, kinds, values)
      return name
    },
    same: (left, right) => `(${left} IS NOT DISTINCT FROM ${right})`,
    exactSum: (expression) => `coalesce(sum(${expression}), 0)`,
  }
}

function writingOn(session: DuckDbSession, generation: number, nextName: () => string, beside: string[]): Writing {
  return {
    ...readingOn(session, nextName, beside),
    generation,
    append: (table, values) => append(session, table, { ...ledgerTables, ...bookTables }[table], values),
    appendStaged: (table, source, values) => append(session, stageTable(table, source), stageTables[table], values),
    createStage: async (source, tables) => {
      for (const table of tables) await create(session, stageTable(table, source), stageTables[table], true)
    },
    dropStage: async (source) => {
      for (const table of Object.keys(stageTables)) await session.run(`DROP TABLE IF EXISTS ${table}_${source}`)
    },
    work: async (select) => {
      const name = nextName()
      await session.run(`CREATE TEMP TABLE ${name} AS ${select}`)
      beside.push(name)
      return name
    },
    insertFrom: (table, columns, select) =>
      session.run(`INSERT INTO ${table} (${columns.join(', ')}, generation) SELECT *, ${generation} FROM (${select})`),
    replaceTransactions: async (chain, txids) => {
      for (const table of ROW_SET)
        await session.run(`DELETE FROM ${table} WHERE chain = ${chain} AND txid IN (${txids})`)
    },
    replaceAccounts: async (chain, txids) => {
      for (const table of ACCOUNT_SET)
        await session.run(`DELETE FROM ${table} WHERE chain = ${chain} AND txid IN (${txids})`)
    },
    replaceBlocks: (chain, ids) => session.run(`DELETE FROM block WHERE chain = ${chain} AND id IN (${ids})`),
    deleteBook: (table, where) => session.run(`DELETE FROM ${table} WHERE ${where}`),
  }
}

async function create(session: DuckDbSession, name: string, columns: Columns, lasting: boolean): Promise<void> {
  const list = Object.entries(columns).map(
    ([column, kind]) => `${column} ${sqlType[kind]}${kind.endsWith('?') ? '' : ' NOT NULL'}`,
  )
  await session.run(`CREATE ${lasting ? 'TABLE IF NOT EXISTS' : 'TEMP TABLE'} ${name} (${list.join(', ')})`)
}

async function drop(session: DuckDbSession, names: readonly string[]): Promise<void> {
  for (const name of names) await session.run(`DROP TABLE ${name}`)
}

function append(session: DuckDbSession, table: string, columns: Columns, values: ColumnValues): Promise<void> {
  const names = Object.keys(columns)
  return session.append(
    table,
    Object.values(columns).map((kind) => column[kind]),
    names.map((name) => values[name] ?? missing(table, name)),
  )
}

function missing(table: string, name: string): never {
  throw new Error(`no values for column ${name} of ${table}`)
}

const sqlType: Readonly<Record<Kind, string>> = {
  hash: 'BLOB',
  'hash?': 'BLOB',
  'hex?': 'BLOB',
  text: 'VARCHAR',
  'text?': 'VARCHAR',
  amount: 'UBIGINT',
  'amount?': 'UBIGINT',
  int: 'BIGINT',
  'int?': 'BIGINT',
  flag: 'BOOLEAN',
}

const column: Readonly<Record<Kind, DuckDbColumn>> = {
  hash: 'bytes',
  'hash?': 'bytes',
  'hex?': 'bytes',
  text: 'text',
  'text?': 'text',
  amount: 'unsigned',
  'amount?': 'unsigned',
  int: 'integer',
  'int?': 'integer',
  flag: 'boolean',
}
