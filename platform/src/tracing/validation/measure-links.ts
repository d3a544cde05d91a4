/** How right links between two lists are, where it is known which belong together: bridge transfers, conversions. */
import { type Rate, rate } from './rate.ts'

export type TruePair = {
  readonly source: string
  /** `null`: nothing on the other side belongs to it. */
  readonly destination: string | null
}

export type LinkFigure = {
  readonly set: string
  /** What the ends were allowed to say of themselves. */
  readonly given: string
  /** `all`: whatever the tier. */
  readonly tier: string
  /** Of the links that were made: rightly. */
  readonly precision: Rate
  /** Of the links that there are: made. A tier comes after the ones before it and is asked for all of them. */
  readonly recall: Rate
  /** Of the links that were not made: kept as candidates, for a person to decide. */
  readonly kept: Rate
}

export type MadeLink = { readonly source: string; readonly destination: string; readonly tier: string }

export function measureLinks(
  set: string,
  given: string,
  truth: readonly TruePair[],
  made: readonly MadeLink[],
  candidates: readonly MadeLink[],
): readonly LinkFigure[] {
  const partner = new Map(truth.map(({ source, destination }) => [source, destination]))
  const isRight = ({ source, destination }: MadeLink) => partner.get(source) === destination
  const there = truth.filter(({ destination }) => destination !== null).length
  const found = new Set(made.filter(isRight).map(({ source }) => source))
  const kept = new Set(candidates.filter(isRight).map(({ source }) => source))
  const missed = truth.filter(({ source, destination }) => destination !== null && !found.has(source))
  const tiers = [...new Set(made.map(({ tier }) => tier))].sort()
  const of = (tier: string, links: readonly MadeLink[]): LinkFigure => {
    const right = links.filter(isRight).length
    return {
      set,
      given,
      tier,
      precision: rate(right, links.length),
      recall: rate(right, there),
      kept: rate(missed.filter(({ source }) => kept.has(source)).length, missed.length),
    }
  }
  return [
    ...tiers.map((tier) =>
      of(
        tier,
        made.filter((link) => link.tier === tier),
      ),
    ),
    of('all', made),
  ]
}
