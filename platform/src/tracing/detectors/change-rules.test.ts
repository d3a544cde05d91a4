import { describe, expect, test } from 'vitest'
import type { LedgerTx } from '../../chains/index.ts'
import type { RuleId, Verdict } from './finding.ts'
import { applyRule, rules } from './index.ts'
import { coins, ledgerTx, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { matching, parts, seen, shape, unseen } from './matching-cases.ts'
import type { Neighbours } from './neighbours.ts'

/** Change rules and the peeling chain: the set of candidates, and what leaves it open. */

type Row = readonly [
  name: string,
  tx: LedgerTx,
  neighbours: Neighbours,
  verdict: Verdict,
  candidates: readonly number[] | null,
]

function check(
  id: RuleId,
  tx: LedgerTx,
  neighbours: Neighbours,
  verdict: Verdict,
  candidates: readonly number[] | null,
) {
  const rule = rules.find((each) => each.id === id)
  if (!rule) throw new Error(`no rule ${id}`)
  const finding = applyRule(rule, tx, neighbours)
  expect([finding.verdict, finding.candidates, finding.reason]).toEqual([
    verdict,
    candidates,
    expect.stringMatching(/\.$/),
  ])
}

const payment = ledgerTx(parts.payment)
const peel = ledgerTx(parts.peel)
const withOutputs = (...outputs: readonly (readonly [number, string | null])[]) =>
  ledgerTx({ ...parts.payment, outputs })
const coinbase = ledgerTx({ ...parts.payment, coinbase: true })
const histories = [seen, unseen, seen]

const table: Readonly<Partial<Record<RuleId, readonly Row[]>>> = {
  'gs-direct-change': [
    ['pays back to an input', payment, {}, 'match', [2]],
    ['pays nobody of the inputs', withOutputs([5, 'x'], [6, 'y']), {}, 'no-match', []],
    ['inputs not known', withoutPrevouts(payment), {}, 'unknown', null],
    ['a coinbase', coinbase, {}, 'no-match', []],
  ],
  'blocksci-address-reuse': [
    ['pays back to an input', payment, {}, 'match', [2]],
    ['outputs without script or address', withoutScripts(payment), {}, 'unknown', null],
  ],
  'blocksci-address-type': [
    ['P2WPKH in, P2WPKH and P2SH out', payment, {}, 'match', [1, 2]],
    ['no output of the type of the inputs', withOutputs([5, 'p2sh:x'], [6, 'p2tr:y']), {}, 'no-match', []],
    [
      'inputs of two types',
      ledgerTx({
        ...parts.payment,
        inputs: [
          [1, 'a'],
          [2, 'p2sh:b'],
        ],
      }),
      {},
      'no-match',
      [],
    ],
    ['inputs not known', withoutPrevouts(payment), {}, 'unknown', null],
  ],
  'blocksci-optimal-change': [
    ['below the smallest input', payment, {}, 'match', [1, 2]],
    ['equal to the smallest input', withOutputs([1_500_001, 'x']), {}, 'no-match', []],
    ['one less', withOutputs([1_500_000, 'x']), {}, 'match', [0]],
    ['OP_RETURN is never change', withOutputs([0, null], [2_000_000, 'x']), {}, 'no-match', []],
    ['inputs not known', withoutPrevouts(payment), {}, 'unknown', null],
  ],
  'blocksci-power-of-ten-6': [
    ['no multiple of a million', payment, {}, 'match', [1, 2]],
    ['multiples only', withOutputs([1_000_000, 'x'], [12_000_000, 'y']), {}, 'no-match', []],
    ['OP_RETURN or not is not known', withoutScripts(payment), {}, 'unknown', null],
  ],
  'blocksci-locktime': [
    [
      'spent with a lock time, without, unspent',
      payment,
      { spenders: [shape({ locktime: 9 }), shape(), 'unspent'] },
      'match',
      [1, 2],
    ],
    [
      'a lock time of 1 is above zero',
      payment,
      { spenders: [shape({ locktime: 1 }), shape(), shape()] },
      'match',
      [1, 2],
    ],
    [
      'this one has a lock time too',
      ledgerTx({ ...parts.payment, locktime: 5 }),
      { spenders: [shape({ locktime: 9 }), shape(), shape()] },
      'match',
      [0],
    ],
    [
      'none alike',
      payment,
      { spenders: [shape({ locktime: 9 }), shape({ locktime: 1 }), shape({ locktime: 1 })] },
      'no-match',
      [],
    ],
    ['one spender not told', payment, { spenders: [shape(), shape(), null] }, 'unknown', null],
    ['no spenders told', payment, {}, 'unknown', null],
    [
      'own lock time not known',
      ledgerTx({ ...parts.payment, locktime: null }),
      { spenders: [shape(), shape(), shape()] },
      'unknown',
      null,
    ],
  ],
  'blocksci-client-change-address-behavior': [
    ['one fresh address', payment, { histories }, 'match', [1]],
    ['none fresh', payment, { histories: [seen, seen, seen] }, 'no-match', []],
    ['one history missing', payment, { histories: [seen, unseen, null] }, 'unknown', null],
    ['no histories', payment, {}, 'unknown', null],
  ],
  'blocksci-fixed-fee': [
    [
      'one alike, one unspent',
      payment,
      { feePerKvb: 5_000n, spenders: [shape({ feePerKvb: 4_999n }), shape({ feePerKvb: 5_000n }), 'unspent'] },
      'match',
      [1, 2],
    ],
    [
      'none alike',
      payment,
      { feePerKvb: 5_000n, spenders: [shape({ feePerKvb: 1n }), shape({ feePerKvb: 2n }), shape({ feePerKvb: 3n })] },
      'no-match',
      [],
    ],
    ['own rate not told', payment, { spenders: [shape({ feePerKvb: 1n }), 'unspent', 'unspent'] }, 'unknown', null],
  ],
  'blocksci-legacy': [
    ['one new output below the smallest input', payment, { histories }, 'match', [1]],
    ['two of them', payment, { histories: [seen, unseen, unseen] }, 'no-match', []],
    ['none', payment, { histories: [unseen, seen, seen] }, 'no-match', []],
    ['a CoinJoin by its own rule', ledgerTx(parts.blocksci), { histories: [unseen, seen, seen] }, 'no-match', []],
    [
      'two spendable outputs are enough',
      withOutputs([2_000_000, 'x'], [987_653, 'y']),
      { histories: [seen, unseen] },
      'match',
      [1],
    ],
    ['one spendable output', withOutputs([5, 'x'], [0, null]), { histories: [unseen, null] }, 'no-match', []],
    ['histories missing', payment, {}, 'unknown', null],
    [
      'a history missing where another output is certain',
      payment,
      { histories: [seen, unseen, null] },
      'unknown',
      null,
    ],
  ],
  'blocksci-spent': [
    ['one spent', payment, { spenders: ['unspent', shape(), 'unspent'] }, 'match', [1]],
    ['none spent', payment, { spenders: ['unspent', 'unspent', 'unspent'] }, 'no-match', []],
    ['not told of one', payment, { spenders: ['unspent', shape(), null] }, 'unknown', null],
  ],
  'blocksci-peeling-chain-change': [
    ['one output continues the chain', peel, matching['blocksci-peeling-chain-change'].neighbours, 'match', [1]],
    [
      'an unspent output stays a candidate',
      peel,
      { predecessors: [shape({ outputs: 2 })], spenders: ['unspent', shape({ peelingChain: 'no-match' })] },
      'match',
      [0],
    ],
    ['not in a chain', payment, {}, 'no-match', []],
    [
      'the spender was not asked',
      peel,
      { predecessors: [shape({ outputs: 2 })], spenders: ['unspent', shape()] },
      'unknown',
      null,
    ],
    ['nothing told', peel, {}, 'unknown', null],
  ],
  'gs-one-time-change': [
    ['one output meets every condition', payment, { histories }, 'match', [1]],
    [
      'two outputs are enough',
      withOutputs([2_000_000, 'p2sh:shop'], [987_653, 'change']),
      { histories: [seen, unseen] },
      'match',
      [1],
    ],
    [
      'of another type',
      withOutputs([2_000_000, 'p2sh:shop'], [987_653, 'p2sh:change']),
      { histories: [seen, unseen] },
      'no-match',
      [],
    ],
    [
      'a multiple of 1000',
      withOutputs([2_000_000, 'p2sh:shop'], [987_000, 'change']),
      { histories: [seen, unseen] },
      'no-match',
      [],
    ],
    [
      'not below the smallest input',
      withOutputs([2_000, 'p2sh:shop'], [1_500_001, 'change']),
      { histories: [seen, unseen] },
      'no-match',
      [],
    ],
    [
      'paid twice here',
      withOutputs([987_653, 'change'], [987_655, 'change']),
      { histories: [unseen, unseen] },
      'no-match',
      [],
    ],
    ['address paid before', payment, { histories: [seen, { ...unseen, incoming: 2 }, seen] }, 'no-match', []],
    ['address spent twice', payment, { histories: [seen, { ...unseen, outgoing: 2 }, seen] }, 'no-match', []],
    [
      'address first seen earlier',
      payment,
      { histories: [seen, { ...unseen, firstHeight: 799_999 }, seen] },
      'no-match',
      [],
    ],
    ['two candidates', withOutputs([987_653, 'a'], [987_655, 'b']), { histories: [unseen, unseen] }, 'no-match', []],
    [
      'inputs of two types',
      ledgerTx({
        ...parts.payment,
        inputs: [
          [1_500_001, 'a'],
          [1_600_003, 'p2sh:b'],
        ],
      }),
      { histories },
      'no-match',
      [],
    ],
    ['one output', withOutputs([987_653, 'a']), { histories: [unseen] }, 'no-match', []],
    [
      'eleven outputs',
      withOutputs([987_653, 'a'], ...coins(10, 1_000, 'x').map(([amount, owner]) => [Number(amount), owner] as const)),
      { histories: [unseen] },
      'no-match',
      [],
    ],
    [
      'ten outputs',
      withOutputs([987_653, 'a'], ...coins(9, 1_000, 'x').map(([amount, owner]) => [Number(amount), owner] as const)),
      { histories: [unseen] },
      'match',
      [0],
    ],
    ['history missing, where GraphSense would guess', payment, {}, 'unknown', null],
    ['inputs not known', withoutPrevouts(payment), { histories }, 'unknown', null],
  ],
  'gs-multi-input-change': [
    [
      'two outputs in the cluster of an input',
      payment,
      { inputClusters: ['A', null], outputClusters: ['S', 'A', 'A'] },
      'unknown',
      null,
    ],
    ['all clusters given', payment, { inputClusters: ['A', 'B'], outputClusters: ['S', 'B', 'A'] }, 'match', [1, 2]],
    ['none alike', payment, { inputClusters: ['A', 'B'], outputClusters: ['S', 'T', 'U'] }, 'no-match', []],
    ['clusters not given', payment, {}, 'unknown', null],
    ['a coinbase', coinbase, { inputClusters: ['A', 'B'], outputClusters: ['S', 'B', 'A'] }, 'no-match', []],
  ],
  'blocksci-peeling-chain': [
    ['the transaction before has the shape', peel, { predecessors: [shape({ outputs: 2 })] }, 'match', null],
    [
      'the one after has it',
      peel,
      { predecessors: [null], spenders: ['unspent', shape({ outputs: 2 })] },
      'match',
      null,
    ],
    [
      'no neighbour has it',
      peel,
      { predecessors: [shape()], spenders: ['unspent', shape({ inputs: 2, outputs: 2 })] },
      'no-match',
      null,
    ],
    ['the one before has not, the ones after are not told', peel, { predecessors: [shape()] }, 'unknown', null],
    ['nothing told', peel, {}, 'unknown', null],
    ['two inputs', payment, {}, 'no-match', null],
    ['three outputs', ledgerTx({ ...parts.peel, outputs: coins(3, 1, 'x') }), {}, 'no-match', null],
    [
      'a coinbase',
      ledgerTx({ ...parts.peel, coinbase: true }),
      { predecessors: [shape({ outputs: 2 })] },
      'no-match',
      null,
    ],
  ],
}

for (const [id, rows] of Object.entries(table)) {
  describe(id, () => {
    test.each(rows ?? [])('%s', (_, ...row) => check(id as RuleId, ...row))
  })
}

test('every change rule and the peeling chain have rows that match, that do not, and that are open', () => {
  for (const { id, kind } of rules.filter((rule) => rule.kind === 'change' || rule.kind === 'chain')) {
    const verdicts = new Set(table[id]?.map(([, , , verdict]) => verdict))
    if (id === 'blocksci-address-reuse') verdicts.add('no-match') // the very function of gs-direct-change
    expect([id, kind, [...verdicts].sort()]).toEqual([id, kind, ['match', 'no-match', 'unknown']])
  }
})
