/** Every address of a started node: each is listed and described, and nobody gets anything there without a session or a right. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../src/kernel/index.ts'
import { allActions } from '../src/node/actions.ts'
import { fileOperations } from '../src/node/http/file-operations.ts'
import { routeOf } from '../src/node/http/route-of.ts'
import { type Operation, otherOperations } from '../src/node/http/sign-in-operations.ts'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { pageRoutes } from '../src/node/pages/page-list.ts'
import { type RunningNode, startNode } from '../src/node/start.ts'
import { softPasskey } from '../src/node/testing/soft-passkey.ts'
import { nodeConfig, nodeHome } from './node-config.ts'

const ORIGIN = 'http://localhost:8460'
const handOut = allActions().find(({ name }) => name === 'case.hand-out')
if (!handOut) throw new Error('no act of handing out')
const files = fileOperations(handOut)
let node: RunningNode
let nobody = ''

beforeAll(async () => {
  const home = nodeHome()
  const { token, personId } = await initNode(home, nodeConfig({ publicUrl: ORIGIN }), 'Ada', {})
  node = await startNode(home, {}, { log: openLogger('silent') })
  const passkey = softPasskey({ origin: ORIGIN })
  const options = await post('/v1/enrol/options', { token })
  const done = await post('/v1/enrol/finish', {
    token,
    label: 'key',
    response: passkey.create((await options.json()) as Parameters<typeof passkey.create>[0]),
  })
  nobody = ((await done.json()) as { token: string }).token
  // From now on somebody with a session, no role and no case.
  const changed = await node.door.asNode(async ({ records }) => {
    const person = await records.get<{ name: string }>('person', personId)
    if (!person) throw new Error('no person')
    const body = { ...person.body, role: 'none' }
    await records.put('person', personId, body, { caseId: null, seen: person.version, refs: { name: 'Ada' } })
    return ok({
      result: null,
      events: [{ name: 'person.changed', of: 'person', id: personId, caseId: null, body: {} }],
    })
  })
  expect(changed.ok).toBe(true)
})
afterAll(() => node.stop())

function post(path: string, body: object): Promise<Response> {
  return fetch(`${node.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** A call of the least that is well-formed, about things that are not there. */
function call({ method, path, query, header }: Operation, token: string | null): Promise<Response> {
  const asked = new URLSearchParams(
    query ? { exhibitId: randomUUID(), id: randomUUID(), page: '1', language: 'en' } : {},
  )
  const caseId = randomUUID()
  const audience = { members: ['South'], reach: 'named', purpose: 'criminal-proceedings', onward: false }
  const body = path.endsWith('/package')
    ? { caseId, audience, format: 'stix' }
    : path === '/v1/case/bag.zip'
      ? { caseId, audience }
      : path === '/v1/hand-out/bag.zip'
        ? { caseId, id: randomUUID() }
        : { caseId }
  const isUpload = path.startsWith('/v1/uploads')
  return fetch(`${node.url}${path.replace('{id}', randomUUID())}${asked.size > 0 ? `?${asked}` : ''}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(header ? { [header[0]]: '00'.repeat(32) } : {}),
      ...(isUpload
        ? {
            'tus-resumable': '1.0.0',
            'upload-length': '5',
            'upload-offset': '0',
            'upload-metadata': `caseId ${Buffer.from(caseId).toString('base64')}`,
            ...(method === 'PATCH' ? { 'content-type': 'application/offset+octet-stream' } : {}),
          }
        : {}),
      ...(method === 'POST' && !isUpload ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' && !isUpload ? { body: JSON.stringify(body) } : {}),
    ...(method === 'PATCH' ? { body: 'hello' } : {}),
  })
}

describe('the addresses of a node', () => {
  it('are the acts and operations that are described, and no other', () => {
    const pattern = (path: string) => path.replace(/\{path\}/g, '*').replace(/\{(\w+)\}/g, ':$1')
    // The provider is not configured here; Fastify answers HEAD wherever it answers GET.
    const described = [...allActions().map(routeOf), ...otherOperations, ...files, ...pageRoutes]
      .filter(({ path }) => !path.startsWith('/v1/oidc/'))
      .map(({ method, path }) => `${method} ${pattern(path)}`)
    // TAXII has addresses of its own standard; who may ask there is tried below and beside its routes.
    const own = node.routes.filter((route) => !/ \/taxii2(\/|$)/.test(route))
    const served = own.filter((route) => !route.startsWith('HEAD ') || route.includes('/v1/uploads'))
    expect([...new Set(served)].sort()).toEqual(described.sort())
  })

  it('TAXII is for machines with a key, and for no session', async () => {
    for (const token of [null, 'nonsense', nobody])
      for (const path of ['/taxii2/', '/taxii2/comity/collections/'])
        expect((await call({ method: 'GET', path } as Operation, token)).status).toBe(401)
  })

  const guarded = files.filter(({ whyPublic }) => whyPublic === undefined)
  it.each(guarded.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s asks for a session',
    async (_, one) => {
      for (const token of [null, 'nonsense', `cs_${'A'.repeat(43)}`])
        expect((await call(one, token)).status, String(token)).toBe(401)
    },
  )

  it.each(
    guarded.filter(({ method }) => method !== 'OPTIONS').map((one) => [`${one.method} ${one.path}`, one] as const),
  )('%s gives nothing to somebody without a right', async (_, one) => {
    const answer = await call(one, nobody)
    if (one.gives === 'text/event-stream') {
      // Who may read no case hears of none: the stream opens, and says nothing.
      expect(answer.status).toBe(200)
      const reader = answer.body?.getReader()
      expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^retry: \d+\nid: -?\d+\n\n$/)
      await reader?.cancel()
      return
    }
    // Of uploads nobody learns whether one is there; so it is never there.
    // 405: tus knows no such method there, for anybody.
    expect([403, 404, 405], `${answer.status}`).toContain(answer.status)
    const text = await answer.text()
    expect(text === '' || /NOT_PERMITTED|UPLOAD_UNKNOWN/.test(text), text).toBe(true)
  })

  it('of events are counted only while somebody listens, also where the line goes before the answer', async () => {
    const headers = { authorization: `Bearer ${nobody}` }
    for (let times = 0; times < 300; times++) {
      const line = new AbortController()
      setTimeout(() => line.abort(), times % 12)
      await fetch(`${node.url}/v1/events`, { headers, signal: line.signal }).catch(() => undefined)
    }
    const status = async () => {
      const answer = await fetch(`${node.url}/v1/events`, { headers })
      await answer.body?.cancel()
      return answer.status
    }
    await expect.poll(status, { timeout: 5000 }).toBe(200)
  })

  it('are open to everybody only where it is said why', () => {
    const open = files.filter(({ whyPublic }) => whyPublic !== undefined)
    expect(open.map(({ path }) => path).sort()).toEqual([
      ...[
        '/healthz',
        '/log/anchors',
        '/log/checkpoint',
        '/log/cosigned',
        '/log/key',
        '/log/{path}',
        '/metrics',
        '/readyz',
      ],
    ])
    for (const { whyPublic } of open) expect(whyPublic).toMatch(/^[A-Z].{20,}\.$/)
  })
})
