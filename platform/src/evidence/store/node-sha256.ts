/** SHA-256 of node:crypto in one call: several times faster than the kernel's on the small inputs of a hash tree. */
import { hash } from 'node:crypto'
import type { HashFunction } from '../../kernel/index.ts'

/** Through a string of bytes: measured at twice the speed of asking Node.js 24 for a buffer. */
export const nodeSha256: HashFunction = (bytes) => {
  const text = hash('sha256', bytes, 'binary')
  const digest = new Uint8Array(32)
  for (let at = 0; at < 32; at++) digest[at] = text.charCodeAt(at)
  return digest
}
