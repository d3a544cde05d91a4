import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AccountRule, findAccountRule } from '../accounts/account-rules.ts'
import type { Holding } from '../accounts/holding.ts'
import type { Parts } from '../rules/parts.ts'
import { type AccountTransfers, accountFifo, accountHaircut } from './account-passes.ts'
import { accountFifoReference, accountHaircutReference } from './account-passes-reference.ts'

const NODES = 7

/** Amounts from a few units, which make ties, to the edges of floats and of 64 bits. */
const transfers = fc
  .record({
    most: fc.constantFrom(4n, 100n, 2n ** 44n, 2n ** 49n, 2n ** 52n, 2n ** 57n),
    rows: fc.array(fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1), fc.bigInt(0n, 2n ** 60n)), { maxLength: 60 }),
  })
  .map(
    ({ most, rows }): AccountTransfers => ({
      nodeCount: NODES,
      source: Uint32Array.from(rows, ([source]) => source),
      destination: Uint32Array.from(rows, ([, destination]) => destination),
      amount: BigUint64Array.from(rows, ([, , amount]) => amount % (most + 1n)),
    }),
  )

const seeds = [
  { account: 0, source: 3 },
  { account: 1, source: 0 },
]

test('haircut: kernel and twin agree on any transfers', () => {
  fc.assert(
    fc.property(transfers, (rows) => {
      const found = accountHaircut(rows, [0, 1])
      expect(found).toEqual(accountHaircutReference(rows, [0, 1]))
      expect(found.traced.reduce((sum, one) => sum + one, 0n)).toBe(found.root)
    }),
    { numRuns: 300 },
  )
})

test('FIFO: kernel and twin agree on any transfers, lot by lot', () => {
  fc.assert(
    fc.property(transfers, (rows) => {
      const found = accountFifo(rows, seeds)
      expect(found).toEqual(accountFifoReference(rows, seeds))
      const traced = found.lots.amount.filter((_, lot) => (found.lots.source[lot] as number) >= 0)
      expect(traced.reduce((sum, one) => sum + one, 0n)).toBe(found.root)
    }),
    { numRuns: 300 },
  )
})

/** By the rules, where every account pays what it has: its seeds pay what is made for them. */
function byRule(rule: AccountRule, rows: AccountTransfers): Parts[] {
  const holdings: Holding[] = Array.from({ length: NODES }, () => rule.open())
  for (let at = 0; at < rows.source.length; at++) {
    const [payer, payee, paid] = [rows.source[at] as number, rows.destination[at] as number, rows.amount[at] as bigint]
    if (payer === payee) continue
    if (payer === 0) holdings[payee]?.receive(paid, [{ source: 0, amount: paid }])
    else if (payer === 1) holdings[payee]?.receive(paid, [])
    else holdings[payee]?.receive(paid, holdings[payer]?.send(paid) ?? [])
  }
  return holdings.map((holding, node) => (node < 2 ? [] : holding.held()))
}

describe.each(['haircut', 'fifo'] as const)('%s', (id) => {
  test('the kernel answers as the rule does, where every account has what it pays', () => {
    const rule = findAccountRule(id) as AccountRule
    fc.assert(
      fc.property(transfers, (drawn) => {
        // Account 0 is seeded, account 1 makes clean units; both are paid nothing, and nobody pays what is not there.
        const has = Array.from({ length: NODES }, () => 0n)
        const rows = {
          ...drawn,
          destination: drawn.destination.map((node) => (node < 2 ? node + 2 : node)),
          amount: drawn.amount.slice(),
        }
        for (let at = 0; at < rows.source.length; at++) {
          const [payer, payee] = [rows.source[at] as number, rows.destination[at] as number]
          const had = has[payer] as bigint
          const paid = payer < 2 || (rows.amount[at] as bigint) < had ? (rows.amount[at] as bigint) : had
          rows.amount[at] = paid
          if (payer === payee) continue
          if (payer >= 2) has[payer] = had - paid
          has[payee] = (has[payee] as bigint) + paid
        }
        const expected = byRule(rule, rows)
        const sums = expected.map((parts) => parts.reduce((sum, { amount }) => sum + amount, 0n))
        if (id === 'haircut') expect([...accountHaircut(rows, [0]).traced]).toEqual(sums)
        else {
          const { lots } = accountFifo(rows, [{ account: 0, source: 0 }])
          const found = sums.map((_, node) => {
            let sum = 0n
            for (let lot = lots.start[node] as number; lot < (lots.start[node + 1] as number); lot++)
              if (lots.source[lot] === 0) sum += lots.amount[lot] as bigint
            return sum
          })
          expect(found).toEqual(sums)
        }
      }),
      { numRuns: 200 },
    )
  })
})

test('what the kernels cannot hold is refused', () => {
  const of = (amount: bigint[], destination = [1]) => ({
    nodeCount: 2,
    source: Uint32Array.of(0),
    destination: Uint32Array.from(destination),
    amount: BigUint64Array.from(amount),
  })
  expect(() => accountHaircut(of([1n], [2]), [])).toThrow('KERNEL_NODE_UNKNOWN')
  expect(() => accountHaircut(of([1n, 2n]), [])).toThrow('KERNEL_TRANSFERS_MALFORMED')
  expect(() => accountFifo(of([1n]), [{ account: 5, source: 0 }])).toThrow('KERNEL_NODE_UNKNOWN')
  expect(() => accountFifo(of([1n]), [{ account: 0, source: -1 }])).toThrow('KERNEL_SEED_SOURCE')
  const large = {
    ...of([]),
    source: Uint32Array.of(0, 0),
    destination: Uint32Array.of(1, 1),
    amount: BigUint64Array.of(2n ** 63n, 2n ** 63n),
  }
  expect(() => accountHaircut(large, [])).toThrow('KERNEL_TOO_LARGE')
})
