/** Sources that contradict, repeat and complete one another in a world of a few transactions and blocks. */
import fc from 'fast-check'
import type { LedgerBlock, LedgerInput, LedgerTx } from '../../src/chains/index.ts'
import { EASY, HARD, id, type SceneSource, type Universe } from './scenes.ts'

export const LITTLE_WORLD: Universe = {
  txs: ['t0', 't1', 't2', 't3'],
  heights: [0, 1, 2, 3],
  blocks: ['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3'],
  addresses: ['ann', 'bob'],
}

const txName = fc.constantFrom(...LITTLE_WORLD.txs)
const height = fc.constantFrom(...LITTLE_WORLD.heights)
const branch = fc.constantFrom('a', 'b')
const address = fc.constantFrom(...LITTLE_WORLD.addresses, null)
const value = fc.constantFrom(1n, 2n)
const script = fc.constantFrom('00', '01', null, null)

const blockArbitrary: fc.Arbitrary<LedgerBlock> = fc
  .record({
    height,
    branch: fc.option(branch),
    prev: fc.option(branch),
    time: fc.constantFrom(1_300_000_000, 1_300_000_600, null),
    bits: fc.constantFrom(EASY, HARD, null),
    headerVerified: fc.boolean(),
    completeness: fc.constantFrom('merkle' as const, 'declared' as const, 'partial' as const),
    // Now and then a source claims a hash for another height.
    shift: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
  })
  .map(({ branch: name, prev, shift, ...rest }) => ({
    ...rest,
    height: Math.min(3, rest.height + shift),
    hash: name === null ? null : id(`${name}${rest.height}`),
    prevHash: prev === null ? null : id(`${prev}${rest.height - 1}`),
    merkleRoot: null,
  }))

const inputArbitrary: fc.Arbitrary<LedgerInput> = fc.record({
  prev: fc.record({ txid: txName.map(id), vout: fc.constantFrom(0, 1) }),
  prevout: fc.option(fc.record({ value, script, address })),
  sequence: fc.constantFrom(0, 1, null),
})

const txArbitrary: fc.Arbitrary<LedgerTx> = fc
  .record({
    name: txName,
    height,
    branch: fc.option(branch, { freq: 3 }),
    index: fc.constantFrom(0, 1, null),
    version: fc.constantFrom(1, 2, null, null),
    locktime: fc.constantFrom(0, null),
    coinbase: fc.constantFrom(false, false, false, true),
    inputs: fc.array(inputArbitrary, { minLength: 1, maxLength: 2 }),
    outputs: fc.array(
      fc.record({ value, script, type: fc.constantFrom('p2pkh' as const, 'unknown' as const), address }),
      { minLength: 1, maxLength: 2 },
    ),
    proof: fc.constantFrom(
      'txid' as const,
      'stated' as const,
      'stated' as const,
      'mismatch' as const,
      'doubles' as const,
    ),
  })
  .map(({ name, height: at, branch: on, inputs, ...rest }) => ({
    ...rest,
    txid: id(name),
    block: { height: at, hash: on === null ? null : id(`${on}${at}`), time: null },
    inputs: rest.coinbase ? [{ prev: null, prevout: null, sequence: null }] : inputs,
  }))

const arbitrarySources: fc.Arbitrary<SceneSource[]> = fc
  .array(
    fc.record({
      blocks: fc.array(blockArbitrary, { maxLength: 4 }),
      transactions: fc.array(txArbitrary, { maxLength: 5 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((sources) => sources.map((source, at) => ({ name: `source ${at}`, ...source })))

/** The same sources, imported `times` times: each time in an order of its own, each source in batches of its own size. */
export function arbitraryImports(times: number): fc.Arbitrary<{ source: SceneSource; size: number }[][]> {
  return arbitrarySources.chain((sources) => {
    const inSomeOrder = fc.shuffledSubarray(sources, { minLength: sources.length })
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: sources.length, maxLength: sources.length })
    const imported = fc
      .tuple(inSomeOrder, sizes)
      .map(([order, bySource]) => order.map((source, at) => ({ source, size: bySource[at] ?? 1 })))
    return fc.array(imported, { minLength: times, maxLength: times })
  })
}
