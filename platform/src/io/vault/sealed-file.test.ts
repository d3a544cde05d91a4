import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newSecret } from '../../kernel/crypto/index.ts'
import { openFile, sealedSize, sealFile } from './sealed-file.ts'
import { pattern } from './testing/vault-content.ts'

const seal = { caseKey: newSecret(), objectId: '00000000-0000-7000-8000-000000000001', chunk: 64 }
async function* of(...parts: Uint8Array[]) {
  yield* parts
}
async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
const sealAll = (plain: Uint8Array, by = seal) => gather(sealFile(by, of(plain)))
const readOf = (sealed: Uint8Array) => (first: number, last: number) => of(sealed.subarray(first, last + 1))
/** As the vault reads: a file of another size is refused before it is opened. */
const openAll = async (sealed: Uint8Array, size: number, by = seal) => {
  if (sealed.length !== sealedSize(size, by.chunk)) throw new Error('SEAL_BROKEN: size')
  return gather(openFile(by, size, readOf(sealed)))
}

describe('a sealed file', () => {
  test.each([0, 1, 63, 64, 65, 128, 1000])('of %i bytes opens to the same, whole and in parts', async (size) => {
    const plain = pattern(size)
    const sealed = await sealAll(plain)
    expect(sealed.length).toBe(sealedSize(size, 64))
    expect(await openAll(sealed, size)).toEqual(plain)
    for (const [first, last] of [
      [0, 0],
      [size - 1, size - 1],
      [60, 70],
      [64, 127],
      [0, size - 1],
    ] as const) {
      if (first < 0 || last >= size) continue
      expect(await gather(openFile(seal, size, readOf(sealed), { first, last }))).toEqual(
        plain.subarray(first, last + 1),
      )
    }
  })

  test('does not depend on how the bytes come in', async () => {
    const plain = pattern(300)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), 300]
        const parts = edges.slice(1).map((edge, at) => plain.subarray(edges[at], edge))
        const sealed = await gather(sealFile(seal, of(...parts)))
        expect(await openAll(sealed, 300)).toEqual(plain)
      }),
      { numRuns: 200 },
    )
  })

  test('is under another key each time, so that a place never seals two contents under one key', async () => {
    const [one, two] = [await sealAll(pattern(64)), await sealAll(pattern(64))]
    expect(one.subarray(40)).not.toEqual(two.subarray(40))
  })

  test('shows each of 10,000 edits: changed bits, cut, longer, swapped, repeated, left out, of another file', async () => {
    const size = 300
    const sealed = await sealAll(pattern(size))
    const other = await sealAll(pattern(size, 2))
    const head = 40
    const step = 64 + 16
    const chunkAt = (from: Uint8Array, at: number) => from.subarray(head + at * step, head + (at + 1) * step)
    const chunks = (from: Uint8Array) => [0, 1, 2, 3, 4].map((at) => chunkAt(from, at))
    const withChunks = (list: readonly Uint8Array[]) => Buffer.concat([sealed.subarray(0, head), ...list])
    const edit = fc.oneof(
      fc.tuple(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ mask
        return changed
      }),
      fc.nat(sealed.length - 1).map((length) => sealed.subarray(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 200 }).map((more) => Buffer.concat([sealed, more])),
      fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => {
        const list = chunks(sealed)
        const [first, second] = [list[a], list[b]]
        if (first && second) [list[a], list[b]] = [second, first]
        return withChunks(list)
      }),
      fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => withChunks(chunks(sealed).with(a, chunkAt(sealed, b)))),
      fc.tuple(fc.nat(5), fc.nat(4)).map(([a, b]) => withChunks(chunks(sealed).toSpliced(a, 0, chunkAt(sealed, b)))),
      fc.nat(4).map((at) => withChunks(chunks(sealed).toSpliced(at, 1))),
      fc.nat(4).map((at) => withChunks(chunks(sealed).with(at, chunkAt(other, at)))),
    )
    let edits = 0
    await fc.assert(
      fc.asyncProperty(edit, async (changed) => {
        fc.pre(!Buffer.from(changed).equals(sealed))
        edits++
        await expect(openAll(changed, size)).rejects.toThrow('SEAL_BROKEN')
        // Whatever size somebody writes down for it, it does not open either.
        for (const claimed of [changed.length - 40 - 16, 256, 236])
          if (claimed >= 0 && sealedSize(claimed, 64) === changed.length)
            await expect(openAll(changed, claimed)).rejects.toThrow('SEAL_BROKEN')
      }),
      { numRuns: 10_000 },
    )
    expect(edits).toBe(10_000)
  })

  test('opens under the key of its case, as the object that it is, and not otherwise', async () => {
    const sealed = await sealAll(pattern(100))
    await expect(openAll(sealed, 100, { ...seal, caseKey: newSecret() })).rejects.toThrow('SEAL_BROKEN')
    const renamed = { ...seal, objectId: '00000000-0000-7000-8000-000000000002' }
    await expect(openAll(sealed, 100, renamed)).rejects.toThrow('SEAL_BROKEN')
  })
})
