import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type RuleId, transactionRules } from '../rules/index.ts'
import { NO_PARTS, type Parts, traced } from '../rules/parts.ts'
import type { Seed, SlotGraph } from '../slot-graph.ts'
import { CLEAN, fifoPass, haircutPass, isMarked, poisonPass } from './index.ts'
import { seededGraphs } from './test-graphs.ts'

/** Seeds from outside, one lot each: how seeds meet value that has arrived is not the rule's matter. */
const cases = seededGraphs.map(({ graph, seeds }) => {
  const outside = seeds.filter(({ slot }) => slot >= (graph.outStart[graph.txCount] ?? 0))
  return { graph, seeds: [...new Map(outside.map((seed) => [seed.slot, seed])).values()] }
})

it('haircut gives what the rule gives, transaction by transaction', () => {
  check((graph, seeds) => {
    const { taint } = haircutPass(graph, seeds)
    applyRule(
      'haircut',
      graph,
      seeds.map((seed) => ({ ...seed, source: 0 })),
    ).forEach((parts, slot) => {
      expect(taint[slot]).toBe(traced(parts))
    })
  })
})

it('poison marks what the rule traces', () => {
  check((graph, seeds) => {
    const { bits } = poisonPass(graph, seeds)
    applyRule('poison', graph, seeds).forEach((parts, slot) => {
      expect(isMarked(bits, slot)).toBe(traced(parts) > 0n)
    })
  })
})

it('FIFO gives the lots that the rule gives', () => {
  check((graph, seeds) => {
    const { lots } = fifoPass(graph, seeds)
    applyRule('fifo', graph, seeds).forEach((parts, slot) => {
      const [first = 0, end = 0] = [lots.start[slot], lots.start[slot + 1]]
      const held = Array.from(lots.source.subarray(first, end), (source, at) => ({
        source,
        amount: lots.amount[first + at],
      }))
      expect(held).toEqual(parts)
    })
  })
})

function check(claim: (graph: SlotGraph, seeds: readonly Seed[]) => void): void {
  fc.assert(
    fc.property(cases, ({ graph, seeds }) => {
      claim(graph, seeds)
    }),
    { numRuns: 200 },
  )
}

function applyRule(id: Exclude<RuleId, 'pifo'>, graph: SlotGraph, seeds: readonly Seed[]): Parts[] {
  const partsBySlot: Parts[] = Array.from({ length: graph.slotCount }, () => NO_PARTS)
  for (const { slot, source, amount } of seeds) {
    const line = [
      { source, amount },
      { source: CLEAN, amount: (graph.value[slot] ?? 0n) - amount },
    ]
    if (amount > 0n) partsBySlot[slot] = line.filter((part) => part.amount > 0n)
  }
  for (let tx = 0; tx < graph.txCount; tx++) {
    const ins = [...graph.inSlot.subarray(graph.inStart[tx], graph.inStart[tx + 1])].map((slot) => ({
      value: graph.value[slot] ?? 0n,
      parts: partsBySlot[slot] ?? NO_PARTS,
    }))
    if (ins.every(({ parts }) => parts.length === 0)) continue
    const first = graph.outStart[tx] ?? 0
    const outs = [...graph.value.subarray(first, graph.outStart[tx + 1])]
    transactionRules[id]({ ins, outs, hasFee: graph.hasFee[tx] === 1 }).forEach((parts, index) => {
      partsBySlot[first + index] = parts
    })
  }
  return partsBySlot
}
