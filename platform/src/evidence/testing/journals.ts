/** Journals for tests: in memory, signed by keys made from fixed seeds. */
import { checkEd25519, type SigningKey, signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { ok, textToBytes } from '../../kernel/index.ts'
import type { JournalSigner } from '../journal/advance-journal.ts'
import { signCheckpoint } from '../journal/checkpoint.ts'
import { emptyJournal, type Integrated, integrate } from '../journal/integrate.ts'
import type { JournalStore, PublishedLog } from '../journal/journal-store.ts'
import { type KeyType, type NoteKey, noteKey } from '../journal/note.ts'
import type { TileReader } from '../journal/read-tiles.ts'
import { nodeSha256 } from '../store/node-sha256.ts'

export type TestKey = {
  readonly key: NoteKey
  readonly signing: SigningKey
  readonly sign: (m: Uint8Array) => Uint8Array
}

export function testKey(name: string, type: KeyType, seed: number): TestKey {
  const signing = signingKeyFromSeed(new Uint8Array(32).fill(seed))
  return { key: noteKey(name, type, signing.publicKey.bytes), signing, sign: (m) => signEd25519(signing, m) }
}

export function testSigner(name = 'agency.example/journal', seed = 1): JournalSigner {
  const { key, sign } = testKey(name, 1, seed)
  return { key, sign, check: checkEd25519 }
}

/** Leaves that differ from each other, and between stories. */
export function testLeaves(count: number, story = 'leaf', first = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => textToBytes(`${story} ${first + at}`))
}

export type MemoryLog = {
  readonly files: Map<string, Uint8Array>
  readonly reader: TileReader
  readonly end: Integrated
}

/** The files of a journal of these leaves, written in one batch. */
export function memoryLog(leaves: readonly Uint8Array[]): MemoryLog {
  const end = integrate(emptyJournal, leaves, nodeSha256)
  const files = new Map(end.files.map(({ path, bytes }) => [path, bytes]))
  return { files, reader: readerOf(files), end }
}

export function readerOf(files: ReadonlyMap<string, Uint8Array>): TileReader {
  return { read: async (path) => files.get(path) ?? null }
}

export function checkpointOf(log: MemoryLog, signer: JournalSigner): Uint8Array {
  const { size, root } = log.end
  return signCheckpoint({ origin: signer.key.name, size: BigInt(size), root }, signer.key, signer.sign)
}

/** A queue in memory: what `add` puts in has no index before `sequence`. */
export function memoryStore(): JournalStore & { add(leaves: readonly Uint8Array[]): void; sequenced: Uint8Array[] } {
  const pending: Uint8Array[] = []
  const sequenced: Uint8Array[] = []
  return {
    sequenced,
    add: (leaves) => {
      for (const leaf of leaves) pending.push(leaf)
    },
    async sequence(limit) {
      for (const leaf of pending.splice(0, limit)) sequenced.push(leaf)
      return sequenced.length
    },
    leaves: async (first, limit) => sequenced.slice(first, first + limit),
  }
}

/** A published log in memory that may die before its n-th write. */
export function memoryPublished(): PublishedLog & { files: Map<string, Uint8Array>; dieBefore: number } {
  const files = new Map<string, Uint8Array>()
  const log = {
    files,
    dieBefore: Number.POSITIVE_INFINITY,
    read: async (path: string) => files.get(path) ?? null,
    checkpoint: async () => files.get('checkpoint') ?? null,
    async publish(tiles: readonly { path: string; bytes: Uint8Array }[], checkpoint: Uint8Array) {
      for (const { path, bytes } of [...tiles, { path: 'checkpoint', bytes: checkpoint }]) {
        if (log.dieBefore-- <= 0) throw new Error('the machine went down')
        files.set(path, bytes)
      }
      return ok(null)
    },
  }
  return log
}
