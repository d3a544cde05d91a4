/** For tests: one upload, the same in every process. */
import { createHash } from 'node:crypto'
import { CHUNK } from '../sealed-file.ts'

export const CASE_KEY = new Uint8Array(32).fill(7)
export const content = pattern(3 * CHUNK + 12_345)
export const UPLOAD = {
  id: '00000000-0000-7000-8000-00000000000f',
  caseId: '00000000-0000-7000-8000-00000000000c',
  size: content.length,
}

/** Bytes that do not repeat within a piece. */
export function pattern(length: number, start = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let state = start
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
