/** SHA-256 and SHA-512 of a stream, by node:crypto: for files of any size. */
import { createHash } from 'node:crypto'

export type FileHashes = {
  update(bytes: Uint8Array): void
  /** Lower-case hexadecimal; once, at the end. */
  digests(): { readonly sha256: string; readonly sha512: string }
}

export function fileHashes(): FileHashes {
  const short = createHash('sha256')
  const long = createHash('sha512')
  return {
    update: (bytes) => {
      short.update(bytes)
      long.update(bytes)
    },
    digests: () => ({ sha256: short.digest('hex'), sha512: long.digest('hex') }),
  }
}

/** What tus calls checksums: they guard the line, not the evidence. SHA-1 is there as the protocol asks for it. */
export const lineChecksums = ['sha256', 'sha512', 'sha1'] as const

/** `null` for an algorithm that is not one of these. */
export function lineChecksum(algorithm: string, expected: Uint8Array) {
  if (!(lineChecksums as readonly string[]).includes(algorithm)) return null
  const running = createHash(algorithm)
  return {
    update: (bytes: Uint8Array): void => {
      running.update(bytes)
    },
    /** Once, at the end. */
    holds: (): boolean => running.digest().equals(expected),
  }
}
