import { expect, it, test } from 'vitest'
import { toLedger, txidOf } from '../testing/memory-ledger.ts'
import { type BridgeEvent, normalTransferId } from './bridge-event.ts'
import { linkPayments, type PlacedPayment } from './memo-links.ts'
import { type MemoPayment, memoOf, memoPaymentOf, refundsPayment } from './memos.ts'

const TO = `0x${'aB'.repeat(20)}`
const pay = (memo: string, vault = 'vault') =>
  toLedger([{ id: 'pay', height: 1, ins: [['x:0', 100, 'thief']], outs: [[90, vault], 9], memo }])[0] as never
const to = TO.toLowerCase()

test.each([
  [`=:ETH.ETH:${TO}:0/1/0:t:30`, { asset: 'ETH.ETH', toChain: 'eip155:1', recipient: to, refundTo: 'thief' }],
  [`SWAP:e:${TO}`, { asset: 'ETH.ETH', toChain: 'eip155:1', recipient: to }],
  [`s:BSC.USDT-955:${TO}/bc1back`, { asset: 'BSC.USDT-955', toChain: 'eip155:56', refundTo: 'bc1back' }],
  ['=:r:thor1abc', { asset: 'THOR.RUNE', toChain: null, recipient: 'thor1abc' }],
  ['=:ETH/ETH:thor1abc', { asset: 'ETH/ETH', toChain: null }],
  ['=:f::1', { asset: 'BASE.ETH', toChain: 'eip155:8453', recipient: null }],
])('the memo %s says where a payment into a bridge is to go', (memo, expected) => {
  expect(memoPaymentOf(pay(memo))).toMatchObject({
    ...{ bridge: 'thorchain', decoder: 'thorchain-swap@1', vout: 0, vault: 'vault', amount: 90n, memo },
    ...expected,
  })
})

test.each(['hello', `=:${TO}:ETH.ETH`, '=:', '+:ETH.ETH:x', `OUT:${'ab'.repeat(32)}`, '=:two words:x'])(
  'the memo %s is none of a payment into a bridge',
  (memo) => expect(memoPaymentOf(pay(memo))).toBeNull(),
)

it('what goes back to its own sender is no payment into a bridge, whatever its memo says', () => {
  expect(memoPaymentOf(pay(`=:e:${TO}`, 'thief'))).toBeNull()
})

test.each([
  ['6a0474747474', 'tttt'],
  ['6a4c0474747474', 'tttt'],
  ['6a4d040074747474', 'tttt'],
  ['6a', null],
  ['6a05747474', null],
  ['6a047474747400', null],
  ['6a0174ff', null],
  ['6a0107', null],
  ['6a4c', null],
  ['76a904747474', null],
])('the script %s holds the text %s', (script, text) => expect(memoOf(script)).toBe(text))

it('a refund names the payment that it returns', () => {
  const payment = { bridge: 'thorchain', txid: txidOf('pay') }
  expect(refundsPayment(pay(`REFUND:${txidOf('pay').toUpperCase()}`), payment)).toBe(true)
  expect(refundsPayment(pay(`REFUND:${txidOf('other')}`), payment)).toBe(false)
  expect(refundsPayment(pay(`OUT:${txidOf('pay')}`), payment)).toBe(false)
})

const placed = (memo: string): PlacedPayment => ({
  ...{ payment: memoPaymentOf(pay(memo)) as MemoPayment, chain: 'bip122:x', paid: 'bip122:x/slip44:0' },
  ...{ height: 1, time: 1000 },
})
const out = (more: Partial<BridgeEvent> = {}): BridgeEvent => ({
  ...{
    side: 'destination',
    bridge: 'thorchain',
    transferId: normalTransferId(txidOf('pay')),
    chain: 'eip155:1',
    txid: 'out',
  },
  ...{ logIndex: 4, time: 1600, token: `0x${'0'.repeat(40)}`, amount: 7n, sender: null, recipient: to },
  ...{ otherChain: null, row: null, ...more },
})
const swap = placed(`=:e:${TO}`)

it('a payment out that names a payment is linked to it, with what agrees', () => {
  const other = out({ recipient: `0x${'9'.repeat(40)}`, txid: 'affiliate' })
  const { links, unlinked } = linkPayments(
    [swap],
    [other, out(), out({ transferId: normalTransferId(txidOf('other')) })],
  )
  expect(unlinked).toEqual([])
  expect(links).toMatchObject([{ destination: out(), candidates: [other], evidence: { recipient: `equal: ${to}` } }])
})

test.each([
  ['nothing names it', swap, [], /no payment in the imported data/],
  ['another recipient', swap, [out({ recipient: `0x${'9'.repeat(40)}` })], /recipients differ/],
  ['another chain', swap, [out({ chain: 'eip155:56' })], /asks for eip155:1, paid was on eip155:56/],
  ['another bridge', swap, [out({ bridge: 'nomad' })], /bridges differ/],
  ['another token', placed(`=:ETH.USDC-EB48:${TO}`), [out()], /tokens differ/],
  ['before it', swap, [out({ time: 10 })], /before the payment/],
  ['two that fit', swap, [out(), out({ logIndex: 5 })], /not decided: 2/],
  ['a claim that stays with the bridge', placed('=:ETH/ETH:thor1abc'), [], /on no chain that is read here/],
])('no link is made: %s', (_, payment, events, why) => {
  const { links, unlinked } = linkPayments([payment], events)
  expect(links).toEqual([])
  expect(unlinked).toMatchObject([{ reason: expect.stringMatching(why), candidates: events }])
})

it('a rejected link is not made again, and stays a candidate', () => {
  const [link] = linkPayments([swap], [out()]).links
  const { links, unlinked } = linkPayments([swap], [out()], new Set([link?.id ?? '']))
  expect(links).toEqual([])
  expect(unlinked).toMatchObject([{ reason: expect.stringMatching(/was rejected/), candidates: [out()] }])
})
