/** What a bundle lies in: a folder, seen without following links. The rules of names are here; files are read by plumbing. */

export type BundleItem = {
  /** Relative to the bundle, parts separated by `/`. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'other'
  readonly size: number
}

export type FileDigest = { readonly size: number; readonly sha256: string; readonly sha512: string }

export interface BundleFolder {
  /** Every item below the folder that is not itself a folder. Links are named, never followed. */
  list(): Promise<readonly BundleItem[]>
  /** The bytes of a file; null where it is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>
  /** Digests of a file of any size, read in pieces. */
  digest(path: string): Promise<FileDigest>
}

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const MAX_PARTS = 8

/**
 * Names that mean one and the same file on every system: letters, digits, dot, underscore and hyphen; no part begins with
 * a dot, so that none leads out of the folder or hides. None ends with a dot, which Windows would drop.
 */
export function isSafePath(path: string): boolean {
  const parts = path.split('/')
  return parts.length <= MAX_PARTS && parts.every((part) => PART.test(part) && !part.endsWith('.') && !isDevice(part))
}

/** Two paths with one key are one file where case does not count. */
export function pathKey(path: string): string {
  return path.toLowerCase()
}

/** Names of devices on Windows, with whatever ending. */
function isDevice(part: string): boolean {
  return /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(part)
}
