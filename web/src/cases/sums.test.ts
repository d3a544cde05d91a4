import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sumsOf } from './sums.ts'

const record = readFileSync(new URL('./sample/colonial-trace.json', import.meta.url), 'utf8')
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const secured = (address: string, amount: string) => ({ chain: CHAIN, address, amount })

test('the sources of the sample are traced once, however many records follow them', () => {
  const { sums, unread } = sumsOf(
    [
      { id: 'a', record },
      { id: 'b', record },
    ],
    [],
  )
  expect(unread).toEqual([])
  expect(sums).toMatchObject([{ chain: CHAIN, symbol: 'BTC', decimals: 8, traced: 6960422177n, secured: 0n }])
})

test('what is secured, what is returned and what was lifted are kept apart, and a double report is told', () => {
  const { sums, unread } = sumsOf(
    [{ id: 'x', record: 'no record' }],
    [
      { id: '1', isReturn: false, isLifted: false, secured: [secured('a', '10'), secured('b', '9007199254740993')] },
      { id: '2', isReturn: false, isLifted: false, secured: [secured('a', '5')] },
      { id: '3', isReturn: false, isLifted: true, secured: [secured('c', '1000')] },
      { id: '4', isReturn: true, isLifted: false, secured: [secured('d', '7')] },
    ],
  )
  expect(unread).toEqual(['x'])
  expect(sums).toMatchObject([{ secured: 9007199254741008n, returned: 7n, traced: 0n, doubled: ['a'] }])
})
