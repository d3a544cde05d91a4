import { stop } from '../../kernel/index.ts'
import type { Seed, SlotGraph } from '../slot-graph.ts'

/**
 * Seeds as the passes take them: by ascending slot, each slot with its lots in the order given. Lots of one source that
 * touch are one lot.
 */
export type SeedColumns = {
  /** the seeded slots, ascending, each once */
  readonly slot: Uint32Array
  /** seeded slot → its first lot; one longer than `slot` */
  readonly start: Uint32Array
  readonly source: Int32Array
  readonly amount: BigUint64Array
  /** seeded slot → all that is seeded in it; at most its value */
  readonly total: BigUint64Array
}

/** A source is a number from 0 to 2^31 − 1; −1 stands for clean. */
export const CLEAN = -1

/** Checks and orders seeds. A seed of nothing marks nothing and is left out. */
export function arrangeSeeds(graph: SlotGraph, seeds: readonly Seed[]): SeedColumns {
  for (const seed of seeds) checkSeed(graph, seed)
  const real = seeds.filter(({ amount }) => amount > 0n).sort((a, b) => a.slot - b.slot)
  const slot = new Uint32Array(real.length)
  const start = new Uint32Array(real.length + 1)
  const source = new Int32Array(real.length)
  const amount = new BigUint64Array(real.length)
  const total = new BigUint64Array(real.length)
  let slots = 0
  let lots = 0
  for (const seed of real) {
    const sameSlot = slots > 0 && slot[slots - 1] === seed.slot
    if (!sameSlot) {
      slot[slots] = seed.slot
      start[slots] = lots
      slots++
    }
    const sum = (total[slots - 1] ?? 0n) + seed.amount
    if (sum > (graph.value[seed.slot] ?? 0n)) refuseAmount(graph, seed.slot, sum)
    total[slots - 1] = sum
    if (sameSlot && source[lots - 1] === seed.source) {
      amount[lots - 1] = (amount[lots - 1] ?? 0n) + seed.amount
    } else {
      source[lots] = seed.source
      amount[lots] = seed.amount
      lots++
    }
  }
  start[slots] = lots
  return {
    slot: slot.subarray(0, slots),
    start: start.subarray(0, slots + 1),
    source: source.subarray(0, lots),
    amount: amount.subarray(0, lots),
    total: total.subarray(0, slots),
  }
}

function checkSeed(graph: SlotGraph, seed: Seed): void {
  if (!Number.isInteger(seed.slot) || seed.slot < 0 || seed.slot >= graph.slotCount) {
    stop('KERNEL_SEED_UNKNOWN_SLOT', `A seed names slot ${seed.slot}; the graph has ${graph.slotCount} slots.`, {
      place: `seed of source ${seed.source}`,
      fix: 'Seed a slot of this graph.',
    })
  }
  if (!Number.isInteger(seed.source) || seed.source < 0 || seed.source >= 2 ** 31) {
    stop('KERNEL_SEED_SOURCE', `A seed names source ${seed.source}.`, {
      place: `slot ${seed.slot}`,
      fix: 'Number the sources from 0.',
    })
  }
  if (seed.amount < 0n) refuseAmount(graph, seed.slot, seed.amount)
}

function refuseAmount(graph: SlotGraph, slot: number, amount: bigint): never {
  return stop('KERNEL_SEED_AMOUNT', `${amount} base units are seeded in a slot of ${graph.value[slot]}.`, {
    place: `slot ${slot}`,
    fix: 'Seed at most the value of the slot, and not less than nothing.',
  })
}
