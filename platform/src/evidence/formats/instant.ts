/** Instants of the package: whole seconds in UTC. Formats write them with offsets, fractions, or without a zone. */
export type ReadInstant = { readonly text: string; readonly cut: boolean }

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?(Z|z|[+-]\d\d:?\d\d)?)?$/

/**
 * RFC 3339 and its relatives → `2026-03-01T09:00:00Z`. A missing zone is taken as UTC, as FollowTheMoney and MISP mean
 * it; a date alone is its first second. `cut`: a fraction of a second or the missing time of day was decided here.
 */
export function readInstant(text: string): ReadInstant | null {
  const match = FORM.exec(text.trim())
  if (!match) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (y < 1 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s > 59) return null
  const offset = offsetOf(zone)
  if (offset === null) return null
  const at = new Date(0)
  at.setUTCFullYear(y, mo - 1, d)
  at.setUTCHours(h, mi - offset, s, 0)
  const utc = at.toISOString()
  // Before year 0 or after 9999 the form of the text changes; no case lies there.
  if (!/^\d{4}-/.test(utc)) return null
  return { text: utc.replace('.000Z', 'Z'), cut: /[1-9]/.test(fraction) || match[4] === undefined }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
