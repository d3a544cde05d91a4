/** What a record says of an address is told to the unit, of its own chain and of those it goes on to. */
import { expect, test } from 'vitest'
import { seenIn } from './seen-in-trace.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const position = (address: string, traced: string, more: object = {}) => ({
  ...{ address, amount: '10', traced, status: 'unspent', reason: 'rests', height: 7, time: 70 },
  ...more,
})
const record = JSON.stringify({
  chain: BITCOIN,
  rule: { id: 'fifo' },
  result: { positions: [position('bc1a', '3'), position('bc1b', '4'), position('bc1a', '5')] },
  continuation: {
    records: [
      {
        chain: 'eip155:1',
        rule: { id: 'fifo' },
        result: { positions: [position('0xa', '9', { asset: 'eip155:1/slip44:60', label: 'Exchange' })] },
      },
    ],
  },
})

test('each place of the address, and no other', () => {
  const seen = seenIn({ id: 't', record }, { chain: BITCOIN, address: 'bc1a' })
  expect(seen.map(({ traced }) => traced)).toEqual(['3', '5'])
})

test('a trace that goes on over a bridge is read to its end', () => {
  expect(seenIn({ id: 't', record }, { chain: 'eip155:1', address: '0xa' })).toEqual([
    {
      ...{ traceId: 't', rule: 'fifo', label: 'Exchange', asset: 'eip155:1/slip44:60', amount: '10', traced: '9' },
      ...{ status: 'unspent', reason: 'rests', height: 7, time: 70 },
    },
  ])
})

test('an address of another chain is another address', () => {
  expect(seenIn({ id: 't', record }, { chain: 'eip155:137', address: '0xa' })).toEqual([])
})
