/** Where traced value stops on its way: counted by address, asset and reason, since services receive many times. */
import type { AssetId, Move } from '../../chains/index.ts'
import { mergeSources, type Parts } from '../rules/parts.ts'
import { type AccountRule, worth } from './account-rules.ts'
import type { AccountStatusWord } from './conservation.ts'
import { sourcesIn } from './sources-in.ts'

export type End = {
  readonly status: AccountStatusWord
  /** Stable, for programs. */
  readonly code: string
  /** A plain sentence, for people. */
  readonly reason: string
  /** The conversion, crossing or deposit, by its id; empty where there is none. */
  readonly reference?: string
}

export type EndTotal = End & {
  readonly chain: string
  readonly address: string | null
  readonly asset: AssetId
  amount: bigint
  traced: bigint
  parts: Parts
  hops: number
  moves: number
  /** The last of its moves. */
  last: Move
}

export type EndBook = {
  add(end: End, chain: string, address: string | null, move: Move, parts: Parts, hops: number): void
  totals(): readonly EndTotal[]
}

export function openEndBook(rule: AccountRule): EndBook {
  const totals = new Map<string, EndTotal>()
  return {
    totals: () => [...totals.values()],
    add(end, chain, address, move, parts, hops) {
      const key = [move.asset, address ?? '', end.status, end.code, end.reference ?? ''].join(' ')
      const found = totals.get(key)
      const traced = worth(rule, parts)
      if (!found) {
        const { asset, amount } = move
        const first = {
          ...end,
          chain,
          address,
          asset,
          amount,
          traced,
          parts: sourcesIn(parts),
          hops,
          moves: 1,
          last: move,
        }
        totals.set(key, first)
        return
      }
      found.amount += move.amount
      found.traced += traced
      found.parts = mergeSources(found.parts, sourcesIn(parts))
      found.moves++
      found.last = move
      if (hops < found.hops) found.hops = hops
    },
  }
}
