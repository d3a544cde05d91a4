/**
 * What a trace has read of the ledger so far. Several rules traced from the same seeds ask the same questions; the
 * window asks the store once, in batches, and remembers. Everything is read as of one block.
 */
import type { ChainPack, ChainStore, KnownOutput, LedgerTx, OutPoint, Spend } from '../chains/index.ts'
import { subsidyAt } from '../chains/index.ts'
import { type AddressSpends, type HotAddress, readAddresses } from './hot-addresses.ts'
import { type Blocked, type Movement, outputKey, toCoinbaseMovement } from './movement.ts'

export type LedgerWindow = {
  /** Key of an output → the transaction that spends it up to the as-of height, or null. */
  spenders(outpoints: readonly OutPoint[]): Promise<ReadonlyMap<string, Spend | null>>
  transactions(txids: readonly string[]): Promise<ReadonlyMap<string, LedgerTx>>
  /**
   * Transactions that spend from these addresses at or after the height given for each (`in`: pay to them, at or before
   * it), at most `limit` for one address, the nearest first. Of an address with more, `hot` says how many there are.
   */
  spendsFrom(
    fromHeightByAddress: ReadonlyMap<string, number>,
    direction: 'in' | 'out',
    limit: number,
  ): Promise<{ readonly txids: ReadonlySet<string>; readonly hot: ReadonlyMap<string, HotAddress> }>
  outputs(outpoints: readonly OutPoint[]): Promise<ReadonlyMap<string, KnownOutput>>
  /** The coinbase that takes the fees of a block; null where the block is not in the ledger as a whole. */
  coinbaseAt(height: number): Promise<Movement | Blocked | null>
  /** All transactions read so far. */
  readonly seen: ReadonlyMap<string, LedgerTx>
}

export function openLedgerWindow(store: ChainStore, pack: ChainPack, asOfHeight: number): LedgerWindow {
  const spendByKey = new Map<string, Spend | null>()
  const seen = new Map<string, LedgerTx>()
  const outputByKey = new Map<string, KnownOutput>()
  const coinbaseByHeight = new Map<number, Movement | Blocked | null>()
  const spendsByQuestion = new Map<string, AddressSpends>()

  async function spenders(outpoints: readonly OutPoint[]): Promise<ReadonlyMap<string, Spend | null>> {
    const missing = outpoints.filter((outpoint) => !spendByKey.has(outputKey(outpoint)))
    for (const batch of batches(missing)) {
      for (const outpoint of batch) spendByKey.set(outputKey(outpoint), null)
      for (const spend of await store.spenders(pack.caip2, batch, asOfHeight)) {
        const key = outputKey(spend.outpoint)
        const known = spendByKey.get(key)
        // Two spenders of one output are a defect of the data (OUTPUT_SPENT_TWICE); the smaller id is read, always.
        if (!known || spend.txid < known.txid) spendByKey.set(key, spend)
      }
    }
    return spendByKey
  }

  async function transactions(txids: readonly string[]): Promise<ReadonlyMap<string, LedgerTx>> {
    for (const batch of batches(txids.filter((txid) => !seen.has(txid)))) {
      for (const tx of await store.transactions(pack.caip2, batch))
        if (tx.block.height <= asOfHeight) seen.set(tx.txid, tx)
    }
    return seen
  }

  async function outputs(outpoints: readonly OutPoint[]): Promise<ReadonlyMap<string, KnownOutput>> {
    for (const batch of batches(outpoints.filter((outpoint) => !outputByKey.has(outputKey(outpoint))))) {
      for (const output of await store.outputs(pack.caip2, batch)) outputByKey.set(outputKey(output.outpoint), output)
    }
    return outputByKey
  }

  async function spendsFrom(
    fromHeightByAddress: ReadonlyMap<string, number>,
    direction: 'in' | 'out',
    limit: number,
  ): Promise<{ txids: ReadonlySet<string>; hot: ReadonlyMap<string, HotAddress> }> {
    const txids = new Set<string>()
    const hot = new Map<string, HotAddress>()
    const addressesByHeight = new Map<number, string[]>()
    for (const [address, height] of fromHeightByAddress) {
      const known = spendsByQuestion.get(question(direction, height, address, limit))
      if (known === undefined) addressesByHeight.set(height, [...(addressesByHeight.get(height) ?? []), address])
      else take(address, known)
    }
    for (const [height, addresses] of addressesByHeight) {
      const [from, to] = direction === 'out' ? [height, asOfHeight] : [0, height]
      for (const [address, found] of await readAddresses(store, pack.caip2, addresses, direction, from, to, limit)) {
        take(address, found)
        if (address !== null) spendsByQuestion.set(question(direction, height, address, limit), found)
      }
    }
    return { txids, hot }

    function take(address: string | null, found: AddressSpends): void {
      for (const txid of found.txids) txids.add(txid)
      if (found.hot !== null && address !== null) hot.set(address, found.hot)
    }
  }

  async function coinbaseAt(height: number): Promise<Movement | Blocked | null> {
    const known = coinbaseByHeight.get(height)
    if (known !== undefined) return known
    const [block] = await store.blocksByHeight(pack.caip2, [height])
    const all = block && block.completeness !== 'partial' ? await store.transactionsAt(pack.caip2, [height]) : []
    const coinbase = all.find((tx) => tx.coinbase)
    for (const tx of all) seen.set(tx.txid, tx)
    const movement = coinbase
      ? toCoinbaseMovement(
          coinbase,
          all.filter((tx) => !tx.coinbase),
          subsidyAt(pack, height),
        )
      : null
    coinbaseByHeight.set(height, movement)
    return movement
  }

  return { spenders, transactions, spendsFrom, outputs, coinbaseAt, seen }
}

function question(direction: string, height: number, address: string, limit: number): string {
  return `${direction} ${height} ${limit} ${address}`
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += 50_000) yield items.slice(at, at + 50_000)
}
