import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex } from '../../kernel/index.ts'
import { nodeSha256 } from '../store/node-sha256.ts'
import { memoryLog, testLeaves } from '../testing/journals.ts'
import { emptyJournal, integrate, type JournalState } from './integrate.ts'
import { consistencyProof, inclusionProof } from './make-proofs.ts'
import { appendToRange, emptyRange, rangeRoot, treeHashes } from './merkle-tree.ts'
import { verifyConsistency, verifyInclusion } from './proofs.ts'
import { nodeReader, readState } from './read-tiles.ts'
import { tilePath, tilesOfTree, tileWidth } from './tiles.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

const hashes = treeHashes(nodeSha256)

/** The definition itself (RFC 6962 section 2.1), slow and plain: what everything else is held to. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) return nodeSha256(new Uint8Array())
  if (leaves.length === 1) return nodeSha256(Uint8Array.from([0, ...first]))
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeSha256(Uint8Array.from([1, ...definedRoot(leaves.slice(0, k)), ...definedRoot(leaves.slice(k))]))
}

test('the compact range and the tiles have the root of the definition, for every size up to 700', () => {
  const leaves = testLeaves(700)
  let range = emptyRange
  let state: JournalState = emptyJournal
  for (const [at, leaf] of leaves.entries()) {
    range = appendToRange(range, hashes.leaf(leaf), hashes)
    const step = integrate(state, [leaf], nodeSha256)
    state = step.state
    expect(step.root).toEqual(rangeRoot(range, hashes))
    if (at % 37 === 0 || at === 699) expect(step.root).toEqual(definedRoot(leaves.slice(0, at + 1)))
  }
})

test(
  'appending in any batches gives the same root, state and files',
  () => {
    const batches = fc.array(fc.oneof(fc.nat(3), fc.nat(300), fc.constantFrom(255, 256, 257, 512)), { maxLength: 12 })
    fc.assert(
      fc.property(batches, (sizes) => {
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const leaves = testLeaves(total)
        const whole = integrate(emptyJournal, leaves, nodeSha256)
        const files = new Map<string, string>()
        let step = integrate(emptyJournal, [], nodeSha256)
        let at = 0
        for (const size of sizes) {
          step = integrate(step.state, leaves.slice(at, at + size), nodeSha256)
          at += size
          for (const { path, bytes } of step.files) {
            // A path that is written twice is written with the same bytes.
            expect(files.get(path) ?? bytesToHex(bytes)).toBe(bytesToHex(bytes))
            files.set(path, bytesToHex(bytes))
          }
        }
        expect(step.root).toEqual(whole.root)
        expect(step.state).toEqual(whole.state)
        for (const { path, bytes } of whole.files) expect(files.get(path)).toBe(bytesToHex(bytes))
      }),
      { numRuns: 60 },
    )
  },
  LONG,
)

test('three levels of tiles: 70,000 leaves as the example of tlog-tiles counts them', async () => {
  const log = memoryLog(testLeaves(70_000))
  const names = [...tilesOfTree(70_000)]
  expect(names.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273)
  expect(names.filter(({ width }) => width < 256)).toEqual([
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ])
  for (const { level, index, width } of names) {
    expect(tileWidth(level, index, 70_000)).toBe(width)
    expect(log.files.get(tilePath(level, index, width))?.length).toBe(width * 32)
  }
  const read = await readState(log.reader, 70_000)
  expect(read).toEqual({ ok: true, value: log.end.state })
  const node = nodeReader(log.reader, 70_000, nodeSha256)
  for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
    const leafHash = hashes.leaf(testLeaves(1, 'leaf', index)[0] ?? new Uint8Array())
    const proof = await inclusionProof(node, index, 70_000, hashes)
    expect(verifyInclusion({ index: BigInt(index), size: 70_000n, leafHash, proof, root: log.end.root }).ok).toBe(true)
  }
})

test('tile paths are those of tlog-tiles', () => {
  expect(tilePath(0, 1234067, 256)).toBe('tile/0/x001/x234/067')
  expect(tilePath(63, 0, 1)).toBe('tile/63/000.p/1')
  expect(tilePath(1, 1000, 17)).toBe('tile/1/x001/000.p/17')
})

test(
  'every proof of every index verifies, and no other index, leaf, size or step does',
  async () => {
    const all = testLeaves(130)
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 64, 65, 100, 130]) {
      const log = memoryLog(all.slice(0, size))
      const node = nodeReader(log.reader, size, nodeSha256)
      const { root } = log.end
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(node, index, size, hashes)
        const leafHash = hashes.leaf(all[index] ?? new Uint8Array())
        const given = { index: BigInt(index), size: BigInt(size), leafHash, proof, root }
        expect(verifyInclusion(given, hashes).ok).toBe(true)
        for (let other = 0; other < size; other++) {
          if (other === index) continue
          const wrongLeaf = hashes.leaf(all[other] ?? new Uint8Array())
          if (verifyInclusion({ ...given, index: BigInt(other) }, hashes).ok)
            expect.fail(`${index} as ${other} of ${size}`)
          if (verifyInclusion({ ...given, leafHash: wrongLeaf }, hashes).ok) expect.fail(`leaf ${other} at ${index}`)
        }
        for (let step = 0; step < proof.length; step++) {
          const changed = proof.map((hash, at) => (at === step ? hashes.leaf(hash) : hash))
          if (verifyInclusion({ ...given, proof: changed }, hashes).ok)
            expect.fail(`step ${step} of ${index} of ${size}`)
        }
        expect(verifyInclusion({ ...given, proof: [...proof, root] }, hashes).ok).toBe(false)
      }
    }
  },
  LONG,
)

test(
  'consistency is proven for all pairs of sizes up to 300, and for no pair of different stories',
  async () => {
    const log = memoryLog(testLeaves(300))
    const other = memoryLog(testLeaves(300, 'another'))
    const roots = (story: string) => {
      const found: Uint8Array[] = []
      let range = emptyRange
      for (const leaf of testLeaves(300, story)) {
        range = appendToRange(range, hashes.leaf(leaf), hashes)
        found.push(rangeRoot(range, hashes))
      }
      return (size: number) => found[size - 1] ?? new Uint8Array()
    }
    const [rootAt, otherRootAt] = [roots('leaf'), roots('another')]
    expect(rootAt(300)).toEqual(log.end.root)
    expect(otherRootAt(300)).toEqual(other.end.root)
    let pairs = 0
    for (let size2 = 1; size2 <= 300; size2++) {
      const node = nodeReader(log.reader, 300, nodeSha256)
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = await consistencyProof(node, size1, size2, hashes)
        const given = { size1: BigInt(size1), size2: BigInt(size2), root1: rootAt(size1), root2: rootAt(size2), proof }
        if (!verifyConsistency(given, hashes).ok) expect.fail(`${size1} to ${size2}`)
        if (verifyConsistency({ ...given, root1: otherRootAt(size1) }, hashes).ok) expect.fail(`other first ${size1}`)
        if (verifyConsistency({ ...given, root2: otherRootAt(size2) }, hashes).ok) expect.fail(`other second ${size2}`)
        pairs += 1
      }
    }
    expect(pairs).toBe(45_150)
  },
  LONG,
)
