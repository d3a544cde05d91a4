/** Where a chunk belongs: what is sealed with it, so that it opens nowhere else. */
import { hexToBytes, isHex, textToBytes } from '../../kernel/index.ts'
import type { Chunk } from './layout.ts'

/** The message that names the file, and the file's place among its attachments, from zero. */
export type FilePlace = { readonly messageId: string; readonly fileIndex: number }

/** The information of the HPKE context. */
export const CONTEXT = textToBytes('comity-attachment-v1')

/** Message id (16 bytes of the UUID), index of the file (4, big-endian), index of the chunk (4), 1 for the last chunk else 0. */
export function placeBytes({ messageId, fileIndex }: FilePlace, { index, last }: Chunk): Uint8Array {
  const id = messageId.replaceAll('-', '')
  if (!isHex(id, 16)) throw new RangeError('a message id is a UUID in lower case')
  if (!Number.isInteger(fileIndex) || fileIndex < 0 || fileIndex > 0xffff_ffff)
    throw new RangeError(`no place of a file: ${fileIndex}`)
  const bytes = new Uint8Array(25)
  bytes.set(hexToBytes(id))
  const numbers = new DataView(bytes.buffer)
  numbers.setUint32(16, fileIndex)
  numbers.setUint32(20, index)
  bytes[24] = last ? 1 : 0
  return bytes
}
