/**
 * Two real nodes that have joined a directory, and a third member of it that is dishonest: it has keys, a card and a scope, and tries
 * what they do not allow. Nothing of it has an effect, and each leaves evidence. At the end the two work on as if it were not there, over
 * the network and with files that are carried.
 *
 * One file, and a long one: every attack goes against the same two nodes, which cost more to start than all of it.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk } from '../src/cli/desk.ts'
import type { Answer } from '../src/cli/story/hand.ts'
import {
  type AgencyFacts,
  admit,
  foundDirectory,
  type Made,
  makeNode,
  type StoryNode,
  startStoryNode,
  stopStoryNode,
} from '../src/cli/story/network.ts'
import { MAX_POUCH_BYTES, MAX_POUCH_MESSAGES, readPouchAnswers, writePouch } from '../src/exchange/delivery/index.ts'
import { headerOf } from '../src/exchange/desk/index.ts'
import { DAY, newKeeper } from '../src/exchange/directory/testing/keeper.ts'
import {
  checkConflict,
  type Header,
  type Keys,
  keyIdOf,
  MAX_ENVELOPE_BYTES,
  ownForms,
  packMessage,
  packStatement,
  receiptForm,
  type Signer,
} from '../src/exchange/wire/index.ts'
import { openDatabase, runningServer } from '../src/io/postgres/index.ts'
import { checkEd25519, newSigningKey, signEd25519 } from '../src/kernel/crypto/index.ts'
import { type Json, orStop } from '../src/kernel/index.ts'
import { uuidV7 } from '../src/node/door/uuid-v7.ts'
import { contentDigest, signAttempt } from '../src/node/exchange/attempt-signature.ts'
import { openExchangeKeys, signerOf } from '../src/node/exchange/exchange-keys.ts'
import { ENVELOPE_TYPE, INBOX_PATH, POUCH_PATH, POUCH_TYPE } from '../src/node/exchange/exchange-server.ts'
import { openKeys } from '../src/node/keys.ts'
import { askComity, temporaryFolder } from './run-comity.ts'

const folder = temporaryFolder()
const progress = { report: () => {}, done: () => {} } as never
const desk = openDesk(join(folder, 'desk'), 1000, progress, {})
const factsOf = (id: string, scopes: readonly string[]): AgencyFacts => ({
  ...{
    id,
    name: `Agency ${id}`,
    country: 'NL',
    kind: 'prosecutor',
    timeZone: 'UTC',
    dutyLine: '+31',
    language: 'en',
    scopes,
  },
})
const made: Made[] = []
const nodes: StoryNode[] = []
let endpoint = ''
let tls: { key: string; certificate: string }
let signer: Signer
let keys: Keys

const traceRequest: Json = {
  reason: 'x',
  proceeding: 'criminal',
  persons: [],
  property: [],
  knownLinks: [],
  dataWanted: ['x'],
  use: 'intelligence',
  resultForm: null,
  offence: {
    conduct: 'x',
    provision: 'x',
    penaltyMonths: 1,
    life: false,
    iccs: null,
    euList: null,
    budapest: null,
    dualCriminality: 'met',
  },
  period: { from: null, to: null },
}

const query = { subject: 'Who freezes?', country: 'NL', need: 'freeze', urgency: null, language: 'en' }
const key = newSigningKey()
const stranger: Signer = { keyId: keyIdOf(key.publicKey.bytes), sign: (bytes) => signEd25519(key, bytes) }

beforeAll(async () => {
  const { invitation } = await foundDirectory(desk, folder)
  for (const facts of [
    factsOf('one', ['*']),
    factsOf('two', ['*']),
    factsOf('dishonest', ['contact.*:send', 'info.*:send', 'freeze.*:send']),
  ])
    made.push(await makeNode(desk, folder, facts, invitation))
  await admit(
    desk,
    folder,
    made.map(({ facts, card }) => ({ ...facts, card })),
  )
  for (const one of made.slice(0, 2)) nodes.push(await startStoryNode(one))
  for (const [at, { hand }] of nodes.entries()) {
    await hand.enrol('Ada', made[at]?.invitation ?? '')
    for (const [name, role] of [
      ['Paul', 'prosecutor'],
      ['Gina', 'auditor'],
    ] as const)
      await hand.enrol(name, (await hand.does('Ada', 'person.invite', { name, role })).token)
  }
  const home = made[2]?.home ?? ''
  const own = await openExchangeKeys(join(home, 'keys'), openKeys(join(home, 'keys')), 'dishonest', Date.now())
  tls = own.tls
  signer = signerOf(own)
  keys = {
    check: checkEd25519,
    keyOf: (keyId) => (keyId === signer.keyId ? { agency: 'dishonest', publicKey: own.signing.publicKey.bytes } : null),
  }
  endpoint = JSON.parse(readFileSync(made[0]?.card ?? '', 'utf8')).signed.endpoint
}, 280_000)
afterAll(async () => {
  for (const node of nodes) await stopStoryNode(node)
  await desk.close()
})

type Place = { readonly exchange: string | null; readonly seq: number; readonly prev: string | null }
const first: Place = { exchange: null, seq: 1, prev: null }

function message(type: string, body: Json, more: Partial<Header> = {}, place: Place = first, by: Signer = signer) {
  const at = Date.now()
  const said = headerOf({
    ...{ purpose: 'criminal-proceedings', tlp: 'amber', mine: 'their file', policyVersion: 'theirs', language: 'en' },
  })
  const header: Header = {
    ...{ ...said, v: 1, id: uuidV7(at, crypto.getRandomValues(new Uint8Array(16))), from: 'dishonest', to: 'one' },
    ...{ created: new Date(at).toISOString(), deadline: null, ...place, ...more },
  }
  return {
    ...orStop(packMessage({ type, major: type === 'freeze.request' ? 2 : 1, header, body }, [by], ownForms)),
    header,
  }
}

type More = { by?: Signer; headers?: Record<string, string>; tls?: typeof tls; path?: string; type?: string }

async function post(bytes: Uint8Array, { path = INBOX_PATH, type = ENVELOPE_TYPE, ...more }: More = {}) {
  const headers: Record<string, string> = {
    'content-type': type,
    'content-digest': contentDigest(bytes),
    'idempotency-key': `"${createHash('sha256').update(bytes).digest('hex')}"`,
  }
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  Object.assign(
    headers,
    await signAttempt({ method: 'POST', targetUri: `${endpoint}${path}`, fields }, more.by ?? signer, Date.now()),
  )
  return send({ ...headers, ...more.headers }, bytes, more.tls ?? tls, path)
}

/** Several in one request, whether they make a pouch or not; what each was answered: its status, its code or the kind of its receipt. */
async function postPouch(bytes: Uint8Array, messages: number) {
  const answer = await post(bytes, { path: POUCH_PATH, type: POUCH_TYPE })
  const each = answer.status === 200 ? readPouchAnswers(answer.bytes, messages) : null
  return {
    ...answer,
    each: each?.map(({ status, body }) => [
      status,
      status === 200 ? receiptOf(Buffer.from(body)).kind : JSON.parse(Buffer.from(body).toString()).code,
    ]),
  }
}

function send(
  headers: Record<string, string>,
  bytes: Uint8Array,
  by: typeof tls,
  path = INBOX_PATH,
): Promise<{ status: number; code: string | null; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { 'content-length': bytes.length, ...headers },
      key: by.key,
      cert: by.certificate,
    }
    const sent = request(`${endpoint}${path}`, { ...options, rejectUnauthorized: false, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece) => pieces.push(piece))
      response.on('end', () => {
        const whole = Buffer.concat(pieces)
        const isProblem = /problem/.test(response.headers['content-type'] ?? '')
        resolve({
          status: response.statusCode ?? 0,
          code: isProblem ? JSON.parse(whole.toString()).code : null,
          bytes: whole,
        })
      })
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}

/** What a receipt says. */
const receiptOf = (bytes: Buffer) => JSON.parse(Buffer.from(JSON.parse(bytes.toString()).payload, 'base64').toString())

async function inboxOf(at = 0): Promise<Answer[]> {
  return (await nodes[at]?.hand.does('Paul', 'inbox.list', { limit: 200 }))?.items ?? []
}

describe('a dishonest partner', () => {
  it('that sends one message again and again has it done once, and gets the first receipt', async () => {
    const { envelope } = message('contact.query', query)
    const [a, b, c] = [await post(envelope), await post(envelope), await post(envelope)]
    expect([a.status, b.status, c.status]).toEqual([200, 200, 200])
    expect(receiptOf(b.bytes)).toEqual(receiptOf(a.bytes))
    expect(receiptOf(c.bytes)).toEqual(receiptOf(a.bytes))
    expect(await inboxOf()).toHaveLength(1)
  })

  it('that makes the very same request twice is refused the second time', async () => {
    const { envelope } = message('contact.query', { ...query, subject: 'Twice' })
    const headers: Record<string, string> = {
      'content-type': ENVELOPE_TYPE,
      'content-digest': contentDigest(envelope),
      'idempotency-key': '"x"',
    }
    const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
    Object.assign(
      headers,
      await signAttempt({ method: 'POST', targetUri: `${endpoint}${INBOX_PATH}`, fields }, signer, Date.now()),
    )
    expect((await send(headers, envelope, tls)).status).toBe(200)
    expect(await send(headers, envelope, tls)).toMatchObject({ status: 401, code: 'EXCHANGE_REPLAY' })
  })

  it('that sends the third before the second has both done, in their order, and neither before', async () => {
    const opening = message('contact.query', { ...query, subject: 'In order' })
    expect((await post(opening.envelope)).status).toBe(200)
    const place = (seq: number, prev: string): Place => ({ exchange: opening.digest, seq, prev })
    const second = message('status.query', { question: 'And?' }, {}, place(2, opening.digest))
    const third = message('status.query', { question: 'And then?' }, {}, place(3, second.digest))
    const before = (await inboxOf()).length
    expect((await post(third.envelope)).status).toBe(202)
    expect(await inboxOf()).toHaveLength(before)
    expect((await post(second.envelope)).status).toBe(200)
    const after = await inboxOf()
    // Both in one transaction: in the list they have one time, and no order.
    expect(
      after
        .slice(before)
        .map(({ message: { digest } }) => digest)
        .sort(),
    ).toEqual([second.digest, third.digest].sort())
  })

  it('that says two different things in one place is shown to have done so, to anybody', async () => {
    const opening = message('contact.query', { ...query, subject: 'To you I say this' })
    expect((await post(opening.envelope)).status).toBe(200)
    const other = message('contact.query', { ...query, subject: 'To me you said that' }, { id: opening.header.id })
    const answer = await post(other.envelope)
    expect(answer.status).toBe(409)
    expect(orStop(checkConflict(answer.bytes, keys))).toMatchObject({
      agency: 'dishonest',
      digests: [opening.digest, other.digest].sort(),
    })
    expect((await inboxOf()).filter(({ message: { digest } }) => digest === other.digest)).toEqual([])
  })

  const property = {
    ...{
      kind: 'other',
      chain: null,
      asset: null,
      address: null,
      account: 'a',
      amount: '1',
      valuations: [],
      holder: null,
    },
    ...{ jurisdiction: null, interests: [], traceRecord: null },
  }
  const authority = { name: 'A', country: 'NL', kind: 'prosecutor', agency: null, address: null, reference: null }
  const offence = {
    conduct: 'x',
    provision: 'x',
    penaltyMonths: 1,
    life: false,
    iccs: null,
    euList: null,
    budapest: null,
    dualCriminality: 'met',
  }
  const freeze = {
    ...{
      authority,
      validatedBy: null,
      order: 'ab'.repeat(32),
      orderedAt: '2026-11-25T09:00:00.000Z',
      persons: [],
      offence,
    },
    facts: { summary: 'x', from: null, to: null, places: [], transactions: [] },
    ...{
      grounds: 'x',
      stayFrozenUntil: null,
      dualCriminality: null,
      formalities: null,
      restitution: [],
      remedies: 'x',
    },
    assets: [{ property, maximum: { amount: '1', asset: 'iso4217:EUR' }, extent: 'value' }],
    ...{ total: [], otherStates: [], earlierOrders: [] },
  }

  it.each([
    [
      'is signed with a key of nobody',
      () => message('contact.query', query, {}, first, stranger).envelope,
      422,
      'EXCHANGE_KEY_UNKNOWN',
    ],
    [
      'says that it is of somebody else',
      () => message('contact.query', query, { from: 'two' }).envelope,
      422,
      'EXCHANGE_SENDER',
    ],
    ['is for somebody else', () => message('contact.query', query, { to: 'two' }).envelope, 422, 'EXCHANGE_RECIPIENT'],
    [
      'is of a type for which it has no scope',
      () => message('trace.request', traceRequest).envelope,
      422,
      'EXCHANGE_SCOPE',
    ],
    ['is a receipt where a message should be', () => receiptBytes(), 422, 'EXCHANGE_TYPE_UNKNOWN'],
    [
      'has another type written on it than was signed',
      () => retyped(message('contact.query', query).envelope, 'hold.urgent'),
      422,
      'EXCHANGE_SIGNATURE',
    ],
    [
      'is of a version that nobody speaks',
      () => retyped(message('contact.query', query).envelope, 'contact.query', 9),
      422,
      'EXCHANGE_SIGNATURE',
    ],
    ['is no JSON', () => new TextEncoder().encode('{"payload":'), 422, 'JSON_MALFORMED'],
    ['names one member twice', () => twice(message('contact.query', query).envelope), 422, 'JSON_DUPLICATE'],
    [
      'is nested a thousand times',
      () => new TextEncoder().encode(`${'['.repeat(1000)}${']'.repeat(1000)}`),
      422,
      'JSON_TOO_DEEP',
    ],
    ['is as large as nothing may be', () => new Uint8Array(MAX_ENVELOPE_BYTES + 1), 413, 'EXCHANGE_SIZE'],
  ] as const)('a message that %s has no effect', async (_, make, status, code) => {
    const before = (await inboxOf()).length
    const answer = await post(make())
    expect({ status: answer.status, code: answer.code }).toMatchObject({ status, code: expect.stringMatching(code) })
    expect(await inboxOf()).toHaveLength(before)
  })

  it('an order that nobody has approved gets a receipt that says no', async () => {
    const before = (await inboxOf()).length
    const answer = await post(message('freeze.request', freeze as Json).envelope)
    expect(receiptOf(answer.bytes)).toMatchObject({ kind: 'REJECTED', code: 'EXCHANGE_APPROVALS' })
    expect(await inboxOf()).toHaveLength(before)
  })

  it('an answer in an exchange that is none of its own has no effect', async () => {
    const sent = await sayHello(0, 'two')
    const foreign = message(
      'ack',
      { receivedByNodeAt: new Date().toISOString(), receivedByCompetentAt: null, authority: null, next: [] },
      {},
      { exchange: sent.exchange, seq: 1, prev: null },
    )
    const answer = await post(foreign.envelope)
    expect(answer.status === 200 ? receiptOf(answer.bytes).kind : answer.code).toMatch(/REJECTED|EXCHANGE_/)
    const shown = await nodes[0]?.hand.does('Paul', 'message.list', { caseId: sent.caseId })
    expect(shown.items.map(({ message: one }: Answer) => one.type)).toEqual(['contact.query'])
  })

  it('that sends a pouch with bad messages in it has the good ones done, each once and in order, and the bad ones refused by themselves', async () => {
    const say = (subject: string) => message('contact.query', { ...query, subject })
    const [opening, other, twin] = [say('In a pouch'), say('Beside it'), say('With a twin')]
    const second = message(
      'status.query',
      { question: 'And?' },
      {},
      { exchange: opening.digest, seq: 2, prev: opening.digest },
    )
    const contradicting = message('contact.query', { ...query, subject: 'Not so' }, { id: twin.header.id })
    const messages = [
      opening.envelope,
      new TextEncoder().encode('{"payload":'),
      message('contact.query', query, { to: 'two' }).envelope,
      second.envelope,
      message('trace.request', traceRequest).envelope,
      opening.envelope,
      twin.envelope,
      contradicting.envelope,
      message('contact.query', query, {}, first, stranger).envelope,
      message('freeze.request', freeze as Json).envelope,
      other.envelope,
    ]
    const before = (await inboxOf()).length
    const { each } = await postPouch(writePouch(messages), messages.length)
    expect(each).toEqual([
      [200, 'ACCEPTED'],
      [422, 'JSON_MALFORMED'],
      [422, 'EXCHANGE_RECIPIENT'],
      [200, 'ACCEPTED'],
      [422, 'EXCHANGE_SCOPE'],
      [200, 'ACCEPTED'],
      [200, 'ACCEPTED'],
      [409, undefined],
      [422, 'EXCHANGE_KEY_UNKNOWN'],
      [200, 'REJECTED'],
      [200, 'ACCEPTED'],
    ])
    const done = (await inboxOf()).slice(before).map(({ message: { digest } }) => digest)
    expect(done.sort()).toEqual([opening, second, twin, other].map(({ digest }) => digest).sort())
  })

  const good = () => message('contact.query', { ...query, subject: 'Among others' }).envelope
  it.each([
    [
      'holds more than a pouch may',
      () => writePouch(Array.from({ length: MAX_POUCH_MESSAGES + 1 }, good)),
      422,
      'EXCHANGE_POUCH',
    ],
    ['holds nothing', () => new Uint8Array(), 422, 'EXCHANGE_POUCH'],
    ['ends in the middle of a message', () => writePouch([good(), good()]).slice(0, -1), 422, 'EXCHANGE_POUCH'],
    [
      'holds something before its first message',
      () => Buffer.concat([Buffer.from('x'), writePouch([good()])]),
      422,
      'EXCHANGE_POUCH',
    ],
    [
      'is larger than a pouch may be',
      () => writePouch([good(), new Uint8Array(MAX_POUCH_BYTES)]),
      413,
      'EXCHANGE_SIZE',
    ],
  ] as const)('a pouch that %s has no effect, also of what is good in it', async (_, make, status, code) => {
    const before = (await inboxOf()).length
    expect(await postPouch(make(), 2)).toMatchObject({ status, code })
    expect(await inboxOf()).toHaveLength(before)
  })

  it('each refusal stands in the journal, counted, with the partner and the code', async () => {
    const seen = new Map<string, number>()
    await expect
      .poll(
        async () => {
          seen.clear()
          for (const refusal of await refusals()) seen.set(refusal.code, (seen.get(refusal.code) ?? 0) + refusal.count)
          return [...seen.keys()]
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toEqual(
        expect.arrayContaining([
          'EXCHANGE_REPLAY',
          'EXCHANGE_KEY_UNKNOWN',
          'EXCHANGE_SCOPE',
          'EXCHANGE_SIZE',
          'EXCHANGE_CONFLICT',
          'EXCHANGE_RECIPIENT',
          'EXCHANGE_POUCH',
        ]),
      )
    expect(seen.get('EXCHANGE_REPLAY')).toBe(1)
  })
})

describe('a forged directory', () => {
  it('does not become the one that the node follows, and what the node knew stays', async () => {
    const dir = join(folder, 'directory')
    const before = readFileSync(join(dir, 'timestamp.json'))
    // Whoever holds the server puts up a directory of their own, with a member that nobody admitted.
    const forger = newKeeper()
    for (const role of ['root', 'targets', 'snapshot', 'timestamp'])
      forger.expire(role, Date.now() + (role === 'timestamp' ? 1 : 30) * DAY)
    forger.list('targets', { id: 'forged' })
    forger.publish('targets', 'snapshot', 'timestamp')
    writeFileSync(join(dir, 'timestamp.json'), forger.files.get('timestamp.json') ?? new Uint8Array())
    const log = join(nodes[0]?.home ?? '', 'node.log')
    await expect
      .poll(() => readFileSync(log, 'utf8').includes('the directory could not be brought up to date'), {
        timeout: 90_000,
        interval: 1000,
      })
      .toBe(true)
    const { members } = (await nodes[0]?.hand.does('Paul', 'member.list', {})) ?? { members: [] }
    expect(members.map(({ id }: Answer) => id).sort()).toEqual(['dishonest', 'one', 'two'])
    writeFileSync(join(dir, 'timestamp.json'), before)
  })
})

describe('the others', () => {
  it('work on: a message is there and receipted within a second or two', async () => {
    const { id } = await sayHello(1, 'one')
    await settled(1, id)
    expect((await inboxOf(0)).some(({ message: { from } }) => from === 'two')).toBe(true)
  })

  it('exchange by files that are carried, once, with receipts that come back the same way', async () => {
    const [one, two] = nodes as [StoryNode, StoryNode]
    // The second node cannot be reached: it is stopped while the first speaks, and started again without a network to the first.
    await stopStoryNode(two)
    const { id } = await sayHello(0, 'two')
    const there = join(folder, 'there.parcel')
    const back = join(folder, 'back.parcel')
    expect(await askComity<{ parts: number }>(one.home, ['exchange', 'export', 'two', there])).toMatchObject({
      parts: expect.any(Number),
    })
    await stopStoryNode(one)
    const again = await startStoryNode(made[1] as Made)
    nodes[1] = again
    expect(await askComity(again.home, ['exchange', 'import', there])).toMatchObject({
      from: 'one',
      taken: expect.any(Number),
      refused: [],
    })
    expect(await askComity(again.home, ['exchange', 'import', there])).toMatchObject({ from: 'one', refused: [] })
    await askComity(again.home, ['exchange', 'export', 'one', back])
    await stopStoryNode(again)
    nodes[0] = await startStoryNode(made[0] as Made)
    expect(await askComity(one.home, ['exchange', 'import', back])).toMatchObject({
      from: 'two',
      settled: 1,
      refused: [],
    })
    const database = openDatabase(runningServer(join(one.home, 'postgres')) as never)
    const rows = await database.query<{ state: string }>('SELECT state FROM message_out WHERE id = $1', [id])
    await database.close()
    expect(rows).toEqual([{ state: 'accepted' }])
    expect(existsSync(there)).toBe(true)
  })
})

function receiptBytes(): Uint8Array {
  const { header, digest } = message('contact.query', query)
  const said = {
    v: 1 as const,
    kind: 'ACCEPTED' as const,
    message: { id: header.id, digest },
    from: 'one',
    to: 'dishonest',
    at: new Date().toISOString(),
  }
  return orStop(packStatement(receiptForm, said, [signer]))
}

function retyped(bytes: Uint8Array, type: string, major = 1): Uint8Array {
  const envelope = JSON.parse(Buffer.from(bytes).toString())
  return new TextEncoder().encode(
    JSON.stringify({ ...envelope, payloadType: `application/vnd.comity.${type}.v${major}+json` }),
  )
}

function twice(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString()
  return new TextEncoder().encode(`{"payloadType":"x",${text.slice(1)}`)
}

async function sayHello(at: number, to: string): Promise<{ id: string; exchange: string; caseId: string }> {
  const hand = nodes[at]?.hand
  if (!hand) throw new Error('no node')
  const { id: caseId } = await hand.does('Paul', 'case.open', {
    title: 'Hello',
    kind: 'local',
    purposes: ['criminal-proceedings'],
  })
  const drafted = await hand.does('Paul', 'message.draft', {
    caseId,
    to,
    type: 'contact.query',
    purpose: 'criminal-proceedings',
    body: query,
  })
  await hand.proves('Paul')
  const { exchange } = await hand.does('Paul', 'message.send', { id: drafted.id, seen: drafted.version })
  const { message: sent } = await hand.does('Paul', 'message.show', { id: drafted.id })
  return { id: sent.fixed.id, exchange, caseId }
}

async function settled(at: number, id: string): Promise<void> {
  const database = openDatabase(runningServer(join(nodes[at]?.home ?? '', 'postgres')) as never)
  try {
    await expect
      .poll(
        async () =>
          (await database.query<{ state: string }>('SELECT state FROM message_out WHERE id = $1', [id]))[0]?.state,
        { timeout: 20_000 },
      )
      .toBe('accepted')
  } finally {
    await database.close()
  }
}

/** As an entry of the journal of the node says them; opened with the keys of the node, as its owner could. */
async function refusals(): Promise<{ code: string; count: number; peer: string | null }[]> {
  const home = nodes[0]?.home ?? ''
  const database = openDatabase(runningServer(join(home, 'postgres')) as never)
  const { unseal } = await import('../src/kernel/crypto/index.ts')
  const { entryPurpose } = await import('../src/node/store/journal-append.ts')
  try {
    const rows = await database.query<{ id: string; sealed: Uint8Array }>(
      "SELECT id, sealed FROM journal_entry WHERE event = 'exchange.refused' ORDER BY seq",
    )
    const root = openKeys(join(home, 'keys')).nodeKey('records')
    return rows.flatMap(
      ({ id, sealed }) =>
        JSON.parse(Buffer.from(orStop(unseal(root, sealed, entryPurpose(id)))).toString()).body.refusals,
    )
  } finally {
    await database.close()
  }
}

mkdirSync(folder, { recursive: true })
