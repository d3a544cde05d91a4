import { describe, expect, test } from 'vitest'
import type { AccountStore, LogEntry } from '../chains/index.ts'
import { orStop } from '../kernel/index.ts'
import { type ContinuationSetting, continueTrace } from './continuation.ts'
import { crossingsOfPayments, openCrossings, shippedDecoders } from './crossing/index.ts'
import { digestOf, recordToText, type TraceRecord } from './record.ts'
import type { RuleId } from './rules/index.ts'
import { memoryAccounts, toMoves } from './testing/memory-accounts.ts'
import { type PlainTx, txidOf } from './testing/memory-ledger.ts'
import { accountBench } from './testing/try-account-trace.ts'
import { tryTrace } from './testing/try-trace.ts'
import { checkContinuationAgainstData, checkContinuationAlone } from './verify-continuation.ts'
import { checkAlone, parseRecord, requestOf } from './verify-record.ts'

const [THIEF, ROUTER, EXCHANGE] = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}`) as [string, string, string]
const swap: PlainTx = {
  ...{ id: 'swap', height: 2, ins: ['theft:0', ['clean:0', 1000, 'thief']], memo: `=:e:${THIEF}:0/1/0` },
  outs: [
    [1600, 'vault'],
    [390, 'change'],
  ],
}
const bitcoin: PlainTx[] = [
  { id: 'theft', height: 1, ins: [['x:0', 1000]], outs: [[1000, 'thief']] },
  swap,
  { id: 'churn', height: 3, ins: ['swap:0', ['y:0', 500, 'vault']], outs: [[2090, 'stranger']] },
  { id: 'refund', height: 4, ins: [['z:0', 50, 'vault']], outs: [[40, 'thief']], memo: `REFUND:${txidOf('swap')}` },
]
const later = 1_600_000_000 + 3 * 600
const moves = toMoves([
  { chain: 'eip155:1', asset: 'slip44:60', from: ROUTER, to: THIEF, amount: 5000, tx: 'out', height: 50, time: later },
  { chain: 'eip155:1', asset: 'slip44:60', from: THIEF, to: EXCHANGE, amount: 5000, height: 60, time: later + 99 },
])
const memo = `OUT:${txidOf('swap').toUpperCase()}`
const word = (value: string | number) =>
  (typeof value === 'string' ? value.slice(2) : value.toString(16)).padStart(64, '0')
const log: LogEntry = {
  ...{ txid: 'out', height: 50, logIndex: 7, address: ROUTER },
  topics: [
    shippedDecoders.list.find(({ id }) => id === 'thorchain-out')?.event.topic0 ?? '',
    `0x${word(ROUTER)}`,
    `0x${word(THIEF)}`,
  ],
  data: `0x${word(0)}${word(5000)}${word(96)}${word(memo.length)}${Buffer.from(memo).toString('hex').padEnd(192, '0')}`,
}
const store: AccountStore = {
  ...memoryAccounts(moves),
  logsOfTransactions: async (_, txids) => (txids.includes('out') ? [log] : []),
  logs: async (_, topics) => (topics.includes(log.topics[0] as string) ? [log] : []),
}
const setting = (rejected: readonly string[] = [], from: AccountStore = store): ContinuationSetting => ({
  crossingsOf: (payments) => crossingsOfPayments(from, payments, new Set(rejected)),
  benchOf: async (chain) => ({
    ...accountBench(moves, { rule: 'fifo', from: [], chain, services: { [EXCHANGE]: 'Exchange' } }),
    ...{ store: from, crossing: openCrossings(from) },
  }),
})
const onBitcoin = (rule: RuleId, from = ['theft:0@victim']) =>
  tryTrace(bitcoin, { rule, from, atBridges: true, services: { nowhere: 'none' } })
const whole = async (rule: RuleId, ...more: Parameters<typeof setting>) =>
  orStop(await continueTrace(await onBitcoin(rule), setting(...more)))
const wrong = (record: TraceRecord) =>
  [...checkAlone(record), ...checkContinuationAlone(record)].filter(({ verdict }) => verdict === 'fails')

describe('a payment whose memo asks a bridge to pay elsewhere', () => {
  test('holds traced value on the output that pays the vault, and says where it is to go', async () => {
    const { result, parameters } = await onBitcoin('haircut')
    const held = result.positions.find(({ code }) => code === 'bridge-payment')
    expect(held).toMatchObject({ txid: txidOf('swap'), vout: 0, traced: '800', status: 'data-ends' })
    expect(held?.reason).toContain(`asks for ETH.ETH to ${THIEF}`)
    expect(result.ledger).toMatchObject({ root: '1000', sum: '1000', balanced: true })
    expect(parameters.stopAtBridges).toBe(true)
    expect(result.bridgePayments).toMatchObject([
      {
        ...{ txid: txidOf('swap'), toChain: 'eip155:1', recipient: THIEF, amount: '1600' },
        refunds: [{ txid: txidOf('refund'), vout: 0, amount: '40' }],
      },
    ])
  })

  test('is followed on where that was not asked, and backwards', async () => {
    const { result } = await tryTrace(bitcoin, { rule: 'haircut', from: ['theft:0'] })
    expect(result.positions.map(({ address }) => address)).toContain('stranger')
    const back = await tryTrace(bitcoin, { rule: 'haircut', from: ['churn:0'], backward: true, atBridges: true })
    expect(JSON.stringify(back)).not.toContain('ridge')
  })

  test('under PIFO holds the vault as a whole', async () => {
    const { result } = await onBitcoin('pifo')
    expect(result.positions.map(({ address }) => address)).not.toContain('stranger')
    expect(result.positions.find(({ address }) => address === 'vault')).toMatchObject({ code: 'bridge-payment' })
  })

  test('changes nothing in the record of a ledger without one', async () => {
    const plain = bitcoin.map(({ memo: _, ...tx }) => tx)
    const trial = { rule: 'haircut', from: ['theft:0'] } as const
    const asked = await tryTrace(plain, { ...trial, atBridges: true })
    expect(recordToText(asked)).toBe(recordToText(await tryTrace(plain, trial)))
    expect(orStop(await continueTrace(asked, setting()))).toBe(asked)
  })
})

describe('where the payment out is here, the trace goes on there', () => {
  test.each([
    ['haircut', '800', '2500'],
    ['fifo', '1000', '3125'],
    ['poison', '1600', '5000'],
    ['pifo', '1000', '3125'],
  ] as const)('under %s, with its share of what was paid out, to an exchange', async (rule, traced, arrived) => {
    const record = await whole(rule)
    expect(record.continuation?.crossings).toMatchObject([
      {
        ...{ bridge: 'thorchain', tier: 'protocol', traced, arrives: { victim: arrived }, continued: true, halt: null },
        source: { txid: txidOf('swap'), place: '0', amount: '1600' },
        destination: { chain: 'eip155:1', txid: 'out', logIndex: 7, place: 'm0', amount: '5000' },
      },
    ])
    const [beyond] = record.continuation?.records ?? []
    expect(beyond?.result.ledgers).toMatchObject([{ root: arrived, service: arrived, sum: arrived, balanced: true }])
    expect(beyond?.result.positions).toMatchObject([
      { address: EXCHANGE, label: 'Exchange', bySeed: { victim: arrived } },
    ])
    expect(wrong(orStop(parseRecord(recordToText(record), 'test')))).toEqual([])
    expect((await checkContinuationAgainstData(record, setting())).map(({ verdict }) => verdict)).not.toContain('fails')
    expect(requestOf(record).stops.atBridges).toBe(true)
  })

  test('not over a rejected link: that is a stop with its candidate', async () => {
    const made = await whole('haircut')
    const id = made.continuation?.crossings[0]?.id as string
    const { continuation } = await whole('haircut', [id])
    expect(continuation).toMatchObject({ crossings: [], records: [], bridgeStops: [{ candidates: [{ txid: 'out' }] }] })
    const again = await checkContinuationAgainstData(made, setting([id]))
    expect(again.find(({ name }) => name.startsWith('the links'))).toMatchObject({ verdict: 'fails' })
  })

  test('not under a rule that chains of accounts do not have, nor where no move shows it', async () => {
    expect((await whole('tiho')).continuation).toMatchObject({
      records: [],
      crossings: [{ halt: expect.stringMatching(/tiho/) }],
    })
    const withoutMoves = { ...store, movesOfTransactions: async () => [] }
    const { continuation } = await whole('haircut', [], withoutMoves)
    expect(continuation).toMatchObject({ records: [], crossings: [{ halt: expect.stringMatching(/not show/) }] })
  })
})

test('whoever changes what crossed is found out by the file alone', async () => {
  const record = await whole('haircut')
  const forge = (change: (text: string) => string) => {
    const { digest: _, ...body } = JSON.parse(change(recordToText(record))) as TraceRecord
    return wrong({ ...body, digest: digestOf(body) }).map(({ name }) => name)
  }
  expect(forge((text) => text)).toEqual([])
  const sum = 'what crossed is what arrived'
  expect(forge((text) => text.replace('"arrives":{"victim":"2500"}', '"arrives":{"victim":"2400"}'))).toEqual([sum])
  expect(forge((text) => text.replace(/"traced":"800"(?=,"transferId")/, '"traced":"700"'))).toEqual([sum])
  expect(forge((text) => text.replace('"crossings":[{', '"crossings":[],"was":[{'))).toContain(sum)
  expect(forge((text) => text.replace(/("records":\[.*)"root":"2500"/, '$1"root":"2600"')).length).toBeGreaterThan(0)
})
