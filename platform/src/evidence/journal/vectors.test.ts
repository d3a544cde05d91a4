/** Public vectors: RFC 6962 proofs (transparency-dev/merkle) and a tiled log (transparency-dev/tessera). */
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { openCheckpoint } from './checkpoint.ts'
import { checkJournal } from './fsck.ts'
import { emptyJournal, integrate } from './integrate.ts'
import { consistencyProof, inclusionProof, rootAtSize } from './make-proofs.ts'
import { plainHashes } from './merkle-tree.ts'
import { formatVkey, parseVkey } from './note.ts'
import { verifyConsistency, verifyInclusion } from './proofs.ts'
import { nodeReader, readEntry, readState, type TileReader } from './read-tiles.ts'

const vectors = fileURLToPath(new URL('../../../../vectors/', import.meta.url))

/** Indices of these files go up to 2^64 − 1, so that their digits are read, not their numbers. */
function readVector(path: string): Record<string, unknown> {
  const keepDigits = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? BigInt(context?.source ?? '') : value
  return JSON.parse(readFileSync(path, 'utf8'), keepDigits)
}

const bytes = (text: unknown) => Uint8Array.from(Buffer.from(String(text ?? ''), 'base64'))
const list = (texts: unknown) => ((texts ?? []) as unknown[]).map(bytes)

const inclusion = globSync('merkle/testdata/inclusion/**/*.json', { cwd: vectors }).sort()
const consistency = globSync('merkle/testdata/consistency/**/*.json', { cwd: vectors }).sort()

test('all files of the vectors are run', () => {
  expect([inclusion.length, consistency.length]).toEqual([98, 98])
})

test.each(inclusion)('%s', (path) => {
  const { leafIdx, treeSize, root, leafHash, proof, wantErr } = readVector(join(vectors, path))
  const verdict = verifyInclusion({
    index: leafIdx as bigint,
    size: treeSize as bigint,
    leafHash: bytes(leafHash),
    proof: list(proof),
    root: bytes(root),
  })
  expect(verdict.ok).toBe(!wantErr)
})

test.each(consistency)('%s', (path) => {
  const { size1, size2, root1, root2, proof, wantErr } = readVector(join(vectors, path))
  const verdict = verifyConsistency({
    size1: size1 as bigint,
    size2: size2 as bigint,
    root1: bytes(root1),
    root2: bytes(root2),
    proof: list(proof),
  })
  expect(verdict.ok).toBe(!wantErr)
})

describe('the log of tessera', () => {
  const folder = join(vectors, 'tlog/testdata/log')
  const read = (path: string) => Uint8Array.from(readFileSync(join(folder, path)))
  const reader: TileReader = {
    async read(path) {
      try {
        return read(path)
      } catch {
        return null
      }
    },
  }
  const parsed = parseVkey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
  if (!parsed.ok) throw new Error(parsed.refusal.message)
  const key = parsed.value
  const sizes = Array.from({ length: 16 }, (_, at) => at)
  const headOf = (size: number) => {
    const opened = openCheckpoint(read(`checkpoint.${size}`), key, checkEd25519)
    if (!opened.ok) throw new Error(opened.refusal.message)
    return opened.value
  }

  test.each(sizes)('checkpoint.%i is signed, and its root is that of the tiles and entries', async (size) => {
    const head = headOf(size)
    expect(head.size).toBe(BigInt(size))
    expect(await checkJournal(reader, { size, root: head.root })).toEqual({ findings: [], reachesRoot: true })
    expect(await rootAtSize(nodeReader(reader, Math.max(size, 1)), size)).toEqual(head.root)
  })

  test('is written byte for byte as tessera wrote it', async () => {
    const entries: Uint8Array[] = []
    for (let index = 0; index < 15; index++) {
      const entry = await readEntry(reader, index, 15)
      if (entry.ok) entries.push(entry.value.bytes)
    }
    const written = new Map<string, Uint8Array>()
    let { state } = integrate(emptyJournal, [])
    for (const entry of entries) {
      const step = integrate(state, [entry])
      state = step.state
      for (const file of step.files) written.set(file.path, file.bytes)
    }
    const theirs = readdirSync(join(folder, 'tile'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    expect([...written.keys()].sort()).toEqual(theirs.sort())
    for (const path of theirs) expect(written.get(path)).toEqual(read(path))
    expect(await readState(reader, 15)).toEqual({ ok: true, value: state })
  })

  test('gives proofs between all its checkpoints and for all its entries', async () => {
    for (const size2 of sizes.slice(1)) {
      const [node, head] = [nodeReader(reader, size2), headOf(size2)]
      for (let index = 0; index < size2; index++) {
        const entry = await readEntry(reader, index, size2)
        const proof = await inclusionProof(node, index, size2)
        const leafHash = plainHashes.leaf(entry.ok ? entry.value.bytes : new Uint8Array())
        expect(verifyInclusion({ index: BigInt(index), size: head.size, leafHash, proof, root: head.root }).ok).toBe(
          true,
        )
      }
      for (let size1 = 1; size1 <= size2; size1++) {
        const first = headOf(size1)
        const proof = await consistencyProof(node, size1, size2)
        const given = { size1: first.size, size2: head.size, root1: first.root, root2: head.root, proof }
        expect(verifyConsistency(given).ok).toBe(true)
      }
    }
  })
})

test('keys of published journals and witnesses have the ids that they are published with', () => {
  // The witness is one of transparency-dev/formats, note_cosigv1_test.go; the other of golang.org/x/mod/sumdb/note.
  for (const text of [
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  ]) {
    const key = parseVkey(text)
    expect(key.ok && formatVkey(key.value)).toBe(text)
  }
})
