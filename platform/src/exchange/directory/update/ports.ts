/** What the update is given: where files come from, where they are kept, and the one check of signatures. */
import type { SignatureCheck } from '../format/signatures.ts'

/** A place that publishes the directory. Nothing that it gives is believed before it is checked. */
export interface DirectorySource {
  /**
   * The file under this name; null where there is none. Stops reading after `maxBytes` and gives what it has then, so that a
   * source without an end costs no more than that.
   */
  fetch(name: string, maxBytes: number): Promise<Uint8Array | null>
}

/** The files that this node has accepted. Each write is there whole or not at all, and stays. */
export interface TrustedFiles {
  read(name: string): Promise<Uint8Array | null>
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Names that begin with `folder/`, in order. */
  list(folder: string): Promise<readonly string[]>
}

export type UpdatePorts = {
  readonly source: DirectorySource
  readonly files: TrustedFiles
  readonly check: SignatureCheck
  /** Milliseconds since 1970; one instant for the whole update (TUF section 5.1). */
  readonly now: number
  /** How far ahead a timestamp may expire, in milliseconds; `LONGEST_TIMESTAMP` where it is not said. */
  readonly longestTimestamp?: number
}

/**
 * A timestamp says that nothing newer is known, and its key lies on a machine with a network. Whoever takes that key must not be able
 * to say so for years: a node accepts no timestamp that lasts longer than a week.
 */
export const LONGEST_TIMESTAMP = 7 * 86_400_000

/** Where accepted files lie. Heads are the newest of their role; `kept` holds by SHA-256 what editions are made of. */
export const heads = { root: 'root.json', timestamp: 'timestamp.json', snapshot: 'snapshot.json' } as const

export function keptName(sha256: string): string {
  return `kept/${sha256}.json`
}
