/** Assets that are not like coins: tokens one by one, and tokens that change balances by themselves. */
import { expect, test } from 'vitest'
import { shippedAccountPacks } from '../../chains/index.ts'
import type { Conversion, CrossingPort } from '../crossing.ts'
import { tokenInWords } from '../report/index.ts'
import { toMoves } from '../testing/memory-accounts.ts'
import { inWords, tryAccountTrace } from '../testing/try-account-trace.ts'

const ART = `erc721:0x${'a'.repeat(40)}/17`
const SHARES = `erc1155:0x${'b'.repeat(40)}/3`

test('a single token goes where it goes, whatever else of its kind is about; sold, its price goes on', async () => {
  const moves = toMoves([
    { from: 'thief', to: 'a', amount: 1, asset: ART },
    { from: 'x', to: 'a', amount: 1, asset: `erc721:0x${'a'.repeat(40)}/18` },
    { from: 'a', to: 'buyer', amount: 1, asset: ART, tx: 'sale', height: 5 },
    { from: 'buyer', to: 'a', amount: 40, tx: 'sale', height: 5 },
    { from: 'a', to: 'b', amount: 40, height: 6 },
  ])
  const leg = (place: string, asset: string, amount: bigint) => ({
    ...{ move: { txid: 'sale', place }, holder: 'a', asset: `test/${asset}`, amount },
  })
  const sale: Conversion = {
    ...{ id: 'sale', chain: 'test', txid: 'sale', kind: 'swap', decoder: 'balance-change@1', tier: 'balance-change' },
    ...{ given: [leg('m2', ART, 1n)], received: [leg('m3', 'eth', 40n)], logs: [] },
  }
  const crossing: CrossingPort = {
    conversionsIn: async (_, txids) => (txids.includes('sale') ? [sale] : []),
    crossingsFrom: async () => [],
    bridgeStops: async () => [],
    mixerStops: async () => [],
  }
  for (const rule of ['fifo', 'haircut'] as const) {
    const record = await tryAccountTrace(moves, { rule, from: ['thief'], crossing })
    expect(inWords(record)).toEqual([`converted a 1 ${ART}`, 'unspent b 40'])
    expect(record.result.ledgers.map(({ asset, sum }) => [asset, sum])).toEqual([
      [`test/${ART}`, '1'],
      ['test/eth', '40'],
    ])
  }
})

test('of tokens of several kinds each kind is an asset: units of one are followed as coins are', async () => {
  const moves = toMoves([
    { from: 'x', to: 'a', amount: 5, asset: SHARES },
    { from: 'thief', to: 'a', amount: 5, asset: SHARES },
    { from: 'a', to: 'b', amount: 4, asset: SHARES },
  ])
  const trace = async (rule: 'fifo' | 'haircut') => inWords(await tryAccountTrace(moves, { rule, from: ['thief'] }))
  expect(await trace('fifo')).toEqual([`unspent a 5 ${SHARES}`])
  expect(await trace('haircut')).toEqual([`unspent a 3 ${SHARES}`, `unspent b 2 ${SHARES}`])
  expect(tokenInWords(`test/${SHARES}`, '4')).toBe(`4 of token 3 of 0x${'b'.repeat(40)} (ERC-1155)`)
  expect(tokenInWords(`test/${ART}`, 1n)).toBe(`token 17 of 0x${'a'.repeat(40)} (ERC-721)`)
  expect(tokenInWords('test/slip44:60', 1n)).toBeNull()
})

test('of a token that changes balances without transfers it is said so; what it takes away is written off', async () => {
  const pack = shippedAccountPacks.find(({ rebasing }) => rebasing.length > 0)
  const [token] = pack?.rebasing ?? []
  const chain = pack?.caip2 ?? ''
  const asset = `erc20:${token?.address}`
  const moves = toMoves([
    { chain, asset, from: 'thief', to: 'a', amount: 100 },
    { chain, asset, from: 'a', to: null, amount: 10, kind: 'rebase' },
    { chain, asset, from: 'a', to: 'b', amount: 90 },
  ])
  const record = await tryAccountTrace(moves, { rule: 'fifo', from: ['thief'], chain })
  expect(inWords(record)).toEqual([`unspent b 90 ${asset}`, `written-off nobody 10 ${asset}`])
  expect(record.evidence.grade).toBe('stated')
  expect(record.evidence.reasons.join()).toContain(`${token?.symbol} changes balances without any transfer`)
  const plain = await tryAccountTrace(toMoves([{ chain, from: 'thief', to: 'a', amount: 1 }]), {
    rule: 'fifo',
    from: ['thief'],
    chain,
  })
  expect(plain.evidence.reasons.join()).not.toContain('rebasing')
})
