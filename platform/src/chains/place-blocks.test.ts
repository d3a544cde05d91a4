import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockToPlace, placeBlocks } from './place-blocks.ts'

const chain = (from: number, to: number, stated: (height: number) => number | null = () => null): BlockToPlace[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({
    hash: `b${from + n}`,
    prevHash: `b${from + n - 1}`,
    statedHeight: stated(from + n),
  }))
const byHash = (blocks: readonly BlockToPlace[]) => new Map(blocks.map((block) => [block.hash, block]))
const heights = (blocks: readonly BlockToPlace[], parents: readonly (readonly [string, number])[] = []) =>
  Object.fromEntries(placeBlocks(byHash(blocks), 'b0', new Map(parents)).heights)
const expected = (from: number, to: number) =>
  Object.fromEntries(chain(from, to).map(({ hash }) => [hash, Number(hash.slice(1))]))

describe('heights of raw blocks', () => {
  test.each<[string, BlockToPlace[], [string, number][], Record<string, number>]>([
    ['are counted from the genesis block', chain(0, 5), [], expected(0, 5)],
    ['are counted from the genesis block where it is not among them', chain(1, 5), [], expected(1, 5)],
    ['are counted from a parent that is known', chain(10, 15), [['b9', 9]], expected(10, 15)],
    [
      'are counted in both directions from a block that states its own',
      chain(10, 15, (height) => (height === 13 ? 13 : null)),
      [],
      expected(10, 15),
    ],
    ['are unknown where nothing is known', chain(10, 15), [], {}],
    ['are unknown across a gap', [...chain(0, 3), ...chain(5, 7)], [], expected(0, 3)],
  ])('%s', (_, blocks, parents, result) => {
    expect(heights(blocks, parents)).toEqual(result)
  })

  test('do not depend on the order of the blocks', () => {
    const blocks = [
      ...chain(0, 6),
      ...chain(20, 26, (height) => (height === 24 ? 24 : null)),
      { hash: 'side', prevHash: 'b3', statedHeight: null },
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(blocks, { minLength: blocks.length }), (order) => {
        expect(heights(order)).toEqual({ ...expected(0, 6), ...expected(20, 26), side: 4 })
      }),
    )
  })

  test('that a block states against the chain are contradictions', () => {
    const blocks = chain(0, 5, (height) => (height === 4 ? 7 : null))
    const { contradictions } = placeBlocks(byHash(blocks), 'b0', new Map())
    expect([...contradictions]).toEqual([['b4', { stated: 7, counted: 4 }]])
  })

  test('are counted through a chain too long for recursion', () => {
    expect(Object.keys(heights(chain(0, 50_000))).length).toBe(50_001)
  })
})
