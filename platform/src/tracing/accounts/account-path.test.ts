import { expect, test } from 'vitest'
import type { BridgeSide, Conversion, CrossingPort } from '../crossing.ts'
import { memoryAccounts, type PlainMove, toMoves } from '../testing/memory-accounts.ts'
import { findAccountPaths } from './account-path.ts'

const all = { maxHops: 10, maxTransactions: 100, maxPaths: 5 }
const side = (chain: string, txid: string, place: string, recipient: string, asset: string): BridgeSide => ({
  ...{ chain, txid, place, recipient, asset: `${chain}/${asset}`, amount: 9n, sender: null, logIndex: 0 },
  ...{ height: 5, time: 5 },
})
const swap: Conversion = {
  ...{ id: 'swap', chain: 'test', txid: 'swap', kind: 'swap', decoder: 'x@1', tier: 'protocol', logs: [1] },
  given: [{ move: { txid: 'swap', place: 'm1' }, holder: 'a', asset: 'test/eth', amount: 9n }],
  received: [{ move: { txid: 'swap', place: 'm2' }, holder: 'a', asset: 'test/usd', amount: 9n }],
}
const port: CrossingPort = {
  conversionsIn: async (_, txids) => (txids.includes('swap') ? [swap] : []),
  crossingsFrom: async (_, txids) =>
    txids.includes('send')
      ? [
          {
            ...{ id: 'link', bridge: 'hop', transferId: null, tier: 'fields', evidence: {}, candidates: [] },
            source: side('test', 'send', 'm3', 'a', 'usd'),
            destination: side('far', 'relay', 'm4', 'a', 'usd'),
          },
        ]
      : [],
  bridgeStops: async () => [],
  mixerStops: async () => [],
}
const moves: readonly PlainMove[] = [
  { from: 'thief', to: 'a', amount: 9, height: 1 },
  { from: 'a', to: 'pool', amount: 9, tx: 'swap', height: 2 },
  { from: 'pool', to: 'a', amount: 9, asset: 'usd', tx: 'swap', height: 2 },
  { from: 'a', to: 'bridge', amount: 9, asset: 'usd', tx: 'send', height: 3 },
  { from: null, to: 'a', amount: 9, asset: 'usd', tx: 'relay', height: 5, chain: 'far' },
  { from: 'a', to: 'exchange', amount: 9, asset: 'usd', height: 6, chain: 'far' },
  { from: 'pool', to: 'stranger', amount: 9, height: 7 },
  { from: 'early', to: 'exchange', amount: 1, height: 1 },
  { from: 'thief', to: 'early', amount: 1, height: 8 },
]
const find = (goal: string, budget = all) =>
  findAccountPaths(
    { store: memoryAccounts(toMoves(moves)), crossing: port, topOf: async () => 100 },
    { chain: 'test', address: 'thief' },
    goal,
    budget,
  )

test('a path goes through a conversion and over a bridge, and never back in time', async () => {
  const { paths, hops } = await find('exchange')
  // What `early` paid it had before anything came from the thief.
  expect(hops).toBe(4)
  expect(paths.map((path) => path.map(({ kind, to }) => `${kind} ${to.chain} ${to.address}`))).toEqual([
    ['payment test a', 'conversion test a', 'crossing far a', 'payment far exchange'],
  ])
})

test('a path does not go through a pool, and says why it was not found', async () => {
  expect(await find('stranger')).toMatchObject({ found: false, ended: 'exhausted', paths: [] })
  expect(await find('exchange', { ...all, maxHops: 2 })).toMatchObject({ found: false, ended: 'max-hops' })
  expect(await find('exchange', { ...all, maxTransactions: 1 })).toMatchObject({ ended: 'max-transactions' })
})
