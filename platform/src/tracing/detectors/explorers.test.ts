import { describe, test } from 'vitest'
import { check, type Row } from './check-rule.ts'
import { coins, ledgerTx, oddCoins, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { parts } from './matching-cases.ts'

/** Rules of public explorers: each condition has a transaction that fails it alone. */

const { aieWhirlpool, mempoolSpace } = parts

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
