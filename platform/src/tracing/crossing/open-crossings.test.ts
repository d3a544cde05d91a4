import { expect, it } from 'vitest'
import type { AccountStore, LogEntry, Move, MoveKind } from '../../chains/index.ts'
import { memoryAccounts } from '../testing/memory-accounts.ts'
import { shippedDecoders } from './decoders.ts'
import { openCrossings } from './open-crossings.ts'

const at = (digit: string) => `0x${digit.repeat(40)}`
const [THIEF, BRIDGE, RELAYER, POOL] = [at('a'), at('b'), at('c'), '0xa160cdab225685da1d56aa342ad8841c3b53f291']
const USDC1 = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
const USDC10 = '0x7f5c764cbc14f9669b88837ca1490cca17c31607'
const topic = (id: string) => shippedDecoders.list.find((one) => one.id === id)?.event.topic0 ?? ''
const words = (...values: (number | string)[]) =>
  `0x${values.map((value) => (typeof value === 'string' ? value.slice(2) : value.toString(16)).padStart(64, '0')).join('')}`

const move = (
  chain: string,
  txid: string,
  height: number,
  kind: MoveKind,
  asset: string,
  from: string,
  to: string,
  amount: number,
): Move => ({
  txid,
  height,
  time: 1_700_000_000 + height,
  txIndex: 0,
  order: 1,
  place: `${kind}:1`,
  kind,
  asset: `${chain}/${asset}`,
  from,
  to,
  amount: BigInt(amount),
})

const moves = [
  move('eip155:1', '0x01', 10, 'token', `erc20:${USDC1}`, THIEF, BRIDGE, 1000),
  move('eip155:10', '0x02', 70, 'token', `erc20:${USDC10}`, RELAYER, THIEF, 998),
  move('eip155:1', '0x03', 80, 'value', 'slip44:60', THIEF, POOL, 100),
  move('eip155:1', '0x04', 90, 'call', 'slip44:60', POOL, RELAYER, 100),
]
type Kept = LogEntry & { readonly chain: string }
const logs: readonly Kept[] = [
  {
    chain: 'eip155:1',
    txid: '0x01',
    height: 10,
    logIndex: 3,
    address: BRIDGE,
    topics: [topic('across-v3-deposit'), words(10), words(77), words(THIEF)],
    data: words(USDC1, USDC10, 1000, 998, 1, 2, 0, THIEF, 0, 320, 0),
  },
  {
    chain: 'eip155:10',
    txid: '0x02',
    height: 70,
    logIndex: 4,
    address: BRIDGE,
    topics: [topic('across-v3-fill'), words(1), words(77), words(RELAYER)],
    data: words(USDC1, USDC10, 1000, 998, 10, 2, 0, 0, THIEF, THIEF, 384, 416, 0, THIEF, 128, 998, 0, 0),
  },
  {
    chain: 'eip155:1',
    txid: '0x03',
    height: 80,
    logIndex: 0,
    address: POOL,
    topics: [topic('tornado-deposit'), words(5)],
    data: words(0, 1),
  },
  {
    chain: 'eip155:1',
    txid: '0x04',
    height: 90,
    logIndex: 0,
    address: POOL,
    topics: [topic('tornado-withdrawal'), words(0)],
    data: words(RELAYER, 9, 0),
  },
]
const store: AccountStore = {
  ...memoryAccounts(moves),
  logsOfTransactions: async (chain, txids) => logs.filter((log) => log.chain === chain && txids.includes(log.txid)),
  logs: async (chain, topics) => logs.filter((log) => log.chain === chain && topics.includes(log.topics[0] ?? '')),
}

it('a trace learns where its value came out, by which moves, and what proves it', async () => {
  const [crossing, ...others] = await openCrossings(store).crossingsFrom('eip155:1', ['0x01'])
  expect(others).toEqual([])
  expect(crossing).toMatchObject({
    bridge: 'across',
    transferId: '1/77',
    tier: 'protocol',
    source: { txid: '0x01', logIndex: 3, place: 'token:1', asset: `eip155:1/erc20:${USDC1}`, amount: 1000n },
    destination: { chain: 'eip155:10', txid: '0x02', place: 'token:1', recipient: THIEF, amount: 998n },
    evidence: { token: 'equal', chains: 'stated by both: eip155:1 to eip155:10' },
    candidates: [],
  })
  expect(await openCrossings(store).crossingsFrom('eip155:1', ['0x03'])).toEqual([])
  expect(await openCrossings(store, new Set([crossing?.id ?? ''])).crossingsFrom('eip155:1', ['0x01'])).toEqual([])
})

it('the four questions that a trace asks of one list of transactions read its logs once', async () => {
  let asked = 0
  const counting = {
    ...store,
    logsOfTransactions: (chain: string, txids: readonly string[]) => {
      if (txids === list) asked++
      return store.logsOfTransactions(chain, txids)
    },
  }
  const list = ['0x01', '0x03']
  const { conversionsIn, crossingsFrom, bridgeStops, mixerStops } = openCrossings(counting)
  const [, crossings, stops, mixers] = await Promise.all(
    [conversionsIn, crossingsFrom, bridgeStops, mixerStops].map((ask) => ask('eip155:1', list)),
  )
  expect([crossings?.length, stops?.length, mixers?.length, asked]).toEqual([1, 0, 1, 1])
})

it('a deposit into a mixer is a stop with candidates', async () => {
  const [stop] = await openCrossings(store).mixerStops('eip155:1', ['0x03'])
  expect(stop).toMatchObject({ pool: POOL, deposit: { txid: '0x03', place: 'value:1' } })
  expect(stop?.candidates).toMatchObject([{ txid: '0x04', recipient: RELAYER }])
  expect(await openCrossings(store).mixerStops('eip155:1', ['0x01'])).toEqual([])
})

it('what is no conversion stays a payment', async () => {
  expect(await openCrossings(store).conversionsIn('eip155:1', ['0x01', '0x03'])).toEqual([])
})
