import { describe, expect, it } from 'vitest'
import { buildGraph } from './graph.ts'
import type { Movement, SlotRef } from './movement.ts'

describe('which slot a key is', () => {
  const graph = buildGraph(
    [paying('b', ['a:0', 'out:0'], ['b:0', 'b:1']), paying('a', ['in:0'], ['a:0', 'a:1'])],
    [],
    'forward',
  )
  const keys = graph.slots.map(({ key }) => key)

  it('created slots come first, by transaction, then those from outside in the order in which they are spent', () => {
    expect(graph.movements.map(({ txid }) => txid)).toEqual(['a', 'b'])
    expect(keys).toEqual(['a:0', 'a:1', 'b:0', 'b:1', 'in:0', 'out:0'])
    expect([...graph.columns.inSlot]).toEqual([4, 0, 5])
    expect([...graph.creator]).toEqual([0, 0, 1, 1, -1, -1])
    expect([...graph.consumer]).toEqual([1, -1, -1, -1, 0, 1])
  })

  it('seeds stand last where nothing here creates or spends them, and are found wherever they stand', () => {
    const seeds = ['b:1', 'in:0', 'far:0', 'far:0'].map(slot)
    const seeded = buildGraph(graph.movements, seeds, 'forward')
    expect(seeded.slots.map(({ key }) => key)).toEqual([...keys, 'far:0'])
    expect(seeds.map(({ key }) => seeded.slotOf(key))).toEqual([3, 4, 6, 6])
    expect(seeded.slotOf('nowhere:0')).toBeUndefined()
  })

  it('an output that defective data spend twice is one slot, from here or from outside', () => {
    const twice = buildGraph(
      [paying('a', ['in:0'], ['a:0']), paying('b', ['a:0', 'in:0'], ['b:0']), paying('c', ['a:0'], ['c:0'])],
      [],
      'forward',
    )
    expect(twice.slots.map(({ key }) => key)).toEqual(['a:0', 'b:0', 'c:0', 'in:0'])
    expect([...twice.columns.inSlot]).toEqual([3, 0, 3, 0])
  })
})

function slot(key: string): SlotRef {
  return { key, value: 1n, address: null }
}

/** All in one block without positions, so that only what spends what gives their order. */
function paying(txid: string, ins: readonly string[], outs: readonly string[]): Movement {
  const block = { height: 1, hash: null, time: null }
  return { txid, block, index: null, ins: ins.map(slot), outs: outs.map(slot), hasFee: false, coinbase: false }
}
