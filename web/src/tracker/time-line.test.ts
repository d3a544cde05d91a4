/** The line of time. */
import { expect, test } from 'vitest'
import { axisOf } from './time-line.ts'

const at = (text: string) => Date.parse(text)

test('two days are ticked by hours, a year by months, and now is always on the line', () => {
  const now = at('2026-11-26T12:00:00Z')
  const short = axisOf([at('2026-11-28T12:00:00Z')], now)
  expect(short.isByHour).toBe(true)
  expect(short.ticks.map((one) => new Date(one).toISOString())).toEqual([
    ...['2026-11-26T12:00:00.000Z', '2026-11-26T18:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    ...['2026-11-27T06:00:00.000Z', '2026-11-27T12:00:00.000Z', '2026-11-27T18:00:00.000Z'],
    ...['2026-11-28T00:00:00.000Z', '2026-11-28T06:00:00.000Z', '2026-11-28T12:00:00.000Z'],
  ])
  const long = axisOf([at('2026-09-01T00:00:00Z'), at('2027-08-01T00:00:00Z')], now)
  expect(long.isByHour).toBe(false)
  expect(long.ticks.length).toBeLessThanOrEqual(9)
  expect(long.partOf(at('2026-09-01T00:00:00Z'))).toBe(0)
  expect(long.partOf(now)).toBeGreaterThan(0)
})
