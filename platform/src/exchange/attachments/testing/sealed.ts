/** Files sealed and opened with real keys, as tests need them. */
import { type HpkeKey, newHpkeKey } from '../../../kernel/crypto/index.ts'
import type { Result } from '../../../kernel/index.ts'
import type { Attachment } from '../../wire/index.ts'
import { openingWith, sealingFor } from '../crypto/index.ts'
import { type FileFacts, type FilePlace, type OpeningPorts, openAttachment, sealAttachment, written } from '../index.ts'

export type Sealed = {
  readonly plain: Uint8Array
  readonly cipher: Uint8Array
  readonly part: Attachment
  readonly place: FilePlace
  readonly key: HpkeKey
}

export const place: FilePlace = { messageId: '0192e4a0-0000-7000-8000-000000000001', fileIndex: 0 }
export const factsOf = (size: number): FileFacts => ({ name: 'notes.txt', mime: 'text/plain', size, class: 'evidence' })

/** Bytes that repeat with no chunk: two chunks of one file always differ. */
export function bytesOf(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size)
  let state = seed >>> 0 || 1
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** In pieces of `size` bytes, as a socket or a disk would give them. */
export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function sealed(plain: Uint8Array, key = newHpkeKey(), at = place, facts = factsOf(plain.length)) {
  const parts: Uint8Array[] = []
  const sealing = sealAttachment(facts, at, inPieces(plain), sealingFor(key.publicKey))
  const part = await written(sealing, (bytes) => void parts.push(bytes))
  if (!part.ok) throw new Error(part.refusal.message)
  return { plain, cipher: Buffer.concat(parts), part: part.value, place: at, key } satisfies Sealed
}

export async function opened(
  { part, place: at, cipher, key }: Sealed,
  ports: OpeningPorts = openingWith(key),
): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = []
  const result = await written(openAttachment(part, at, inPieces(cipher, 300_007), ports), (b) => void parts.push(b))
  return result.ok ? { ok: true, value: new Uint8Array(Buffer.concat(parts)) } : result
}
