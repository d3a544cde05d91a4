import { describe, test } from 'vitest'
import { check, type Row } from './check-rule.ts'
import { coins, ledgerTx, oddCoins, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { parts } from './matching-cases.ts'

/** Rules of Dumplings: each condition has a transaction that fails it alone. */

const { dumplingsWasabi1, dumplingsWasabi2, whirlpool, other } = parts

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
    ...[5_000, 5_000_000, 20_000_000, 8_192, 6_561, 13_122].map(
      (value): Row => [
        `${value}`,
        ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, value, 'a') }),
        'match',
        'standard',
      ],
    ),
    ...[4_999, 30_000_000, 16_385].map(
      (value): Row => [
        `${value}`,
        ledgerTx({ ...dumplingsWasabi2, outputs: coins(9, value, 'a') }),
        'no-match',
        'four fifths',
      ],
    ),
    [
      'the second input is larger than the first',
      ledgerTx({ ...dumplingsWasabi2, inputs: [[100_499, 'x'], ...dumplingsWasabi2.inputs] }),
      'no-match',
      'input values never rise',
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
      'one remixes, nine enter',
      ledgerTx({ inputs: [[100_000, 'remix'], ...coins(9, 100_100, 'new')], outputs: coins(10, 100_000, 'out') }),
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
