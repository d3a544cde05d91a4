import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerBlock } from '../ledger.ts'
import { activeHashes, workOf } from './active-chain.ts'

function block(hash: string, height: number, prevHash: string | null, more: Partial<LedgerBlock> = {}): LedgerBlock {
  return {
    height,
    hash,
    prevHash,
    time: null,
    merkleRoot: null,
    bits: 0x1d00ffff,
    headerVerified: true,
    completeness: 'merkle',
    ...more,
  }
}

describe('workOf', () => {
  it.each([
    // Difficulty 1: the chainwork that Bitcoin Core reports for the genesis block.
    [0x1d00ffff, 0x100010001n],
    // The easiest target of regtest: the chainwork of its genesis block is 2.
    [0x207fffff, 2n],
    // Negative and zero targets are no targets (Bitcoin Core, arith_uint256::SetCompact).
    [0x1d80ffff, null],
    [0x1d000000, null],
    [0x01003456, null],
    [null, null],
  ])('of %s is %s', (bits, work) => {
    expect(workOf(bits)).toBe(work)
  })
})

describe('activeHashes', () => {
  it.each<[string, LedgerBlock[], string[]]>([
    ['a chain without rivals is active', [block('a', 0, null), block('b', 1, 'a')], ['a', 'b']],
    [
      'more work wins over more blocks',
      [block('a', 0, null), block('b1', 1, 'a'), block('b2', 2, 'b1'), block('c1', 1, 'a', { bits: 0x1c00ffff })],
      ['a', 'c1'],
    ],
    [
      'rivals compete below a parent that is not here',
      [block('b', 5, 'p'), block('c', 5, 'p', { bits: 0x1c7fff80 })],
      ['c'],
    ],
    [
      'work counts only where every header is known',
      [
        block('b1', 1, 'a'),
        block('b2', 2, 'b1', { bits: null }),
        block('c1', 1, 'a', { bits: 0x1c00ffff, completeness: 'declared' }),
      ],
      ['b1', 'b2'],
    ],
    [
      'a stretch that collides is cut from the height that is taken',
      [
        block('x', 2, null),
        block('b1', 1, 'a', { completeness: 'partial' }),
        block('b2', 2, 'b1', { completeness: 'partial' }),
        block('b3', 3, 'b2', { completeness: 'partial' }),
      ],
      ['b1', 'x'],
    ],
  ])('%s', (_, blocks, expected) => {
    expect([...activeHashes(blocks)].sort()).toEqual(expected)
  })

  const anyBlocks = fc
    .uniqueArray(
      fc.record({
        height: fc.nat(4),
        name: fc.constantFrom('a', 'b', 'c'),
        prev: fc.constantFrom('a', 'b', 'c', null),
        bits: fc.constantFrom(0x1d00ffff, 0x1c7fff80, null),
        completeness: fc.constantFrom('merkle' as const, 'declared' as const, 'partial' as const),
      }),
      {
        selector: ({ height, name }) => `${name}${height}`,
      },
    )
    .map((list) =>
      list.map(({ height, name, prev, bits, completeness }) =>
        block(`${name}${height}`, height, prev === null ? null : `${prev}${height - 1}`, { bits, completeness }),
      ),
    )

  it('leaves at most one block active at a height, and none whose known parent is not', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const active = activeHashes(blocks)
        const chosen = blocks.filter(({ hash }) => active.has(hash ?? ''))
        expect(new Set(chosen.map(({ height }) => height)).size).toBe(chosen.length)
        for (const { prevHash } of chosen) {
          if (blocks.some(({ hash }) => hash === prevHash)) expect(active.has(prevHash ?? '')).toBe(true)
        }
      }),
    )
  })

  it('does not depend on the order in which blocks are given', () => {
    fc.assert(
      fc.property(
        anyBlocks.chain((blocks) =>
          fc.tuple(fc.constant(blocks), fc.shuffledSubarray(blocks, { minLength: blocks.length })),
        ),
        ([blocks, shuffled]) => {
          expect([...activeHashes(shuffled)].sort()).toEqual([...activeHashes(blocks)].sort())
        },
      ),
    )
  })
})
