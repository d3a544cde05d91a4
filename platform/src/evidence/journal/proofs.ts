/**
 * Verifying inclusion and consistency (RFC 9162 sections 2.1.3.2 and 2.1.4.2) for trees of up to 2^64 − 1 leaves.
 *
 * A consistency proof from an empty tree says nothing, since every tree continues it, and is refused.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { HASH_BYTES, plainHashes, sameBytes, type TreeHashes } from './merkle-tree.ts'

/** 2^64 − 1, the largest size that a checkpoint of a public log can state. */
export const MAX_SIZE = 2n ** 64n - 1n

export type Inclusion = {
  readonly index: bigint
  readonly size: bigint
  readonly leafHash: Uint8Array
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

export function verifyInclusion(inclusion: Inclusion, hashes: TreeHashes = plainHashes): Result<null> {
  const { index, size, leafHash, proof, root } = inclusion
  if (size > MAX_SIZE || index < 0n || index >= size)
    return unproven('INCLUSION_UNPROVEN', `a tree of ${size} leaves has no leaf ${index}`)
  if (![leafHash, root, ...proof].every(isHash)) return unproven('INCLUSION_UNPROVEN', 'a hash is not 32 bytes long')
  let fn = index
  let sn = size - 1n
  let hash = leafHash
  for (const step of proof) {
    if (sn === 0n) return unproven('INCLUSION_UNPROVEN', 'the proof is longer than the tree is high')
    if ((fn & 1n) === 1n || fn === sn) {
      hash = hashes.node(step, hash)
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n
        sn >>= 1n
      }
    } else hash = hashes.node(hash, step)
    fn >>= 1n
    sn >>= 1n
  }
  if (sn !== 0n) return unproven('INCLUSION_UNPROVEN', 'the proof is shorter than the tree is high')
  return sameBytes(hash, root) ? ok(null) : unproven('INCLUSION_UNPROVEN', 'the proof leads to another root')
}

export type Consistency = {
  readonly size1: bigint
  readonly size2: bigint
  readonly root1: Uint8Array
  readonly root2: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export function verifyConsistency(consistency: Consistency, hashes: TreeHashes = plainHashes): Result<null> {
  const { size1, size2, root1, root2, proof } = consistency
  const no = (what: string) => unproven('CONSISTENCY_UNPROVEN', what)
  if (size1 < 1n || size2 > MAX_SIZE) return no('nothing can be proven from an empty tree')
  if (size1 > size2) return no(`a tree of ${size2} leaves does not continue one of ${size1}`)
  if (size1 === size2) {
    if (proof.length > 0) return no('two trees of one size need no proof, but one is given')
    return sameBytes(root1, root2) ? ok(null) : no('two trees of one size have different roots')
  }
  if (![root1, root2, ...proof].every(isHash)) return no('a hash is not 32 bytes long')
  // A first size that is a power of two is a complete subtree: its root stands for the first step (RFC 9162, step 2).
  const steps = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : proof
  const first = steps[0]
  if (proof.length === 0 || first === undefined) return no('the proof is empty')
  let fn = size1 - 1n
  let sn = size2 - 1n
  while ((fn & 1n) === 1n) {
    fn >>= 1n
    sn >>= 1n
  }
  let fr = first
  let sr = first
  for (const step of steps.slice(1)) {
    if (sn === 0n) return no('the proof is longer than the tree is high')
    if ((fn & 1n) === 1n || fn === sn) {
      fr = hashes.node(step, fr)
      sr = hashes.node(step, sr)
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n
        sn >>= 1n
      }
    } else sr = hashes.node(sr, step)
    fn >>= 1n
    sn >>= 1n
  }
  if (sn !== 0n) return no('the proof is shorter than the tree is high')
  if (!sameBytes(fr, root1)) return no('the proof leads to another first root')
  return sameBytes(sr, root2) ? ok(null) : no('the proof leads to another second root')
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES
}

function unproven(code: 'INCLUSION_UNPROVEN' | 'CONSISTENCY_UNPROVEN', what: string) {
  return refuse(code, `Not proven: ${what}.`, { fix: 'Ask the keeper of the journal for the proof again.' })
}
