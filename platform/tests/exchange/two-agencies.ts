/** Agencies, each with a PostgreSQL and a process of its own, and a network between them: one that fails, or one of its own hosts. */
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
import { layServer } from '../../src/node/testing/test-database.ts'
import type { AgencyFacts, ChildDefect, ChildSetting } from './agency-child.ts'
import { type FaultPlan, type FaultProxy, faultProxy } from './fault-proxy.ts'

const childPath = fileURLToPath(new URL('./agency-child.ts', import.meta.url))

export type RunningAgency = {
  readonly id: string
  readonly home: string
  readonly facts: AgencyFacts
  /** Null where the network is not ours. */
  readonly proxy: Proxy | null
  /** Requests that were made twice at once. */
  doubled(): number
  database(): Database
  /** Says message `n`, and does not come back before it is queued durably. */
  say(n: number, to: string, more?: Saying): Promise<void>
  /** Sets the clock of the process so far ahead, now and in its next lives. */
  ahead(ms: number): void
  /** Waits until the process is at work, ends it by SIGKILL, and begins another. False where it ended in another way, or all is stopped. */
  kill(after: number): Promise<boolean>
  /** Ends the database server by a signal, and starts it again. */
  killDatabase(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>
  stop(): Promise<void>
}

/** What goes wrong besides the network: requests made twice, and a defect for the checks to find. */
export type Trouble = {
  readonly double?: number
  readonly defect?: ChildDefect
  readonly pouch?: number
  readonly patient?: boolean
}

/** `within`: how long it is tried, in milliseconds; `filling`: how much longer it is made, in characters. */
export type Saying = { readonly within?: number; readonly filling?: number }

/** Where an agency listens, and how a process gets there: the beginning of a command line. */
export type Host = { readonly address: string; readonly enter: readonly string[] }

export type Proxy = { readonly port: number; close(): Promise<void> }

export type Network = {
  /** What stands before each agency; without it they reach each other directly. */
  readonly proxy?: (port: number) => Promise<Proxy>
  readonly hosts?: readonly Host[]
}

/** `folder`: where both keep what is theirs; whoever else runs the servers must be able to walk there. */
export async function twoAgencies(
  folder: string,
  plan: FaultPlan,
  random: () => number,
  trouble: Trouble = {},
): Promise<[RunningAgency & Proxied, RunningAgency & Proxied]> {
  const proxy = (port: number) => faultProxy(port, plan, random)
  const running = await runAgencies(folder, ['at-prosecutor-vienna', 'ee-fiu'], { proxy }, trouble)
  return running as [RunningAgency & Proxied, RunningAgency & Proxied]
}

export type Proxied = { readonly proxy: FaultProxy }

export async function runAgencies(
  folder: string,
  ids: readonly string[],
  network: Network,
  trouble: Trouble = {},
): Promise<RunningAgency[]> {
  const made = await Promise.all(
    ids.map(async (id, at) => {
      const host = network.hosts?.[at] ?? null
      const port = host ? 8461 : await freePort()
      const proxy = (await network.proxy?.(port)) ?? null
      const tls = await newTlsIdentity(id, Date.now())
      const facts: AgencyFacts = {
        id,
        endpoint: `https://${host?.address ?? '127.0.0.1'}:${proxy?.port ?? port}`,
        pin: tls.pin,
        seed: bytesToHex(newSecret()),
      }
      return { id, port, proxy, tls, facts, host }
    }),
  )
  const agencies = made.map(({ facts }) => facts)
  return Promise.all(made.map((each) => runAgency({ ...each, folder, agencies, trouble })))
}

type Made = {
  readonly id: string
  readonly port: number
  readonly proxy: Proxy | null
  readonly host: Host | null
  readonly tls: { readonly key: string; readonly certificate: string }
  readonly facts: AgencyFacts
  readonly agencies: readonly AgencyFacts[]
  readonly folder: string
  readonly trouble: Trouble
}

async function runAgency({
  folder,
  id,
  port,
  proxy,
  host,
  tls,
  facts,
  agencies,
  trouble,
}: Made): Promise<RunningAgency> {
  const home = join(folder, id)
  mkdirSync(home, { recursive: true })
  initKeys(join(home, 'keys'))
  const postgres = join(home, 'postgres')
  layServer(postgres)
  let server: EmbeddedServer = await startEmbeddedServer(postgres)
  let database = openDatabase({ ...server.connection, max: 4 })
  await migrate(database, migrations)
  await database.query(
    'CREATE TABLE test_effect (place bigserial, sender text NOT NULL, id text NOT NULL, exchange text NOT NULL, seq int NOT NULL)',
  )
  await database.query(
    'CREATE TABLE test_said (n int PRIMARY KEY, id text, exchange text, at timestamptz DEFAULT clock_timestamp())',
  )
  const setting: Omit<ChildSetting, 'ahead'> = {
    me: id,
    keys: join(home, 'keys'),
    connection: server.connection,
    tls,
    port,
    address: host?.address ?? '127.0.0.1',
    agencies,
    ...trouble,
  }
  let ahead = 0
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
    ahead: (ms) => {
      ahead = ms
      if (child.connected) child.send({ ahead })
    },
    kill: async (after) => {
      while (readyChild !== child && !isStopping) await sleep(5)
      const killed = child
      await sleep(after)
      if (isStopping || killed !== child) return false
      const ended = new Promise<boolean>((resolve) => {
        killed.once('exit', (_, signal) => resolve(signal === 'SIGKILL'))
      })
      killed.kill('SIGKILL')
      return ended
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
      await proxy?.close()
    },
  }

  function begin(): ChildProcess {
    const [execPath = '', ...execArgv] = [...(host?.enter ?? []), process.execPath]
    const begun = fork(childPath, {
      execPath,
      execArgv,
      env: {
        ...process.env,
        COMITY_TEST_AGENCY: JSON.stringify({ ...setting, ahead }),
        // Each life of a process begins with what the one before has compiled.
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      },
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

  async function say(n: number, to: string, more: Saying = {}): Promise<void> {
    await new Promise<void>((resolve) => {
      let told: ChildProcess | null = null
      const tell = () => {
        if (isStopping) clearInterval(again)
        // Said again where the process was killed before it answered, and where it is slow.
        if (readyChild !== child || (told === child && Math.random() < 0.9)) return
        told = child
        if (child.connected) child.send({ say: n, to, ...more }, () => {})
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
