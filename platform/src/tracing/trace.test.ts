/** Traces as a whole, under every rule: one file, long on purpose, since a claim is asked of all rules by the same lines. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from './rules/apportion.ts'
import { type RuleId, ruleIds } from './rules/index.ts'
import type { PlainTx } from './testing/memory-ledger.ts'
import { txidOf } from './testing/memory-ledger.ts'
import { testPack, tracedByKey, tryTrace } from './testing/try-trace.ts'

const COIN = 100_000_000n
const FEE = 10_000n

/**
 * The regtest chain of BlockSci's taint tests, rebuilt from its published figures: start outputs of 1 − f and 8; one
 * block on, (1 − f) + (2 − f) → 3 − 3f and 8 + (4 − f) → 12 − 2f; then both → 15 − 6f. Subsidy 25.
 */
const blockSci: PlainTx[] = [
  {
    id: 'start',
    height: 100,
    index: 1,
    ins: [['x:0', 9n * COIN]],
    outs: [
      [COIN - FEE, 'one'],
      [8n * COIN, 'eight'],
    ],
  },
  { id: 'coinbase1', height: 101, index: 0, coinbase: true, ins: [], outs: [25n * COIN + 2n * FEE] },
  { id: 'mergeA', height: 101, index: 1, ins: ['start:0', ['two:0', 2n * COIN - FEE]], outs: [3n * COIN - 3n * FEE] },
  { id: 'mergeB', height: 101, index: 2, ins: ['start:1', ['four:0', 4n * COIN - FEE]], outs: [12n * COIN - 2n * FEE] },
  { id: 'coinbase2', height: 102, index: 0, coinbase: true, ins: [], outs: [25n * COIN + FEE] },
  { id: 'mergeC', height: 102, index: 1, ins: ['mergeA:0', 'mergeB:0'], outs: [15n * COIN - 6n * FEE] },
]
const blockSciIds = blockSci.map(({ id }) => id)
const blockSciPack = {
  ...testPack,
  subsidy: { kind: 'halving', initial: (25n * COIN).toString(), interval: 210_000 },
} as const
const complete = [{ from: 100, to: 102, completeness: 'merkle' }] as const

async function onBlockSci(
  rule: RuleId,
  from: string[],
  more: { asOf?: number; followFees?: boolean },
): Promise<Record<string, number>> {
  const record = await tryTrace(blockSci, { rule, from, complete, pack: blockSciPack, ...more })
  expect(record.result.ledger.balanced).toBe(true)
  return tracedByKey(record, blockSciIds)
}

describe('figures of BlockSci (test/blockscipy/test_taint.py)', () => {
  test('poison without fees: 3 − 3f after one block, 15 − 6f at the end', async () => {
    expect((await onBlockSci('poison', ['start:0'], { asOf: 101 }))['mergeA:0']).toBe(Number(3n * COIN - 3n * FEE))
    expect((await onBlockSci('poison', ['start:0'], {}))['mergeC:0']).toBe(Number(15n * COIN - 6n * FEE))
  })
  test('poison with fees into the coinbase: 28 − f in 2 outputs, 65 − 3f in 3', async () => {
    const one = await onBlockSci('poison', ['start:0'], { asOf: 101, followFees: true })
    expect(Object.values(one).reduce((sum, value) => sum + value, 0)).toBe(Number(28n * COIN - FEE))
    expect(Object.keys(one)).toHaveLength(2)
    const end = await onBlockSci('poison', ['start:0'], { followFees: true })
    expect(Object.values(end).reduce((sum, value) => sum + value, 0)).toBe(Number(65n * COIN - 3n * FEE))
    expect(Object.keys(end)).toHaveLength(3)
  })
  test('poison from two outputs: 15 − 5f in 2 outputs', async () => {
    const one = await onBlockSci('poison', ['start:0', 'start:1'], { asOf: 101 })
    const outputs = Object.entries(one).filter(([key]) => !key.endsWith('fee'))
    expect(outputs).toHaveLength(2)
    expect(outputs.reduce((sum, [, value]) => sum + value, 0)).toBe(Number(15n * COIN - 5n * FEE))
  })
  test('haircut without fees: the exact shares, where truncated floating point loses a unit in each block', async () => {
    // One block on the exact share is (1 − f)(3 − 3f)/(3 − 2f) = 99,986,666.77…, of the fee 3,333.22…: the unit left over
    // goes to the output. BlockSci truncates and expects 99,986,665 (or …666); at the end 99,985,999 for our 99,986,000.
    const one = await onBlockSci('haircut', ['start:0'], { asOf: 101 })
    expect(one).toEqual({ 'mergeA:0': 99_986_667, 'mergeA:fee': 3_333 })
    const end = await onBlockSci('haircut', ['start:0'], {})
    expect(end).toEqual({ 'mergeA:fee': 3_333, 'mergeC:0': 99_986_000, 'mergeC:fee': 667 })
    expect(Object.values(end).reduce((sum, value) => sum + value, 0)).toBe(Number(COIN - FEE))
  })
  test('haircut with fees keeps 1 − f, and 9 − f from both outputs', async () => {
    const one = await onBlockSci('haircut', ['start:0'], { followFees: true })
    expect(Object.values(one).reduce((sum, value) => sum + value, 0)).toBe(Number(COIN - FEE))
    const both = await onBlockSci('haircut', ['start:0', 'start:1'], { followFees: true, asOf: 101 })
    expect(Object.values(both).reduce((sum, value) => sum + value, 0)).toBe(Number(9n * COIN - FEE))
  })
  test('the motif 4 + 4 + 2 into three equal outputs, fees followed: 4 outputs worth 35, haircut 4, poison 35', async () => {
    const third = (10n * COIN - FEE) / 3n
    const motif: PlainTx[] = [
      { id: 'funds', height: 100, index: 1, ins: [['x:0', 10n * COIN]], outs: [4n * COIN, 4n * COIN, 2n * COIN] },
      { id: 'coinbase', height: 101, index: 0, coinbase: true, ins: [], outs: [35n * COIN - 3n * third] },
      { id: 'mix', height: 101, index: 1, ins: ['funds:0', 'funds:1', 'funds:2'], outs: [third, third, third] },
    ]
    for (const [rule, total] of [
      ['haircut', 4n],
      ['poison', 35n],
    ] as const) {
      const record = await tryTrace(motif, {
        rule,
        from: ['funds:0'],
        followFees: true,
        pack: blockSciPack,
        complete: [{ from: 100, to: 101, completeness: 'merkle' }],
      })
      const positions = record.result.positions
      expect(positions).toHaveLength(4)
      expect(positions.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(35n * COIN)
      expect(positions.reduce((sum, { traced }) => sum + BigInt(traced), 0n)).toBe(total * COIN)
    }
  })
})

describe('PIFO, figures of the Block Audit Tracing Standard (desk reference, p. 15)', () => {
  const opening: PlainTx[] = [
    { id: 'old', height: 1, ins: [['x:0', 5000]], outs: [[5000, 'wallet']] },
    { id: 'crime', height: 2, ins: [['y:0', 3000]], outs: [[3000, 'wallet']] },
  ]
  const scenarios: [string, PlainTx[], Record<string, number>][] = [
    [
      'the next payment of 3,000 is criminal as a whole',
      [
        {
          id: 'pay',
          height: 3,
          ins: ['old:0'],
          outs: [
            [3000, 'shop'],
            [2000, 'wallet'],
          ],
        },
      ],
      { 'pay:0': 3000 },
    ],
    [
      'of 1,500 paid all are criminal, 1,500 remain, and the next 1,500 are criminal',
      [
        {
          id: 'pay',
          height: 3,
          ins: ['old:0'],
          outs: [
            [1500, 'shop'],
            [3500, 'wallet'],
          ],
        },
        {
          id: 'next',
          height: 4,
          ins: ['pay:1'],
          outs: [
            [1500, 'other'],
            [2000, 'wallet'],
          ],
        },
      ],
      { 'pay:0': 1500, 'next:0': 1500 },
    ],
    [
      '2,000 of new clean money change nothing: the next payment holds the 3,000',
      [
        { id: 'clean', height: 3, ins: [['z:0', 2000]], outs: [[2000, 'wallet']] },
        {
          id: 'pay',
          height: 4,
          ins: ['old:0'],
          outs: [
            [4000, 'shop'],
            [1000, 'wallet'],
          ],
        },
      ],
      { 'pay:0': 3000 },
    ],
  ]
  test.each(scenarios)('%s', async (_, payments, expected) => {
    const plain = [...opening, ...payments]
    const record = await tryTrace(plain, { rule: 'pifo', from: ['crime:0'] })
    expect(
      tracedByKey(
        record,
        plain.map(({ id }) => id),
      ),
    ).toEqual(expected)
  })
  test('1,500 remain in the wallet after 1,500 were paid, shown on its outputs', async () => {
    const plain: PlainTx[] = [
      ...opening,
      {
        id: 'pay',
        height: 3,
        ins: ['old:0'],
        outs: [
          [1500, 'shop'],
          [3500, 'wallet'],
        ],
      },
    ]
    expect(tracedByKey(await tryTrace(plain, { rule: 'pifo', from: ['crime:0'] }), ['pay', 'crime'])).toEqual({
      'pay:0': 1500,
      'crime:0': 1500,
    })
  })
})

describe('stops, budgets and the end of the data', () => {
  const chain: PlainTx[] = [
    { id: 'theft', height: 1, index: 1, ins: [['x:0', 1010]], outs: [[1000, 'thief']] },
    {
      id: 'hop1',
      height: 2,
      index: 1,
      ins: ['theft:0'],
      outs: [
        [700, 'exchange'],
        [290, 'thief2'],
      ],
    },
    { id: 'hop2', height: 3, index: 1, ins: ['hop1:1', ['clean:0', 100]], outs: [[380, 'end']] },
    { id: 'hop2b', height: 3, index: 2, ins: ['hop1:0'], outs: [[690, 'hot']] },
  ]
  const ids = chain.map(({ id }) => id)
  const statuses = async (more: object) =>
    (await tryTrace(chain, { rule: 'fifo', from: ['theft:0'], ...more })).result.positions.map((position) => [
      `${ids.find((id) => txidOf(id) === position.txid)}:${position.vout ?? 'fee'}`,
      position.traced,
      position.status,
      position.code,
    ])
  test('without later blocks nothing is said to be unspent', async () => {
    expect(await statuses({})).toEqual([
      ['hop1:fee', '10', 'fee', 'fee'],
      ['hop2:0', '290', 'data-ends', 'no-later-data'],
      ['hop2b:0', '690', 'data-ends', 'no-later-data'],
      ['hop2b:fee', '10', 'fee', 'fee'],
    ])
  })
  test('with every block since, it is', async () => {
    expect((await statuses({ complete: [{ from: 3, to: 9, completeness: 'merkle' }] }))[1]).toEqual([
      'hop2:0',
      '290',
      'unspent',
      'unspent',
    ])
    expect((await statuses({ complete: [{ from: 3, to: 9, completeness: 'declared' }] }))[1]).toEqual([
      'hop2:0',
      '290',
      'data-ends',
      'completeness-declared',
    ])
    expect((await statuses({ complete: [{ from: 4, to: 9, completeness: 'merkle' }] }))[1]).toEqual([
      'hop2:0',
      '290',
      'data-ends',
      'no-later-data',
    ])
  })
  test('a service keeps what reaches it', async () => {
    expect(await statuses({ services: { exchange: 'Example Exchange' } })).toContainEqual([
      'hop1:0',
      '700',
      'service',
      'service-tag',
    ])
  })
  test.each(ruleIds)('under %s a service is known from the first hop on', async (rule) => {
    const record = await tryTrace(chain, { rule, from: ['theft:0'], services: { exchange: 'Example Exchange' } })
    expect(record.result.positions.find(({ address }) => address === 'exchange')?.status).toBe('service')
  })
  test('a seed on an address of a service is followed all the same', async () => {
    expect(await statuses({ services: { thief: 'Hacked Exchange' } })).toHaveLength(4)
  })
  test.each([
    [{ maxHops: 1 }, 'max-hops', '990'],
    [{ minValue: 300n }, 'min-value', '290'],
    [{ untilHeight: 2 }, 'until', '990'],
    [{ maxTransactions: 1 }, 'max-transactions', '990'],
  ])('%o is a line of the ledger (%s)', async (more, code, amount) => {
    const record = await tryTrace(chain, { rule: 'fifo', from: ['theft:0'], ...more })
    expect(record.result.ledger.lines).toContainEqual(expect.objectContaining({ status: 'not-followed', code, amount }))
    expect(record.result.ledger.balanced).toBe(true)
  })
  test('as of an earlier block, later spends are not known', async () => {
    expect(await statuses({ asOf: 2, complete: [{ from: 1, to: 2, completeness: 'merkle' }] })).toContainEqual([
      'hop1:0',
      '700',
      'unspent',
      'unspent',
    ])
  })
  test('a missing hop is not bridged', async () => {
    const gap = [chain[0], chain[2]] as PlainTx[]
    expect(await tryTrace(gap, { rule: 'poison', from: ['theft:0'] })).toMatchObject({
      result: { positions: [{ traced: '1000', code: 'no-later-data' }] },
    })
  })
  test('a transaction whose input values nobody knows is not passed through', async () => {
    const unknown: PlainTx[] = [
      chain[0] as PlainTx,
      { id: 'next', height: 2, ins: ['theft:0', 'nowhere:0'], outs: [1100] },
    ]
    expect(await tryTrace(unknown, { rule: 'haircut', from: ['theft:0'] })).toMatchObject({
      result: { positions: [{ traced: '1000', status: 'data-ends', code: 'input-values-unknown' }] },
    })
  })
  test('a transaction that pays more than it spends is not passed through', async () => {
    const wrong: PlainTx[] = [chain[0] as PlainTx, { id: 'next', height: 2, ins: ['theft:0'], outs: [1100] }]
    expect(await tryTrace(wrong, { rule: 'haircut', from: ['theft:0'] })).toMatchObject({
      result: { positions: [{ code: 'values-do-not-add-up' }] },
    })
  })
  test('an OP_RETURN output is written off', async () => {
    const burnt: PlainTx[] = [
      chain[0] as PlainTx,
      { id: 'burn', height: 2, ins: ['theft:0'], outs: [1000], type: 'op_return' },
    ]
    expect(await tryTrace(burnt, { rule: 'fifo', from: ['theft:0'] })).toMatchObject({
      result: { positions: [{ status: 'written-off', code: 'unspendable' }] },
    })
  })
  test('a seed downstream of another one counts the same money once', async () => {
    const record = await tryTrace(chain, { rule: 'fifo', from: ['theft:0@first', 'hop1:1@second'] })
    expect(record.result.ledger).toMatchObject({ root: '1290', overlap: '290', sum: '1290', balanced: true })
  })
})

/** Random ledgers: each transaction spends some open outputs and perhaps an outside one, in chain order. */
const anyLedger: fc.Arbitrary<PlainTx[]> = fc
  .array(
    fc.record({
      spends: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      outside: fc.option(fc.integer({ min: 1, max: 1000 })),
      weights: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }),
      fee: fc.integer({ min: 0, max: 5 }),
      owners: fc.array(fc.nat({ max: 5 }), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) => {
    const open: { key: string; value: bigint }[] = [
      { key: 'seed:0', value: 1000n },
      { key: 'seed:1', value: 333n },
    ]
    const plain: PlainTx[] = [
      {
        id: 'seed',
        height: 1,
        index: 1,
        ins: [['x:0', 1333]],
        outs: [
          [1000, 'a0'],
          [333, 'a1'],
        ],
      },
    ]
    steps.forEach((step, at) => {
      const ins: (string | [string, number, string])[] = []
      let total = 0n
      for (const pick of step.spends) {
        const [taken] = open.length > 0 ? open.splice(pick % open.length, 1) : []
        if (!taken) continue
        ins.push(taken.key)
        total += taken.value
      }
      if (step.outside !== null) {
        ins.push([`o${at}:0`, step.outside, `a${at % 6}`])
        total += BigInt(step.outside)
      }
      if (ins.length === 0) return
      const shares = apportion(total, [
        ...step.weights.map(BigInt),
        BigInt(step.fee) + (step.weights.every((w) => w === 0) ? 1n : 0n),
      ])
      const id = `t${at}`
      const outs = shares.slice(0, -1).map((value, vout) => [value, `a${step.owners[vout]}`] as [bigint, string])
      plain.push({ id, height: 2 + Math.floor(at / 3), index: 1 + (at % 3), ins, outs })
      for (const [vout, [value]] of outs.entries()) open.push({ key: `${id}:${vout}`, value })
    })
    return plain
  })

describe.each(ruleIds)('%s over random ledgers', (rule) => {
  test('accounts for all it was given, stays within every output, and does not depend on order', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLedger,
        fc.option(fc.integer({ min: 1, max: 4 })),
        fc.boolean(),
        async (plain, hops, backward) => {
          const last = plain.at(-1) as PlainTx
          const from = backward
            ? last.outs.flatMap((out, vout) => ((out as [bigint, string])[0] > 0n ? [`${last.id}:${vout}`] : []))
            : ['seed:0@a', 'seed:1=200@b']
          if (from.length === 0) return
          const trial = { rule, from, backward, ...(hops === null ? {} : { maxHops: hops }) }
          const record = await tryTrace(plain, trial)
          expect(record.result.ledger.balanced).toBe(true)
          if (rule !== 'poison') expect(record.result.ledger.root).toBe(record.result.ledger.sum)
          for (const { traced, amount } of record.result.positions) {
            expect(BigInt(traced)).toBeGreaterThan(0n)
            expect(BigInt(traced)).toBeLessThanOrEqual(BigInt(amount))
          }
          const again = await tryTrace([...plain].reverse(), { ...trial, from: [...from].reverse() })
          expect(again.resultDigest).toBe(record.resultDigest)
        },
      ),
      { numRuns: 120 },
    )
  })
})

test('by FIFO, what an output holds of a seed forwards is what the seed paid of it backwards', async () => {
  await fc.assert(
    fc.asyncProperty(anyLedger, async (plain) => {
      const forward = await tryTrace(plain, { rule: 'fifo', from: ['seed:0'] })
      for (const end of forward.result.positions.filter(({ vout }) => vout !== null)) {
        const id = plain.find((tx) => txidOf(tx.id) === end.txid)?.id
        const backward = await tryTrace(plain, { rule: 'fifo', from: [`${id}:${end.vout}`], backward: true })
        // The seed transaction has one input, and its first 1,000 units are the seed: what lies beyond is not of it.
        const flow = backward.result.flow.find(({ txid }) => txid === txidOf('seed'))
        const fromSeed =
          end.txid === txidOf('seed') ? end.traced : flow?.from.find(({ key }) => key === `${txidOf('seed')}:0`)?.traced
        expect(fromSeed).toBe(end.traced)
      }
    }),
    { numRuns: 60 },
  )
})
