import { expect, test } from 'vitest'
import { instantIn, localIn } from './zoned.ts'

test.each([
  ['Europe/Vienna', '2026-12-01T09:00', '2026-12-01T08:00:00.000Z'],
  ['Europe/Vienna', '2026-07-01T09:00', '2026-07-01T07:00:00.000Z'],
  ['America/New_York', '2026-12-01T23:30', '2026-12-02T04:30:00.000Z'],
  ['Asia/Kathmandu', '2026-12-01T00:15', '2026-11-30T18:30:00.000Z'],
  ['UTC', '2026-12-01T09:00', '2026-12-01T09:00:00.000Z'],
  // An hour before and after the clocks go back, and forward.
  ['Europe/Vienna', '2026-10-25T01:30', '2026-10-24T23:30:00.000Z'],
  ['Europe/Vienna', '2026-10-25T03:30', '2026-10-25T02:30:00.000Z'],
  ['Europe/Vienna', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
  ['Europe/Vienna', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
])('%s %s is %s, and back', (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant)
  expect(localIn(zone, instant)).toBe(local)
})

test('an hour that a zone leaves out is the one that its clocks show instead', () => {
  expect(localIn('Europe/Vienna', instantIn('Europe/Vienna', '2026-03-29T02:30'))).toBe('2026-03-29T03:30')
})
