/**
 * How long value usually stays at an address, measured from the ledger: from the block that pays an output to the block that
 * spends it. Outputs that still lie there are counted apart, since they have stayed at least until now and nobody knows how
 * much longer: the median of what has left alone says too little when much has not.
 */
import type { ChainStore } from '../../chains/index.ts'

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

function keyOf({ txid, vout }: { readonly txid: string; readonly vout: number }): string {
  return `${txid}:${vout}`
}
