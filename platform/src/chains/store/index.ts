/** The chain stores: one set of rules, two engines, and the way from one to another. */
import { statSync } from 'node:fs'
import type { ClickHouseClient } from '@clickhouse/client'
import { type ClickHouse, clickHouse, clickHouseClient } from '../../io/clickhouse.ts'
import { openDuckDb } from '../../io/duckdb.ts'
import { type Progress, stop } from '../../kernel/index.ts'
import type { AccountStore } from '../account-store.ts'
import type { ChainStore } from '../chain-store.ts'
import { createTables, openClickHouseEngine } from './clickhouse-engine.ts'
import { createDatabase, type Layout, layoutSettings, readLayout } from './clickhouse-statements.ts'
import { describeClickHouse, describeDuckDb, type StoreDescription, shardsOf } from './describe-store.ts'
import { duckDbEngineOn, openDuckDbEngine } from './duckdb-engine.ts'
import type { Engine } from './engine.ts'
import { type Moved, type MoveTarget, moveIn } from './move.ts'
import { writeOut } from './move-out.ts'
import type { Manifest } from './move-pieces.ts'
import { openClickHouseTarget } from './move-to-clickhouse.ts'
import { openDuckDbTarget } from './move-to-duckdb.ts'
import { sqlAccountStore } from './sql-account-store.ts'
import { sqlChainStore } from './sql-chain-store.ts'

/**
 * Opens or creates the store in one DuckDB file. One process at a time: DuckDB refuses a second one.
 *
 * `const store = await openDuckDbChainStore('home/chain.duckdb')`
 */
export async function openDuckDbChainStore(path: string): Promise<ChainStore> {
  return sqlChainStore(await openDuckDbEngine(path))
}

/** Both stores over one engine; closing either closes it. */
export type Stores = { readonly chain: ChainStore; readonly accounts: AccountStore }

/** The stores of chains of outputs and of accounts, in one DuckDB file. */
export async function openDuckDbStores(path: string): Promise<Stores> {
  return storesOver(await openDuckDbEngine(path))
}

/** The same in a database of a ClickHouse server. */
export async function openClickHouseStores(options: ClickHouseOptions): Promise<Stores> {
  return storesOver(await openClickHouse(options))
}

function storesOver(engine: Engine): Stores {
  return { chain: sqlChainStore(engine), accounts: sqlAccountStore(engine) }
}

export type ClickHouseOptions = {
  /** Connected to the database that the store is kept in; closed with the store. */
  readonly client: ClickHouseClient
  readonly database: string
  /** Name of the cluster over which the tables are distributed; absent or null for one server. */
  readonly cluster?: string | null
  /** False where the engine has no Keeper, as in the tests. */
  readonly keeper?: boolean
}

/**
 * Opens or creates the store in a database of a ClickHouse server. One process may write at a time.
 *
 * `const store = await openClickHouseChainStore({ client: createClient({ url, database }), database })`
 */
export async function openClickHouseChainStore(options: ClickHouseOptions): Promise<ChainStore> {
  return sqlChainStore(await openClickHouse(options))
}

async function openClickHouse(options: ClickHouseOptions): Promise<Engine> {
  const { server, layout } = await connect(options)
  return openClickHouseEngine(server, layout)
}

/** Where a store that is moved arrives: a DuckDB file that is not there yet, or an empty database of a ClickHouse server. */
export function duckDbMoveTarget(path: string): Promise<MoveTarget> {
  return openDuckDbTarget(path)
}

export async function clickHouseMoveTarget(options: ClickHouseOptions): Promise<MoveTarget> {
  const { server, layout } = await connect(options)
  return openClickHouseTarget(server, layout)
}

export type Move = {
  /** The DuckDB file to be moved. */
  readonly path: string
  /** Where its pieces lie meanwhile. They stay there. */
  readonly folder: string
  readonly target: MoveTarget
  readonly progress: Progress
  readonly pieceRows?: number
}

/** Writes a store out, takes it in elsewhere, compares. Run again after a crash it goes on. Closes the target. */
export async function moveChainStore({ path, folder, target, progress, pieceRows }: Move): Promise<Moved> {
  try {
    const duck = await openDuckDb(path)
    let manifest: Manifest
    try {
      await duckDbEngineOn(duck)
      manifest = await writeOut(duck, folder, progress, pieceRows)
    } finally {
      await duck.close()
    }
    return await moveIn(manifest, folder, target, progress)
  } finally {
    await target.close()
  }
}

/** A ClickHouse server as it is remembered in the data folder: no name and no password. */
export type ClickHousePlace = {
  /** http://HOST:PORT or https://HOST:PORT */
  readonly url: string
  readonly database: string
  readonly cluster: string | null
  readonly keeper: boolean
}

/** The client of a place. The database is made where it is missing and `create` says so. */
export async function clickHouseAt(
  place: ClickHousePlace,
  environment: NodeJS.ProcessEnv,
  create: boolean,
): Promise<ClickHouseOptions> {
  const layout = readLayout(place.database, place.cluster, place.keeper)
  const first = clickHouse(clickHouseClient(place.url, null, environment))
  try {
    await first.rows('SELECT 1').catch((thrown: unknown) => unreachable(place.url, thrown))
    if (place.cluster !== null) await shardsOf(first, place.cluster)
    if (create) await first.run(createDatabase(layout))
    const [row] = await first.rows(`SELECT count() FROM system.databases WHERE name = '${place.database}'`)
    if (Number(row?.[0]) === 0) {
      stop('CHAIN_STORE_DATABASE', `The server has no database ${place.database}.`, {
        place: place.database,
        fix: 'Make it with `comity chain store --url`.',
      })
    }
  } finally {
    await first.close()
  }
  const { database, cluster, keeper } = place
  return { client: clickHouseClient(place.url, database, environment), database, cluster, keeper }
}

/** What the store is kept in. Makes the tables that are missing. */
export async function describeClickHouseStore(options: ClickHouseOptions): Promise<StoreDescription> {
  const { server, layout } = await connect(options)
  try {
    await createTables(server, layout)
    return await describeClickHouse(server, layout)
  } finally {
    await server.close()
  }
}

export async function describeDuckDbStore(path: string): Promise<StoreDescription> {
  const duck = await openDuckDb(path)
  try {
    await duckDbEngineOn(duck)
    return await describeDuckDb(duck, statSync(path).size)
  } finally {
    await duck.close()
  }
}

function unreachable(url: string, thrown: unknown): never {
  return stop(
    'CHAIN_STORE_UNREACHABLE',
    `The ClickHouse server does not answer: ${thrown instanceof Error && thrown.message !== '' ? thrown.message.split('\n')[0] : (thrown as { code?: string }).code}.`,
    {
      place: url,
      fix: 'Check the URL, that the server runs, and COMITY_CLICKHOUSE_USER and COMITY_CLICKHOUSE_PASSWORD.',
    },
  )
}

async function connect(options: ClickHouseOptions): Promise<{ server: ClickHouse; layout: Layout }> {
  const { client, database, cluster = null, keeper = true } = options
  const layout = readLayout(database, cluster, keeper)
  const server = clickHouse(client, { settings: layoutSettings(layout) })
  const [row] = await server.rows('SELECT currentDatabase()')
  if (row?.[0] !== database) {
    stop('CHAIN_STORE_DATABASE', `The client is connected to the database ${String(row?.[0])}, not to ${database}.`, {
      place: database,
      fix: 'Create the database and name it when creating the client.',
    })
  }
  return { server, layout }
}

export type { Moved, MoveTarget, StoreDescription }
