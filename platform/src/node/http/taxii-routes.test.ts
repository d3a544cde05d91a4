/** A machine with a key fetches over TAXII what was handed out to it, and nothing else. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Audience, type EvidencePackage, type FormatName, release } from '../../evidence/formats/index.ts'
import { fixture, partner } from '../../evidence/formats/testing/fixture.ts'
import { amber, ok } from '../../kernel/index.ts'
import type { HandOutBody } from '../../workflows/index.ts'
import type { Door } from '../door/door.ts'
import { journalledEvents, type SignedIn, type TestNode, testNode } from '../testing/test-node.ts'
import { authenticator } from './sign-in-routes.ts'
import { taxiiRoutes } from './taxii-routes.ts'

type Machine = { readonly id: string; readonly token: string }
let node: TestNode
let lead: SignedIn
let [feed, other, narrow]: Machine[] = []
let caseId: string

async function machine(label: string, scopes: readonly string[]): Promise<Machine> {
  const admin = await node.newcomer('administrator')
  const made = await node.change(admin.token, '/v1/key/make', {
    label,
    role: 'analyst',
    scopes,
    purpose: 'criminal-proceedings',
    days: 30,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  return { id: made.body.personId, token: made.body.token }
}

async function openCase(members: readonly Machine[]): Promise<string> {
  const opened = await node.change(lead.token, '/v1/case/open', {
    title: 'Case',
    kind: 'local',
    purposes: ['criminal-proceedings'],
  })
  expect(opened.status, JSON.stringify(opened.body)).toBe(200)
  const { id } = opened.body
  let seen = opened.body.version
  for (const one of members) {
    const added = await node.change(lead.token, '/v1/case/member/add', { caseId: id, personId: one.id }, seen)
    expect(added.status, JSON.stringify(added.body)).toBe(200)
    seen = added.body.version
  }
  return id
}

/** A hand-out as `case.hand-out` keeps it, of the fixture of the formats. */
async function handOut(of: string, to: Machine, more: { formats?: readonly FormatName[]; training?: boolean } = {}) {
  const marked = JSON.stringify(fixture).replaceAll('Cyber Unit South', to.id)
  const audience: Audience = { ...partner, members: [to.id] }
  const { package: released } = release(JSON.parse(marked) as EvidencePackage, audience)
  const made = await node.door.asNode<string>(async ({ records, newId, now }) => {
    const id = newId()
    const body = {
      marking: amber,
      author: lead.personId,
      at: new Date(now).toISOString(),
      audience,
      formats: more.formats ?? ['stix'],
      order: null,
      training: more.training ?? false,
      items: [],
      bytes: [],
      files: [],
      manifest: {},
      package: released,
    } as unknown as HandOutBody
    await records.put('hand-out', id, body, { caseId: of, seen: 0 })
    return ok({ result: id, events: [{ name: 'case.handed-out', of: 'hand-out', id, caseId: of, body: {} }] })
  })
  expect(made.ok).toBe(true)
}

const taxii = (token: string | undefined, path: string) =>
  node.send('GET', `/taxii2/comity/${path}`, token === undefined ? {} : { token })

beforeAll(async () => {
  const door = { run: (call: Parameters<Door['run']>[0]) => node.door.run(call) } as Door
  node = await testNode({
    mount: [
      (server) =>
        taxiiRoutes({
          door,
          authenticate: (request) => authenticator(node.signIn, 'http://localhost')(request),
          settings: { title: 'Test', contact: null, origin: 'http://localhost' },
        })(server),
    ],
  })
  lead = await node.newcomer('investigator')
  const both = ['indicator.collection.list', 'indicator.collection.read']
  feed = await machine('feed', both)
  other = await machine('other', both)
  narrow = await machine('narrow', ['case.list'])
  caseId = await openCase([feed, other, narrow] as Machine[])
  await handOut(caseId, feed as Machine)
  await handOut(caseId, narrow as Machine)
  await handOut(caseId, other as Machine, { formats: ['misp'] })
  await handOut(caseId, other as Machine, { training: true })
  const foreign = await openCase([])
  await handOut(foreign, feed as Machine)
})

describe('TAXII over HTTP', () => {
  test('a machine finds the case of which something was handed out to it, and its wallets', async () => {
    const listed = await taxii(feed?.token, 'collections/')
    expect(listed.headers.get('content-type')).toBe('application/taxii+json;version=2.1')
    expect(listed.body.collections.map(({ id }: { id: string }) => id)).toEqual([caseId])
    const { status, body } = await taxii(
      feed?.token,
      `collections/${caseId}/objects/?match[type]=cryptocurrency-wallet`,
    )
    expect(status).toBe(200)
    expect(body.objects.length).toBeGreaterThan(0)
    const all = JSON.stringify((await taxii(feed?.token, `collections/${caseId}/objects/?limit=1000`)).body)
    // What the release took out for this audience is nowhere in it.
    expect(all).not.toContain('12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX')
    expect(all).not.toContain('0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359')
    expect(await journalledEvents(node.database)).toContain('indicator.collection.read')
  })

  test('pages lead through all of it', async () => {
    const whole = (await taxii(feed?.token, `collections/${caseId}/manifest/?limit=1000`)).body.objects
    const found: unknown[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page = await taxii(feed?.token, `collections/${caseId}/manifest/?limit=3${next ? `&next=${next}` : ''}`)
      found.push(...page.body.objects)
      next = page.body.next
    }
    expect(found).toEqual(whole)
  })

  test.each([
    ['another format and an exercise', () => other],
    ['a hand-out for it, under a key that may not read', () => narrow],
  ])('a machine of the case with %s has no collection', async (_, who) => {
    expect((await taxii(who()?.token, 'collections/')).body).toEqual({})
    expect(await taxii(who()?.token, `collections/${caseId}/objects/`)).toMatchObject({
      status: 404,
      body: { error_code: 'TAXII_NOT_FOUND' },
    })
  })

  test('is for keys only: neither for nobody nor for a session', async () => {
    for (const token of [undefined, 'ck_nonsense', lead.token])
      expect(await taxii(token, 'collections/')).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN' } })
  })

  test('takes nothing in, and tells other versions', async () => {
    const path = `/taxii2/comity/collections/${caseId}/objects/`
    expect(await node.send('POST', path, { token: feed?.token ?? '', body: { objects: [] } })).toMatchObject({
      status: 403,
      body: { error_code: 'TAXII_READ_ONLY' },
    })
    const accept = { accept: 'application/taxii+json;version=2.0' }
    expect(await node.send('GET', '/taxii2/', { token: feed?.token ?? '', headers: accept })).toMatchObject({
      status: 406,
    })
  })

  test('a machine that leaves the case has its collection no more', async () => {
    const { body } = await node.read(lead.token, `/v1/case/read?caseId=${caseId}`)
    const removed = await node.change(
      lead.token,
      '/v1/case/member/remove',
      { caseId, personId: feed?.id },
      body.version,
    )
    expect(removed.status, JSON.stringify(removed.body)).toBe(200)
    expect((await taxii(feed?.token, `collections/${caseId}/objects/`)).status).toBe(404)
  })
})
