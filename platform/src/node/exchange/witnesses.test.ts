/** Witnesses, watchers and proofs of receipts between nodes: real TLS, real databases, real journals; and journals that lie. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  advanceJournal,
  formatAddCheckpoint,
  formatTlogProof,
  type JournalStore,
  openCheckpoint,
  openWitnessed,
  type PublishedLog,
  parseTlogProof,
  signCheckpoint,
} from '../../evidence/index.ts'
import { tileFolder } from '../../evidence/store/index.ts'
import { checkJournalFork, type JournalFork, journalForkForm, openStatement } from '../../exchange/index.ts'
import { checkEd25519, signEd25519 } from '../../kernel/crypto/index.ts'
import { orStop, textToBytes } from '../../kernel/index.ts'
import { uuidV7 } from '../door/uuid-v7.ts'
import { logRoutes } from '../http/log-routes.ts'
import { journalSigner } from '../journal.ts'
import { checkNode } from '../journal-check.ts'
import {
  type ExchangeNode,
  exchangeFacts,
  exchangeNode,
  journalKeyOf,
  type Secrets,
  until,
  witnessKeyOf,
} from '../testing/exchange-node.ts'
import {
  type Cosigning,
  cosignedCheckpoint,
  cosignedFrom,
  openCosigning,
  type Witness,
  witnessPolicyOf,
} from './cosigning.ts'
import { messageDesk } from './message-desk.ts'
import { openPeerLogs, ownLogRoute, type PeerLogs } from './peer-logs.ts'
import { checkReceiptProof, openReceiptProofs, PROOFS_PATH, proofRoute } from './receipt-proofs.ts'
import { NOTE_TYPE, SIZE_TYPE, WITNESS_COVERS, WITNESS_PATH, witnessRoute } from './witness-desk.ts'

const [A, B, W] = ['aa-prosecutor', 'bb-fiu', 'ww-court'] as const
const folder = mkdtempSync(join(tmpdir(), 'comity-witness-'))
let agencies: readonly Secrets[]
const nodes = {} as Record<typeof A | typeof B | typeof W, ExchangeNode>
const alarms: string[] = []
const stops: (() => Promise<void>)[] = []
/** What a node shows of its journal in place of what it has. */
const shownBy = new Map<string, PublishedLog>()
/** Who has the role. */
const roles = new Set<string>([B, W])
const secretsOf = (id: string) => agencies.find((one) => one.id === id) as Secrets
const keyOf = (id: string) => journalKeyOf(secretsOf(id))
const witnessesBut = (id: string): Witness[] =>
  [B, W].filter((one) => one !== id && roles.has(one)).map((one) => ({ id: one, key: witnessKeyOf(secretsOf(one)) }))

beforeAll(async () => {
  agencies = await exchangeFacts(folder, [A, B, W])
  for (const me of [A, B, W] as const) {
    nodes[me] = await exchangeNode(
      { me, agencies },
      {
        routes: (node) => [
          witnessRoute({
            ...forksOf(me, node),
            ...node.witness,
            isWitness: () => roles.has(me),
            journalKeyOf: keyOf,
            now: Date.now,
            database: node.database,
          }),
          ownLogRoute(
            {
              get log() {
                return shownBy.get(me) ?? node.journal.log
              },
            },
            node.database,
          ),
          proofRoute({ ...node, needed: () => 1 }),
        ],
      },
    )
    stops.push(nodes[me].agency.run((fault) => console.error(fault)))
  }
})
afterAll(async () => {
  for (const stop of stops) await stop()
  for (const node of Object.values(nodes)) await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

function forksOf(me: string, { door, signer }: Pick<ExchangeNode, 'door' | 'signer'>) {
  return { me, door, signer, alarm: (agency: string, what: string) => void alarms.push(`${me}: ${what} of ${agency}`) }
}

function cosigningOf(id: typeof A | typeof B, more: Partial<Parameters<typeof openCosigning>[0]> = {}) {
  const outcomes: string[] = []
  const cosigning: Cosigning = openCosigning({
    ...nodes[id],
    witnesses: () => witnessesBut(id),
    now: Date.now,
    told: (witness, outcome) => outcomes.push(`${witness} ${outcome}`),
    alarm: () => {},
    ...more,
  })
  return { cosigning, outcomes }
}

/** Entries in the journal of a node, published. */
async function grow(node: ExchangeNode, entries = 1): Promise<void> {
  for (let n = 0; n < entries; n++) await node.act(async () => ({ ok: true, value: null }))
  await node.journal.advance()
}

function peerLogsOf(id: typeof A | typeof B | typeof W): PeerLogs {
  const { database, client } = nodes[id]
  return openPeerLogs({ ...forksOf(id, nodes[id]), database, client, journalKeyOf: keyOf, now: Date.now })
}

/** A journal of the same name and key with other leaves, as a restored copy of its database would write. */
async function otherJournal(node: ExchangeNode, leaves: number) {
  const log = tileFolder(mkdtempSync(join(folder, 'other-')))
  const all = Array.from({ length: leaves }, (_, at) => textToBytes(`another past ${at}`))
  const store: JournalStore = {
    sequence: async () => all.length,
    leaves: async (first, limit) => all.slice(first, first + limit),
  }
  orStop(await advanceJournal(store, log, journalSigner(node.keys, keyOf(node.me).name)))
  return log
}

async function bring(
  from: ExchangeNode,
  to: string,
  oldSize: bigint,
  checkpoint: Uint8Array,
  proof: Uint8Array[] = [],
) {
  const called = await from.client.call(to, {
    method: 'POST',
    path: WITNESS_PATH,
    headers: { 'content-type': NOTE_TYPE },
    components: WITNESS_COVERS,
    body: formatAddCheckpoint({ oldSize, proof, checkpoint }),
  })
  return { status: called?.status, type: called?.type, text: new TextDecoder().decode(called?.bytes) }
}

test('a checkpoint is cosigned by each witness, one after the other, and every reader reads it as before', async () => {
  const a = nodes[A]
  await grow(a, 3)
  const { cosigning, outcomes } = cosigningOf(A)
  expect(await cosigning.round()).toBe(2)
  // Nothing is new: nobody is asked again.
  expect(await cosigning.round()).toBe(2)
  expect(outcomes.sort()).toEqual([`${B} cosigned`, `${W} cosigned`])
  await grow(a, 2)
  expect(await cosigning.round()).toBe(2)
  const server = Fastify()
  logRoutes(a.journal, a.database)(server)
  const policy = witnessPolicyOf(keyOf(A), witnessesBut(A), 2)
  for (const url of ['/log/checkpoint', '/log/cosigned']) {
    const note = (await server.inject({ url })).rawPayload
    expect(openCheckpoint(note, keyOf(A), checkEd25519)).toMatchObject({ ok: true, value: { size: 5n } })
    const { cosigned } = orStop(openWitnessed(note, policy, checkEd25519))
    expect(cosigned.map(({ name }) => name)).toEqual([`${B}.example/witness`, `${W}.example/witness`])
    expect(Number(cosigned[0]?.seconds)).toBeGreaterThan(Date.now() / 1000 - 60)
  }
  await server.close()
  // What is handed to others waits for the witnesses a moment, and goes without them where they do not answer.
  const bare = (await a.journal.log.checkpoint()) as Uint8Array
  expect(orStop(openWitnessed(await cosignedFrom(a.database, bare, 0), policy, checkEd25519)).cosigned).toHaveLength(2)
  await grow(a)
  const late = (await a.journal.log.checkpoint()) as Uint8Array
  expect(await cosignedFrom(a.database, late, 0)).toEqual(late)
  // A new process of the same node does not know what the witnesses know; they tell it.
  await grow(a)
  const anew = cosigningOf(A)
  expect(await anew.cosigning.round()).toBe(2)
})

test('a witness that does not answer keeps nothing waiting, and after a while somebody is told', async () => {
  await grow(nodes[A])
  let now = Date.now()
  const missing: unknown[] = []
  const { cosigning, outcomes } = cosigningOf(A, {
    now: () => now,
    alarm: (what) => missing.push(what),
    client: { call: async (id, call) => (id === W ? null : nodes[A].client.call(id, call)) },
  })
  const since = now
  expect(await cosigning.round()).toBe(1)
  expect(missing).toEqual([])
  now += 600_000
  expect(await cosigning.round()).toBe(1)
  expect(outcomes.filter((one) => one === `${W} silent`)).toHaveLength(2)
  expect(missing).toEqual([{ have: 1, need: 2, since }])
  expect((await cosignedCheckpoint(nodes[A].database, 2))?.size).toBeLessThan(
    (await cosignedCheckpoint(nodes[A].database, 1))?.size ?? 0,
  )
})

test('a witness answers as C2SP tlog-witness says', async () => {
  const a = nodes[A]
  await grow(a, 2)
  await cosigningOf(A).cosigning.round()
  const checkpoint = (await a.journal.log.checkpoint()) as Uint8Array
  const size = orStop(openCheckpoint(checkpoint, keyOf(A), checkEd25519)).size
  const known = { status: 409, type: SIZE_TYPE, text: `${size}\n` }
  // The same again is cosigned again; from another size it is told which it knows.
  expect(await bring(a, W, size, checkpoint)).toMatchObject({
    status: 200,
    text: expect.stringMatching(/^— ww-court\.example\/witness /),
  })
  expect(await bring(a, W, 0n, checkpoint)).toEqual(known)
  expect(await bring(a, W, size - 1n, checkpoint)).toEqual(known)
  expect(await bring(a, W, size + 1n, checkpoint)).toMatchObject({ status: 400 })
  expect(await bring(a, W, 0n, textToBytes('no checkpoint'))).toMatchObject({ status: 400 })
  const other = journalKeyOf(secretsOf(A))
  const forger = signEd25519.bind(null, nodes[B].keys.signingKey())
  const head = { origin: other.name, size: size + 1n, root: new Uint8Array(32) }
  // Under the name of the key, and not by it.
  expect(await bring(a, W, size, signCheckpoint(head, other, forger))).toMatchObject({ status: 403 })
  const unsigned = signCheckpoint(head, keyOf(B), forger)
  expect(await bring(a, W, size, unsigned)).toMatchObject({ status: 403 })
  // Each brings its own journal, to a member that has the role.
  expect(await bring(nodes[B], W, size, checkpoint)).toMatchObject({ status: 404 })
  expect(await bring(nodes[B], A, 0n, (await nodes[A].journal.log.checkpoint()) as Uint8Array)).toMatchObject({
    status: 404,
  })
  await expect(nodes[W].database.query('UPDATE witness_tree SET size = 1')).rejects.toThrow('goes back for nobody')
})

test('of two trees at once a witness cosigns one; another tree of a size is refused, proven, journalled and told', async () => {
  const b = nodes[B]
  await grow(b, 4)
  const own = (await b.journal.log.checkpoint()) as Uint8Array
  const size = orStop(openCheckpoint(own, keyOf(B), checkEd25519)).size
  const other = (await (await otherJournal(b, Number(size))).checkpoint()) as Uint8Array
  const answers = await Promise.all([bring(b, W, 0n, own), bring(b, W, 0n, other)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(alarms).toContain(`${W}: fork of ${B}`)
  const [row] = await nodes[W].database.query<{ statement: Uint8Array }>('SELECT statement FROM journal_fork')
  const shown = orStop(
    openStatement(journalForkForm, row?.statement as Uint8Array, {
      keyOf: nodes[A].members.keyOf,
      check: checkEd25519,
    }),
  )
  expect(checkJournalFork(shown.value, keyOf(B), checkEd25519)).toEqual({
    ok: true,
    value: { smaller: size, larger: size },
  })
  expect(checkJournalFork(shown.value, keyOf(A), checkEd25519)).toMatchObject({ ok: false })
  const harmless: JournalFork = { ...shown.value, larger: shown.value.smaller }
  expect(checkJournalFork(harmless, keyOf(B), checkEd25519)).toMatchObject({ ok: false })
  const listed = await nodes[W].database.transaction((sql) => messageDesk({ me: W } as never)(sql, {} as never).forks())
  expect(listed).toEqual([
    expect.objectContaining({ agency: B, statement: Buffer.from(row?.statement as Uint8Array).toString('base64') }),
  ])
  // Again it is the same fork.
  await bring(b, W, 0n, answers[0]?.status === 200 ? other : own)
  expect(await nodes[W].database.query('SELECT id FROM journal_fork')).toHaveLength(1)
  // A larger tree without a proof that it continues is not cosigned, and both are kept.
  const larger = (await (await otherJournal(b, Number(size) + 3)).checkpoint()) as Uint8Array
  expect(await bring(b, W, size, larger, [new Uint8Array(32)])).toMatchObject({ status: 422 })
  expect(alarms).toContain(`${W}: unproven of ${B}`)
  const events = await nodes[W].database.query<{ event: string }>(
    `SELECT event FROM journal_entry WHERE event LIKE 'journal.%' ORDER BY seq`,
  )
  expect(events.map(({ event }) => event)).toEqual(['journal.fork', 'journal.unproven'])
})

async function sent(from: ExchangeNode, to: string): Promise<string> {
  const id = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
  await from.send(to, { id })
  await until(
    async () =>
      (await from.database.query(`SELECT 1 FROM message_out WHERE id = $1 AND state = 'accepted'`, [id])).length > 0,
  )
  return id
}

test('the sender gets a proof that its receipt stands in the journal of the receiver, which nobody can take back', async () => {
  const [a, b] = [nodes[A], nodes[B]]
  const CASE = '00000000-0000-7000-8000-0000000000c2'
  b.keys.makeCaseKey(CASE)
  b.takeInto(CASE)
  const id = await sent(a, B)
  b.takeInto(null)
  const asked: string[] = []
  const proofs = openReceiptProofs({
    ...a,
    journalKeyOf: keyOf,
    witnessesOf: witnessesBut,
    neededOf: () => 1,
    peerLogs: peerLogsOf(A),
    now: () => Date.now() + asked.length * 3_600_000,
    alarm: (_, code) => asked.push(code),
  })
  // Not yet in a checkpoint that a witness has seen.
  expect(await proofs.round()).toBe(0)
  await b.journal.advance()
  // The fork above has shown W one past; B itself goes on with its own, which W knows or does not.
  roles.delete(W)
  roles.add(A)
  const cosigning = openCosigning({
    ...b,
    witnesses: () => [{ id: A, key: witnessKeyOf(secretsOf(A)) }],
    now: Date.now,
    told: () => {},
    alarm: () => {},
  })
  expect(await cosigning.round()).toBe(1)
  await a.database.query('UPDATE message_out SET proof_next_at = to_timestamp(0)')
  const withA = openReceiptProofs({
    ...a,
    journalKeyOf: keyOf,
    witnessesOf: () => [{ id: A, key: witnessKeyOf(secretsOf(A)) }],
    neededOf: () => 1,
    peerLogs: peerLogsOf(A),
    now: Date.now,
    alarm: (_, code) => asked.push(code),
  })
  // What the case held is destroyed, and the receipt is proven all the same.
  b.keys.destroyCaseKey(CASE)
  expect(await withA.round()).toBe(1)
  const [row] = await a.database.query<{
    proof: Uint8Array
    receipt: Uint8Array
    digest: string
    proof_witnesses: number
  }>('SELECT proof, receipt, digest, proof_witnesses FROM message_out WHERE id = $1', [id])
  if (!row) throw new Error('no row')
  expect(row.proof_witnesses).toBe(1)
  const policy = witnessPolicyOf(keyOf(B), [{ id: A, key: witnessKeyOf(secretsOf(A)) }], 1)
  const ours = { from: A, id, digest: row.digest, receipt: row.receipt }
  const { entry } = orStop(checkReceiptProof(row.proof, ours, policy))
  // It shows no case, no row and nobody.
  expect(entry).toMatchObject({
    event: 'message.receipted',
    caseId: null,
    rows: [],
    actor: { kind: 'machine', id: 'node', role: 'node' },
  })
  const refusedWith = (bytes: Uint8Array, what = ours, by = policy) => {
    const checked = checkReceiptProof(bytes, what, by)
    return checked.ok ? 'ok' : checked.refusal.code
  }
  expect(refusedWith(row.proof, { ...ours, digest: '00'.repeat(32) })).toBe('EXCHANGE_PROOF')
  expect(refusedWith(row.proof, { ...ours, receipt: textToBytes('another') })).toBe('EXCHANGE_PROOF')
  expect(refusedWith(row.proof, ours, witnessPolicyOf(keyOf(A), [], 0))).toBe('CHECKPOINT_UNSIGNED')
  expect(refusedWith(row.proof, ours, witnessPolicyOf(keyOf(B), witnessesBut(A), 1))).toBe('QUORUM_UNMET')
  const parsed = orStop(parseTlogProof(row.proof))
  const said = JSON.parse(new TextDecoder().decode(parsed.extra as Uint8Array)) as {
    entry: { at: string }
    salt: string
  }
  const changed = (more: object) =>
    formatTlogProof({ ...parsed, extra: textToBytes(JSON.stringify({ ...said, ...more })) })
  expect(refusedWith(changed({ salt: '11'.repeat(32) }))).toBe('INCLUSION_UNPROVEN')
  expect(refusedWith(changed({ entry: { ...said.entry, at: '2026-01-01T00:00:00.000Z' } }))).toBe('INCLUSION_UNPROVEN')
  expect(refusedWith(changed({ more: 1 }))).toBe('EXCHANGE_PROOF')
  expect(refusedWith(formatTlogProof({ ...parsed, extra: null }))).toBe('EXCHANGE_PROOF')
  expect(refusedWith(formatTlogProof({ ...parsed, index: parsed.index + 1n }))).toBe('INCLUSION_UNPROVEN')
  // Nobody else is shown anything.
  expect((await nodes[W].client.call(B, { method: 'GET', path: `${PROOFS_PATH}${id}` }))?.status).toBe(404)
  expect(asked).toEqual([])
  roles.add(W)
  roles.delete(A)
})

test('the journals of others are watched: what continues is taken, and two stories are proven wherever they are told', async () => {
  const [a, b] = [nodes[A], nodes[B]]
  const logs = peerLogsOf(A)
  const before = alarms.length
  expect(await logs.poll(B)).toBe('continues')
  const old = (await b.journal.log.checkpoint()) as Uint8Array
  await grow(b, 300)
  expect(await logs.poll(B)).toBe('continues')
  expect(await logs.poll(B)).toBe('continues')
  expect(await logs.seen(B, old)).toBe('older')
  expect(alarms).toHaveLength(before)
  const { size } = orStop(openCheckpoint((await b.journal.log.checkpoint()) as Uint8Array, keyOf(B), checkEd25519))
  for (const leaves of [Number(size), Number(size) + 40]) {
    const log = await otherJournal(b, leaves)
    shownBy.set(B, log)
    expect(await logs.poll(B), `${leaves}`).toBe('fork')
  }
  expect(alarms.slice(before)).toEqual(Array(2).fill(`${A}: fork of ${B}`))
  const rows = await a.database.query<{ statement: Uint8Array }>('SELECT statement FROM journal_fork ORDER BY at')
  for (const { statement } of rows) {
    const { value } = orStop(openStatement(journalForkForm, statement, { keyOf: b.members.keyOf, check: checkEd25519 }))
    expect(checkJournalFork(value, keyOf(B), checkEd25519)).toMatchObject({ ok: true })
    expect(value.by).toBe(A)
  }
  // An older tree that it never had: it can be proven when the journal that was seen is shown again.
  shownBy.set(B, await otherJournal(b, Number(size) - 40))
  expect(await logs.poll(B)).toBe('unproven')
  shownBy.delete(B)
  expect(await logs.poll(B)).toBe('fork')
  // Tiles that lead nowhere prove nothing: three times, and somebody is told.
  const lying = await otherJournal(b, Number(size) + 7)
  shownBy.set(B, { ...lying, read: async () => null })
  for (let times = 0; times < 3; times++) expect(await logs.poll(B)).toBe('unproven')
  expect(alarms.at(-1)).toBe(`${A}: unproven of ${B}`)
  shownBy.delete(B)
  // What was believed last is still what is compared with.
  await grow(b)
  expect(await logs.poll(B)).toBe('continues')
})

test('the journals of all three name every row that was kept', async () => {
  for (const node of Object.values(nodes)) {
    await node.journal.advance()
    const { findings } = await checkNode(node.database, node.keys, node.journal, null, { report: () => {} })
    expect(findings).toEqual([])
  }
})
