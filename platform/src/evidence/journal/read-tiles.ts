/** Reading a published journal: its tiles by name, its right edge, and single nodes of its tree. */
import { type HashFunction, ok, type Result, refuse, sha256, stop } from '../../kernel/index.ts'
import type { JournalState } from './integrate.ts'
import { HASH_BYTES, treeHashes } from './merkle-tree.ts'
import {
  type BundledEntry,
  decodeEntryBundle,
  entriesPath,
  readEntries,
  TILE_WIDTH,
  tilePath,
  tileRows,
  tileWidth,
} from './tiles.ts'

/** Where files of a published journal come from: a folder, a server, memory. Null for a file that is not there. */
export interface TileReader {
  read(path: string): Promise<Uint8Array | null>
}

export type ReadFile = { readonly path: string; readonly bytes: Uint8Array }

/** The file of a tile of this width; the full tile does where the partial one was removed (C2SP tlog-tiles, Partial Tiles). */
export async function readHashTile(
  reader: TileReader,
  level: number,
  index: number,
  width: number,
): Promise<ReadFile | null> {
  const path = tilePath(level, index, width)
  const bytes = await reader.read(path)
  if (bytes !== null || width === TILE_WIDTH) return bytes === null ? null : { path, bytes }
  const fullPath = tilePath(level, index, TILE_WIDTH)
  const full = await reader.read(fullPath)
  return full === null ? null : { path: fullPath, bytes: full.subarray(0, width * HASH_BYTES) }
}

export async function readBundleFile(reader: TileReader, index: number, width: number): Promise<ReadFile | null> {
  const path = entriesPath(index, width)
  const bytes = await reader.read(path)
  if (bytes !== null || width === TILE_WIDTH) return bytes === null ? null : { path, bytes }
  const fullPath = entriesPath(index, TILE_WIDTH)
  const full = await reader.read(fullPath)
  return full === null ? null : { path: fullPath, bytes: full.subarray(0, readEntries(full, width).rest) }
}

/** The state from which a journal of this size goes on. The caller compares its root with the checkpoint. */
export async function readState(reader: TileReader, size: number): Promise<Result<JournalState>> {
  const edge: Uint8Array[] = []
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH
    if (width === 0) {
      edge.push(new Uint8Array())
      continue
    }
    const index = Math.floor(hashes / TILE_WIDTH)
    const tile = await readHashTile(reader, level, index, width)
    if (tile?.bytes.length !== width * HASH_BYTES) return damaged(tile?.path ?? tilePath(level, index, width))
    edge.push(tile.bytes.slice())
  }
  const width = size % TILE_WIDTH
  if (width === 0) return ok({ size, edge, entries: new Uint8Array() })
  const index = Math.floor(size / TILE_WIDTH)
  const bundle = await readBundleFile(reader, index, width)
  if (bundle === null || !decodeEntryBundle(bundle.bytes, width).ok)
    return damaged(bundle?.path ?? entriesPath(index, width))
  return ok({ size, edge, entries: bundle.bytes.slice() })
}

/** The entry at an index of a journal of `size` leaves. */
export async function readEntry(reader: TileReader, index: number, size: number): Promise<Result<BundledEntry>> {
  const bundleIndex = Math.floor(index / TILE_WIDTH)
  const width = tileWidth(0, bundleIndex, size)
  const bundle = width === 0 ? null : await readBundleFile(reader, bundleIndex, width)
  if (bundle === null) return damaged(entriesPath(bundleIndex, Math.max(1, width)))
  const entries = decodeEntryBundle(bundle.bytes, width)
  if (!entries.ok) return entries
  const entry = entries.value[index % TILE_WIDTH]
  return entry === undefined ? damaged(bundle.path) : ok(entry)
}

/** The root of the complete subtree of 2^height leaves that starts at leaf `position`·2^height. */
export type NodeReader = (height: number, position: number) => Promise<Uint8Array>

/** Reads nodes out of tiles of a tree of `size` leaves. Keeps what it has read: make one for a piece of work. A `Stop` where a tile is missing. */
export function nodeReader(reader: TileReader, size: number, hash: HashFunction = sha256): NodeReader {
  const hashes = treeHashes(hash)
  const kept = new Map<string, readonly (readonly Uint8Array[])[]>()
  return async (height, position) => {
    const level = Math.floor(height / 8)
    const row = height % 8
    const inTile = TILE_WIDTH / 2 ** row
    const index = Math.floor(position / inTile)
    const width = tileWidth(level, index, size)
    const path = tilePath(level, index, Math.max(1, width))
    let rows = kept.get(path)
    if (rows === undefined) {
      const tile = width === 0 ? null : await readHashTile(reader, level, index, width)
      if (tile?.bytes.length !== width * HASH_BYTES)
        return stop('JOURNAL_DAMAGED', `A file of the journal is missing or cut: ${path}.`, {
          place: path,
          fix: 'Run the check of the journal and restore the file from a mirror.',
        })
      rows = tileRows(tile.bytes, hashes)
      kept.set(path, rows)
    }
    const node = rows[row]?.[position % inTile]
    if (node === undefined)
      throw new RangeError(`a tree of ${size} leaves has no complete subtree ${height}/${position}`)
    return node
  }
}

function damaged(path: string) {
  return refuse('JOURNAL_DAMAGED', `A file of the journal is missing or cut: ${path}.`, {
    place: path,
    fix: 'Run the check of the journal and restore the file from a mirror.',
  })
}
