/** Export and import of every format: the package minus exactly what the manifest says. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../kernel/index.ts'
import type { BuiltPackage, ImportDesk } from './build-package.ts'
import { fieldsByList, isEmpty, listNames, type Row } from './fields.ts'
import {
  exportCase,
  exportCsv,
  exportFtm,
  exportMisp,
  exportPackage,
  exportStix,
  type FormatManifest,
  importCase,
  importFtm,
  importMisp,
  importPackage,
  importStix,
  type Release,
  release,
} from './index.ts'
import { arbitraryGate, arbitraryPackage, openTo } from './testing/arbitrary-package.ts'
import { inOrder, minusDropped } from './testing/expected.ts'
import { fixture, fixtureDesk, releaseAll } from './testing/fixture.ts'

type Format = {
  readonly name: string
  readonly write: (released: Release) => { readonly text: string; readonly manifest: FormatManifest }
  readonly read: (bytes: Uint8Array, desk: ImportDesk) => Result<BuiltPackage>
}

const formats: readonly Format[] = [
  { name: 'CASE', write: exportCase, read: importCase },
  { name: 'STIX', write: exportStix, read: importStix },
  { name: 'MISP', write: exportMisp, read: importMisp },
  { name: 'FollowTheMoney', write: exportFtm, read: importFtm },
]

const isManifest = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL('../../../../docs/spec/json/format-manifest.schema.json', import.meta.url), 'utf8')),
)

function expectRoundTrip({ write, read }: Format, released: Release, desk: ImportDesk): void {
  const { text, manifest } = write(released)
  const back = read(Buffer.from(text), desk)
  if (!back.ok) throw new Error(JSON.stringify(back.refusal))
  const without = manifest.dropped.some(({ path }) => path === 'id') ? ['id'] : []
  expect(inOrder(back.value.package, without)).toEqual(inOrder(minusDropped(released.package, manifest), without))
  expect(back.value.defects).toEqual([])
}

describe.each(formats)('$name', (format) => {
  it('gives the fixture back, minus what the manifest names', () => {
    expectRoundTrip(format, releaseAll(), fixtureDesk)
  })

  it('gives any package back, minus what the manifest names', () => {
    fc.assert(
      fc.property(arbitraryPackage, (pack) => {
        const released = release(pack, openTo(pack))
        expect(inOrder(released.package)).toEqual(inOrder(pack))
        expectRoundTrip(format, released, { gate: arbitraryGate, assets: pack.assets })
      }),
      { numRuns: 150 },
    )
  })

  it('names every field that holds something in its manifest, once', () => {
    const { manifest } = format.write(releaseAll())
    expect(isManifest(manifest), JSON.stringify(isManifest.errors)).toBe(true)
    expectAllNamed(manifest)
  })

  it('is the same for the same package', () => {
    expect(format.write(releaseAll()).text).toBe(format.write(releaseAll()).text)
  })

  it('is written the same after a second round', () => {
    const first = format.write(releaseAll())
    const back = format.read(Buffer.from(first.text), fixtureDesk)
    if (!back.ok) throw new Error(back.refusal.message)
    const again = format.write(
      releaseAll({ ...back.value.package, marking: fixture.marking, markings: fixture.markings }),
    )
    const twice = format.read(Buffer.from(again.text), fixtureDesk)
    if (!twice.ok) throw new Error(twice.refusal.message)
    expect(inOrder(twice.value.package, ['id', 'marking'])).toEqual(inOrder(back.value.package, ['id', 'marking']))
  })
})

it('the package itself comes back whole', () => {
  fc.assert(
    fc.property(arbitraryPackage, (pack) => {
      const back = importPackage(Buffer.from(exportPackage(release(pack, openTo(pack)))), {
        gate: arbitraryGate,
        assets: [],
      })
      expect(back.ok && inOrder(back.value.package)).toEqual(inOrder(pack))
    }),
    { numRuns: 100 },
  )
})

it('the manifest of the tables names every field', () => {
  const { manifest } = exportCsv(releaseAll())
  expect(isManifest(manifest)).toBe(true)
  expectAllNamed(manifest)
})

function expectAllNamed(manifest: FormatManifest): void {
  const pack = releaseAll().package
  const count = new Map<string, number>()
  for (const { path } of [...manifest.mapped, ...manifest.changed, ...manifest.dropped])
    count.set(path, (count.get(path) ?? 0) + 1)
  for (const list of listNames)
    for (const [index, row] of (pack[list] as readonly Row[]).entries())
      for (const field of Object.keys(fieldsByList[list])) {
        const named = (count.get(`${list}[].${field}`) ?? 0) + (count.get(`${list}[${index}].${field}`) ?? 0)
        expect(named, `${list}[${index}].${field}`).toBe(isEmpty(row[field]) ? named : 1)
      }
  for (const name of ['id', 'caseReference', 'title', 'createdAt', 'marking']) expect(count.get(name), name).toBe(1)
}
