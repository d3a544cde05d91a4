/**
 * A pass: one rule over a graph, transaction by transaction in graph order.
 *
 * Traced value waits in a slot until the transaction that consumes it comes; a slot that is *held* (a stop policy or a
 * budget keeps it) gives nothing on: for its consumer it is clean. Poison is the only rule that makes traced value
 * grow; how much it drew in is counted at every transaction.
 */
import type { TraceGraph } from './graph.ts'
import { NO_PARTS, type Part, type Parts, bySource, pushPart, traced } from './rules/parts.ts'
import type { Passage, TransactionRule } from './rules/transaction-rule.ts'
import type { Seed } from './slot-graph.ts'

/** Says why the value of a slot goes no further, or null. Asked when its consumer comes. */
export type HoldQuestion = (slot: number, tracedValue: bigint, hops: number) => unknown

export type PassResult = {
  /** slot → its parts; slots without traced value are absent */
  readonly partsBySlot: ReadonlyMap<number, Parts>
  /** slots whose value went on into their consumer */
  readonly consumed: ReadonlySet<number>
  /** transaction → hops from the nearest seed, for transactions that traced value entered */
  readonly hopsByTx: ReadonlyMap<number, number>
  /** Clean value that poison drew in, net over all transactions; nought for every other rule. */
  readonly drawnIn: bigint
}

export function pass(graph: TraceGraph, rule: TransactionRule, seeds: readonly Seed[], holds: HoldQuestion): PassResult {
  const { columns } = graph
  const partsBySlot = seedParts(graph, seeds)
  const consumed = new Set<number>()
  const hopsByTx = new Map<number, number>()
  let drawnIn = 0n
  for (let tx = 0; tx < columns.txCount; tx++) {
    const ins: { value: bigint; parts: Parts }[] = []
    let entered = 0n
    let hops = Number.POSITIVE_INFINITY
    for (let at = columns.inStart[tx] as number; at < (columns.inStart[tx + 1] as number); at++) {
      const slot = columns.inSlot[at] as number
      const value = columns.value[slot] as bigint
      const parts = partsBySlot.get(slot)
      const amount = parts ? held(parts, value) : 0n
      const slotHops = hopsByTx.get(graph.creator[slot] as number) ?? 0
      if (!parts || amount === 0n || holds(slot, amount, slotHops)) {
        ins.push({ value, parts: NO_PARTS })
        continue
      }
      ins.push({ value, parts })
      consumed.add(slot)
      entered += amount
      hops = Math.min(hops, slotHops + 1)
    }
    if (entered === 0n) continue
    hopsByTx.set(tx, hops)
    const first = columns.outStart[tx] as number
    const outs = [...columns.value.subarray(first, columns.outStart[tx + 1])]
    const passage: Passage = { ins, outs, hasFee: columns.hasFee[tx] === 1 }
    let left = 0n
    rule(passage).forEach((parts, index) => {
      if (parts.length === 0) return
      const slot = first + index
      const merged = mergeSeed(partsBySlot.get(slot), parts, outs[index] as bigint)
      left += held(parts, outs[index] as bigint)
      partsBySlot.set(slot, merged)
    })
    drawnIn += left - entered
  }
  return { partsBySlot, consumed, hopsByTx, drawnIn }
}

/** Traced value of a slot; under poison several sources may each claim the whole of it, which counts once. */
export function held(parts: Parts, value: bigint): bigint {
  const sum = traced(parts)
  return sum < value ? sum : value
}

/** A seed owns the first base units of its slot; several seeds of one slot follow one another. */
function seedParts(graph: TraceGraph, seeds: readonly Seed[]): Map<number, Parts> {
  const linesBySlot = new Map<number, Part[]>()
  for (const { slot, source, amount } of seeds) {
    const line = linesBySlot.get(slot) ?? []
    pushPart(line, source, amount)
    linesBySlot.set(slot, line)
  }
  for (const [slot, line] of linesBySlot) {
    const rest = (graph.columns.value[slot] as bigint) - traced(line)
    if (rest < 0n) throw new RangeError('more seeded than the output is worth')
    pushPart(line, -1, rest)
  }
  return new Map<number, Parts>(linesBySlot)
}

/**
 * A seed may lie downstream of another seed. The seed's claim on its slot stands; traced value that arrives there too
 * takes what the seed leaves clean, and anything beyond that is refused before the pass (`SEEDS_OVERLAP`).
 */
function mergeSeed(seeded: Parts | undefined, arriving: Parts, value: bigint): Parts {
  if (!seeded) return arriving
  const both = [...bySource(seeded), ...bySource(arriving)]
  if (traced(both) > value) throw new SeedOverlap()
  return both
}

export class SeedOverlap extends Error {}
