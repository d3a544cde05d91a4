/** Addresses with more transactions than the budget for one address. */
import { describe, expect, it, test } from 'vitest'
import { ranges, readAddresses } from './hot-addresses.ts'
import { memoryLedger, type PlainTx, toLedger, txidOf } from './testing/memory-ledger.ts'
import { tryTrace } from './testing/try-trace.ts'

/** `hot` holds the seed, pays ten others first, one a block, and spends the seed's own output last; `cool` pays once. */
const ledger: readonly PlainTx[] = [
  {
    id: 'fan',
    height: 0,
    ins: [['x:0', 2100]],
    outs: [[1000, 'hot'], ...Array.from({ length: 10 }, () => [100, 'hot'] as const), [100, 'cool']],
  },
  ...Array.from({ length: 10 }, (_, at) => ({
    id: `spend${at}`,
    height: at + 1,
    ins: [`fan:${at + 1}`],
    outs: [[100, `payee${at}`] as const],
  })),
  { id: 'other', height: 3, ins: ['fan:11'], outs: [[100, 'payee']] },
  { id: 'last', height: 11, ins: ['fan:0'], outs: [[1000, 'end']] },
]
const complete = [{ from: 0, to: 11, completeness: 'merkle' }] as const
async function positionsOf(trial: { maxPerAddress?: number; from?: string[] }) {
  const record = await tryTrace(ledger, { rule: 'pifo', from: ['fan:0=1000'], complete, ...trial })
  expect(record.result.ledger.balanced).toBe(true)
  const hot = record.result.positions.filter(({ code }) => code === 'budget-hot-address')
  const at = (address: string) => record.result.positions.find((one) => one.address === address)?.traced
  return { record, hot, at }
}

describe('a trace through a hot address', () => {
  it('follows what was read, and says of the rest how many there are and how many were read', async () => {
    const { record, hot, at } = await positionsOf({ maxPerAddress: 3 })
    expect(record.parameters.maxPerAddress).toBe(3)
    expect(hot.reduce((sum, { traced }) => sum + Number(traced), 0)).toBe(700)
    expect(hot[0]?.reason).toMatch(/^BUDGET_HOT_ADDRESS: 11 transactions of hot .* 3 were read, to height 3/)
    expect(['payee0', 'payee1', 'payee2', 'payee3'].map(at)).toEqual(['100', '100', '100', undefined])
    // The seed's own output is known to be spent last; what had left before then is not, so nothing is said to go there.
    expect(at('end')).toBeUndefined()
  })

  it('is not cut where the budget suffices, and writes no parameter that was not asked for', async () => {
    for (const trial of [{ maxPerAddress: 11 }, {}]) {
      const { hot, at } = await positionsOf(trial)
      expect(hot).toEqual([])
      expect([at('payee9'), at('end')]).toEqual(['100', undefined])
    }
    expect('maxPerAddress' in (await positionsOf({})).record.parameters).toBe(false)
  })

  it('does not mind that another address of the same question is within the budget', async () => {
    const { hot, at } = await positionsOf({ maxPerAddress: 2, from: ['fan:0=1000', 'fan:11=100'] })
    expect(hot.length).toBeGreaterThan(0)
    expect(at('payee')).toBe('100')
  })

  it('reads whole heights, the nearest first, whatever the size of a page', async () => {
    const store = memoryLedger(toLedger(ledger))
    const found = await readAddresses(store, 'test', ['hot', 'payee'], 'in', 0, 11, 0)
    expect(found.get('hot')?.hot).toEqual({ transactions: 1, read: 0, readTo: null })
    for (const page of [1, 2, 100]) {
      const spends = await readAddresses(store, 'test', ['hot', 'cool'], 'out', 4, 11, 5, page)
      expect(spends.get('hot')).toEqual({
        txids: [4, 5, 6, 7, 8].map((height) => txidOf(`spend${height - 1}`)),
        hot: { transactions: 8, read: 5, readTo: 8 },
      })
      expect(spends.get(null)?.txids).toEqual([])
    }
  })
})

test.each([
  [
    [1, 1, 1, 1],
    4,
    2,
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    [1, 1, 1, 1],
    3,
    2,
    [
      [0, 1],
      [2, 2],
    ],
  ],
  [[5, 1], 4, 2, []],
  [[2, 9, 1], 4, 10, [[0, 0]]],
  [
    [3, 3],
    6,
    2,
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [[], 4, 2, []],
])('heights of %j transactions, a budget of %i and pages of %i are read as %j', (counts, limit, page, expected) => {
  const heights = counts.map((transactions, height) => ({ height, transactions }))
  expect(ranges(heights, limit, page).map(({ low, high }) => [low, high])).toEqual(expected)
})
