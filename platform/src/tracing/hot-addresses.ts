/**
 * Reading the transactions of addresses of which one may have millions.
 *
 * All addresses of a question are read at once, up to the budget of one address. Where that is exceeded they are counted
 * one by one: those within the budget are read as a whole, in portions; the others are hot. A hot address is read by
 * ranges of heights that hold about a page each, the nearest to the proceeds first, until the budget is used up. A
 * height is read as a whole or not at all, so that what is read does not depend on the size of a page.
 */
import type { ChainStore, HeightCount } from '../chains/index.ts'

export type HotAddress = {
  /** Transactions that there are, and how many of them were read. */
  readonly transactions: number
  readonly read: number
  /** The last height that was read (the lowest one backwards); null where not one height fits the budget. */
  readonly readTo: number | null
}

export type AddressSpends = { readonly txids: readonly string[]; readonly hot: HotAddress | null }

/** Transactions asked of the store at once. */
const PAGE = 50_000

/** By address; under `null` what several addresses that are not hot have together. */
export async function readAddresses(
  store: ChainStore,
  chain: string,
  addresses: readonly string[],
  direction: 'in' | 'out',
  from: number,
  to: number,
  limit: number,
  page: number = PAGE,
): Promise<ReadonlyMap<string | null, AddressSpends>> {
  const read = async (of: readonly string[]) => ({
    txids: await store.transactionsOf(chain, of, direction, from, to),
    hot: null,
  })
  const most = await store.transactionsOf(chain, addresses, direction, from, to, limit + 1)
  if (most.length <= limit) {
    return new Map([[addresses.length === 1 ? (addresses[0] as string) : null, { txids: most, hot: null }]])
  }
  const counts = await store.countTransactionsOf(chain, addresses, direction, from, to)
  const found = new Map<string | null, AddressSpends>()
  const cool = addresses.filter((address) => (counts.get(address) ?? 0) <= limit)
  const together: string[] = []
  for (const portion of portions(cool, counts, Math.max(page, limit))) together.push(...(await read(portion)).txids)
  found.set(null, { txids: together, hot: null })
  for (const address of addresses) {
    const transactions = counts.get(address) ?? 0
    if (transactions > limit)
      found.set(address, await readHot(store, chain, address, direction, from, to, { transactions, limit, page }))
  }
  return found
}

async function readHot(
  store: ChainStore,
  chain: string,
  address: string,
  direction: 'in' | 'out',
  from: number,
  to: number,
  { transactions, limit, page }: { transactions: number; limit: number; page: number },
): Promise<AddressSpends> {
  const heights = await store.countByHeight(chain, address, direction, from, to)
  const txids: string[] = []
  let readTo: number | null = null
  for (const range of ranges(direction === 'out' ? heights : [...heights].reverse(), limit, page)) {
    txids.push(...(await store.transactionsOf(chain, [address], direction, range.low, range.high)))
    readTo = direction === 'out' ? range.high : range.low
  }
  return { txids, hot: { transactions, read: txids.length, readTo } }
}

/** Ranges of heights, in the order given, of about a page each and of at most `limit` transactions together. */
export function ranges(
  heights: readonly HeightCount[],
  limit: number,
  page: number,
): readonly { readonly low: number; readonly high: number }[] {
  const found: { low: number; high: number; transactions: number }[] = []
  let total = 0
  for (const { height, transactions } of heights) {
    total += transactions
    if (total > limit) break
    const last = found.at(-1)
    if (last && last.transactions + transactions <= page) {
      last.low = Math.min(last.low, height)
      last.high = Math.max(last.high, height)
      last.transactions += transactions
    } else found.push({ low: height, high: height, transactions })
  }
  return found.map(({ low, high }) => ({ low, high }))
}

/** Addresses that have at most so many transactions together. */
function* portions(
  addresses: readonly string[],
  counts: ReadonlyMap<string, number>,
  most: number,
): Generator<readonly string[]> {
  let [portion, held] = [[] as string[], 0]
  for (const address of addresses) {
    const own = counts.get(address) ?? 0
    if (portion.length > 0 && held + own > most) {
      yield portion
      ;[portion, held] = [[], 0]
    }
    portion.push(address)
    held += own
  }
  if (portion.length > 0) yield portion
}
