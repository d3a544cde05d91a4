/** Requests by country. */
import { expect, test } from 'vitest'
import { byCountry } from './by-country.ts'

const asset = (amount: string | null) => ({ chain: 'btc', asset: null, amount })
const row = (country: string, state: string, assets: ReturnType<typeof asset>[], due: string | null = null) => ({
  country,
  clock: due === null ? null : { ruleId: 'R', article: '9', due, zone: 'UTC', binding: true, steps: [] },
  item: {
    request: { state, content: { assets }, secured: state === 'executed' ? [{ chain: 'btc', amount: '5' }] : [] },
  },
})

test('counts and sums are exact, what was taken back asks for nothing, an unknown amount adds nothing', () => {
  const now = Date.parse('2026-11-26T12:00:00Z')
  const rows = [
    row('DE', 'released', [asset('9007199254740993'), asset(null)], '2026-11-26T11:00:00Z'),
    row('DE', 'executed', [asset('7')]),
    row('DE', 'withdrawn', [asset('1000')]),
    row('FR', 'draft', []),
  ]
  expect(byCountry(rows, now)).toEqual([
    {
      ...{ code: 'DE', requests: 3, open: 1, late: 1 },
      asked: [{ chain: 'btc', asset: null, amount: 9007199254741000n }],
      secured: [{ chain: 'btc', asset: null, amount: 5n }],
    },
    { code: 'FR', requests: 1, open: 0, late: 0, asked: [], secured: [] },
  ])
})
