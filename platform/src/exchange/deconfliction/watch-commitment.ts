/**
 * Before it asks, an agency commits to everything that it is going to ask, with the case that each item belongs to; later an
 * oversight body has samples opened. Not cryptography but this answers the member that asks for one address it has no case
 * about: every question can be shown to have had one.
 *
 * The tree is that of the journal (RFC 6962). Each leaf has a salt of its own: an opened leaf says nothing of the others.
 */
import { inclusionProof, rootAtSize, treeHashes, verifyInclusion } from '../../evidence/index.ts'
import { concatBytes, ok, type Result, refuse, textToBytes } from '../../kernel/index.ts'
import type { Random } from './batches.ts'

export const SALT_BYTES = 32

const hashes = treeHashes()

/** One question, and the case that it belongs to; null for a dummy. */
export type Watched = { readonly input: Uint8Array; readonly caseRef: string | null }

type Leaf = Watched & { readonly salt: Uint8Array }

/** What the agency keeps; `root` and the number of leaves are what it shows. */
export type WatchCommitment = { readonly root: Uint8Array; readonly leaves: readonly Leaf[] }

export type Sample = Leaf & { readonly index: number; readonly size: number; readonly proof: readonly Uint8Array[] }

/** In the order of the questions, so that a sample is a question that was asked. */
export async function commitWatchSet(watched: readonly Watched[], random: Random): Promise<WatchCommitment> {
  if (watched.length === 0) throw new RangeError('nothing to commit to')
  const leaves = watched.map((one) => ({ ...one, salt: random(SALT_BYTES) }))
  return { root: await rootAtSize(nodesOf(leaves), leaves.length), leaves }
}

export async function openSample({ leaves }: WatchCommitment, index: number): Promise<Sample> {
  const leaf = leaves[index]
  if (leaf === undefined) throw new RangeError(`there is no leaf ${index} of ${leaves.length}`)
  const proof = await inclusionProof(nodesOf(leaves), index, leaves.length)
  return { ...leaf, index, size: leaves.length, proof }
}

/** For the oversight: what was committed to at this place, under the root and the size that were shown before the question. */
export function checkSample(root: Uint8Array, size: number, sample: Sample): Result<Watched> {
  const shown =
    sample.size === size &&
    sample.salt.length === SALT_BYTES &&
    Number.isSafeInteger(sample.index) &&
    verifyInclusion({
      index: BigInt(sample.index),
      size: BigInt(size),
      leafHash: hashes.leaf(leafBytes(sample)),
      proof: sample.proof,
      root,
    }).ok
  if (!shown)
    return refuse('EXCHANGE_DECONFLICTION_SAMPLE', 'What is shown is not what was committed to.', {
      place: `leaf ${sample.index}`,
      fix: 'Ask for the leaf again; where it is not shown, the question had no case.',
    })
  return ok({ input: sample.input, caseRef: sample.caseRef })
}

/** Salt, then input and case, each with its length before it (4 bytes, big-endian); 1 before a case, 0 alone for none. */
function leafBytes({ salt, input, caseRef }: Leaf): Uint8Array {
  const of = caseRef === null ? Uint8Array.of(0) : concatBytes(Uint8Array.of(1), prefixed(textToBytes(caseRef)))
  return concatBytes(salt, prefixed(input), of)
}

function prefixed(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return concatBytes(length, bytes)
}

/** The complete subtrees, by height and place, as proofs of the journal read them. */
function nodesOf(leaves: readonly Leaf[]): (height: number, index: number) => Promise<Uint8Array> {
  const levels: Uint8Array[][] = [leaves.map((leaf) => hashes.leaf(leafBytes(leaf)))]
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? [])
    levels.push(
      Array.from({ length: Math.floor(below.length / 2) }, (_, at) =>
        hashes.node(below[2 * at] as Uint8Array, below[2 * at + 1] as Uint8Array),
      ),
    )
  return async (height, index) => {
    const node = levels[height]?.[index]
    if (node === undefined) throw new RangeError(`the tree has no node ${index} at height ${height}`)
    return node
  }
}
