/**
 * The passes over a slot graph in plain TypeScript: what each kernel must give, said as simply as it can be said.
 * They share the ordering of seeds with the kernels and nothing else.
 */
import type { Seed, SlotGraph } from '../slot-graph.ts'
import { bitBytes, isMarked } from './columns.ts'
import { checkLengths, stopAtFlaw } from './graph-check.ts'
import { growingLots } from './growing-lots.ts'
import type { FifoResult, GraphFlaw, HaircutResult, PoisonResult } from './results.ts'
import { arrangeSeeds, CLEAN, type SeedColumns } from './seeds.ts'

export function poisonReference(graph: SlotGraph, seeds: readonly Seed[]): PoisonResult {
  checkSlotGraph(graph)
  const bits = new Uint32Array(bitBytes(graph.slotCount) / 4)
  for (const slot of arrangeSeeds(graph, seeds).slot) mark(bits, slot)
  for (let tx = 0; tx < graph.txCount; tx++) {
    if (!insOf(graph, tx).some((slot) => isMarked(bits, slot))) continue
    for (const slot of outsOf(graph, tx)) if (unitsOf(graph, slot) > 0n) mark(bits, slot)
  }
  return { bits }
}

export function haircutReference(graph: SlotGraph, seeds: readonly Seed[]): HaircutResult {
  checkSlotGraph(graph)
  const arranged = arrangeSeeds(graph, seeds)
  const seedBySlot = new Map([...arranged.slot].map((slot, index) => [slot, arranged.total[index] ?? 0n]))
  const taint = new BigUint64Array(graph.slotCount)
  for (const [slot, amount] of seedBySlot) taint[slot] = amount
  let overlap = 0n
  for (let tx = 0; tx < graph.txCount; tx++) {
    let total = 0n
    for (const slot of insOf(graph, tx)) total += taint[slot] ?? 0n
    if (total === 0n) continue
    const outs = outsOf(graph, tx)
    share(
      total,
      outs.map((slot) => unitsOf(graph, slot)),
    ).forEach((arrived, index) => {
      const slot = outs[index] ?? 0
      const claimed = arrived + (seedBySlot.get(slot) ?? 0n)
      const held = smaller(claimed, unitsOf(graph, slot))
      taint[slot] = held
      overlap += claimed - held
    })
  }
  return { taint, overlap }
}

/** floor(total · weight / sum) each, then one unit each to the largest remainders, of equals to the lowest index. */
function share(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  const shares = weights.map((weight) => (total * weight) / sum)
  const left = Number(total - shares.reduce((all, part) => all + part, 0n))
  if (left === 0) return shares
  const remainders = weights.map((weight) => (total * weight) % sum)
  const ranked = remainders.map((_, index) => index)
  ranked.sort((a, b) => compare(remainders[b] ?? 0n, remainders[a] ?? 0n) || a - b)
  for (const index of ranked.slice(0, left)) shares[index] = (shares[index] ?? 0n) + 1n
  return shares
}

export function fifoReference(graph: SlotGraph, seeds: readonly Seed[]): FifoResult {
  checkSlotGraph(graph)
  const arranged = arrangeSeeds(graph, seeds)
  const indexBySlot = new Map([...arranged.slot].map((slot, index) => [slot, index]))
  const created = graph.outStart[graph.txCount] ?? 0
  const taint = new BigUint64Array(graph.slotCount)
  const lots = growingLots()
  // Created slots come first, in order; the lots of outside slots are known from the seeds.
  const start = new Uint32Array(graph.slotCount + 1)
  let overlap = 0n
  for (let tx = 0; tx < graph.txCount; tx++) {
    const line = layEndToEnd(tx)
    let at = 0
    let left = line[0]?.amount ?? 0n
    for (const slot of outsOf(graph, tx)) {
      start[slot] = lots.count()
      const piece: Lot[] = []
      for (let open = line.length > 0 ? unitsOf(graph, slot) : 0n; open > 0n; ) {
        const taken = smaller(left, open)
        lay(piece, line[at]?.source ?? CLEAN, taken)
        open -= taken
        left -= taken
        if (left === 0n) left = line[++at]?.amount ?? 0n
      }
      keep(slot, claim(slot, piece))
    }
    start[graph.outStart[tx + 1] ?? 0] = lots.count()
  }
  for (let slot = created; slot < graph.slotCount; slot++) {
    start[slot] = lots.count()
    keep(slot, outsideLots(slot))
  }
  start[graph.slotCount] = lots.count()
  return { taint, overlap, lots: { start, ...lots.columns() } }

  /** The line of a transaction; empty where nothing traced enters. */
  function layEndToEnd(tx: number): Lot[] {
    const line: Lot[] = []
    let traced = false
    for (const slot of insOf(graph, tx)) {
      const held = slot < created ? createdLots(slot) : outsideLots(slot)
      if (held.length > 0) traced = true
      else lay(line, CLEAN, unitsOf(graph, slot))
      for (const { source, amount } of held) lay(line, source, amount)
    }
    return traced ? line : []
  }

  function createdLots(slot: number): Lot[] {
    const held: Lot[] = []
    for (let lot = start[slot] ?? 0; lot < (start[slot + 1] ?? 0); lot++) held.push(lots.read(lot))
    return held
  }

  function outsideLots(slot: number): readonly Lot[] {
    return claim(slot, [])
  }

  /** What has arrived keeps its source; the seed takes the first clean units that are left. */
  function claim(slot: number, arrived: readonly Lot[]): readonly Lot[] {
    const index = indexBySlot.get(slot)
    if (index === undefined) return arrived
    const claims = seedLotsAt(arranged, index)
    const line: Lot[] = []
    const base = arrived.some(({ source }) => source !== CLEAN)
      ? arrived
      : [{ source: CLEAN, amount: unitsOf(graph, slot) }]
    for (const part of base) {
      let open = part.amount
      for (let next = claims[0]; part.source === CLEAN && open > 0n && next; next = claims[0]) {
        const taken = smaller(next.amount, open)
        lay(line, next.source, taken)
        open -= taken
        claims.shift()
        if (taken < next.amount) claims.unshift({ source: next.source, amount: next.amount - taken })
      }
      lay(line, part.source, open)
    }
    for (const { amount } of claims) overlap += amount
    return line
  }

  function keep(slot: number, held: readonly Lot[]): void {
    let sum = 0n
    for (const { source, amount } of held) if (source !== CLEAN) sum += amount
    taint[slot] = sum
    if (sum > 0n) for (const { source, amount } of held) lots.push(source, amount)
  }
}

type Lot = { readonly source: number; readonly amount: bigint }

/** Adds a lot at the end of a line; neighbours of one source are one lot. */
function lay(line: Lot[], source: number, amount: bigint): void {
  if (amount === 0n) return
  const last = line.at(-1)
  if (last?.source === source) line[line.length - 1] = { source, amount: last.amount + amount }
  else line.push({ source, amount })
}

function seedLotsAt(seeds: SeedColumns, index: number): Lot[] {
  const held: Lot[] = []
  for (let lot = seeds.start[index] ?? 0; lot < (seeds.start[index + 1] ?? 0); lot++) {
    held.push({ source: seeds.source[lot] ?? CLEAN, amount: seeds.amount[lot] ?? 0n })
  }
  return held
}

/** Stops at the first transaction that breaks the promise of a slot graph. */
export function checkSlotGraph(graph: SlotGraph): void {
  checkLengths(graph)
  const flaw = findFlaw(graph)
  if (flaw) stopAtFlaw(flaw)
}

function findFlaw(graph: SlotGraph): GraphFlaw | undefined {
  const { txCount, slotCount, outStart, inStart, inSlot } = graph
  const created = outStart[txCount] ?? 0
  const spent = new Uint8Array(slotCount)
  if (outStart[0] !== 0 || inStart[0] !== 0) return { kind: 'order', tx: 0 }
  if (created > slotCount || inStart[txCount] !== inSlot.length) return { kind: 'order', tx: 0 }
  for (let tx = 0; tx < txCount; tx++) {
    const [from = 0, to = 0, out = 0, end = 0] = [inStart[tx], inStart[tx + 1], outStart[tx], outStart[tx + 1]]
    if (to < from || to > inSlot.length || end < out || end > created) return { kind: 'order', tx }
    let brought = 0n
    for (let at = from; at < to; at++) {
      const slot = inSlot[at] ?? 0
      if (slot >= slotCount || (slot >= out && slot < created)) return { kind: 'unknown-slot', tx }
      if (spent[slot] === 1) return { kind: 'spent-twice', tx }
      spent[slot] = 1
      brought += unitsOf(graph, slot)
      if (brought >= 2n ** 64n) return { kind: 'too-large', tx }
    }
    let given = 0n
    for (let slot = out; slot < end; slot++) given += unitsOf(graph, slot)
    if (given >= 2n ** 64n) return { kind: 'too-large', tx }
    if (brought !== given) return { kind: 'not-balanced', tx }
  }
  return undefined
}

function insOf(graph: SlotGraph, tx: number): readonly number[] {
  return Array.from(graph.inSlot.subarray(graph.inStart[tx], graph.inStart[tx + 1]))
}

function outsOf(graph: SlotGraph, tx: number): readonly number[] {
  const first = graph.outStart[tx] ?? 0
  return Array.from({ length: (graph.outStart[tx + 1] ?? 0) - first }, (_, index) => first + index)
}

function unitsOf(graph: SlotGraph, slot: number): bigint {
  return graph.value[slot] ?? 0n
}

function mark(bits: Uint32Array, slot: number): void {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
}

function smaller(a: bigint, b: bigint): bigint {
  return a > b ? b : a
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
