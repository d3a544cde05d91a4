/**
 * How often the matching of bridges is right, against a truth that is known, tier by tier, with Wilson's interval for each
 * proportion (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927).
 */
import type { BridgeEvent } from './bridge-event.ts'
import type { BridgeMatches, LinkTier } from './match-bridges.ts'

export type Proportion = {
  readonly hits: number
  readonly of: number
  /** `null` where there is nothing to take a part of. */
  readonly value: number | null
  /** 95 per cent. */
  readonly low: number | null
  readonly high: number | null
}

export type TierFigures = {
  readonly tier: LinkTier | 'all'
  readonly precision: Proportion
  readonly recall: Proportion
}

export type LinkFigures = {
  readonly tiers: readonly TierFigures[]
  /** True links that were not made, but stand among the candidates. */
  readonly amongCandidates: Proportion
}

/** `truth`: for the name of a source, that of its destination; sources without one have no entry. */
export function measureBridgeLinks(
  matches: BridgeMatches,
  truth: ReadonlyMap<string, string>,
  nameOf: (event: BridgeEvent) => string = eventName,
): LinkFigures {
  const isRight = (link: { source: BridgeEvent; destination: BridgeEvent }) =>
    truth.get(nameOf(link.source)) === nameOf(link.destination)
  const figures = (tier: LinkTier | 'all'): TierFigures => {
    const pairs = matches.pairs.filter((pair) => tier === 'all' || pair.tier === tier)
    const right = pairs.filter(isRight).length
    return { tier, precision: proportion(right, pairs.length), recall: proportion(right, truth.size) }
  }
  const made = new Set(matches.pairs.filter(isRight).map(({ source }) => nameOf(source)))
  const open = new Set(
    matches.candidates.filter(isRight).flatMap(({ source }) => (made.has(nameOf(source)) ? [] : [nameOf(source)])),
  )
  return {
    tiers: [figures('protocol'), figures('fields'), figures('amount-time'), figures('all')],
    amongCandidates: proportion(open.size, truth.size - made.size),
  }
}

export function eventName({ chain, txid, logIndex }: BridgeEvent): string {
  return `${chain}/${txid}/${logIndex ?? ''}`
}

/** Two-sided normal quantile of 95 per cent. */
const Z = 1.959963984540054

export function proportion(hits: number, of: number): Proportion {
  if (of === 0) return { hits, of, value: null, low: null, high: null }
  const share = hits / of
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  const middle = share + (Z * Z) / (2 * of)
  const scale = 1 + (Z * Z) / of
  return {
    hits,
    of,
    value: share,
    low: hits === 0 ? 0 : (middle - spread) / scale,
    high: hits === of ? 1 : (middle + spread) / scale,
  }
}
