/** Moments at the gate: texts with an offset, zones that exist; and back to text. */
import { Temporal } from 'temporal-polyfill'
import { catchRefusal, orStop, type Result, stop } from '../kernel/index.ts'

const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/

export function zoned(text: string, zone: string, place: string): Temporal.ZonedDateTime {
  if (!INSTANT.test(text))
    return stop('DEADLINE_TIME', `"${text}" is no moment.`, {
      place,
      fix: 'Write it with its offset, as 2026-11-25T10:00:00Z.',
    })
  const instant = orStop(catchRange(() => Temporal.Instant.from(text), text))
  return orStop(catchRange(() => instant.toZonedDateTimeISO(zone), zone))
}

/** The library throws a RangeError for a day or a time zone that does not exist. */
export function catchRange<T>(body: () => T, text: string): Result<T> {
  return catchRefusal(() => {
    try {
      return body()
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      return stop('DEADLINE_TIME', `"${text}" is neither a moment nor a time zone that exists.`, {
        fix: 'Write moments as 2026-11-25T10:00:00Z and zones by their IANA name, as Europe/Amsterdam.',
      })
    }
  })
}

export function utc(at: Temporal.ZonedDateTime): string {
  return at.toInstant().toString({ smallestUnit: 'second' })
}

export function local(at: Temporal.ZonedDateTime): string {
  return at.toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

/** The first instant of a day in a place, in UTC. A day that does not exist (30 February) is read as the last that does. */
export function dayBegins(text: string, zone: string): Result<string> {
  return catchRange(() => {
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
    return utc(Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' }).toZonedDateTime(zone))
  }, `${text} ${zone}`)
}
