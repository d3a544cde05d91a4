/**
 * How a journal is laid out in files (C2SP tlog-tiles): tiles of 256 hashes and bundles of 256 entries.
 *
 * Tile (L, N) holds the hashes of the complete subtrees of 256^L leaves, from the 256·N-th on. A partial tile is a file of
 * its own for every width, so that no file is ever written twice.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { HASH_BYTES, type TreeHashes } from './merkle-tree.ts'

export const TILE_WIDTH = 256
/** An entry's length is a uint16 in its bundle. */
export const MAX_ENTRY_BYTES = 65_535

export function tilePath(level: number, index: number, width: number): string {
  return `tile/${level}/${pathOfIndex(index)}${partial(width)}`
}

export function entriesPath(index: number, width: number): string {
  return `tile/entries/${pathOfIndex(index)}${partial(width)}`
}

/** 1234067 is `x001/x234/067`. */
function pathOfIndex(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const parts = padded.match(/.{3}/g) ?? []
  return parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/')
}

function partial(width: number): string {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) throw new RangeError(`a tile is not ${width} wide`)
  return width === TILE_WIDTH ? '' : `.p/${width}`
}

export type TileName = { readonly level: number; readonly index: number; readonly width: number }

/** The tiles of a tree, level by level; a full tile is asked for once its 256 hashes exist. */
export function* tilesOfTree(size: number): Generator<TileName> {
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const full = Math.floor(hashes / TILE_WIDTH)
    for (let index = 0; index < full; index++) yield { level, index, width: TILE_WIDTH }
    if (hashes % TILE_WIDTH > 0) yield { level, index: full, width: hashes % TILE_WIDTH }
  }
}

/** The width of a tile in a tree of `size` leaves; 0 where the tree has no such tile. */
export function tileWidth(level: number, index: number, size: number): number {
  let hashes = size
  for (let at = 0; at < level; at++) hashes = Math.floor(hashes / TILE_WIDTH)
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH))
}

export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry has ${entry.length} bytes`)
    bundle[at] = entry.length >> 8
    bundle[at + 1] = entry.length & 0xff
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

export type BundledEntry = { readonly offset: number; readonly bytes: Uint8Array }

/** The entries of a bundle with the offset of each (of its length prefix). */
export function decodeEntryBundle(bundle: Uint8Array, width: number): Result<readonly BundledEntry[]> {
  const { entries, rest } = readEntries(bundle, width)
  if (entries.length === width && rest === bundle.length) return ok(entries)
  const what =
    entries.length < width ? `entry ${entries.length} runs past the end` : `bytes follow the last of ${width} entries`
  return refuse('ENTRY_BUNDLE_MALFORMED', `A bundle of entries cannot be read: ${what}.`, {
    place: `byte ${rest}`,
    fix: 'Fetch the bundle again, or take it from a mirror.',
  })
}

/** As many whole entries as there are, at most `width`, and the offset at which reading stopped. */
export function readEntries(bundle: Uint8Array, width: number): { entries: readonly BundledEntry[]; rest: number } {
  const entries: BundledEntry[] = []
  let at = 0
  while (entries.length < width && at + 2 <= bundle.length) {
    const end = at + 2 + (((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0))
    if (end > bundle.length) break
    entries.push({ offset: at, bytes: bundle.subarray(at + 2, end) })
    at = end
  }
  return { entries, rest: at }
}

/**
 * The subtree roots inside a tile that is complete up to `width`: row r holds the roots of 2^r neighbours.
 * Row 8 of a full tile has one hash, which stands in the tile above.
 */
export function tileRows(tile: Uint8Array, hashes: TreeHashes): readonly (readonly Uint8Array[])[] {
  let row: Uint8Array[] = []
  for (let at = 0; at < tile.length; at += HASH_BYTES) row.push(tile.subarray(at, at + HASH_BYTES))
  const rows = [row]
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at + 1 < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]]
      if (left !== undefined && right !== undefined) above.push(hashes.node(left, right))
    }
    rows.push(above)
    row = above
  }
  return rows
}

/** The complete subtrees of a tile, largest first: what its hashes contribute to the root. */
export function tileSubtrees(tile: Uint8Array, hashes: TreeHashes): readonly Uint8Array[] {
  const rows = tileRows(tile, hashes)
  const width = tile.length / HASH_BYTES
  const subtrees: Uint8Array[] = []
  for (let height = rows.length - 1, done = 0; height >= 0; height--) {
    const span = 2 ** height
    if (done + span > width) continue
    const root = rows[height]?.[done / span]
    if (root === undefined) throw new Error('a row of a tile is too short')
    subtrees.push(root)
    done += span
  }
  return subtrees
}
