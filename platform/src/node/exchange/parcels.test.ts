/** Two agencies on two databases and no network at all: what they say to each other is carried as files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readParcel } from '../../exchange/delivery/index.ts'
import { keyIdOf, openStatement, receiptForm } from '../../exchange/wire/index.ts'
import { plainHeader } from '../../exchange/wire/testing/messages.ts'
import { type Database, migrate } from '../../io/postgres/index.ts'
import { newSigningKey, signEd25519 } from '../../kernel/crypto/index.ts'
import { type Json, ok, refuse } from '../../kernel/index.ts'
import { openDoor } from '../door/door.ts'
import { initKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { migrations } from '../store/migrations.ts'
import { testDatabase } from '../testing/test-database.ts'
import { type Agency, type MessageHandler, openAgency } from './agency.ts'
import { checkSignature } from './checked-keys.ts'
import { messageStore } from './message-store.ts'

const HOUR = 3_600_000
/** The subject of a message whose handler writes, and then refuses. */
const REFUSED = 'Refuse this'
const folder = mkdtempSync(join(tmpdir(), 'comity-parcels-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const keyById = new Map<string, { agency: string; publicKey: Uint8Array }>()
const members = { peer: () => null, byPin: () => null, keyOf: (keyId: string) => keyById.get(keyId) ?? null }
const policies = openDecisionPoint(fileURLToPath(new URL('../../../../policies', import.meta.url)))
let ahead = 0
const now = () => Date.now() + ahead
let vienna: Side
let tallinn: Side

type Side = {
  readonly id: string
  readonly database: Database
  readonly agency: Agency
  say(to: Side, type: string, exchange: string | null, body: Json, hours?: number): Promise<string>
}

async function openSide(id: string): Promise<Side> {
  const database = await testDatabase()
  await migrate(database, migrations)
  await database.query('CREATE TABLE test_effect (place bigserial, sender text NOT NULL, id text NOT NULL)')
  initKeys(join(folder, id))
  const keys = openKeys(join(folder, id))
  const secret = newSigningKey()
  const keyId = keyIdOf(secret.publicKey.bytes)
  keyById.set(keyId, { agency: id, publicKey: secret.publicKey.bytes })
  const watch = { decided: () => {}, acted: () => {} }
  const door = openDoor({ database, keys, policies, actions: [], ports: new Map(), clock: now, watch })
  const store = messageStore(door, keys)
  const take: MessageHandler = async (tx, { header, body, digest }) => {
    if ((body as { subject?: string }).subject === REFUSED) {
      const { v, id: _, exchange: __, from, to, seq, prev, created, ...more } = plainHeader({ deadline: null })
      const deadline = now() + HOUR
      const reply = { peer: header.from, exchange: digest, caseId: null, deadline, header: more }
      await agency.queue(tx, { ...reply, type: 'status.query', major: 1, body: { question: 'What?' } })
      return refuse('NOT_PERMITTED', 'Not for us.')
    }
    await tx.work.sql.query('INSERT INTO test_effect (sender, id) VALUES ($1, $2)', [header.from, header.id])
    return ok({ caseId: null })
  }
  const agency = openAgency({
    ...{ me: id, store, members, now, random: Math.random },
    standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
    signer: { keyId, sign: (bytes) => signEd25519(secret, bytes) },
    handlers: new Map([
      ['contact.query', take],
      ['status.query', take],
    ]),
    post: async () => ({ kind: 'silence' }),
    ask: async () => ({ kind: 'silence' }),
    settled: async () => {},
  })
  return {
    ...{ id, database, agency },
    say: (to, type, exchange, body, hours = 100) => {
      const { v, id: _, exchange: __, from, to: ___, seq, prev, created, ...header } = plainHeader({ deadline: null })
      return store.transaction(async (tx) => {
        const deadline = now() + hours * HOUR
        const row = await agency.queue(tx, {
          ...{ type, major: 1, body, header, peer: to.id, exchange, caseId: null, deadline },
        })
        return row.exchange
      })
    },
  }
}

const query = { subject: 'Whom do we ask?', country: 'EE', need: 'freeze', urgency: null, language: 'en' }
const statesOf = async ({ database }: Side) =>
  (await database.query<{ state: string }>('SELECT state FROM message_out ORDER BY seq')).map(({ state }) => state)

async function carry(from: Side, to: Side) {
  const brought = await to.agency.importFrom(await from.agency.exportTo(to.id))
  if (!brought.ok) throw new Error(brought.refusal.message)
  return brought.value
}

beforeAll(async () => {
  ;[vienna, tallinn] = [await openSide('at-prosecutor-vienna'), await openSide('ee-fiu')]
})

test('messages, receipts and notes of places that stay empty go both ways in files, once each and in order', async () => {
  const exchange = await vienna.say(tallinn, 'contact.query', null, query)
  for (const question of ['And now?', 'And then?']) await vienna.say(tallinn, 'status.query', exchange, { question })
  const first = await vienna.agency.exportTo(tallinn.id)
  expect(await tallinn.agency.importFrom(first)).toMatchObject({ value: { taken: 3, held: 0, refused: [] } })
  // Brought again, and once more in a newer file: the first receipts stand.
  expect(await tallinn.agency.importFrom(first)).toMatchObject({ value: { taken: 3 } })
  expect(await carry(vienna, tallinn)).toMatchObject({ taken: 3 })
  expect(await vienna.agency.importFrom(first)).toMatchObject({ refusal: { code: 'EXCHANGE_RECIPIENT' } })

  await tallinn.say(vienna, 'status.query', exchange, { question: 'Who asks?' })
  expect(await carry(tallinn, vienna)).toMatchObject({ settled: 3, taken: 1, refused: [] })
  expect(await statesOf(vienna)).toEqual(['accepted', 'accepted', 'accepted'])
  // Nothing waits any more: what is left are receipts.
  expect(await carry(vienna, tallinn)).toMatchObject({ settled: 1, taken: 0 })
  expect(await statesOf(tallinn)).toEqual(['accepted'])

  // One that had little time, and nobody who carried it: its place is closed, and what is behind it goes on.
  await vienna.say(tallinn, 'status.query', exchange, { question: 'Today?' }, 1)
  await vienna.say(tallinn, 'status.query', exchange, { question: 'This week?' })
  ahead += 2 * HOUR
  expect(await carry(vienna, tallinn)).toMatchObject({ taken: 2, refused: [] })
  expect(await carry(tallinn, vienna)).toMatchObject({ settled: 2 })
  expect(await statesOf(vienna)).toEqual(['accepted', 'accepted', 'accepted', 'non-delivered', 'accepted'])
  expect(await carry(vienna, tallinn)).toMatchObject({ taken: 0 })

  const sent = await vienna.database.query<{ id: string; digest: string; receipt: Uint8Array | null }>(
    `SELECT id, digest, receipt FROM message_out WHERE state = 'accepted' ORDER BY seq`,
  )
  const effects = await tallinn.database.query<{ id: string }>('SELECT id FROM test_effect ORDER BY place')
  expect(effects.map(({ id }) => id)).toEqual(sent.map(({ id }) => id))
  for (const { id, digest, receipt } of sent) {
    const opened = openStatement(receiptForm, receipt ?? new Uint8Array(), { ...members, check: checkSignature })
    expect(opened.ok && opened.value.value).toMatchObject({ kind: 'ACCEPTED', message: { id, digest } })
  }
})

test('what one message of a group is refused for undoes nothing of the others, and its own writes alone', async () => {
  for (const subject of ['One', 'Two', REFUSED, 'Three'])
    await vienna.say(tallinn, 'contact.query', null, { ...query, subject })
  const parcel = readParcel(await vienna.agency.exportTo(tallinn.id))
  if (!parcel.ok) throw new Error(parcel.refusal.message)
  const said = parcel.value.parts.filter(({ kind }) => kind === 'said')
  const before = await statesOf(tallinn)
  const [commits] = await tallinn.database.query<{ n: string }>(
    'SELECT count(DISTINCT xmin::text) AS n FROM message_in',
  )
  const replies = await Promise.all(said.map(({ bytes }) => tallinn.agency.receive(bytes, vienna.id)))
  expect(replies.map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'receipt', 'receipt'])
  const rows = await tallinn.database.query<{ state: string; n: string }>(
    'SELECT state, count(*) AS n FROM message_in WHERE sender = $1 GROUP BY state ORDER BY state',
    [vienna.id],
  )
  expect(rows).toEqual([
    { state: 'accepted', n: '7' },
    { state: 'rejected', n: '1' },
    { state: 'skipped', n: '1' },
  ])
  expect(await statesOf(tallinn)).toEqual(before)
  const [later] = await tallinn.database.query<{ n: string }>('SELECT count(DISTINCT xmin::text) AS n FROM message_in')
  expect(Number(later?.n) - Number(commits?.n)).toBe(1)
  expect(await carry(tallinn, vienna)).toMatchObject({ settled: 4 })
})
