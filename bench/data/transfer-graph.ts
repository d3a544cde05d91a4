/**
 * A synthetic graph of transfers: a skewed number of transfers per sender, addresses numbered by first appearance,
 * transfers in order of time.
 *
 * A sender is either new or one that sent or received before; old ones are drawn partly from recent transfers (by
 * preference for the busy, since the busy appear there often), partly from all addresses.
 */
import type { SeededAccount, Transfers } from '../../platform/src/tracing/kernels/index.ts'
import { sfc32 } from './random.ts'

export function makeTransfers(count: number): Transfers {
  const random = sfc32(20_260_303)
  const source = new Uint32Array(count)
  const destination = new Uint32Array(count)
  let nodeCount = 0
  for (let at = 0; at < count; at++) {
    source[at] = random.unit() < 0.06 || nodeCount === 0 ? nodeCount++ : known(at, source)
    destination[at] = random.unit() < 0.23 ? nodeCount++ : known(at, destination)
  }
  return { nodeCount, source, destination }

  /** An address seen before: most often an end of an earlier transfer, so that the busy get busier. */
  function known(at: number, mostly: Uint32Array): number {
    const kind = random.unit()
    if (at === 0 || kind > 0.7) return random.below(nodeCount)
    const earlier = Math.floor(at * random.unit())
    return (kind < 0.4 ? mostly[earlier] : destination[earlier]) ?? 0
  }
}

/** Start nodes for the search, different ones. */
export function drawStarts(transfers: Transfers, count: number, seed = 20_260_404): number[] {
  const random = sfc32(seed)
  const starts = new Set<number>()
  while (starts.size < Math.min(count, transfers.nodeCount)) starts.add(random.below(transfers.nodeCount))
  return [...starts]
}

/** Amounts of transfers, in units of a token with six decimals: from fractions of one to millions, small ones most often. */
export function drawAmounts(count: number, seed = 20_260_505): BigUint64Array {
  const random = sfc32(seed)
  const amounts = new BigUint64Array(count)
  for (let at = 0; at < count; at++) amounts[at] = BigInt(Math.floor(10 ** (4 + 6 * random.unit() ** 1.5)))
  return amounts
}

/** Seeded accounts, each a source of its own, of those that send early. */
export function drawAccountSeeds(transfers: Transfers, count: number): SeededAccount[] {
  const early = Math.floor(transfers.source.length / 4)
  const random = sfc32(20_260_606)
  const accounts = new Set<number>()
  while (accounts.size < count) accounts.add(transfers.source[random.below(early)] as number)
  return [...accounts].map((account, source) => ({ account, source }))
}
