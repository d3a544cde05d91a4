/** How right bridge links are, tier by tier: the same events, once with all that they say, then with ever less of it. */
import { type BridgeEvent, matchBridgeEvents } from '../crossing/index.ts'
import { type LinkFigure, measureLinks, type TruePair } from './measure-links.ts'

const STRIPPED: readonly (readonly [given: string, strip: (event: BridgeEvent) => BridgeEvent])[] = [
  ['all that the events say', (event) => event],
  ['no ids', (event) => ({ ...event, transferId: null })],
  ['no ids, no recipients', (event) => ({ ...event, transferId: null, recipient: null })],
  [
    'amounts, times and tokens alone',
    (event) => ({ ...event, transferId: null, bridge: null, sender: null, recipient: null, otherChain: null }),
  ],
]

export function measureBridges(
  set: string,
  events: readonly BridgeEvent[],
  truth: readonly TruePair[],
): readonly LinkFigure[] {
  return STRIPPED.flatMap(([given, strip]) => {
    const { pairs, candidates } = matchBridgeEvents(events.map(strip))
    const link = ({ source, destination, tier }: (typeof candidates)[number] | (typeof pairs)[number]) => ({
      source: source.txid,
      destination: destination.txid,
      tier,
    })
    return measureLinks(set, given, truth, pairs.map(link), candidates.map(link))
  })
}
