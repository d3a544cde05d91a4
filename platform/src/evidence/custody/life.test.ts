import { describe, expect, test } from 'vitest'
import { custodyActs, custodyStates, exhibitKinds, needsWitness, stateAfter, transitions } from './life.ts'

/** What can happen, written out by hand a second time, so that a changed line of the table is noticed. */
const possible: readonly (readonly [from: string, act: string, to: string])[] = [
  ['held', 'seal', 'sealed'],
  ['held', 'examine', 'held'],
  ['held', 'copy', 'held'],
  ['held', 'release', 'released'],
  ['held', 'return', 'returned'],
  ['held', 'dispose', 'disposed'],
  ['sealed', 'unseal', 'held'],
  ['sealed', 'release', 'released-sealed'],
  ['sealed', 'return', 'returned'],
  ['sealed', 'dispose', 'disposed'],
  ['released', 'receive', 'held'],
  ['released', 'withdraw', 'held'],
  ['released-sealed', 'receive', 'sealed'],
  ['released-sealed', 'withdraw', 'sealed'],
]

describe('the life of an exhibit', () => {
  test.each(exhibitKinds)('a %s knows these acts and no other, in every state', (kind) => {
    const more =
      kind === 'device'
        ? [['none', 'seize-device', 'sealed'] as const]
        : kind === 'key-control'
          ? [
              ['none', 'acquire', 'held'] as const,
              ['held', 'control-key', 'held'] as const,
              ['held', 'move-coins', 'held'] as const,
            ]
          : [['none', 'acquire', 'held'] as const]
    const expected = [...possible, ...more].map((line) => line.join(' ')).sort()
    const found = custodyStates.flatMap((from) =>
      custodyActs.flatMap((act) => {
        const to = stateAfter(kind, from, act)
        return to === null ? [] : [`${from} ${act} ${to}`]
      }),
    )
    expect(found.sort()).toEqual(expected)
  })

  test('while a release is open, it is received or withdrawn, and nothing else', () => {
    for (const from of ['released', 'released-sealed'] as const)
      expect(transitions.filter((line) => line.from === from).map(({ act }) => act)).toEqual(['receive', 'withdraw'])
  })

  test('nothing follows the end of custody', () => {
    expect(transitions.filter(({ from }) => from === 'returned' || from === 'disposed')).toEqual([])
  })

  test('acts on keys need a second person, a hand-over has one', () => {
    expect(custodyActs.filter((act) => !needsWitness('key-control', act))).toEqual(['release', 'receive', 'withdraw'])
    expect(custodyActs.filter((act) => needsWitness('device', act))).toEqual([])
  })
})
