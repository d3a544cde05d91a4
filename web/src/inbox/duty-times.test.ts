import { expect, test } from 'vitest'
import { afterLast, firstSpan, languagesIn } from './duty-times.ts'

test('a roster begins with the next full hour, and is for a week', () => {
  expect(firstSpan('2026-12-31T23:20')).toEqual({ from: '2027-01-01T00:00', until: '2027-01-08T00:00' })
})

test('a shift begins where the last one ends, and the first with the roster', () => {
  const first = afterLast([], '2026-12-01T08:00')
  expect(first).toEqual({ from: '2026-12-01T08:00', until: '2026-12-01T20:00' })
  expect(afterLast([first], '2026-12-01T08:00')).toEqual({ from: '2026-12-01T20:00', until: '2026-12-02T08:00' })
  expect(afterLast([], '')).toEqual({ from: '', until: '' })
})

test('languages are named once, between blanks or commas', () => {
  expect(languagesIn(' en, fr  en,')).toEqual(['en', 'fr'])
})
