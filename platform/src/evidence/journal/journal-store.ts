/**
 * The ports of a journal that is written: the queue of leaves, which lives in the database of the node, and the published
 * log, which is files.
 *
 * An action adds its leaf in its own transaction, so that there is no action without a leaf. One sequencer gives indices
 * (an index once given is never given again) and publishes: files first, the checkpoint last. All between is done again
 * after a crash, with the same result.
 */
import type { Result } from '../../kernel/index.ts'
import type { TileFile } from './integrate.ts'
import type { TileReader } from './read-tiles.ts'

export interface JournalStore {
  /**
   * Gives the next indices to leaves that have none, in the order in which they were added, at most `limit`, in one
   * transaction. Returns how many leaves have an index altogether.
   */
  sequence(limit: number): Promise<number>
  /** Leaves from index `first` on, in order, at most `limit`, none left out. */
  leaves(first: number, limit: number): Promise<readonly Uint8Array[]>
}

export interface PublishedLog extends TileReader {
  /** The signed note as published; null before the first. */
  checkpoint(): Promise<Uint8Array | null>
  /**
   * Makes the files durable, then the checkpoint, then visible. Refused: JOURNAL_ROLLBACK for a smaller tree than
   * published, JOURNAL_FORK for another file where a full tile stands or another root at the same size.
   */
  publish(files: readonly TileFile[], checkpoint: Uint8Array): Promise<Result<null>>
}
