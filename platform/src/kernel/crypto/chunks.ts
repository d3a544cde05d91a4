/**
 * Sealing of large files in chunks: AES-256-GCM, each chunk under the number of its place and a mark for the last one (the
 * STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). A chunk that is changed, moved, left out, repeated or
 * brought from another file does not open, and a file that was cut or made longer has no true last chunk.
 *
 * The nonce is the place, so that a key seals ONE file ONCE: derive it from a random salt that is new at every writing
 * (NIST SP 800-38D, section 8: a nonce must never repeat under a key).
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { ok, type Result, refuse } from '../refusal.ts'
import { unfilled } from './sealing.ts'

export const CHUNK_TAG = 16

export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: CHUNK_TAG })
  cipher.setAAD(contextOf(index, last))
  const sealed = unfilled(plain.length + CHUNK_TAG)
  sealed.set(cipher.update(plain))
  cipher.final()
  sealed.set(cipher.getAuthTag(), plain.length)
  return sealed
}

export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Result<Uint8Array> {
  const broken = refuse('SEAL_BROKEN', `Chunk ${index} does not open: the file was changed, cut or put together.`, {
    place: `chunk ${index}`,
    fix: 'Compare the file with a backup, and find out who changed it.',
  })
  if (sealed.length < CHUNK_TAG) return broken
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: CHUNK_TAG })
  decipher.setAAD(contextOf(index, last))
  decipher.setAuthTag(sealed.subarray(sealed.length - CHUNK_TAG))
  try {
    const plain = decipher.update(sealed.subarray(0, sealed.length - CHUNK_TAG))
    decipher.final()
    return ok(plain)
  } catch {
    return broken
  }
}

function nonceOf(index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index > 0xffff_ffff)
    throw new RangeError(`no place of a chunk: ${index}`)
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 8)
  return nonce
}

function contextOf(index: number, last: boolean): Uint8Array {
  return Buffer.from(`comity chunk 1 ${index} ${last ? 'last' : 'more'}`, 'utf8')
}
