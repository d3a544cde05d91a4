/**
 * The cluster of one address, grown from it over the ledger: only what belongs to it is read, never the whole chain.
 * A rejected transaction is answered the same way, by growing the clusters of its addresses again.
 */
import type { ChainStore, LedgerTx } from '../../chains/index.ts'
import { neighboursInLedger } from '../ledger-neighbours.ts'
import {
  byChainOrder,
  byText,
  type ClusterQuestion,
  type Evidence,
  type LeftOut,
  type Read,
  readEvidence,
} from './evidence.ts'
import { forestOf, type Merge } from './forest.ts'

export type Cluster = {
  /** The smallest of its addresses, by their text: it needs no history, and no order of import can change it. */
  readonly id: string
  /** In the order of their text. */
  readonly addresses: readonly string[]
  /** The spanning forest, in the order of the chain. */
  readonly merges: readonly Merge[]
  /** All evidence, more than the forest needs, in the order of the chain. */
  readonly evidence: readonly Evidence[]
  readonly leftOut: readonly LeftOut[]
  /** Inputs beside inputs of this cluster whose owners are not known. */
  readonly unknownInputs: number
}

const BATCH = 500

export async function growCluster(
  store: ChainStore,
  chain: string,
  start: string,
  asked: ClusterQuestion,
): Promise<Cluster> {
  const members = new Set([start])
  const evidence = new Map<string, Evidence>()
  const leftOut = new Map<string, LeftOut>()
  const readByTxid = new Map<string, Read>()
  let unknownInputs = 0
  let frontier = [start]
  while (frontier.length > 0) {
    const txids = await touching(store, chain, frontier, asked)
    for (const [txid, read] of await readAll(
      store,
      chain,
      txids.filter((txid) => !readByTxid.has(txid)),
      asked,
    ))
      readByTxid.set(txid, read)
    const found: string[] = []
    for (const txid of txids) {
      const read = readByTxid.get(txid)
      if (!read || evidence.has(txid) || leftOut.has(txid)) continue
      if (read.leftOut?.addresses.some((address) => members.has(address))) leftOut.set(txid, read.leftOut)
      const linked = read.evidence?.links.flatMap(({ a, b }) => [a, b]) ?? []
      if (!read.evidence || !linked.some((address) => members.has(address))) continue
      evidence.set(txid, read.evidence)
      unknownInputs += read.unknownInputs
      for (const address of linked) {
        if (members.has(address)) continue
        members.add(address)
        found.push(address)
      }
    }
    frontier = found
  }
  const addresses = [...members].sort(byText)
  const ordered = [...evidence.values()].sort(byChainOrder)
  return {
    id: addresses[0] ?? start,
    addresses,
    merges: forestOf(ordered),
    evidence: ordered,
    leftOut: [...leftOut.values()].sort((a, b) => a.height - b.height || byText(a.txid, b.txid)),
    unknownInputs,
  }
}

/** Transactions that spend from the addresses; where change links, also those that pay them. */
async function touching(
  store: ChainStore,
  chain: string,
  addresses: readonly string[],
  asked: ClusterQuestion,
): Promise<readonly string[]> {
  const found = new Set<string>()
  const directions = asked.change.length > 0 ? (['out', 'in'] as const) : (['out'] as const)
  for (const batch of batches(addresses)) {
    for (const direction of directions) {
      for (const txid of await store.transactionsOf(chain, batch, direction, 0, Number.MAX_SAFE_INTEGER))
        found.add(txid)
    }
  }
  return [...found]
}

async function readAll(
  store: ChainStore,
  chain: string,
  txids: readonly string[],
  asked: ClusterQuestion,
): Promise<ReadonlyMap<string, Read>> {
  const reads = new Map<string, Read>()
  for (const batch of batches(txids)) {
    for (const tx of await store.transactions(chain, batch)) reads.set(tx.txid, await readWith(store, chain, tx, asked))
  }
  return reads
}

/** Neighbours are read only where a change rule may ask for them. */
export async function readWith(store: ChainStore, chain: string, tx: LedgerTx, asked: ClusterQuestion): Promise<Read> {
  const neighbours = asked.change.length === 0 ? {} : await neighboursInLedger(store, chain, tx)
  return readEvidence(tx, asked, neighbours)
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH)
}
