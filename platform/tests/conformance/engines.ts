/** The stores that the conformance suite runs on, each behind the same three verbs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { AccountStore, ChainStore } from '../../src/chains/index.ts'
import {
  clickHouseMoveTarget,
  duckDbMoveTarget,
  type MoveTarget,
  openClickHouseChainStore,
  openClickHouseStores,
  openDuckDbChainStore,
  openDuckDbStores,
} from '../../src/chains/store/index.ts'
import { memoryFolder } from '../memory-folder.ts'

export type StorePlace = {
  /** Opens the store of this place; again after `close`, or after its engine was killed. */
  open(): Promise<ChainStore>
  /** The same place as one where a moved store arrives. */
  target(): Promise<MoveTarget>
  /** The store of account chains there, likewise. */
  openAccounts(): Promise<AccountStore>
  /** What a child process needs to open the same store. */
  readonly address: readonly string[]
}

export type StoreEngine = {
  readonly name: 'DuckDB' | 'ClickHouse' | 'ClickHouse, distributed'
  /** An empty place for a store. */
  place(): Promise<StorePlace>
  /** Kills the engine's own process, where it has one, as a power failure would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** The place that another process was told about by its `address`, as one where a moved store arrives. */
export async function targetAt([engine, at = '', database = '', cluster]: readonly string[]): Promise<MoveTarget> {
  if (engine === 'DuckDB') return duckDbMoveTarget(at)
  const client = createClient({ url: at, database, log: { level: ClickHouseLogLevel.OFF } })
  return clickHouseMoveTarget({ client, database, ...(cluster && { cluster, keeper: false }) })
}

/** The store of account chains there, likewise. */
export async function accountsAt([engine, at = '', database = '', cluster]: readonly string[]): Promise<AccountStore> {
  if (engine === 'DuckDB') return (await openDuckDbStores(at)).accounts
  const client = createClient({ url: at, database, log: { level: ClickHouseLogLevel.OFF } })
  return (await openClickHouseStores({ client, database, ...(cluster && { cluster, keeper: false }) })).accounts
}

export function duckDbEngine(): StoreEngine {
  const folder = mkdtempSync(join(memoryFolder(), 'comity-duckdb-'))
  let places = 0
  return {
    name: 'DuckDB',
    place: async () => {
      const path = join(folder, `${++places}.duckdb`)
      return {
        open: () => openDuckDbChainStore(path),
        target: () => duckDbMoveTarget(path),
        openAccounts: async () => (await openDuckDbStores(path)).accounts,
        address: ['DuckDB', path],
      }
    },
    kill: async () => undefined,
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Why the ClickHouse engine cannot run here; `null` where it can. */
export function clickHouseAbsent(): string | null {
  const require = createRequire(import.meta.url)
  try {
    require.resolve('chdb')
    require.resolve(
      `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}/package.json`,
    )
    return null
  } catch (thrown) {
    return `npm package chdb, an optional dependency, is not installed for ${process.platform}-${process.arch} (${(thrown as Error).message.split('\n')[0]})`
  }
}

/** With a cluster, every table of the store is a Distributed one over it. */
export function clickHouseEngine(cluster: string | null = null): StoreEngine & { url(): Promise<string> } {
  const top = mkdtempSync(join(memoryFolder(), 'comity-chdb-'))
  const folder = join(top, 'engine')
  let running: Promise<{ child: ChildProcess; url: string }> | undefined
  let places = 0
  // The killed engine makes the client complain; the tests look at what happened instead.
  const connect = (url: string, database?: string) =>
    createClient({ url, ...(database && { database }), log: { level: ClickHouseLogLevel.OFF } })
  const server = () => (running ??= startServer(folder))
  const stopServer = async (signal: NodeJS.Signals) => {
    if (!running) return
    const { child } = await running
    running = undefined
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    name: cluster === null ? 'ClickHouse' : 'ClickHouse, distributed',
    place: async () => {
      const database = `place_${++places}`
      const client = connect((await server()).url)
      await client.command({ query: `CREATE DATABASE ${database}` })
      await client.close()
      const options = async () => ({
        client: connect((await server()).url, database),
        database,
        ...(cluster !== null && { cluster, keeper: false }),
      })
      return {
        open: async () => openClickHouseChainStore(await options()),
        openAccounts: async () => (await openClickHouseStores(await options())).accounts,
        target: async () => clickHouseMoveTarget(await options()),
        address: ['ClickHouse', (await server()).url, database, ...(cluster === null ? [] : [cluster])],
      }
    },
    url: async () => (await server()).url,
    kill: () => stopServer('SIGKILL'),
    stop: async () => {
      await stopServer('SIGKILL')
      rmSync(top, { recursive: true, force: true })
    },
  }
}

async function startServer(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('./chdb-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [port] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`the ClickHouse engine ended at start with code ${code}`)),
    ),
  ])
  return { child, url: `http://127.0.0.1:${String(port).trim()}` }
}
