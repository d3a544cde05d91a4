/** A server whose chain is followed: its tip, and its blocks one by one, as answers that the importers read. */
import type { JsonValue } from '../exact-json.ts'
import type { SourceFormat } from '../ledger.ts'

export type TipBlock = { readonly height: number; readonly hash: string }

/** One block as the server gave it. */
export type FetchedBlock = TipBlock & {
  /** `null` for the first block of a chain. */
  readonly prevHash: string | null
  readonly time: number | null
  /** How many transactions it lists. */
  readonly transactions: number
  /** What is kept of it, by format: lines of JSON, or the bytes of the block. */
  readonly parts: readonly FetchedPart[]
}

export type FetchedPart = {
  readonly format: SourceFormat
  readonly content: string | Uint8Array
  /** The values that the lines of JSON hold, where they are parsed already; the same ones as in `content`, in their order. */
  readonly values?: readonly JsonValue[]
}

/** Parsed values take many times the room of their text; those of large blocks are parsed again, one after the other. */
const VALUES_KEPT_CHARS = 1024 * 1024

export function jsonPart(format: SourceFormat, content: string, values: readonly JsonValue[]): FetchedPart {
  return content.length > VALUES_KEPT_CHARS ? { format, content } : { format, content, values }
}

export interface TipSource {
  /** The URL as it may be shown. */
  readonly origin: string
  tip(): Promise<TipBlock>
  /** `null` above the tip. */
  hashAt(height: number): Promise<string | null>
  /** The same of several heights, at a smaller price. */
  hashesAt(heights: readonly number[]): Promise<readonly (string | null)[]>
  block(at: TipBlock): Promise<FetchedBlock>
  /**
   * Ends as soon as somebody says that the chain has changed, or after so many milliseconds. What is said is a reason to look
   * and nothing else: it is not signed, may be lost, and may be false. Absent: nobody says anything.
   */
  readonly news?: ChainNews
}

export type ChainNews = (milliseconds: number, ending: AbortSignal) => Promise<void>

/** How the parts of a format lie in a file: the end of its name, and what stands after each part. */
export const keptAs: Readonly<Partial<Record<SourceFormat, { readonly ending: string; readonly after: string }>>> = {
  'core-rpc': { ending: 'core.jsonl', after: '\n' },
  esplora: { ending: 'esplora.jsonl', after: '\n' },
  'evm-rpc': { ending: 'evm.jsonl', after: '\n' },
  'raw-block': { ending: 'blocks.raw', after: '' },
}
