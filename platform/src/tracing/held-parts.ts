/**
 * What the slots of a graph hold while a pass goes over it, and when it is done. Here as objects, part by part: for
 * rules that keep the order of base units, for amounts of any size, and as the definition that columns are held to.
 */
import { NO_PARTS, type Parts, traced } from './rules/parts.ts'
import type { TransactionRule } from './rules/transaction-rule.ts'
import type { SlotGraph } from './slot-graph.ts'

export interface SlotParts {
  has(slot: number): boolean
  get(slot: number): Parts | undefined
  /** Traced value of a slot; under poison several sources may each claim the whole of it, which counts once. */
  held(slot: number): bigint
  /** Slots that hold traced value. */
  keys(): Iterable<number>
}

export interface HeldParts extends SlotParts {
  put(slot: number, parts: Parts): void
  /** What some in-slots hold goes on to the out-slots of their transaction; says how much clean value it drew in, net. */
  passOn(tx: number, entering: readonly number[]): bigint
}

export function heldInLines(columns: SlotGraph, apply: TransactionRule, conserves: boolean): HeldParts {
  const { value, inSlot, inStart, outStart, hasFee } = columns
  const partsBySlot = new Array<Parts | undefined>(columns.slotCount).fill(undefined)
  return {
    has: (slot) => partsBySlot[slot] !== undefined,
    get: (slot) => partsBySlot[slot],
    held: heldBy,
    *keys() {
      for (let slot = 0; slot < partsBySlot.length; slot++) if (partsBySlot[slot] !== undefined) yield slot
    },
    put: (slot, parts) => {
      partsBySlot[slot] = parts
    },
    passOn,
  }

  function heldBy(slot: number): bigint {
    return held(partsBySlot[slot] ?? NO_PARTS, value[slot] as bigint)
  }

  function passOn(tx: number, entering: readonly number[]): bigint {
    const ins: { value: bigint; parts: Parts }[] = []
    for (let at = inStart[tx] as number, next = 0; at < (inStart[tx + 1] as number); at++) {
      const slot = inSlot[at] as number
      const enters = entering[next] === slot
      if (enters) next++
      ins.push({ value: value[slot] as bigint, parts: enters ? (partsBySlot[slot] ?? NO_PARTS) : NO_PARTS })
    }
    const first = outStart[tx] as number
    const outs: bigint[] = []
    for (let slot = first; slot < (outStart[tx + 1] as number); slot++) outs.push(value[slot] as bigint)
    let drawnIn = 0n
    if (!conserves) for (const slot of entering) drawnIn -= heldBy(slot)
    apply({ ins, outs, hasFee: hasFee[tx] === 1 }).forEach((parts, index) => {
      if (parts.length === 0) return
      partsBySlot[first + index] = parts
      if (!conserves) drawnIn += heldBy(first + index)
    })
    return drawnIn
  }
}

export function slotParts({ value }: SlotGraph, partsBySlot: ReadonlyMap<number, Parts>): SlotParts {
  return {
    has: (slot) => partsBySlot.has(slot),
    get: (slot) => partsBySlot.get(slot),
    held: (slot) => held(partsBySlot.get(slot) ?? NO_PARTS, value[slot] as bigint),
    keys: () => partsBySlot.keys(),
  }
}

export function held(parts: Parts, value: bigint): bigint {
  const sum = traced(parts)
  return sum < value ? sum : value
}
