import { describe, expect, it } from 'vitest'
import { catchRefusal } from '../../kernel/index.ts'
import { calendarDate, timeLines } from './letter-time.ts'

const codeOf = (body: () => unknown) => {
  const result = catchRefusal(body)
  return result.ok ? null : result.refusal.code
}

describe('a time is printed by the clock of its place and in UTC', () => {
  it.each([
    ['winter', '2026-11-24T09:00:00Z', 'Europe/Amsterdam', '2026-11-24 10:00:00 Europe/Amsterdam (UTC+01:00)'],
    ['summer', '2026-07-01T22:30:00Z', 'Europe/Amsterdam', '2026-07-02 00:30:00 Europe/Amsterdam (UTC+02:00)'],
    [
      'the hour that comes twice, first',
      '2026-10-25T00:30:00Z',
      'Europe/Berlin',
      '2026-10-25 02:30:00 Europe/Berlin (UTC+02:00)',
    ],
    [
      'the hour that comes twice, again',
      '2026-10-25T01:30:00Z',
      'Europe/Berlin',
      '2026-10-25 02:30:00 Europe/Berlin (UTC+01:00)',
    ],
    ['a half hour', '2026-11-24T09:00:00Z', 'Asia/Kolkata', '2026-11-24 14:30:00 Asia/Kolkata (UTC+05:30)'],
    ['west', '2026-11-24T01:00:00Z', 'America/New_York', '2026-11-23 20:00:00 America/New_York (UTC-05:00)'],
    ['no offset', '2026-11-24T00:00:00Z', 'Africa/Abidjan', '2026-11-24 00:00:00 Africa/Abidjan (UTC+00:00)'],
  ])('%s', (_, instant, zone, line) => {
    expect(timeLines({ instant, zone }, 'here')).toEqual([line, `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`])
  })

  it('once where the zone is UTC', () => {
    expect(timeLines({ instant: '2026-11-24T09:00:00Z', zone: 'UTC' }, 'here')).toEqual(['2026-11-24 09:00:00 UTC'])
  })
})

describe('a time that nobody can read is refused', () => {
  it.each([
    ['2026-02-30T09:00:00Z', 'UTC'],
    ['2026-11-24T09:00:00+01:00', 'UTC'],
    ['2026-11-24T09:00Z', 'UTC'],
    ['2026-11-24T25:00:00Z', 'UTC'],
    ['tomorrow', 'UTC'],
    ['2026-11-24T09:00:00Z', 'Europe/Atlantis'],
    ['2026-11-24T09:00:00Z', '+01:00'],
    ['2026-11-24T09:00:00Z', ''],
  ])('%s %s', (instant, zone) => {
    expect(codeOf(() => timeLines({ instant, zone }, 'here'))).toBe('LETTER_TIME_UNREADABLE')
  })

  it.each(['2026-02-29', '2026-13-01', '24.11.2026', ''])('the date %s', (date) => {
    expect(codeOf(() => calendarDate(date, 'here'))).toBe('LETTER_TIME_UNREADABLE')
  })
})
