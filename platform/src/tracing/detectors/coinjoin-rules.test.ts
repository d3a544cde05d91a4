import { describe, expect, test } from 'vitest'
import { check, judge, type Row } from './check-rule.ts'
import { coins, ledgerTx, oddCoins, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { matching, parts, shape } from './matching-cases.ts'

/** Rules of BlockSci and GraphSense beyond their vectors: each condition has a transaction that fails it alone. */

const { blocksci, stonewall, tx0 } = parts

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
    expect(judge('blocksci-is-coinjoin', half)).toMatchObject({
      verdict: 'unknown',
      facts: { inputAddresses: '1 to 2' },
    })
  })
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
    expect(judge('gs-whirlpool-tx0', ledgerTx(tx0), neighbours)).toMatchObject({
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
      expect(judge(id, withoutPrevouts(tx))).toMatchObject({
        verdict: 'unknown',
        confidence: null,
        confidenceNote: null,
      })
      expect(judge(id, withoutScripts(tx)).verdict).toBe('unknown')
    },
  )
  test('and a Tx0 needs no inputs, but to know which output is OP_RETURN', () => {
    expect(judge('gs-whirlpool-tx0', withoutPrevouts(ledgerTx(tx0))).verdict).toBe('match')
    expect(judge('gs-whirlpool-tx0', withoutScripts(ledgerTx(tx0))).verdict).toBe('unknown')
  })
})
