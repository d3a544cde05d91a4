import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bookInParts } from './account-book.ts'
import { type AddressPassResult, addressPass } from './address-pass.ts'
import { bookInColumns } from './book-in-columns.ts'
import type { TraceGraph } from './graph.ts'
import { seededGraphs } from './kernels/test-graphs.ts'
import type { Movement, SlotRef } from './movement.ts'
import type { Hold } from './pass.ts'
import { EXACT_LIMIT } from './rules/exact-table.ts'
import type { Seed, SlotGraph } from './slot-graph.ts'
import { openUnspentOutputs } from './unspent-outputs.ts'

const hold: Hold = { status: 'not-followed', code: 'test', reason: 'test' }

it('the book in columns says what the book in parts says, with seeds that meet, holds and any amounts', () => {
  let inColumns = 0
  let inParts = 0
  let withHolds = 0
  let withOverlap = 0
  const owners = fc.array(fc.option(fc.nat({ max: 6 })), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(
      seededGraphs,
      owners,
      fc.integer({ min: 2, max: 12 }),
      ({ graph: columns, seeds }, ownerBySlot, held) => {
        const graph = graphOf(columns, (slot) => ownerBySlot[slot % ownerBySlot.length] ?? null)
        if (countsInColumns(columns, seeds)) inColumns++
        else inParts++
        const holds = (slot: number, amount: bigint, hops: number) =>
          (BigInt(slot + hops) + amount) % BigInt(held) === 0n ? hold : null
        const quick = addressPass(graph, seeds, (slot) => slot, holds)
        const plain = addressPass(graph, seeds, (slot) => slot, holds, bookInParts)
        expect(plainly(columns, quick)).toEqual(plainly(columns, plain))
        if (quick.holdBySlot.size > 0) withHolds++
        if (quick.overlapBySource.size > 0) withOverlap++
        const shown = [...quick.partsBySlot.keys()].reduce((sum, slot) => sum + quick.partsBySlot.held(slot), 0n)
        const overlap = [...quick.overlapBySource.values()].reduce((sum, amount) => sum + amount, 0n)
        expect(shown + overlap).toBe(seeds.reduce((sum, { amount }) => sum + amount, 0n))
      },
    ),
    { numRuns: 1000 },
  )
  for (const count of [inColumns, inParts, withHolds, withOverlap]) expect(count).toBeGreaterThan(50)
})

it.each([
  ['one transaction just below the limit', BigInt(EXACT_LIMIT) - 1n, 0n, true],
  ['one transaction at the limit', BigInt(EXACT_LIMIT), 0n, false],
  ['all seeds just below the limit', 2n ** 51n, 2n ** 51n - 1n, true],
  ['all seeds at the limit', 2n ** 51n, 2n ** 51n, false],
])('%s', (_, moved, seededElsewhere, isCounted) => {
  const columns: SlotGraph = {
    txCount: 1,
    slotCount: 3,
    value: BigUint64Array.of(moved, moved, seededElsewhere),
    outStart: Uint32Array.of(0, 1),
    inStart: Uint32Array.of(0, 1),
    inSlot: Uint32Array.of(1),
    hasFee: Uint8Array.of(0),
  }
  const seeds = [
    { slot: 1, source: 0, amount: moved },
    { slot: 2, source: 1, amount: seededElsewhere },
  ]
  expect(countsInColumns(columns, seeds)).toBe(isCounted)
})

function countsInColumns(columns: SlotGraph, seeds: readonly Seed[]): boolean {
  const accountBySlot = Int32Array.from({ length: columns.slotCount }, (_, slot) => slot)
  const unspent = openUnspentOutputs(accountBySlot, columns.slotCount)
  return bookInColumns(columns, columns.slotCount, unspent, seeds) !== null
}

function graphOf(columns: SlotGraph, owner: (slot: number) => number | null): TraceGraph {
  const { txCount, slotCount, outStart, value } = columns
  const creator = new Int32Array(slotCount).fill(-1)
  for (let tx = 0; tx < txCount; tx++) creator.fill(tx, outStart[tx], outStart[tx + 1])
  const slots = Array.from({ length: slotCount }, (_, slot): SlotRef => {
    const number = owner(slot)
    return { key: `slot:${slot}`, value: value[slot] as bigint, address: number === null ? null : `owner ${number}` }
  })
  const movements = Array.from({ length: txCount }, (_, tx): Movement => {
    const block = { height: 100 + tx, hash: null, time: null }
    return { txid: `tx ${tx}`, block, index: null, ins: [], outs: [], hasFee: false, coinbase: false }
  })
  return { columns, creator, consumer: creator, movements, slots, slotOf: () => undefined }
}

function plainly(
  { slotCount }: SlotGraph,
  { partsBySlot, consumed, hopsByTx, reached, flow, ...rest }: AddressPassResult,
) {
  const slots = Array.from({ length: slotCount }, (_, slot) => ({
    parts: partsBySlot.get(slot),
    has: partsBySlot.has(slot),
    held: partsBySlot.held(slot),
    consumed: consumed.has(slot),
  }))
  return {
    slots,
    keys: [...partsBySlot.keys()],
    hops: [...hopsByTx.entries()],
    reached: [...reached()],
    flow: flow(),
    ...rest,
  }
}
