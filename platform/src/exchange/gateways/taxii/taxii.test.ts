import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerTaxii } from './answer.ts'
import type { AddedObject, TaxiiSource } from './port.ts'

// biome-ignore lint/suspicious/noExplicitAny: bodies of many forms
type Body = any

const settings = { title: 'Agency', contact: null, apiRoot: '/taxii2/comity', origin: 'https://node.example.org' }
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const collection = { id: uuid(900), title: 'Case 17/26', description: null }
const at = (minute: number) => `2026-11-25T09:${String(minute).padStart(2, '0')}:00.000Z`
const note = (n: number, added: number, modified = at(0)): AddedObject => ({
  object: { type: 'note', spec_version: '2.1', id: `note--${uuid(n)}`, created: at(0), modified },
  addedAt: at(added),
})
const wallet = (n: number, added: number): AddedObject => ({
  object: { type: 'cryptocurrency-wallet', id: `cryptocurrency-wallet--${uuid(n)}` },
  addedAt: at(added),
})
const kept = [note(3, 3), note(1, 1), wallet(2, 2), note(1, 4, at(30)), note(1, 5, at(30))]
const sourceOf = (objects: readonly AddedObject[]): TaxiiSource => ({
  collections: async () => [collection],
  objectsOf: async (id) => (id === collection.id ? objects : null),
})

async function get(
  path: string,
  query: Record<string, string> = {},
  objects = kept,
  accept: string | null = 'application/taxii+json;version=2.1',
) {
  const answer = await answerTaxii(
    { method: 'GET', path, query: Object.entries(query), accept },
    sourceOf(objects),
    settings,
  )
  return { ...answer, body: answer.body as Body }
}
const base = `/taxii2/comity/collections/${collection.id}`
const idsOf = ({ body }: { body: Body }) => (body.objects ?? []).map(({ id }: { id: string }) => id)

describe('TAXII 2.1', () => {
  test('is discovered, and has one API root and the collections of the caller', async () => {
    expect(await get('/taxii2/')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/taxii+json;version=2.1' },
      body: {
        title: 'Agency',
        default: 'https://node.example.org/taxii2/comity/',
        api_roots: ['https://node.example.org/taxii2/comity/'],
      },
    })
    expect((await get('/taxii2/comity/')).body).toEqual({
      title: 'Agency',
      versions: ['application/taxii+json;version=2.1'],
      max_content_length: 1048576,
    })
    const described = {
      id: collection.id,
      title: 'Case 17/26',
      can_read: true,
      can_write: false,
      media_types: ['application/stix+json;version=2.1'],
    }
    expect((await get('/taxii2/comity/collections/')).body).toEqual({ collections: [described] })
    expect((await get(base)).body).toEqual(described)
  })

  test('gives objects in the order of adding, each in its last version, once', async () => {
    const answer = await get(`${base}/objects/`)
    expect(idsOf(answer)).toEqual([`cryptocurrency-wallet--${uuid(2)}`, `note--${uuid(3)}`, `note--${uuid(1)}`])
    expect(answer.body).toMatchObject({ more: false })
    expect(answer.headers).toMatchObject({ 'x-taxii-date-added-first': at(2), 'x-taxii-date-added-last': at(4) })
  })

  test('the manifest says when each was added and in which version', async () => {
    expect((await get(`${base}/manifest/`, { 'match[version]': 'all' })).body.objects).toEqual([
      { id: `note--${uuid(1)}`, date_added: at(1), version: at(0), media_type: 'application/stix+json;version=2.1' },
      {
        id: `cryptocurrency-wallet--${uuid(2)}`,
        date_added: at(2),
        version: at(2),
        media_type: 'application/stix+json;version=2.1',
      },
      { id: `note--${uuid(3)}`, date_added: at(3), version: at(0), media_type: 'application/stix+json;version=2.1' },
      { id: `note--${uuid(1)}`, date_added: at(4), version: at(30), media_type: 'application/stix+json;version=2.1' },
    ])
  })

  test('one object, and its versions', async () => {
    const one = `${base}/objects/note--${uuid(1)}/`
    expect((await get(one)).body.objects).toMatchObject([{ modified: at(30) }])
    expect((await get(one, { 'match[version]': 'first' })).body.objects).toMatchObject([{ modified: at(0) }])
    expect((await get(one, { 'match[version]': `first,${at(30)}` })).body.objects).toHaveLength(2)
    expect((await get(`${one}versions/`)).body).toEqual({ more: false, versions: [at(0), at(30)] })
  })

  test.each<[Record<string, string>, readonly number[]]>([
    [{ 'match[type]': 'note' }, [3, 1]],
    [{ 'match[type]': 'cryptocurrency-wallet,note' }, [2, 3, 1]],
    [{ 'match[id]': `note--${uuid(3)}` }, [3]],
    [{ 'match[spec_version]': '2.0' }, []],
    [{ 'match[spec_version]': '2.1' }, [2, 3, 1]],
    [{ added_after: at(2) }, [3, 1]],
    [{ added_after: '2026-11-25T09:03:59.999999Z' }, [1]],
    [{ added_after: at(4) }, []],
    [{ limit: '2' }, [2, 3]],
    [{ limit: '999999' }, [2, 3, 1]],
  ])('the filter %j leaves %j', async (query, left) => {
    expect(idsOf(await get(`${base}/objects/`, query)).map((id: string) => Number(id.slice(-12)))).toEqual(left)
  })

  test('an empty answer is an empty object', async () => {
    expect(await get(`${base}/objects/`, { added_after: at(9) })).toMatchObject({ status: 200, body: {} })
  })

  test.each<[string, Record<string, string>]>([
    ['limit', { limit: '0' }],
    ['limit', { limit: '-1' }],
    ['limit', { limit: 'ten' }],
    ['added_after', { added_after: 'yesterday' }],
    ['added_after', { added_after: '2026-02-30T25:00:00Z' }],
    ['match[id]', { 'match[id]': 'note--1' }],
    ['match[type]', { 'match[type]': 'Note' }],
    ['match[version]', { 'match[version]': 'newest' }],
    ['match[version]', { 'match[version]': 'all,first' }],
    ['next', { next: '../../etc' }],
    ['next', { next: 'AAAAAAAAAAAA' }],
    ['match[label]', { 'match[label]': 'x' }],
  ])('the filter %s is refused where it is %j', async (name, query) => {
    expect(await get(`${base}/objects/`, query)).toMatchObject({
      status: 400,
      body: {
        error_code: 'TAXII_QUERY',
        http_status: '400',
        details: { place: name },
        title: expect.any(String),
        error_id: expect.any(String),
      },
    })
  })

  test('what is not there and what the caller may not see are one answer', async () => {
    const hidden = await get(`/taxii2/comity/collections/${uuid(901)}/objects/`)
    expect(hidden).toMatchObject({ status: 404, body: { error_code: 'TAXII_NOT_FOUND' } })
    for (const path of [
      `/taxii2/comity/collections/nothing`,
      `${base}/objects/note--${uuid(77)}/`,
      `${base}/other/`,
      `${base}/objects/note--${uuid(1)}/versions/more/`,
      '/taxii2/other/',
      '/taxii2/comity/status/1/',
      '/elsewhere',
    ])
      expect(await get(path)).toEqual(hidden)
  })

  test('speaks 2.1 only, and takes nothing in', async () => {
    for (const accept of ['application/taxii+json', '*/*', null, 'text/html, application/taxii+json; version=2.1'])
      expect((await get('/taxii2/', {}, kept, accept)).status).toBe(200)
    for (const accept of ['application/taxii+json;version=2.0', 'application/json', 'application/taxii+json;q=0'])
      expect(await get('/taxii2/', {}, kept, accept)).toMatchObject({
        status: 406,
        body: { error_code: 'TAXII_MEDIA_TYPE' },
      })
    for (const method of ['POST', 'DELETE'])
      expect(
        await answerTaxii({ method, path: `${base}/objects/`, query: [], accept: null }, sourceOf(kept), settings),
      ).toMatchObject({
        status: 403,
        body: { error_code: 'TAXII_READ_ONLY' },
      })
  })

  test('pages give every object once, however many are added between them', async () => {
    const objects = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })),
      { maxLength: 30, selector: ([id, , version]) => `${id} ${version}` },
    )
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 7 }), async (rows, limit) => {
        const all = rows.map(([id, added, version]) => note(id, added, at(version)))
        const query = { 'match[version]': 'all', limit: String(limit) }
        const whole = await get(`${base}/objects/`, { 'match[version]': 'all' }, all)
        const found: unknown[] = []
        let next: string | undefined
        let late: readonly AddedObject[] = []
        do {
          const answer = await get(`${base}/objects/`, { ...query, ...(next ? { next } : {}) }, [...all, ...late])
          found.push(...(answer.body.objects ?? []))
          next = answer.body.next
          late = [...late, note(50 + late.length, 20)]
        } while (next && late.length < 60)
        const before = (whole.body.objects ?? []) as unknown[]
        expect(found.slice(0, before.length)).toEqual(before)
        expect(new Set(found.map((one) => JSON.stringify(one))).size).toBe(found.length)
      }),
      { numRuns: 40 },
    )
  })
})
