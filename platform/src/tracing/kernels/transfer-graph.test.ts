import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchRefusal } from '../../kernel/index.ts'
import {
  buildCsr,
  buildCsrReference,
  components,
  componentsReference,
  expand,
  reach,
  reachReference,
  type Transfers,
} from './index.ts'

/** Node counts on both sides of one run of the radix, with hubs. */
const transferGraphs: fc.Arbitrary<Transfers> = fc
  .tuple(fc.constantFrom(1, 2, 7, 60, 4096, 4097, 9000), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 400 }))
  .map(([nodeCount, pairs]) => ({
    nodeCount,
    source: Uint32Array.from(pairs, ([from]) => (from % 3 === 0 ? 0 : from % nodeCount)),
    destination: Uint32Array.from(pairs, ([, to]) => to % nodeCount),
  }))

const small: Transfers = {
  nodeCount: 6,
  source: Uint32Array.of(2, 0, 2, 4, 0),
  destination: Uint32Array.of(1, 2, 0, 5, 1),
}

describe('adjacency', () => {
  it('lists the transfers of each source in order of time', () => {
    expect(buildCsr(small)).toEqual({
      offset: Uint32Array.of(0, 2, 2, 4, 4, 5, 5),
      target: Uint32Array.of(2, 1, 1, 0, 5),
      transfer: Uint32Array.of(1, 4, 0, 2, 3),
    })
  })

  it('is what its reference builds', () => {
    fc.assert(
      fc.property(transferGraphs, (graph) => {
        expect(buildCsr(graph)).toEqual(buildCsrReference(graph))
      }),
    )
  })

  it('expands a frontier to the transfers out of its nodes', () => {
    expect(expand(buildCsr(small), Uint32Array.of(2, 4))).toEqual({
      target: Uint32Array.of(1, 0, 5),
      transfer: Uint32Array.of(0, 2, 3),
    })
  })

  it('refuses a node that does not exist', () => {
    const refused = catchRefusal(() => buildCsr({ ...small, nodeCount: 5 }))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_NODE_UNKNOWN' } })
  })

  it('refuses sources without destinations', () => {
    const refused = catchRefusal(() => buildCsr({ ...small, destination: Uint32Array.of(1) }))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_TRANSFERS_MALFORMED' } })
  })
})

describe('reach', () => {
  it('finds every node downstream, nearest first', () => {
    expect(reach(buildCsr(small), [2, 2])).toEqual(Uint32Array.of(2, 1, 0))
  })

  it('finds what its reference finds, in the same order', () => {
    fc.assert(
      fc.property(transferGraphs, fc.array(fc.nat(), { maxLength: 5 }), (graph, picks) => {
        const csr = buildCsr(graph)
        const starts = picks.map((pick) => pick % graph.nodeCount)
        expect(reach(csr, starts)).toEqual(reachReference(csr, starts))
      }),
    )
  })

  it('refuses a start that does not exist', () => {
    const refused = catchRefusal(() => reach(buildCsr(small), [6]))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'KERNEL_NODE_UNKNOWN' } })
  })

  const malformed: readonly [string, readonly number[], readonly number[], string][] = [
    ['offsets that run backwards', [0, 2, 1], [0], 'KERNEL_TRANSFERS_MALFORMED'],
    ['offsets that end early', [0, 1, 1], [0, 1], 'KERNEL_TRANSFERS_MALFORMED'],
    ['a target that does not exist', [0, 1, 1], [2], 'KERNEL_NODE_UNKNOWN'],
  ]

  it.each(malformed)('refuses an adjacency with %s', (_, offset, target, code) => {
    const csr = {
      offset: Uint32Array.from(offset),
      target: Uint32Array.from(target),
      transfer: new Uint32Array(target.length),
    }
    expect(catchRefusal(() => reach(csr, [0]))).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('components', () => {
  it('names each component by its smallest node', () => {
    expect(components(small)).toMatchObject({ component: Uint32Array.of(0, 0, 0, 3, 4, 4), count: 3 })
  })

  it('says which transfers joined them: of several, the earliest', () => {
    expect(components(small).forest).toEqual(Uint32Array.of(0, 1, 3))
    fc.assert(
      fc.property(transferGraphs, (graph) => {
        const { component, count, forest } = components(graph)
        const [source, destination] = [graph.source, graph.destination].map((column) =>
          Uint32Array.from(forest, (at) => column[at] ?? 0),
        ) as [Uint32Array, Uint32Array]
        expect(components({ ...graph, source, destination })).toMatchObject({ component, count })
        expect(forest.length).toBe(graph.nodeCount - count)
      }),
    )
  })

  it('finds what its reference finds', () => {
    fc.assert(
      fc.property(transferGraphs, (graph) => {
        expect(components(graph)).toEqual(componentsReference(graph))
      }),
    )
  })

  it('does not depend on the order of the transfers', () => {
    fc.assert(
      fc.property(transferGraphs, (graph) => {
        const turned = { ...graph, source: graph.destination.toReversed(), destination: graph.source.toReversed() }
        const { component, count } = components(graph)
        expect(components(turned)).toMatchObject({ component, count })
      }),
    )
  })
})
