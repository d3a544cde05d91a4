/**
 * Where the bytes of a sealed file stand. All of it follows from the size of the file, so that a transfer that broke off goes
 * on at a chunk, and a receiver knows how long the cipher is before it reads any of it.
 *
 * Chunk 0 is the head, always of one size: what it says of the name does not show in its length. The file follows in chunks of
 * 1 MiB, the last as long as what is left; an empty file is a head alone.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'

export const CHUNK_BYTES = 1024 * 1024
export const HEAD_BYTES = 1024
/** The tag of AES-256-GCM, after each chunk. */
export const TAG_BYTES = 16

/** A hundred million chunks are as many as a header may name: 100 TiB, roughly. */
const MOST_CHUNKS = 100_000_000

export type Layout = { readonly chunks: number; readonly cipherSize: number }

/** `offset` and `length` in the cipher; `plain` is the length of what is sealed there. */
export type Chunk = {
  readonly index: number
  readonly offset: number
  readonly length: number
  readonly plain: number
  readonly last: boolean
}

export function layoutOf(size: number): Result<Layout> {
  const chunks = 1 + Math.ceil(size / CHUNK_BYTES)
  if (!Number.isSafeInteger(size) || size < 0 || chunks > MOST_CHUNKS)
    return refuse('EXCHANGE_ATTACHMENT_SIZE', `No file of ${size} bytes goes with a message.`, {
      place: 'size',
      fix: 'Send it in parts, or state its true size.',
    })
  return ok({ chunks, cipherSize: HEAD_BYTES + size + chunks * TAG_BYTES })
}

/** Chunk `index` of a file of `size` bytes. Throws a RangeError where there is no such chunk. */
export function chunkAt(size: number, index: number): Chunk {
  const layout = layoutOf(size)
  if (!layout.ok || !Number.isInteger(index) || index < 0 || index >= layout.value.chunks)
    throw new RangeError(`a file of ${size} bytes has no chunk ${index}`)
  const last = index === layout.value.chunks - 1
  const before = index === 0 ? 0 : (index - 1) * CHUNK_BYTES
  const plain = index === 0 ? HEAD_BYTES : Math.min(CHUNK_BYTES, size - before)
  const offset = index === 0 ? 0 : HEAD_BYTES + before + index * TAG_BYTES
  return { index, offset, length: plain + TAG_BYTES, plain, last }
}

export function* chunksOf(size: number): Generator<Chunk> {
  const layout = layoutOf(size)
  if (!layout.ok) throw new RangeError(layout.refusal.message)
  for (let index = 0; index < layout.value.chunks; index++) yield chunkAt(size, index)
}
