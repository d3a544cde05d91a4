/** The passes over a slot graph, by the WebAssembly kernels. */
import type { Seed, SlotGraph } from '../slot-graph.ts'
import { BASE, bitBytes, layOut } from './columns.ts'
import { checkLengths, stopAtFlaw } from './graph-check.ts'
import type { FifoResult, FlawKind, HaircutResult, Lots, PoisonResult } from './results.ts'
import { arrangeSeeds, CLEAN, type SeedColumns } from './seeds.ts'
import { growTo, openKernels, refuseSize } from './webassembly.ts'

/** Poison: every slot of value that a transaction creates from a traced in-slot is traced. */
export function poisonPass(graph: SlotGraph, seeds: readonly Seed[]): PoisonResult {
  const loaded = loadSlotGraph(graph)
  return loaded.poison(arrangeSeeds(graph, seeds)).take()
}

/** Haircut: traced value is shared by value among the out-slots, the fee included, exactly (largest remainders). */
export function haircutPass(graph: SlotGraph, seeds: readonly Seed[]): HaircutResult {
  const loaded = loadSlotGraph(graph)
  return loaded.haircut(arrangeSeeds(graph, seeds)).take()
}

/** FIFO: the in-slots laid end to end, cut by the out-slots in order; any number of sources. */
export function fifoPass(graph: SlotGraph, seeds: readonly Seed[]): FifoResult {
  const loaded = loadSlotGraph(graph)
  return loaded.fifo(arrangeSeeds(graph, seeds)).take()
}

/** A pass that has run. `take` copies its outcome out of the memory, before the next pass overwrites it. */
export type Outcome<Result> = { readonly take: () => Result }

/** A graph in the memory of the kernels, checked, for as many passes as one likes, one at a time. */
export type LoadedSlotGraph = {
  readonly bytes: () => number
  readonly poison: (seeds: SeedColumns) => Outcome<PoisonResult>
  readonly haircut: (seeds: SeedColumns) => Outcome<HaircutResult>
  readonly fifo: (seeds: SeedColumns) => Outcome<FifoResult>
}

/** The numbers by which `inspect` names a flaw. */
const flaws: readonly (FlawKind | undefined)[] = [
  undefined,
  'order',
  'unknown-slot',
  'spent-twice',
  'not-balanced',
  'too-large',
]

/** Transactions for one call of a kernel. */
const PORTION = 16_384
/** Lots that are unpacked at once. */
const UNPACKED = 65_536
/** No slot has this number, nor a higher one: it ends the list of seeded slots. */
const SENTINEL = 0xffff_ffff

export function loadSlotGraph(graph: SlotGraph): LoadedSlotGraph {
  checkLengths(graph)
  const { txCount, slotCount } = graph
  const created = graph.outStart[txCount] ?? 0
  const inCount = graph.inSlot.length
  const { at, end } = layOut(BASE, {
    value: 8 * slotCount,
    outStart: 4 * (txCount + 1),
    inStart: 4 * (txCount + 1),
    inSlot: 4 * inCount,
    bits: bitBytes(slotCount),
  })
  const { memory, kernels } = openKernels(end)
  new BigUint64Array(memory.buffer, at.value, slotCount).set(graph.value)
  words(at.outStart, txCount + 1).set(graph.outStart)
  words(at.inStart, txCount + 1).set(graph.inStart)
  words(at.inSlot, inCount).set(graph.inSlot)
  inspect()
  const mostOuts = kernels.mostOuts()
  return { bytes: () => memory.buffer.byteLength, poison, haircut, fifo }

  function inspect(): void {
    const code = kernels.inspect(
      txCount,
      slotCount,
      graph.inSlot.length,
      at.outStart,
      at.inStart,
      at.inSlot,
      at.value,
      at.bits,
    )
    const kind = flaws[code]
    if (kind) stopAtFlaw({ kind, tx: kernels.inspectedTx() })
  }

  /**
   * Transactions are handed over in portions. An engine compiles a function well only after some calls, and goes on in
   * the slow version until the call it is in returns: in one call for all, that would be until the end.
   */
  function inPortions(pass: (first: number, stop: number) => void): void {
    for (let first = 0; first < txCount; first += PORTION) pass(first, Math.min(txCount, first + PORTION))
  }

  function poison(seeds: SeedColumns): Outcome<PoisonResult> {
    const pass = layOut(end, { seedSlot: 4 * seeds.slot.length })
    growTo(memory, pass.end)
    words(pass.at.seedSlot, seeds.slot.length).set(seeds.slot)
    clearBits()
    kernels.markSlots(at.bits, pass.at.seedSlot, seeds.slot.length)
    inPortions((first, stop) => {
      kernels.poison(first, stop, at.outStart, at.inStart, at.inSlot, at.value, at.bits)
    })
    return { take: () => ({ bits: words(at.bits, bitBytes(slotCount) / 4).slice() }) }
  }

  function haircut(seeds: SeedColumns): Outcome<HaircutResult> {
    const inside = seedsInside(seeds)
    const pass = layOut(end, {
      taint: 8 * slotCount,
      remainders: 8 * mostOuts,
      heap: 4 * mostOuts,
      seedSlot: 4 * (inside + 1),
      seedAmount: 8 * (inside + 1),
    })
    growTo(memory, pass.end)
    seedOutside(seeds, inside, pass.at.taint)
    writeSeededSlots(pass.at.seedSlot, seeds, inside)
    amounts(pass.at.seedAmount, inside).set(seeds.total.subarray(0, inside))
    const { taint, seedSlot, seedAmount, remainders, heap } = pass.at
    kernels.startHaircut()
    inPortions((first, stop) => {
      kernels.haircut(
        first,
        stop,
        inCount,
        at.outStart,
        at.inStart,
        at.inSlot,
        at.value,
        taint,
        seedSlot,
        seedAmount,
        remainders,
        heap,
      )
    })
    const overlap = readOverlap()
    return { take: () => ({ taint: amounts(taint, slotCount).slice(), overlap }) }
  }

  function fifo(seeds: SeedColumns): Outcome<FifoResult> {
    const inside = seedsInside(seeds)
    const seedLots = seeds.source.length
    // The lots come last: their number is known only when the pass has run, and the kernel grows the memory for them.
    const pass = layOut(end, {
      taint: 8 * slotCount,
      lotStart: 4 * (slotCount + 2),
      seedSlot: 4 * (inside + 1),
      seedStart: 4 * (seeds.slot.length + 1),
      seedLots: 16 * seedLots,
      unpackedAmounts: 8 * UNPACKED,
      unpackedSources: 4 * UNPACKED,
      lots: 16 * (seedLots + seeds.slot.length),
    })
    growTo(memory, pass.end)
    seedOutside(seeds, inside, pass.at.taint)
    markOutside(seeds, inside)
    writeSeededSlots(pass.at.seedSlot, seeds, inside)
    words(pass.at.seedStart, seeds.slot.length + 1).set(seeds.start)
    const write = lotWriter(pass.at.seedLots)
    for (let lot = 0; lot < seedLots; lot++) write(seeds.source[lot] ?? CLEAN, seeds.amount[lot] ?? 0n)
    const outsideLots = lotsOutside(seeds, inside, pass.at.lots, pass.at.lotStart)
    const { taint, lotStart, lots, seedSlot, seedStart } = pass.at
    kernels.startFifo(lotStart, lots, outsideLots)
    let count = outsideLots
    inPortions((first, stop) => {
      count =
        kernels.fifo(
          first,
          stop,
          inCount,
          created,
          at.outStart,
          at.inStart,
          at.inSlot,
          at.value,
          taint,
          at.bits,
          lotStart,
          lots,
          seedSlot,
          seedStart,
          pass.at.seedLots,
        ) >>> 0
      if (count === 0xffff_ffff) refuseSize(memory.buffer.byteLength + 2 ** 24)
    })
    const overlap = readOverlap()
    return { take: () => ({ taint: amounts(taint, slotCount).slice(), overlap, lots: takeLots() }) }

    function takeLots(): Lots {
      const source = new Int32Array(count)
      const amount = new BigUint64Array(count)
      // In memory the lots of the outside slots stand first; the result has them where their slots stand, last.
      unpack(outsideLots, count, 0)
      unpack(0, outsideLots, count - outsideLots)
      return { start: startsInSlotOrder(lotStart, count, outsideLots), source, amount }

      function unpack(first: number, last: number, to: number): void {
        for (let lot = first; lot < last; lot += UNPACKED) {
          const length = Math.min(UNPACKED, last - lot)
          kernels.unpackLots(lots, lot, length, pass.at.unpackedAmounts, pass.at.unpackedSources)
          amount.set(amounts(pass.at.unpackedAmounts, length), to + lot - first)
          source.set(new Int32Array(memory.buffer, pass.at.unpackedSources, length), to + lot - first)
        }
      }
    }
  }

  function startsInSlotOrder(lotStart: number, count: number, outsideLots: number): Uint32Array {
    const placed = words(lotStart, slotCount + 2)
    const start = new Uint32Array(slotCount + 1)
    for (let slot = 0; slot < created; slot++) start[slot] = (placed[slot] ?? 0) - outsideLots
    for (let slot = created; slot < slotCount; slot++) start[slot] = (placed[slot + 1] ?? 0) + count - outsideLots
    start[slotCount] = count
    return start
  }

  /** Traced value of the outside slots. What created slots hold, the pass writes itself. */
  function seedOutside(seeds: SeedColumns, inside: number, taint: number): void {
    const traced = amounts(taint, slotCount)
    traced.fill(0n, created)
    for (let seed = inside; seed < seeds.slot.length; seed++) {
      traced[seeds.slot[seed] ?? 0] = seeds.total[seed] ?? 0n
    }
  }

  /** Bits of the traced outside slots; no bit elsewhere. */
  function markOutside(seeds: SeedColumns, inside: number): void {
    clearBits()
    const bits = words(at.bits, bitBytes(slotCount) / 4)
    for (const slot of seeds.slot.subarray(inside)) {
      bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
    }
  }

  /** The lots of the outside slots, first of all lots, and where those of each begin. */
  function lotsOutside(seeds: SeedColumns, inside: number, lots: number, lotStart: number): number {
    const starts = words(lotStart, slotCount + 2)
    const write = lotWriter(lots)
    let written = 0
    let slot = created
    for (let seed = inside; seed < seeds.slot.length; seed++) {
      const seeded = seeds.slot[seed] ?? 0
      starts.fill(written, slot + 1, seeded + 2)
      slot = seeded + 1
      for (let lot = seeds.start[seed] ?? 0; lot < (seeds.start[seed + 1] ?? 0); lot++) {
        written = write(seeds.source[lot] ?? CLEAN, seeds.amount[lot] ?? 0n)
      }
      const rest = (graph.value[seeded] ?? 0n) - (seeds.total[seed] ?? 0n)
      if (rest > 0n) written = write(CLEAN, rest)
    }
    starts.fill(written, slot + 1)
    return written
  }

  /** Writes lot after lot from `address`; says how many it has written. */
  function lotWriter(address: number): (source: number, amount: bigint) => number {
    const view = new DataView(memory.buffer)
    let written = 0
    return (source, amount) => {
      view.setBigUint64(address + 16 * written, amount, true)
      view.setInt32(address + 16 * written + 8, source, true)
      return ++written
    }
  }

  function writeSeededSlots(address: number, seeds: SeedColumns, inside: number): void {
    const slots = words(address, inside + 1)
    slots.set(seeds.slot.subarray(0, inside))
    slots[inside] = SENTINEL
  }

  /** How many of the seeded slots a transaction of the graph creates; the others follow. */
  function seedsInside(seeds: SeedColumns): number {
    const first = seeds.slot.findIndex((slot) => slot >= created)
    return first < 0 ? seeds.slot.length : first
  }

  /** Of the last pass. What a kernel gives is signed. */
  function readOverlap(): bigint {
    return (kernels.overlapHigh() << 64n) | BigInt.asUintN(64, kernels.overlapLow())
  }

  function clearBits(): void {
    words(at.bits, bitBytes(slotCount) / 4).fill(0)
  }

  function words(address: number, length: number): Uint32Array {
    return new Uint32Array(memory.buffer, address, length)
  }

  function amounts(address: number, length: number): BigUint64Array {
    return new BigUint64Array(memory.buffer, address, length)
  }
}
