/** Markings: what is red is for somebody. */
import { expect, test } from 'vitest'
import { type Marking, markingOf } from './marking-of.ts'

test('what is red is for its author as long as nobody else is named', () => {
  expect(markingOf('red', 'anna')).toMatchObject({ tlp: 'red', audience: ['anna'] })
  expect(markingOf('amber', 'anna')).toMatchObject({ tlp: 'amber', audience: [] })
  const before: Marking = {
    tlp: 'amber',
    audience: ['bert'],
    needToKnow: true,
    protectedPerson: false,
    onwardUse: false,
    handling: 'X',
  }
  expect(markingOf('red', 'anna', before)).toEqual({ ...before, tlp: 'red' })
})
