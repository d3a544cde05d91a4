/**
 * What the ledger knows around one transaction, for the detectors that look beyond it: the transactions before and after,
 * and the histories of the addresses that it pays.
 *
 * Absence is told only where the data can tell it. "Unspent" and "never used before" are said where every block in
 * question is in the ledger; otherwise the neighbour is not known. What was seen is certain with any data.
 */
import type { AddressEvent, ChainStatus, ChainStore, LedgerTx } from '../chains/index.ts'
import { type AddressHistory, applyRule, type NeighbourShape, type Neighbours, rules } from './detectors/index.ts'

/** Neighbours of the neighbours are read up to this many places: an exchange's payout has thousands. */
const MOST_PLACES = 200
/** Movements of one address that are looked at; with more it was surely used again. */
const MOST_EVENTS = 200

export async function neighboursInLedger(store: ChainStore, chain: string, tx: LedgerTx): Promise<Neighbours> {
  if (tx.coinbase) return { chain }
  const status = await store.status(chain)
  const around = await readAround(store, chain, [tx])
  const few = tx.inputs.length + tx.outputs.length <= MOST_PLACES
  const beyond = few ? await readAround(store, chain, [...around.byTxid.values()]) : null
  return {
    ...neighboursFrom(tx, chain, around, beyond, status),
    ...(few ? { histories: await historiesOf(store, chain, tx, status) } : {}),
  }
}

function neighboursFrom(
  tx: LedgerTx,
  chain: string,
  around: Around,
  beyond: Around | null,
  extent: Extent,
): Neighbours {
  const shape = (txid: string | undefined): NeighbourShape | null => {
    const found = txid === undefined ? undefined : around.byTxid.get(txid)
    if (!found) return null
    const further = beyond ? shapesAround(found, chain, beyond, extent) : { chain }
    return {
      ...bareShape(found),
      peelingChain: verdict('blocksci-peeling-chain', found, further),
      whirlpool: verdict('gs-whirlpool', found, further),
    }
  }
  return {
    chain,
    predecessors: tx.inputs.map(({ prev }) => shape(prev?.txid)),
    spenders: tx.outputs.map((_, vout) => shape(around.spenderByKey.get(`${tx.txid}:${vout}`)) ?? unspent(tx, extent)),
  }
}

/** The same for transactions of a file: only these are known, so that no absence is told. */
export function neighboursAmong(txs: readonly LedgerTx[], chain: string): (tx: LedgerTx) => Neighbours {
  const byTxid = new Map(txs.map((tx) => [tx.txid, tx]))
  const spenderByKey = new Map<string, string>()
  for (const tx of txs) {
    for (const { prev } of tx.inputs) if (prev) keepSmaller(spenderByKey, `${prev.txid}:${prev.vout}`, tx.txid)
  }
  const around = { byTxid, spenderByKey }
  return (tx) => neighboursFrom(tx, chain, around, around, null)
}

/** A ledger of which nothing is said cannot tell what is absent. */
type Extent = Pick<ChainStatus, 'complete' | 'tip'> | null

type Around = {
  readonly byTxid: ReadonlyMap<string, LedgerTx>
  /** `txid:vout` → who spends it. */
  readonly spenderByKey: ReadonlyMap<string, string>
}

async function readAround(store: ChainStore, chain: string, txs: readonly LedgerTx[]): Promise<Around> {
  const outpoints = txs.flatMap(({ txid, outputs }) => outputs.map((_, vout) => ({ txid, vout })))
  const spenderByKey = new Map<string, string>()
  for (const { outpoint, txid } of await store.spenders(chain, outpoints, Number.MAX_SAFE_INTEGER)) {
    keepSmaller(spenderByKey, `${outpoint.txid}:${outpoint.vout}`, txid)
  }
  const before = txs.flatMap(({ inputs }) => inputs.flatMap(({ prev }) => (prev ? [prev.txid] : [])))
  const wanted = [...new Set([...before, ...spenderByKey.values()])]
  const found = await store.transactions(chain, wanted)
  return { byTxid: new Map(found.map((tx) => [tx.txid, tx])), spenderByKey }
}

/** Two spenders of one output are a defect of the data; the smaller id is read, as in a trace. */
function keepSmaller(spenderByKey: Map<string, string>, key: string, txid: string): void {
  const known = spenderByKey.get(key)
  if (known === undefined || txid < known) spenderByKey.set(key, txid)
}

function shapesAround(tx: LedgerTx, chain: string, around: Around, extent: Extent): Neighbours {
  const shape = (txid: string | undefined) => {
    const found = txid === undefined ? undefined : around.byTxid.get(txid)
    return found ? bareShape(found) : null
  }
  return {
    chain,
    predecessors: tx.inputs.map(({ prev }) => shape(prev?.txid)),
    spenders: tx.outputs.map((_, vout) => shape(around.spenderByKey.get(`${tx.txid}:${vout}`)) ?? unspent(tx, extent)),
  }
}

function bareShape(tx: LedgerTx): NeighbourShape {
  return {
    inputs: tx.inputs.length,
    outputs: tx.outputs.length,
    locktime: tx.locktime,
    feePerKvb: null,
    peelingChain: null,
    whirlpool: null,
  }
}

function verdict(id: 'blocksci-peeling-chain' | 'gs-whirlpool', tx: LedgerTx, neighbours: Neighbours) {
  const rule = rules.find((one) => one.id === id)
  return rule ? applyRule(rule, tx, neighbours).verdict : null
}

/** Said only where every block from the transaction to the tip is here. */
function unspent(tx: LedgerTx, extent: Extent): 'unspent' | null {
  const tip = extent?.tip ?? null
  const whole = tip !== null && extent?.complete.some(({ from, to }) => from <= tx.block.height && to >= tip.height)
  return whole ? 'unspent' : null
}

async function historiesOf(
  store: ChainStore,
  chain: string,
  tx: LedgerTx,
  { complete, tip }: ChainStatus,
): Promise<readonly (AddressHistory | null)[]> {
  const whole = tip !== null && complete.some(({ from, to }) => from === 0 && to >= tip.height)
  const historyByAddress = new Map<string, AddressHistory>()
  for (const { address } of tx.outputs) {
    if (address === null || historyByAddress.has(address)) continue
    historyByAddress.set(address, historyOf(await store.addressEvents(chain, address, 0, MOST_EVENTS), tx))
  }
  return tx.outputs.map(({ address }) => {
    const history = address === null ? undefined : historyByAddress.get(address)
    if (!history) return null
    const used = history.incoming > 1 || history.outgoing > 1 || !history.firstSeenHere
    return whole || used ? history : null
  })
}

function historyOf(events: readonly AddressEvent[], tx: LedgerTx): AddressHistory {
  const [incoming, outgoing] = (['in', 'out'] as const).map((side) =>
    events.filter(({ direction }) => direction === side),
  )
  return {
    incoming: new Set(incoming?.map(({ txid }) => txid)).size,
    outgoing: new Set(outgoing?.map(({ txid }) => txid)).size,
    firstHeight: incoming?.[0]?.height ?? tx.block.height,
    firstSeenHere: events[0]?.txid === tx.txid,
  }
}
