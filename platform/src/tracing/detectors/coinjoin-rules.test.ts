import { describe, expect, test } from 'vitest'
import type { LedgerTx } from '../../chains/index.ts'
import type { RuleId, Verdict } from './finding.ts'
import { applyRule, rules } from './index.ts'
import { coins, ledgerTx, oddCoins, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { matching, parts, shape } from './matching-cases.ts'
import type { Neighbours } from './neighbours.ts'

/** CoinJoin rules: each condition of each rule has a transaction that fails it alone. */

function find(id: RuleId, tx: LedgerTx, neighbours: Neighbours = {}) {
  const rule = rules.find((each) => each.id === id)
  if (!rule) throw new Error(`no rule ${id}`)
  return applyRule(rule, tx, neighbours)
}

function check(id: RuleId, tx: LedgerTx, verdict: Verdict, reason: string) {
  const finding = find(id, tx)
  expect(`${finding.verdict}: ${finding.reason}`).toContain(`${verdict}: `)
  expect(finding.reason).toContain(reason)
}

type Row = readonly [name: string, tx: LedgerTx, verdict: Verdict, reason: string]

const { blocksci, dumplingsWasabi1, dumplingsWasabi2, whirlpool, aieWhirlpool, other, stonewall, mempoolSpace, tx0 } =
  parts

describe('blocksci-is-coinjoin', () => {
  const rows: readonly Row[] = [
    ['two of three outputs are equal', ledgerTx(blocksci), 'match', 'All 7 conditions'],
    [
      'one input',
      ledgerTx({ ...blocksci, inputs: coins(1, 9_000_000, 'in') }),
      'no-match',
      'at least 2 inputs (1 here)',
    ],
    [
      'two outputs',
      ledgerTx({ ...blocksci, outputs: coins(2, 1_000_000, 'mix') }),
      'no-match',
      'at least 3 outputs (2 here)',
    ],
    [
      'fewer inputs than participants',
      ledgerTx({ ...blocksci, outputs: [...coins(3, 1_000_000, 'mix'), ...oddCoins(2, 5, 'x')] }),
      'no-match',
      'at least 3 inputs',
    ],
    [
      'fewer owners than participants',
      ledgerTx({
        ...blocksci,
        inputs: [
          [3_000_000, 'a'],
          [3_000_000, 'a'],
        ],
      }),
      'no-match',
      'at least 2 different input addresses (1 here)',
    ],
    [
      'one equal output too many',
      ledgerTx({ ...blocksci, outputs: coins(3, 1_000_000, 'mix') }),
      'no-match',
      'exactly 2 times (3 here)',
    ],
    [
      'dust of 546',
      ledgerTx({ ...blocksci, outputs: [...coins(2, 546, 'mix'), [9, 'x']] }),
      'no-match',
      'not 546 or 2730',
    ],
    [
      'dust of 2730',
      ledgerTx({ ...blocksci, outputs: [...coins(2, 2_730, 'mix'), [9, 'x']] }),
      'no-match',
      'not 546 or 2730',
    ],
    [
      'two pairs: the lower one is dust and decides',
      ledgerTx({ ...blocksci, outputs: [...coins(2, 1_000_000, 'mix'), ...coins(2, 546, 'dust')] }),
      'no-match',
      'not 546 or 2730',
    ],
    [
      'two pairs: the higher one is dust and does not',
      ledgerTx({ ...blocksci, outputs: [...coins(2, 545, 'mix'), ...coins(2, 546, 'dust')] }),
      'match',
      '545',
    ],
    [
      'input owners are not known',
      withoutPrevouts(ledgerTx(blocksci)),
      'unknown',
      'script or address of an input is not in the data',
    ],
    [
      'owners not known, but outputs rule it out',
      withoutPrevouts(ledgerTx({ ...blocksci, outputs: coins(3, 1_000_000, 'mix') })),
      'no-match',
      'exactly 2 times',
    ],
    ['a coinbase', ledgerTx({ ...blocksci, coinbase: true }), 'no-match', 'not a coinbase'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('blocksci-is-coinjoin', tx, verdict, reason))

  test('one of two input owners known is enough only where one is asked for', () => {
    const tx = ledgerTx(blocksci)
    const half = { ...tx, inputs: tx.inputs.map((input, i) => (i === 0 ? input : { ...input, prevout: null })) }
    expect(find('blocksci-is-coinjoin', half)).toMatchObject({
      verdict: 'unknown',
      facts: { inputAddresses: '1 to 2' },
    })
  })
})

describe('dumplings-wasabi-1', () => {
  const early = { height: 600_000, inputs: coins(3, 20_000_000, 'in') }
  const coordinator = [
    'script:0014869f5c7a4cd7776ae0c0fcd9c3315abb239a9f0d',
    'script:0014eaaab82317670d0ee3013b073b25a7a5c780f528',
  ]
  const rows: readonly Row[] = [
    ['ten equal outputs near 0.1 BTC', ledgerTx(dumplingsWasabi1), 'match', 'All 8 conditions'],
    [
      'nine equal outputs',
      ledgerTx({ ...dumplingsWasabi1, outputs: dumplingsWasabi1.outputs.slice(1) }),
      'no-match',
      'at least 10 equal outputs (9 here)',
    ],
    [
      'fewer inputs than equal outputs',
      ledgerTx({ ...dumplingsWasabi1, inputs: coins(9, 20_000_000, 'in') }),
      'no-match',
      'as many inputs',
    ],
    [
      '0.08 BTC is the lowest denomination',
      ledgerTx({ ...dumplingsWasabi1, outputs: [...coins(10, 8_000_000, 'mix'), [5, 'x'], [6, 'y']] }),
      'match',
      '0.1 BTC',
    ],
    [
      'one satoshi below',
      ledgerTx({ ...dumplingsWasabi1, outputs: [...coins(10, 7_999_999, 'mix'), [5, 'x'], [6, 'y']] }),
      'no-match',
      '0.1 ± 0.02 BTC',
    ],
    [
      '0.12 BTC is the highest',
      ledgerTx({ ...dumplingsWasabi1, outputs: [...coins(10, 12_000_000, 'mix'), [5, 'x'], [6, 'y']] }),
      'match',
      '0.1 BTC',
    ],
    [
      'one satoshi above',
      ledgerTx({ ...dumplingsWasabi1, outputs: [...coins(10, 12_000_001, 'mix'), [5, 'x'], [6, 'y']] }),
      'no-match',
      '0.1 ± 0.02 BTC',
    ],
    [
      'one value of its own',
      ledgerTx({ ...dumplingsWasabi1, outputs: dumplingsWasabi1.outputs.slice(0, 11) }),
      'no-match',
      'at least 2 outputs of values of their own',
    ],
    [
      'a Taproot output',
      ledgerTx({ ...dumplingsWasabi1, outputs: [...dumplingsWasabi1.outputs, [7, 'p2tr:x']] }),
      'no-match',
      'P2WPKH',
    ],
    [
      'a P2SH input',
      ledgerTx({ ...dumplingsWasabi1, inputs: [...dumplingsWasabi1.inputs, [7, 'p2sh:x']] }),
      'no-match',
      'P2WPKH',
    ],
    ['scripts not known', withoutScripts(ledgerTx(dumplingsWasabi1)), 'unknown', 'not in the data'],
    [
      'at block 530500 with a coordinator',
      ledgerTx({ ...early, height: 530_500, outputs: [...coins(3, 9_000_000, 'mix'), [7, coordinator[0] ?? null]] }),
      'match',
      'known coordinator',
    ],
    [
      'the other coordinator',
      ledgerTx({ ...early, outputs: [...coins(3, 9_000_000, 'mix'), [7, coordinator[1] ?? null]] }),
      'match',
      'known coordinator',
    ],
    [
      'before block 530500',
      ledgerTx({ ...early, height: 530_499, outputs: [...coins(3, 9_000_000, 'mix'), [7, coordinator[0] ?? null]] }),
      'unknown',
      'before block 530500',
    ],
    [
      'a coordinator, and pairs only',
      ledgerTx({ ...early, outputs: [...coins(2, 9_000_000, 'mix'), [7, coordinator[0] ?? null]] }),
      'no-match',
      'at least 3 times (2 times here)',
    ],
    [
      'no coordinator before block 610000',
      ledgerTx({ ...dumplingsWasabi1, height: 609_999 }),
      'no-match',
      'coordinator scripts',
    ],
    [
      'no scripts before block 610000',
      withoutScripts(ledgerTx({ ...dumplingsWasabi1, height: 609_999 })),
      'unknown',
      'coordinator scripts',
    ],
    ['at block 610000 the shape decides', ledgerTx({ ...dumplingsWasabi1, height: 610_000 }), 'match', '0.1 BTC'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('dumplings-wasabi-1', tx, verdict, reason))
})

describe('dumplings-wasabi-2', () => {
  const rising = [...dumplingsWasabi2.outputs].reverse()
  const rows: readonly Row[] = [
    ['45 of 50 outputs are standard', ledgerTx(dumplingsWasabi2), 'match', 'All 8 conditions'],
    ['before block 741213', ledgerTx({ ...dumplingsWasabi2, height: 741_212 }), 'unknown', 'before block 741213'],
    [
      '49 inputs',
      ledgerTx({ ...dumplingsWasabi2, inputs: coins(49, 100_500, 'in') }),
      'no-match',
      'at least 50 inputs (49 here)',
    ],
    [
      'a Taproot input',
      ledgerTx({ ...dumplingsWasabi2, inputs: [...dumplingsWasabi2.inputs, [100_500, 'p2tr:x']] }),
      'match',
      'standard',
    ],
    [
      'a P2SH input',
      ledgerTx({ ...dumplingsWasabi2, inputs: [...dumplingsWasabi2.inputs, [100_500, 'p2sh:x']] }),
      'no-match',
      'P2WPKH or Taproot',
    ],
    [
      'inputs rise',
      ledgerTx({ ...dumplingsWasabi2, inputs: [...dumplingsWasabi2.inputs, [100_501, 'x']] }),
      'no-match',
      'input values never rise',
    ],
    ['outputs rise', ledgerTx({ ...dumplingsWasabi2, outputs: rising }), 'no-match', 'output values never rise'],
    [
      '40 of 50 outputs: exactly four fifths',
      ledgerTx({ ...dumplingsWasabi2, outputs: [...coins(40, 100_000, 'a'), ...coins(10, 7_777, 'd')] }),
      'no-match',
      'more than four fifths',
    ],
    [
      '41 of 51 outputs',
      ledgerTx({ ...dumplingsWasabi2, outputs: [...coins(41, 100_000, 'a'), ...coins(10, 7_777, 'd')] }),
      'match',
      'standard',
    ],
    [
      'standard, none repeated',
      ledgerTx({
        ...dumplingsWasabi2,
        outputs: [
          [100_000, 'a'],
          [65_536, 'b'],
          [50_000, 'c'],
        ],
      }),
      'no-match',
      'an output value is repeated',
    ],
    [
      '4096, a power of 2 below 5000, is not standard',
      ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, 4_096, 'a') }),
      'no-match',
      'four fifths',
    ],
    ['129140163 is 3^17', ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, 129_140_163, 'a') }), 'match', 'standard'],
    [
      '258280326 is 2 × 3^17',
      ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, 258_280_326, 'a') }),
      'match',
      'standard',
    ],
    ['5 × 10^10', ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, 50_000_000_000n, 'a') }), 'match', 'standard'],
    [
      '10^12 is too large',
      ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, 1_000_000_000_000n, 'a') }),
      'no-match',
      'four fifths',
    ],
    ['inputs not known', withoutPrevouts(ledgerTx(dumplingsWasabi2)), 'unknown', 'not in the data'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('dumplings-wasabi-2', tx, verdict, reason))
})

describe('dumplings-samourai', () => {
  const entering = (excess: number) => ({
    ...whirlpool,
    inputs: [[1_000_000 + excess, 'new'], ...coins(4, 1_000_000, 'remix')] as const,
  })
  const rows: readonly Row[] = [
    ['five of one pool', ledgerTx(whirlpool), 'match', 'All 8 conditions'],
    [
      'ten of one pool',
      ledgerTx({ inputs: coins(10, 100_000, 'in'), outputs: coins(10, 100_000, 'out') }),
      'match',
      'pool',
    ],
    [
      'eleven',
      ledgerTx({ inputs: coins(11, 100_000, 'in'), outputs: coins(11, 100_000, 'out') }),
      'no-match',
      '5 to 10 inputs',
    ],
    [
      'four',
      ledgerTx({ inputs: coins(4, 100_000, 'in'), outputs: coins(4, 100_000, 'out') }),
      'no-match',
      '5 to 10 inputs',
    ],
    [
      'six inputs, five outputs',
      ledgerTx({ ...whirlpool, inputs: [...whirlpool.inputs, [1_000_000, 'x']] }),
      'no-match',
      'as many outputs as inputs',
    ],
    [
      'no pool of that size',
      ledgerTx({ inputs: coins(5, 2_000_000, 'in'), outputs: coins(5, 2_000_000, 'out') }),
      'no-match',
      'size of one pool',
    ],
    [
      'one output differs',
      ledgerTx({ ...whirlpool, outputs: [...coins(4, 1_000_000, 'out'), [999_999, 'x']] }),
      'no-match',
      'size of one pool',
    ],
    [
      'nobody remixes',
      ledgerTx({ ...whirlpool, inputs: coins(5, 1_005_000, 'new') }),
      'no-match',
      'at least 1 input is of the size of the pool',
    ],
    ['excess of 110000', ledgerTx(entering(110_000)), 'match', 'pool'],
    ['excess of 110001', ledgerTx(entering(110_001)), 'no-match', 'at most 110000'],
    ['below the pool, which the program would let pass', ledgerTx(entering(-1)), 'no-match', 'at most 110000'],
    [
      'a P2SH output',
      ledgerTx({ ...whirlpool, outputs: [...coins(4, 1_000_000, 'out'), [1_000_000, 'p2sh:x']] }),
      'no-match',
      'P2WPKH',
    ],
    ['before block 570000', ledgerTx({ ...whirlpool, height: 569_999 }), 'unknown', 'before block 570000'],
    [
      'before block 570000 and of no pool',
      ledgerTx({ inputs: coins(5, 2, 'in'), outputs: coins(5, 2, 'out'), height: 1 }),
      'no-match',
      'size of one pool',
    ],
    ['inputs not known', withoutPrevouts(ledgerTx(whirlpool)), 'unknown', 'value of an input is not in the data'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('dumplings-samourai', tx, verdict, reason))
})

describe('dumplings-other', () => {
  const rows: readonly Row[] = [
    ['three equal outputs and three others', ledgerTx(other), 'match', 'All 7 conditions'],
    [
      'two repeated values',
      ledgerTx({ ...other, outputs: [...coins(3, 1_000_000, 'mix'), [500_000, 'x'], ...coins(2, 180_000, 'y')] }),
      'no-match',
      'exactly one output value is repeated (2 are)',
    ],
    [
      'no repeated value',
      ledgerTx({ ...other, outputs: oddCoins(6, 1_000_000, 'x') }),
      'no-match',
      'exactly one output value is repeated (0 are)',
    ],
    [
      'one change less, as in a sweep',
      ledgerTx({ ...other, outputs: other.outputs.slice(0, 5) }),
      'no-match',
      'exactly half',
    ],
    [
      'few output owners',
      ledgerTx({ ...other, outputs: other.outputs.map(([amount], i) => [amount, i % 2 ? 'a' : 'b'] as const) }),
      'no-match',
      'at least 3 different output scripts (2 here)',
    ],
    [
      'few input owners',
      ledgerTx({
        ...other,
        inputs: [
          [1_490_000, 'a'],
          [1_200_000, 'a'],
          [1_100_000, 'b'],
        ],
      }),
      'no-match',
      'at least 3 different input scripts (2 here)',
    ],
    [
      'an input one satoshi too large',
      ledgerTx({ ...other, inputs: [[1_490_001, 'a'], ...coins(2, 1_100_000, 'b')] }),
      'no-match',
      'no input is larger',
    ],
    [
      'it is a Wasabi 1 transaction',
      ledgerTx({
        inputs: coins(10, 10_100_000, 'in'),
        outputs: [...coins(10, 10_000_000, 'mix'), ...oddCoins(10, 800_001, 'x')],
      }),
      'no-match',
      'not recognised as Wasabi or Samourai',
    ],
    [
      'the same with a P2SH change is not',
      ledgerTx({
        inputs: coins(10, 10_100_000, 'in'),
        outputs: [...coins(10, 10_000_000, 'mix'), ...oddCoins(9, 800_001, 'x'), [7, 'p2sh:x']],
      }),
      'match',
      '10 equal outputs',
    ],
    ['inputs not known', withoutPrevouts(ledgerTx(other)), 'unknown', 'not in the data'],
    [
      'one input is known to be too large',
      {
        ...ledgerTx(other),
        inputs: [
          ...ledgerTx({ ...other, inputs: [[9_000_000, 'a']] }).inputs,
          ...withoutPrevouts(ledgerTx(other)).inputs,
        ],
      },
      'no-match',
      'no input is larger',
    ],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('dumplings-other', tx, verdict, reason))
})

describe('aie-whirlpool', () => {
  const of = (n: number, more: readonly (readonly [number, string | null])[] = []) =>
    ledgerTx({ inputs: coins(5, 2_510_000, 'in'), outputs: [...coins(n, 2_500_000, 'out'), ...more] })
  const rows: readonly Row[] = [
    ['5 equal outputs of an Ashigaru pool', ledgerTx(aieWhirlpool), 'match', 'All 4 conditions'],
    ['8', of(8), 'match', '8 outputs'],
    ['9', of(9), 'match', '9 outputs'],
    ...([4, 6, 7, 10] as const).map(
      (n): Row => [String(n), of(n), 'no-match', `5, 8 or 9 outputs of the size of one pool (${n} here)`],
    ),
    ['one other output', of(5, [[9, 'x']]), 'match', '5 outputs'],
    [
      'two other outputs',
      of(5, [
        [9, 'x'],
        [8, 'y'],
      ]),
      'no-match',
      'at most 1 other output (2 here)',
    ],
    [
      'an OP_RETURN is no other output',
      of(5, [
        [9, 'x'],
        [0, null],
      ]),
      'match',
      '5 outputs',
    ],
    ['no pool', ledgerTx({ inputs: coins(5, 9, 'in'), outputs: coins(5, 2_000_000, 'out') }), 'no-match', '(0 here)'],
    ['one input', ledgerTx({ ...aieWhirlpool, inputs: coins(1, 20_000_000, 'in') }), 'no-match', 'at least 2 inputs'],
    ['two inputs', ledgerTx({ ...aieWhirlpool, inputs: coins(2, 9_000_000, 'in') }), 'match', '5 outputs'],
    ['outputs without type', withoutScripts(ledgerTx(aieWhirlpool)), 'unknown', 'OP_RETURN'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('aie-whirlpool', tx, verdict, reason))
})

describe('gs-stonewall', () => {
  const rows: readonly Row[] = [
    ['a pair and two others', ledgerTx(stonewall), 'match', 'All 6 conditions'],
    ['a pair and one other', ledgerTx({ ...stonewall, outputs: stonewall.outputs.slice(0, 3) }), 'match', 'among 3'],
    [
      'an OP_RETURN does not count',
      ledgerTx({ ...stonewall, outputs: [...stonewall.outputs, [0, null]] }),
      'match',
      'among 4',
    ],
    [
      'two outputs',
      ledgerTx({ ...stonewall, outputs: stonewall.outputs.slice(0, 2) }),
      'no-match',
      '3 or 4 outputs (2 here)',
    ],
    [
      'five outputs',
      ledgerTx({ ...stonewall, outputs: [...stonewall.outputs, [7, 'x']] }),
      'no-match',
      '3 or 4 outputs (5 here)',
    ],
    ['one input', ledgerTx({ ...stonewall, inputs: coins(1, 9_000_000, 'in') }), 'no-match', 'at least 2 inputs'],
    [
      'two pairs',
      ledgerTx({ ...stonewall, outputs: [...coins(2, 1_000_000, 'a'), ...coins(2, 2_000_000, 'b')] }),
      'no-match',
      'exactly one value occurs exactly twice (2 do)',
    ],
    [
      'three equal',
      ledgerTx({ ...stonewall, outputs: [...coins(3, 1_000_000, 'a'), [7, 'x']] }),
      'no-match',
      'exactly one value occurs exactly twice (0 do)',
    ],
    ['a pair of 5000', ledgerTx({ ...stonewall, outputs: [...coins(2, 5_000, 'a'), [7, 'x']] }), 'match', '5000'],
    [
      'a pair of 4999',
      ledgerTx({ ...stonewall, outputs: [...coins(2, 4_999, 'a'), [7, 'x']] }),
      'no-match',
      'at least 5000',
    ],
    [
      'the pair to one owner',
      ledgerTx({
        ...stonewall,
        outputs: [
          [1_000_000, 'a'],
          [1_000_000, 'a'],
          [7, 'x'],
        ],
      }),
      'no-match',
      'all output scripts differ',
    ],
    ['outputs without scripts', withoutScripts(ledgerTx(stonewall)), 'unknown', 'OP_RETURN'],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('gs-stonewall', tx, verdict, reason))
})

describe('mempool-space-flag', () => {
  const rows: readonly Row[] = [
    ['few values', ledgerTx(mempoolSpace), 'match', 'All 8 conditions'],
    ['four inputs', ledgerTx({ ...mempoolSpace, inputs: coins(4, 9, 'in') }), 'no-match', 'at least 5 inputs'],
    ['four outputs', ledgerTx({ ...mempoolSpace, outputs: coins(4, 9, 'out') }), 'no-match', 'at least 5 outputs'],
    [
      'five inputs for each output: a consolidation',
      ledgerTx({ ...mempoolSpace, inputs: coins(25, 9, 'in') }),
      'no-match',
      'fewer than 5 for 1',
    ],
    [
      '24 inputs for 5 outputs',
      ledgerTx({ ...mempoolSpace, inputs: coins(24, 9, 'in') }),
      'match',
      'Few different values',
    ],
    [
      'five outputs for each input: a payout',
      ledgerTx({ ...mempoolSpace, outputs: coins(25, 9, 'out') }),
      'no-match',
      'more than 1 input for 5 outputs',
    ],
    [
      '5 values on 10 places: just half',
      ledgerTx({ ...mempoolSpace, outputs: [...oddCoins(3, 9, 'x'), ...coins(2, 4, 'y')] }),
      'match',
      'Few different values',
    ],
    [
      '6 values on 10 places',
      ledgerTx({ ...mempoolSpace, outputs: oddCoins(5, 9, 'x') }),
      'no-match',
      '(6 of 10 here)',
    ],
    [
      'each 0 is a value of its own',
      ledgerTx({ ...mempoolSpace, outputs: coins(5, 0, 'x') }),
      'no-match',
      '(6 of 10 here)',
    ],
    [
      'OP_RETURN',
      ledgerTx({ ...mempoolSpace, outputs: [...mempoolSpace.outputs, [0, null]] }),
      'no-match',
      'no output is OP_RETURN',
    ],
    [
      'an output address twice',
      ledgerTx({ ...mempoolSpace, outputs: [...mempoolSpace.outputs, [1_000_000, 'out_0']] }),
      'no-match',
      'occurs again',
    ],
    [
      'an input address paid again',
      ledgerTx({ ...mempoolSpace, outputs: [...mempoolSpace.outputs, [1_000_000, 'in_0']] }),
      'no-match',
      'occurs again',
    ],
    [
      'input addresses may repeat',
      ledgerTx({ ...mempoolSpace, inputs: [...mempoolSpace.inputs, [1_010_000, 'in_0']] }),
      'match',
      'Few different values',
    ],
    [
      'a Taproot input may carry an inscription',
      ledgerTx({ ...mempoolSpace, inputs: [...mempoolSpace.inputs, [1_010_000, 'p2tr:x']] }),
      'unknown',
      'witnesses are not in the ledger',
    ],
    ['input values not known', withoutPrevouts(ledgerTx(mempoolSpace)), 'unknown', 'value of an input'],
    [
      'input values not known, but with one more value it is too many',
      withoutPrevouts(ledgerTx({ ...mempoolSpace, outputs: oddCoins(5, 9, 'x') })),
      'no-match',
      'no more different values',
    ],
    [
      'input values not known, and one more value is just half',
      withoutPrevouts(ledgerTx({ ...mempoolSpace, outputs: [...oddCoins(3, 9, 'x'), ...coins(2, 4, 'y')] })),
      'unknown',
      'value of an input',
    ],
    [
      'input values not known, outputs differ too much',
      withoutPrevouts(ledgerTx({ ...mempoolSpace, inputs: coins(5, 9, 'in'), outputs: oddCoins(20, 9, 'x') })),
      'no-match',
      'no more different values',
    ],
  ]
  test.each(rows)('%s', (_, tx, verdict, reason) => check('mempool-space-flag', tx, verdict, reason))
})

describe('gs-whirlpool-tx0 is 60, and 90 once a premix output is known to be mixed', () => {
  const spends = (...verdicts: readonly ('match' | 'no-match' | 'unspent' | null)[]) => ({
    spenders: verdicts.map((each) => (each === null || each === 'unspent' ? each : shape({ whirlpool: each }))),
  })
  test.each([
    ['nothing told', {}, 60, 'not checked'],
    ['one premix output mixed', spends(null, 'match', null, null, null), 90, 'yes'],
    ['none mixed', spends('no-match', 'unspent', null, null, null), 60, 'no'],
    ['one not, one not known', spends('no-match', null, null, null, null), 60, 'not checked'],
    ['the change was mixed, which says nothing', spends('no-match', 'no-match', null, 'match', null), 60, 'no'],
  ] as const)('%s', (_, neighbours, confidence, verifiedForward) => {
    expect(find('gs-whirlpool-tx0', ledgerTx(tx0), neighbours)).toMatchObject({
      verdict: 'match',
      confidence,
      facts: { verifiedForward },
    })
  })
})

describe('GraphSense rules say unknown where inputs are not known', () => {
  test.each(['gs-wasabi-1.0', 'gs-wasabi-1.1', 'gs-wasabi-2.0', 'gs-whirlpool', 'gs-joinmarket'] as const)(
    '%s',
    (id) => {
      const { tx } = matching[id]
      expect(find(id, withoutPrevouts(tx))).toMatchObject({
        verdict: 'unknown',
        confidence: null,
        confidenceNote: null,
      })
      expect(find(id, withoutScripts(tx)).verdict).toBe('unknown')
    },
  )
  test('and a Tx0 needs no inputs, but to know which output is OP_RETURN', () => {
    expect(find('gs-whirlpool-tx0', withoutPrevouts(ledgerTx(tx0))).verdict).toBe('match')
    expect(find('gs-whirlpool-tx0', withoutScripts(ledgerTx(tx0))).verdict).toBe('unknown')
  })
})
