/**
 * All ends of bridge transfers in a store. Every end of every chain has to be known before a link can be called the only one; so
 * the whole store is read, in stretches of blocks, of which nothing but the ends is kept. What was read is kept for as long as
 * the store says that it holds the same: traces of several rules, and those that extend themselves, share it.
 */
import type { AccountStore, LogEntry } from '../../chains/index.ts'
import { bridgeEndsIn } from './bridge-ends.ts'
import type { BridgeEvent } from './bridge-event.ts'
import type { Decoders } from './decoders.ts'

/** Asked at once: transactions, blocks. */
const AT_ONCE = 1000
/** A stretch has at first so many blocks; it grows where little is found, and shrinks where much is. */
const FIRST_STRETCH = 4096
const LONGEST_STRETCH = 65_536
const FEW_LOGS = 2_000
const MANY_LOGS = 20_000

type Kept = { readonly holds: string; readonly decoders: Decoders; readonly events: Promise<readonly BridgeEvent[]> }

const keptByStore = new WeakMap<AccountStore, Kept>()

export async function bridgeEventsOf(store: AccountStore, decoders: Decoders): Promise<readonly BridgeEvent[]> {
  const holds = await contentOf(store)
  const kept = keptByStore.get(store)
  if (kept && kept.holds === holds && kept.decoders === decoders) return kept.events
  const events = readAll(store, decoders)
  const fresh = { holds, decoders, events }
  keptByStore.set(store, fresh)
  // What could not be read is not kept: the next who asks tries again.
  events.catch(() => {
    if (keptByStore.get(store) === fresh) keptByStore.delete(store)
  })
  return events
}

/** Equal texts: the same blocks out of the same sources, so the same logs. */
async function contentOf(store: AccountStore): Promise<string> {
  const chains = [...(await store.chains())].sort()
  const parts = await Promise.all(
    chains.map(async (chain) => {
      const { tip, sources, counts } = await store.status(chain)
      return [chain, tip?.height ?? null, tip?.hash ?? null, counts.logs, sources.map(({ sha256 }) => sha256).sort()]
    }),
  )
  return JSON.stringify(parts)
}

async function readAll(store: AccountStore, decoders: Decoders): Promise<readonly BridgeEvent[]> {
  const topics = decoders.topics('bridge-source', 'bridge-destination')
  const events: BridgeEvent[] = []
  for (const chain of await store.chains()) {
    const top = (await store.status(chain)).tip?.height ?? -1
    let blocks = FIRST_STRETCH
    for (let from = 0; from <= top; ) {
      const to = Math.min(from + blocks - 1, top)
      const found = await store.logs(chain, topics, from, to)
      for (const event of await endsOf(store, decoders, chain, found)) events.push(event)
      if (found.length < FEW_LOGS) blocks = Math.min(2 * blocks, LONGEST_STRETCH)
      else if (found.length > MANY_LOGS) blocks = Math.max(blocks >> 2, 1)
      from = to + 1
    }
  }
  return events
}

async function endsOf(
  store: AccountStore,
  decoders: Decoders,
  chain: string,
  found: readonly LogEntry[],
): Promise<readonly BridgeEvent[]> {
  const events: BridgeEvent[] = []
  const timeOf = await blockTimes(store, chain, found)
  const txids = [...new Set(found.map(({ txid }) => txid))]
  for (let at = 0; at < txids.length; at += AT_ONCE) {
    const logs = await store.logsOfTransactions(chain, txids.slice(at, at + AT_ONCE))
    for (const ofTx of Map.groupBy(logs, ({ txid }) => txid).values())
      for (const { event } of bridgeEndsIn(decoders, chain, ofTx, timeOf(ofTx[0]?.height ?? -1)).ends)
        events.push(event)
  }
  return events
}

export async function blockTimes(
  store: AccountStore,
  chain: string,
  logs: readonly LogEntry[],
): Promise<(height: number) => number | null> {
  const heights = [...new Set(logs.map(({ height }) => height))]
  const times = new Map<number, number | null>()
  for (let at = 0; at < heights.length; at += AT_ONCE)
    for (const { height, time } of await store.blocksByHeight(chain, heights.slice(at, at + AT_ONCE)))
      times.set(height, time)
  return (height) => times.get(height) ?? null
}
