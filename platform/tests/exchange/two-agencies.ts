/** Two agencies, each with a PostgreSQL and a process of its own, and a failing network between them. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  type Database,
  type EmbeddedServer,
  migrate,
  openDatabase,
  startEmbeddedServer,
} from '../../src/io/postgres/index.ts'
import { newSecret } from '../../src/kernel/crypto/index.ts'
import { bytesToHex } from '../../src/kernel/index.ts'
import { newTlsIdentity } from '../../src/node/exchange/tls-identity.ts'
import { initKeys } from '../../src/node/keys.ts'
import { migrations } from '../../src/node/store/migrations.ts'
import type { AgencyFacts, ChildDefect, ChildSetting } from './agency-child.ts'
import { type FaultPlan, type FaultProxy, faultProxy } from './fault-proxy.ts'

const childPath = fileURLToPath(new URL('./agency-child.ts', import.meta.url))

export type RunningAgency = {
  readonly id: string
  readonly home: string
  readonly facts: AgencyFacts
  readonly proxy: FaultProxy
  /** Requests that were made twice at once. */
  doubled(): number
  database(): Database
  /** Says message `n`, and does not come back before it is queued durably. */
  say(n: number, to: string): Promise<void>
  /** Waits until the process is at work, ends it by SIGKILL, and begins another. */
  kill(after: number): Promise<void>
  /** Ends the database server by a signal, and starts it again. */
  killDatabase(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>
  stop(): Promise<void>
}

/** What goes wrong besides the network: requests made twice, and a defect for the checks to find. */
export type Trouble = { readonly double?: number; readonly defect?: ChildDefect }

/** `folder`: where both keep what is theirs; whoever else runs the servers must be able to walk there. */
export async function twoAgencies(
  folder: string,
  plan: FaultPlan,
  random: () => number,
  trouble: Trouble = {},
): Promise<[RunningAgency, RunningAgency]> {
  const ids = ['at-prosecutor-vienna', 'ee-fiu'] as const
  const made = await Promise.all(
    ids.map(async (id) => {
      const port = await freePort()
      const proxy = await faultProxy(port, plan, random)
      const tls = await newTlsIdentity(id, Date.now())
      const facts: AgencyFacts = {
        id,
        endpoint: `https://127.0.0.1:${proxy.port}`,
        pin: tls.pin,
        seed: bytesToHex(newSecret()),
      }
      return { id, port, proxy, tls, facts }
    }),
  )
  const agencies = made.map(({ facts }) => facts)
  const [one, other] = await Promise.all(made.map((each) => runAgency({ ...each, folder, agencies, trouble })))
  return [one as RunningAgency, other as RunningAgency]
}

type Made = {
  readonly id: string
  readonly port: number
  readonly proxy: FaultProxy
  readonly tls: { readonly key: string; readonly certificate: string }
  readonly facts: AgencyFacts
  readonly agencies: readonly AgencyFacts[]
  readonly folder: string
  readonly trouble: Trouble
}

async function runAgency({ folder, id, port, proxy, tls, facts, agencies, trouble }: Made): Promise<RunningAgency> {
  const home = join(folder, id)
  mkdirSync(home, { recursive: true })
  initKeys(join(home, 'keys'))
  const postgres = join(home, 'postgres')
  let server: EmbeddedServer = await startEmbeddedServer(postgres)
  let database = openDatabase({ ...server.connection, max: 4 })
  await migrate(database, migrations)
  await database.query('CREATE TABLE test_effect (sender text NOT NULL, id text NOT NULL)')
  await database.query(
    'CREATE TABLE test_said (n int PRIMARY KEY, id text, exchange text, at timestamptz DEFAULT clock_timestamp())',
  )
  const setting: ChildSetting = {
    me: id,
    keys: join(home, 'keys'),
    connection: server.connection,
    tls,
    port,
    agencies,
    ...trouble,
  }
  let doubled = 0
  const waiting = new Map<number, () => void>()
  let isStopping = false
  let readyChild: ChildProcess | null = null
  let child = begin()
  return {
    id,
    home,
    facts,
    proxy,
    doubled: () => doubled,
    database: () => database,
    say,
    kill: async (after) => {
      while (readyChild !== child) await sleep(5)
      await sleep(after)
      child.kill('SIGKILL')
    },
    killDatabase: async (signal) => {
      const pid = Number(readFileSync(join(postgres, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, signal)
      await database.close().catch(() => {})
      server = await startEmbeddedServer(postgres)
      database = openDatabase({ ...server.connection, max: 4 })
    },
    stop: async () => {
      isStopping = true
      child.kill('SIGKILL')
      await database.close()
      await server.stop()
      await proxy.close()
    },
  }

  function begin(): ChildProcess {
    const begun = fork(childPath, {
      env: { ...process.env, COMITY_TEST_AGENCY: JSON.stringify(setting) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    begun.on('message', ({ said, ready, twice }: { said?: number; ready?: boolean; twice?: true }) => {
      if (twice) doubled++
      if (ready) readyChild = begun
      if (said !== undefined) waiting.get(said)?.()
    })
    begun.on('error', () => {})
    begun.on('exit', () => {
      if (!isStopping) child = begin()
    })
    return begun
  }

  async function say(n: number, to: string): Promise<void> {
    await new Promise<void>((resolve) => {
      let told: ChildProcess | null = null
      const tell = () => {
        // Said again where the process was killed before it answered, and where it is slow.
        if (readyChild !== child || (told === child && Math.random() < 0.9)) return
        told = child
        if (child.connected) child.send({ say: n, to }, () => {})
      }
      const again = setInterval(tell, 100)
      waiting.set(n, () => {
        clearInterval(again)
        resolve()
      })
      tell()
    })
    waiting.delete(n)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
