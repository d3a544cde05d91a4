/**
 * The form of a file in the vault: eight bytes that name it, a random salt of 32 bytes, then chunks of 1 MiB, each with a
 * tag of 16 bytes. The key is derived from the key of the case, the id of the object and the salt; who destroys the key of
 * the case has destroyed the file, wherever copies of it lie.
 */
import { CHUNK_TAG, deriveKey, newSecret, openChunk, sealChunk } from '../../kernel/crypto/index.ts'
import { bytesToHex, orStop, stop } from '../../kernel/index.ts'

const MAGIC = Buffer.from('COMITYV1', 'latin1')
const SALT = 32
export const HEAD = MAGIC.length + SALT
export const CHUNK = 1024 * 1024

export type FileSeal = { readonly caseKey: Uint8Array; readonly objectId: string; readonly chunk?: number }

/** Bytes of the sealed file for a plain size. An empty file is one empty last chunk. */
export function sealedSize(size: number, chunk = CHUNK): number {
  return HEAD + size + chunkCount(size, chunk) * CHUNK_TAG
}

function chunkCount(size: number, chunk: number): number {
  return Math.max(1, Math.ceil(size / chunk))
}

/** Seals a stream. A new salt at every call: the same object written twice shares no key, whatever its bytes were. */
export async function* sealFile(seal: FileSeal, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const salt = newSecret(SALT)
  const key = keyOf(seal, salt)
  yield Buffer.concat([MAGIC, salt])
  const { chunk = CHUNK } = seal
  let index = 0
  // One chunk is held back, for only the end of the stream shows which one is the last.
  let held: Uint8Array | null = null
  for await (const bytes of inChunks(plain, chunk)) {
    if (held) yield sealChunk(key, index++, false, held)
    held = bytes
  }
  yield sealChunk(key, index, true, held ?? new Uint8Array())
}

/** Reads `first` to `last` (inclusive) of the sealed file; all of it where the whole file is sealed. */
export type ReadSealed = (first: number, last: number) => AsyncIterable<Uint8Array>

/**
 * Opens the bytes `first` to `last` (inclusive) of a file of `size` bytes. Stops with SEAL_BROKEN at the first byte that is
 * not what was sealed. The caller has compared the size of the sealed file with `sealedSize(size)`.
 */
export async function* openFile(
  seal: FileSeal,
  size: number,
  read: ReadSealed,
  { first, last }: { readonly first: number; readonly last: number } = { first: 0, last: size - 1 },
): AsyncGenerator<Uint8Array> {
  const { chunk = CHUNK } = seal
  const head = await gather(read(0, HEAD - 1))
  if (head.length !== HEAD || !head.subarray(0, MAGIC.length).equals(MAGIC))
    stop('SEAL_BROKEN', 'This is no file of a vault.', { place: seal.objectId, fix: 'Compare it with a backup.' })
  const key = keyOf(seal, head.subarray(MAGIC.length))
  const end = chunkCount(size, chunk) - 1
  const from = Math.floor(Math.max(0, first) / chunk)
  const to = size === 0 ? 0 : Math.floor(last / chunk)
  const sealedChunk = chunk + CHUNK_TAG
  let index = from
  const bytes = read(HEAD + from * sealedChunk, Math.min(HEAD + (to + 1) * sealedChunk, sealedSize(size, chunk)) - 1)
  for await (const sealed of inChunks(bytes, sealedChunk)) {
    const plain = orStop(openChunk(key, index, index === end, sealed))
    const start = index * chunk
    const part = plain.subarray(Math.max(0, first - start), Math.min(plain.length, last + 1 - start))
    if (part.length > 0) yield part
    index++
  }
  if (index !== to + 1)
    stop('SEAL_BROKEN', 'The file in the vault ends too early.', {
      place: seal.objectId,
      fix: 'Compare it with a backup.',
    })
}

function keyOf({ caseKey, objectId }: FileSeal, salt: Uint8Array): Uint8Array {
  return deriveKey(caseKey, `vault file ${objectId} ${bytesToHex(salt)}`)
}

/** The same bytes in pieces of one size; the last may be smaller. The source must not write to a piece it gave away. */
export async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.allocUnsafe(size)
  let filled = 0
  for await (const bytes of source) {
    // Pieces that have the size already go through as they are.
    if (filled === 0 && bytes.length === size) {
      yield bytes
      continue
    }
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + size - filled)
      buffer.set(part, filled)
      filled += part.length
      at += part.length
      if (filled === size) {
        yield buffer
        // The piece is given away: who holds it back must not see it change.
        buffer = Buffer.allocUnsafe(size)
        filled = 0
      }
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled)
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
