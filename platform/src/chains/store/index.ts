/** The chain stores: one set of rules, two engines. */
import type { ClickHouseClient } from '@clickhouse/client'
import { clickHouse } from '../../io/clickhouse.ts'
import { stop } from '../../kernel/index.ts'
import type { AccountStore } from '../account-store.ts'
import type { ChainStore } from '../chain-store.ts'
import { openClickHouseEngine } from './clickhouse-engine.ts'
import { openDuckDbEngine } from './duckdb-engine.ts'
import type { Engine } from './engine.ts'
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
}

/**
 * Opens or creates the store in a database of a ClickHouse server. One process may write at a time.
 *
 * `const store = await openClickHouseChainStore({ client: createClient({ url, database }), database })`
 */
export async function openClickHouseChainStore(options: ClickHouseOptions): Promise<ChainStore> {
  return sqlChainStore(await openClickHouse(options))
}

async function openClickHouse({ client, database }: ClickHouseOptions): Promise<Engine> {
  const server = clickHouse(client)
  const [row] = await server.rows('SELECT currentDatabase()')
  if (row?.[0] !== database) {
    stop('CHAIN_STORE_DATABASE', `The client is connected to the database ${String(row?.[0])}, not to ${database}.`, {
      place: database,
      fix: 'Create the database and name it when creating the client.',
    })
  }
  return openClickHouseEngine(server)
}
