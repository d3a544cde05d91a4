/** Of each heuristic one figure, with what it was measured on: what answers that rest on it name. */
import { DEPOSIT_RULE, depositReuse, multiInput } from '../clusters/index.ts'
import type { MeasuredHeuristic } from '../measured.ts'
import type { Figures } from './figures.ts'
import { type Rate, sumOfRates } from './rate.ts'

const WORLDS = 'emulated worlds of Bitcoin'

export function heuristicFigures(figures: Figures): readonly MeasuredHeuristic[] {
  const { detectors, change, clusters, deposits, depositReuse: reuse, published } = figures
  const joins = clusters.filter((one) => one.guard === 'any-coinjoin-rule' && one.change === null)
  const asShipped = deposits.filter(
    ({ tags, toOnePercent }) => tags === 'every hot wallet' && toOnePercent === DEPOSIT_RULE.toOnePercent,
  )
  const made = published ? [...published.bridges.links, ...published.bridges.madeLinks] : []
  const recorded = published?.bridgeRecords.flatMap(({ links }) => links) ?? []
  const tier = (links: typeof made, given: string, name: string) =>
    links.filter((one) => one.given === given && one.tier === name).map(({ precision }) => precision)
  const named = <T extends { readonly heuristic: string }>(all: readonly T[], rateOf: (one: T) => Rate) =>
    [...Map.groupBy(all, ({ heuristic }) => heuristic)].map(([id, its]) => figure(id, its.map(rateOf), WORLDS))
  return [
    ...named(detectors, ({ precision }) => precision),
    ...named(change, ({ right }) => right),
    figure(
      multiInput.id,
      joins.map((one) => one.joins),
      WORLDS,
    ),
    figure(
      DEPOSIT_RULE.rule,
      asShipped.map(({ precision }) => precision),
      'emulated chains of Bitcoin and of accounts',
    ),
    figure(
      depositReuse.id,
      reuse.flatMap(({ tags, without, joins: right }) =>
        tags === 'every hot wallet' && without === 'none' ? [right] : [],
      ),
      'an emulated chain of accounts',
    ),
    figure('bridge-protocol', tier(made, 'all that the events say', 'protocol'), 'emulated bridges and made events'),
    figure('bridge-fields', tier(recorded, 'no ids', 'fields'), 'recorded transfers of two bridges'),
    figure(
      'bridge-amount-time',
      tier(made, 'amounts, times and tokens alone', 'amount-time'),
      'emulated bridges and made events',
    ),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function figure(id: string, rates: readonly Rate[], on: string): MeasuredHeuristic {
  const { share, low, high, of } = sumOfRates(rates)
  return share === null || low === null || high === null
    ? { id, right: null, on: 'not measured' }
    : { id, right: { share, low, high, of }, on }
}
