/**
 * A process of an agency, for tests that kill it: door, outbox, inbox and transport as in a node, over the database that it is told of.
 * Told to say something, it queues the message with the decision that it carries, in one transaction; told again, it says so only.
 */
import { flushCompileCache } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryStore } from '../../src/exchange/delivery/index.ts'
import { keyIdOf } from '../../src/exchange/wire/index.ts'
import { plainHeader } from '../../src/exchange/wire/testing/messages.ts'
import { openDatabase } from '../../src/io/postgres/index.ts'
import { signEd25519, signingKeyFromSeed } from '../../src/kernel/crypto/index.ts'
import { hexToBytes, type Json, ok } from '../../src/kernel/index.ts'
import { openDoor } from '../../src/node/door/door.ts'
import { type AgencySetting, type MessageHandler, openAgency, type Sending } from '../../src/node/exchange/agency.ts'
import { openExchangeClient } from '../../src/node/exchange/exchange-client.ts'
import { startExchangeServer } from '../../src/node/exchange/exchange-server.ts'
import type { Members, Peer } from '../../src/node/exchange/members.ts'
import { messageStore, type NodeTx } from '../../src/node/exchange/message-store.ts'
import { openKeys } from '../../src/node/keys.ts'
import type { DecisionPoint } from '../../src/node/policy/decision-point.ts'
import type { Saying } from './two-agencies.ts'

export type AgencyFacts = {
  readonly id: string
  readonly endpoint: string
  readonly pin: string
  readonly seed: string
}

export type ChildSetting = {
  readonly me: string
  readonly keys: string
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  readonly tls: { readonly key: string; readonly certificate: string }
  readonly address: string
  readonly port: number
  /** How far its clock is ahead, in milliseconds. */
  readonly ahead: number
  readonly agencies: readonly AgencyFacts[]
  /** The share of requests that are made twice at once. */
  readonly double?: number
  readonly defect?: ChildDefect
  /** No more than so many messages in one request, so that the network sees more of them. */
  readonly pouch?: number
  /** With the time limits of a node, not with short ones. */
  readonly patient?: boolean
}

/** Defects that are put in to see that the checks find them. */
export type ChildDefect =
  /** The store of the inbox does not know again what it has kept: a message that comes again is carried out again. */
  | 'forgets'
  /** What a transaction will answer is answered before its commit. */
  | 'answers early'

const setting = JSON.parse(process.env.COMITY_TEST_AGENCY ?? '') as ChildSetting
const { me } = setting
let { ahead } = setting
const now = () => Date.now() + ahead
const publicKeyOf = (seed: string) => signingKeyFromSeed(hexToBytes(seed)).publicKey.bytes
const peers = setting.agencies.map(
  ({ id, endpoint, pin }): Peer => ({
    id,
    endpoint,
    tlsPins: [pin],
    limits: { messagesPerMinute: 1e6, bytesPerDay: 1e12, openConnections: 100 },
  }),
)
const keys = new Map(
  setting.agencies.map(({ id, seed }) => [keyIdOf(publicKeyOf(seed)), { agency: id, publicKey: publicKeyOf(seed) }]),
)
const members: Members = {
  peer: (id) => peers.find((peer) => peer.id === id) ?? null,
  byPin: (pin) => peers.find(({ tlsPins }) => tlsPins.includes(pin)) ?? null,
  keyOf: (keyId) => keys.get(keyId) ?? null,
}
const own = setting.agencies.find(({ id }) => id === me) as AgencyFacts
const secret = signingKeyFromSeed(hexToBytes(own.seed))
const signer = { keyId: keyIdOf(secret.publicKey.bytes), sign: (bytes: Uint8Array) => signEd25519(secret, bytes) }

const database = openDatabase({ ...setting.connection, max: 16 })
const nodeKeys = openKeys(setting.keys)
/** There is no action, and so no question to the policies; to read them would take a third of the start of a process. */
const policies: DecisionPoint = {
  version: 'none',
  decide: () => ({ allowed: false, reasons: [], faults: ['there are no policies here'] }),
}
const door = openDoor({
  database,
  keys: nodeKeys,
  policies,
  actions: [],
  ports: new Map(),
  clock: now,
  watch: { decided: () => {}, acted: () => {} },
})
const store = messageStore(door, nodeKeys)
const client = openExchangeClient({
  ...setting.tls,
  members,
  signer,
  now,
  ...(setting.patient ? {} : { answerWithinMs: 5000 }),
  connections: () => 48,
})

/** What the message did is counted, and nothing keeps it from being counted twice. */
const take: MessageHandler = async (tx, { digest, header: { from, id, exchange, seq } }) => {
  const values = [from, id, exchange ?? digest, seq]
  await tx.work.sql.query('INSERT INTO test_effect (sender, id, exchange, seq) VALUES ($1, $2, $3, $4)', values)
  return ok({ caseId: null })
}
const whole: AgencySetting = {
  me,
  store,
  members,
  standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
  signer,
  handlers: new Map([
    ['contact.query', take],
    ['status.query', take],
  ]),
  now,
  random: Math.random,
  ...(setting.patient ? {} : { leaseMs: 12_000 }),
  longestWaitMs: 3000,
  post: (peer, id, bytes) => {
    if (Math.random() < (setting.double ?? 0)) {
      process.send?.({ twice: true })
      void client.post(peer, id, bytes)
    }
    return client.post(peer, id, bytes)
  },
  postPouch: async (peer, messages) => {
    const answers = await Promise.all(
      portionsOf(messages).map(async (some) => {
        if (Math.random() < (setting.double ?? 0)) {
          process.send?.({ twice: true })
          void client.postPouch(peer, some)
        }
        return client.postPouch(peer, some)
      }),
    )
    return answers.includes(null) ? null : answers.flatMap((some) => some ?? [])
  },
  ask: client.ask,
  settled: async () => {},
}
const agency = openAgency(whole)
/** Its inbox, which alone may have a defect. */
const inbox =
  setting.defect === undefined
    ? agency
    : openAgency({ ...whole, store: setting.defect === 'forgets' ? forgetting(store) : early(store) })
await startExchangeServer(
  {
    ...setting.tls,
    endpoint: own.endpoint,
    signer,
    members,
    now,
    receive: inbox.receive,
    receiptOf: agency.receiptOf,
    refused: () => {},
    fault: () => {},
  },
  { host: setting.address, port: setting.port },
)
process.on('message', (told: { ahead: number } | ({ say: number; to: string } & Saying)) => {
  if ('ahead' in told) {
    ahead = told.ahead
    return
  }
  const { say, to, ...more } = told
  void utter(say, to, more).then(
    () => process.send?.({ said: say }),
    () => process.send?.({ failed: say }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
// Before it may be killed.
flushCompileCache()
agency.run(() => {})

function forgetting(whole: DeliveryStore<NodeTx>): DeliveryStore<NodeTx> {
  const forget = (tx: NodeTx): NodeTx => ({
    ...tx,
    received: async () => null,
    receivedAt: async () => null,
    chain: async (exchange, sender) => (sender === me ? tx.chain(exchange, sender) : null),
    putExchange: async (exchange) => {
      if (!(await tx.exchange(exchange.id))) await tx.putExchange(exchange)
    },
    putReceived: async (row) => {
      if (!(await tx.received(row.from, row.id))) await tx.putReceived(row)
    },
  })
  return { transaction: (work) => whole.transaction((tx) => work(forget(tx))) }
}

function early(whole: DeliveryStore<NodeTx>): DeliveryStore<NodeTx> {
  return {
    transaction: (work) =>
      new Promise((resolve, reject) => {
        whole
          .transaction(async (tx) => {
            const value = await work(tx)
            resolve(value)
            await sleep(600)
            return value
          })
          .catch(reject)
      }),
  }
}

async function utter(n: number, to: string, more: Saying): Promise<void> {
  const at = new Date()
  try {
    await store.transaction(async (tx) => {
      const { sql } = tx.work
      // Every third message opens an exchange, and two follow in it.
      const opener = n - (n % 3)
      const said = await sql.query<{ n: number; exchange: string }>(
        'SELECT n, exchange FROM test_said WHERE n = ANY ($1)',
        [[n, opener]],
      )
      if (said.some((one) => one.n === n)) return
      const [open] = said
      const row = await agency.queue(tx, open ? following(open.exchange, to, n, more) : opening(to, n, more))
      sql.last('INSERT INTO test_said (n, id, exchange, at) VALUES ($1, $2, $3, $4)', [n, row.id, row.exchange, at])
    })
  } catch (thrown) {
    // Said before: nothing of this time is kept.
    const { code, table } = thrown as { code?: string; table?: string }
    if (code !== '23505' || table !== 'test_said') throw thrown
  }
}

function opening(peer: string, n: number, more: Saying): Sending {
  const body = { subject: `Question ${n}`, country: 'EE', need: 'freeze', urgency: null, language: 'en' }
  return { ...common(peer, more), type: 'contact.query', exchange: null, body: filled(body, more) }
}

function following(exchange: string, peer: string, n: number, more: Saying): Sending {
  return { ...common(peer, more), type: 'status.query', exchange, body: filled({ question: `And ${n}?` }, more) }
}

/** A member that the receiver does not know, as of a newer minor version. */
function filled(body: { readonly [name: string]: Json }, { filling = 0 }: Saying): Json {
  return filling === 0 ? body : { ...body, filling: 'x'.repeat(filling) }
}

function common(peer: string, { within = 3_600_000 }: Saying) {
  const { v, id, exchange, from, to, seq, prev, created, ...header } = plainHeader({ deadline: null })
  return { peer, major: 1, header, caseId: null, deadline: now() + within }
}

function portionsOf(messages: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  const portions: (readonly Uint8Array[])[] = []
  for (let from = 0; from < messages.length; ) {
    const most = setting.pouch ? 1 + Math.floor(Math.random() * setting.pouch) : messages.length
    portions.push(messages.slice(from, from + most))
    from += most
  }
  return portions
}
