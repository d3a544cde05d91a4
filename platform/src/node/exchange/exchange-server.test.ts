/**
 * What stands before the inbox, tried from outside: strangers, wrong keys, bodies that were changed, requests that come again.
 *
 * Past four hundred lines on purpose: each claim knocks at the same server, which stands once for all of them.
 */
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Reply, writePouchAnswers } from '../../exchange/delivery/index.ts'
import { keyIdOf, type Signer } from '../../exchange/wire/index.ts'
import { newSigningKey, signEd25519 } from '../../kernel/crypto/index.ts'
import { signAnswer } from './answer-signature.ts'
import { type Attempt, contentDigest, signAttempt } from './attempt-signature.ts'
import { type ExchangeClient, openExchangeClient } from './exchange-client.ts'
import {
  ENVELOPE_TYPE,
  type ExchangeServer,
  INBOX_PATH,
  POUCH_ANSWERS_TYPE,
  startExchangeServer,
} from './exchange-server.ts'
import type { Members, Peer } from './members.ts'
import { newTlsIdentity, type TlsIdentity } from './tls-identity.ts'

type Party = { readonly id: string; readonly tls: TlsIdentity; readonly signer: Signer; readonly publicKey: Uint8Array }

const body = new TextEncoder().encode('{"an":"envelope"}')
const refused: string[] = []
const arrived: string[] = []
let me: Party
let friend: Party
let other: Party
let stranger: Party
let fourth: Party
let server: ExchangeServer
let limit = 1000
const peers = new Map<string, Peer>()
const keys = new Map<string, { agency: string; publicKey: Uint8Array }>()
const members: Members = {
  peer: (id) => peers.get(id) ?? null,
  byPin: (pin) => [...peers.values()].find(({ tlsPins }) => tlsPins.includes(pin)) ?? null,
  keyOf: (keyId) => keys.get(keyId) ?? null,
}

beforeAll(async () => {
  ;[me, friend, other, stranger, fourth] = (await Promise.all(
    ['me', 'friend', 'other', 'stranger', 'fourth'].map(party),
  )) as [Party, Party, Party, Party, Party]
  server = await startExchangeServer(
    {
      ...me.tls,
      // The test asks for the port first and tells the directory then, as a node does.
      get endpoint() {
        return `https://127.0.0.1:${server.port}`
      },
      members,
      signer: me.signer,
      now: Date.now,
      receive: async (bytes, peer): Promise<Reply> => {
        arrived.push(peer)
        return { kind: 'receipt', bytes }
      },
      receiptOf: async (peer, id) => (peer === 'friend' && id === 'known' ? body : null),
      refused: (_, code) => refused.push(code),
      fault: (thrown) => {
        throw thrown
      },
      windowMs: 1200,
    },
    { host: '127.0.0.1', port: 0 },
  )
  const limits = {
    get messagesPerMinute() {
      return limit
    },
    bytesPerDay: 1e9,
    openConnections: 20,
  }
  for (const { id, tls, signer, publicKey } of [me, friend, other, fourth]) {
    peers.set(id, { id, endpoint: `https://127.0.0.1:${server.port}`, tlsPins: [tls.pin], limits })
    keys.set(signer.keyId, { agency: id, publicKey })
  }
})
afterAll(() => server.close())

async function party(id: string): Promise<Party> {
  const key = newSigningKey()
  const publicKey = key.publicKey.bytes
  return {
    id,
    tls: await newTlsIdentity(id, Date.now()),
    publicKey,
    signer: { keyId: keyIdOf(publicKey), sign: (bytes) => signEd25519(key, bytes) },
  }
}

type Change = {
  readonly signer?: Signer
  readonly sent?: Uint8Array
  readonly headers?: Record<string, string>
  readonly at?: number
  readonly path?: string
}

async function signedHeaders(from: Party, { signer = from.signer, at = Date.now() }: Change = {}, bytes = body) {
  const headers: Record<string, string> = {
    'content-type': ENVELOPE_TYPE,
    'content-digest': contentDigest(bytes),
    'idempotency-key': '"one"',
  }
  const targetUri = `https://127.0.0.1:${server.port}${INBOX_PATH}`
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  return { ...headers, ...(await signAttempt({ method: 'POST', targetUri, fields }, signer, at)) }
}

async function post(from: Party, change: Change = {}): Promise<{ status: number; code: string | null }> {
  const headers = { ...(await signedHeaders(from, change)), ...change.headers }
  return send(from, headers, change.sent ?? body, change.path)
}

function send(
  from: Party,
  headers: Record<string, string>,
  bytes: Uint8Array,
  path = INBOX_PATH,
): Promise<{ status: number; code: string | null }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: 'POST',
        headers: { 'content-length': bytes.length, ...headers },
        key: from.tls.key,
        cert: from.tls.certificate,
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        let text = ''
        response.on('data', (piece) => {
          text += piece
        })
        response.on('end', () => {
          const { code = null } = response.statusCode === 200 ? {} : (JSON.parse(text) as { code?: string })
          resolve({ status: response.statusCode ?? 0, code })
        })
      },
    )
    sent.on('error', reject)
    sent.end(bytes)
  })
}

test('a member that signs its attempt reaches the inbox, once for each attempt', async () => {
  const headers = await signedHeaders(friend)
  expect(await send(friend, headers, body)).toEqual({ status: 200, code: null })
  expect(await send(friend, headers, body)).toEqual({ status: 401, code: 'EXCHANGE_REPLAY' })
  expect(await post(friend)).toEqual({ status: 200, code: null })
  expect(arrived.filter((peer) => peer === 'friend')).toHaveLength(2)
})

test('whoever shows a TLS key that the directory gives to nobody is not listened to', async () => {
  await expect(post(stranger)).rejects.toThrow()
  expect(refused).toContain('EXCHANGE_PEER_UNKNOWN')
})

const attacks: readonly (readonly [string, Change | (() => Change), number, string])[] = [
  ['signed by another member', () => ({ signer: other.signer }), 403, 'EXCHANGE_PEER'],
  ['signed by a key of nobody', () => ({ signer: stranger.signer }), 401, 'EXCHANGE_ATTEMPT'],
  ['a body that was changed', { sent: new TextEncoder().encode('{"an":"Envelope"}') }, 400, 'EXCHANGE_CONTENT_DIGEST'],
  ['a body and its digest that were changed', () => changedBoth(), 401, 'EXCHANGE_ATTEMPT'],
  ['an Idempotency-Key that was changed', { headers: { 'idempotency-key': '"two"' } }, 401, 'EXCHANGE_ATTEMPT'],
  ['made ten minutes ago', { at: Date.now() - 660_000 }, 401, 'EXCHANGE_ATTEMPT'],
  ['made in ten minutes', { at: Date.now() + 660_000 }, 401, 'EXCHANGE_ATTEMPT'],
  ['without a signature', { headers: { signature: '', 'signature-input': '' } }, 401, 'EXCHANGE_ATTEMPT'],
  ['compressed', { headers: { 'content-encoding': 'gzip' } }, 415, 'EXCHANGE_MEDIA'],
  ['as something else', { headers: { 'content-type': 'application/json' } }, 415, 'EXCHANGE_MEDIA'],
  ['to another address', { path: '/v1/cases' }, 404, 'ACTION_UNKNOWN'],
]

test.each(attacks)('refused: %s', async (_, change, status, code) => {
  const before = arrived.length
  expect(await post(friend, typeof change === 'function' ? change() : change)).toEqual({ status, code })
  expect(arrived).toHaveLength(before)
})

test('what says that it is larger than a message may be is refused before it is read', async () => {
  const headers = { ...(await signedHeaders(friend)), 'content-length': String(2 ** 20 + 1) }
  const before = arrived.length
  // The answer may come before all of it is sent, or the connection end.
  await send(friend, headers, new Uint8Array(2 ** 20 + 1)).catch(() => null)
  expect(arrived).toHaveLength(before)
  expect(refused).toContain('EXCHANGE_SIZE')
})

test('a member over its budget is refused, and another one is not', async () => {
  limit = 0
  expect(await post(friend)).toEqual({ status: 429, code: 'EXCHANGE_BUDGET' })
  limit = 1000
  expect(await post(other)).toEqual({ status: 200, code: null })
})

test('a body may take longer than any limit as long as it moves; one that drips is ended', async () => {
  const bytes = new Uint8Array(6000)
  const slowly = async (piece: number, every: number) => {
    const headers = await signedHeaders(friend, {}, bytes)
    const sent = request({
      ...{
        host: '127.0.0.1',
        port: server.port,
        path: INBOX_PATH,
        method: 'POST',
        agent: false,
        rejectUnauthorized: false,
      },
      ...{ headers: { 'content-length': bytes.length, ...headers }, key: friend.tls.key, cert: friend.tls.certificate },
    })
    let told = 0
    sent.on('information', ({ statusCode }) => {
      if (statusCode === 102) told++
    })
    const answered = new Promise<string>((resolve) => {
      sent.once('error', () => resolve('ended'))
      sent.once('response', (response) => resolve(String(response.resume().statusCode)))
    })
    const began = performance.now()
    let at = 0
    const timer = setInterval(() => {
      if (at >= bytes.length || sent.destroyed) return
      sent.write(bytes.subarray(at, at + piece))
      at += piece
      if (at >= bytes.length) sent.end()
    }, every)
    const answer = await answered
    clearInterval(timer)
    return { answer, told, ms: performance.now() - began }
  }
  const before = arrived.length
  const moving = await slowly(200, 100)
  expect(moving.answer).toBe('200')
  expect(moving.told).toBeGreaterThan(5)
  expect(moving.ms).toBeGreaterThan(2 * 1200)
  expect(arrived).toHaveLength(before + 1)
  const dripping = await slowly(1, 100)
  expect(dripping.answer).toBe('ended')
  expect(dripping.ms).toBeLessThan(4 * 1200)
  expect(arrived).toHaveLength(before + 1)
})

test('the client talks to nobody who shows another key than the directory gives', async () => {
  const client = openExchangeClient({
    ...friend.tls,
    members,
    signer: friend.signer,
    now: Date.now,
    answerWithinMs: 2000,
  })
  expect(await client.post('me', 'x', body)).toEqual({ kind: 'receipt', bytes: Buffer.from(body) })
  expect(await client.ask('me', 'known')).toEqual({ kind: 'receipt', bytes: Buffer.from(body) })
  expect(await client.ask('me', 'unknown')).toEqual({ kind: 'held' })
  peers.set('imposter', { ...(peers.get('me') as Peer), id: 'imposter', tlsPins: ['00'.repeat(32)] })
  const before = arrived.length
  expect(await client.post('imposter', 'x', body)).toEqual({ kind: 'silence' })
  expect(await client.post('nobody', 'x', body)).toMatchObject({ kind: 'problem', code: 'EXCHANGE_NO_MEMBER' })
  expect(arrived).toHaveLength(before)
  client.close()
})

test('a pouch is answered message by message, each with its own answer, and each counts against the budget', async () => {
  const client = openExchangeClient({ ...fourth.tls, members, signer: fourth.signer, now: Date.now })
  const messages = ['a', 'b', 'c'].map((one) => new TextEncoder().encode(`{"an":"${one}"}`))
  limit = 2
  const before = arrived.length
  try {
    expect(await client.postPouch('me', messages)).toEqual([
      { kind: 'receipt', bytes: messages[0] },
      { kind: 'receipt', bytes: messages[1] },
      { kind: 'problem', code: 'EXCHANGE_BUDGET', again: true },
    ])
  } finally {
    limit = 1000
    client.close()
  }
  expect(arrived).toHaveLength(before + 2)
})

type Asking = {
  readonly status?: number
  readonly type?: string
  readonly said?: string | Uint8Array
  readonly ask?: (client: ExchangeClient) => Promise<unknown>
}

/** A server with the TLS key of the member that is asked, which answers as it is told; what the client makes of it. */
async function answeredBy(
  fieldsFor: (asked: Attempt, status: number, fields: Attempt['fields']) => Record<string, string>,
  {
    status = 422,
    type = 'application/problem+json',
    said = '{"code":"EXCHANGE_BODY"}',
    ask = (client) => client.post('liar', 'x', body),
  }: Asking = {},
) {
  const text = typeof said === 'string' ? new TextEncoder().encode(said) : said
  const own = [
    { name: 'content-type', value: type },
    { name: 'content-digest', value: contentDigest(text) },
  ]
  const liar = createServer({
    ...{ key: me.tls.key, cert: me.tls.certificate },
    requestCert: true,
    rejectUnauthorized: false,
  })
  liar.on('request', (asked, response) => {
    const fields: { name: string; value: string }[] = []
    for (let at = 0; at < asked.rawHeaders.length; at += 2)
      fields.push({ name: (asked.rawHeaders[at] as string).toLowerCase(), value: asked.rawHeaders[at + 1] as string })
    const attempt = { method: asked.method ?? '', targetUri: `${peers.get('liar')?.endpoint}${asked.url}`, fields }
    const headers = Object.fromEntries(own.map(({ name, value }) => [name, value]))
    asked.resume()
    response.writeHead(status, { ...headers, ...fieldsFor(attempt, status, own) }).end(text)
  })
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve))
  const { port } = liar.address() as AddressInfo
  peers.set('liar', { ...(peers.get('me') as Peer), id: 'liar', endpoint: `https://127.0.0.1:${port}` })
  keys.set(me.signer.keyId, { agency: 'liar', publicKey: me.publicKey })
  const client = openExchangeClient({ ...friend.tls, members, signer: friend.signer, now: Date.now })
  try {
    return await ask(client)
  } finally {
    client.close()
    liar.close()
    peers.delete('liar')
    keys.set(me.signer.keyId, { agency: 'me', publicKey: me.publicKey })
  }
}

test('a refusal that the member has signed, for this request, is believed', async () => {
  const answer = await answeredBy((request, status, fields) => ({
    ...signAnswer({ status, fields, request }, me.signer, 0),
  }))
  expect(answer).toEqual({ kind: 'problem', code: 'EXCHANGE_BODY', again: false })
})

const truly: Parameters<typeof answeredBy>[0] = (request, status, fields) => ({
  ...signAnswer({ status, fields, request }, me.signer, 0),
})
const both = (client: ExchangeClient) => client.postPouch('liar', [body, body])
const receipts = { status: 200, type: POUCH_ANSWERS_TYPE, ask: both }
const answers = (count: number) => writePouchAnswers(Array.from({ length: count }, () => ({ status: 200, body })))
const silence = { kind: 'silence' }
const unknown = { status: 404, said: '{"code":"ACTION_UNKNOWN"}', ask: both }
test.each<[string, Parameters<typeof answeredBy>[0], Asking, object | null]>([
  [
    'that says each answer gives each',
    truly,
    { ...receipts, said: answers(2) },
    [{ kind: 'receipt' }, { kind: 'receipt' }],
  ],
  ['that gives fewer answers says nothing', truly, { ...receipts, said: answers(1) }, [silence, silence]],
  ['that gives more answers says nothing', truly, { ...receipts, said: answers(3) }, [silence, silence]],
  ['that nobody has signed says nothing', () => ({}), { ...receipts, said: answers(2) }, [silence, silence]],
  ['of an older node, which knows no pouches, has each sent alone', truly, unknown, null],
  ['of somebody else, in the name of an older node, says nothing', () => ({}), unknown, [silence, silence]],
  [
    'that says it has no time has each tried again',
    truly,
    { status: 503, ask: both },
    [
      { kind: 'problem', again: true },
      { kind: 'problem', again: true },
    ],
  ],
])('an answer to a pouch %s', async (_, fieldsFor, asking, expected) => {
  const given = await answeredBy(fieldsFor, asking)
  if (expected === null) expect(given).toBeNull()
  else expect(given).toMatchObject(expected)
})

let kept: Record<string, string> = {}
test.each<[string, Parameters<typeof answeredBy>[0]]>([
  ['is not signed', () => ({})],
  [
    'another member has signed',
    (request, status, fields) => ({ ...signAnswer({ status, fields, request }, other.signer, 0) }),
  ],
  [
    'nobody whom the directory knows has signed',
    (request, status, fields) => ({ ...signAnswer({ status, fields, request }, stranger.signer, 0) }),
  ],
  [
    'was signed with another status',
    (request, _, fields) => ({ ...signAnswer({ status: 202, fields, request }, me.signer, 0) }),
  ],
  [
    'was signed over another body',
    (request, status, fields) => {
      const others = fields.map((one) => (one.name === 'content-digest' ? { ...one, value: contentDigest(body) } : one))
      return { ...signAnswer({ status, fields: others, request }, me.signer, 0) }
    },
  ],
  [
    'was signed for another address',
    (request, status, fields) => ({
      ...signAnswer({ status, fields, request: { ...request, targetUri: 'https://elsewhere.example/' } }, me.signer, 0),
    }),
  ],
  [
    'was signed for an earlier request',
    (request, status, fields) => {
      const first = Object.keys(kept).length === 0
      if (first)
        kept = {
          ...signAnswer(
            {
              status,
              fields,
              request: {
                ...request,
                fields: request.fields.map((one) =>
                  one.name === 'signature' ? { ...one, value: `sig1=:${Buffer.alloc(64).toString('base64')}:` } : one,
                ),
              },
            },
            me.signer,
            0,
          ),
        }
      return kept
    },
  ],
  [
    'has a signature that was damaged',
    (request, status, fields) => {
      const { signature = '', ...rest } = signAnswer({ status, fields, request }, me.signer, 0)
      return { ...rest, signature: signature.replace(/:(.)/, (_, one) => (one === 'A' ? ':B' : ':A')) }
    },
  ],
  [
    'carries an attempt in place of an answer',
    (request) =>
      Object.fromEntries(
        request.fields.filter(({ name }) => name.startsWith('signature')).map(({ name, value }) => [name, value]),
      ),
  ],
])('an answer that %s counts as silence', async (_, fieldsFor) => {
  expect(await answeredBy(fieldsFor)).toEqual({ kind: 'silence' })
})

function changedBoth(): Change {
  const sent = new TextEncoder().encode('{"an":"Envelope"}')
  return { sent, headers: { 'content-digest': contentDigest(sent) } }
}
