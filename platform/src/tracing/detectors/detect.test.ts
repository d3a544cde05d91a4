import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerTx } from '../../chains/index.ts'
import { canonicalJson } from '../../kernel/index.ts'
import {
  applyRule,
  coinJoinRulesLeftOut,
  coinJoinStopRules,
  defaultStopPolicy,
  detect,
  type Finding,
  isCoinJoin,
  type RuleId,
  rules,
} from './index.ts'
import { type Coin, ledgerTx, withoutPrevouts, withoutScripts } from './ledger-cases.ts'
import { matching, parts } from './matching-cases.ts'

const BITCOIN_CASH = 'bip122:000000000000000000651ef99cb9fcbe'
const DOGECOIN = 'bip122:1a91e3dace36e2be3bf030a65679fe82'

function verdictOf(findings: readonly Finding[], id: RuleId) {
  return findings.find((finding) => finding.rule === id)?.verdict
}

describe('detect', () => {
  test('gives one finding for each rule, always in the same order', () => {
    const ids = rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(28)
    for (const { tx, neighbours } of Object.values(matching))
      expect(detect(tx, neighbours).map((finding) => finding.rule)).toEqual(ids)
  })

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    'matches a transaction made for %s, and says which publication it follows',
    (id, rule) => {
      const known =
        id === 'gs-multi-input-change'
          ? { inputClusters: ['A', 'B'], outputClusters: ['S', 'A', 'A'] }
          : matching[id].neighbours
      const finding = applyRule(rule, matching[id].tx, known)
      expect([finding.verdict, finding.reason]).toEqual(['match', finding.reason])
      expect(finding.source).toMatch(/GraphSense|BlockSci|Dumplings|am-i-exposed|mempool\.space/)
      expect(finding.confidenceNote).toBe(
        finding.confidence === null ? null : 'published constant, not calibrated here',
      )
    },
  )

  test('findings are JSON that can be hashed', () => {
    for (const { tx, neighbours } of Object.values(matching)) {
      const findings = detect(tx, neighbours)
      expect(JSON.parse(canonicalJson(findings))).toEqual(findings)
    }
  })

  test.each([
    ['Bitcoin Cash', BITCOIN_CASH, 'gs-whirlpool', 'unknown'],
    ['Bitcoin Cash', BITCOIN_CASH, 'gs-joinmarket', 'no-match'],
    ['Dogecoin', DOGECOIN, 'gs-direct-change', 'unknown'],
    ['Dogecoin', DOGECOIN, 'blocksci-power-of-ten-6', 'no-match'],
  ] as const)('on %s (%s), %s is %s', (_, chain, id, verdict) => {
    expect(verdictOf(detect(ledgerTx(parts.whirlpool), { chain }), id)).toBe(verdict)
  })
})

describe('critical questions', () => {
  const answer = (findings: readonly Finding[], id: RuleId, start: string) =>
    findings.find((finding) => finding.rule === id)?.questions.find(({ question }) => question.startsWith(start))
      ?.answer

  test('are carried by every finding', () => {
    for (const finding of detect(ledgerTx(parts.payment)))
      expect(finding.questions.length, finding.rule).toBeGreaterThan(0)
  })
  test('"Is it a CoinJoin?" is yes by a stop rule, no where all say no, and open where one is', () => {
    expect(answer(detect(ledgerTx(parts.whirlpool)), 'gs-direct-change', 'Is it a CoinJoin')).toBe('yes')
    expect(answer(detect(ledgerTx(parts.payment)), 'gs-direct-change', 'Is it a CoinJoin')).toBe('no')
    expect(answer(detect(withoutPrevouts(ledgerTx(parts.wasabi20))), 'gs-direct-change', 'Is it a CoinJoin')).toBe(
      'not checked',
    )
  })
  test('Stonewall is answered, wallets and PayJoins are not', () => {
    const findings = detect(ledgerTx(parts.stonewall))
    expect(answer(findings, 'blocksci-is-coinjoin', 'Is the shape that of a Stonewall')).toBe('yes')
    expect(answer(findings, 'blocksci-legacy', 'Is it a custodial wallet')).toBe('not checked')
    expect(answer(findings, 'blocksci-legacy', 'Is it a PayJoin')).toBe('not checked')
  })
})

describe('isCoinJoin', () => {
  test('stops on a rule of the policy and names it', () => {
    expect(isCoinJoin(detect(ledgerTx(parts.whirlpool)))).toEqual({
      stop: true,
      matched: ['gs-whirlpool', 'dumplings-samourai'],
      vetoedBy: [],
      undecided: [],
      reason: 'Taken for a CoinJoin by gs-whirlpool, dumplings-samourai.',
    })
  })
  test('does not stop on a rule that the policy does not name', () => {
    const findings = detect(ledgerTx(parts.joinMarket))
    expect(verdictOf(findings, 'gs-joinmarket')).toBe('match')
    expect(isCoinJoin(findings)).toMatchObject({ stop: false, matched: [], reason: 'No rule of the policy matches.' })
    expect(isCoinJoin(findings, { rules: ['gs-joinmarket'], vetoes: [] }).stop).toBe(true)
  })
  test('a Stonewall takes the stop away, and the decision says so', () => {
    const findings = detect(ledgerTx(parts.stonewall))
    expect(isCoinJoin(findings, { rules: ['blocksci-is-coinjoin'], vetoes: [] }).stop).toBe(true)
    expect(isCoinJoin(findings, { rules: ['blocksci-is-coinjoin'], vetoes: ['gs-stonewall'] })).toEqual({
      stop: false,
      matched: ['blocksci-is-coinjoin'],
      vetoedBy: ['gs-stonewall'],
      undecided: [],
      reason: 'Matched by blocksci-is-coinjoin, but vetoed by gs-stonewall: not taken for a CoinJoin.',
    })
  })
  test('what could not be decided is said, and does not stop', () => {
    const decision = isCoinJoin(detect(withoutPrevouts(ledgerTx(parts.wasabi20))))
    expect(decision).toMatchObject({
      stop: false,
      undecided: ['gs-wasabi-2.0'],
      reason: 'No rule of the policy matches. Not decided: gs-wasabi-2.0.',
    })
  })
  test('a rule without a finding is not decided', () => {
    expect(isCoinJoin([], { rules: ['gs-whirlpool'], vetoes: ['gs-stonewall'] }).undecided).toEqual([
      'gs-whirlpool',
      'gs-stonewall',
    ])
  })
  test('the lists name every CoinJoin and premix rule once, each with a reason', () => {
    const named = [...coinJoinStopRules, ...coinJoinRulesLeftOut]
    const asked = rules.filter(({ kind }) => kind === 'coinjoin' || kind === 'premix').map(({ id }) => id)
    expect(named.map(({ rule }) => rule).sort()).toEqual(asked.sort())
    expect(named.every(({ reason }) => reason.endsWith('.'))).toBe(true)
    expect(defaultStopPolicy.rules).toEqual(coinJoinStopRules.map(({ rule }) => rule))
  })
})

describe('for any transaction', () => {
  const amount = fc.oneof(
    fc.constantFrom(0n, 546n, 5_000n, 100_000n, 1_000_000n, 10_000_000n),
    fc.bigInt({ min: 0n, max: 2_100_000_000_000_000n }),
  )
  const owner: fc.Arbitrary<string> = fc.oneof(
    fc.constantFrom('a', 'b', 'p2sh:c', 'p2tr:d', 'p2pkh:e', 'script:', 'script:51024e73', 'script:6a'),
    fc.string({ maxLength: 3 }),
  )
  const coin: fc.Arbitrary<Coin> = fc.tuple(amount, fc.option(owner, { freq: 8, nil: null }))
  const anyTx = fc
    .record({
      inputs: fc.array(coin, { maxLength: 24 }),
      outputs: fc.array(coin, { maxLength: 24 }),
      height: fc.constantFrom(0, 600_000, 800_000),
      coinbase: fc.boolean(),
      locktime: fc.constantFrom(null, 0, 800_000),
    })
    .map(ledgerTx)
  const madeForARule = fc.constantFrom(...Object.values(matching).map(({ tx }) => tx))
  const transaction = fc.oneof(anyTx, madeForARule)
  const judge = (tx: LedgerTx) => detect(tx, matching['blocksci-legacy'].neighbours)

  test('detect never throws, and gives findings that can be hashed', () => {
    fc.assert(
      fc.property(
        transaction,
        (tx) =>
          canonicalJson(detect(tx)).length > 0 && canonicalJson(detect(withoutScripts(withoutPrevouts(tx)))).length > 0,
      ),
    )
  })

  test('knowing less never turns one answer into another: only into unknown', () => {
    const withheld = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('prevout', 'script', 'address', 'both'))
    fc.assert(
      fc.property(transaction, fc.array(withheld, { minLength: 1, maxLength: 12 }), (tx, hidden) => {
        const less = hidden.reduce((known, [vin, vout, what]) => withhold(known, vin, vout, what), tx)
        const before = judge(tx)
        judge(less).forEach((finding, place) => {
          const full = before[place]
          if (finding.verdict !== 'unknown' && full?.verdict !== 'unknown')
            expect([finding.rule, finding.verdict]).toEqual([full?.rule, full?.verdict])
        })
      }),
      { numRuns: 400 },
    )
  })

  test('the order of outputs changes no verdict of a CoinJoin or premix rule but dumplings-wasabi-2', () => {
    fc.assert(
      fc.property(transaction, fc.infiniteStream(fc.nat()), (tx, keys) => {
        const shuffled = {
          ...tx,
          outputs: tx.outputs
            .map((output) => ({ output, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ output }) => output),
        }
        const sorted = rules
          .filter(({ kind }) => kind !== 'change' && kind !== 'chain')
          .filter(({ id }) => id !== 'dumplings-wasabi-2' && !looksAtWasabi2(tx, id))
        for (const rule of sorted) {
          const [one, other] = [applyRule(rule, tx), applyRule(rule, shuffled)]
          expect([rule.id, other.verdict, other.confidence]).toEqual([rule.id, one.verdict, one.confidence])
        }
      }),
    )
  })
})

/** Rules that ask whether dumplings-wasabi-2 fits inherit its order, where it does. */
function looksAtWasabi2(tx: LedgerTx, id: RuleId): boolean {
  return (id === 'dumplings-wasabi-1' || id === 'dumplings-other') && tx.inputs.length >= 50
}

function withhold(tx: LedgerTx, vin: number, vout: number, what: string): LedgerTx {
  const hide = <T extends { readonly script: string | null; readonly address: string | null }>(side: T): T => ({
    ...side,
    ...(what === 'address' ? {} : { script: null }),
    ...(what === 'script' ? {} : { address: null }),
  })
  const inputs = tx.inputs.map((input, place) => {
    if (place !== vin % tx.inputs.length || input.prevout === null) return input
    return { ...input, prevout: what === 'prevout' ? null : hide(input.prevout) }
  })
  const outputs = tx.outputs.map((output, place) => {
    if (place !== vout % tx.outputs.length || what === 'prevout') return output
    return { ...hide(output), type: what === 'address' ? output.type : ('unknown' as const) }
  })
  return { ...tx, inputs, outputs }
}
