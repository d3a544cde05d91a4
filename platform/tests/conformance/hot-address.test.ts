/** An address with a hundred thousand payments in a store on disk: read by ranges of heights, within its budget. */
import { afterAll, expect, it } from 'vitest'
import { type ChainPack, shippedChainPacks } from '../../src/chains/index.ts'
import { orStop } from '../../src/kernel/index.ts'
import { openTrace, parseSeed, resolveSeeds } from '../../src/tracing/index.ts'
import { duckDbEngine } from './engines.ts'
import { block, CHAIN, id, importSource, tx } from './scenes.ts'

const PAYMENTS = 100_000
const A_BLOCK = 500
const engine = duckDbEngine()
afterAll(() => engine.stop())

it('of 100,000 payments out of one address 10,000 are read, and the trace says so', async () => {
  const store = await (await engine.place()).open()
  // Output 0 is the seed, spent after all the others.
  const paid = Array.from({ length: PAYMENTS }, () => [5n, 'hot'] as const)
  const fan = tx('fan', { height: 0, in: 'b0', at: 0 }, [], [[1_000_000n, 'hot'], ...paid])
  const spends = Array.from({ length: PAYMENTS }, (_, at) => {
    const height = 1 + Math.floor(at / A_BLOCK)
    return tx(`s${at}`, { height, in: `b${height}`, at: at % A_BLOCK }, [['fan', at + 1, 5n, 'hot']], [[5n, `p${at}`]])
  })
  const blocks = Array.from({ length: 1 + PAYMENTS / A_BLOCK }, (_, height) =>
    block(`b${height}`, height, height === 0 ? null : `b${height - 1}`),
  )
  await importSource(store, { name: 'hot', blocks, transactions: [fan, ...spends] }, 25_000)
  expect(await store.countTransactionsOf(CHAIN, ['hot', 'p1', 'nobody'], 'out', 0, 1000)).toEqual(
    new Map([['hot', PAYMENTS]]),
  )
  expect(await store.countByHeight(CHAIN, 'hot', 'out', 199, 300)).toEqual([
    { height: 199, transactions: A_BLOCK },
    { height: 200, transactions: A_BLOCK },
  ])
  expect(await store.transactionsOf(CHAIN, ['hot'], 'out', 0, 1000, 2)).toHaveLength(2)

  const pack = { ...(shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack), caip2: CHAIN }
  const tags = { serviceTags: async () => new Map(), tagSet: async () => ({ digest: '', tags: 0 }), minConfidence: 0 }
  const open = orStop(await openTrace({ store, pack, tags, progress: { report: () => {} } }, null))
  const seeds = orStop(await resolveSeeds([orStop(parseSeed(`${id('fan')}:0`, 'test'))], store, pack))
  const record = orStop(
    await open.run({
      rule: 'pifo',
      direction: 'forward',
      seeds,
      budget: { maxHops: 1, minValue: null, maxTransactions: 50_000, untilHeight: null, maxPerAddress: 10_000 },
      stops: { atTags: false, atCoinJoin: [] },
      followFees: false,
    }),
  )
  const hot = record.result.positions.filter(({ code }) => code === 'budget-hot-address')
  // Ten thousand payments of 5 carried their part away.
  expect(hot.reduce((sum, { traced }) => sum + Number(traced), 0)).toBe(950_000)
  expect(hot[0]?.reason).toMatch(/100000 transactions of hot .* 10000 were read, to height 20: /)
  expect(record.result.ledger.balanced).toBe(true)
  expect(record.data.transactions).toBe(10_000)
  await store.close()
})
