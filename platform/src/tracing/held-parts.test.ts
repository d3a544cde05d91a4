import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TraceGraph } from './graph.ts'
import { heldInColumns } from './held-in-columns.ts'
import { seededGraphs } from './kernels/test-graphs.ts'
import { type Hold, type PassResult, pass, passRule } from './pass.ts'
import { EXACT_LIMIT } from './rules/exact-table.ts'
import { type ColumnRule, columnRules, type RuleDescription, rules } from './rules/index.ts'
import { bySource } from './rules/parts.ts'
import type { Seed, SlotGraph } from './slot-graph.ts'

const shared = rules.filter(({ id }) => columnRules[id])

it('some rules are held in columns', () => {
  expect(shared.map(({ id }) => id)).toContain('haircut')
  expect(shared.map(({ id }) => id)).toContain('poison')
})

it.each(shared)('$id: columns hold what lines hold, with seeds that meet, holds and any amounts', (rule) => {
  let inColumns = 0
  fc.assert(
    fc.property(seededGraphs, fc.integer({ min: 2, max: 9 }), ({ graph: columns, seeds }, held) => {
      if (heldInColumns(columns, columnRules[rule.id] as ColumnRule, rule.conserves, seeds)) inColumns++
      const graph = graphOf(columns)
      const { apply, conserves } = passRule(rule)
      const hold: Hold = { status: 'not-followed', code: 'test', reason: 'test' }
      const holds = (slot: number, amount: bigint) => ((BigInt(slot) + amount) % BigInt(held) === 0n ? hold : null)
      const plain = pass(graph, { apply, conserves }, seeds, holds)
      expect(plainly(columns, pass(graph, passRule(rule), seeds, holds))).toEqual(plainly(columns, plain))
    }),
    { numRuns: 400 },
  )
  expect(inColumns).toBeGreaterThan(50)
})

it.each([
  [BigInt(EXACT_LIMIT) - 1n, true],
  [BigInt(EXACT_LIMIT), false],
  [2n ** 63n, false],
])('one transaction that moves %d is counted in columns: %s', (sum, isCounted) => {
  for (const values of [[sum], [sum / 2n, sum - sum / 2n]]) {
    const columns = oneTransaction(values)
    expect(heldInColumns(columns, columnRules.haircut as ColumnRule, true, []) !== null).toBe(isCounted)
    // Whichever way it is counted, each of two sources keeps what it brought, to the unit.
    const seeds: Seed[] = [
      { slot: 1, source: 0, amount: 1n },
      { slot: 1, source: 3, amount: (values[0] as bigint) - 1n },
    ]
    const haircut = rules.find(({ id }) => id === 'haircut') as RuleDescription
    const { partsBySlot } = pass(graphOf(columns), passRule(haircut), seeds, () => null)
    expect(bySource(partsBySlot.get(0) ?? [])).toEqual([
      { source: 0, amount: 1n },
      { source: 3, amount: (values[0] as bigint) - 1n },
    ])
  }
})

/** All ins, from outside, into one output. */
function oneTransaction(values: readonly bigint[]): SlotGraph {
  return {
    txCount: 1,
    slotCount: 1 + values.length,
    value: BigUint64Array.from([values.reduce((sum, value) => sum + value, 0n), ...values]),
    outStart: Uint32Array.of(0, 1),
    inStart: Uint32Array.of(0, values.length),
    inSlot: Uint32Array.from(values, (_, at) => at + 1),
    hasFee: Uint8Array.of(0),
  }
}

function graphOf(columns: SlotGraph): TraceGraph {
  const creator = new Int32Array(columns.slotCount).fill(-1)
  for (let tx = 0; tx < columns.txCount; tx++) creator.fill(tx, columns.outStart[tx], columns.outStart[tx + 1])
  return { columns, creator, consumer: creator, movements: [], slots: [], slotOf: () => undefined }
}

function plainly({ slotCount }: SlotGraph, { partsBySlot, consumed, hopsByTx, drawnIn, ...rest }: PassResult) {
  const slots = Array.from({ length: slotCount }, (_, slot) => ({
    parts: bySource(partsBySlot.get(slot) ?? []),
    held: partsBySlot.held(slot),
    consumed: consumed.has(slot),
  }))
  const keys = [...partsBySlot.keys()].filter((slot) => partsBySlot.held(slot) > 0n)
  return { slots, keys: keys.sort((a, b) => a - b), hops: [...hopsByTx.entries()], drawnIn, ...rest }
}
