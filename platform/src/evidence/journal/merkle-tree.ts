/**
 * The hash tree of the journal (RFC 6962 section 2.1, RFC 9162 section 2.1): SHA-256, a leaf under 0x00 and a node under
 * 0x01, so that no node can be passed off as a leaf.
 *
 * `CompactRange` is the tree as its complete subtrees only, largest first: what a journal must keep to go on.
 */
import { type HashFunction, sha256 } from '../../kernel/index.ts'

export const HASH_BYTES = 32

/** Makes the two hashes of the tree from a SHA-256. The node buffer is used again: hash functions must not keep it. */
export function treeHashes(hash: HashFunction = sha256): TreeHashes {
  const pair = new Uint8Array(1 + 2 * HASH_BYTES)
  pair[0] = 1
  return {
    leaf(bytes) {
      const prefixed = new Uint8Array(1 + bytes.length)
      prefixed.set(bytes, 1)
      return hash(prefixed)
    },
    node(left, right) {
      pair.set(left, 1)
      pair.set(right, 1 + HASH_BYTES)
      return hash(pair)
    },
    empty: () => hash(new Uint8Array()),
  }
}

export type TreeHashes = {
  readonly leaf: (bytes: Uint8Array) => Uint8Array
  readonly node: (left: Uint8Array, right: Uint8Array) => Uint8Array
  /** The root of the tree without leaves: the hash of nothing (RFC 6962 section 2.1). */
  readonly empty: () => Uint8Array
}

/** With kernel SHA-256: for proofs and single leaves. */
export const plainHashes: TreeHashes = treeHashes()

export type CompactRange = { readonly size: number; readonly hashes: readonly Uint8Array[] }

export const emptyRange: CompactRange = { size: 0, hashes: [] }

/** The range with one more leaf hash: equal subtrees are joined, as carries in a binary count. */
export function appendToRange(
  range: CompactRange,
  leafHash: Uint8Array,
  hashes: TreeHashes = plainHashes,
): CompactRange {
  const kept = [...range.hashes]
  let joined = leafHash
  for (let rest = range.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = kept.pop()
    if (left === undefined) throw new Error('a compact range has fewer hashes than its size asks for')
    joined = hashes.node(left, joined)
  }
  return { size: range.size + 1, hashes: [...kept, joined] }
}

export function rangeRoot({ hashes: kept }: CompactRange, hashes: TreeHashes = plainHashes): Uint8Array {
  return foldRight(kept, hashes) ?? hashes.empty()
}

/** Joins subtrees from the right: the root of a tree whose complete subtrees these are. Undefined for none. */
export function foldRight(subtrees: readonly Uint8Array[], hashes: TreeHashes): Uint8Array | undefined {
  let root = subtrees.at(-1)
  for (let at = subtrees.length - 2; at >= 0 && root !== undefined; at--) {
    const left = subtrees[at]
    if (left !== undefined) root = hashes.node(left, root)
  }
  return root
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
