/**
 * Shares with what chance leaves open: the score interval of Wilson (Journal of the American Statistical Association 22,
 * 1927, 209–212) at 95 %. Unlike the plain interval it says something where nothing, or everything, was right.
 */

export type Rate = {
  readonly right: number
  readonly of: number
  /** Four decimals; `null` where there was nothing to be right about. */
  readonly share: string | null
  readonly low: string | null
  readonly high: string | null
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054

export function rate(right: number, of: number): Rate {
  if (of === 0) return { right, of, share: null, low: null, high: null }
  const share = right / of
  const spread = (Z * Z) / of
  const middle = (share + spread / 2) / (1 + spread)
  const half = (Z * Math.sqrt((share * (1 - share) + spread / 4) / of)) / (1 + spread)
  return {
    right,
    of,
    share: shown(share),
    low: shown(Math.max(0, middle - half)),
    high: shown(Math.min(1, middle + half)),
  }
}

function shown(share: number): string {
  return share.toFixed(4)
}

export function sumOfRates(rates: readonly Rate[]): Rate {
  return rate(
    rates.reduce((sum, { right }) => sum + right, 0),
    rates.reduce((sum, { of }) => sum + of, 0),
  )
}
