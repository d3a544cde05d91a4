/** For tests that break a node off: its home, its database, its people, and the check of what is left of it. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  type Database,
  type EmbeddedServer,
  migrate,
  openDatabase,
  startEmbeddedServer,
} from '../../src/io/postgres/index.ts'
import { ok, orStop } from '../../src/kernel/index.ts'
import { openSignIn } from '../../src/node/auth/sign-in.ts'
import type { Answer, Call, Door } from '../../src/node/door/door.ts'
import { type NodeJournal, openJournal } from '../../src/node/journal.ts'
import { checkNode } from '../../src/node/journal-check.ts'
import { initKeys, type NodeKeys } from '../../src/node/keys.ts'
import { remind } from '../../src/node/remind.ts'
import { migrations } from '../../src/node/store/migrations.ts'
import { peerPost } from '../../src/node/testing/peer-post.ts'
import { softPasskey } from '../../src/node/testing/soft-passkey.ts'
import { nodeHome } from '../node-config.ts'
import { type Chain, type Name, roleByName } from './every-change.ts'
import { faultReminders, openFaultDoor, openFaultKeys, openPacks, openPolicies, rp } from './fault-door.ts'

export type FaultNode = {
  readonly home: string
  readonly keys: NodeKeys
  readonly clock: { now(): number }
  readonly database: Database
  readonly connection: EmbeddedServer['connection']
  readonly door: Door
  run(call: Call): Promise<Answer>
  /** A chain with people of its own. */
  newChain(): Promise<Chain>
  /** The journal is published, and everything that is there agrees with it and continues what it said before. */
  checkWhole(): Promise<void>
  /** After its server was killed. */
  startAgain(): Promise<void>
  stop(): Promise<void>
}

export async function faultNode(): Promise<FaultNode> {
  const home = nodeHome()
  const postgres = join(home, 'postgres')
  let server = await startEmbeddedServer(postgres)
  let database = openDatabase({ ...server.connection, max: 8 })
  await migrate(database, migrations)
  initKeys(join(home, 'keys'))
  const keys = openFaultKeys(home)
  const policies = openPolicies()
  const packs = openPacks()
  // For those that are killed, who would take seconds to read them from their own form.
  writeFileSync(join(home, 'packs.json'), JSON.stringify(packs))
  // Each reading is a millisecond later at least: what follows on something never began before it.
  let last = 0
  const clock = { now: () => (last = Math.max(last + 1, Date.now())) }
  const doorOf = (on: Database) => openFaultDoor({ database: on, keys, policies, packs, clock: clock.now })
  const journalOf = (on: Database) => openJournal(on, keys, 'test.example/comity', join(home, 'log'))
  let door = doorOf(database)
  let journal: NodeJournal = journalOf(database)
  let kept: Uint8Array | null = null

  return {
    home,
    keys,
    clock,
    get database() {
      return database
    },
    get connection() {
      return server.connection
    },
    get door() {
      return door
    },
    run,
    newChain,
    checkWhole,
    startAgain,
    stop: async () => {
      await database.close()
      await server.stop()
    },
  }

  async function run(call: Call): Promise<Answer> {
    const answer = await door.run(call)
    if (!answer.ok) throw new Error(`${call.action}: ${JSON.stringify(answer.refusal)}`)
    return answer.value
  }

  async function newChain(): Promise<Chain> {
    const names = Object.keys(roleByName) as Name[]
    const idOf = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<Name, string>
    const made = await door.asNode(async ({ records }) => {
      for (const name of names) {
        const body = { name, role: roleByName[name], suspended: false }
        await records.put('person', idOf[name], body, { caseId: null, seen: 0 })
      }
      const event = { name: 'person.invited', of: 'person', id: idOf.anna, caseId: null, body: {} }
      return ok({ result: null, events: [event] })
    })
    if (!made.ok) throw new Error(made.refusal.message)
    const passkeyOf = Object.fromEntries(
      names.map((name) => [name, softPasskey({ origin: rp.origin })]),
    ) as Chain['passkeyOf']
    const signIn = openSignIn({ door, rp, sessionMinutes: 60 })
    const post = peerPost({ keys, now: clock.now, door })
    const chain: Chain = {
      arrive: post.arrive,
      idOf,
      passkeyOf,
      made: {},
      now: () => new Date(clock.now()).toISOString(),
      did: async <T>(by: Name, action: string, input: object) =>
        (await run({ caller: callerOf(chain, by), action, input })).result as T,
      wrote: async (kind, body, caseId) =>
        orStop(
          await door.asNode<string>(async ({ records, newId }) => {
            const id = newId()
            await records.put(kind, id, body, { caseId, seen: 0 })
            return ok({ result: id, events: [{ name: 'records.written', of: kind, id, caseId, body: {} }] })
          }),
        ),
      remind: async () => {
        await remind(door, faultReminders, new AbortController().signal, (item, fault) => {
          throw new Error(`${item}: ${fault}`)
        })
      },
    }
    for (const name of ['anna', 'carla', 'dora', 'emil', 'fritz'] as const) {
      const { token } = await chain.did<{ token: string }>('hugo', 'person.key.invite', { personId: idOf[name] })
      const options = orStop(await signIn.enrolOptions(token)) as Parameters<typeof passkeyOf.anna.create>[0]
      orStop(await signIn.enrol(token, 'key', passkeyOf[name].create(options)))
    }
    return chain
  }

  async function checkWhole(): Promise<void> {
    while ((await journal.advance()) > 0);
    const before = kept
    const found = await checkNode(database, keys, journal, before ? { checkpoint: before, policy: null } : null, {
      report: () => {},
    })
    expect(found).toMatchObject({ findings: [], pending: 0, continues: before ? 'yes' : 'not asked' })
    kept = await journal.log.checkpoint()
  }

  async function startAgain(): Promise<void> {
    await database.close()
    await server.stop()
    server = await startEmbeddedServer(postgres)
    database = openDatabase({ ...server.connection, max: 8 })
    door = doorOf(database)
    journal = journalOf(database)
  }
}

export function callerOf({ idOf }: Pick<Chain, 'idOf'>, by: Name): Call['caller'] {
  return {
    personId: idOf[by],
    signedInBy: 'device-bound',
    provenAt: Date.now(),
    purpose: 'criminal-proceedings',
    scopes: null,
  }
}
