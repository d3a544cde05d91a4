import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion, apportionTable } from './apportion.ts'
import { finestCovers } from './comb.ts'
import { ruleIds, transactionRules } from './index.ts'
import { bySource, CLEAN, type Part, type Parts, traced } from './parts.ts'
import type { Passage } from './transaction-rule.ts'

type PlainRule = keyof typeof transactionRules
const plainRules = Object.keys(transactionRules) as PlainRule[]

/** An input written as `7` (clean), `[3]` (all traced to source 0) or `[[3, 0], [4, CLEAN]]` (a line of parts). */
type In = number | [number] | [number, number][]

function passage(ins: In[], outs: number[]): Passage {
  const slots = ins.map((input) => {
    if (typeof input === 'number') return { value: BigInt(input), parts: [] as Parts }
    const parts = input.map((part) =>
      Array.isArray(part) ? { source: part[1], amount: BigInt(part[0]) } : { source: 0, amount: BigInt(part) },
    )
    return { value: parts.reduce((sum, part) => sum + part.amount, 0n), parts }
  })
  const fee = slots.reduce((sum, slot) => sum + slot.value, 0n) - outs.reduce((sum, out) => sum + BigInt(out), 0n)
  const values = outs.map(BigInt)
  return { ins: slots, outs: fee > 0n ? [...values, fee] : values, hasFee: fee > 0n }
}

function check(rule: PlainRule, ins: In[], outs: number[], expected: number[]): void {
  const found = transactionRules[rule](passage(ins, outs)).map((parts) =>
    rule === 'poison' ? Number(parts[0]?.amount ?? 0n) : Number(traced(parts)),
  )
  expect(found.slice(0, expected.length)).toEqual(expected)
}

describe('figures of Kokelj, University of Ljubljana, 2023', () => {
  test.each<[PlainRule, number[]]>([
    ['poison', [9, 1]],
    ['fifo', [2, 1]],
    ['lifo', [3, 0]],
    ['tiho', [3, 0]],
  ])('figs. 4.2 and 4.4 to 4.6: 7 clean and 3 traced into 9 and 1 by %s', (rule, expected) => {
    check(rule, [7, [3]], [9, 1], expected)
  })
  test('figs. 4.3 and 8.12, in tenths: 7 clean and 3 traced into 9 and 1 by haircut', () => {
    check('haircut', [70, [30]], [90, 10], [27, 3])
  })
  test('fig. 4.3: 8 and 2 whole, then 12 clean and 8 traced into 10 and 10', () => {
    check('haircut', [[10]], [8, 2], [8, 2])
    check('haircut', [12, [8]], [10, 10], [4, 4])
  })
  test('fig. 4.6: 45 of 80 traced into 50 and 20; the implied fee of 10 is clean', () => {
    check('tiho', [7, [15], [10], 3, 25, [20]], [50, 20], [45, 0, 0])
  })
  test('fig. 4.7: 985 is clean and 127 traced for certain, 11 and 10 are ambiguous', () => {
    expect(finestCovers([1000n, 138n], [11n, 985n, 10n, 127n])).toHaveLength(2)
    const found = transactionRules
      .comb(passage([1000, [138]], [11, 985, 10, 127]))
      .map((parts) => Number(traced(parts)))
    expect(found[1]).toBe(0)
    expect(found[3]).toBe(127)
    expect(found.reduce((sum, amount) => sum + amount, 0)).toBe(138)
    // 11 units are left for 11, 10 and the fee of 5: shares 4 16/26, 4 6/26, 2 3/26, the unit left over to the first.
    expect(found).toEqual([5, 0, 4, 127, 2])
  })
})

describe('figures of others', () => {
  test('3 stolen of 10 (Light Blue Touchpaper, 26 March 2018)', () => {
    check('poison', [[3], 7], [10], [10])
    check('haircut', [[30], 70], [50, 50], [15, 15])
    check('fifo', [[3], 7], [3, 7], [3, 0])
  })
  test.each<[number, number[], number[]]>([
    [50_000, [30_000, 70_000], [30_000, 20_000]],
    [20_000, [60_000, 40_000], [20_000, 0]],
    [25_000, [10_000, 10_000, 80_000], [10_000, 10_000, 5_000]],
  ])('TaintTrail: the first %i of 100,000 by FIFO', (stolen, outs, expected) => {
    check('fifo', [[stolen], 100_000 - stolen], outs, expected)
  })
  test('TaintTrail: haircut and pro-rata differ where there is a fee', () => {
    check('haircut', [[50_000], 50_000], [45_000, 45_000], [22_500, 22_500, 5_000])
    check('pro-rata', [[50_000], 50_000], [45_000, 45_000], [25_000, 25_000, 0])
  })
})

describe('examples of our own', () => {
  test('seniority fills from the front, or from the end', () => {
    check('seniority-traced-first', [7, [3]], [2, 5], [2, 1, 0])
    check('seniority-clean-first', [7, [3]], [2, 5], [0, 0, 3])
    check('seniority-clean-first', [7, [4]], [2, 6], [0, 1, 3])
  })
  test('of equal outputs TIHO fills the lower index', () => check('tiho', [5, [5]], [5, 5], [5, 0]))
  test('pro-rata spills into the fee only what the outputs cannot hold', () =>
    check('pro-rata', [[10]], [4, 4], [4, 4, 2]))
  test('two victims of one payment keep their own money apart by FIFO', () => {
    const parts = transactionRules.fifo(passage([[[4, 0]], [[6, 1]]], [5, 5]))
    expect(parts).toEqual([
      [
        { source: 0, amount: 4n },
        { source: 1, amount: 1n },
      ],
      [{ source: 1, amount: 5n }],
    ])
  })
  test('COMB haircuts where nothing can be separated, and inside each group of a single cover', () => {
    check('comb', [5, [5]], [8], [4, 1])
    check('comb', [[100], 50], [99, 49], [99, 0, 1])
  })
  test('one unit more than the shares goes to the largest remainder, of equals to the lower index', () => {
    expect(
      apportion(
        10n,
        [1n, 1n, 1n].map((weight) => weight * 10n),
      ),
    ).toEqual([4n, 3n, 3n])
    expect(apportionTable([1n, 1n], [1n, 1n])).toEqual([
      [1n, 0n],
      [0n, 1n],
    ])
  })
})

const amount = fc.bigInt({ min: 0n, max: 2_100_000_000_000_000n })
const small = fc.bigInt({ min: 0n, max: 12n })

/** Random passages: lines of parts from up to four sources, outputs that spend what comes in, perhaps with a fee. */
function anyPassage(unit: fc.Arbitrary<bigint>): fc.Arbitrary<Passage> {
  const line = fc.array(fc.record({ source: fc.integer({ min: CLEAN, max: 3 }), amount: unit }), { maxLength: 4 })
  return fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.array(unit, { minLength: 1, maxLength: 6 }), fc.boolean())
    .map(([lines, weights, withFee]) => {
      const ins = lines.map((parts: Part[]) => ({ value: parts.reduce((sum, part) => sum + part.amount, 0n), parts }))
      const total = ins.reduce((sum, slot) => sum + slot.value, 0n)
      const shares = apportion(total, [...weights, withFee ? 1n : 0n, ...(weights.every((w) => w === 0n) ? [1n] : [])])
      const outs = shares.slice(0, weights.length)
      const fee = total - outs.reduce((sum, value) => sum + value, 0n)
      return { ins, outs: fee > 0n ? [...outs, fee] : outs, hasFee: fee > 0n }
    })
}

describe.each(plainRules)('%s', (rule) => {
  test.each([
    ['large', amount],
    ['small', small],
  ])('keeps the traced value of each source, never exceeds a slot, and repeats itself (%s amounts)', (_, unit) => {
    fc.assert(
      fc.property(anyPassage(unit), (tx) => {
        const outs = transactionRules[rule](tx)
        expect(transactionRules[rule](tx)).toEqual(outs)
        expect(outs).toHaveLength(tx.outs.length)
        const before = bySource(tx.ins.flatMap(({ parts }) => parts))
        outs.forEach((parts, index) => {
          const held = rule === 'poison' ? (parts[0]?.amount ?? 0n) : traced(parts)
          expect(held >= 0n && held <= (tx.outs[index] as bigint)).toBe(true)
          for (const part of parts) expect(part.amount > 0n).toBe(true)
        })
        if (rule !== 'poison') expect(bySource(outs.flat())).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
})

test('FIFO and LIFO do not see an input split in place', () => {
  fc.assert(
    fc.property(anyPassage(amount), fc.nat(), fc.nat(), (tx, which, where) => {
      const index = which % tx.ins.length
      const slot = tx.ins[index] as Passage['ins'][number]
      const at = where % (slot.parts.length + 1)
      const halves = [slot.parts.slice(0, at), slot.parts.slice(at)].map((parts) => ({
        parts,
        value: parts.reduce((sum, part) => sum + part.amount, 0n),
      }))
      const split: Passage = { ...tx, ins: tx.ins.flatMap((one, place) => (place === index ? halves : [one])) }
      for (const rule of ['fifo', 'lifo', 'haircut', 'poison', 'tiho'] as const) {
        expect(transactionRules[rule](split)).toEqual(transactionRules[rule](tx))
      }
    }),
  )
})

test('more traced value coming in never lowers what an output holds, so that a trace may grow by rounds', () => {
  fc.assert(
    fc.property(anyPassage(small), fc.nat(), (tx, which) => {
      const index = which % tx.ins.length
      const more: Passage = {
        ...tx,
        ins: tx.ins.map((slot, place) =>
          place === index
            ? { ...slot, parts: slot.parts.map((part) => (part.source === CLEAN ? { ...part, source: 0 } : part)) }
            : slot,
        ),
      }
      for (const rule of ['fifo', 'lifo', 'tiho', 'seniority-traced-first', 'seniority-clean-first'] as const) {
        const before = transactionRules[rule](tx)
        const after = transactionRules[rule](more)
        before.forEach((parts, place) => {
          expect(traced(after[place] ?? [])).toBeGreaterThanOrEqual(traced(parts))
        })
      }
    }),
  )
})

test('every rule has its pass', () => {
  expect([...plainRules, 'pifo'].sort()).toEqual([...ruleIds].sort())
})
