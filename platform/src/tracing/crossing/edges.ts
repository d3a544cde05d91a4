/**
 * Which pairs of ends are weighed at all. Ends are put into buckets whose key holds everything that has to be equal and the
 * magnitude of the amount; in a bucket they stand by time, so that a window is a slice. Nothing is compared with everything.
 */

import { bridgePacks, windowOf } from './bridge-packs.ts'
import { type Comparison, compareEnds, type End, FAR_PPM, NEAR_PPM } from './compare-ends.ts'

export type Edge = { readonly source: number; readonly destination: number; readonly comparison: Comparison }

export type Edges = {
  readonly list: readonly Edge[]
  /** Ends that have more counterparts than are listed: nothing may be decided about them here. */
  readonly crowdedSources: ReadonlySet<number>
  readonly crowdedDestinations: ReadonlySet<number>
}

/** So many counterparts of one source are listed; with more, none stands out anyway. */
export const MOST_COUNTERPARTS = 32
/** So many are looked at for one source. */
const MOST_LOOKED_AT = 1024
/** For a source of which no bridge is stated. */
const LONGEST_WINDOW = Math.max(
  ...bridgePacks.flatMap(({ windowSeconds, slow }) => [windowSeconds, ...slow.map((one) => one.windowSeconds)]),
)

export type Round = {
  readonly amount: 'exact' | 'near' | 'far'
  /** What has to be equal, of a source: it is looked for under each of these. */
  readonly sourceKeys: (end: End) => readonly string[]
  readonly destinationKeys: (end: End) => readonly string[]
  readonly timeNeeded: boolean
  readonly allows: (comparison: Comparison, source: End, destination: End) => boolean
}

/** Indices of destinations: those without a time first, then by time. */
type Bucket = number[]

export function findEdges(
  round: Round,
  ends: readonly End[],
  sources: readonly number[],
  destinations: readonly number[],
): Edges {
  const buckets = fillBuckets(round, ends, destinations)
  const list: Edge[] = []
  const crowdedSources = new Set<number>()
  const crowdedDestinations = new Set<number>()
  for (const source of sources) {
    const end = ends[source] as End
    const seen = new Set<number>()
    let found = 0
    for (const destination of reachable(round, end, ends, buckets)) {
      if (seen.has(destination)) continue
      if (seen.size === MOST_LOOKED_AT) {
        crowdedSources.add(source)
        break
      }
      seen.add(destination)
      const other = ends[destination] as End
      const comparison = compareEnds(end, other)
      if (!admissible(round, comparison) || !round.allows(comparison, end, other)) continue
      if (found === MOST_COUNTERPARTS) {
        crowdedSources.add(source)
        crowdedDestinations.add(destination)
        break
      }
      found += 1
      list.push({ source, destination, comparison })
    }
  }
  spreadCrowding(list, crowdedSources, crowdedDestinations, round, ends, buckets)
  return { list, crowdedSources, crowdedDestinations }
}

function admissible(round: Round, { amount, delay, windowSeconds, chains }: Comparison): boolean {
  if (chains === 'differs' || amount.class !== round.amount) return false
  return delay === null ? !round.timeNeeded : delay >= 0 && delay <= windowSeconds
}

function fillBuckets(round: Round, ends: readonly End[], destinations: readonly number[]): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>()
  const inOrder = [...destinations].sort((a, b) => timeOf(ends, a) - timeOf(ends, b) || a - b)
  for (const index of inOrder) {
    const end = ends[index] as End
    for (const key of round.destinationKeys(end)) {
      for (const magnitude of magnitudes(end)) {
        const place = `${key}|${round.amount === 'exact' ? magnitude : bin(magnitude, round.amount)}`
        const bucket = buckets.get(place)
        if (bucket === undefined) buckets.set(place, [index])
        else bucket.push(index)
      }
    }
  }
  return buckets
}

function timeOf(ends: readonly End[], index: number | undefined): number {
  return ends[index ?? -1]?.event.time ?? -1
}

/** Destinations that could be it: from the buckets of the keys, those within the window, and those without a time. */
function* reachable(
  round: Round,
  end: End,
  ends: readonly End[],
  buckets: ReadonlyMap<string, Bucket>,
): Generator<number> {
  const { time, bridge, chain } = end.event
  const last = time === null ? Infinity : time + (bridge === null ? LONGEST_WINDOW : windowOf(bridge, chain))
  if (time === null && round.timeNeeded) return
  for (const bucket of bucketsOf(round, end, buckets)) {
    if (!round.timeNeeded && time !== null) {
      for (let at = 0; at < bucket.length && timeOf(ends, bucket[at]) === -1; at += 1) yield bucket[at] as number
    }
    const first = time === null ? 0 : firstFrom(ends, bucket, time)
    for (let at = first; at < bucket.length && timeOf(ends, bucket[at]) <= last; at += 1) yield bucket[at] as number
  }
}

function bucketsOf(round: Round, end: End, buckets: ReadonlyMap<string, Bucket>): Bucket[] {
  const places = new Set<string>()
  for (const key of round.sourceKeys(end)) {
    for (const magnitude of magnitudes(end)) {
      if (round.amount === 'exact') {
        places.add(`${key}|${magnitude}`)
        continue
      }
      const own = bin(magnitude, round.amount)
      // One bin more on either side than arithmetic asks for: logarithms are rounded, amounts are compared exactly later.
      for (const one of [own - 2, own - 1, own, own + 1]) places.add(`${key}|${one}`)
    }
  }
  return [...places].map((place) => buckets.get(place)).filter((bucket) => bucket !== undefined)
}

/** The amount as it stands, and where the decimals of the token are known also in units of 10^-18, marked so. */
function magnitudes(end: End): readonly (bigint | string)[] {
  const decimals = end.token?.decimals ?? null
  if (decimals === null || decimals > 18) return [end.event.amount]
  return [end.event.amount, `u${end.event.amount * 10n ** BigInt(18 - decimals)}`]
}

function bin(magnitude: bigint | string, amount: Round['amount']): number {
  const [mark, digits] = typeof magnitude === 'string' ? [1e6, magnitude.slice(1)] : [0, magnitude.toString()]
  if (digits === '0') return mark - 1
  const logarithm = Math.log(Number(`0.${digits.slice(0, 15)}`)) + digits.length * Math.LN10
  return mark + Math.floor(logarithm / -Math.log(1 - (amount === 'near' ? NEAR_PPM : FAR_PPM) / 1e6))
}

function firstFrom(ends: readonly End[], bucket: Bucket, time: number): number {
  let low = 0
  let high = bucket.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeOf(ends, bucket[middle]) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Whatever a crowded source could reach has a counterpart that is not listed: it is crowded as well. */
function spreadCrowding(
  list: readonly Edge[],
  sources: ReadonlySet<number>,
  destinations: Set<number>,
  round: Round,
  ends: readonly End[],
  buckets: ReadonlyMap<string, Bucket>,
): void {
  for (const { source, destination } of list) if (sources.has(source)) destinations.add(destination)
  const whole = new Set<Bucket>()
  for (const source of sources) for (const bucket of bucketsOf(round, ends[source] as End, buckets)) whole.add(bucket)
  // A bucket with a crowded source is left alone as a whole: cheaper than exact, and never too bold.
  for (const bucket of whole) for (const index of bucket) destinations.add(index)
}
