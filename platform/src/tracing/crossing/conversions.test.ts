import { describe, expect, it } from 'vitest'
import type { LogEntry, Move, MoveKind } from '../../chains/index.ts'
import { conversionsIn } from './conversions.ts'
import { shippedDecoders } from './decoders.ts'

const CHAIN = 'eip155:1'
const TX = `0x${'1'.repeat(64)}`
const at = (digit: string) => `0x${digit.repeat(40)}`
const [USER, ROUTER, POOL1, POOL2, OTHER] = ['a', 'b', 'c', 'd', 'e'].map(at) as [
  string,
  string,
  string,
  string,
  string,
]
const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
const ETH = `${CHAIN}/slip44:60`
const token = (address: string) => `${CHAIN}/erc20:${address}`
const [USDC, DAI] = [token(at('1')), token(at('2'))]

let order = 0
function move(kind: MoveKind, asset: string, from: string | null, to: string | null, amount: number): Move {
  order += 1
  return {
    txid: TX,
    height: 1,
    time: 1,
    txIndex: 0,
    order,
    place: `${kind}:${order}`,
    kind,
    asset,
    from,
    to,
    amount: BigInt(amount),
  }
}
const words = (...values: (number | string)[]) =>
  `0x${values.map((value) => (typeof value === 'string' ? value.slice(2) : BigInt.asUintN(256, BigInt(value)).toString(16)).padStart(64, '0')).join('')}`
const topic = (id: string) => shippedDecoders.list.find((one) => one.id === id)?.event.topic0 ?? ''
let logIndex = 0
function log(id: string, address: string, topics: readonly string[], data: string): LogEntry {
  logIndex += 1
  return { txid: TX, height: 1, logIndex, address, topics: [topic(id), ...topics], data }
}
const v2 = (pool: string, given: number, taken: number) =>
  log('uniswap-v2', pool, [words(ROUTER), words(USER)], words(given, 0, 0, taken))
const convert = (moves: Move[], logs: LogEntry[] = [], from = USER) =>
  conversionsIn(shippedDecoders, { chain: CHAIN, tx: { txid: TX, from, to: ROUTER }, moves, logs })
const shown = (list: ReturnType<typeof convert>) =>
  list.map(({ kind, tier, decoder, given, received }) => ({
    kind,
    tier,
    decoder,
    given: given.map(({ holder, asset, amount }) => [holder, asset, Number(amount)]),
    received: received.map(({ holder, asset, amount }) => [holder, asset, Number(amount)]),
  }))

describe('conversions', () => {
  it('a route over two pools is one conversion of the holder, not of the pools', () => {
    const moves = [
      move('fee', ETH, USER, at('9'), 7),
      move('token', USDC, USER, POOL1, 100),
      move('token', token(WETH), POOL1, POOL2, 50),
      move('token', DAI, POOL2, USER, 99),
    ]
    const found = convert(moves, [v2(POOL1, 100, 50), v2(POOL2, 50, 99)])
    expect(shown(found)).toEqual([
      {
        kind: 'swap',
        tier: 'protocol',
        decoder: 'uniswap-v2@1',
        given: [[USER, USDC, 100]],
        received: [[USER, DAI, 99]],
      },
    ])
    expect(found[0]?.logs).toHaveLength(2)
    expect(found[0]?.given[0]?.move).toEqual({ txid: TX, place: moves[1]?.place })
    expect(found[0]?.id).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a swap that begins with a coin goes through its wrapping', () => {
    const moves = [
      move('value', ETH, USER, ROUTER, 50),
      move('call', ETH, ROUTER, WETH, 50),
      move('wrap', token(WETH), null, ROUTER, 50),
      move('token', token(WETH), ROUTER, POOL1, 50),
      move('token', USDC, POOL1, USER, 98),
    ]
    const logs = [log('wrapped-native-deposit', WETH, [words(ROUTER)], words(50)), v2(POOL1, 50, 98)]
    expect(shown(convert(moves, logs))).toEqual([
      {
        kind: 'swap',
        tier: 'protocol',
        decoder: 'uniswap-v2@1',
        given: [[USER, ETH, 50]],
        received: [[USER, USDC, 98]],
      },
    ])
  })

  it('wrapping is a conversion of its own', () => {
    const moves = [move('value', ETH, USER, WETH, 50), move('wrap', token(WETH), null, USER, 50)]
    const logs = [log('wrapped-native-deposit', WETH, [words(USER)], words(50))]
    expect(shown(convert(moves, logs))).toEqual([
      {
        kind: 'wrap',
        tier: 'protocol',
        decoder: 'wrapped-native-deposit@1',
        given: [[USER, ETH, 50]],
        received: [[USER, token(WETH), 50]],
      },
    ])
  })

  it('what came back is taken off, and a part that went elsewhere lowers the tier', () => {
    const moves = [
      move('token', USDC, USER, POOL1, 100),
      move('token', USDC, POOL1, USER, 10),
      move('token', DAI, POOL1, ROUTER, 89),
      move('token', DAI, ROUTER, OTHER, 4),
      move('token', DAI, ROUTER, USER, 85),
    ]
    expect(shown(convert(moves, [v2(POOL1, 90, 89)]))).toEqual([
      { kind: 'swap', tier: 'fields', decoder: 'uniswap-v2@1', given: [[USER, USDC, 90]], received: [[USER, DAI, 85]] },
    ])
  })

  it('parts that were filled side by side are added up', () => {
    const moves = [
      move('token', USDC, USER, POOL1, 60),
      move('token', USDC, USER, POOL2, 40),
      move('token', DAI, POOL1, USER, 59),
      move('token', DAI, POOL2, USER, 39),
    ]
    const [found] = convert(moves, [v2(POOL1, 60, 59), v2(POOL2, 40, 39)])
    expect(found).toMatchObject({ tier: 'protocol' })
    expect(found?.given.map(({ amount }) => amount)).toEqual([60n, 40n])
  })

  it('proceeds that go to one other are a conversion with two holders', () => {
    const moves = [move('token', USDC, USER, POOL1, 100), move('token', DAI, POOL1, OTHER, 99)]
    expect(shown(convert(moves, [v2(POOL1, 100, 99)]))).toEqual([
      {
        kind: 'swap',
        tier: 'protocol',
        decoder: 'uniswap-v2@1',
        given: [[USER, USDC, 100]],
        received: [[OTHER, DAI, 99]],
      },
    ])
  })

  it('without a known protocol, the change of balances of the sender is all that is said', () => {
    const moves = [move('token', USDC, USER, POOL1, 100), move('token', DAI, POOL1, USER, 99)]
    expect(shown(convert(moves))).toEqual([
      {
        kind: 'swap',
        tier: 'balance-change',
        decoder: 'balance-change@1',
        given: [[USER, USDC, 100]],
        received: [[USER, DAI, 99]],
      },
    ])
    expect(convert(moves, [], OTHER)).toEqual([])
    const share = token(at('3'))
    expect(shown(convert([move('token', USDC, USER, POOL1, 100), move('token', share, null, USER, 5)]))[0]?.kind).toBe(
      'deposit',
    )
    expect(shown(convert([move('token', share, USER, null, 5), move('token', USDC, POOL1, USER, 100)]))[0]?.kind).toBe(
      'withdraw',
    )
  })

  it.each([
    ['a payment', [move('token', USDC, USER, OTHER, 100)]],
    ['a payment and its fee', [move('value', ETH, USER, OTHER, 100), move('fee', ETH, USER, at('9'), 1)]],
    ['a gift', [move('token', USDC, OTHER, USER, 100)]],
    ['coins that come back', [move('value', ETH, USER, ROUTER, 5), move('call', ETH, ROUTER, USER, 5)]],
  ])('%s is none', (_name, moves) => {
    expect(convert(moves)).toEqual([])
  })
})
