/**
 * The first chunk of a sealed file: the salt of the commitment and what the header says of the file, so that neither can be
 * put beside another cipher. A receiver never parses it: it writes the head that the header asks for, and compares.
 */
import { textToBytes } from '../../kernel/index.ts'
import type { Attachment } from '../wire/index.ts'
import { HEAD_BYTES } from './layout.ts'

export const SALT_BYTES = 32
const VERSION = 1

/** What the sender says of a file before any of it was read. */
export type FileFacts = Pick<Attachment, 'name' | 'mime' | 'size' | 'class'>

/**
 * Version (1 byte), salt (32), size (8, big-endian), then name, media type and class, each with its length in bytes before it
 * (2, big-endian); zeros up to the end. The longest texts that the schema allows (800, 127 and 12 bytes) fit.
 */
export function headOf(salt: Uint8Array, { name, mime, size, class: kind }: FileFacts): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  const head = new Uint8Array(HEAD_BYTES)
  const numbers = new DataView(head.buffer)
  head[0] = VERSION
  head.set(salt, 1)
  numbers.setBigUint64(1 + SALT_BYTES, BigInt(size))
  let at = 1 + SALT_BYTES + 8
  for (const text of [name, mime, kind].map(textToBytes)) {
    numbers.setUint16(at, text.length)
    head.set(text, at + 2)
    at += 2 + text.length
  }
  return head
}

export function saltOf(head: Uint8Array): Uint8Array {
  return head.slice(1, 1 + SALT_BYTES)
}
