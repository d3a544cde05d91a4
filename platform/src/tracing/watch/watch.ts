/** What is watched, and until when. */

/** The end of a watch: with this block, or with the last one whose header is not later. `null`: it has none. */
export type Until = { readonly height: number } | { readonly time: number } | null

export type WatchKind = 'address' | 'cluster' | 'trace'

export type Watch = {
  readonly id: string
  readonly chain: string
  readonly kind: WatchKind
  /** What people call it: the address, the name of the cluster, the digest of the trace record. */
  readonly subject: string
  /** Every address whose movements raise an alarm. */
  readonly addresses: readonly string[]
  /** Outputs, as `TXID:VOUT`, whose spending raises one. */
  readonly outputs: readonly WatchedOutput[]
  readonly until: Until
  readonly note: string | null
  /** Seconds since 1970-01-01 UTC. */
  readonly added: number
  /** The text of the trace record whose outputs are watched, so that the trace can be run again. */
  readonly record: string | null
}

/** The transaction and the rule that joined an address to a cluster, to which other address of it. */
export type Joint = { readonly to: string; readonly txid: string; readonly height: number; readonly rule: string }

export type WatchedOutput = {
  readonly output: string
  readonly address: string | null
  readonly amount: bigint | null
}

/** Whether a watch says nothing of this block any more. A block without a time is not over: an alarm too many is safer. */
export function isOver(until: Until, block: { readonly height: number; readonly time: number | null }): boolean {
  if (until === null) return false
  if ('height' in until) return block.height > until.height
  return block.time !== null && block.time > until.time
}
