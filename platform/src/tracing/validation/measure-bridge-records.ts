/** How right bridge links are on recorded transfers of real bridges, each bridge by itself. */
import type { BridgeEvent } from '../crossing/index.ts'
import { linksGiven } from './measure-bridges.ts'
import type { LinkFigure, TruePair } from './measure-links.ts'
import { type Rate, rate } from './rate.ts'

export type BridgeRecords = {
  readonly bridge: string
  /** Pairs of transactions that the set names. */
  readonly labelled: number
  readonly calls: number
  /** SHA-256 of the files as read. */
  readonly digest: string
  readonly events: readonly BridgeEvent[]
  readonly truth: readonly TruePair[]
}

export type BridgeRecordFigure = {
  readonly bridge: string
  readonly labelled: number
  readonly proven: number
  readonly digest: string
  /** The truth was found without looking at recipients: how many of its pairs name the same on both sides. */
  readonly sameRecipient: Rate
  readonly from: number
  readonly to: number
  readonly links: readonly LinkFigure[]
  /** Links of all tiers with no ids given, by the year of the deposit. */
  readonly byYear: readonly { readonly year: string; readonly precision: Rate; readonly recall: Rate }[]
}

const withoutId = (event: BridgeEvent): BridgeEvent => ({ ...event, transferId: null })

/** What the events are allowed to say. No row is without recipients: the set has no times of arrival, which then would be all. */
const GIVEN: readonly (readonly [given: string, strip: (event: BridgeEvent) => BridgeEvent])[] = [
  ['all that the events say', (event) => event],
  ['no ids', withoutId],
  ['no ids, no tokens', (event) => ({ ...withoutId(event), token: null })],
  [
    'no ids; the source does not name its recipient',
    (event) => ({ ...withoutId(event), recipient: event.side === 'source' ? null : event.recipient }),
  ],
]

export function measureBridgeRecords(sets: readonly BridgeRecords[]): readonly BridgeRecordFigure[] {
  return sets.map(({ bridge, labelled, digest, events, truth }) => {
    const recipientOf = new Map(events.map(({ txid, recipient }) => [txid, recipient]))
    const same = truth.filter(
      ({ source, destination }) => recipientOf.get(source) === recipientOf.get(destination ?? ''),
    )
    const times = events.flatMap(({ time }) => time ?? []).sort((a, b) => a - b)
    const yearOf = new Map(events.map(({ txid, time }) => [txid, time === null ? '' : year(time)]))
    const years = [...new Set(truth.map(({ source }) => yearOf.get(source) ?? ''))].sort()
    return {
      ...{ bridge, labelled, digest },
      proven: truth.length,
      sameRecipient: rate(same.length, truth.length),
      from: times[0] ?? 0,
      to: times.at(-1) ?? 0,
      links: GIVEN.flatMap(([given, strip]) => linksGiven(bridge, given, events.map(strip), truth)),
      byYear: years.map((one) => {
        const its = truth.filter(({ source }) => yearOf.get(source) === one)
        const names = new Set(its.flatMap(({ source, destination }) => [source, destination]))
        const here = events.filter(({ txid }) => names.has(txid)).map(withoutId)
        const all = linksGiven(bridge, 'no ids', here, its).find(({ tier }) => tier === 'all')
        return { year: one, precision: all?.precision ?? rate(0, 0), recall: all?.recall ?? rate(0, 0) }
      }),
    }
  })
}

function year(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 4)
}
