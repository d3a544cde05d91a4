/**
 * When people are reminded of a date: a table of thresholds, as "half of the period", "24 hours before", "1 hour before", and
 * always when it has passed. Only the last threshold that was reached counts: whoever comes late is told once, not four times.
 */
import type { DueDate } from './due-dates.ts'
import type { ReminderSetting, Threshold } from './ports.ts'

/** How a threshold is written in the settings of a node. */
export const THRESHOLD = '^([1-9][0-9]?%|[1-9][0-9]{0,2}[mhd])$'

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 }

/** `50%`: half of the period has passed. `90m`, `24h`, `3d`: so much is left. */
export function readThreshold(name: string): Threshold {
  const count = Number.parseInt(name, 10)
  const unit = name.at(-1) as string
  return unit === '%' ? { name, passed: count } : { name, left: count * (MINUTES[unit] as number) }
}

/** Where the agency has set nothing. */
export const usualThresholds = {
  ordinary: ['50%', '3d', '24h', '1h'].map(readThreshold),
  urgent: ['50%', '12h', '4h', '1h', '15m'].map(readThreshold),
} as const

/** A moment at which there is something to be told of a date. */
export type Moment = { readonly threshold: string; readonly at: string; readonly why: string }

/** The moments of a date in the order of time. What would lie before the period began is none. */
export function momentsOf(date: DueDate, setting: Pick<ReminderSetting, 'ordinary' | 'urgent'>): readonly Moment[] {
  if (date.due === null)
    return date.noted
      .map(({ at, why }, index) => ({ threshold: `noted-${index + 1}`, at, why }))
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const due = Date.parse(date.due)
  const from = date.from === null ? null : Date.parse(date.from)
  const moments: { threshold: string; at: number; why: string }[] = []
  for (const { name, passed, left } of date.urgent ? setting.urgent : setting.ordinary) {
    if (passed !== undefined) {
      if (from === null || from >= due) continue
      const at = from + Math.floor(((due - from) * passed) / 100)
      moments.push({ threshold: name, at, why: `${passed} % of the period have passed.` })
    } else if (from === null || due - left * 60_000 > from)
      moments.push({ threshold: name, at: due - left * 60_000, why: `${name} are left.` })
  }
  moments.push({ threshold: 'passed', at: due, why: 'The date has passed.' })
  return moments
    .toSorted((a, b) => a.at - b.at || (a.threshold === 'passed' ? 1 : b.threshold === 'passed' ? -1 : 0))
    .map(({ at, ...moment }) => ({ ...moment, at: new Date(at).toISOString() }))
}

/** The last moment that has come; null before the first. */
export function reachedMoment(moments: readonly Moment[], now: string): Moment | null {
  return moments.findLast(({ at }) => Date.parse(at) <= Date.parse(now)) ?? null
}
