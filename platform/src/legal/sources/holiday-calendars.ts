/**
 * Calendars of working days: the table of date-holidays, corrected by the overrides of the packs.
 *
 * Only days of the type "public" count. The table is made by volunteers; its version is stored with every date, so that a
 * date can be computed again as it was.
 */
import { createRequire } from 'node:module'
import Holidays from 'date-holidays'
import type { Calendar, Calendars } from '../calendar.ts'
import type { JurisdictionPack } from '../pack.ts'

const { version } = createRequire(import.meta.url)('date-holidays/package.json') as { readonly version: string }

export function holidayCalendars(jurisdictions: readonly JurisdictionPack[]): Calendars {
  const made = new Map<string, Calendar>()
  return {
    of(jurisdiction) {
      const known = made.get(jurisdiction)
      if (known) return known
      const pack = jurisdictions.findLast(({ code }) => code === jurisdiction)
      if (!pack) return null
      const calendar = calendarOf(pack)
      made.set(jurisdiction, calendar)
      return calendar
    },
  }
}

function calendarOf(pack: JurisdictionPack): Calendar {
  const [country = '', state, region] = pack.holidays.key.split('-')
  const table = region
    ? new Holidays(country, state ?? '', region)
    : state
      ? new Holidays(country, state)
      : new Holidays(country)
  const byYear = new Map<string, ReadonlyMap<string, string>>()
  const ofYear = (year: string): ReadonlyMap<string, string> => {
    const known = byYear.get(year)
    if (known) return known
    const days = new Map<string, string>()
    // The year before as well: a feast of several days may run over the turn of the year.
    for (const each of [Number(year) - 1, Number(year)])
      for (const { date, start, end, name, type } of table.getHolidays(each)) {
        // A holiday that begins in the afternoon leaves a morning on which authorities work.
        if (type !== 'public' || !date.includes(' 00:00:00')) continue
        const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
        for (let passed = 0; passed < length; passed += 1) {
          const day = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + passed * 86_400_000)
            .toISOString()
            .slice(0, 10)
          if (day.startsWith(year)) days.set(day, name)
        }
      }
    for (const { date, holiday, name } of pack.holidays.overrides) {
      if (!date.startsWith(year)) continue
      if (holiday) days.set(date, name)
      else days.delete(date)
    }
    byYear.set(year, days)
    return days
  }
  return {
    jurisdiction: pack.code,
    weekend: pack.weekend,
    version: `date-holidays ${version}, pack ${pack.id} ${pack.version}`,
    verified: 'unverified',
    holidayOn: (day) => ofYear(day.slice(0, 4)).get(day) ?? null,
  }
}

/** Whether the table knows the country, or the part of it, that a pack names. */
export function knowsHolidays(key: string): boolean {
  const [country = '', state = ''] = key.split('-')
  const table = new Holidays()
  const countries = table.getCountries()
  return country in countries && (state === '' || state in (table.getStates(country) ?? {}))
}
