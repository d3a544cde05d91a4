/**
 * The port by which a trace asks what its value turned into, over the logs and moves that the account store holds. Everything is
 * computed from the store, so that it can be computed again; bridge links that a person rejected are left out.
 */
import type { AccountStore, AccountTx, LogEntry, Move } from '../../chains/index.ts'
import type { BridgeSide, Conversion, Crossing, CrossingPort, MixerStop } from '../crossing.ts'
import { type BridgeEnd, bridgeEndsIn } from './bridge-ends.ts'
import type { BridgeEvent } from './bridge-event.ts'
import { conversionsIn } from './conversions.ts'
import { type Decoders, shippedDecoders } from './decoders.ts'
import { type BridgeMatches, type BridgePair, matchBridgeEvents } from './match-bridges.ts'
import { candidatesOf, depositMove, readMixerLogs } from './mixers.ts'

const HIGHEST = Number.MAX_SAFE_INTEGER
const AT_ONCE = 1000

export type Crossings = CrossingPort & {
  /** All links of the store, as `bridge match` gives them. */
  bridgeLinks(): Promise<BridgeMatches>
}

/** `rejected` is read once: a rejection later on needs another port, as a trace needs another run. */
export function openCrossings(
  store: AccountStore,
  rejected: ReadonlySet<string> = new Set(),
  decoders: Decoders = shippedDecoders,
): Crossings {
  let links: Promise<BridgeMatches> | undefined
  const bridgeLinks = () => (links ??= allLinks(store, decoders, rejected))
  return {
    bridgeLinks,
    async conversionsIn(chain, txids) {
      const [transactions, moves, logs] = await Promise.all([
        store.transactions(chain, txids),
        store.movesOfTransactions(chain, txids),
        store.logsOfTransactions(chain, txids),
      ])
      const movesByTx = groupByTx(moves)
      const logsByTx = groupByTx(logs)
      return transactions.flatMap((tx): readonly Conversion[] =>
        conversionsIn(decoders, {
          chain,
          tx,
          moves: movesByTx.get(tx.txid) ?? [],
          logs: logsByTx.get(tx.txid) ?? [],
        }),
      )
    },
    async crossingsFrom(chain, txids) {
      const logs = await store.logsOfTransactions(chain, txids)
      const any = [...groupByTx(logs).values()].some((ofTx) =>
        bridgeEndsIn(decoders, chain, ofTx, null).ends.some(({ event }) => event.side === 'source'),
      )
      if (!any) return []
      const wanted = new Set(txids)
      const { pairs } = await bridgeLinks()
      return Promise.all(
        pairs
          .filter(({ source }) => source.chain === chain && wanted.has(source.txid))
          .map((pair) => crossing(store, pair)),
      )
    },
    mixerStops: (chain, txids) => mixerStops(store, decoders, chain, txids),
  }
}

/** Every end of every chain has to be known before any link can be called the only one. */
async function allLinks(
  store: AccountStore,
  decoders: Decoders,
  rejected: ReadonlySet<string>,
): Promise<BridgeMatches> {
  const topics = decoders.topics('bridge-source', 'bridge-destination')
  const events: BridgeEvent[] = []
  for (const chain of await store.chains()) {
    const found = await store.logs(chain, topics, 0, HIGHEST)
    const txids = [...new Set(found.map(({ txid }) => txid))]
    const timeOf = await blockTimes(store, chain, found)
    for (let at = 0; at < txids.length; at += AT_ONCE) {
      const logs = await store.logsOfTransactions(chain, txids.slice(at, at + AT_ONCE))
      for (const ofTx of groupByTx(logs).values()) {
        const ends: readonly BridgeEnd[] = bridgeEndsIn(decoders, chain, ofTx, timeOf(ofTx[0]?.height ?? -1)).ends
        events.push(...ends.map(({ event }) => event))
      }
    }
  }
  return matchBridgeEvents(events, rejected)
}

async function crossing(store: AccountStore, pair: BridgePair): Promise<Crossing> {
  return {
    id: pair.id,
    bridge: pair.source.bridge ?? pair.destination.bridge ?? '',
    transferId: pair.source.transferId === pair.destination.transferId ? pair.source.transferId : null,
    tier: pair.tier,
    source: await sideOf(store, pair.source),
    destination: await sideOf(store, pair.destination),
    evidence: pair.evidence,
    candidates: await Promise.all(pair.candidates.map((one) => sideOf(store, one))),
  }
}

/** The move that carried the amount in or out, where exactly one of the transaction fits. */
async function sideOf(store: AccountStore, event: BridgeEvent): Promise<BridgeSide> {
  const moves = await store.movesOfTransactions(event.chain, [event.txid])
  const token = event.token?.startsWith('0x') ? `${event.chain}/erc20:${event.token}` : null
  const fits = moves.filter(
    ({ amount, asset, kind, from, to }) =>
      kind !== 'fee' &&
      amount === event.amount &&
      (token === null || asset === token) &&
      (event.side === 'source' || event.recipient === null || to === event.recipient) &&
      (event.side === 'destination' || event.sender === null || from === event.sender),
  )
  const move = fits.length === 1 ? fits[0] : undefined
  return {
    chain: event.chain,
    txid: event.txid,
    logIndex: event.logIndex,
    place: move?.place ?? null,
    height: moves[0]?.height ?? null,
    time: event.time,
    asset: move?.asset ?? token ?? event.token ?? '',
    amount: event.amount,
    sender: event.sender,
    recipient: event.recipient,
  }
}

async function mixerStops(
  store: AccountStore,
  decoders: Decoders,
  chain: string,
  txids: readonly string[],
): Promise<readonly MixerStop[]> {
  const own = await store.logsOfTransactions(chain, txids)
  const isDeposit = (log: LogEntry) => {
    const decoded = decoders.decode(chain, log)
    return decoded?.ok === true && decoded.value.decoder.role === 'mixer-deposit'
  }
  if (!own.some(isDeposit)) return []
  const logs = await store.logs(chain, decoders.topics('mixer-deposit', 'mixer-withdrawal'), 0, HIGHEST)
  const [timeOf, moves, transactions] = await Promise.all([
    blockTimes(store, chain, logs),
    store.movesOfTransactions(chain, txids),
    transactionsOf(store, chain, [...new Set(logs.map(({ txid }) => txid))]),
  ])
  const senders = new Map(transactions.map(({ txid, from }) => [txid, from]))
  const { deposits, withdrawals } = readMixerLogs(decoders, chain, logs, timeOf, (txid) => senders.get(txid) ?? null)
  const wanted = new Set(txids)
  return deposits.flatMap((deposit) => {
    const move = wanted.has(deposit.txid) ? depositMove(deposit, moves) : null
    return move === null
      ? []
      : [{ pool: deposit.pool, deposit: move, candidates: candidatesOf(deposit, deposits, withdrawals) }]
  })
}

async function transactionsOf(
  store: AccountStore,
  chain: string,
  txids: readonly string[],
): Promise<readonly AccountTx[]> {
  const found: AccountTx[] = []
  for (let at = 0; at < txids.length; at += AT_ONCE)
    found.push(...(await store.transactions(chain, txids.slice(at, at + AT_ONCE))))
  return found
}

async function blockTimes(
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

function groupByTx<T extends Move | LogEntry>(list: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(one.txid)
    if (group === undefined) groups.set(one.txid, [one])
    else group.push(one)
  }
  return groups
}
