/**
 * The portable proof that a journal told two stories: two checkpoints, both signed by its key, of which no tree can be the
 * continuation of the other. Anyone who has the key can check it; nobody needs to believe who found it.
 *
 * The larger tree has one root only at the size of the smaller one. A consistency proof shows which; it is not the signed one.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { consistencyProof, rootAtSize } from './make-proofs.ts'
import { plainHashes, sameBytes } from './merkle-tree.ts'
import type { NoteKey, SignatureCheck } from './note.ts'
import { verifyConsistency } from './proofs.ts'
import type { NodeReader } from './read-tiles.ts'

export type Equivocation = {
  /** The checkpoint of the smaller tree, and that of the larger: signed notes, byte for byte. */
  readonly smaller: Uint8Array
  readonly larger: Uint8Array
  /** The root that the larger tree has at the size of the smaller. */
  readonly rootAtSmaller: Uint8Array
  /** From `rootAtSmaller` to the larger tree; empty where both have one size. */
  readonly proof: readonly Uint8Array[]
}

/** Makes the proof from a checkpoint and the journal that contradicts it; null where the journal continues it. */
export async function showEquivocation(
  smaller: { readonly bytes: Uint8Array; readonly checkpoint: Checkpoint },
  larger: { readonly bytes: Uint8Array; readonly checkpoint: Checkpoint; readonly node: NodeReader },
): Promise<Equivocation | null> {
  const [size1, size2] = [Number(smaller.checkpoint.size), Number(larger.checkpoint.size)]
  if (size1 > size2) throw new RangeError('the first checkpoint is of the larger tree')
  const rootAtSmaller = await rootAtSize(larger.node, size1)
  if (sameBytes(rootAtSmaller, smaller.checkpoint.root)) return null
  const proof = size1 === 0 || size1 === size2 ? [] : await consistencyProof(larger.node, size1, size2)
  return { smaller: smaller.bytes, larger: larger.bytes, rootAtSmaller, proof }
}

/** The two sizes at which the journal contradicts itself; refused where the bytes do not show that it does. */
export function verifyEquivocation(
  { smaller, larger, rootAtSmaller, proof }: Equivocation,
  key: NoteKey,
  check: SignatureCheck,
): Result<{ readonly smaller: bigint; readonly larger: bigint }> {
  const first = openCheckpoint(smaller, key, check)
  if (!first.ok) return first
  const second = openCheckpoint(larger, key, check)
  if (!second.ok) return second
  const no = (what: string) =>
    refuse('EQUIVOCATION_NOT_SHOWN', `The two checkpoints may belong to one journal: ${what}.`, {
      fix: 'Ask for the tiles of the larger tree and make the proof again.',
    })
  const [size1, size2] = [first.value.size, second.value.size]
  if (sameBytes(first.value.root, rootAtSmaller)) return no('their trees agree at the smaller size')
  const sizes = ok({ smaller: size1, larger: size2 })
  // An empty tree has one root; a signature under another is a lie by itself.
  if (size1 === 0n) return sameBytes(rootAtSmaller, plainHashes.empty()) ? sizes : no('the empty tree has another root')
  const led = verifyConsistency({ size1, size2, root1: rootAtSmaller, root2: second.value.root, proof })
  return led.ok ? sizes : no('the proof does not lead from the smaller size to the larger tree')
}
