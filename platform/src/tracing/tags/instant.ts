/** Dates of tag files: YAML 1.1 timestamps (https://yaml.org/type/timestamp.html), which contain ISO 8601. */
import { ok, type Result, refuse } from '../../kernel/index.ts'

export type StatedInstant = {
  /** Whole seconds since 1970-01-01 UTC; a fraction is dropped here and kept in `text`. A day begins at 00:00. */
  readonly seconds: number
  /** `2021-11-12` for a day, `2023-08-16T12:18:52.619444Z` for a moment: UTC, with the precision that was stated. */
  readonly text: string
}

const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?[ \t]*(Z|[+-]\d{1,2}(?::?\d{2})?)?)?$/

/** A moment without a zone is UTC, as YAML 1.1 says. */
export function parseStatedInstant(text: string): Result<StatedInstant> {
  const wrong = refuse('TAG_DATE_UNREADABLE', `"${text.slice(0, 60)}" is not a date.`, {
    fix: 'Write a day (2021-11-12) or a moment (2021-11-12T09:30:00Z).',
  })
  const match = shape.exec(text)
  if (!match) return wrong
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const offset = zoneSeconds(zone)
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  )
  const back = new Date(local)
  // 2021-02-30 and 25:00 roll over in Date.UTC; a date that does not come back as written is none.
  if (back.getUTCMonth() + 1 !== Number(month) || back.getUTCDate() !== Number(day)) return wrong
  if (
    Number(hour ?? 0) > 23 ||
    Number(minute ?? 0) > 59 ||
    Number(second ?? 0) > 59 ||
    Number(year) < 1900 ||
    offset === null
  )
    return wrong
  const seconds = local / 1000 - offset
  const iso = new Date(seconds * 1000).toISOString()
  if (hour === undefined) return ok({ seconds, text: iso.slice(0, 10) })
  return ok({ seconds, text: `${iso.slice(0, 19)}${fraction === undefined ? '' : `.${fraction}`}Z` })
}

function zoneSeconds(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  const size = Number(hours) * 3600 + Number(minutes) * 60
  return sign === '-' ? -size : size
}
