/** The Merkle tree of a block, and the proof of work of its header. */
import { doubleSha256 } from '../kernel/index.ts'

export type MerkleRoot = {
  readonly root: Uint8Array
  /**
   * Whether two equal hashes stand side by side where the tree would double a last one: such a list has the root of a
   * shorter list (CVE-2012-2459), so the root does not prove it.
   */
  readonly ambiguous: boolean
}

/** Hashes in the byte order in which they are hashed, not in which they are shown. An empty list has no root. */
export function merkleRoot(hashes: readonly Uint8Array[]): MerkleRoot | null {
  let level = hashes
  let ambiguous = false
  const pair = new Uint8Array(64)
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let n = 0; n < level.length; n += 2) {
      const left = level[n] ?? pair
      const sibling = level[n + 1]
      const right = sibling ?? left
      if (sibling && sameBytes(left, sibling)) ambiguous = true
      pair.set(left, 0)
      pair.set(right, 32)
      next.push(doubleSha256(pair))
    }
    level = next
  }
  const [root] = level
  return root ? { root, ambiguous } : null
}

/** The target that nBits stands for; `null` for a negative or overflowing one, which no block may have. */
export function targetOf(bits: number): bigint | null {
  const exponent = bits >>> 24
  const mantissa = BigInt(bits & 0x007f_ffff)
  if ((bits & 0x0080_0000) !== 0 || mantissa === 0n) return null
  const target = exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3))
  return target === 0n || target >= 1n << 256n ? null : target
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  for (let n = 0; n < left.length; n++) if (left[n] !== right[n]) return false
  return true
}
