/** Requests by country: how many, how many are open and late, and what is asked for and secured, exact and by asset. Pure. */
import { type Clock, isLate, isOpen } from './clocks.ts'

type Sum = { readonly chain: string; readonly asset: string | null; readonly amount: bigint }
export type ByCountry = {
  readonly code: string
  readonly requests: number
  readonly open: number
  readonly late: number
  readonly asked: readonly Sum[]
  readonly secured: readonly Sum[]
}

type Row = {
  readonly country: string
  readonly clock: Clock | null
  readonly item: {
    readonly request: {
      readonly state: string
      readonly incoming?: unknown
      readonly content: {
        readonly assets: readonly {
          readonly chain: string
          readonly asset: string | null
          readonly amount: string | null
        }[]
      }
      readonly secured: readonly { readonly chain: string; readonly amount: string }[]
    }
  }
}

/** Nothing is asked for any more by what was taken back or refused. */
const GONE = ['withdrawn', 'refused', 'lifted', 'handed-back']

export function byCountry(rows: readonly Row[], now: number): readonly ByCountry[] {
  const codes = [...new Set(rows.map(({ country }) => country))].sort()
  return codes.map((code) => {
    const own = rows.filter(({ country }) => country === code)
    const alive = own.filter(({ item }) => !GONE.includes(item.request.state))
    return {
      code,
      requests: own.length,
      open: own.filter(({ item }) => isOpen(item.request)).length,
      late: own.filter(({ clock }) => isLate(clock, now)).length,
      asked: sumsOf(alive.flatMap(({ item }) => item.request.content.assets)),
      secured: sumsOf(alive.flatMap(({ item }) => item.request.secured.map((one) => ({ ...one, asset: null })))),
    }
  })
}

function sumsOf(
  assets: readonly { readonly chain: string; readonly asset: string | null; readonly amount: string | null }[],
): readonly Sum[] {
  const sums = new Map<string, Sum>()
  for (const { chain, asset, amount } of assets) {
    if (amount === null) continue
    const key = `${chain} ${asset}`
    sums.set(key, { chain, asset, amount: (sums.get(key)?.amount ?? 0n) + BigInt(amount) })
  }
  return [...sums.values()]
}
