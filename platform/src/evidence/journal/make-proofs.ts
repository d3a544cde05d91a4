/** Making inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2) from the nodes that tiles hold. */
import { foldRight, plainHashes, type TreeHashes } from './merkle-tree.ts'
import type { NodeReader } from './read-tiles.ts'

/** The proof that leaf `index` is in the tree of `size` leaves: siblings from the leaf upwards. */
export async function inclusionProof(
  node: NodeReader,
  index: number,
  size: number,
  hashes: TreeHashes = plainHashes,
): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`)
  const spans: Span[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    spans.push(index < middle ? [middle, to] : [from, middle])
    if (index < middle) to = middle
    else from = middle
  }
  return rootsOf(spans.reverse(), node, hashes)
}

/** The proof that the tree of `size2` leaves continues that of `size1`; empty where they are equal. */
export async function consistencyProof(
  node: NodeReader,
  size1: number,
  size2: number,
  hashes: TreeHashes = plainHashes,
): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(size2) || !Number.isSafeInteger(size1) || size1 < 1 || size1 > size2)
    throw new RangeError(`no consistency proof leads from ${size1} to ${size2} leaves`)
  const spans: Span[] = []
  let [from, to] = [0, size2]
  while (size1 !== to) {
    const middle = from + splitOf(to - from)
    if (size1 <= middle) {
      spans.push([middle, to])
      to = middle
    } else {
      spans.push([from, middle])
      from = middle
    }
  }
  // RFC 6962's SUBPROOF(m, D, true): the old tree itself is known to the verifier where it was never split.
  if (from > 0) spans.push([from, to])
  return rootsOf(spans.reverse(), node, hashes)
}

/** The root of the first `size` leaves, out of the nodes of a larger tree. */
export async function rootAtSize(
  node: NodeReader,
  size: number,
  hashes: TreeHashes = plainHashes,
): Promise<Uint8Array> {
  return size === 0 ? hashes.empty() : rootOfSpan([0, size], node, hashes)
}

type Span = readonly [from: number, to: number]

/** The largest power of two that is smaller than n (RFC 6962's k). */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

async function rootsOf(spans: readonly Span[], node: NodeReader, hashes: TreeHashes): Promise<readonly Uint8Array[]> {
  const roots: Uint8Array[] = []
  for (const span of spans) roots.push(await rootOfSpan(span, node, hashes))
  return roots
}

/** A span that the tree's own splitting gives begins at a multiple of its first subtree, so that it falls into complete ones. */
async function rootOfSpan([from, to]: Span, node: NodeReader, hashes: TreeHashes): Promise<Uint8Array> {
  const subtrees: Uint8Array[] = []
  for (let at = from; at < to; ) {
    let height = 0
    while (at + 2 ** (height + 1) <= to) height += 1
    subtrees.push(await node(height, at / 2 ** height))
    at += 2 ** height
  }
  const root = foldRight(subtrees, hashes)
  if (root === undefined) throw new RangeError('a span of the tree is empty')
  return root
}
