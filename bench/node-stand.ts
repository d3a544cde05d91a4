/** A node's stores, keys, policies and door on an embedded PostgreSQL in a folder of the benchmark; nothing is a double. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type } from '@sinclair/typebox'
import { type Database, migrate, openDatabase, startEmbeddedServer } from '../platform/src/io/postgres/index.ts'
import { type Access, type Action, action, ok, orStop, type Result } from '../platform/src/kernel/index.ts'
import { type Caller, type Door, openDoor } from '../platform/src/node/door/door.ts'
import { type NodeJournal, openJournal } from '../platform/src/node/journal.ts'
import { initKeys, type NodeKeys, openKeys } from '../platform/src/node/keys.ts'
import { type DecisionPoint, openDecisionPoint } from '../platform/src/node/policy/decision-point.ts'
import { migrations } from '../platform/src/node/store/migrations.ts'
import { recordWork } from '../platform/src/node/store/records.ts'
import type { ServerPlace } from './pgbench.ts'

export type NodeStand = {
  readonly database: Database
  readonly server: ServerPlace
  readonly keys: NodeKeys
  readonly policies: DecisionPoint
  readonly door: Door
  readonly journal: NodeJournal
  readonly caller: Caller
  /** An empty database of the same schema on the same server. */
  secondDatabase(name: string): Promise<Database>
  stop(): Promise<void>
}

export const policyFolder = fileURLToPath(new URL('../policies', import.meta.url))
/** Records that acts and pgbench write new versions of. */
export const RECORDS = 1000
const CASE = '00000000-0000-7000-8000-00000000000c'
const PERSON = '00000000-0000-7000-8000-00000000000a'

const Place = Type.Object({ at: Type.Integer() }, { additionalProperties: false })
const closed = { additionalProperties: false } as const

/** A new version of one record of a case, and one entry of the journal. */
const noteWrite = action({
  name: 'note.write',
  summary: 'Write a new version of a note',
  kind: 'change',
  events: ['note.written'],
  input: Type.Object({ at: Type.Integer(), text: Type.String() }, closed),
  output: Type.Object({ version: Type.Integer() }, closed),
  asks: () => ({ right: 'editCase', subject: { type: 'case', id: CASE } }),
  run: async ({ records }, { at, text }) => {
    const id = noteId(at)
    const seen = (await records.get('note', id))?.version ?? 0
    const { version } = await records.put('note', id, { text }, { caseId: CASE, seen })
    return ok({
      result: { version },
      events: [{ name: 'note.written', of: 'note', id, caseId: CASE, body: { version } }],
    })
  },
})

const noteRead = action({
  name: 'note.read',
  summary: 'Read a note',
  kind: 'read',
  input: Place,
  output: Type.Object({ text: Type.String() }, closed),
  asks: () => ({ right: 'readCase', subject: { type: 'case', id: CASE } }),
  run: async ({ records }, { at }) => {
    const note = await records.get<{ text: string }>('note', noteId(at))
    return ok({ result: { text: note?.body.text ?? '' }, events: [] })
  },
})

export async function openNodeStand(folder: string): Promise<NodeStand> {
  // As root the server runs as another user, who must be able to walk there.
  chmodSync(folder, 0o711)
  const home = join(folder, 'node')
  mkdirSync(home)
  initKeys(join(home, 'keys'))
  const keys = openKeys(join(home, 'keys'))
  const server = await startEmbeddedServer(join(home, 'postgres'))
  const opened: Database[] = []
  const open = async (name: string): Promise<Database> => {
    const database = openDatabase({ ...server.connection, database: name })
    opened.push(database)
    await migrate(database, migrations)
    return database
  }
  const stop = async () => {
    for (const database of opened) await database.close()
    await server.stop()
  }
  try {
    const database = await open(server.connection.database)
    const policies = openDecisionPoint(policyFolder)
    const setting = { database, keys, policies, actions, ports: new Map(), clock: Date.now }
    const door = openDoor({ ...setting, watch: { decided: () => {}, acted: () => {} } })
    await fill(database, keys)
    return {
      database,
      server: server.connection,
      keys,
      policies,
      door,
      journal: openJournal(database, keys, 'bench.example/comity', join(home, 'log')),
      caller: {
        personId: PERSON,
        signedInBy: 'device-bound',
        provenAt: Date.now(),
        purpose: 'criminal-proceedings',
        scopes: null,
      },
      secondDatabase: async (name) => {
        await database.query(`CREATE DATABASE ${name}`)
        return open(name)
      },
      stop,
    }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** As the node lists its own: each action is typed by its input, the list is not. */
const actions = [noteWrite, noteRead] as unknown as readonly Action[]

/** One investigator, one case of hers, and its notes. */
async function fill(database: Database, keys: NodeKeys): Promise<void> {
  await database.transaction(async (sql) => {
    const records = recordWork(sql, keys, new Date(0).toISOString())
    const person = { name: 'A. Bench', role: 'investigator', suspended: false }
    await records.put('person', PERSON, person, { caseId: null, seen: 0 })
    await records.openCase(CASE)
    const access: Access = {
      members: [PERSON],
      leads: [PERSON],
      sealed: false,
      sealedFor: [],
      training: false,
      closed: false,
      purposes: ['criminal-proceedings'],
    }
    await records.put('case', CASE, { access }, { caseId: CASE, seen: 0 })
    for (let at = 0; at < RECORDS; at++)
      await records.put('note', noteId(at), { text: noteText(at) }, { caseId: CASE, seen: 0 })
  })
}

export function noteId(at: number): string {
  return `note-${at}`
}

/** A few hundred bytes, as a step of a request has. */
export function noteText(at: number): string {
  return `${at} `.padEnd(300, 'Seen at the exchange; the account was frozen the same day. ')
}

export type Pace = {
  readonly count: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/** So many callers, each with its next call as soon as the last is answered. What ran in the first tenth is not counted. */
export async function underLoad(
  callers: number,
  seconds: number,
  call: (caller: number, turn: number) => Promise<Result<unknown>>,
): Promise<Pace> {
  const times: number[] = []
  const begun = performance.now()
  const counted = begun + seconds * 100
  const ends = begun + seconds * 1100
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let turn = 0; performance.now() < ends; turn++) {
        const started = performance.now()
        orStop(await call(caller, turn))
        const now = performance.now()
        if (started >= counted) times.push(now - started)
      }
    }),
  )
  const passed = (performance.now() - counted) / 1000
  const { p50, p99 } = percentiles(times)
  return { count: times.length, seconds: passed, perSecond: times.length / passed, p50, p99 }
}

export function percentiles(times: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}
