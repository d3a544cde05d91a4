/**
 * What the public events of a pool of a mixer allow to say: among how many each withdrawal hides, and how many withdrawals a trace
 * offers beside its stop. Who took what out is not in the set, nor who paid in: no candidate can be judged.
 */
import { MIXER_WINDOW_SECONDS, type MixerFigures, measureMixer } from '../crossing/index.ts'
import { type Rate, rate } from './rate.ts'

export type PoolEvents = {
  readonly pool: string
  /** SHA-256 of both files as read. */
  readonly digest: string
  /** The part of the set that comes with the program, or all of it. */
  readonly extent: 'sample' | 'whole'
  readonly deposits: readonly { readonly height: number; readonly time: number }[]
  readonly withdrawals: readonly { readonly height: number; readonly recipient: string; readonly fee: bigint }[]
}

export type PoolFigure = {
  readonly pool: string
  readonly digest: string
  readonly extent: PoolEvents['extent']
  readonly figures: MixerFigures
  /** Withdrawals that a stop at a deposit has to choose from: of the window, later. */
  readonly offered: { readonly least: number; readonly median: number; readonly most: number }
  /** Of the deposits: the withdrawal whose turn it is, first in, first out, lies in the window, so that it is among the candidates. */
  readonly turnInWindow: Rate
  readonly byYear: readonly {
    readonly year: string
    readonly withdrawals: number
    /** Nobody else sent them. */
    readonly withoutFee: Rate
    /** Deposits not yet withdrawn, in the middle case. */
    readonly unspentMedian: number
  }[]
}

export function measurePool({ pool, digest, extent, deposits, withdrawals }: PoolEvents): PoolFigure {
  const paidIn = [...deposits].sort((a, b) => a.height - b.height)
  const inHeights = paidIn.map(({ height }) => height)
  // The set gives no times of withdrawals: that of the last deposit up to its block, which is no later.
  const timeAt = (height: number) => paidIn[countUpTo(inHeights, height) - 1]?.time ?? 0
  const out = withdrawals
    .map((one) => ({ ...one, relayer: null, time: timeAt(one.height) }))
    .sort((a, b) => a.height - b.height)
  const heights = out.map(({ height }) => height)
  const times = out.map(({ time }) => time)
  const offered = paidIn.map(
    ({ height, time }) => countUpTo(times, time + MIXER_WINDOW_SECONDS) - countUpTo(heights, height),
  )
  const sizes = offered.map((count) => Math.max(0, count)).sort((a, b) => a - b)
  const inTurn = paidIn.filter(({ height, time }, turn) => {
    const its = out[turn]
    return its !== undefined && its.height > height && its.time - time <= MIXER_WINDOW_SECONDS
  })
  const open = out.map(({ height }, at) => countUpTo(inHeights, height) - at)
  const byYear = [
    ...Map.groupBy(
      out.map((one, at) => ({ ...one, open: open[at] ?? 0 })),
      ({ time }) => year(time),
    ),
  ]
  return {
    ...{ pool, digest, extent },
    figures: measureMixer(paidIn, out),
    offered: { least: sizes[0] ?? 0, median: middle(sizes), most: sizes.at(-1) ?? 0 },
    turnInWindow: rate(inTurn.length, paidIn.length),
    byYear: byYear
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, its]) => ({
        year: name,
        withdrawals: its.length,
        withoutFee: rate(its.filter(({ fee }) => fee === 0n).length, its.length),
        unspentMedian: middle(its.map((one) => one.open).sort((a, b) => a - b)),
      })),
  }
}

/** How many of an ascending list are at most so much. */
function countUpTo(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if ((sorted[mid] ?? 0) <= value) low = mid + 1
    else high = mid
  }
  return low
}

function middle(sorted: readonly number[]): number {
  return sorted[sorted.length >> 1] ?? 0
}

function year(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 4)
}
