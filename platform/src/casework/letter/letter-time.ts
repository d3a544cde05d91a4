/** Times in a letter: the clock of the named zone and UTC, both in full, in digits that read the same in every language. */
import { stop } from '../../kernel/index.ts'
import type { LetterTime } from './request.ts'

/** → `['2026-11-24 10:00:00 Europe/Amsterdam (UTC+01:00)', '2026-11-24 09:00:00 UTC']`; one line where the zone is UTC. */
export function timeLines({ instant, zone }: LetterTime, place: string): string[] {
  const date = instantOf(instant, place)
  const utc = `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
  if (zone === 'UTC') return [utc]
  return [`${clockOf(date, zone, place)}`, utc]
}

/** A date of the calendar, `2026-11-24`, that exists. */
export function calendarDate(date: string, place: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) instantOf(`${date}T00:00:00Z`, place)
  else unreadable(place, date)
  return date
}

function instantOf(instant: string, place: string): Date {
  const date = new Date(instant)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(instant) || Number.isNaN(date.getTime()))
    unreadable(place, instant)
  // Date turns 30 February into 2 March; a letter must not.
  if (date.toISOString().slice(0, 19) !== instant.slice(0, 19)) unreadable(place, instant)
  return date
}

function clockOf(date: Date, zone: string, place: string): string {
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(zone)) unreadable(place, zone)
  try {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    })
    const part = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]))
    const offset = part.timeZoneName === 'GMT' ? 'UTC+00:00' : part.timeZoneName?.replace('GMT', 'UTC')
    return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second} ${zone} (${offset})`
  } catch (thrown) {
    if (thrown instanceof RangeError) return unreadable(place, zone)
    throw thrown
  }
}

function unreadable(place: string, text: string): never {
  return stop('LETTER_TIME_UNREADABLE', `${place}: "${text.slice(0, 40)}" is no instant in UTC or no IANA zone.`, {
    place,
  })
}
