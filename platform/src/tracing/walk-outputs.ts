/** The walk of rules that follow outputs: hop by hop, from the slots that hold traced value. */
import { buildGraph, type TraceGraph } from './graph.ts'
import { held } from './held-parts.ts'
import type { Movement, SlotRef } from './movement.ts'
import { type PassResult, type PassRule, pass, passRule } from './pass.ts'
import { NO_PARTS, type Parts } from './rules/parts.ts'
import { graphSeeds, holds, hopsOf, type TraceWork } from './trace-work.ts'

export async function walkOutputs(work: TraceWork): Promise<{ graph: TraceGraph; result: PassResult; rounds: number }> {
  const { request, setting, rule, walk, seedSlots, noteServices, holdOf } = work
  let rounds = 0
  const ruleOfPass = passRule(rule)
  const spread = spreading(work, ruleOfPass)
  let frontier = seedSlots.map(({ key }) => key)
  while (true) {
    while (frontier.length > 0) {
      rounds++
      const added = await walk.step(frontier)
      await noteServices(added.flatMap(({ outs }) => outs))
      setting.progress.report(
        walk.movements.size,
        undefined,
        `${rule.id}: hop ${rounds}, transactions walked: ${walk.movements.size}`,
      )
      frontier = spread(added)
    }
    const graph = buildGraph([...walk.movements.values()], seedSlots, request.direction)
    const result = pass(graph, ruleOfPass, graphSeeds(work, graph), holds(work, graph))
    for (const slot of result.partsBySlot.keys()) {
      const ref = graph.slots[slot] as SlotRef
      if (result.consumed.has(slot) || walk.nextByKey.has(ref.key)) continue
      if (!holdOf(ref, result.partsBySlot.held(slot), hopsOf(graph, result, slot), null)) frontier.push(ref.key)
    }
    if (frontier.length === 0) return { graph, result, rounds }
  }
}

/**
 * Where to walk next, from what is known so far. A transaction is looked at when it is found, though more traced value
 * may reach it later by a longer way: the pass over the whole walk finds that, and only the pass counts.
 */
function spreading(work: TraceWork, { apply }: PassRule): (added: readonly Movement[]) => string[] {
  const { placed, seedSlots, labels, holdOf } = work
  const sourceByLabel = new Map(labels.map((label, source) => [label, source]))
  const partsByKey = new Map<string, Parts>()
  const hopsByKey = new Map<string, number>()
  placed.forEach((seed, index) => {
    const { key } = seedSlots[index] as SlotRef
    const source = sourceByLabel.get(seed.label) as number
    partsByKey.set(key, [...(partsByKey.get(key) ?? []), { source, amount: seed.amount }])
  })
  return (added) =>
    added.flatMap((movement) => {
      let hops = Number.POSITIVE_INFINITY
      const ins = movement.ins.map((ref) => {
        const parts = partsByKey.get(ref.key) ?? NO_PARTS
        const slotHops = hopsByKey.get(ref.key) ?? 0
        const isHeld = parts.length === 0 || holdOf(ref, held(parts, ref.value), slotHops, movement.txid) !== null
        if (!isHeld) hops = Math.min(hops, slotHops + 1)
        return { value: ref.value, parts: isHeld ? NO_PARTS : parts }
      })
      if (hops === Number.POSITIVE_INFINITY) return []
      const parts = apply({ ins, outs: movement.outs.map(({ value }) => value), hasFee: movement.hasFee })
      return movement.outs.flatMap((ref, index) => {
        const ofSlot = parts[index] ?? NO_PARTS
        if (ofSlot.length === 0) return []
        partsByKey.set(ref.key, ofSlot)
        hopsByKey.set(ref.key, hops)
        return holdOf(ref, held(ofSlot, ref.value), hops, null) ? [] : [ref.key]
      })
    })
}
