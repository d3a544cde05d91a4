import { expect, test } from 'vitest'
import { rate, sumOfRates } from './rate.ts'

/** Newcombe, Statistics in Medicine 17, 1998, 857–872, table I, method 3 (the score interval without correction). */
test.each([
  [81, 263, '0.3080', '0.2553', '0.3662'],
  [15, 148, '0.1014', '0.0624', '0.1605'],
  [0, 20, '0.0000', '0.0000', '0.1611'],
  [1, 29, '0.0345', '0.0061', '0.1718'],
])('%i of %i have the published interval', (right, of, share, low, high) => {
  expect(rate(right, of)).toEqual({ right, of, share, low, high })
})

test('of nothing there is no share, and rates add up by their counts', () => {
  expect(rate(0, 0)).toEqual({ right: 0, of: 0, share: null, low: null, high: null })
  expect(sumOfRates([rate(80, 200), rate(1, 63)])).toEqual(rate(81, 263))
})
