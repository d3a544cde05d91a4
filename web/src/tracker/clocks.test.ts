/** Clocks of requests. */
import { expect, test } from 'vitest'
import { nextClock, reached, standingOf } from './clocks.ts'

const deadline = (due: string | null, binding = true) => ({
  ...{ ruleId: `R ${due}`, article: '9(3)', due, zone: 'Europe/Berlin', binding, steps: [] },
})
const now = Date.parse('2026-11-26T12:00:00Z')

test('the next clock is the first that binds; one that only reminds counts where none binds', () => {
  const deadlines = [deadline(null), deadline('2026-11-27T00:00:00Z', false), deadline('2026-12-01T00:00:00Z')]
  expect(nextClock({ state: 'acknowledged', deadlines })?.due).toBe('2026-12-01T00:00:00Z')
  expect(nextClock({ state: 'acknowledged', deadlines: deadlines.slice(0, 2) })?.binding).toBe(false)
  expect(nextClock({ state: 'executed', deadlines })).toBeNull()
  expect(nextClock({ state: 'executed', deadlines, incoming: {} })?.due).toBe('2026-12-01T00:00:00Z')
})

test('a clock stands in one column, and steps are counted', () => {
  const at = (due: string) => standingOf(deadline(due) as never, now)
  expect(at('2026-11-26T11:59:00Z')).toBe('late')
  expect(at('2026-11-27T11:59:00Z')).toBe('day')
  expect(at('2026-12-02T11:59:00Z')).toBe('week')
  expect(at('2027-01-01T00:00:00Z')).toBe('later')
  expect([reached('draft'), reached('refused'), reached('lifted')]).toEqual([0, 3, 4])
})
