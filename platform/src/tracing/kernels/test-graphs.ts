/** Random slot graphs that keep every promise of the type, for the tests of the kernels. */
import fc from 'fast-check'
import type { Seed, SlotGraph } from '../slot-graph.ts'

export type Seeded = { readonly graph: SlotGraph; readonly seeds: readonly Seed[] }

/** How large values get: small ones make ties and remainders, the others stand at the edges of the arithmetic. */
const magnitudes = [4n, 100n, 2n ** 32n, 2n ** 47n, 2n ** 50n, 2n ** 53n, 2n ** 53n, 2n ** 62n, 2n ** 63n]

export const seededGraphs: fc.Arbitrary<Seeded> = fc
  .record({
    choices: fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 })),
    txCount: fc.nat({ max: 40 }),
    magnitude: fc.constantFrom(...magnitudes),
    seedCount: fc.integer({ min: 0, max: 8 }),
    sources: fc.integer({ min: 1, max: 4 }),
    wide: fc.boolean(),
  })
  .map(({ choices, txCount, magnitude, seedCount, sources, wide }) => {
    const draw = (below: number): number => choices.next().value % below
    const drawAmount = (most: bigint): bigint => {
      const large = (BigInt(draw(2 ** 31)) << 33n) | (BigInt(draw(2 ** 31)) << 2n) | BigInt(draw(4))
      return draw(8) === 0 ? most : large % (most + 1n)
    }
    const graph = drawGraph(txCount, magnitude, wide ? 40 : 4, draw, drawAmount)
    const seeds: Seed[] = []
    const seeded = new Set<number>()
    for (let count = 0; count < seedCount && graph.slotCount > 0; count++) {
      const slot = draw(graph.slotCount)
      if (seeded.has(slot)) continue
      seeded.add(slot)
      const value = graph.value[slot] ?? 0n
      const amount = draw(2) === 0 ? value : drawAmount(value)
      const source = draw(sources)
      // Two lots in one slot, sometimes of one source, given out of order with the other slots.
      const first = draw(3) === 0 ? drawAmount(amount) : amount
      seeds.push({ slot, source, amount: first })
      if (amount > first) seeds.push({ slot, source: draw(sources), amount: amount - first })
    }
    return { graph, seeds }
  })

function drawGraph(
  txCount: number,
  magnitude: bigint,
  width: number,
  draw: (below: number) => number,
  drawAmount: (most: bigint) => bigint,
): SlotGraph {
  type Drawn = { readonly ins: Ref[]; readonly outs: bigint[] }
  // Outside slots get their numbers when the count of created ones is known.
  type Ref = { readonly outside: boolean; readonly index: number }
  const outside: bigint[] = []
  const created: bigint[] = []
  const unspent: { ref: Ref; value: bigint }[] = []
  const txs: Drawn[] = []
  for (let tx = 0; tx < txCount; tx++) {
    const ins: Ref[] = []
    let sum = 0n
    for (let count = draw(4) === 0 ? draw(width) : 1 + draw(2); count > 0; count--) {
      if (draw(3) === 0 || unspent.length === 0) {
        const value = drawAmount(magnitude)
        outside.push(value)
        unspent.push({ ref: { outside: true, index: outside.length - 1 }, value })
      }
      const at = draw(unspent.length)
      const taken = unspent[at]
      if (!taken || sum + taken.value >= 2n ** 64n) continue
      unspent.splice(at, 1)
      ins.push(taken.ref)
      sum += taken.value
    }
    const outs: bigint[] = []
    for (let count = draw(3) === 0 ? draw(width) : 1 + draw(2); count > 0; count--) {
      const value = draw(4) === 0 ? sum / BigInt(count + 1) : drawAmount(sum)
      outs.push(value)
      sum -= value
    }
    outs.push(sum)
    for (const value of outs) {
      unspent.push({ ref: { outside: false, index: created.length }, value })
      created.push(value)
    }
    txs.push({ ins, outs })
  }
  for (let extra = draw(3); extra > 0; extra--) outside.push(drawAmount(magnitude))
  const outStart = [0]
  const inStart = [0]
  for (const { ins, outs } of txs) {
    outStart.push((outStart.at(-1) ?? 0) + outs.length)
    inStart.push((inStart.at(-1) ?? 0) + ins.length)
  }
  return {
    txCount,
    slotCount: created.length + outside.length,
    value: BigUint64Array.from([...created, ...outside]),
    outStart: Uint32Array.from(outStart),
    inStart: Uint32Array.from(inStart),
    inSlot: Uint32Array.from(
      txs.flatMap(({ ins }) => ins.map((ref) => (ref.outside ? created.length + ref.index : ref.index))),
    ),
    hasFee: new Uint8Array(txCount).fill(1),
  }
}
