/** The HTTP side of the door: what it asks of a request, and how it refuses. */
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { Type } from '@sinclair/typebox'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Action, action, ok } from '../../kernel/index.ts'
import { allActions } from '../actions.ts'
import { type SignedIn, type TestNode, testNode } from '../testing/test-node.ts'

const broken = (name: string, run: () => never) =>
  action({
    name,
    summary: 'Break',
    kind: 'read',
    input: Type.Object(
      { list: Type.Optional(Type.Array(Type.Integer())), yes: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    output: Type.Object({}, { additionalProperties: false }),
    asks: () => ({ right: 'useNode', subject: { type: 'node' } }),
    run: async (_, input) => (Object.keys(input).length > 0 ? ok({ result: {}, events: [] }) : run()),
  })

let node: TestNode
let admin: SignedIn
beforeAll(async () => {
  const faults = [
    broken('break.error', () => {
      throw new Error('SELECT secret FROM table')
    }),
    broken('break.type', () => (undefined as unknown as { secret(): never }).secret()),
    broken('break.syntax', () => JSON.parse('secret') as never),
  ] as unknown as Action[]
  node = await testNode({ actions: [...allActions(), ...faults] })
  admin = await node.newcomer('administrator')
})
const invite = (body: unknown, headers: Record<string, string> = {}) =>
  node.send('POST', '/v1/person/invite', {
    token: admin.token,
    body,
    headers: { 'idempotency-key': randomUUID(), ...headers },
  })
const someone = () => ({ name: `N ${randomUUID()}`, role: 'analyst' })

describe('a refusal', () => {
  test('is a problem with a code, a place and a fix', async () => {
    const { status, headers, body } = await invite({ name: 'X', role: 'emperor' })
    expect(status).toBe(400)
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
    expect(body).toEqual({
      type: 'urn:comity:problem:INPUT_INVALID',
      title: 'INPUT_INVALID',
      status: 400,
      detail: expect.any(String),
      code: 'INPUT_INVALID',
      place: '/role',
      fix: expect.any(String),
    })
  })

  test.each([
    ['an unknown address', 'GET', '/v1/nothing'],
    ['an address that does not decode', 'GET', '/v1/%zz'],
    ['another method', 'POST', '/v1/person/list'],
    ['another method still', 'DELETE', '/v1/person/list'],
  ])('for %s is 404', async (_, method, path) => {
    const answer = await node.send(method, path, { token: admin.token })
    expect(answer).toMatchObject({ status: 404, body: { code: 'ACTION_UNKNOWN' } })
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('of a guess shows in the log, with its code and route and nothing that was sent', async () => {
    const before = node.logged.length
    await node.send('GET', '/v1/person/list?after=canary', { token: `cs_${'B'.repeat(43)}` })
    await node.send('POST', '/v1/enrol/options', { body: { token: `ce_${'C'.repeat(43)}` } })
    const lines = node.logged.slice(before)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'refused', code: 'NOT_SIGNED_IN', route: '/v1/person/list', from: '127.0.0.1' },
      { msg: 'refused', code: 'ENROLMENT_INVALID', route: '/v1/enrol/options', from: '127.0.0.1' },
    ])
    expect(lines.join()).not.toMatch(/canary|BBB|CCC/)
  })

  test('tells what the node is made of nowhere', async () => {
    const { headers } = await invite({})
    for (const name of ['server', 'x-powered-by']) expect(headers.get(name)).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('a fault', () => {
  test.each(['error', 'type', 'syntax'])('says a number and nothing else; the log knows more: %s', async (name) => {
    const { status, body } = await node.read(admin.token, `/v1/break/${name}`)
    expect(status).toBe(500)
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'place', 'status', 'title', 'type'])
    expect(body.code).toBe('FAULT')
    expect(JSON.stringify(body)).not.toMatch(/secret|SELECT|\.ts|node_modules|at /)
    expect(node.logged.find((line) => line.includes(body.place))).toContain('secret')
  })
})

describe('a body', () => {
  test.each([
    ['not JSON', '{', 'JSON_MALFORMED'],
    ['a key twice', '{"name":"A","name":"B","role":"analyst"}', 'JSON_DUPLICATE_KEY'],
    ['too deep', '['.repeat(200) + ']'.repeat(200), 'JSON_TOO_DEEP'],
    ['a number that readers round differently', '{"name":1e400}', 'JSON_NUMBER_UNSAFE'],
    ['a list', '[]', 'BODY_INVALID'],
    ['a text', '"text"', 'BODY_INVALID'],
    ['nothing at all', 'null', 'BODY_INVALID'],
    ['a field named __proto__', '{"__proto__":{"role":"administrator"},"name":"A","role":"analyst"}', 'INPUT_INVALID'],
  ])('is refused: %s', async (_, body, code) => {
    expect(await invite(body)).toMatchObject({ status: 400, body: { code } })
  })

  test('that is not UTF-8 is refused', async () => {
    const answer = await fetch(`${node.base}/v1/person/invite`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(answer.status).toBe(400)
  })

  test('of another media type is refused', async () => {
    expect(await invite('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID' },
    })
  })

  test('larger than a mebibyte is refused', async () => {
    expect(await invite({ name: 'x'.repeat(1024 * 1024), role: 'analyst' })).toMatchObject({
      status: 413,
      body: { code: 'TOO_LARGE' },
    })
  })

  test('shorter than announced is never carried out', async () => {
    const port = Number(new URL(node.base).port)
    const heard = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.end(
          `POST /v1/person/invite HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${admin.token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":"A"}`,
        )
      })
      socket.setEncoding('utf8')
      socket.on('data', (more) => {
        text += more
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(heard).not.toMatch(/^HTTP\/1.1 2/)
  })
})

describe('a query', () => {
  test.each([
    ['/v1/break/error?list=[1,2]', 200],
    ['/v1/break/error?yes=true', 200],
    ['/v1/break/error?yes=maybe', 400],
    ['/v1/break/error?list=[1', 400],
    ['/v1/break/error?list=1&list=2', 400],
    ['/v1/break/error?unknown=1', 400],
    ['/v1/break/error?constructor=1', 400],
    ['/v1/person/list?limit=201', 400],
    ['/v1/person/list?limit=1e2', 400],
    ['/v1/person/list?limit=5&limit=6', 400],
    ['/v1/person/list?limit=5', 200],
  ])('is read by the schema: %s', async (path, status) => {
    expect((await node.read(admin.token, path)).status).toBe(status)
  })
})

describe('a change', () => {
  test('from a page of another site is refused, though its cookie came along', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: node.origin, 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) expect((await invite(someone(), headers)).body.code).toBe('NOT_PERMITTED')
    const own: Record<string, string>[] = [
      { origin: node.origin },
      { origin: node.origin, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ]
    for (const headers of own) expect((await invite(someone(), headers)).status).toBe(200)
  })

  test('needs an Idempotency-Key of 8 to 128 visible characters', async () => {
    const send = (headers: Record<string, string>) =>
      node.send('POST', '/v1/person/invite', { token: admin.token, body: someone(), headers })
    for (const headers of [{}, { 'idempotency-key': 'short' }, { 'idempotency-key': 'x'.repeat(129) }] as const)
      expect(await send(headers)).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } })
  })

  test('is done once, however often it is sent, and says that it was', async () => {
    const [key, body] = [randomUUID(), someone()]
    const first = await invite(body, { 'idempotency-key': key })
    const second = await invite(body, { 'idempotency-key': key })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body).toEqual(first.body)
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await invite(someone(), { 'idempotency-key': key })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_MISMATCH' },
    })
  })

  test("does not meet another person's Idempotency-Key", async () => {
    const other = await node.newcomer('administrator')
    const [key, body] = [randomUUID(), someone()]
    const mine = await invite(body, { 'idempotency-key': key })
    const theirs = await node.send('POST', '/v1/person/invite', {
      token: other.token,
      body,
      headers: { 'idempotency-key': key },
    })
    expect(theirs.body.personId).not.toBe(mine.body.personId)
  })

  test('of what was seen needs its version, and the right one', async () => {
    const { personId } = (await invite(someone())).body
    const suspend = (match?: string) =>
      node.send('POST', '/v1/person/suspend', {
        token: admin.token,
        body: { personId },
        headers: { 'idempotency-key': randomUUID(), ...(match === undefined ? {} : { 'if-match': match }) },
      })
    for (const match of [undefined, '1', '*', 'W/"1"', '"x"', '"1", "2"'])
      expect(await suspend(match)).toMatchObject({ status: 428, body: { code: 'PRECONDITION_MISSING' } })
    expect(await suspend('"7"')).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } })
    const done = await suspend('"1"')
    expect(done.status).toBe(200)
    expect(done.headers.get('etag')).toBe('"2"')
    expect(await suspend('"1"')).toMatchObject({ status: 412 })
    const inBody = { personId, seen: 2 }
    expect((await node.change(admin.token, '/v1/person/resume', inBody, 2)).body.code).toBe('INPUT_INVALID')
  })
})

describe('too many requests', () => {
  test('are refused until the minute is over', async () => {
    const small = await testNode({ requestsPerMinute: 5, triesPerMinute: 2 })
    const statuses = []
    for (let times = 0; times < 7; times++) statuses.push((await small.send('GET', '/v1/credential/list')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    const refused = await small.send('GET', '/v1/credential/list')
    expect(refused.body.code).toBe('TOO_MANY_REQUESTS')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const tries = []
    for (let times = 0; times < 3; times++) tries.push((await small.send('POST', '/v1/sign-in/options')).status)
    expect(tries).toEqual([200, 200, 429])
  })

  test('are counted by the address of the caller where a proxy is believed, and not where anybody says so', async () => {
    const statusesOf = async (trustedProxies: readonly string[]) => {
      const small = await testNode({ requestsPerMinute: 2, trustedProxies })
      const statuses = []
      for (const from of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])
        statuses.push((await small.send('GET', '/v1/credential/list', { headers: { 'x-forwarded-for': from } })).status)
      return statuses
    }
    expect(await statusesOf(['127.0.0.1'])).toEqual([401, 401, 429, 401])
    expect(await statusesOf([])).toEqual([401, 401, 429, 429])
  })
})

test('the body of an act with a long text may be as long; any other ends at a mebibyte', async () => {
  const node = await testNode()
  const lead = await node.newcomer('investigator')
  const long = 'x'.repeat(3_000_000)
  const caseId = '00000000-0000-4000-8000-000000000000'
  const kept = await node.change(lead.token, '/v1/trace/keep', { caseId, record: long })
  expect(kept).toMatchObject({ status: 403, body: { code: 'NOT_PERMITTED' } })
  const other = await node.change(lead.token, '/v1/person/invite', { name: long, role: 'investigator' })
  expect(other).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } })
})
