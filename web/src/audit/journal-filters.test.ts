import { expect, test } from 'vitest'
import { filtersOf, questionOf } from './journal-filters.ts'

test('a search is whole days in UTC, the last one included, also over the end of a month', () => {
  expect(questionOf({ from: '2026-02-01', to: '2026-02-28', event: 'case' })).toEqual({
    from: '2026-02-01T00:00:00Z',
    to: '2026-03-01T00:00:00Z',
    event: 'case',
  })
})

test('what the address says wrongly is left, and the rest is asked', () => {
  expect(filtersOf({ from: 'yesterday', caseId: '1', event: ' case.open ', by: 3, other: 'x' })).toEqual({
    event: 'case.open',
  })
})
