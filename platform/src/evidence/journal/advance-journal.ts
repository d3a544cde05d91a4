/** One step of the sequencer: pending leaves get indices, tiles are written, a checkpoint is signed and published. */
import { type HashFunction, ok, type Result, refuse, sha256 } from '../../kernel/index.ts'
import { type Checkpoint, openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { emptyJournal, integrate, type JournalState, rootOfState, type TileFile } from './integrate.ts'
import type { JournalStore, PublishedLog } from './journal-store.ts'
import { sameBytes } from './merkle-tree.ts'
import type { NoteKey, SignatureCheck } from './note.ts'
import { readState } from './read-tiles.ts'

export type JournalSigner = {
  /** The journal's key, of type 1; its name is the origin. */
  readonly key: NoteKey
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly check: SignatureCheck
  /** Keys that signed for this journal before its keys were changed. What they signed stands; nothing new is believed of them. */
  readonly former?: readonly NoteKey[]
}

export type AdvanceOptions = {
  /** Leaves that get an index in this step, at most. */
  readonly limit?: number
  readonly hash?: HashFunction
  /** The state that the last step returned, to save reading it from the files. It is not believed: its root is compared. */
  readonly state?: JournalState
}

export type Advanced = {
  readonly state: JournalState
  /** The checkpoint that is published now. */
  readonly checkpoint: Uint8Array
  readonly added: number
}

/**
 * Publishes what is pending; with nothing pending, the checkpoint of an empty journal once and otherwise what stands.
 * It never publishes over what does not lead to the published root, nor goes back behind it.
 */
export async function advanceJournal(
  store: JournalStore,
  log: PublishedLog,
  signer: JournalSigner,
  { limit = 10_000, hash = sha256, state: kept }: AdvanceOptions = {},
): Promise<Result<Advanced>> {
  const before = await publishedState(log, signer, hash, kept)
  if (!before.ok) return before
  let { state } = before.value
  const sequenced = await store.sequence(limit)
  if (sequenced < state.size)
    return refuse(
      'JOURNAL_ROLLBACK',
      `The journal is published with ${state.size} leaves, but the database knows ${sequenced}.`,
      {
        fix: 'The database was restored from an old copy. Restore a newer one, or begin a new journal under a new name.',
      },
    )
  if (sequenced === state.size && before.value.checkpoint !== null)
    return ok({ state, checkpoint: before.value.checkpoint, added: 0 })
  const files = new Map<string, TileFile>()
  const first = state.size
  let root = rootOfState(state, hash)
  while (state.size < sequenced) {
    const leaves = await store.leaves(state.size, Math.min(limit, sequenced - state.size))
    if (leaves.length === 0) throw new Error(`leaf ${state.size} has an index but cannot be read`)
    const step = integrate(state, leaves, hash)
    for (const file of step.files) files.set(file.path, file)
    state = step.state
    root = step.root
  }
  const head = { origin: signer.key.name, size: BigInt(state.size), root }
  const checkpoint = signCheckpoint(head, signer.key, signer.sign)
  const published = await log.publish([...files.values()], checkpoint)
  return published.ok ? ok({ state, checkpoint, added: state.size - first }) : published
}

async function publishedState(
  log: PublishedLog,
  signer: JournalSigner,
  hash: HashFunction,
  kept: JournalState | undefined,
): Promise<Result<{ state: JournalState; checkpoint: Uint8Array | null }>> {
  const bytes = await log.checkpoint()
  if (bytes === null) return ok({ state: emptyJournal, checkpoint: null })
  const now = openCheckpoint(bytes, signer.key, signer.check)
  const checkpoint = now.ok ? now : (openFormer(bytes, signer) ?? now)
  if (!checkpoint.ok) return checkpoint
  const size = Number(checkpoint.value.size)
  const read = kept?.size === size ? ok(kept) : await readState(log, size)
  if (!read.ok) return read
  if (sameBytes(rootOfState(read.value, hash), checkpoint.value.root))
    // One that a former key has signed is signed anew.
    return ok({ state: read.value, checkpoint: now.ok ? bytes : null })
  return refuse(
    'JOURNAL_DAMAGED',
    `The tiles of the journal do not lead to the root of its checkpoint of ${size} leaves.`,
    {
      fix: 'Run the check of the journal and restore the files that it names from a mirror.',
    },
  )
}

/** The checkpoint, if a key that the journal had before has signed it; `null` where none has. */
export function openFormer(bytes: Uint8Array, { former = [], check }: JournalSigner): Result<Checkpoint> | null {
  for (const key of former) {
    const opened = openCheckpoint(bytes, key, check)
    if (opened.ok) return opened
  }
  return null
}
