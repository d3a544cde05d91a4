import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coins, ledgerTx } from '../detectors/ledger-cases.ts'
import { matching } from '../detectors/matching-cases.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { bridgesOf, forestOf, pathInForest } from './forest.ts'
import {
  parseStatements,
  type RejectionStatement,
  rejectedTransactions,
  statementId,
  statementsToText,
} from './rejections.ts'
import { findChangeRule } from './rules.ts'

const none = { change: [], rejected: new Set<string>() }

/** Random evidence over few addresses, so that cycles and bridges are both common. */
const evidences: fc.Arbitrary<readonly Evidence[]> = fc
  .array(fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 2, maxLength: 4 }), fc.nat(5)), {
    maxLength: 14,
  })
  .map((all) =>
    all.map(([addresses, height], at) => {
      const [a = '', ...others] = addresses.map((n) => `a${String(n).padStart(2, '0')}`).sort()
      const links = others.map((b) => ({ a, b, rule: 'multi-input', version: '1' }))
      return { txid: `t${String(at).padStart(2, '0')}`, height, index: null, time: null, links }
    }),
  )

function joined(evidence: readonly Evidence[], from: string, to: string): boolean {
  return pathInForest(forestOf(evidence), from, to) !== null
}

function partOf(evidence: readonly Evidence[], start: string): readonly Evidence[] {
  return evidence.filter(({ links }) => joined(evidence, start, links[0]?.a ?? ''))
}

describe('the forest of a cluster', () => {
  test('is the same in whatever order the evidence came', () => {
    fc.assert(
      fc.property(evidences, fc.nat(), (evidence, turn) => {
        const turned = evidence.map((_, at) => evidence[(at + turn) % evidence.length] as Evidence)
        expect(forestOf(turned.toReversed())).toEqual(forestOf(evidence))
      }),
    )
  })

  test('names, for two parts, the earliest transaction that joins them', () => {
    const link = (txid: string, height: number, a: string, b: string): Evidence => ({
      ...{ txid, height, index: null, time: null },
      links: [{ a, b, rule: 'multi-input', version: '1' }],
    })
    const merges = forestOf([link('late', 9, 'a', 'b'), link('first', 3, 'a', 'b'), link('other', 5, 'b', 'c')])
    expect(merges.map(({ txid }) => txid)).toEqual(['first', 'other'])
    expect(pathInForest(merges, 'c', 'a')?.map(({ a, b, txid }) => [a, b, txid])).toEqual([
      ['c', 'b', 'other'],
      ['b', 'a', 'first'],
    ])
    expect(pathInForest(merges, 'a', 'z')).toBe(null)
  })

  test('bridges are exactly the transactions whose removal splits the cluster', () => {
    fc.assert(
      fc.property(evidences, (all) => {
        const start = all[0]?.links[0]?.a
        if (start === undefined) return
        const evidence = partOf(all, start)
        const addresses = [...new Set(evidence.flatMap(({ links }) => links.flatMap(({ a, b }) => [a, b])))]
        const splits = evidence
          .filter((one) =>
            addresses.some(
              (address) =>
                !joined(
                  evidence.filter((other) => other !== one),
                  start,
                  address,
                ),
            ),
          )
          .map(({ txid }) => txid)
        expect(
          bridgesOf(evidence)
            .map(({ txid }) => txid)
            .sort(),
        ).toEqual(splits.sort())
        for (const { sides } of bridgesOf(evidence))
          expect(sides.reduce((sum, size) => sum + size)).toBe(addresses.length)
        for (const goal of addresses.filter((address) => address !== start)) {
          const between = evidence
            .filter(
              (one) =>
                !joined(
                  evidence.filter((other) => other !== one),
                  start,
                  goal,
                ),
            )
            .map(({ txid }) => txid)
          expect(
            bridgesOf(evidence, [start, goal])
              .map(({ txid }) => txid)
              .sort(),
          ).toEqual(between.sort())
        }
      }),
    )
  })

  test('a cluster of thirty thousand transactions in a row is followed to its end', () => {
    const name = (n: number) => `a${String(n).padStart(6, '0')}`
    const chain = Array.from(
      { length: 30_000 },
      (_, n): Evidence => ({
        ...{ txid: `t${n}`, height: n, index: null, time: null },
        links: [{ a: name(n), b: name(n + 1), rule: 'multi-input', version: '1' }],
      }),
    )
    expect(pathInForest(forestOf(chain), name(0), name(30_000))).toHaveLength(30_000)
    expect(bridgesOf(chain, [name(10), name(20)])).toHaveLength(10)
  })
})

describe('what a transaction says for a cluster', () => {
  const payment = ledgerTx({
    inputs: [
      [5, 'A'],
      [7, 'B'],
      [9, 'A'],
    ],
    outputs: [[20, 'C']],
  })

  test('all addresses that are spent together are linked, each once', () => {
    const { evidence } = readEvidence(payment, none)
    expect(evidence?.links).toHaveLength(1)
    expect(evidence?.links[0]).toMatchObject({ rule: 'multi-input', version: '1' })
  })

  test('a coinbase, one address alone and inputs without owners link nothing', () => {
    expect(readEvidence(ledgerTx({ inputs: [[0, 'A']], outputs: [[5, 'B']], coinbase: true }), none).evidence).toBe(
      null,
    )
    expect(
      readEvidence(ledgerTx({ inputs: coins(3, 5, 'x').map(([v]) => [v, 'A'] as const), outputs: [[9, 'B']] }), none)
        .evidence,
    ).toBe(null)
    const blind = { ...payment, inputs: payment.inputs.map((input) => ({ ...input, prevout: null })) }
    expect(readEvidence(blind, none)).toEqual({ evidence: null, leftOut: null, unknownInputs: 3 })
  })

  test.each(['gs-whirlpool', 'gs-wasabi-1.0', 'gs-joinmarket', 'blocksci-is-coinjoin', 'dumplings-wasabi-2'] as const)(
    'a CoinJoin by %s links nothing, on any chain',
    (id) => {
      const { evidence, leftOut } = readEvidence(matching[id].tx, none)
      expect(evidence).toBe(null)
      expect(leftOut).toMatchObject({ why: 'coinjoin' })
      expect(leftOut?.rules.map((rule) => rule.id)).toContain(id)
    },
  )

  test('change links only by a rule that was asked for, and only where it leaves one output', () => {
    const rule = findChangeRule('optimal-change')
    if (!rule) throw new Error('no such rule')
    const tx = ledgerTx({
      inputs: [
        [50, 'A'],
        [60, 'B'],
      ],
      outputs: [
        [100, 'shop'],
        [9, 'change'],
      ],
    })
    expect(readEvidence(tx, none).evidence?.links).toHaveLength(1)
    expect(readEvidence(tx, { ...none, change: [rule] }).evidence?.links.map((link) => link.rule)).toEqual([
      'multi-input',
      'blocksci-optimal-change',
    ])
    const two = ledgerTx({
      inputs: [
        [50, 'A'],
        [60, 'B'],
      ],
      outputs: [
        [40, 'shop'],
        [9, 'change'],
      ],
    })
    expect(readEvidence(two, { ...none, change: [rule] }).evidence?.links).toHaveLength(1)
  })

  test('a rejected transaction links nothing and is named', () => {
    const read = readEvidence(payment, { change: [], rejected: new Set([payment.txid]) })
    expect(read).toMatchObject({ evidence: null, leftOut: { txid: payment.txid, why: 'rejected' } })
  })
})

describe('rejections', () => {
  const rejection = {
    kind: 'rejected',
    chain: 'bip122:x',
    txid: 'aa',
    at: 5,
    by: 'Analyst 7',
    reason: 'a PayJoin',
  } as const
  const withdrawal = {
    kind: 'withdrawn',
    rejection: statementId(rejection),
    at: 9,
    by: 'Analyst 8',
    reason: 'it was not',
  } as const
  const again: RejectionStatement = { ...rejection, at: 12 }

  test('hold until they are taken back, whatever came first', () => {
    for (const order of [
      [rejection, withdrawal],
      [withdrawal, rejection],
    ] as const) {
      expect(rejectedTransactions(order, 'bip122:x')).toEqual(new Set())
      expect(rejectedTransactions([...order, again], 'bip122:x')).toEqual(new Set(['aa']))
      expect(statementsToText(order)).toBe(statementsToText([withdrawal, rejection, rejection]))
    }
    expect(rejectedTransactions([rejection], 'bip122:y')).toEqual(new Set())
  })

  test('are read back as they were written; anything else is refused with its line', () => {
    const text = statementsToText([rejection, withdrawal])
    expect(parseStatements(text, 'f')).toMatchObject({ ok: true })
    const read = parseStatements(text, 'f')
    expect(read.ok && statementsToText(read.value)).toBe(text)
    for (const bad of ['{', '[]', '{"kind":"rejected"}', '7'])
      expect(parseStatements(`${text}${bad}\n`, 'f')).toMatchObject({
        ok: false,
        refusal: { code: 'CLUSTER_REJECTIONS_MALFORMED', place: 'f, line 3' },
      })
  })
})
