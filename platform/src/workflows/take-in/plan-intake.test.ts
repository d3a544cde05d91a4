/** What any package becomes in a case: items that the case takes, markings never weaker, every field accounted for. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetRef, caseworkActions, checkMarking, loosens } from '../../casework/index.ts'
import { evidenceActions } from '../../evidence/custody/index.ts'
import { fieldsOf, isEmpty, listNames, type Row } from '../../evidence/formats/fields.ts'
import { type EvidencePackage, importCase, importFtm, importStix } from '../../evidence/formats/index.ts'
import { arbitraryPackage } from '../../evidence/formats/testing/arbitrary-package.ts'
import { fixture } from '../../evidence/formats/testing/fixture.ts'
import { vectors } from '../../evidence/formats/testing/shacl.ts'
import { type Action, amber, type Marking, ok } from '../../kernel/index.ts'
import { type IntakeFacts, originKey, planIntake } from './plan-intake.ts'
import { sourceMarking } from './source-marking.ts'

const ME = '00000000-0000-7000-8000-000000000002'
const FILE = '00000000-0000-7000-8000-000000000003'
const facts: IntakeFacts = {
  actor: ME,
  exhibit: { id: FILE, marking: { ...amber, tlp: 'clear', onwardUse: true } },
  unmarked: amber,
  purposes: ['criminal-proceedings'],
  knownByOrigin: new Map(),
  walletByAsset: new Map(),
}

const formats = {
  uuid: /^[0-9a-f-]{36}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
}
const ajv = new Ajv2020({ strict: true, formats })
const inputOf = (name: string) => {
  const found = ([...caseworkActions, ...evidenceActions] as readonly Action[]).find((one) => one.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return ajv.compile(found.input)
}
const accepts = {
  wallet: inputOf('wallet.add'),
  event: inputOf('event.add'),
  'person-of-interest': inputOf('person-of-interest.add'),
  statement: inputOf('statement.make'),
}

/** Markings of the package that allow the purposes of the case: else nothing would be taken in. */
const usable = (pack: EvidencePackage): EvidencePackage => ({
  ...pack,
  markings: pack.markings.map((one) => ({
    ...one,
    purposes: one.purposes.length % 2 === 0 ? [] : ['criminal-proceedings'],
  })),
})

function everyWhole(pack: EvidencePackage, more: Partial<IntakeFacts> = {}) {
  const plan = planIntake(pack, { ...facts, ...more })
  for (const item of plan.items) {
    const { kind, marking } = item
    const input =
      'body' in item
        ? { caseId: FILE, ...item.body, retracted: undefined, marking }
        : { caseId: FILE, content: item.content, basis: 'assessment', marking }
    const valid = accepts[kind](JSON.parse(JSON.stringify(input)))
    expect(valid, `${kind}: ${JSON.stringify(accepts[kind].errors)} ${JSON.stringify(input).slice(0, 300)}`).toBe(true)
    expect(checkMarking(marking).ok).toBe(true)
  }
  return plan
}

test('every item that is planned is one that the case would take by hand', () => {
  fc.assert(
    fc.property(arbitraryPackage, (pack) => {
      everyWhole(usable(pack))
    }),
    { numRuns: 200 },
  )
  const long = {
    ...fixture,
    parties: fixture.parties.map((one) => ({ ...one, name: `${one.name} ${'x'.repeat(20_000)}` })),
  }
  const { manifest } = everyWhole({
    ...long,
    statements: fixture.statements.map((one) => ({ ...one, claim: 'y'.repeat(19_000) })),
  })
  expect(manifest.changed.filter(({ how }) => /cut/.test(how)).length).toBeGreaterThan(0)
})

test('every field of every row has its fate in the manifest, and nothing is both taken and dropped', () => {
  fc.assert(
    fc.property(arbitraryPackage, (pack) => {
      const { manifest, items } = planIntake(pack, facts)
      const told = new Set([...manifest.mapped, ...manifest.changed, ...manifest.dropped].map(({ path }) => path))
      for (const list of listNames)
        for (const [at, row] of (pack[list] as readonly Row[]).entries())
          for (const [field] of fieldsOf(list))
            if (!isEmpty(row[field]))
              expect(told.has(`${list}[].${field}`) || told.has(`${list}[${at}].${field}`), `${list}.${field}`).toBe(
                true,
              )
      expect(new Set(items.map(({ path }) => path)).size).toBe(items.length)
    }),
    { numRuns: 150 },
  )
})

test('nothing is marked weaker than its source or the file says', () => {
  const file: fc.Arbitrary<Marking> = fc.constantFrom(
    amber,
    { ...amber, tlp: 'red', audience: [ME] },
    { ...amber, tlp: 'clear', onwardUse: true },
    { ...amber, needToKnow: true, audience: [ME], handling: 'H2' },
  )
  fc.assert(
    fc.property(arbitraryPackage, file, (whole, marking) => {
      const pack = usable(whole)
      const { items } = planIntake(pack, { ...facts, exhibit: { id: FILE, marking } })
      for (const item of items) {
        const rows = pack[item.list] as readonly { id: string; marking: string | null }[]
        const stated = pack.markings.find(
          ({ id }) => id === (rows.find(({ id }) => id === item.origin)?.marking ?? pack.marking),
        )
        for (const one of [marking, stated ? sourceMarking(stated, ME) : amber]) {
          const { handling: _, ...kept } = one
          expect(
            loosens({ ...kept, audience: [...one.audience, ME] }, { ...item.marking, handling: undefined } as never),
          ).toBe(false)
        }
      }
    }),
    { numRuns: 150 },
  )
})

/** Documents that others have published, read with a gate that takes every address: whatever they say must fit the case. */
describe('a document of a stranger', () => {
  const assets = [{ asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0', symbol: 'BTC', decimals: 8 }]
  const desk = { gate: (_: string, address: string) => ok(address), assets }
  const found = (pattern: string) => globSync(pattern, { cwd: vectors }).sort()
  test.each([
    ...found('stix/examples/**/*.json').map((path) => [path, importStix] as const),
    ...found('case/examples/*.json').map((path) => [path, importCase] as const),
    ...found('ftm/donations.ijson').map((path) => [path, importFtm] as const),
  ])('%s gives what the case takes, or is refused', (path, read) => {
    const back = read(readFileSync(join(vectors, path)), desk)
    if (!back.ok) return expect(back.refusal.code).toMatch(/^FORMATS_/)
    const { items, manifest } = everyWhole(back.value.package)
    expect(manifest.direction).toBe('import')
    expect(items.every(({ marking }) => marking.tlp !== 'clear' || back.value.package.markings.length > 0)).toBe(true)
  })

  test('some of them give something', () => {
    const read = importFtm(readFileSync(join(vectors, 'ftm/donations.ijson')), desk)
    expect(read.ok && everyWhole(read.value.package).items.length).toBeGreaterThan(10)
  })
})

describe('the fixture', () => {
  const { items, manifest } = planIntake(fixture, facts)
  const of = (kind: string) => items.filter((one) => one.kind === kind)

  test('gives wallets, persons and statements; who only acts in it is no person of interest', () => {
    expect(of('wallet').length).toBe(fixture.wallets.length)
    expect(
      of('person-of-interest').map((one) => 'content' in one && 'name' in one.content && one.content.name),
    ).toEqual(['Suspect Quillfeather', 'Harbour Exchange'])
    expect(of('statement').length).toBe(fixture.statements.length)
    // A transfer without a time is no event.
    expect(of('event').length).toBe(fixture.transfers.filter(({ time }) => time !== null).length)
    expect(manifest.dropped.some(({ path, why }) => path.startsWith('transfers[') && /time/.test(why))).toBe(true)
  })

  test('statements keep who says so, how sure, and that their source took them back', () => {
    const bodies = of('statement').flatMap((one) => ('body' in one ? [one.body] : []))
    expect(bodies.map(({ confidence, statedBy }) => [confidence, statedBy])).toEqual([
      ['high', 'Examiner Okafor'],
      ['low', 'Not stated by the source.'],
      ['moderate', 'Examiner Okafor'],
      ['high', 'Not stated by the source.'],
    ])
    expect(bodies.map(({ retracted }) => retracted?.by ?? null)).toEqual([null, null, 'source', null])
    expect(bodies.every(({ sourceExhibit }) => sourceExhibit === FILE)).toBe(true)
    expect(bodies[1]?.claim).toBe('listed address; listed by OFAC as SDN-38210')
  })

  test('a purpose that its source did not allow keeps it out', () => {
    const plan = planIntake(fixture, { ...facts, purposes: ['criminal-proceedings', 'asset-recovery'] })
    expect(plan.items.filter(({ list }) => list !== 'statements')).toEqual([])
    expect(plan.manifest.dropped.some(({ why }) => why.includes('allows it for criminal-proceedings only'))).toBe(true)
  })

  test('what stands in the case already is noted and not added', () => {
    const [wallet, statement] = [fixture.wallets[0], fixture.statements[0]]
    if (!wallet || !statement) throw new Error('an empty fixture')
    const plan = planIntake(fixture, {
      ...facts,
      walletByAsset: new Map([[assetRef(wallet), FILE]]),
      knownByOrigin: new Map([[originKey('statements', statement.id), { kind: 'statement', id: ME }]]),
    })
    expect(plan.items.length).toBe(items.length - 2)
    expect(plan.present).toEqual([
      { path: 'statements[0]', kind: 'statement', id: ME },
      { path: 'wallets[0]', kind: 'wallet', id: FILE },
    ])
    expect(plan.manifest.changed.some(({ to }) => to === `wallet/${FILE}`)).toBe(true)
  })

  test('one address in several rows is one wallet, marked as strictly as the strictest', () => {
    const [first] = fixture.wallets
    if (!first) throw new Error('an empty fixture')
    const red = fixture.markings.find(({ tlp }) => tlp === 'red')?.id ?? null
    const twin = { ...first, id: '00000000-0000-4000-8000-000000000999', marking: red }
    const plan = planIntake({ ...fixture, wallets: [...fixture.wallets, twin] }, facts)
    const taken = plan.items.filter((one) => one.kind === 'wallet' && assetRef(one.content) === assetRef(first))
    expect(taken.map(({ marking }) => marking.tlp)).toEqual(['red'])
  })
})
