/** What an audience may not have is in no export, in no form: ids, labels, addresses, hashes, texts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, listNames, type Row } from './fields.ts'
import {
  exportBag,
  exportCase,
  exportCsv,
  exportFtm,
  exportMisp,
  exportPackage,
  exportStix,
  mayHave,
  type Release,
  release,
} from './index.ts'
import type { EvidencePackage, Marking } from './model.ts'
import { NIL } from './release.ts'
import { arbitraryPackage, openTo } from './testing/arbitrary-package.ts'
import {
  ADDRESS_RED,
  ADDRESS_SEALED,
  community,
  everything,
  fixture,
  nobody,
  partner,
  uuid,
} from './testing/fixture.ts'

/** Every byte that leaves, in all formats and manifests. */
function everyExport(released: Release): string {
  const bag = exportBag(released, [], { baggingDate: '2026-03-01' })
  if (!bag.ok) throw new Error(bag.refusal.message)
  const formats = [exportCase, exportStix, exportMisp, exportFtm].map((write) => write(released))
  const csv = exportCsv(released)
  return [
    ...formats.flatMap(({ text, manifest }) => [text, JSON.stringify(manifest)]),
    ...csv.files.map(({ text }) => text),
    JSON.stringify(csv.manifest),
    exportPackage(released),
    ...bag.value.flatMap(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  ].join('\n')
}

/** The identifying texts of an item: all that is not a kind, a date, a chain or a reference to something else. */
function textsOf(list: (typeof listNames)[number], row: Row, openAddresses: ReadonlySet<unknown>): string[] {
  return (
    fieldsOf(list)
      .filter(([, field]) => !field.open && field.form !== 'ref' && field.form !== 'amount')
      // The ends of a hidden transfer may be the addresses of open items; what is hidden is that they belong together.
      .filter(([name, field]) => !(list === 'transfers' && field.form === 'address' && openAddresses.has(row[name])))
      .flatMap(([name]) => (Array.isArray(row[name]) ? (row[name] as string[]) : [row[name]]))
      .filter((one): one is string => typeof one === 'string' && one.length >= 4)
  )
}

const idsOf = (pack: EvidencePackage) =>
  new Set(listNames.flatMap((list) => (pack[list] as readonly Row[]).map((row) => row.id ?? row.asset)))

function expectNothingHidden(whole: EvidencePackage, released: Release): number {
  const there = idsOf(released.package)
  const exported = everyExport(released).toLowerCase()
  const openAddresses = new Set([
    ...released.package.wallets.map(({ address }) => address),
    ...released.package.transfers.flatMap(({ from, to }) => [from, to]),
  ])
  let hidden = 0
  for (const list of listNames)
    for (const row of whole[list] as readonly Row[]) {
      if (list === 'assets' || list === 'markings' || there.has(row.id)) continue
      for (const text of textsOf(list, row, openAddresses)) {
        // The audience knows its own name, which the manifest states.
        if (released.audience.includes(text)) continue
        hidden++
        expect(exported.includes(text.toLowerCase()), `${list}: ${text}`).toBe(false)
      }
    }
  return hidden
}

describe('the fixture with red, amber, green and sealed items', () => {
  it.each([
    ['a named partner', partner],
    ['the community', community],
    ['nobody', nobody],
    ['those who may have everything but what is sealed', { ...everything, unsealed: [] }],
    ['the same for another purpose', { ...partner, purpose: 'tax' }],
    ['the same when it is passed on', { ...everything, onward: true }],
  ])('for %s: nothing hidden occurs in any export', (_, audience) => {
    expect(expectNothingHidden(fixture, release(fixture, audience))).toBeGreaterThan(2)
  })

  it('gives the partner amber and green, not red and not sealed', () => {
    const { package: pack } = release(fixture, partner)
    expect(pack.exhibits.map(({ id }) => id)).toEqual([uuid(41), uuid(42), uuid(44)])
    expect(pack.wallets.map(({ id }) => id)).toEqual([uuid(61), uuid(62), uuid(63)])
    // A transfer to a hidden address is hidden, whatever its own marking says.
    expect(pack.transfers.map(({ id }) => id)).toEqual([uuid(71), uuid(72), uuid(73)])
    expect(pack.markings.map(({ tlp }) => tlp)).toEqual(['green', 'amber'])
    // An open statement that rests on a hidden exhibit stays and does not name it.
    expect(pack.statements.find(({ id }) => id === uuid(84))?.sourceExhibit).toBe(null)
  })

  it('gives everything to whom it is meant for', () => {
    const exported = everyExport(release(fixture, everything))
    for (const text of [ADDRESS_RED, ADDRESS_SEALED, 'Quillfeather savings', 'Riga safe house'])
      expect(exported).toContain(text)
  })

  it('gives the empty audience nothing: no item, no id, no count', () => {
    const { package: pack } = release(fixture, nobody)
    for (const list of listNames) expect(pack[list]).toEqual([])
    expect(pack).toMatchObject({ id: NIL, caseReference: null, title: null, createdAt: null, marking: null })
    // What leaves is the same as for an empty package, so that not even a size tells.
    const none = { ...fixture, ...Object.fromEntries(listNames.map((list) => [list, []])) } as EvidencePackage
    expect(everyExport(release(fixture, nobody))).toBe(everyExport(release(none, nobody)))
  })

  it('writes the marking into every row, object and file', () => {
    const released = release(fixture, everything)
    for (const line of exportCsv(released).files.flatMap(({ text }) => text.trimEnd().split('\r\n').slice(1)))
      expect(line).toMatch(/"(red|amber|green)","H1"/)
    for (const line of exportFtm(released).text.trimEnd().split('\n')) expect(line).toMatch(/TLP:(RED|AMBER|GREEN)/)
    const { Event } = JSON.parse(exportMisp(released).text)
    for (const object of Event.Object)
      for (const attribute of object.Attribute) expect(attribute.Tag, object.name).toHaveLength(2)
    const { objects } = JSON.parse(exportStix(released).text)
    for (const one of objects)
      if (!/definition|system/.test(`${one.type} ${one.identity_class}`))
        expect(one.object_marking_refs, one.id).toBeDefined()
  })
})

it('an item without a marking, or with one that is not there, goes to nobody', () => {
  const bare = { ...fixture, marking: null, parties: fixture.parties.map((one) => ({ ...one, marking: null })) }
  expect(release(bare, everything).package.parties).toEqual([])
  const lost = { ...fixture, parties: fixture.parties.map((one) => ({ ...one, marking: uuid(999) })) }
  expect(release(lost, everything).package.parties).toEqual([])
})

it.each([
  ['red to the named', 'red', {}, true],
  ['red to another', 'red', { members: ['Other'] }, false],
  ['red to one named and one not', 'red', { members: ['Cyber Unit South', 'Other'] }, false],
  ['red to the named, to go further', 'red', { reach: 'community' }, false],
  [
    'amber+strict to a client of the named',
    'amber+strict',
    { members: ['Client'], clientOf: { Client: ['Cyber Unit South'] } },
    false,
  ],
  [
    'amber to a client of the named',
    'amber',
    { members: ['Client'], clientOf: { Client: ['Cyber Unit South'] } },
    true,
  ],
  ['amber to the name of a method of objects', 'amber', { members: ['constructor'] }, false],
  ['green to the community', 'green', { members: ['Other'], reach: 'community' }, true],
  ['green to the public', 'green', { members: ['Other'], reach: 'public' }, false],
  ['clear to the public', 'clear', { members: ['Other'], reach: 'public' }, true],
  ['clear to nobody', 'clear', { members: [] }, false],
  ['for another purpose', 'clear', { purpose: 'tax' }, false],
  ['for no purpose', 'clear', { purpose: null }, false],
  ['onward without permission', 'clear', { onward: true }, false],
  ['onward with permission', 'clear', { onward: true, permissions: [uuid(1)] }, true],
] as const)('%s', (_, tlp, more, may) => {
  const marking: Marking = {
    id: uuid(1), tlp, purposes: ['criminal-proceedings'], onwardUse: 'ask', handlingCode: null,
    recipients: ['Cyber Unit South'], sealed: false,
  } // biome-ignore format: a table
  expect(mayHave(marking, { ...partner, ...more })).toBe(may)
})

it('of any package, whichever markings are closed, no byte of a hidden item leaves', () => {
  let hidden = 0
  fc.assert(
    fc.property(
      arbitraryPackage,
      fc.array(fc.constantFrom('red', 'onward', 'sealed', 'purpose'), { minLength: 4, maxLength: 4 }),
      (pack, closed) => {
        const markings = pack.markings.map((one, index): Marking => {
          const how = index === 0 ? null : closed[index]
          if (how === 'red') return { ...one, tlp: 'red', recipients: ['Somebody Else'] }
          if (how === 'purpose') return { ...one, purposes: ['tax'] }
          return how === 'sealed' ? { ...one, sealed: true } : one
        })
        const open = openTo(pack)
        hidden += expectNothingHidden(
          { ...pack, markings },
          release({ ...pack, markings }, { ...open, unsealed: pack.markings.slice(0, 1).map(({ id }) => id) }),
        )
      },
    ),
    { numRuns: 150 },
  )
  expect(hidden).toBeGreaterThan(500)
})

it('a text that quotes something hidden is emptied, and an address that is hidden elsewhere takes its items along', () => {
  const quoting = {
    ...fixture,
    custody: fixture.custody.map((one) => ({
      ...one,
      remarks: `moved to ${ADDRESS_RED.toUpperCase()} of Suspect Quillfeather`,
    })),
    wallets: [
      ...fixture.wallets,
      {
        id: uuid(69),
        marking: uuid(901),
        chain: fixture.wallets[3]?.chain ?? '',
        address: ADDRESS_RED,
        holder: null,
        labels: [],
      },
    ],
  }
  const { package: pack } = release(quoting, partner)
  expect(pack.custody.map(({ remarks }) => remarks)).toEqual([null, null])
  expect(pack.wallets.some(({ address }) => address === ADDRESS_RED)).toBe(false)
})
