/** How right bridge links are, tier by tier: the same events, once with all that they say, then with ever less of it. */
import { type BridgeEvent, matchBridgeEvents, measureBridgeLinks, type Proportion } from '../crossing/index.ts'
import type { LinkFigure, TruePair } from './measure-links.ts'
import { rate } from './rate.ts'

const STRIPPED: readonly (readonly [given: string, strip: (event: BridgeEvent) => BridgeEvent])[] = [
  ['all that the events say', (event) => event],
  ['no ids', (event) => ({ ...event, transferId: null })],
  [
    'amounts, times and tokens alone',
    (event) => ({ ...event, transferId: null, bridge: null, sender: null, recipient: null, otherChain: null }),
  ],
]

/** `nameOf`: by what `truth` names an event. */
export function measureBridges(
  set: string,
  events: readonly BridgeEvent[],
  truth: readonly TruePair[],
  nameOf: (event: BridgeEvent) => string,
): readonly LinkFigure[] {
  return STRIPPED.flatMap(([given, strip]) => linksGiven(set, given, events.map(strip), truth, nameOf))
}

export function linksGiven(
  set: string,
  given: string,
  events: readonly BridgeEvent[],
  truth: readonly TruePair[],
  nameOf: (event: BridgeEvent) => string = ({ txid }) => txid,
): readonly LinkFigure[] {
  const partner = new Map(
    truth.flatMap(({ source, destination }) => (destination === null ? [] : [[source, destination] as const])),
  )
  const rateOf = ({ hits, of }: Proportion) => rate(hits, of)
  const figures = measureBridgeLinks(matchBridgeEvents(events), partner, nameOf)
  return figures.tiers
    .filter(({ tier, precision }) => tier === 'all' || precision.of > 0)
    .map(({ tier, precision, recall }) => ({
      ...{ set, given, tier, precision: rateOf(precision), recall: rateOf(recall) },
      kept: tier === 'all' ? rateOf(figures.amongCandidates) : rate(0, 0),
    }))
}
