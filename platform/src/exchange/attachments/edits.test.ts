/** Ten thousand edits of sealed files: swapped, cut, doubled, extended, truncated, of another message, for another key. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { newHpkeKey } from '../../kernel/crypto/index.ts'
import type { Attachment } from '../wire/index.ts'
import { openingWith } from './crypto/index.ts'
import { CHUNK_BYTES, chunkAt, layoutOf } from './index.ts'
import { bytesOf, opened, type Sealed, sealed } from './testing/sealed.ts'

const key = newHpkeKey()
let small: readonly Sealed[]
let large: readonly Sealed[]

beforeAll(async () => {
  // Two of each size: a chunk of the other one is as long.
  small = await Promise.all([0, 1, 40, 40, 5000, 5000].map((size, at) => sealed(bytesOf(size, at + 1), key)))
  const long = 2 * CHUNK_BYTES + 40
  large = await Promise.all([long, long].map((size, at) => sealed(bytesOf(size, at + 7), key)))
})

function chunksOf({ cipher, plain }: Sealed): Uint8Array[] {
  const layout = layoutOf(plain.length)
  if (!layout.ok) throw new Error(layout.refusal.message)
  return Array.from({ length: layout.value.chunks }, (_, at) => {
    const { offset, length } = chunkAt(plain.length, at)
    return cipher.subarray(offset, offset + length)
  })
}

type Edit = (file: Sealed, other: Sealed, a: number, b: number) => Sealed
const withCipher = (file: Sealed, ...parts: readonly Uint8Array[]): Sealed => ({
  ...file,
  cipher: Buffer.concat(parts),
})
const withPart = (file: Sealed, change: Partial<Attachment>): Sealed => ({ ...file, part: { ...file.part, ...change } })
const flipped = (bytes: Uint8Array, at: number) => {
  const copy = Uint8Array.from(bytes)
  const bit = at % (copy.length * 8)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
const hexFlipped = (hex: string, at: number) => Buffer.from(flipped(Buffer.from(hex, 'hex'), at)).toString('hex')

const edits: Readonly<Record<string, Edit>> = {
  'a bit changed': (file, _, a) => withCipher(file, flipped(file.cipher, a)),
  'two chunks swapped': (file, _, a, b) => {
    const chunks = chunksOf(file)
    const [one, two] = [a % chunks.length, b % chunks.length]
    ;[chunks[one], chunks[two]] = [chunks[two] as Uint8Array, chunks[one] as Uint8Array]
    return withCipher(file, ...chunks)
  },
  'a chunk left out': (file, _, a) => withCipher(file, ...chunksOf(file).toSpliced(a % chunksOf(file).length, 1)),
  'a chunk doubled': (file, _, a) => {
    const chunks = chunksOf(file)
    const at = a % chunks.length
    return withCipher(file, ...chunks.toSpliced(at, 0, chunks[at] as Uint8Array))
  },
  'a chunk in the place of another': (file, _, a, b) => {
    const chunks = chunksOf(file)
    return withCipher(file, ...chunks.with(a % chunks.length, chunks[b % chunks.length] as Uint8Array))
  },
  'a chunk of another file for the same key': (file, other, a) => {
    const chunks = chunksOf(file)
    const at = a % chunks.length
    return withCipher(file, ...chunks.with(at, chunksOf(other)[at] ?? new Uint8Array()))
  },
  'cut somewhere': (file, _, a) => withCipher(file, file.cipher.subarray(0, a % file.cipher.length)),
  'cut at the start': (file, _, a) => withCipher(file, file.cipher.subarray(1 + (a % file.cipher.length))),
  'truncated at a chunk, the header with it': (file, _, a) => {
    const chunks = chunksOf(file)
    const kept = a % chunks.length
    const size = Math.max(0, kept - 1) * CHUNK_BYTES
    const layout = layoutOf(size)
    return layout.ok
      ? withPart(withCipher(file, ...chunks.slice(0, Math.max(1, kept))), { ...layout.value, size })
      : file
  },
  'extended by some bytes': (file, _, a) => withCipher(file, file.cipher, bytesOf(1 + (a % 64), a)),
  'extended by a chunk, the header with it': (file, other, a) => {
    const size = file.plain.length + CHUNK_BYTES
    const layout = layoutOf(size)
    const more = a % 2 ? (chunksOf(other).at(-1) as Uint8Array) : bytesOf(40, a)
    return layout.ok ? withPart(withCipher(file, file.cipher, more), { ...layout.value, size }) : file
  },
  'of another message': (file, _, a) => ({
    ...file,
    place: { ...file.place, messageId: `0192e4a0-0000-7000-8000-${(a + 2).toString(16).padStart(12, '0')}` },
  }),
  'at another place of the message': (file, _, a) => ({ ...file, place: { ...file.place, fileIndex: 1 + (a % 99) } }),
  'with the cipher of another file': (file, other) => withCipher(file, other.cipher),
  'with the key of another file': (file, other) => withPart(file, { encapsulatedKey: other.part.encapsulatedKey }),
  'another encapsulated key': (file, _, a) =>
    withPart(file, {
      encapsulatedKey: Buffer.from(flipped(Buffer.from(file.part.encapsulatedKey, 'base64'), a)).toString('base64'),
    }),
  'another name': (file, _, a) => withPart(file, { name: `notes${a}.txt` }),
  'another media type': (file) => withPart(file, { mime: 'text/html' }),
  'another class': (file) => withPart(file, { class: 'order' }),
  'another size': (file, _, a) => withPart(file, { size: file.part.size + 1 + (a % 1000) }),
  'another size, with its layout': (file, _, a) => {
    const size = file.part.size + 1 + (a % 1000)
    const layout = layoutOf(size)
    return layout.ok ? withPart(file, { ...layout.value, size }) : file
  },
  'another number of chunks': (file, _, a) => withPart(file, { chunks: file.part.chunks + 1 + (a % 9) }),
  'another length of the cipher': (file, _, a) => withPart(file, { cipherSize: file.part.cipherSize + 1 + (a % 9) }),
  'another digest': (file, _, a) => withPart(file, { cipherDigest: hexFlipped(file.part.cipherDigest, a) }),
  'another commitment': (file, _, a) => withPart(file, { commitment: hexFlipped(file.part.commitment, a) }),
  'another key of the receiver named': (file, _, a) =>
    withPart(file, { recipientKeyId: hexFlipped(file.part.recipientKeyId, a) }),
}

const names = Object.keys(edits)
const unchanged = (one: Sealed, other: Sealed) =>
  Buffer.compare(one.cipher, other.cipher) === 0 &&
  JSON.stringify([one.part, one.place]) === JSON.stringify([other.part, other.place])

async function refuseAll(files: () => readonly Sealed[], runs: number): Promise<void> {
  const done = new Map<string, number>()
  const nat = fc.nat(2 ** 30)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), nat, nat, nat, fc.boolean(), async (name, at, a, b, follow) => {
      const all = files()
      const file = all[at % all.length] as Sealed
      const other = all[(at % all.length) ^ 1] as Sealed
      const edited = edits[name]?.(file, other, a, b) as Sealed
      // Swapping a chunk with itself is no edit.
      fc.pre(!unchanged(file, edited))
      // Half of those who edit the cipher also write its new digest into the header.
      const digest = createHash('sha256').update(edited.cipher).digest('hex')
      const shown = follow && name !== 'another digest' ? withPart(edited, { cipherDigest: digest }) : edited
      const result = await opened(shown)
      expect(result.ok, name).toBe(false)
      if (!result.ok)
        expect(result.refusal.code).toMatch(/^(EXCHANGE_ATTACHMENT_(BROKEN|DIFFERS|KEY|SIZE)|KEY_INVALID)$/)
      done.set(name, (done.get(name) ?? 0) + 1)
    }),
    { numRuns: runs },
  )
  // Every kind of edit took part.
  expect([...done.keys()].sort()).toEqual([...names].sort())
}

test('nine and a half thousand edits of small files are refused', () => refuseAll(() => small, 9500))

test('five hundred edits of files of several chunks are refused', () => refuseAll(() => large, 500))

test('the files open where nobody edits them, and for another key they do not', async () => {
  for (const file of [...small, ...large]) {
    expect((await opened(file)).ok).toBe(true)
    const stranger = newHpkeKey()
    expect(await opened({ ...file, key: stranger })).toMatchObject({ refusal: { code: 'EXCHANGE_ATTACHMENT_KEY' } })
    // Even where the stranger says that it is the receiver.
    const ports = { ...openingWith(stranger), keyId: file.part.recipientKeyId }
    expect(await opened(file, ports)).toMatchObject({ refusal: { code: 'EXCHANGE_ATTACHMENT_BROKEN' } })
  }
})

test('nothing of a file of one chunk is given out before the whole was found true', async () => {
  const file = small[4] as Sealed
  const wrong = withPart(file, { commitment: hexFlipped(file.part.commitment, 3) })
  expect(await opened(wrong)).toMatchObject({ refusal: { code: 'EXCHANGE_ATTACHMENT_DIFFERS', place: 'commitment' } })
})
