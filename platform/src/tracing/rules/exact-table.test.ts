import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, apportionLargeTable, apportionTable } from './apportion.ts'
import { EXACT_LIMIT, lastRemainder, quotient } from './exact-table.ts'

const LIMIT = BigInt(EXACT_LIMIT)

/** Any amount that is counted in doubles, and amounts that crowd at the edges of halves and of the limit. */
const edgy = fc.oneof(
  fc.bigInt({ min: 0n, max: LIMIT - 1n }),
  fc
    .tuple(fc.constantFrom(1n, 25n, 26n, 27n, 31n, 51n, 52n), fc.bigInt({ min: -3n, max: 3n }))
    .map(([bits, off]) => 2n ** bits + off)
    .filter((amount) => amount >= 0n && amount < LIMIT),
)

describe('quotient', () => {
  it('is the whole quotient, and its remainder, of any amounts below the limit', () => {
    fc.assert(
      fc.property(edgy, edgy, edgy, (x, b, y) => {
        const [a, c] = x < y ? [x, y] : [y, x]
        fc.pre(c > 0n)
        checkQuotient(a, b, c)
      }),
      { numRuns: 20_000 },
    )
  })

  it('is right where a double rounds across a whole number: just below, at and just above a multiple', () => {
    fc.assert(
      fc.property(edgy, edgy, fc.bigInt({ min: -2n, max: 2n }), (q, c, off) => {
        fc.pre(c > 1n)
        // a = c − 1 makes a·b / c = b − b / c, which stands as near to b as it can.
        checkQuotient(c - 1n, q, c)
        const a = c + off
        if (a >= 0n && a <= c) checkQuotient(a, q, c)
      }),
      { numRuns: 20_000 },
    )
  })

  it('is not what a double alone would say', () => {
    const [a, b, c] = [LIMIT - 2n, LIMIT - 1n, LIMIT - 1n]
    checkQuotient(a, b, c)
    const samples = fc.sample(fc.tuple(edgy, edgy, edgy), { numRuns: 5000, seed: 1 })
    const wrong = samples.filter(([x, y, z]) => {
      const [low, high] = x < z ? [x, z] : [z, x]
      return high > 0n && BigInt(Math.floor((Number(low) * Number(y)) / Number(high))) !== (low * y) / high
    })
    expect(wrong.length).toBeGreaterThan(0)
  })

  it('refuses rather than give a quotient that it cannot tell', () => {
    expect(() => quotient(2 ** 52 - 1, 2 ** 52 - 1, 3)).toThrow(RangeError)
  })
})

function checkQuotient(a: bigint, b: bigint, c: bigint): void {
  expect(BigInt(quotient(Number(a), Number(b), Number(c)))).toBe((a * b) / c)
  expect(BigInt(lastRemainder())).toBe((a * b) % c)
}

/** Rows and columns of one sum: small ones make ties, the others stand below, at and above the limit, 2^53 and 2^63. */
const tables = fc
  .record({
    magnitude: fc.constantFrom(3n, 12n, 2n ** 26n, LIMIT / 8n, LIMIT, 2n ** 53n, 2n ** 63n),
    rows: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 8 }),
    weights: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 48 }),
  })
  .map(({ magnitude, rows: draws, weights }) => {
    const rows = draws.map((draw, at) => (BigInt(draw) * 4_294_967_291n + BigInt(at)) % (magnitude + 1n))
    const sum = rows.reduce((total, row) => total + row, 0n)
    const places = weights.some((weight) => weight > 0) ? weights.map(BigInt) : weights.map(() => 1n)
    return { rows, columns: apportion(sum, places), sum }
  })

describe('a table in columns', () => {
  it('has the cells of the definition, with ties, and on both sides of the limit', () => {
    let below = 0
    let above = 0
    fc.assert(
      fc.property(tables, ({ rows, columns, sum }) => {
        if (sum < LIMIT) below++
        else above++
        expect(apportionTable(rows, columns)).toEqual(apportionLargeTable(rows, columns))
      }),
      { numRuns: 3000 },
    )
    expect(below).toBeGreaterThan(500)
    expect(above).toBeGreaterThan(500)
  })

  it('serves equal remainders from the lower index, one unit or several, few columns or many', () => {
    expect(apportionTable([1n, 2n], [1n, 1n, 1n])).toEqual([
      [1n, 0n],
      [0n, 1n],
      [0n, 1n],
    ])
    const many = Array.from({ length: 40 }, () => 1n)
    expect(apportionTable([25n, 15n], many).map(([first]) => first)).toEqual(many.map((_, at) => (at < 25 ? 1n : 0n)))
  })
})
