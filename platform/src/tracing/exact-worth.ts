/** What slots are worth in doubles, where every amount that a transaction moves can be counted in them. */
import { EXACT_LIMIT } from './rules/exact-table.ts'
import type { SlotGraph } from './slot-graph.ts'

/**
 * slot → base units; null where a slot is worth, or a transaction moves, `EXACT_LIMIT` or more. A sum of doubles is
 * exact as long as it stays below the limit, and it cannot come back from beyond.
 */
export function exactWorth({ value, slotCount, txCount, inSlot, inStart }: SlotGraph): Float64Array | null {
  const worth = new Float64Array(slotCount)
  for (let slot = 0; slot < slotCount; slot++) {
    worth[slot] = Number(value[slot])
    if ((worth[slot] as number) >= EXACT_LIMIT) return null
  }
  for (let tx = 0; tx < txCount; tx++) {
    let sum = 0
    for (let at = inStart[tx] as number; at < (inStart[tx + 1] as number); at++)
      sum += worth[inSlot[at] as number] as number
    if (sum >= EXACT_LIMIT) return null
  }
  return worth
}
