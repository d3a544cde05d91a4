/**
 * The check of a published journal: everything is recomputed from the entries, and what differs is named with file, offset
 * and length.
 *
 * When an entry and the hash of its leaf disagree, one of the two was changed. The signed root decides: first from the
 * entries upwards, tile by tile; then, where the root is not reached, from the root downwards through the tiles that it
 * vouches for.
 */
import { type HashFunction, sha256 } from '../../kernel/index.ts'
import { foldRight, HASH_BYTES, sameBytes, type TreeHashes, treeHashes } from './merkle-tree.ts'
import { type ReadFile, readBundleFile, readHashTile, type TileReader } from './read-tiles.ts'
import { entriesPath, readEntries, TILE_WIDTH, type TileName, tilePath, tileSubtrees, tileWidth } from './tiles.ts'

export type JournalFinding = {
  readonly path: string
  /** Offset and length of the bytes that differ; of a file that is missing or cut, of what should be there. */
  readonly offset: number
  readonly length: number
  /** The index of the entry, where it is one. */
  readonly entry: number | null
  readonly problem: 'missing' | 'wrong length' | 'changed' | 'changed, or what it is computed from was'
}

export type JournalCheck = {
  readonly findings: readonly JournalFinding[]
  /** Whether the entries, or the tiles that the root vouches for, lead to the root of the checkpoint. */
  readonly reachesRoot: boolean
}

type Head = { readonly size: number; readonly root: Uint8Array }

/** Reads every file that a tree of this size needs, each once; memory grows with the number of tiles only. */
export async function checkJournal(reader: TileReader, head: Head, hash: HashFunction = sha256): Promise<JournalCheck> {
  const hashes = treeHashes(hash)
  if (head.size === 0) return { findings: [], reachesRoot: sameBytes(head.root, hashes.empty()) }
  const findings: JournalFinding[] = []
  const levels: CheckedTile[][] = []
  let below: readonly CheckedTile[] | null = null
  for (let level = 0, width = head.size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) {
    const tiles: CheckedTile[] = []
    for (let index = 0; index * TILE_WIDTH < width; index++) {
      const name = { level, index, width: tileWidth(level, index, head.size) }
      const made: Recomputed = below === null ? await fromEntries(reader, name, hashes) : fromTiles(below, name)
      tiles.push(await compareTile(reader, name, made, hashes, findings))
    }
    levels.push(tiles)
    below = tiles
  }
  const reachesRoot = judge(levels, head, hashes, findings)
  return { findings: eachOnce(findings), reachesRoot }
}

/** What a tile should hold, computed from below; an entry of a bundle for each hash at level 0. */
type Recomputed = {
  readonly hashes: readonly (Uint8Array | null)[]
  readonly bundle: Bundle | null
}

type Bundle = {
  readonly path: string
  readonly missing: boolean
  /** Offset and length of each entry, its length prefix included. */
  readonly extents: readonly (readonly [number, number])[]
}

type CheckedTile = TileName & {
  readonly path: string
  readonly stored: Uint8Array | null
  readonly made: Recomputed
  /** Whether both are the same bytes. Of a full tile of level 0 the bytes are then not kept. */
  readonly same: boolean
  /** Root of the tile as stored and as recomputed; null where it cannot be computed or the tile is not full. */
  readonly storedRoot: Uint8Array | null
  readonly madeRoot: Uint8Array | null
}

async function fromEntries(reader: TileReader, { index, width }: TileName, hashes: TreeHashes): Promise<Recomputed> {
  const file = await readBundleFile(reader, index, width)
  const path = file?.path ?? entriesPath(index, width)
  const { entries, rest } = readEntries(file?.bytes ?? new Uint8Array(), width)
  const extents: (readonly [number, number])[] = entries.map(({ offset, bytes }) => [offset, 2 + bytes.length])
  // Bytes after the last entry belong to the last one's finding: nothing else says that they should not be there.
  const size = file?.bytes.length ?? 0
  const leaves: (Uint8Array | null)[] = entries.map(({ bytes }) => hashes.leaf(bytes))
  if (rest < size && entries.length === width) leaves[width - 1] = null
  while (leaves.length < width) leaves.push(null)
  while (extents.length < width) extents.push([rest, Math.max(0, size - rest)])
  return { hashes: leaves, bundle: { path, missing: file === null, extents } }
}

function fromTiles(below: readonly CheckedTile[], { index, width }: TileName): Recomputed {
  const made: (Uint8Array | null)[] = []
  for (let at = 0; at < width; at++) made.push(upwards(below[index * TILE_WIDTH + at]))
  return { hashes: made, bundle: null }
}

/** What goes up from a tile: what was recomputed, or, where entries are missing, what is stored. */
function upwards(tile: CheckedTile | undefined): Uint8Array | null {
  return tile?.madeRoot ?? tile?.storedRoot ?? null
}

async function compareTile(
  reader: TileReader,
  name: TileName,
  made: Recomputed,
  hashes: TreeHashes,
  findings: JournalFinding[],
): Promise<CheckedTile> {
  const { level, index, width } = name
  const file: ReadFile | null = await readHashTile(reader, level, index, width)
  const path = file?.path ?? tilePath(level, index, width)
  const length = width * HASH_BYTES
  if (file?.bytes.length !== length)
    findings.push({
      path,
      offset: 0,
      length,
      entry: null,
      problem: file === null ? 'missing' : 'wrong length',
    })
  const stored = file?.bytes.length === length ? file.bytes : null
  const whole = joined(made.hashes)
  const full = width === TILE_WIDTH
  const root = (tile: Uint8Array | null) => (full && tile !== null ? (tileSubtrees(tile, hashes)[0] ?? null) : null)
  const madeRoot = root(whole)
  const same = whole !== null && stored !== null && sameBytes(whole, stored)
  const storedRoot = same ? madeRoot : root(stored)
  const kept = same && full && level === 0 ? { stored: null, made: { hashes: [], bundle: null } } : { stored, made }
  return { ...name, ...kept, path, same, madeRoot, storedRoot }
}

function joined(hashes: readonly (Uint8Array | null)[]): Uint8Array | null {
  const tile = new Uint8Array(hashes.length * HASH_BYTES)
  for (const [at, hash] of hashes.entries()) {
    if (hash === null) return null
    tile.set(hash, at * HASH_BYTES)
  }
  return tile
}

type Vouched = 'stored' | 'made' | null

/** From the root downwards: of every tile, whether what is stored or what was recomputed is vouched for from above. */
function judge(
  levels: readonly (readonly CheckedTile[])[],
  head: Head,
  hashes: TreeHashes,
  findings: JournalFinding[],
): boolean {
  const edge = levels.map((tiles) => tiles.at(-1)).filter((tile) => tile !== undefined && tile.width < TILE_WIDTH)
  const chosen = chooseEdge(edge as CheckedTile[], head, hashes)
  // The hashes of the level above that are known to be right.
  let above: (Uint8Array | null)[] = []
  for (const tiles of [...levels].reverse()) {
    const right: (Uint8Array | null)[] = []
    for (const tile of tiles) {
      const parent = above[tile.index]
      const vouched = tile.width < TILE_WIDTH ? (chosen?.get(tile) ?? null) : vouchedBy(parent ?? null, tile)
      if (!tile.same) report(tile, vouched, findings)
      if (tile.level === 0) continue
      const bytes = vouched === 'stored' ? tile.stored : vouched === 'made' ? joined(tile.made.hashes) : null
      for (let at = 0; at < tile.width; at++)
        right.push(bytes === null ? null : bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
    }
    above = right
  }
  return chosen !== null
}

function vouchedBy(parent: Uint8Array | null, tile: CheckedTile): Vouched {
  if (parent === null) return null
  if (tile.madeRoot !== null && sameBytes(parent, tile.madeRoot)) return 'made'
  return tile.storedRoot !== null && sameBytes(parent, tile.storedRoot) ? 'stored' : null
}

/** The partial tiles at the right edge hold the root together: those readings of them that lead to it. */
function chooseEdge(
  edge: readonly CheckedTile[],
  head: Head,
  hashes: TreeHashes,
): ReadonlyMap<CheckedTile, 'stored' | 'made'> | null {
  const readings = edge.map((tile) => {
    const whole = joined(tile.made.hashes)
    const options: { from: 'stored' | 'made'; subtrees: readonly Uint8Array[] }[] = []
    if (whole !== null) options.push({ from: 'made', subtrees: tileSubtrees(whole, hashes) })
    if (tile.stored !== null && !(whole !== null && sameBytes(whole, tile.stored)))
      options.push({ from: 'stored', subtrees: tileSubtrees(tile.stored, hashes) })
    return options
  })
  const walk = (level: number, right: readonly Uint8Array[]): ('stored' | 'made')[] | null => {
    const options = readings[level]
    if (options === undefined) {
      const root = foldRight(right, hashes)
      return root !== undefined && sameBytes(root, head.root) ? [] : null
    }
    for (const { from, subtrees } of options) {
      const rest = walk(level + 1, [...subtrees, ...right])
      if (rest !== null) return [from, ...rest]
    }
    return null
  }
  const picked = walk(0, [])
  return picked === null ? null : new Map(edge.map((tile, at) => [tile, picked[at] ?? 'made']))
}

function report(tile: CheckedTile, vouched: Vouched, findings: JournalFinding[]): void {
  const { stored, made, path } = tile
  for (let at = 0; at < tile.width; at++) {
    const offset = at * HASH_BYTES
    const hash = made.hashes[at] ?? null
    const kept = stored?.subarray(offset, offset + HASH_BYTES) ?? null
    if (kept !== null && hash !== null && sameBytes(kept, hash)) continue
    const entry = tile.level === 0 ? tile.index * TILE_WIDTH + at : null
    const extent = made.bundle?.extents[at]
    if (vouched !== 'made' && made.bundle !== null && extent !== undefined && (kept !== null || hash === null))
      findings.push({
        path: made.bundle.path,
        offset: extent[0],
        length: extent[1],
        entry,
        problem: made.bundle.missing
          ? 'missing'
          : vouched === 'stored'
            ? 'changed'
            : 'changed, or what it is computed from was',
      })
    if (vouched !== 'stored' && kept !== null && hash !== null)
      findings.push({
        path,
        offset,
        length: HASH_BYTES,
        entry: null,
        problem: vouched === 'made' ? 'changed' : 'changed, or what it is computed from was',
      })
  }
}

/** A bundle that is missing or cannot be read further gives one finding, not one for each entry. */
function eachOnce(findings: readonly JournalFinding[]): readonly JournalFinding[] {
  const byPlace = new Map<string, JournalFinding>()
  for (const finding of findings) {
    const place = `${finding.path} ${finding.offset}`
    if (!byPlace.has(place)) byPlace.set(place, finding)
  }
  return [...byPlace.values()].sort(inOrder)
}

function inOrder(a: JournalFinding, b: JournalFinding): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.offset - b.offset
}
