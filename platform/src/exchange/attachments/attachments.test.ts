import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newHpkeKey } from '../../kernel/crypto/index.ts'
import { AttachmentPart, misfit } from '../wire/index.ts'
import { hpkeKeyIdOf, openingWith, sealingFor } from './crypto/index.ts'
import { headOf } from './head.ts'
import { CHUNK_BYTES, chunkAt, layoutOf, openAttachment, sealAttachment, written } from './index.ts'
import { HEAD_BYTES } from './layout.ts'
import { bytesOf, factsOf, inPieces, opened, place, sealed } from './testing/sealed.ts'

const sizes = [0, 1, 1023, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]

describe('a sealed file', () => {
  test.each(sizes)('of %d bytes opens as it was, and its part fits the header', async (size) => {
    const one = await sealed(bytesOf(size))
    expect(misfit(AttachmentPart, one.part)).toBe(null)
    expect(one.cipher.length).toBe(one.part.cipherSize)
    expect(one.part.cipherDigest).toBe(createHash('sha256').update(one.cipher).digest('hex'))
    expect(one.part.recipientKeyId).toBe(hpkeKeyIdOf(one.key.publicKey))
    const back = await opened(one)
    expect(back.ok && Buffer.compare(back.value, one.plain)).toBe(0)
  })

  test('arrives in pieces of any size', async () => {
    const one = await sealed(bytesOf(CHUNK_BYTES + 5000))
    for (const size of [997, 1040, CHUNK_BYTES + 16, one.cipher.length]) {
      const parts: Uint8Array[] = []
      const result = await written(
        openAttachment(one.part, one.place, inPieces(one.cipher, size), openingWith(one.key)),
        (bytes) => void parts.push(bytes),
      )
      expect(result.ok && Buffer.compare(Buffer.concat(parts), one.plain)).toBe(0)
    }
  })

  test('shows neither its salt nor its digest: equal files have nothing in common', async () => {
    const key = newHpkeKey()
    const [one, other] = [await sealed(bytesOf(100), key), await sealed(bytesOf(100), key)]
    expect(one.part.commitment).not.toBe(other.part.commitment)
    expect(one.part.encapsulatedKey).not.toBe(other.part.encapsulatedKey)
    expect(one.part.commitment).not.toBe(createHash('sha256').update(one.plain).digest('hex'))
  })

  test('is committed to by HMAC-SHA-256 of its SHA-256 under the salt of the head', async () => {
    const key = newHpkeKey()
    const salt = bytesOf(32, 9)
    const ports = { ...sealingFor(key.publicKey), newSalt: () => salt }
    const part = await written(sealAttachment(factsOf(3), place, inPieces(bytesOf(3)), ports), () => {})
    const digest = createHash('sha256').update(bytesOf(3)).digest()
    expect(part.ok && part.value.commitment).toBe(createHmac('sha256', salt).update(digest).digest('hex'))
  })

  test.each([
    ['shorter', 10, 11],
    ['longer', 11, 10],
    ['not empty', 1, 0],
    ['missing', 0, 1],
    ['longer by a chunk', CHUNK_BYTES * 2, CHUNK_BYTES],
  ])('is refused when the file is %s than was stated', async (_, size, stated) => {
    const ports = sealingFor(newHpkeKey().publicKey)
    const result = await written(sealAttachment(factsOf(stated), place, inPieces(bytesOf(size)), ports), () => {})
    expect(result).toMatchObject({ ok: false, refusal: { code: 'EXCHANGE_ATTACHMENT_SIZE' } })
  })

  test.each([
    ['a path', { name: '../notes.txt' }],
    ['no name', { name: '' }],
    ['an invisible character', { name: 'a\u202eb.txt' }],
    ['no media type', { mime: 'text' }],
    ['another class', { class: 'gossip' as 'evidence' }],
  ])('is refused with %s', async (_, change) => {
    const ports = sealingFor(newHpkeKey().publicKey)
    const sealing = sealAttachment({ ...factsOf(1), ...change }, place, inPieces(bytesOf(1)), ports)
    const result = await written(sealing, () => expect.unreachable())
    expect(result).toMatchObject({ ok: false, refusal: { code: 'EXCHANGE_ATTACHMENT_FACTS' } })
  })

  test('fits its head with the longest texts that the schema allows', () => {
    const longest = {
      name: '\u{20000}'.repeat(200),
      mime: `${'a'.repeat(63)}/${'b'.repeat(63)}`,
      size: Number.MAX_SAFE_INTEGER,
      class: 'trace-record' as const,
    }
    expect(misfit(AttachmentPart.properties.name, longest.name)).toBe(null)
    expect(headOf(bytesOf(32), longest)).toHaveLength(HEAD_BYTES)
    // 200 characters, 127 and 12: a longer text would not be accepted before it came here.
    expect(headOf(bytesOf(32), longest).at(-1)).toBe(0)
  })
})

describe('the layout', () => {
  test.each(sizes)('of %d bytes covers the cipher without a gap, and only the last chunk is the last', (size) => {
    const layout = layoutOf(size)
    if (!layout.ok) throw new Error(layout.refusal.message)
    let at = 0
    for (let index = 0; index < layout.value.chunks; index++) {
      const chunk = chunkAt(size, index)
      expect(chunk.offset).toBe(at)
      expect(chunk.last).toBe(index === layout.value.chunks - 1)
      at += chunk.length
    }
    expect(at).toBe(layout.value.cipherSize)
    expect(() => chunkAt(size, layout.value.chunks)).toThrow(RangeError)
  })

  test.each([-1, 0.5, Number.NaN, 100_000_000 * CHUNK_BYTES, Number.MAX_SAFE_INTEGER])(
    'has no file of %d bytes',
    (size) => {
      expect(layoutOf(size)).toMatchObject({ ok: false, refusal: { code: 'EXCHANGE_ATTACHMENT_SIZE' } })
    },
  )

  test('says where each chunk is fetched, in any order and again', async () => {
    const one = await sealed(bytesOf(2 * CHUNK_BYTES + 10))
    const arrived = new Uint8Array(one.part.cipherSize)
    for (const index of [3, 1, 0, 1, 2]) {
      const { offset, length } = chunkAt(one.part.size, index)
      arrived.set(one.cipher.subarray(offset, offset + length), offset)
    }
    const back = await opened({ ...one, cipher: arrived })
    expect(back.ok && Buffer.compare(back.value, one.plain)).toBe(0)
  })
})

/** What was read of a stream and not yet given on, at its most. */
async function mostHeld(stream: (read: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>, bytes: Uint8Array) {
  let read = 0
  let given = 0
  let most = 0
  async function* counted() {
    for await (const piece of inPieces(bytes)) {
      read += piece.length
      most = Math.max(most, read - given)
      yield piece
    }
  }
  for await (const piece of stream(counted())) given += piece.length
  return { most, given }
}

test('no more than two chunks of a file are held, however long it is', async () => {
  const one = await sealed(bytesOf(24 * CHUNK_BYTES))
  const ports = sealingFor(one.key.publicKey)
  const sealing = await mostHeld((plain) => sealAttachment(factsOf(one.part.size), place, plain, ports), one.plain)
  const opening = await mostHeld((cipher) => openAttachment(one.part, place, cipher, openingWith(one.key)), one.cipher)
  expect([sealing.given, opening.given]).toEqual([one.part.cipherSize, one.part.size])
  // The piece that is arriving, 64 KiB, comes on top of it, and the head and the tags.
  expect(sealing.most).toBeLessThanOrEqual(CHUNK_BYTES + 65_536)
  expect(opening.most).toBeLessThanOrEqual(2 * CHUNK_BYTES + 2 * 65_536)
})
