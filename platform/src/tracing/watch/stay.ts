/**
 * How long value usually stays at an address, measured from the ledger: from the block that pays an output to the block that
 * spends it; on chains of accounts from the block of a payment to that with which all of it has left again, what came first
 * leaving first. Outputs that still lie there are counted apart, since they have stayed at least until now and nobody knows how
 * much longer: the median of what has left alone says too little when much has not.
 */
import type { AccountStore, ChainStore, Move } from '../../chains/index.ts'

export type Stay = {
  /** Seconds; `null` where fewer than `LEAST` outputs have left, or half of all have not. */
  readonly median: number | null
  /** Outputs that came and left, with the times of both blocks known. */
  readonly left: number
  /** Outputs that came and lie there. */
  readonly there: number
}

export const LEAST = 5
/** The latest transactions that are looked at; a service may have millions. */
const LOOKED_AT = 500

/** The median over all outputs, those that lie there counted as longer than any that left. */
export function usualStay(seconds: readonly number[], there: number): Stay {
  const ascending = seconds.toSorted((a, b) => a - b)
  const middle = Math.floor((ascending.length + there - 1) / 2)
  const known = ascending.length >= LEAST ? ascending[middle] : undefined
  return { median: known ?? null, left: ascending.length, there }
}

export async function stayAt(store: ChainStore, chain: string, address: string, toHeight: number): Promise<Stay> {
  const paying = (await store.transactionsOf(chain, [address], 'in', 0, toHeight)).slice(-LOOKED_AT)
  const outputs = (await store.outputsOf(chain, paying)).filter((output) => output.address === address)
  const spends = await store.spenders(
    chain,
    outputs.map(({ outpoint }) => outpoint),
    toHeight,
  )
  const spenderByKey = new Map(spends.map(({ outpoint, txid }) => [keyOf(outpoint), txid]))
  const known = await store.transactions(chain, [...new Set([...paying, ...spenderByKey.values()])])
  const timeByTxid = new Map(known.map(({ txid, block }) => [txid, block.time]))
  const seconds: number[] = []
  let there = 0
  for (const { outpoint } of outputs) {
    const spender = spenderByKey.get(keyOf(outpoint))
    if (spender === undefined) there++
    else {
      const [came, went] = [timeByTxid.get(outpoint.txid) ?? null, timeByTxid.get(spender) ?? null]
      // The clock of a block may lie before that of its parent.
      if (came !== null && went !== null) seconds.push(Math.max(0, went - came))
    }
  }
  return usualStay(seconds, there)
}

type Arrival = { readonly time: number | null; left: bigint }

/** `opening`: what lay there before the first of the moves, which leaves first. Fees are no departure of a payment. */
export function stayOfMoves(moves: readonly Move[], address: string, opening: bigint): Stay {
  const waiting: Arrival[] = opening > 0n ? [{ time: null, left: opening }] : []
  const seconds: number[] = []
  for (const { kind, from, to, amount, time } of moves) {
    if (from === to) continue
    if (to === address && amount > 0n) waiting.push({ time, left: amount })
    if (from !== address) continue
    for (let leaves = amount; leaves > 0n && waiting.length > 0; ) {
      const [first] = waiting as [Arrival]
      const part = first.left < leaves ? first.left : leaves
      first.left -= part
      leaves -= part
      if (first.left > 0n) break
      waiting.shift()
      if (kind !== 'fee' && first.time !== null && time !== null) seconds.push(Math.max(0, time - first.time))
    }
  }
  return usualStay(seconds, waiting.filter(({ time }) => time !== null).length)
}

/** Blocks that are looked at first; then more, until enough has moved. */
const FIRST_BLOCKS = 5_000

export async function accountStayAt(
  store: AccountStore,
  chain: string,
  { address, asset }: { readonly address: string; readonly asset: string },
  toHeight: number,
): Promise<Stay> {
  for (let blocks = FIRST_BLOCKS; ; blocks *= 8) {
    const fromHeight = Math.max(0, toHeight - blocks)
    const asked = { addresses: [address], direction: 'both', assets: [asset], fromHeight, toHeight } as const
    const { moves, more } = await store.moves(chain, { ...asked, limit: 4 * LOOKED_AT })
    if (!more && moves.length < LOOKED_AT && fromHeight > 0) continue
    const before = fromHeight === 0 ? undefined : await store.balances(chain, address, fromHeight - 1)
    return stayOfMoves(moves, address, before?.get(asset) ?? 0n)
  }
}

function keyOf({ txid, vout }: { readonly txid: string; readonly vout: number }): string {
  return `${txid}:${vout}`
}
