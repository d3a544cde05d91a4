/**
 * For tests: what a node has of the exchange, from facts that fit into a file, so that a test and a process that it kills are made
 * of the same: door, keys, database, TLS server and client, outbox and inbox, files, journal.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatVkey, noteKey } from '../../evidence/index.ts'
import { hpkeKeyIdOf } from '../../exchange/attachments/crypto/index.ts'
import type { AttachmentDesk } from '../../exchange/desk/index.ts'
import { keyIdOf, type Signer } from '../../exchange/wire/index.ts'
import { plainHeader } from '../../exchange/wire/testing/messages.ts'
import { type Database, migrate, openDatabase } from '../../io/postgres/index.ts'
import { openFolderBlobs, openVault } from '../../io/vault/index.ts'
import {
  checkEd25519,
  hpkeKeyFromSecret,
  newSecret,
  signEd25519,
  signingKeyFromSeed,
} from '../../kernel/crypto/index.ts'
import { type ActionContext, bytesToHex, hexToBytes, ok, type Result } from '../../kernel/index.ts'
import { openDoor } from '../door/door.ts'
import { type MessageHandler, openAgency, type Sending } from '../exchange/agency.ts'
import { attachmentDesk } from '../exchange/attachment-desk.ts'
import { attachmentRoutes } from '../exchange/attachment-inbox.ts'
import { openAttachmentOutbox } from '../exchange/attachment-outbox.ts'
import { openExchangeClient } from '../exchange/exchange-client.ts'
import type { ExchangeRoute } from '../exchange/exchange-route.ts'
import { startExchangeServer } from '../exchange/exchange-server.ts'
import type { Members, Peer } from '../exchange/members.ts'
import { messageStore } from '../exchange/message-store.ts'
import { newTlsIdentity, type TlsIdentity } from '../exchange/tls-identity.ts'
import { openJournal } from '../journal.ts'
import { initKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { migrations } from '../store/migrations.ts'
import { testDatabase } from './test-database.ts'

export type Secrets = {
  readonly id: string
  readonly home: string
  readonly port: number
  readonly tls: TlsIdentity
  /** Seeds and secrets, in hex. */
  readonly signing: string
  readonly hpke: string
  readonly witness: string
  /** The public key of its journal. */
  readonly journalKey: string
  readonly connection: Database['config']
}

export type ExchangeFacts = { readonly me: string; readonly agencies: readonly Secrets[] }

/** So many agencies, each with a database of its own on one server, and a folder. Call it in a test file: they go with it. */
export async function exchangeFacts(folder: string, ids: readonly string[]): Promise<readonly Secrets[]> {
  const server = await testDatabase()
  const made: Secrets[] = []
  for (const [at, id] of ids.entries()) {
    const database = `agency_${at}_${randomUUID().replaceAll('-', '')}`
    await server.query(`CREATE DATABASE ${database}`)
    const { connectionString, ...config } = server.config
    const url = connectionString === undefined ? null : new URL(connectionString)
    if (url) url.pathname = `/${database}`
    const home = join(folder, id)
    mkdirSync(home, { recursive: true })
    initKeys(join(home, 'keys'))
    made.push({
      ...{ id, home, port: await freePort(), tls: await newTlsIdentity(id, Date.now()) },
      ...{ signing: bytesToHex(newSecret()), hpke: bytesToHex(newSecret()), witness: bytesToHex(newSecret()) },
      journalKey: bytesToHex(openKeys(join(home, 'keys')).signingKey().publicKey.bytes),
      connection: url ? { connectionString: url.href } : { ...config, database },
    })
  }
  return made
}

export type ExchangeNode = Awaited<ReturnType<typeof exchangeNode>>

export type ExchangeOptions = {
  readonly failpoint?: (step: string) => void
  readonly clock?: () => number
  readonly attachmentBytes?: number
  readonly messagesPerMinute?: number
  readonly routes?: (node: Omit<ExchangeNode, 'server' | 'stop'>) => readonly ExchangeRoute[]
}

export function endpointOf({ port }: Secrets): string {
  return `https://127.0.0.1:${port}`
}

export function journalKeyOf({ id, journalKey }: Secrets) {
  return noteKey(`${id}.example/comity`, 1, hexToBytes(journalKey))
}

export function witnessKeyOf({ id, witness }: Secrets) {
  return noteKey(`${id}.example/witness`, 4, signingKeyFromSeed(hexToBytes(witness)).publicKey.bytes)
}

export async function exchangeNode({ me, agencies }: ExchangeFacts, options: ExchangeOptions = {}) {
  const clock = options.clock ?? Date.now
  const own = agencies.find(({ id }) => id === me) as Secrets
  const database = openDatabase({ ...own.connection, max: 6 })
  await migrate(database, migrations)
  const keys = openKeys(join(own.home, 'keys'))
  const limits = {
    messagesPerMinute: options.messagesPerMinute ?? 1e6,
    bytesPerDay: 1e12,
    openConnections: 100,
    attachmentBytes: options.attachmentBytes ?? 1e9,
  }
  const peers = agencies.map((one): Peer => ({ id: one.id, endpoint: endpointOf(one), tlsPins: [one.tls.pin], limits }))
  const publicKeyOf = ({ signing }: Secrets) => signingKeyFromSeed(hexToBytes(signing)).publicKey.bytes
  const keyById = new Map(
    agencies.map((one) => [keyIdOf(publicKeyOf(one)), { agency: one.id, publicKey: publicKeyOf(one) }]),
  )
  const members: Members = {
    peer: (id) => peers.find((peer) => peer.id === id) ?? null,
    byPin: (pin) => peers.find(({ tlsPins }) => tlsPins.includes(pin)) ?? null,
    keyOf: (keyId) => keyById.get(keyId) ?? null,
  }
  const secret = signingKeyFromSeed(hexToBytes(own.signing))
  const signer: Signer = { keyId: keyIdOf(secret.publicKey.bytes), sign: (bytes) => signEd25519(secret, bytes) }
  const ports = new Map<string, unknown>()
  const door = openDoor({
    database,
    keys,
    policies: openDecisionPoint(fileURLToPath(new URL('../../../../policies', import.meta.url))),
    actions: [],
    ports,
    clock,
    watch: { decided: () => {}, acted: () => {} },
  })
  const blobs = await openFolderBlobs(join(own.home, 'blobs'))
  const vault = openVault({ folder: join(own.home, 'vault'), blobs, caseKey: (caseId) => keys.caseKey(caseId) })
  const client = openExchangeClient({ ...own.tls, members, signer, now: clock, answerWithinMs: 5000 })
  const store = messageStore(door, keys)
  const journal = openJournal(database, keys, journalKeyOf(own).name, join(own.home, 'log'))
  let caseOfMessages: string | null = null
  const take: MessageHandler = async () => ok({ caseId: caseOfMessages })
  const agency = openAgency({
    me,
    store,
    members,
    standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
    signer,
    handlers: new Map([['contact.query', take]]),
    now: clock,
    random: Math.random,
    longestWaitMs: 200,
    post: client.post,
    postPouch: client.postPouch,
    ask: client.ask,
    settled: async () => {},
  })
  const hpke = hpkeKeyFromSecret(hexToBytes(own.hpke))
  const desk = attachmentDesk({
    ...{ me, keys, database, blobs, vault },
    hpkeKeyOf: (peer) => {
      const found = agencies.find(({ id }) => id === peer)
      return found ? hpkeKeyFromSecret(hexToBytes(found.hpke)).publicKey : null
    },
    ownKey: (id) => (id === hpkeKeyIdOf(hpke.publicKey) ? hpke : null),
    largest: () => limits.attachmentBytes,
  })
  ports.set('vault-content', vault)
  const failpoint = options.failpoint ?? (() => {})
  const outbox = openAttachmentOutbox({
    ...{ me, door, blobs, vault, members, client, failpoint },
    ...{ now: clock, random: () => 0, longestWaitMs: 200, leaseMs: 4000 },
  })
  const witnessing = signingKeyFromSeed(hexToBytes(own.witness))
  const base = {
    ...{ me, own, database, keys, members, signer, door, blobs, vault, client, store, journal, agency, desk, outbox },
    ...{ ports, peers, agencies, clock, check: checkEd25519 },
    witness: { key: witnessKeyOf(own), sign: (bytes: Uint8Array) => signEd25519(witnessing, bytes) },
    vkey: formatVkey(journalKeyOf(own)),
    /** The case under which messages are kept from now on that come in. */
    takeInto: (caseId: string | null) => {
      caseOfMessages = caseId
    },
    act,
    send,
  }
  const server = await startExchangeServer(
    {
      ...own.tls,
      ...{ endpoint: endpointOf(own), members, signer, now: clock },
      receive: agency.receive,
      receiptOf: agency.receiptOf,
      routes: [
        ...attachmentRoutes({ me, door, database, keys, blobs, signer, now: clock, failpoint }),
        ...(options.routes?.(base) ?? []),
      ],
      refused: () => {},
      fault: (thrown) => console.error(thrown),
    },
    { host: '127.0.0.1', port: own.port },
  )
  return {
    ...base,
    server,
    stop: async () => {
      client.close()
      await server.close()
      await database.close()
    },
  }

  /** An act of the node with the desk of attachments. */
  async function act<T>(
    work: (desk: AttachmentDesk, context: ActionContext) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return door.asNode<T>(async ({ sql, records, context }) => {
      const done = await work(desk(sql, records), context())
      if (!done.ok) return done
      return ok({
        result: done.value,
        events: [{ name: 'records.written', of: 'node', id: 'node', caseId: null, body: {} }],
      })
    })
  }

  /** Queues a message that opens an exchange, with these files named. */
  async function send(peer: string, fixed: { readonly id: string }, more: Partial<Sending['header']> = {}) {
    const { v, id, exchange, from, to, seq, prev, created, ...header } = plainHeader({ deadline: null, ...more })
    const body = { subject: 'Files', country: 'EE', need: 'freeze', urgency: null, language: 'en' }
    return store.transaction((tx) =>
      agency.queue(tx, {
        ...{ type: 'contact.query', major: 1, body, header, peer, exchange: null, caseId: null },
        deadline: clock() + 3_600_000,
        fixed: { id: fixed.id, created: new Date(clock()).toISOString() },
      }),
    )
  }
}

/** Waits for what a worker does in its own time. */
export async function until(holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
