/**
 * Whether an entry is in the journal that the node has published: the entry, the hashes up to the root and the checkpoint are fetched
 * as anybody would fetch them, and the proof is computed here. The word of the node is not taken for it.
 */
import {
  inclusionProof,
  nodeReader,
  parseCheckpoint,
  readEntry,
  type TileReader,
  treeHashes,
  verifyInclusion,
} from '../../../platform/src/evidence/index.ts'
import { bytesToBase64, bytesToText } from '../../../platform/src/kernel/index.ts'

export type Included =
  | { readonly is: 'proven'; readonly index: number; readonly size: string; readonly root: string }
  /** It has its place, and the next checkpoint will hold it. */
  | { readonly is: 'waiting' }
  | { readonly is: 'wrong'; readonly reason: string }

export type Shown = { readonly index: number | null; readonly at: string; readonly event: string; readonly of: string }

const published: TileReader = {
  read: async (path) => {
    const answer = await fetch(`/log/${path}`, { credentials: 'omit' })
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
  },
}

export async function checkInclusion(entry: Shown, reader: TileReader = published): Promise<Included> {
  const bytes = await reader.read('checkpoint')
  const checkpoint = bytes === null ? null : parseCheckpoint(bytes)
  if (!checkpoint?.ok) return { is: 'wrong', reason: checkpoint ? checkpoint.refusal.message : 'no checkpoint' }
  const { size, root } = checkpoint.value
  if (entry.index === null || BigInt(entry.index) >= size) return { is: 'waiting' }
  const leaf = await readEntry(reader, entry.index, Number(size))
  if (!leaf.ok) return { is: 'wrong', reason: leaf.refusal.message }
  const text = bytesToText(leaf.value.bytes)
  const said = text.ok ? (JSON.parse(text.value) as Record<string, unknown>) : {}
  for (const name of ['at', 'event', 'of'] as const)
    if (said[name] !== entry[name]) return { is: 'wrong', reason: `${name}: ${String(said[name])}` }
  const proof = await inclusionProof(nodeReader(reader, Number(size)), entry.index, Number(size))
  const leafHash = treeHashes().leaf(leaf.value.bytes)
  const verified = verifyInclusion({ index: BigInt(entry.index), size, leafHash, proof, root })
  if (!verified.ok) return { is: 'wrong', reason: verified.refusal.message }
  return { is: 'proven', index: entry.index, size: String(size), root: bytesToBase64(root) }
}
