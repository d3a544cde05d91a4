/**
 * A word in every text that a case can hold, looked for in every byte that the node leaves: database, write-ahead log,
 * server log, journal, vault, keys, backups, its own log. It is nowhere while the case lives, since everything is sealed; and
 * after the case was erased, no key that is left opens anything of it, in the database or in a backup from before.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, startEmbeddedServer } from '../../src/io/postgres/index.ts'
import { openFolderBlobs, openVault, type StoredFile } from '../../src/io/vault/index.ts'
import { deriveKey } from '../../src/kernel/crypto/index.ts'
import { amber, orStop } from '../../src/kernel/index.ts'
import { openSignIn } from '../../src/node/auth/sign-in.ts'
import { backupNode, openBackup, restoreRows } from '../../src/node/backup.ts'
import { routeOf } from '../../src/node/http/route-of.ts'
import { initNode } from '../../src/node/init.ts'
import { checkNode } from '../../src/node/journal-check.ts'
import { openLogger } from '../../src/node/logger.ts'
import { type RunningNode, startNode } from '../../src/node/start.ts'
import { type SoftPasskey, softPasskey } from '../../src/node/testing/soft-passkey.ts'
import { type MadeNode, startMadeNode } from '../../src/tracing/watch/testing/made-node.ts'
import { addressOf, chance, extend, ROOT, regtest } from '../../src/tracing/watch/testing/synthetic-chain.ts'
import { nodeConfig, nodeHome } from '../node-config.ts'
import { temporaryFolder } from '../run-comity.ts'
import { searchBytes, searchFolder, shapesOf } from './canary-search.ts'
import { everyKeyOf, openedWith } from './open-with.ts'

/** In every canary: whoever finds none of this finds none of them. */
const WORD = `zqCanary${randomUUID().slice(0, 8)}vx`
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const quiet = { report: () => {} }

const home = nodeHome()
// Two blocks that pay one address: it is watched, and no byte of it may be found either.
const first = extend(ROOT, [], { owners: 1, payments: 0, random: chance(29) }).block
const second = extend(first, [], { owners: 1, payments: 0, random: chance(31) }).block
const WATCHED = addressOf(0)
const places: string[] = []
const logged: string[] = []
const backups = temporaryFolder()
const people: Record<string, { id: string; token: string; passkey: SoftPasskey }> = {}
let node: RunningNode
let bitcoin: MadeNode
let caseId = ''
let version = 0
let file: StoredFile
let kept: Uint8Array

/** A text that nothing else holds; its place is noted down. */
function canary(place: string): string {
  places.push(place)
  return `${WORD} ${places.length} ${place}`
}

beforeAll(async () => {
  bitcoin = await startMadeNode([first, second])
  bitcoin.become(first)
  const follow = [{ chain: regtest.caip2, format: 'core-rpc' as const, url: bitcoin.url, interval: 20 }]
  const config = nodeConfig({ log: { level: 'debug' }, follow })
  const { personId } = await initNode(home, config, 'Ada', {})
  const log = openLogger('trace', { write: (line: string) => void logged.push(line) })
  node = await startNode(home, {}, { log })
  const admin = { personId, signedInBy: 'device-bound' as const, provenAt: Date.now(), purpose: 'administrative' }
  const origin = new URL(config.publicUrl).origin
  const signIn = openSignIn({ door: node.door, rp: { id: 'localhost', name: 'Test', origin }, sessionMinutes: 60 })
  const roles = { anna: 'investigator', carla: 'prosecutor', dora: 'judge', emil: 'senior-official' }
  for (const [name, role] of Object.entries(roles)) {
    const input = { name, role }
    const invited = orStop(await node.door.run({ caller: { ...admin, scopes: null }, action: 'person.invite', input }))
    const { personId: id, token } = invited.result as { personId: string; token: string }
    const passkey = softPasskey({ origin })
    const options = orStop(await signIn.enrolOptions(token)) as Parameters<SoftPasskey['create']>[0]
    const session = orStop(await signIn.enrol(token, 'key', passkey.create(options)))
    people[name] = { id, token: session.token, passkey }
  }
})
afterAll(async () => {
  await node.stop()
  await bitcoin.close()
})

/** As a browser does it; the answer must be good. */
async function did<T = { id: string; version: number }>(by: string, name: string, input: object): Promise<T> {
  const action = node.door.actions.get(name)
  if (!action) throw new Error(`there is no ${name}`)
  const { method, path } = routeOf(action)
  const { seen, ...rest } = input as Record<string, unknown>
  const url = new URL(path, node.url)
  if (method === 'GET')
    for (const [key, value] of Object.entries(rest))
      url.searchParams.set(key, typeof value === 'string' ? value : JSON.stringify(value))
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${people[by]?.token}`,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(rest) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}

test('the search finds a word in every shape, alone or within, packed or not', () => {
  const folder = temporaryFolder()
  for (const [as, shape] of shapesOf(WORD)) {
    const within = Buffer.concat([Buffer.from('before '), shape, Buffer.from(' after')])
    writeFileSync(join(folder, 'plain'), within)
    expect(searchFolder(folder, WORD).map((one) => one.as)).toContain(as)
    writeFileSync(join(folder, 'plain'), gzipSync(within))
    expect(searchFolder(folder, WORD).map((one) => one.as)).toContain(as)
  }
  for (const before of ['', 'a', 'ab', 'abc']) {
    writeFileSync(join(folder, 'plain'), Buffer.from(`${before}${WORD} and more`).toString('base64'))
    expect(searchFolder(folder, WORD)).toHaveLength(1)
  }
})

test('a case is filled, over HTTP', async () => {
  const opening = { title: canary('title'), reference: canary('reference'), summary: canary('summary') }
  const purposes = ['criminal-proceedings']
  const opened = await did('anna', 'case.open', { ...opening, kind: 'local', purposes })
  caseId = opened.id
  version = opened.version
  for (const name of ['carla', 'dora', 'emil'])
    await did('anna', 'case.member.add', { caseId, seen: version++, personId: people[name]?.id })
  const order = canary('order of a seal')
  await did('anna', 'case.seal', { caseId, seen: version++, sealedFor: [people.anna?.id], order })
  await did('anna', 'case.unseal', { caseId, seen: version++, order: canary('order of its end') })
  const items: Record<string, object> = {
    'person-of-interest': {
      kind: 'natural',
      name: canary('name'),
      firstNames: canary('first names'),
      otherNames: [canary('alias')],
      identifiers: [{ kind: canary('kind of identifier'), value: canary('identifier') }],
      address: canary('address of a person'),
      ledCategory: 'SUSPECT',
      position: 'ORDER_TARGET',
      note: canary('note on a person'),
    },
    wallet: { chain: CHAIN, address: ADDRESS, custody: 'service', holder: canary('holder'), note: canary('wallet') },
    victim: { token: 'V-0001', loss: '1', asset: `${CHAIN}/slip44:0`, note: canary('note on a victim') },
    event: { at: '2026-11-01T00:00:00Z', what: canary('event'), place: canary('place'), note: canary('event note') },
    task: { what: canary('task'), assignee: null, due: null, done: null, about: canary('about') },
    decision: {
      what: canary('decision'),
      authority: canary('court'),
      on: '2026-11-20',
      reference: canary('file number'),
      final: null,
      grounds: canary('grounds'),
    },
    note: { text: canary('note') },
    order: {
      measure: 'PRESERVE',
      authority: canary('ordering court'),
      reference: canary('order number'),
      on: '2026-11-20',
      until: null,
      liftedAt: null,
      addressee: canary('addressee'),
      assets: [{ chain: CHAIN, address: ADDRESS, asset: null, amount: '1', value: null, note: canary('asset note') }],
    },
  }
  for (const [kind, content] of Object.entries(items)) {
    const { id } = await did('anna', `${kind}.add`, { caseId, content, basis: 'fact' })
    await did('anna', `${kind}.update`, { id, seen: 1, content, basis: 'assessment' })
  }
  const content = {
    instrument: 'EU-2018-1805',
    requestType: 'FREEZE.REQUEST',
    measure: 'FREEZE_SPECIFIC',
    data: { groundsForFreezing: canary('a field of the form') },
    languages: { original: 'en', theirs: ['fr'] },
    recipients: [{ authority: canary('recipient'), country: 'FR', role: 'to', address: canary('their address') }],
    clock: { country: 'FR', zone: 'Europe/Paris' },
    urgency: { code: 'IMMINENT_DISSIPATION', ground: canary('ground of urgency') },
    facts: canary('facts'),
    assets: [{ chain: CHAIN, address: ADDRESS, asset: null, amount: '1', value: null, note: canary('asset') }],
    trace: null,
    useConditions: [{ code: 'CONFIDENTIAL', text: canary('condition') }],
  }
  const draft = await did('anna', 'request.draft', { caseId, content })
  await did('anna', 'request.withdraw', { id: draft.id, seen: draft.version, reason: canary('why withdrawn') })
  const hold = await did('anna', 'hold.place', { caseId, authority: canary('holder'), reason: canary('hold') })
  await did('anna', 'hold.lift', { caseId, id: hold.id, seen: hold.version, reason: canary('why lifted') })
  await evidence()
  await watchedAddress()
  // What is asked for in the address of a page is content too.
  await did('anna', 'statement.list', { caseId, subject: { type: 'person', value: canary('asked for') } })
  expect(places.length).toBeGreaterThan(60)
})

/** Watched, and paid: there is an alarm in the case, which names it. */
async function watchedAddress(): Promise<void> {
  const content = { chain: regtest.caip2, addresses: [WATCHED], outputs: [], until: null, note: canary('why watched') }
  await did('anna', 'watch.add', { caseId, content: { ...content, ended: null }, basis: 'fact' })
  bitcoin.become(second)
  type Alarms = { items: { content: { address: string } }[] }
  for (let tries = 0; ; tries++) {
    const { items } = await did<Alarms>('anna', 'alarm.list', { caseId })
    if (items.some(({ content: { address } }) => address === WATCHED)) break
    if (tries === 3_000) throw new Error('no alarm was raised')
    await sleep(20)
  }
}

async function evidence(): Promise<void> {
  const where = () => ({ authority: canary('authority'), place: canary('place of an act') })
  const device = { make: canary('make'), model: canary('model'), serial: canary('serial'), sealNumber: 'DE-1' }
  const { exhibitId } = await did<{ exhibitId: string }>('anna', 'exhibit.add', {
    caseId,
    kind: 'device',
    title: canary('exhibit'),
    description: canary('description'),
    marking: amber,
    device,
    acquirer: { outside: { name: canary('finder'), agency: canary('agency'), office: canary('office') } },
    competence: canary('competence'),
    acquiredAt: new Date(Date.now() - 1000).toISOString(),
    method: canary('method'),
    condition: canary('condition of it'),
    remarks: canary('remarks'),
    tool: { name: canary('tool'), version: canary('version'), settings: canary('settings') },
    ...where(),
  })
  const { exhibitId: own } = await did<{ exhibitId: string }>('anna', 'exhibit.add', {
    caseId,
    kind: 'device',
    title: canary('own exhibit'),
    marking: amber,
    device: { ...device, sealNumber: 'DE-2' },
    acquirer: { personId: people.anna?.id },
    acquiredAt: new Date(Date.now() - 1000).toISOString(),
    ...where(),
  })
  const act = (name: string, more: object) =>
    did('anna', `custody.${name}`, {
      caseId,
      exhibitId: own,
      ...where(),
      remarks: canary(`remarks on ${name}`),
      ...more,
    })
  await act('unseal', { condition: canary('condition then') })
  await act('examine', { method: canary('how'), tool: { name: canary('viewer'), version: '1' } })
  await act('release', { to: { outside: { name: canary('expert'), agency: canary('institute') } } })
  const { statementId } = await did<{ statementId: string }>('anna', 'statement.make', {
    caseId,
    subject: { type: 'person', value: canary('subject') },
    claim: canary('claim'),
    basis: canary('basis'),
    method: canary('method of a statement'),
    confidence: 'high',
    sourceExhibit: exhibitId,
    statedBy: canary('who says so'),
    validFrom: null,
    validTo: null,
    marking: amber,
  })
  await did('anna', 'statement.retract', { statementId, seen: 1, reason: canary('why retracted') })
  const text = Buffer.from(canary('a file').repeat(1000))
  const upload = { id: randomUUID(), caseId, size: text.length }
  const vault = await vaultOf()
  await vault.receive(
    upload,
    0,
    (async function* () {
      yield text
    })(),
  )
  file = (await vault.complete(upload)) as StoredFile
  expect(await readBack()).toContain(WORD)
}

/** The vault in the home of the node, under the key that its case has there. */
async function vaultOf() {
  const folder = join(home, 'vault')
  const caseKey = (id: string) => {
    const key = node.stores.keys.caseKey(id)
    return key === null ? null : deriveKey(key, 'vault')
  }
  return openVault({ folder, blobs: await openFolderBlobs(folder), caseKey })
}

async function readBack(): Promise<string> {
  const read: Uint8Array[] = []
  for await (const piece of (await vaultOf()).read(file)) read.push(piece)
  return Buffer.concat(read).toString()
}

async function lookEverywhere(backup: string) {
  const { database, journal, config: set } = { ...node.stores, journal: node.journal, config: node.config }
  while ((await journal.advance()) > 0);
  await database.query('CHECKPOINT')
  await database.query('SELECT pg_switch_wal()')
  await backupNode(database, set.name, home, join(backups, backup), quiet)
  return [WORD, WATCHED].flatMap((word) => {
    const log = searchBytes(Buffer.from(logged.join('')), 'the log of the node', shapesOf(word))
    return [home, join(home, 'postgres'), backups].flatMap((folder) => searchFolder(folder, word)).concat(log)
  })
}

const keysLeft = () => everyKeyOf(join(home, 'keys'), node.stores.keys, [caseId])
const canariesIn = async (database: Database) => {
  const { opened, tried } = await openedWith(database, keysLeft())
  return { opened: opened.length, tried, found: opened.filter(({ text }) => text.includes(WORD)) }
}

test('while the case lives, no word of it stands anywhere unsealed; its key opens them all', async () => {
  // What somebody asked for who may not is in no line about it.
  const refused = await fetch(`${node.url}/v1/note/list?caseId=${encodeURIComponent(WORD)}`)
  expect(refused.status).toBe(401)
  expect(logged.join('')).toContain('/v1/note/list')
  expect(await lookEverywhere('before')).toEqual([])
  // The search does look into all of them: the name of an event is no secret, and is found in each.
  const open = [home, backups].flatMap((folder) => searchFolder(folder, 'person-of-interest.add'))
  for (const part of ['/base/', '/pg_wal/', 'database.jsonl.gz, decompressed'])
    expect(open.map(({ place }) => place).filter((place) => place.includes(part))).not.toEqual([])
  kept = (await node.journal.log.checkpoint()) as Uint8Array
  const { opened } = await openedWith(node.stores.database, keysLeft())
  const texts = opened.map(({ text }) => text).join('\n')
  // The file lies in the vault, and a question is not kept: neither is a row.
  const missing = places.filter((place, at) => !texts.includes(`${WORD} ${at + 1} ${place}`))
  expect(missing.filter((place) => !['a file', 'asked for'].includes(place))).toEqual([])
})

test('the case is erased: proposed, approved by two with their keys, ordered by a third, carried out', async () => {
  await did('anna', 'case.close', { caseId, seen: version, reason: canary('why closed') })
  // The order is the basis of the erasure and stays in its proof, so there is no canary in it.
  const proposed = await did<{ id: string; digest: string }>('anna', 'erasure.propose', {
    caseId,
    order: 'Court, 2 Hv',
  })
  const { id, digest } = proposed
  for (const [at, name] of ['carla', 'dora'].entries()) {
    const asked = await did<{ expiresAt: string; challenge: string }>(name, 'erasure.challenge', { id })
    const credential = people[name]?.passkey.get({ challenge: asked.challenge, rpId: 'localhost' })
    await did(name, 'erasure.approve', { id, seen: at + 1, digest, expiresAt: asked.expiresAt, credential })
  }
  await did('emil', 'case.erase', { caseId, id, seen: 3, digest })
  await did('emil', 'erasure.carry-out', { id })
  expect(existsSync(join(home, 'keys/cases', `${caseId}.key`))).toBe(false)
})

test('after the erasure nothing is found, and no key that is left opens anything of the case', async () => {
  expect(await lookEverywhere('after')).toEqual([])
  const { found, opened, tried } = await canariesIn(node.stores.database)
  // What is of the node itself still opens.
  expect(opened).toBeGreaterThan(10)
  expect(tried).toBeGreaterThan(opened + places.length)
  expect(found).toEqual([])
  await expect(readBack()).rejects.toThrow()
  // Nor is there a keyed hash any more, by which a guess at a name or an address could be confirmed.
  const refs = 'SELECT 1 FROM record_ref f JOIN record_head h ON h.kind = f.kind AND h.id = f.id WHERE h.case_id = $1'
  expect(await node.stores.database.query(refs, [caseId])).toEqual([])
})

test('the journal still verifies, and continues what it said before', async () => {
  const { database, keys } = node.stores
  const found = await checkNode(database, keys, node.journal, { checkpoint: kept, policy: null }, quiet)
  expect(found).toMatchObject({ findings: [], pending: 0, continues: 'yes' })
  expect(found.erased).toBeGreaterThan(places.length / 2)
})

test('a backup from before the erasure is put back whole, and opens no more than the node itself', async () => {
  const server = await startEmbeddedServer(join(nodeHome(), 'postgres'))
  const database = openDatabase(server.connection)
  try {
    await restoreRows(database, await openBackup(join(backups, 'before')), quiet)
    const count = async (on: Database, table: string) => (await on.query(`SELECT 1 FROM ${table}`)).length
    // Nothing was added to these since.
    for (const table of ['exhibit', 'custody_event'])
      expect(await count(database, table), table).toBe(await count(node.stores.database, table))
    expect(await count(database, 'exhibit')).toBe(2)
    expect((await canariesIn(database)).found).toEqual([])
  } finally {
    await database.close()
    await server.stop()
  }
})
