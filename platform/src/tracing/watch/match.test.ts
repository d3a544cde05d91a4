/** The matcher and the step along a chain, as properties. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Move } from '../../chains/index.ts'
import {
  type Alarm,
  alarmId,
  type HeldOutput,
  matchBlock,
  type Notice,
  noticesOf,
  stayOfMoves,
  type Until,
  usualStay,
  type Watched,
} from './index.ts'
import type { Movement, WatchedBlock } from './watched-block.ts'

const CHAIN = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328'
const ASSET = `${CHAIN}/slip44:1`

function watching(byAddress: Record<string, string[]>, byOutput: HeldOutput[] = [], until: Until = null): Watched {
  return {
    untilOf: () => until,
    ofAddress: (address) => byAddress[address] ?? [],
    ofOutput: (output) => byOutput.filter((one) => one.output === output),
  }
}

const move = (more: Partial<Movement>): Movement => ({
  txid: 'aa',
  place: 'out:0',
  direction: 'in',
  address: 'alice',
  output: 'aa:0',
  asset: ASSET,
  amount: 5n,
  ...more,
})
const block = (movements: readonly Movement[], more: Partial<WatchedBlock> = {}): WatchedBlock => ({
  chain: CHAIN,
  height: 7,
  hash: 'h7',
  prevHash: 'h6',
  time: 1_000,
  movements,
  ...more,
})

describe('a block', () => {
  test('that spends what it made to a watched address raises both, whether or not the source says whose it was', () => {
    const spend = move({ txid: 'bb', place: 'in:0', direction: 'out', address: null, amount: null })
    const { alarms, held } = matchBlock(block([move({}), spend]), watching({ alice: ['w'] }))
    expect(alarms.map(({ place, amount, address }) => [place, amount, address])).toEqual([
      ['out:0', 5n, 'alice'],
      ['in:0', 5n, 'alice'],
    ])
    expect(held).toEqual([{ watch: 'w', output: 'aa:0', address: 'alice', amount: 5n }])
  })

  test('names each movement once for each watch, by address and by output alike', () => {
    const known = { watch: 'w', output: 'zz:1', address: 'alice', amount: 9n }
    const spend = move({ place: 'in:0', direction: 'out', output: 'zz:1' })
    const { alarms } = matchBlock(block([spend, spend]), watching({ alice: ['w', 'v'] }, [known]))
    expect(alarms.map(({ watch }) => watch)).toEqual(['w', 'v'])
  })

  test.each<[string, Until, boolean]>([
    ['at its last height', { height: 7 }, true],
    ['after its last height', { height: 6 }, false],
    ['at its last second', { time: 1_000 }, true],
    ['after its last second', { time: 999 }, false],
  ])('%s of a watch', (_, until, raises) => {
    expect(matchBlock(block([move({})]), watching({ alice: ['w'] }, [], until)).alarms.length > 0).toBe(raises)
  })

  test('gives an alarm the same id in any block, and no two movements one id', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'in:1', 'out:1', '')
    fc.assert(
      fc.property(fc.array(fc.tuple(names, names, names, names), { maxLength: 40 }), (tuples) => {
        const keys = new Set(tuples.map((tuple) => JSON.stringify(tuple)))
        expect(new Set(tuples.map((tuple) => alarmId(...tuple))).size).toBe(keys.size)
      }),
    )
  })
})

describe('steps along a chain', () => {
  const alarmOf = (name: number, hash: string, height: number): Alarm => ({
    id: `alarm ${name}`,
    chain: CHAIN,
    watch: 'w',
    txid: String(name),
    place: 'out:0',
    direction: 'in',
    address: null,
    output: null,
    asset: ASSET,
    amount: 1n,
    block: { height, hash, time: null },
  })

  /** A chain as the names of what moves in each block; a reorganisation keeps so many and puts others in their place. */
  const branch = fc.array(fc.array(fc.nat(12), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  const steps = fc.array(fc.record({ keep: fc.nat(8), blocks: branch }), { maxLength: 12 })

  test('leave standing what the last chain holds, and never tell of one alarm twice', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let chain: { hash: string; names: number[] }[] = []
        const standing = new Map<string, Alarm>()
        const notices: Notice[] = []
        for (const [n, { keep, blocks }] of all.entries()) {
          const kept = chain.slice(0, keep)
          // What is mined once is not mined again in the same chain.
          const used = new Set(kept.flatMap(({ names }) => names))
          const added = blocks.map((names, at) => ({
            hash: `${n} ${at}`,
            names: names.filter((name) => !used.has(name) && used.add(name)),
          }))
          const rolledBack = [...standing.values()].filter(({ block: { height } }) => height >= kept.length)
          const found = added.flatMap(({ hash, names }, at) =>
            names.map((name) => alarmOf(name, hash, kept.length + at)),
          )
          chain = [...kept, ...added]
          for (const notice of noticesOf(rolledBack, found, (id) => {
            const alarm = standing.get(id)
            return alarm ? { alarm, stands: true } : null
          })) {
            expect(standing.has(notice.alarm.id)).toBe(notice.kind !== 'raised')
            if (notice.kind === 'withdrawn') standing.delete(notice.alarm.id)
            else standing.set(notice.alarm.id, notice.alarm)
            notices.push(notice)
          }
        }
        const truth = chain.flatMap(({ hash, names }) => names.map((name) => `alarm ${name} in ${hash}`)).sort()
        expect([...standing.values()].map(({ id, block: { hash } }) => `${id} in ${hash}`).sort()).toEqual(truth)
      }),
    )
  })
})

test('the usual stay counts what lies there as longer than what has left, and is not known of a few', () => {
  expect(usualStay([10, 20, 30, 40, 50], 0)).toEqual({ median: 30, left: 5, there: 0 })
  expect(usualStay([10, 20, 30, 40, 50], 4)).toEqual({ median: 50, left: 5, there: 4 })
  expect(usualStay([10, 20, 30, 40, 50], 6)).toEqual({ median: null, left: 5, there: 6 })
  expect(usualStay([10, 20, 30, 40], 0)).toEqual({ median: null, left: 4, there: 0 })
})

test('what came to an account first leaves it first, after what lay there before', () => {
  const move = (from: string, to: string, amount: bigint, time: number, kind: Move['kind'] = 'value'): Move => ({
    ...{ txid: String(time), height: time, time, txIndex: 0, order: 0, place: 'value', kind, asset: ASSET },
    ...{ from, to, amount },
  })
  const moves = [
    move('a', 'x', 10n, 100),
    move('x', 'b', 5n, 150),
    move('a', 'x', 10n, 200),
    // The rest of the opening, the first ten and half of the second.
    move('x', 'b', 18n, 300),
    move('x', 'x', 9n, 310),
    move('x', 'm', 7n, 400, 'fee'),
    move('a', 'x', 1n, 500),
  ]
  expect(stayOfMoves(moves, 'x', 8n)).toEqual({ median: null, left: 1, there: 1 })
  const many = [0, 10, 20, 30, 40].flatMap((at) => [move('a', 'x', 1n, at), move('x', 'b', 1n, at + 5)])
  expect(stayOfMoves(many, 'x', 0n)).toEqual({ median: 5, left: 5, there: 0 })
})
