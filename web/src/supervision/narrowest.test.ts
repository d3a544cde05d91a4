import { expect, test } from 'vitest'
import { type Marking, narrowest } from './narrowest.ts'

const plain: Marking = { tlp: 'clear', audience: [], needToKnow: false, protectedPerson: false, onwardUse: true }

test.each([
  ['nothing', [], 'amber'],
  ['what is clear', [plain], 'amber'],
  ['something red among others', [plain, { ...plain, tlp: 'red' }, { ...plain, tlp: 'amber+strict' }], 'red'],
] as const)('%s is told of as %s', (_, markings, tlp) => {
  expect(narrowest(markings)).toMatchObject({ tlp, onwardUse: false })
})

test('only who may see each of them sees what is said of all of them', () => {
  const red = (...audience: string[]): Marking => ({ ...plain, tlp: 'red', audience, needToKnow: true })
  expect(narrowest([plain, red('a', 'b'), red('b', 'c')])).toMatchObject({ audience: ['b'], needToKnow: true })
})
