/**
 * The ledger beside a node, by which its watches of clusters grow and its watches of traces extend themselves. Whoever starts the
 * node brings it: reading and importing are the work of the command line, in a data folder of which the node knows the place.
 */
import type { LedgerStores } from '../tracing/watch/sources/index.ts'
import type { WatchedAddress, WatchStore } from '../tracing/watch/store/index.ts'
import type { LedgerDesk } from '../workflows/index.ts'

/** A watched trace that was run again. */
export type ExtendedTrace = {
  readonly watch: string
  readonly digest: string
  /** The record, as its file. */
  readonly text: string
  /** Its front on the chain of the watch. */
  readonly addresses: readonly string[]
  readonly outputs: readonly string[]
  /** Other chains on which something of it is to be watched. */
  readonly elsewhere: readonly string[]
  /** Place by place: which service, which country, which instrument, how long money stays there. */
  readonly places: readonly string[]
  readonly heard: { readonly reader: string; readonly seq: number }
}

export type GrownWatch = {
  readonly watch: string
  readonly members: readonly WatchedAddress[]
  readonly joined: readonly WatchedAddress[]
  readonly left: readonly string[]
  readonly heard: { readonly reader: string; readonly seq: number }
}

export type Extended = { readonly traces: readonly ExtendedTrace[]; readonly clusters: readonly GrownWatch[] }

export interface WatchLedger {
  /**
   * Gives the ledger for a while; refuses with HOME_LOCKED while another process has it. `extend` changes no watch: what it
   * gives is put into the file of watches once the cases have it, and given again where that did not come to be.
   */
  use<T>(
    body: (
      stores: LedgerStores,
      extend: (watches: WatchStore, chain: string, fresh: ReadonlySet<string>) => Promise<Extended>,
    ) => Promise<T>,
  ): Promise<T>
}

/** The same folder, as people of the node ask it and as its watches grow by it. */
export type NodeLedger = WatchLedger & LedgerDesk

/** One after the other: in one process too, the folder is for one at a time. */
export function oneByOne(ledger: NodeLedger): NodeLedger {
  const turn = inTurn()
  return {
    use: (body) => turn(() => ledger.use(body)),
    held: () => turn(() => ledger.held()),
    address: (chain, text) => turn(() => ledger.address(chain, text)),
    trace: (question) => turn(() => ledger.trace(question)),
  }
}

/** Runs one work after the other, however the one before ended. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }
}
