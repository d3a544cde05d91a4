/** Where moments stand on a line from the first to the last, with ticks at round hours or days. Pure. */
const HOUR = 3_600_000
const STEPS = [1, 2, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 90, 24 * 365].map((hours) => hours * HOUR)
const MOST_TICKS = 8

export type Axis = {
  readonly partOf: (at: number) => number
  readonly ticks: readonly number[]
  readonly isByHour: boolean
}

export function axisOf(moments: readonly number[], now: number): Axis {
  const first = Math.min(now, ...moments)
  const last = Math.max(now, ...moments, first + HOUR)
  const step = STEPS.find((one) => (last - first) / one <= MOST_TICKS) ?? (STEPS.at(-1) as number)
  const ticks: number[] = []
  for (let at = Math.ceil(first / step) * step; at <= last && ticks.length <= MOST_TICKS * 4; at += step) ticks.push(at)
  return { partOf: (at) => (at - first) / (last - first), ticks, isByHour: step < 24 * HOUR }
}
