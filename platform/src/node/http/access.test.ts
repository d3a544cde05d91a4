/** Nothing of the node is open by oversight: every address is an action or a listed operation, and refuses who has no right. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Action } from '../../kernel/index.ts'
import { allActions } from '../actions.ts'
import { pageRoutes } from '../pages/page-list.ts'
import { sampleOf } from '../testing/sample-of.ts'
import { softPasskey } from '../testing/soft-passkey.ts'
import { type TestNode, testNode } from '../testing/test-node.ts'
import { routeOf } from './route-of.ts'
import { otherOperations } from './sign-in-operations.ts'

// The provider is never asked here; it is named so that its routes are there.
const oidc = { issuer: 'http://127.0.0.1:9', clientId: 'node', clientSecret: null }
let node: TestNode
beforeAll(async () => {
  node = await testNode({ oidc })
})

/** The smallest call that the schema lets through, so that it is the policy that answers. */
function smallest(action: Action): { method: string; path: string; body?: unknown; headers: Record<string, string> } {
  const { method, path, conditional } = routeOf(action)
  const { seen: _, ...input } = sampleOf(action.input) as Record<string, unknown>
  if (method === 'POST')
    return {
      method,
      path,
      body: input,
      headers: { 'idempotency-key': randomUUID(), ...(conditional ? { 'if-match': '"1"' } : {}) },
    }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input))
    query.set(name, typeof value === 'object' ? JSON.stringify(value) : `${value}`)
  return { method, path: query.size > 0 ? `${path}?${query}` : path, headers: {} }
}

test('every address is an action, an operation or a page that is listed, and each of these has its address', () => {
  const served = node.routes.map(({ method, path }) => `${method} ${path}`).sort()
  const known = [...allActions().map(routeOf), ...otherOperations, ...pageRoutes].map(
    ({ method, path }) => `${method} ${path}`,
  )
  expect(served).toEqual(known.sort())
  expect(new Set(served).size).toBe(served.length)
})

describe('without a session', () => {
  test.each(allActions().map((action) => [action.name, action] as const))('%s is refused', async (_, action) => {
    const { method, path, ...sent } = smallest(action)
    expect(await node.send(method, path, sent)).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN' } })
    for (const token of ['nonsense', `cs_${'A'.repeat(43)}`, `ck_${'A'.repeat(43)}`])
      expect((await node.send(method, path, { ...sent, token })).status).toBe(401)
  })

  const guarded = otherOperations.filter(({ whyPublic }) => whyPublic === undefined)
  test.each(guarded.map((one) => [one.path, one] as const))('%s is refused', async (_, { method, path }) => {
    const body = { response: softPasskey({ origin: node.origin }).get({ challenge: 'AAAA' }) }
    const sent = path.endsWith('/finish') ? { body } : {}
    expect(await node.send(method, path, sent)).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN' } })
  })

  test('only these are open, each for its reason', () => {
    const open = otherOperations.filter(({ whyPublic }) => whyPublic !== undefined)
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/v1/enrol/finish',
      '/v1/enrol/options',
      '/v1/oidc/return',
      '/v1/oidc/start',
      '/v1/openapi.json',
      '/v1/public',
      '/v1/session',
      '/v1/sign-in/finish',
      '/v1/sign-in/options',
      '/v1/sign-out',
    ])
    for (const { whyPublic } of open) expect(whyPublic).toMatch(/^[A-Z].{20,}\.$/)
  })
})

test('somebody with a session, no role and no case is refused every action', async () => {
  const nobody = await node.newcomer('none')
  for (const action of allActions()) {
    const { method, path, ...sent } = smallest(action)
    const { status, body } = await node.send(method, path, { ...sent, token: nobody.token })
    expect({ action: action.name, status, code: body.code }).toEqual({
      action: action.name,
      status: 403,
      code: 'NOT_PERMITTED',
    })
  }
})

test('it is the right that was missing: for an administrator the same calls are well-formed', async () => {
  // A node of its own: the first one holds a person of a role that does not exist, whom no list can show.
  const node = await testNode({ oidc })
  const admin = await node.newcomer('administrator')
  const codes: Record<string, string> = {}
  for (const action of allActions()) {
    const { method, path, ...sent } = smallest(action)
    const { body } = await node.send(method, path, { ...sent, token: admin.token })
    // This node is wired with no ports of other rooms: an action that got as far as asking for one was well-formed.
    const logged = body.code === 'FAULT' ? node.logged.find((line) => line.includes(body.place)) : undefined
    codes[action.name] = logged?.includes('Error: no port ') ? 'no port' : (body.code ?? 'done')
  }
  const malformed = /^(INPUT_INVALID|BODY_INVALID|ACTION_UNKNOWN|FAULT)$/
  expect(Object.entries(codes).filter(([, code]) => malformed.test(code))).toEqual([])
  expect(codes).toMatchObject({ 'person.list': 'done', 'credential.list': 'done' })
})
