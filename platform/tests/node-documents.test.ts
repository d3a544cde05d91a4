/** The documents of the node, and the client, are what the node itself says of its actions. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { AUDIT_VOCABULARY, vocabularyText } from '../../scripts/write-audit-vocabulary.ts'
import { CHANGE_EVENTS, CLIENT, changeEventsText, clientText, functionName } from '../../scripts/write-client.ts'
import { OPENAPI, openApiText } from '../../scripts/write-openapi.ts'
import { PERMISSIONS, permissionsText, ROLES_BY_RIGHT, rolesByRightText } from '../../scripts/write-permissions.ts'
import { nodeClient } from '../../web/src/shared/api.ts'
import { allActions } from '../src/node/actions.ts'
import { routeOf } from '../src/node/http/route-of.ts'
import { type SignedIn, type TestNode, testNode } from '../src/node/testing/test-node.ts'
import { repository } from './run-comity.ts'

describe('what is written from the node is not stale', () => {
  it.each([
    [PERMISSIONS, permissionsText, 'write-permissions'],
    [ROLES_BY_RIGHT, rolesByRightText, 'write-permissions'],
    [AUDIT_VOCABULARY, vocabularyText, 'write-audit-vocabulary'],
    [OPENAPI, openApiText, 'write-openapi'],
    [CLIENT, clientText, 'write-client'],
    [CHANGE_EVENTS, changeEventsText, 'write-client'],
  ])('%s', (path, write, script) => {
    expect(readFileSync(join(repository, path), 'utf8') === write(), `run: node scripts/${script}.ts`).toBe(true)
  })

  it('the permissions name every action and let nobody do nothing', () => {
    const text = permissionsText()
    for (const { name } of allActions()) expect(text).toContain(`| \`${name}\` |`)
    expect(text).not.toMatch(/\| YES \|$/m)
  })
})

type Json = { readonly [key: string]: unknown }

describe('the OpenAPI document', () => {
  const document = JSON.parse(readFileSync(join(repository, OPENAPI), 'utf8'))
  const everywhere = [...walk(document, '#')]
  const operations = Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

  it('has every action once, at its address', () => {
    for (const action of allActions()) {
      const found = operations.filter(({ operation }) => operation.operationId === action.name)
      expect(found.map(({ path, method }) => ({ path, method }))).toEqual([
        { path: routeOf(action).path, method: routeOf(action).method },
      ])
    }
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('every reference leads somewhere, and every part that could be referred to is', () => {
    const references = everywhere.flatMap(([, value]) => (typeof value.$ref === 'string' ? [value.$ref] : []))
    expect(references.length).toBeGreaterThan(100)
    expect(references.filter((reference) => at(document, reference) === undefined)).toEqual([])
    const parts = Object.entries(document.components as Record<string, Json>)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, of]) => Object.keys(of).map((name) => `#/components/${kind}/${name}`))
    expect(parts.filter((part) => !references.includes(part))).toEqual([])
  })

  it('every object is closed, but what browsers write for WebAuthn and the document itself', () => {
    // A map (patternProperties) says of every further key what stands under it.
    const open = everywhere.filter(
      ([, { type, additionalProperties, patternProperties }]) =>
        type === 'object' && additionalProperties !== false && patternProperties === undefined,
    )
    expect(open.length).toBeGreaterThan(0)
    const allowed = /\/paths\/~1v1~1((enrol|sign-in|prove)~1(options|finish)|openapi\.json)\//
    // What is said to and by partners: open to members of later versions, and held to the schema of its type (docs/spec).
    const said = /~1(message~1(list|show)|inbox~1show)\/get\/responses\/.*\/(header|body)\b/
    const drafted = /~1(message~1(draft|change)|request~1compose)\/post\/requestBody\/.*\/schema\/properties\/body$/
    const mayBeOpen = (place: string) => [allowed, said, drafted].some((pattern) => pattern.test(place))
    expect(open.map(([place]) => place).filter((place) => !mayBeOpen(place))).toEqual([])
  })

  it('every schema is one that JSON Schema 2020-12 knows, in its strict reading', () => {
    const ajv = new Ajv2020({ strict: true, formats: { uuid: true, date: true, 'date-time': true } })
    const schemas = everywhere.flatMap(([place, { schema }]) => (schema ? [[place, schema as Json] as const] : []))
    expect(schemas.length).toBeGreaterThan(30)
    for (const [place, schema] of schemas) {
      if ('$ref' in schema) continue
      expect(() => ajv.compile(schema), place).not.toThrow()
    }
    expect(() => ajv.compile(document.components.schemas.Problem)).not.toThrow()
  })

  it('has what OpenAPI 3.1 requires of every operation, parameter and response', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    const tags = document.tags.map(({ name }: { name: string }) => name)
    for (const { operation, path, method } of operations) {
      const named = `${method} ${path}`
      expect(tags, named).toEqual(expect.arrayContaining(operation.tags as string[]))
      const responses = operation.responses as Record<string, Json>
      expect(Object.keys(responses), named).toEqual(expect.arrayContaining(['400', '401', '429', '500']))
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5](\d\d|XX)$/)
        expect('$ref' in response || typeof response.description === 'string', `${named} ${status}`).toBe(true)
      }
      for (const parameter of operation.parameters as Json[]) {
        const {
          name,
          in: place,
          schema,
          content,
        } = ('$ref' in parameter ? at(document, String(parameter.$ref)) : parameter) as Json
        expect({ name, place }, named).toEqual({
          name: expect.any(String),
          place: expect.stringMatching(/^(query|header|path)$/),
        })
        expect([schema, content].filter(Boolean), named).toHaveLength(1)
      }
      // RFC 9110: a GET has no body.
      expect('requestBody' in operation && method === 'GET', named).toBe(false)
    }
  })

  it('says of each change that it needs a key, and the version where one is seen', () => {
    for (const action of allActions()) {
      const { operation } = operations.find((one) => one.operation.operationId === action.name) ?? {}
      const text = JSON.stringify(operation)
      expect(text.includes('#/components/parameters/IdempotencyKey'), action.name).toBe(
        routeOf(action).method === 'POST',
      )
      expect(text.includes('#/components/parameters/IfMatch'), action.name).toBe(routeOf(action).conditional)
      // In what is asked; an answer may tell which version a partner had seen.
      const asked = JSON.stringify([operation?.parameters, operation?.requestBody])
      expect(asked.includes('"seen"'), action.name).toBe(false)
    }
  })
})

describe('the client', () => {
  let node: TestNode
  let admin: SignedIn
  beforeAll(async () => {
    node = await testNode()
    admin = await node.newcomer('administrator')
  })
  const client = () => nodeClient({ base: node.base, token: admin.token })

  it('has a function for every action', () => {
    expect(Object.keys(nodeClient())).toEqual(
      expect.arrayContaining(allActions().map(({ name }) => functionName(name))),
    )
  })

  it('changes, reads, and carries versions and keys', async () => {
    const invited = await client().personInvite({ name: 'Ines', role: 'analyst' }, { idempotencyKey: 'the same key' })
    expect(invited).toMatchObject({ ok: false, problem: { code: 'IDEMPOTENCY_KEY_MISSING', status: 400 } })
    const once = await client().personInvite({ name: 'Ines', role: 'analyst' }, { idempotencyKey: 'the-same-key' })
    const again = await client().personInvite({ name: 'Ines', role: 'analyst' }, { idempotencyKey: 'the-same-key' })
    if (!once.ok || !again.ok) throw new Error('refused')
    expect([once.repeated, again.repeated, once.version]).toEqual([false, true, null])
    expect(again.value).toEqual(once.value)
    const { personId } = once.value
    expect(await client().personSuspend({ personId, seen: 3 })).toMatchObject({
      ok: false,
      problem: { code: 'VERSION_CONFLICT', status: 412 },
    })
    expect(await client().personSuspend({ personId, seen: 1 })).toMatchObject({
      ok: true,
      version: 2,
      value: { suspended: true, version: 2 },
    })
    const listed = await client().personList({ limit: 200 })
    expect(listed.ok && listed.value.items.find(({ id }) => id === personId)).toMatchObject({ suspended: true })
  })

  it('says a refusal as a value, and throws where no node answers', async () => {
    expect(await nodeClient({ base: node.base }).credentialList()).toMatchObject({
      ok: false,
      problem: { code: 'NOT_SIGNED_IN', status: 401 },
    })
    await expect(nodeClient({ base: 'http://127.0.0.1:9' }).credentialList()).rejects.toThrow()
  })

  it('signs in, with what a browser would answer', async () => {
    const open = nodeClient({ base: node.base })
    const options = await open.signInOptions()
    if (!options.ok) throw new Error(options.problem.detail)
    const opened = await open.signInFinish({ response: JSON.parse(JSON.stringify(admin.passkey.get(options.value))) })
    expect(opened).toMatchObject({ ok: true, value: { personId: admin.personId } })
  })
})

function* walk(value: unknown, place: string): Generator<[string, Json]> {
  if (value === null || typeof value !== 'object') return
  if (!Array.isArray(value)) yield [place, value as Json]
  for (const [key, inner] of Object.entries(value))
    yield* walk(inner, `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (value as Json | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    )
}
