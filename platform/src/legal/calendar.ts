/** Days on which authorities do not work. The table of holidays is given from outside; here are only questions to it. */
import { Temporal } from 'temporal-polyfill'
import type { Mark } from './pack.ts'

export type Calendar = {
  readonly jurisdiction: string
  /** ISO 8601 days of the week, 1 is Monday. */
  readonly weekend: readonly number[]
  /** Data and version, stored with every date that was computed by it. */
  readonly version: string
  /** How well the table itself was checked. */
  readonly verified: Mark
  /** The name of the public holiday on this day (`YYYY-MM-DD`), or null. */
  holidayOn(day: string): string | null
}

export interface Calendars {
  /** The calendar of a country, or null where none is known. */
  of(jurisdiction: string): Calendar | null
}

export type Day = Temporal.PlainDate

/** Why nobody works on this day; null on a working day. */
export function whyNotWorking(day: Day, calendar: Calendar): string | null {
  const holiday = calendar.holidayOn(day.toString())
  if (holiday !== null) return `a public holiday in ${calendar.jurisdiction} (${holiday})`
  return calendar.weekend.includes(day.dayOfWeek) ? (weekdays[day.dayOfWeek - 1] ?? null) : null
}

export function isWorking(day: Day, calendar: Calendar): boolean {
  return whyNotWorking(day, calendar) === null
}

/** The day itself where it is a working day, else the next one. */
export function workingDayFrom(day: Day, calendar: Calendar): Day {
  let at = day
  // No calendar is free for a year on end; one that is would keep this going for ever.
  for (let passed = 0; passed < 366; passed += 1) {
    if (isWorking(at, calendar)) return at
    at = at.add({ days: 1 })
  }
  throw new RangeError(`the calendar of ${calendar.jurisdiction} has no working day in the year from ${day}`)
}

/** The n-th working day after a day, which is not counted itself. */
export function addWorkingDays(day: Day, amount: number, calendar: Calendar): Day {
  let at = day
  for (let counted = 0; counted < amount; counted += 1) at = workingDayFrom(at.add({ days: 1 }), calendar)
  return at
}

/** Working days after `from`, up to and with `to`, but no more than `enough`. */
export function countWorkingDays(from: Day, to: Day, calendar: Calendar, enough: number): number {
  let counted = 0
  for (
    let at = from.add({ days: 1 });
    counted < enough && Temporal.PlainDate.compare(at, to) <= 0;
    at = at.add({ days: 1 })
  )
    if (isWorking(at, calendar)) counted += 1
  return counted
}

/** 24:00 of a day: the first instant of the next one, whatever the clocks did in between. */
export function endOfDay(day: Day, zone: string): Temporal.ZonedDateTime {
  return day.add({ days: 1 }).toZonedDateTime({ timeZone: zone })
}

/** `Friday 27 November 2026` */
export function dayText(day: Day): string {
  return `${weekdays[day.dayOfWeek - 1]} ${day.day} ${months[day.month - 1]} ${day.year}`
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
// biome-ignore format: a list of names
export const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
