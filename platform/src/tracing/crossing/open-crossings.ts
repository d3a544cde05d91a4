/**
 * The port by which a trace asks what its value turned into, over the logs and moves that the account store holds. Everything is
 * computed from the store, so that it can be computed again; bridge links that a person rejected are left out.
 */
import type { AccountStore, AccountTx, LogEntry, Move } from '../../chains/index.ts'
import type { BridgeSide, BridgeStop, Conversion, Crossing, CrossingPort, MixerStop } from '../crossing.ts'
import { bridgeEndsIn } from './bridge-ends.ts'
import type { BridgeEvent } from './bridge-event.ts'
import { blockTimes, bridgeEventsOf } from './bridge-ledger.ts'
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
  let board: Promise<LinkBoard> | undefined
  const links = () =>
    (board ??= bridgeEventsOf(store, decoders).then((events) => linkBoard(matchBridgeEvents(events, rejected))))
  // A trace asks four questions about the same list at once: it is read once, and decoded for bridges once.
  const logsOf = onceForEach((chain, txids) => store.logsOfTransactions(chain, txids))
  /** Only who meets a bridge has all of them read. */
  const meetsBridge = onceForEach(async (chain, txids) =>
    [...groupByTx(await logsOf(chain, txids)).values()].some((ofTx) =>
      bridgeEndsIn(decoders, chain, ofTx, null).ends.some(({ event }) => event.side === 'source'),
    ),
  )
  const books = new Map<string, Promise<MixerBook>>()
  const bookOf = (chain: string) => {
    const book = books.get(chain) ?? readMixerBook(store, decoders, chain)
    books.set(chain, book)
    return book
  }
  return {
    bridgeLinks: async () => (await links()).matches,
    async conversionsIn(chain, txids) {
      const [transactions, moves, logs] = await Promise.all([
        store.transactions(chain, txids),
        store.movesOfTransactions(chain, txids),
        logsOf(chain, txids),
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
      if (!(await meetsBridge(chain, txids))) return []
      const { pairsBySource } = await links()
      const pairs = txids.flatMap((txid) => pairsBySource.get(`${chain} ${txid}`) ?? [])
      return Promise.all(pairs.map((pair) => crossing(store, pair)))
    },
    async bridgeStops(chain, txids) {
      if (!(await meetsBridge(chain, txids))) return []
      const { openBySource } = await links()
      const open = txids.flatMap((txid) => openBySource.get(`${chain} ${txid}`) ?? [])
      return Promise.all(open.map((one) => bridgeStop(store, one)))
    },
    mixerStops: async (chain, txids) => mixerStops(store, decoders, bookOf, chain, txids, await logsOf(chain, txids)),
  }
}

/** Remembered for as long as somebody has the list. */
function onceForEach<Answer>(
  ask: (chain: string, txids: readonly string[]) => Promise<Answer>,
): (chain: string, txids: readonly string[]) => Promise<Answer> {
  const known = new WeakMap<readonly string[], Map<string, Promise<Answer>>>()
  return (chain, txids) => {
    const byChain = known.get(txids) ?? new Map<string, Promise<Answer>>()
    known.set(txids, byChain)
    const answer = byChain.get(chain) ?? ask(chain, txids)
    byChain.set(chain, answer)
    return answer
  }
}

/** The links of a store, and for a transaction the ends that set out in it. */
type LinkBoard = {
  readonly matches: BridgeMatches
  readonly pairsBySource: ReadonlyMap<string, readonly BridgePair[]>
  readonly openBySource: ReadonlyMap<string, readonly OpenSource[]>
}

type OpenSource = { readonly source: BridgeEvent; readonly reason: string; readonly candidates: readonly BridgeEvent[] }

function linkBoard(matches: BridgeMatches): LinkBoard {
  const keyOf = ({ chain, txid }: BridgeEvent) => `${chain} ${txid}`
  const open = new Map<BridgeEvent, { reason: string; candidates: BridgeEvent[] }>()
  const paired = new Set(matches.pairs.map(({ source }) => source))
  for (const { source, destination, reason } of matches.candidates) {
    if (paired.has(source)) continue
    const known = open.get(source)
    if (known) known.candidates.push(destination)
    else open.set(source, { reason, candidates: [destination] })
  }
  for (const { event, reason } of matches.unmatched)
    if (event.side === 'source') open.set(event, { reason, candidates: [] })
  return {
    matches,
    pairsBySource: Map.groupBy(matches.pairs, ({ source }) => keyOf(source)),
    openBySource: Map.groupBy(
      [...open].map(([source, rest]) => ({ source, ...rest })),
      ({ source }) => keyOf(source),
    ),
  }
}

async function bridgeStop(store: AccountStore, { source, reason, candidates }: OpenSource): Promise<BridgeStop> {
  return {
    bridge: source.bridge ?? '',
    source: await sideOf(store, source),
    reason,
    candidates: await Promise.all(candidates.map((one) => sideOf(store, one))),
  }
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
export async function sideOf(store: AccountStore, event: BridgeEvent): Promise<BridgeSide> {
  const moves = await store.movesOfTransactions(event.chain, [event.txid])
  // The null address stands for the chain's own coin.
  const isToken = event.token?.startsWith('0x') === true && !/^0x0{40}$/.test(event.token)
  const token = isToken ? `${event.chain}/erc20:${event.token}` : null
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

type MixerBook = ReturnType<typeof readMixerLogs>

/** `bookOf`: all that pools of the chain wrote; read when the first deposit is met, and once. */
async function mixerStops(
  store: AccountStore,
  decoders: Decoders,
  bookOf: (chain: string) => Promise<MixerBook>,
  chain: string,
  txids: readonly string[],
  own: readonly LogEntry[],
): Promise<readonly MixerStop[]> {
  const isDeposit = (log: LogEntry) => {
    const decoded = decoders.decode(chain, log)
    return decoded?.ok === true && decoded.value.decoder.role === 'mixer-deposit'
  }
  if (!own.some(isDeposit)) return []
  const [{ deposits, withdrawals }, moves] = await Promise.all([bookOf(chain), store.movesOfTransactions(chain, txids)])
  const wanted = new Set(txids)
  return deposits.flatMap((deposit) => {
    const move = wanted.has(deposit.txid) ? depositMove(deposit, moves) : null
    if (move === null) return []
    const { pool, decoder } = deposit
    return [{ pool, decoder, deposit: move, candidates: candidatesOf(deposit, deposits, withdrawals) }]
  })
}

async function readMixerBook(store: AccountStore, decoders: Decoders, chain: string): Promise<MixerBook> {
  const logs = await store.logs(chain, decoders.topics('mixer-deposit', 'mixer-withdrawal'), 0, HIGHEST)
  const [timeOf, transactions] = await Promise.all([
    blockTimes(store, chain, logs),
    transactionsOf(store, chain, [...new Set(logs.map(({ txid }) => txid))]),
  ])
  const senders = new Map(transactions.map(({ txid, from }) => [txid, from]))
  return readMixerLogs(decoders, chain, logs, timeOf, (txid) => senders.get(txid) ?? null)
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

function groupByTx<T extends Move | LogEntry>(list: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(one.txid)
    if (group === undefined) groups.set(one.txid, [one])
    else group.push(one)
  }
  return groups
}
