/** CASE/UCO against the published shapes; fixtures good and bad. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { release } from '../release.ts'
import { inOrder } from '../testing/expected.ts'
import { ADDRESS_A, fixture, fixtureDesk, partner, releaseAll, uuid } from '../testing/fixture.ts'
import { findings, vectors, violations } from '../testing/shacl.ts'
import { exportCase } from './export-case.ts'
import { importCase } from './import-case.ts'

type Json = Record<string, unknown>
const read = (path: string): Json => JSON.parse(readFileSync(join(vectors, path), 'utf8'))
const bytes = (document: unknown) => Buffer.from(JSON.stringify(document))
const exported = (): { '@graph': Json[] } => JSON.parse(exportCase(releaseAll()).text)

describe('the validator bites: examples of CASE and UCO', () => {
  /**
   * Violations that the published reports have and SHACL Core does not find, because the shape is in SPARQL; and two that
   * rdf-validate-shacl finds in co: it does not know the datatype xsd:positiveInteger.
   */
  const difference: Readonly<Record<string, number>> = {
    co_PASS: 2,
    co_XFAIL: 1,
    dictionary_XFAIL: -2,
    has_facet_inverse_functional_XFAIL: -2,
    owl_axiom_XFAIL: -1,
    owl_properties_XFAIL: -3,
    rdf_list_XFAIL: -3,
    thread_XFAIL: -2,
    uco_thing_XFAIL: -1,
  }
  const examples = globSync('case/examples/*.json', { cwd: vectors }).sort()

  it('are all there', () => {
    expect(examples.filter((path) => path.includes('PASS')).length).toBe(22)
    expect(examples.filter((path) => path.includes('XFAIL')).length).toBe(18)
  })

  it.each(examples)('%s has the violations of its published report', async (path) => {
    const report = readFileSync(join(vectors, path.replace('.json', '_validation.ttl')), 'utf8')
    const stated = report.match(/resultSeverity sh:Violation/g)?.length ?? 0
    const found = await violations(read(path))
    expect(found.length).toBe(stated + (difference[basename(path, '.json')] ?? 0))
  })
})

describe('an export', () => {
  it('has nothing that the published shapes or ours object to, not even advice', async () => {
    expect(await findings(exported())).toEqual([])
    expect(await findings(JSON.parse(exportCase(release(fixture, partner)).text))).toEqual([])
  })

  it('is the PASS fixture of vectors/case/comity', () => {
    expect(exportCase(releaseAll()).text).toBe(readFileSync(join(vectors, 'case/comity/package_PASS.json'), 'utf8'))
  })

  it('joins release and receipt by one relationship', () => {
    expect(exported()['@graph'].filter((one) => one['@type'] === 'uco-core:Relationship')).toMatchObject([
      {
        'uco-core:kindOfRelationship': 'custody-transfer',
        'uco-core:isDirectional': true,
        'uco-core:source': [{ '@id': `kb:custody-event-${uuid(51)}` }],
        'uco-core:target': { '@id': `kb:custody-event-${uuid(52)}` },
      },
    ])
  })

  it('joins no two events whose sides do not meet', () => {
    const apart = fixture.custody.map((one) => (one.id === uuid(52) ? { ...one, counterpart: uuid(31) } : one))
    const text = exportCase(releaseAll({ ...fixture, custody: apart })).text
    expect(text).not.toContain('custody-transfer')
  })

  it('has ids that all end in a UUID, as UCO asks (core:UcoThing-identifier-regex-shape)', () => {
    const ids = [...exportCase(releaseAll()).text.matchAll(/"@id": "([^"]+)"/g)].map(([, id]) => id ?? '')
    expect(ids.length).toBeGreaterThan(100)
    for (const id of ids) expect(id).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-5][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  })
})

it.each(globSync('case/comity/*_XFAIL.json', { cwd: vectors }).sort())(
  '%s fails the shape it is made to fail',
  async (path) => {
    const document = read(path)
    const found = await violations(document)
    expect(found.map((one) => one.path).join()).toContain(
      String(document['@comment-expected']).slice(0, 80) || 'nothing',
    )
  },
)

describe('an import', () => {
  const whole = () => inOrder(releaseAll().package)

  it('takes the expanded form that jsonld makes', async () => {
    const expanded = await jsonld.expand(exported())
    const back = importCase(bytes(expanded), fixtureDesk)
    expect(back.ok && inOrder(back.value.package)).toEqual(whole())
  })

  it('takes our context by its name', () => {
    const back = importCase(bytes({ ...exported(), '@context': 'urn:comity:context:case-uco:1.4.0' }), fixtureDesk)
    expect(back.ok && inOrder(back.value.package)).toEqual(whole())
  })

  it('takes a single node, terms and type coercion', () => {
    const back = importCase(
      bytes({
        '@context': {
          inv: 'https://ontology.caseontology.org/case/investigation/',
          '@vocab': 'https://ontology.unifiedcyberontology.org/uco/core/',
          begun: { '@id': 'startTime', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
        },
        '@id': 'kb:one',
        '@type': 'inv:Investigation',
        name: 'Alone',
        'https://ontology.unifiedcyberontology.org/uco/core/startTime': '2026-01-01T01:00:00+01:00',
      }),
      fixtureDesk,
    )
    expect(back.ok && back.value.package.investigations).toMatchObject([
      { name: 'Alone', start: '2026-01-01T00:00:00Z' },
    ])
  })

  it.each([
    ['https://evil.example/context.jsonld', 'FORMATS_CONTEXT_UNKNOWN'],
    [['__proto__'], 'FORMATS_CONTEXT_UNKNOWN'],
    [{ '@import': 'https://evil.example/' }, 'FORMATS_CONTEXT_UNSUPPORTED'],
    [{ term: { '@id': 'x:y', '@reverse': 'z' } }, 'FORMATS_CONTEXT_UNSUPPORTED'],
  ])('refuses the context %j', (context, code) => {
    const back = importCase(bytes({ '@context': context, '@id': 'a:b', '@type': 'c:d' }), fixtureDesk)
    expect(back.ok ? 'taken' : back.refusal.code).toBe(code)
  })

  it('refuses a document without a class of CASE or UCO', () => {
    const back = importCase(bytes({ '@id': 'a:b', '@type': 'c:d', 'e:f': 1 }), fixtureDesk)
    expect(back.ok ? 'taken' : back.refusal.code).toBe('FORMATS_NOT_THIS_FORMAT')
  })

  it('reads foreign files: the published example, with the name of the action kept', () => {
    const back = importCase(bytes(read('case/examples/investigative_action_PASS.json')), fixtureDesk)
    if (!back.ok) throw new Error(back.refusal.message)
    expect(back.value.package.exhibits).toMatchObject([
      {
        id: '1ef24857-e713-40ec-b325-b2561a4fcb3a',
        exhibitNumber: '1',
        description: 'Screenshot of webpage',
        size: 1234567,
      },
    ])
    expect(back.value.package.custody).toMatchObject([
      { type: null, remarks: 'Submit reference graphic', exhibit: '1ef24857-e713-40ec-b325-b2561a4fcb3a' },
    ])
    expect(back.value.manifest.dropped.map(({ path }) => path).join()).toContain('pictureHeight')
  })

  it('reads every published example, or refuses it as none of CASE', () => {
    const codes = globSync('case/examples/*.json', { cwd: vectors }).map((path) => {
      const back = importCase(readFileSync(join(vectors, path)), fixtureDesk)
      return back.ok ? 'read' : back.refusal.code
    })
    expect(new Set(codes)).toEqual(new Set(['read', 'FORMATS_NOT_THIS_FORMAT']))
    expect(codes.filter((code) => code === 'read').length).toBeGreaterThan(30)
  })

  it('leaves a wallet out whose address the gate refuses, with a defect', () => {
    const text = exportCase(releaseAll()).text.replaceAll(ADDRESS_A, `${ADDRESS_A}x`)
    const back = importCase(Buffer.from(text), fixtureDesk)
    if (!back.ok) throw new Error(back.refusal.message)
    expect(back.value.package.wallets.some(({ id }) => id === uuid(61))).toBe(false)
    expect(new Set(back.value.defects.map(({ code }) => code))).toEqual(
      new Set(['FORMATS_ADDRESS_REFUSED', 'FORMATS_ITEM_INCOMPLETE', 'FORMATS_REFERENCE_MISSING']),
    )
  })
})
