import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, sha256, sha512 } from '../../../kernel/index.ts'
import { importPackage } from '../package-json.ts'
import { release } from '../release.ts'
import { readBagFolder, writeBagFolder } from '../store/bag-folder.ts'
import { inOrder } from '../testing/expected.ts'
import { fixture, fixtureDesk, partner, releaseAll, uuid } from '../testing/fixture.ts'
import { type BagFile, verifyBag, writeBag } from './bag.ts'
import { decodeBagPath, encodeBagPath } from './bag-path.ts'
import { exportBag } from './export-bag.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const text = (file: BagFile | undefined) => Buffer.from(file?.bytes ?? []).toString()
const payload = [
  { path: 'a.txt', bytes: bytes('one') },
  { path: 'b/100%\nsure.txt', bytes: bytes('two') },
]
const info = [['Bagging-Date', '2026-03-01']] as const

function bag(): BagFile[] {
  const written = writeBag(payload, [{ path: 'markings.csv', bytes: bytes('x') }], info)
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value
}

it('writes the files of RFC 8493, with % and line breaks encoded in manifests only', () => {
  const files = new Map(bag().map((one) => [one.path, one]))
  expect([...files.keys()]).toEqual([
    'bag-info.txt', 'bagit.txt', 'data/a.txt', 'data/b/100%\nsure.txt', 'manifest-sha256.txt', 'manifest-sha512.txt',
    'markings.csv', 'tagmanifest-sha256.txt', 'tagmanifest-sha512.txt',
  ]) // biome-ignore format: a list
  expect(text(files.get('bagit.txt'))).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  expect(text(files.get('bag-info.txt'))).toBe('Bagging-Date: 2026-03-01\nPayload-Oxum: 6.2\n')
  // SHA-256 of "one" and "two", by sha256sum.
  expect(text(files.get('manifest-sha256.txt'))).toBe(
    '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  data/a.txt\n' +
      '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  data/b/100%25%0Asure.txt\n',
  )
})

it('verifies what it wrote', () => {
  const read = verifyBag(bag())
  expect(read.ok && read.value).toEqual({
    payload,
    tags: [{ path: 'markings.csv', bytes: bytes('x') }],
    info: [
      ['Bagging-Date', '2026-03-01'],
      ['Payload-Oxum', '6.2'],
    ],
  })
})

describe('refuses a bag', () => {
  const changed = (change: (files: BagFile[]) => BagFile[]) => verifyBag(change(bag()))
  const swap = (path: string, to: string) => (files: BagFile[]) =>
    files.map((one) => (one.path === path ? { path, bytes: bytes(to) } : one))
  it.each([
    ['with a changed file', swap('data/a.txt', 'One')],
    ['with a changed tag file', swap('markings.csv', 'y')],
    ['with a changed bag-info.txt', swap('bag-info.txt', 'Payload-Oxum: 6.2\n')],
    ['without a file', (files: BagFile[]) => files.filter(({ path }) => path !== 'data/a.txt')],
    ['with a file more', (files: BagFile[]) => [...files, { path: 'data/more', bytes: bytes('') }]],
    ['with a fetch.txt', (files: BagFile[]) => [...files, { path: 'fetch.txt', bytes: bytes('') }]],
    ['without bagit.txt', (files: BagFile[]) => files.filter(({ path }) => path !== 'bagit.txt')],
    ['of another version', swap('bagit.txt', 'BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n')],
    ['with another encoding', swap('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n')],
    ['without a manifest', (files: BagFile[]) => files.filter(({ path }) => !path.includes('manifest'))],
    ['whose manifest is no manifest', swap('manifest-sha256.txt', 'hello')],
    [
      'whose manifest lists a tag file',
      (files: BagFile[]) =>
        files.map((one) =>
          one.path === 'manifest-sha256.txt'
            ? { ...one, bytes: bytes(`${text(one)}${'0'.repeat(64)}  bagit.txt\n`) }
            : one,
        ),
    ],
  ])('%s', (_, change) => {
    const read = changed(change)
    expect(read.ok ? 'taken' : read.refusal.code).toBe('FORMATS_BAG_INVALID')
  })
})

describe('refuses a path', () => {
  it.each([
    '../a', 'a/../b', './a', '/a', '~/a', 'C:/a', 'a//b', 'a\\b', 'a\0', '', 'con', 'x/NUL.txt', 'a.', 'b /c', '\ud800',
  ])('%j', (path) => {
    const written = writeBag([{ path, bytes: bytes('') }], [], [])
    expect(written.ok ? 'taken' : written.refusal.code).toBe('FORMATS_BAG_PATH')
    const read = verifyBag([...bag(), { path: path === '' ? '' : `data/${path}`, bytes: bytes('') }])
    expect(read.ok).toBe(false)
  }) // biome-ignore format: a list

  it.each([
    ['é.txt', 'e\u0301.txt'],
    ['A.txt', 'a.txt'],
    ['ﬀ'.normalize('NFC'), 'ﬀ'],
  ])('%j beside %j', (one, other) => {
    const written = writeBag(
      [one, other].map((path) => ({ path, bytes: bytes('') })),
      [],
      [],
    )
    expect(written.ok ? 'taken' : written.refusal.code).toBe('FORMATS_BAG_PATH')
  })
})

it('every path that is taken comes back from its manifest form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      expect(decodeBagPath(encodeBagPath(path))).toBe(path)
    }),
  )
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 5 }), (paths) => {
      const written = writeBag(
        paths.map((path) => ({ path, bytes: bytes(path) })),
        [],
        [],
      )
      if (!written.ok) {
        expect(written.refusal.code).toBe('FORMATS_BAG_PATH')
        return
      }
      const read = verifyBag(written.value)
      expect(read.ok && read.value.payload.map(({ path }) => path).sort()).toEqual([...paths].sort())
    }),
  )
})

it('any changed byte of any file is found', () => {
  const files = bag()
  fc.assert(
    fc.property(fc.nat(files.length - 1), fc.nat(500), fc.integer({ min: 1, max: 255 }), (which, at, by) => {
      const broken = files.map((one, index) => {
        if (index !== which || one.bytes.length === 0) return one
        const copy = Uint8Array.from(one.bytes)
        copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ by
        return { ...one, bytes: copy }
      })
      // A tag manifest lists itself nowhere; a change in one can only be a sum that no longer fits, or a broken line.
      const read = verifyBag(broken)
      const path = files[which]?.path ?? ''
      if (!path.startsWith('tagmanifest-')) expect(read.ok, path).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

describe('a released package as a bag', () => {
  const file = bytes('the image')
  const pack = {
    ...fixture,
    exhibits: fixture.exhibits.map((one) => (one.id === uuid(42) ? { ...one, sha256: bytesToHex(sha256(file)) } : one)),
  }

  it('goes to a folder and comes back whole', async () => {
    const released = releaseAll(pack)
    const made = exportBag(released, [{ exhibit: uuid(42), bytes: file }], { baggingDate: '2026-03-01' })
    if (!made.ok) throw new Error(made.refusal.message)
    const base = mkdtempSync(join(tmpdir(), 'comity-bag-'))
    const folder = join(base, 'out', 'bag')
    expect((await writeBagFolder(folder, made.value)).ok).toBe(true)
    expect(readdirSync(join(base, 'out'))).toEqual(['bag'])
    const again = await writeBagFolder(folder, made.value)
    expect(again.ok ? 'written over' : again.refusal.code).toBe('FORMATS_BAG_PATH')
    const read = await readBagFolder(folder)
    const checked = read.ok ? verifyBag(read.value) : read
    if (!checked.ok) throw new Error(checked.refusal.message)
    const inside = new Map(checked.value.payload.map((one) => [one.path, one.bytes]))
    expect(Buffer.from(inside.get(`exhibits/${uuid(42)}`) ?? []).toString()).toBe('the image')
    const back = importPackage(inside.get('package.json') ?? new Uint8Array(), fixtureDesk)
    expect(back.ok && inOrder(back.value.package)).toEqual(inOrder(released.package))
    expect(Buffer.from(checked.value.tags[0]?.bytes ?? []).toString()).toContain(`"data/exhibits/${uuid(42)}","AMBER"`)
    writeFileSync(join(base, 'secret'), 'x')
    symlinkSync(join(base, 'secret'), join(folder, 'data', 'link'))
    const linked = await readBagFolder(folder)
    expect(linked.ok ? 'followed' : linked.refusal.code).toBe('FORMATS_BAG_PATH')
  })

  describe('with an exhibit whose bytes lie elsewhere', () => {
    const stored = { exhibit: uuid(42), size: file.length, sha256: bytesToHex(sha256(file)) }
    const long = bytesToHex(sha512(file))
    const planned = (more: object = {}) => {
      const made = exportBag(releaseAll(pack), [{ ...stored, sha512: long, ...more }], { baggingDate: '2026-03-01' })
      if (!made.ok) throw new Error(made.refusal.message)
      return made.value
    }
    const folder = () => join(mkdtempSync(join(tmpdir(), 'comity-bag-')), 'bag')

    it('is the bag that holds them from the start, byte for byte', async () => {
      const whole = exportBag(releaseAll(pack), [{ exhibit: uuid(42), bytes: file }], { baggingDate: '2026-03-01' })
      const target = folder()
      const pieces: string[] = []
      const written = await writeBagFolder(target, planned(), async function* ({ path }) {
        pieces.push(path)
        for (const one of file) yield Uint8Array.of(one)
      })
      expect(written.ok).toBe(true)
      expect(pieces).toEqual([`data/exhibits/${uuid(42)}`])
      const read = await readBagFolder(target)
      expect(read.ok && verifyBag(read.value).ok).toBe(true)
      const byPath = (files: readonly { path: string; bytes: Uint8Array }[]) =>
        new Map(files.map((one) => [one.path, bytesToHex(sha256(one.bytes))]))
      expect(read.ok && byPath(read.value)).toEqual(whole.ok && byPath(whole.value))
    })

    it.each([
      ['other bytes', bytes('the imagf'), {}],
      ['fewer bytes', bytes('the'), {}],
      ['more bytes', bytes('the image, and more'), {}],
      ['another SHA-512 than was stated', file, { sha512: '0'.repeat(128) }],
    ])('is not written where there are %s', async (_, content, more) => {
      const target = folder()
      const written = await writeBagFolder(target, planned(more), async function* () {
        yield content
      })
      expect(written).toMatchObject({
        ok: false,
        refusal: { code: 'FORMATS_ATTACHMENT_HASH', place: `data/exhibits/${uuid(42)}` },
      })
      expect(readdirSync(dirname(target))).toEqual([])
    })

    it('takes none whose stated hash is not that of its exhibit', () => {
      const other = { ...stored, sha256: '0'.repeat(64), sha512: long }
      const made = exportBag(releaseAll(pack), [other], { baggingDate: '2026-03-01' })
      expect(made.ok ? 'attached' : made.refusal.code).toBe('FORMATS_ATTACHMENT_HASH')
    })
  })

  it.each([
    ['whose exhibit was not released', uuid(43), file],
    ['with another hash', uuid(42), bytes('another image')],
    ['of a device, which has no hash', uuid(41), file],
  ])('takes no attachment %s', (_, exhibit, content) => {
    const made = exportBag(release(pack, partner), [{ exhibit, bytes: content }], { baggingDate: '2026-03-01' })
    expect(made.ok ? 'attached' : made.refusal.code).toBe('FORMATS_ATTACHMENT_HASH')
  })
})
