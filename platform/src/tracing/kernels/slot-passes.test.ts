import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchRefusal } from '../../kernel/index.ts'
import type { Seed, SlotGraph } from '../slot-graph.ts'
import {
  arrangeSeeds,
  CLEAN,
  checkSlotGraph,
  type FifoResult,
  fifoPass,
  fifoReference,
  haircutPass,
  haircutReference,
  isMarked,
  loadSlotGraph,
  poisonPass,
  poisonReference,
} from './index.ts'
import { seededGraphs } from './test-graphs.ts'

const runs = { numRuns: 300 }

/** Two outside slots of 6 and 4 go into outputs of 5, 3 and a fee of 2; the output of 5 is spent into 4 and a fee of 1. */
const example: SlotGraph = {
  txCount: 2,
  slotCount: 7,
  value: BigUint64Array.of(5n, 3n, 2n, 4n, 1n, 6n, 4n),
  outStart: Uint32Array.of(0, 3, 5),
  inStart: Uint32Array.of(0, 2, 3),
  inSlot: Uint32Array.of(5, 6, 0),
  hasFee: Uint8Array.of(1, 1),
}

describe('poison', () => {
  it('marks every slot that value flows to from a seed', () => {
    const { bits } = poisonPass(example, [{ slot: 6, source: 0, amount: 1n }])
    expect([0, 1, 2, 3, 4, 5, 6].map((slot) => isMarked(bits, slot))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
    ])
  })

  it('marks what its reference marks', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        expect(poisonPass(graph, seeds)).toEqual(poisonReference(graph, seeds))
      }),
      runs,
    )
  })

  it('marks exactly the slots of value that hold taint by haircut or more', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        const { bits } = poisonPass(graph, seeds)
        haircutPass(graph, seeds).taint.forEach((amount, slot) => {
          if (amount > 0n) expect(isMarked(bits, slot)).toBe(true)
          if (graph.value[slot] === 0n) expect(isMarked(bits, slot)).toBe(false)
        })
      }),
      runs,
    )
  })
})

describe('haircut', () => {
  it('shares by value and gives the unit that is left to the largest remainder', () => {
    // 3 of 10 over 5, 3, 2: quotas 1.5, 0.9, 0.6, so that the two units left go to the second and the third.
    const { taint } = haircutPass(example, [{ slot: 6, source: 0, amount: 3n }])
    expect([...taint]).toEqual([1n, 1n, 1n, 1n, 0n, 0n, 3n])
  })

  it.each([3, 12, 13, 40])('serves the lowest slots first where the remainders of %d out-slots are equal', (count) => {
    const graph: SlotGraph = {
      txCount: 1,
      slotCount: count + 1,
      value: BigUint64Array.from({ length: count + 1 }, (_, slot) => (slot < count ? 5n : 5n * BigInt(count))),
      outStart: Uint32Array.of(0, count),
      inStart: Uint32Array.of(0, 1),
      inSlot: Uint32Array.of(count),
      hasFee: Uint8Array.of(0),
    }
    const { taint } = haircutPass(graph, [{ slot: count, source: 0, amount: BigInt(count + 2) }])
    expect([...taint.subarray(0, count)]).toEqual(Array.from({ length: count }, (_, slot) => (slot < 2 ? 2n : 1n)))
  })

  it('gives what its reference gives, to the base unit, up to values near 2^63', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        expect(haircutPass(graph, seeds)).toEqual(haircutReference(graph, seeds))
      }),
      runs,
    )
  })

  it('conserves traced value and never exceeds the value of a slot', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        const { taint, overlap } = haircutPass(graph, seeds)
        checkLedger(graph, seeds, taint, overlap)
      }),
      runs,
    )
  })
})

describe('FIFO', () => {
  it('lays the inputs end to end and cuts them in the order of the outputs', () => {
    const result = fifoPass(example, [
      { slot: 5, source: 7, amount: 2n },
      { slot: 6, source: 9, amount: 4n },
    ])
    expect([0, 1, 2, 3, 4, 5, 6].map((slot) => lotsOf(result, slot))).toEqual([
      [
        [7, 2n],
        [CLEAN, 3n],
      ],
      [
        [CLEAN, 1n],
        [9, 2n],
      ],
      [[9, 2n]],
      [
        [7, 2n],
        [CLEAN, 2n],
      ],
      [],
      [
        [7, 2n],
        [CLEAN, 4n],
      ],
      [[9, 4n]],
    ])
  })

  it('lets a seed downstream of another one take clean units only, and tells the overlap', () => {
    const result = fifoPass(example, [
      { slot: 5, source: 7, amount: 2n },
      { slot: 0, source: 8, amount: 4n },
    ])
    expect(lotsOf(result, 0)).toEqual([
      [7, 2n],
      [8, 3n],
    ])
    expect(result.overlap).toBe(1n)
  })

  it('gives the lots its reference gives', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        expect(fifoPass(graph, seeds)).toEqual(fifoReference(graph, seeds))
      }),
      runs,
    )
  })

  it('conserves traced value, in all and source by source, and lots fill their slots', () => {
    fc.assert(
      fc.property(seededGraphs, ({ graph, seeds }) => {
        const result = fifoPass(graph, seeds)
        checkLedger(graph, seeds, result.taint, result.overlap)
        for (let slot = 0; slot < graph.slotCount; slot++) {
          const lots = lotsOf(result, slot)
          const filled = sum(lots.map(([, amount]) => amount))
          expect(filled).toBe(lots.length > 0 ? graph.value[slot] : 0n)
          expect(sum(lots.filter(([source]) => source !== CLEAN).map(([, amount]) => amount))).toBe(result.taint[slot])
          lots.forEach(([source], at) => {
            if (at > 0) expect(source).not.toBe(lots[at - 1]?.[0])
          })
        }
      }),
      runs,
    )
  })

  it('grows its memory while it runs, when lots multiply', () => {
    const { graph, seeds } = manyLots(60_000)
    const result = fifoPass(graph, seeds)
    expect(result.lots.source.length).toBeGreaterThan(2_000_000)
    expect(result.taint.at(graph.txCount - 1)).toBe(60_000n)
    expect(lotsOf(result, graph.txCount - 1).length).toBe(120_000)
  })
})

it('tells an overlap of more than 2^64 base units', () => {
  const half = 2n ** 63n
  const slots = [0, 1, 2, 3, 4, 5]
  const graph: SlotGraph = {
    txCount: 3,
    slotCount: 6,
    value: new BigUint64Array(6).fill(half),
    outStart: Uint32Array.of(0, 1, 2, 3),
    inStart: Uint32Array.of(0, 1, 2, 3),
    inSlot: Uint32Array.of(3, 4, 5),
    hasFee: new Uint8Array(3),
  }
  const seeds = slots.map((slot) => ({ slot, source: 0, amount: half }))
  expect(haircutPass(graph, seeds).overlap).toBe(3n * half)
  expect(fifoPass(graph, seeds).overlap).toBe(3n * half)
})

it('passes over more transactions than one portion as over few, seeds of created slots among them', () => {
  const txCount = 40_000
  const graph: SlotGraph = {
    txCount,
    slotCount: txCount + 1,
    value: new BigUint64Array(txCount + 1).fill(100n),
    outStart: Uint32Array.from({ length: txCount + 1 }, (_, tx) => tx),
    inStart: Uint32Array.from({ length: txCount + 1 }, (_, tx) => tx),
    inSlot: Uint32Array.from({ length: txCount }, (_, tx) => (tx === 0 ? txCount : tx - 1)),
    hasFee: new Uint8Array(txCount),
  }
  const seeds = [5, 16_383, 16_384, 16_385, 33_000].map((slot, source) => ({ slot, source, amount: 30n }))
  expect(poisonPass(graph, seeds)).toEqual(poisonReference(graph, seeds))
  expect(haircutPass(graph, seeds)).toEqual(haircutReference(graph, seeds))
  expect(haircutPass(graph, seeds).overlap).toBe(50n)
  expect(fifoPass(graph, seeds)).toEqual(fifoReference(graph, seeds))
})

describe('a graph in memory', () => {
  it('gives the same outcome for the same seeds after other passes have run on it', () => {
    fc.assert(
      fc.property(seededGraphs, seededGraphs, ({ graph, seeds }, other) => {
        const loaded = loadSlotGraph(graph)
        const more = other.seeds.filter(
          ({ slot, amount }) => slot < graph.slotCount && amount <= (graph.value[slot] ?? 0n),
        )
        const others = arrangeSeeds(graph, [...new Map(more.map((seed) => [seed.slot, seed])).values()])
        const mine = arrangeSeeds(graph, seeds)
        loaded.fifo(others)
        loaded.poison(others)
        expect(loaded.haircut(mine).take()).toEqual(haircutReference(graph, seeds))
        loaded.haircut(others)
        expect(loaded.fifo(mine).take()).toEqual(fifoReference(graph, seeds))
        loaded.haircut(others)
        expect(loaded.poison(mine).take()).toEqual(poisonReference(graph, seeds))
      }),
      { numRuns: 100 },
    )
  })

  const broken: readonly [string, Partial<SlotGraph>, string][] = [
    ['an in-slot that does not exist', { inSlot: Uint32Array.of(5, 6, 7) }, 'transaction 1'],
    ['an in-slot that is created later', { inSlot: Uint32Array.of(5, 3, 0) }, 'transaction 0'],
    ['an in-slot that the transaction itself creates', { inSlot: Uint32Array.of(5, 6, 4) }, 'transaction 1'],
    ['a slot consumed twice', { inSlot: Uint32Array.of(5, 6, 6) }, 'transaction 1'],
    ['outputs worth more than inputs', { value: BigUint64Array.of(5n, 3n, 2n, 4n, 2n, 6n, 4n) }, 'transaction 1'],
    [
      'values that sum past 64 bits',
      { value: BigUint64Array.of(5n, 3n, 2n, 4n, 1n, 2n ** 64n - 1n, 11n) },
      'transaction 0',
    ],
    [
      'outputs whose sum wraps around to that of the inputs',
      { value: BigUint64Array.of(2n ** 63n, 2n ** 63n, 10n, 4n, 1n, 6n, 4n) },
      'transaction 0',
    ],
    ['out-slots that run backwards', { outStart: Uint32Array.of(0, 6, 5) }, 'transaction 0'],
    ['in-slots that run past their column', { inStart: Uint32Array.of(0, 9, 3) }, 'transaction 0'],
    ['a column that ends early', { inStart: Uint32Array.of(0, 2, 2) }, 'transaction 0'],
  ]

  it.each(broken)('is refused with %s, by kernel and reference alike', (_, change, place) => {
    const graph = { ...example, ...change }
    const refused = catchRefusal(() => loadSlotGraph(graph))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_GRAPH_MALFORMED', place } })
    expect(catchRefusal(() => checkSlotGraph(graph))).toEqual(refused)
  })

  it('is refused when its columns do not fit its counts', () => {
    const refused = catchRefusal(() => loadSlotGraph({ ...example, slotCount: 8 }))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_GRAPH_MALFORMED' } })
  })

  it('is refused, by its size alone, when it needs more than 4 GiB', () => {
    // Only the counts are large: the columns are looked at for their lengths, then the memory is asked for.
    const slotCount = 2 ** 29
    const value = { length: slotCount } as unknown as BigUint64Array
    const refused = catchRefusal(() => loadSlotGraph({ ...example, slotCount, value }))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_TOO_LARGE' } })
  })

  const wrongSeeds: readonly [string, Seed, string][] = [
    ['a slot that does not exist', { slot: 7, source: 0, amount: 1n }, 'KERNEL_SEED_UNKNOWN_SLOT'],
    ['more than the slot is worth', { slot: 5, source: 0, amount: 7n }, 'KERNEL_SEED_AMOUNT'],
    ['less than nothing', { slot: 5, source: 0, amount: -1n }, 'KERNEL_SEED_AMOUNT'],
    ['a source below nought', { slot: 5, source: -1, amount: 1n }, 'KERNEL_SEED_SOURCE'],
  ]

  it.each(wrongSeeds)('refuses to seed %s', (_, seed, code) => {
    expect(catchRefusal(() => fifoPass(example, [seed]))).toMatchObject({ ok: false, refusal: { code } })
  })
})

/** What was seeded rests in slots that nobody consumes, but for the overlap; no slot holds more than it is worth. */
function checkLedger(graph: SlotGraph, seeds: readonly Seed[], taint: BigUint64Array, overlap: bigint): void {
  const spent = new Set(graph.inSlot)
  let resting = 0n
  taint.forEach((amount, slot) => {
    expect(amount <= (graph.value[slot] ?? 0n)).toBe(true)
    if (!spent.has(slot)) resting += amount
  })
  expect(resting + overlap).toBe(sum(seeds.map(({ amount }) => amount)))
}

function lotsOf({ lots }: FifoResult, slot: number): [number, bigint][] {
  const held: [number, bigint][] = []
  for (let lot = lots.start[slot] ?? 0; lot < (lots.start[slot + 1] ?? 0); lot++) {
    held.push([lots.source[lot] ?? CLEAN, lots.amount[lot] ?? 0n])
  }
  return held
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n)
}

/** One transaction gathers half-seeded slots of two units; twenty more hand the whole line on, all lots in place. */
function manyLots(count: number): { graph: SlotGraph; seeds: Seed[] } {
  const txCount = 20
  const inStart = Uint32Array.from({ length: txCount + 1 }, (_, tx) => (tx === 0 ? 0 : count + tx - 1))
  const inSlot = Uint32Array.from({ length: count + txCount - 1 }, (_, at) => (at < count ? txCount + at : at - count))
  const graph: SlotGraph = {
    txCount,
    slotCount: txCount + count,
    value: BigUint64Array.from({ length: txCount + count }, (_, slot) => (slot < txCount ? 2n * BigInt(count) : 2n)),
    outStart: Uint32Array.from({ length: txCount + 1 }, (_, tx) => tx),
    inStart,
    inSlot,
    hasFee: new Uint8Array(txCount),
  }
  return { graph, seeds: Array.from({ length: count }, (_, at) => ({ slot: txCount + at, source: 0, amount: 1n })) }
}
