/**
 * For tests: agencies that compare, each with a door, keys, an outbox and inbox and a server of its own over TLS, in databases of
 * one PostgreSQL. The directory is a table of theirs, with what their cards would say.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ports as casework } from '../../casework/index.ts'
import { addressGate, approvalDesk, law, retentionRules } from '../../casework/testing/fakes.ts'
import { ports as deskPorts } from '../../exchange/desk/index.ts'
import type { DirectoryView } from '../../exchange/directory/index.ts'
import { keyIdOf, type Signer } from '../../exchange/wire/index.ts'
import { type Database, migrate, openDatabase } from '../../io/postgres/index.ts'
import { loadVoprf, newSigningKey, signEd25519 } from '../../kernel/crypto/index.ts'
import type { Result, Role } from '../../kernel/index.ts'
import { allActions } from '../actions.ts'
import { type Caller, type Door, openDoor } from '../door/door.ts'
import { type Agency, type MessageHandler, openAgency } from '../exchange/agency.ts'
import { type EpochKeys, openEpochKeys } from '../exchange/deconfliction-keys.ts'
import { type ExchangeClient, openExchangeClient } from '../exchange/exchange-client.ts'
import { type ExchangeServer, startExchangeServer } from '../exchange/exchange-server.ts'
import type { Members, Peer } from '../exchange/members.ts'
import { messageDesk } from '../exchange/message-desk.ts'
import { messageStore } from '../exchange/message-store.ts'
import { type Deconfliction, openDeconfliction } from '../exchange/open-deconfliction.ts'
import { messageHandlers } from '../exchange/takers.ts'
import { newTlsIdentity } from '../exchange/tls-identity.ts'
import { initKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { reminderSetting } from '../ports.ts'
import { openShredder } from '../shredder.ts'
import { migrations } from '../store/migrations.ts'
import { recordWork } from '../store/records.ts'
import { testDatabase } from './test-database.ts'
import { POLICIES } from './test-node.ts'

const roleByName = { anna: 'investigator', carla: 'prosecutor', emil: 'senior-official', gina: 'auditor' } as const
export type Name = keyof typeof roleByName

export type ComparingNode = {
  readonly id: string
  readonly door: Door
  readonly database: Database
  readonly epochs: EpochKeys
  readonly deconfliction: Deconfliction
  readonly client: ExchangeClient
  readonly signer: Signer
  readonly idOf: Readonly<Record<Name, string>>
  readonly alarms: string[]
  readonly faults: unknown[]
  run(name: Name, action: string, input: object): Promise<Result<unknown>>
  did<T>(name: Name, action: string, input: object): Promise<T>
  /** A case of Anna's, with Carla and Emil. */
  newCase(): Promise<string>
  /** Does the work of a job now. */
  job(name: string): Promise<Readonly<Record<string, number>>>
  /** The facts of the journal of this name, oldest first. */
  journalled(event: string): Promise<number>
  /** What its card says of its keys for comparing. */
  card: { oprfKeys: { epoch: number; publicKey: string; from: string; until: string }[]; elementsADay: number }
}

export type Comparing = {
  readonly nodes: readonly ComparingNode[]
  readonly clock: { skip(ms: number): void; now(): number }
  /** Stops the senders of all nodes, or lets them go on. */
  sending(on: boolean): Promise<void>
  /** Until every message of every node has its receipt. */
  settled(): Promise<void>
  close(): Promise<void>
}

export async function comparingNodes(
  count: number,
  { handler = (one: MessageHandler) => one }: { handler?: (one: MessageHandler, me: string) => MessageHandler } = {},
): Promise<Comparing> {
  const shared = await testDatabase()
  const voprf = await loadVoprf()
  let skipped = 0
  const clock = {
    now: () => Date.now() + skipped,
    skip: (ms: number) => {
      skipped += ms
    },
  }
  const peers = new Map<string, Peer>()
  const keyById = new Map<string, { agency: string; publicKey: Uint8Array }>()
  const members: Members = {
    peer: (id) => peers.get(id) ?? null,
    byPin: (pin) => [...peers.values()].find(({ tlsPins }) => tlsPins.includes(pin)) ?? null,
    keyOf: (keyId) => keyById.get(keyId) ?? null,
  }
  const nodes: ComparingNode[] = []
  const undo: (() => unknown)[] = []
  const loops = new Map<string, () => Promise<void>>()
  const agencies = new Map<string, Agency>()
  const cardOf = (id: string) => nodes.find((node) => node.id === id)?.card
  const directory: DirectoryView = {
    digest: null,
    state: { kind: 'current', until: Number.MAX_SAFE_INTEGER },
    members: () => nodes.map(({ id }) => ({ member: directory.memberOf(id) }) as never),
    memberOf: (id) => {
      const card = cardOf(id)
      return card ? ({ id, oprfKeys: card.oprfKeys, limits: { oprfElementsPerDay: card.elementsADay } } as never) : null
    },
    standingOf: (id) => {
      const is = peers.has(id)
      return { mayOpen: is, mayStill: is, because: is ? null : `${id} is no member` }
    },
    mayOpen: (id) => peers.has(id),
    mayStill: (id) => peers.has(id),
    maySend: (id) => peers.has(id),
    mayReceive: (id) => peers.has(id),
    keysOf: () => [],
    keysIn: () => [],
  }
  for (let at = 0; at < count; at++) nodes.push(await newNode(`agency-${at + 1}`))
  return {
    nodes,
    clock,
    sending: async (on) => {
      if (!on) for (const stop of loops.values()) await stop()
      loops.clear()
      if (on)
        for (const { id, faults } of nodes)
          loops.set(
            id,
            (agencies.get(id) as Agency).run((fault) => faults.push(fault)),
          )
    },
    settled: async () => {
      for (let tries = 0; tries < 400; tries++) {
        const waiting = await Promise.all(
          nodes.map(async ({ database }) => {
            const [row] = await database.query<{ n: number }>(
              `SELECT count(*)::int AS n FROM message_out WHERE state = 'queued'`,
            )
            return row?.n ?? 0
          }),
        )
        if (waiting.every((n) => n === 0)) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('messages are still on their way')
    },
    close: async () => {
      for (const stop of loops.values()) await stop()
      for (const step of undo.reverse()) await step()
    },
  }

  async function newNode(id: string): Promise<ComparingNode> {
    const folder = mkdtempSync(join(tmpdir(), 'comity-compare-'))
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    const name = `n_${randomUUID().replaceAll('-', '')}`
    await shared.query(`CREATE DATABASE ${name}`)
    const { connectionString, ...config } = shared.config as { connectionString?: string }
    const url = connectionString === undefined ? null : new URL(connectionString)
    if (url) url.pathname = `/${name}`
    const own = url ? { connectionString: url.href } : { ...config, database: name }
    const database = openDatabase({ ...own, max: 6 } as never)
    undo.push(() => database.close())
    await migrate(database, migrations)
    initKeys(join(folder, 'keys'))
    const keys = openKeys(join(folder, 'keys'))
    const epochs = openEpochKeys(join(folder, 'keys', 'oprf'), keys, voprf)
    const secret = newSigningKey()
    const publicKey = secret.publicKey.bytes
    const signer: Signer = { keyId: keyIdOf(publicKey), sign: (bytes) => signEd25519(secret, bytes) }
    keyById.set(signer.keyId, { agency: id, publicKey })
    const tls = await newTlsIdentity(id, clock.now())
    const client = openExchangeClient({ ...tls, members, signer, now: clock.now, answerWithinMs: 10_000 })
    const alarms: string[] = []
    const faults: unknown[] = []
    const policies = openDecisionPoint(POLICIES)
    const self = { name: id, country: 'EE', kind: 'fiu' as const, timeZone: 'Europe/Tallinn' }
    const ids = Object.fromEntries(
      (Object.keys(roleByName) as Name[]).map((who, at) => [who, `00000000-0000-7000-8000-0000000000${at + 16}`]),
    ) as Record<Name, string>
    await database.transaction(async (sql) => {
      const records = recordWork(sql, keys, new Date(0).toISOString())
      for (const [who, role] of Object.entries(roleByName))
        await records.put(
          'person',
          ids[who as Name],
          { name: who, role: role as Role, suspended: false },
          { caseId: null, seen: 0 },
        )
    })
    let door: Door
    const deconfliction = openDeconfliction({
      ...{ me: id, keys: epochs, voprf, members, signer, call: client.service, now: clock.now },
      door: () => door,
      directory: () => directory,
      alarm: (peer, code) => alarms.push(`${peer} ${code}`),
      failed: (item, fault) => faults.push([item, fault]),
    })
    const ports = new Map<string, unknown>([
      [casework.addresses, addressGate],
      [casework.law, law],
      [casework.approvals, approvalDesk(new Map(), { needed: 2 })],
      [casework.policies, { version: policies.version }],
      [casework.retention, retentionRules([])],
      [casework.reminders, reminderSetting('UTC', undefined)],
      [casework.shredder, openShredder(keys)],
      [
        deskPorts.messages,
        messageDesk({ me: id, keys, agency: () => agencies.get(id) as Agency, directory: () => directory, self }),
      ],
      ...deconfliction.ports,
    ])
    door = openDoor({
      ...{ database, keys, policies, actions: allActions(), ports, clock: clock.now },
      watch: { decided: () => {}, acted: () => {} },
    })
    const handlers = new Map(
      [...messageHandlers(deconfliction.takers)].map(([type, one]) => [type, handler(one, id)] as const),
    )
    agencies.set(
      id,
      openAgency({
        ...{ me: id, store: messageStore(door, keys), members, signer, handlers, now: clock.now, random: Math.random },
        standing: directory,
        longestWaitMs: 200,
        post: client.post,
        postPouch: client.postPouch,
        ask: client.ask,
        settled: async () => {},
      }),
    )
    const server: ExchangeServer = await startExchangeServer(
      {
        ...tls,
        get endpoint() {
          return `https://127.0.0.1:${server.port}`
        },
        ...{ members, signer, now: clock.now, routes: deconfliction.routes },
        receive: (bytes, peer) => (agencies.get(id) as Agency).receive(bytes, peer),
        receiptOf: (peer, message) => (agencies.get(id) as Agency).receiptOf(peer, message),
        refused: () => {},
        fault: (thrown) => faults.push(thrown),
      },
      { host: '127.0.0.1', port: 0 },
    )
    undo.push(async () => {
      client.close()
      await server.close()
    })
    const limits = { messagesPerMinute: 1e6, bytesPerDay: 1e12, openConnections: 100 }
    peers.set(id, { id, endpoint: `https://127.0.0.1:${server.port}`, tlsPins: [tls.pin], limits })

    const run = async (who: Name, action: string, input: object): Promise<Result<unknown>> => {
      const caller: Caller = {
        ...{ personId: ids[who], signedInBy: 'device-bound', provenAt: clock.now() },
        ...{ purpose: 'criminal-proceedings', scopes: null },
      }
      const answer = await door.run({ caller, action, input })
      return answer.ok ? { ok: true, value: answer.value.result } : answer
    }
    const did = async <T>(who: Name, action: string, input: object): Promise<T> => {
      const answer = await run(who, action, input)
      if (!answer.ok) throw new Error(`${action} by ${who}: ${JSON.stringify(answer.refusal)}`)
      return answer.value as T
    }
    const card: ComparingNode['card'] = { oprfKeys: [], elementsADay: 2000 }
    return {
      ...{ id, door, database, epochs, deconfliction, client, signer, alarms, faults, run, did, card, idOf: ids },
      newCase: async () => {
        const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
        const { id: caseId } = await did<{ id: string }>('anna', 'case.open', opening)
        for (const [at, who] of (['carla', 'emil'] as const).entries())
          await did('anna', 'case.member.add', { caseId, seen: at + 1, personId: ids[who] })
        return caseId
      },
      job: async (job) => {
        const found = deconfliction.jobs.find((one) => one.name === `deconfliction-${job}`)
        if (!found) throw new Error(`no job ${job}`)
        const done = await found.run(new AbortController().signal)
        // As whoever runs the node does: the card is renewed with the keys that are there.
        if (job === 'epochs')
          card.oprfKeys = epochs.list().map(({ number, publicKey, from, until }) => ({
            ...{ epoch: number, publicKey },
            from: new Date(from).toISOString(),
            until: new Date(until).toISOString(),
          }))
        return done
      },
      journalled: async (event) => {
        const [row] = await database.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM journal_entry WHERE event = $1',
          [event],
        )
        return row?.n ?? 0
      },
    }
  }
}
