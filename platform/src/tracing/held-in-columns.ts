/**
 * What slots hold under a rule that looks at amounts only, in columns: a case mixes its sources, and an object for each
 * source in each slot costs more than the trace itself. What is held is the same as in `heldInLines`.
 *
 * Amounts are whole numbers below `EXACT_LIMIT`, of which doubles hold every one; a graph with larger sums is refused.
 */
import { exactWorth } from './exact-worth.ts'
import type { HeldParts } from './held-parts.ts'
import type { ExactTotals } from './rules/exact-shares.ts'
import { fillTable } from './rules/exact-table.ts'
import type { ColumnRule } from './rules/index.ts'
import { bySource, type Part, type Parts } from './rules/parts.ts'
import type { Seed, SlotGraph } from './slot-graph.ts'

type Writable = ExactTotals & { outs: Float64Array }
type Block = { readonly sources: Int32Array; readonly amounts: Float64Array }

/** null where a transaction moves too much to be counted in columns. */
export function heldInColumns(
  columns: SlotGraph,
  share: ColumnRule,
  conserves: boolean,
  seeds: readonly Seed[],
): HeldParts | null {
  const exact = exactWorth(columns)
  if (!exact) return null
  const worth = exact
  const { value, slotCount, inSlot, inStart, outStart, hasFee } = columns

  // Parts stand in blocks, each with room for a part of every slot: what is held need not be copied for more room.
  const blocks: Block[] = []
  let block = openBlock(slotCount)
  let count = 0
  /** slot → its block, its first part there and the one after its last; none at first */
  const blockBySlot = new Uint32Array(slotCount)
  const first = new Uint32Array(slotCount)
  const end = new Uint32Array(slotCount)
  const heldBySlot = new Float64Array(slotCount)

  // What enters one transaction, by source, and what its out-slots receive; used again for every transaction.
  const amountBySource = new Float64Array(1 + seeds.reduce((most, { source }) => Math.max(most, source), 0))
  const rowSource = new Int32Array(amountBySource.length)
  const rowAmount = new Float64Array(amountBySource.length)
  let rowCount = 0
  const totals: Writable = { inCount: 0, outs: new Float64Array(8), outCount: 0, hasFee: false, total: 0 }
  let left = new Float64Array(8)
  let cells = new Float64Array(rowSource.length)

  return { has, get, held: (slot) => BigInt(heldBySlot[slot] as number), keys, put, passOn }

  function has(slot: number): boolean {
    return (end[slot] as number) > (first[slot] as number)
  }

  function get(slot: number): Parts | undefined {
    if (!has(slot)) return undefined
    const parts: Part[] = []
    const { sources, amounts } = blocks[blockBySlot[slot] as number] as Block
    for (let at = first[slot] as number; at < (end[slot] as number); at++) {
      parts.push({ source: sources[at] as number, amount: BigInt(amounts[at] as number) })
    }
    return parts
  }

  function* keys(): Iterable<number> {
    for (let slot = 0; slot < slotCount; slot++) if (has(slot)) yield slot
  }

  function put(slot: number, parts: Parts): void {
    rowCount = 0
    for (const { source, amount } of bySource(parts)) {
      rowSource[rowCount] = source
      cells[rowCount++] = Number(amount)
    }
    writeParts(slot, 0)
  }

  function passOn(tx: number, entering: readonly number[]): bigint {
    collectRows(entering)
    const outFirst = outStart[tx] as number
    const outCount = (outStart[tx + 1] as number) - outFirst
    if (outCount > left.length) {
      totals.outs = new Float64Array(2 * outCount)
      left = new Float64Array(2 * outCount)
    }
    if (outCount * rowCount > cells.length) cells = new Float64Array(2 * outCount * rowCount)
    let entered = 0
    for (const slot of entering) entered += heldBySlot[slot] as number
    shareOut(tx, entering, outFirst, outCount, entered)
    if (conserves) fillTable(rowAmount, rowCount, left, outCount, cells)
    else
      for (let index = 0; index < outCount; index++)
        cells.fill(left[index] as number, index * rowCount, (index + 1) * rowCount)
    let passed = 0
    for (let index = 0; index < outCount; index++) {
      const slot = outFirst + index
      writeParts(slot, index * rowCount)
      passed += heldBySlot[slot] as number
    }
    return conserves ? 0n : BigInt(passed - entered)
  }

  /** Writes what each out-slot receives into `left`. */
  function shareOut(tx: number, entering: readonly number[], outFirst: number, outCount: number, total: number): void {
    totals.inCount = (inStart[tx + 1] as number) - (inStart[tx] as number)
    totals.outCount = outCount
    totals.hasFee = hasFee[tx] === 1
    totals.total = total
    for (let index = 0; index < outCount; index++) totals.outs[index] = worth[outFirst + index] as number
    if (share.inDoubles(totals, left)) return
    const ins = totalsIn(tx, entering)
    const outs = [...value.subarray(outFirst, outFirst + outCount)]
    const shares = share.inBigints({ ins, outs, hasFee: totals.hasFee, total: BigInt(total) })
    for (let index = 0; index < outCount; index++) left[index] = Number(shares[index])
  }

  /** What enters by source, ascending. */
  function collectRows(entering: readonly number[]): void {
    rowCount = 0
    for (const slot of entering) {
      const { sources, amounts } = blocks[blockBySlot[slot] as number] as Block
      for (let at = first[slot] as number; at < (end[slot] as number); at++) {
        const source = sources[at] as number
        if (amountBySource[source] === 0) rowSource[rowCount++] = source
        amountBySource[source] = (amountBySource[source] as number) + (amounts[at] as number)
      }
    }
    if (entering.length > 1) rowSource.subarray(0, rowCount).sort()
    for (let row = 0; row < rowCount; row++) {
      const source = rowSource[row] as number
      rowAmount[row] = amountBySource[source] as number
      amountBySource[source] = 0
    }
  }

  function totalsIn(tx: number, entering: readonly number[]): { value: bigint; traced: bigint }[] {
    const ins: { value: bigint; traced: bigint }[] = []
    for (let at = inStart[tx] as number, next = 0; at < (inStart[tx + 1] as number); at++) {
      const slot = inSlot[at] as number
      const enters = entering[next] === slot
      if (enters) next++
      ins.push({ value: value[slot] as bigint, traced: enters ? BigInt(heldBySlot[slot] as number) : 0n })
    }
    return ins
  }

  function openBlock(length: number): Block {
    const opened = { sources: new Int32Array(length), amounts: new Float64Array(length) }
    blocks.push(opened)
    return opened
  }

  /**
   * The slot holds the `rowCount` cells from this one on, by `rowSource`; what it held before is forgotten. Where sources
   * claim more than the slot is worth their sum may round, but never down to what it is worth.
   */
  function writeParts(slot: number, firstCell: number): void {
    if (count + rowCount > block.sources.length) {
      block = openBlock(Math.max(rowCount, slotCount))
      count = 0
    }
    const { sources, amounts } = block
    blockBySlot[slot] = blocks.length - 1
    first[slot] = count
    let sum = 0
    for (let row = 0; row < rowCount; row++) {
      const amount = cells[firstCell + row] as number
      if (amount === 0) continue
      sources[count] = rowSource[row] as number
      amounts[count++] = amount
      sum += amount
    }
    end[slot] = count
    heldBySlot[slot] = Math.min(sum, worth[slot] as number)
  }
}
