/**
 * Appending leaves: from the right edge of the tree and new leaves to the files to write, the new edge and its root.
 *
 * The result depends on the leaves and their order only, never on how they were cut into batches; so a batch that was cut
 * short by a crash is simply done again.
 */
import { concatBytes, type HashFunction, sha256 } from '../../kernel/index.ts'
import { foldRight, HASH_BYTES, type TreeHashes, treeHashes } from './merkle-tree.ts'
import { encodeEntryBundle, entriesPath, TILE_WIDTH, tilePath, tileSubtrees } from './tiles.ts'

/** The right edge of a journal: for each level the hashes of its partial tile, and the partial bundle of entries. */
export type JournalState = {
  readonly size: number
  /** By level; an empty array where the level has no partial tile. */
  readonly edge: readonly Uint8Array[]
  readonly entries: Uint8Array
}

export const emptyJournal: JournalState = { size: 0, edge: [], entries: new Uint8Array() }

/** `full` files are never written again; a partial one may be removed once its full one is there. */
export type TileFile = { readonly path: string; readonly bytes: Uint8Array; readonly full: boolean }

export type Integrated = {
  readonly state: JournalState
  readonly size: number
  readonly root: Uint8Array
  /** Entries before hashes, lower levels before higher ones. */
  readonly files: readonly TileFile[]
}

export function integrate(state: JournalState, leaves: readonly Uint8Array[], hash: HashFunction = sha256): Integrated {
  const hashes = treeHashes(hash)
  const bundles = appendEntries(state, leaves)
  const edge: Uint8Array[] = []
  const files: TileFile[] = [...bundles.files]
  let arriving = leaves.map((leaf) => hashes.leaf(leaf))
  let before = state.size
  for (let level = 0; before > 0 || arriving.length > 0 || level < state.edge.length; level++) {
    const first = Math.floor(before / TILE_WIDTH)
    const { full, rest } = cut(state.edge[level] ?? new Uint8Array(), arriving)
    full.forEach((bytes, at) => {
      files.push({ path: tilePath(level, first + at, TILE_WIDTH), bytes, full: true })
    })
    if (rest.length > 0 && arriving.length > 0)
      files.push({
        path: tilePath(level, first + full.length, rest.length / HASH_BYTES),
        bytes: rest,
        full: false,
      })
    edge.push(rest)
    arriving = full.map((tile) => fullTileRoot(tile, hashes))
    before = first
  }
  const next: JournalState = { size: state.size + leaves.length, edge, entries: bundles.rest }
  return { state: next, size: next.size, root: rootOfState(next, hash), files }
}

/** The root that a checkpoint of this state states. */
export function rootOfState(state: JournalState, hash: HashFunction = sha256): Uint8Array {
  const hashes = treeHashes(hash)
  // The edge of a higher level lies left of that of a lower one.
  const subtrees = [...state.edge].reverse().flatMap((tile) => tileSubtrees(tile, hashes))
  return foldRight(subtrees, hashes) ?? hashes.empty()
}

/** Full tiles out of a partial one and what arrives, and the partial tile that is left. */
function cut(partial: Uint8Array, arriving: readonly Uint8Array[]): { full: Uint8Array[]; rest: Uint8Array } {
  const full: Uint8Array[] = []
  let tile = new Uint8Array(TILE_WIDTH * HASH_BYTES)
  tile.set(partial)
  let at = partial.length
  for (const hash of arriving) {
    tile.set(hash, at)
    at += HASH_BYTES
    if (at < tile.length) continue
    full.push(tile)
    tile = new Uint8Array(TILE_WIDTH * HASH_BYTES)
    at = 0
  }
  return { full, rest: tile.slice(0, at) }
}

/** Joins neighbours in place, row by row: this is where a journal spends its time. */
function fullTileRoot(tile: Uint8Array, hashes: TreeHashes): Uint8Array {
  const row = tile.slice()
  for (let width = TILE_WIDTH; width > 1; width /= 2)
    for (let at = 0; at < width / 2; at++) {
      const pair = at * 2 * HASH_BYTES
      const left = row.subarray(pair, pair + HASH_BYTES)
      const right = row.subarray(pair + HASH_BYTES, pair + 2 * HASH_BYTES)
      row.set(hashes.node(left, right), at * HASH_BYTES)
    }
  return row.slice(0, HASH_BYTES)
}

function appendEntries(
  { size, entries }: JournalState,
  leaves: readonly Uint8Array[],
): { files: readonly TileFile[]; rest: Uint8Array } {
  const files: TileFile[] = []
  let bundle = entries
  let index = Math.floor(size / TILE_WIDTH)
  let width = size % TILE_WIDTH
  for (let at = 0; at < leaves.length; ) {
    const some = leaves.slice(at, at + TILE_WIDTH - width)
    bundle = concatBytes(bundle, encodeEntryBundle(some))
    at += some.length
    width += some.length
    files.push({ path: entriesPath(index, width), bytes: bundle, full: width === TILE_WIDTH })
    if (width < TILE_WIDTH) break
    bundle = new Uint8Array()
    index += 1
    width = 0
  }
  return { files, rest: bundle }
}
