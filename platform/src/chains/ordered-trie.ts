/**
 * The root of the tree in which a block keeps its transactions, receipts or withdrawals: a Merkle Patricia tree whose keys
 * are the numbers of the items (Yellow Paper, appendix D and section 4.3). Pure.
 */
import type { HashFunction } from '../kernel/index.ts'
import { encodeRlp, type Rlp, rlpNumber } from './rlp.ts'

export function orderedTrieRoot(items: readonly Uint8Array[], keccak: HashFunction): Uint8Array {
  if (items.length === 0) return keccak(Uint8Array.of(0x80))
  const leaves = items.map((value, n) => ({ path: nibblesOf(encodeRlp(rlpNumber(n))), value }))
  leaves.sort((a, b) => comparePaths(a.path, b.path))
  return keccak(encodeRlp(nodeOf(leaves, 0, leaves.length, 0, keccak)))
}

type Leaf = { readonly path: Uint8Array; readonly value: Uint8Array }

/** The node over `leaves[from…to)`, all of which agree before `depth`. No key is the beginning of another. */
function nodeOf(leaves: readonly Leaf[], from: number, to: number, depth: number, keccak: HashFunction): Rlp {
  const [first, last] = [leaves[from] as Leaf, leaves[to - 1] as Leaf]
  if (to - from === 1) return [compact(first.path.subarray(depth), true), first.value]
  let same = depth
  while (first.path[same] === last.path[same]) same++
  if (same > depth)
    return [compact(first.path.subarray(depth, same), false), reference(nodeOf(leaves, from, to, same, keccak), keccak)]
  const branch: Rlp[] = []
  let at = from
  for (let nibble = 0; nibble < 16; nibble++) {
    const start = at
    while (at < to && leaves[at]?.path[depth] === nibble) at++
    branch.push(at === start ? NOTHING : reference(nodeOf(leaves, start, at, depth + 1, keccak), keccak))
  }
  return [...branch, NOTHING]
}

const NOTHING = new Uint8Array()

/** A node shorter than a hash stands itself in the place of its hash. */
function reference(node: Rlp, keccak: HashFunction): Rlp {
  const bytes = encodeRlp(node)
  return bytes.length < 32 ? node : keccak(bytes)
}

/** Half-bytes with a prefix that says whether their number is odd and whether they end at a leaf. */
function compact(nibbles: Uint8Array, leaf: boolean): Uint8Array {
  const odd = nibbles.length % 2
  const bytes = new Uint8Array((nibbles.length >> 1) + 1)
  bytes[0] = (leaf ? 0x20 : 0) + (odd ? 0x10 + (nibbles[0] ?? 0) : 0)
  for (let n = odd, at = 1; n < nibbles.length; n += 2) bytes[at++] = ((nibbles[n] ?? 0) << 4) | (nibbles[n + 1] ?? 0)
  return bytes
}

function nibblesOf(bytes: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(bytes.length * 2)
  bytes.forEach((byte, n) => {
    nibbles[2 * n] = byte >> 4
    nibbles[2 * n + 1] = byte & 15
  })
  return nibbles
}

function comparePaths(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0)
  return a.length - b.length
}
