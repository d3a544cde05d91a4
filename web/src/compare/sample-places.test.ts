import { expect, test } from 'vitest'
import { MOST_PLACES, placesAtRandom, placesIn } from './sample-places.ts'

test.each([
  ['3, 1 1', [1, 3]],
  ['0', [0]],
  ['', null],
  ['1-3', null],
  ['131072', null],
  [Array.from({ length: MOST_PLACES + 1 }, (_, at) => at).join(' '), null],
])('places %s', (text, places) => {
  expect(placesIn(text)).toEqual(places)
})

test('places at random are different ones below the size, and bits that would favour some are drawn again', () => {
  const bits = [2 ** 32 - 1, 5, 105, 7, 8]
  expect(placesAtRandom(3, 100, () => bits.shift() as number)).toEqual([5, 7, 8])
  expect(placesAtRandom(9, 4)).toEqual([0, 1, 2, 3])
})
