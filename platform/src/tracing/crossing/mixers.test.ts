import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../chains/index.ts'
import { shippedDecoders } from './decoders.ts'
import { candidatesOf, type MixerDeposit, type MixerWithdrawal, measureMixer, readMixerLogs } from './mixers.ts'

const POOL = '0xa160cdab225685da1d56aa342ad8841c3b53f291'
const at = (digit: string) => `0x${digit.repeat(40)}`
const deposit = (height: number, depositor: string | null): MixerDeposit => ({
  pool: POOL,
  decoder: 'tornado-deposit@1',
  txid: `0xd${height}`,
  logIndex: 0,
  height,
  time: height * 100,
  depositor,
})
const withdrawal = (height: number, recipient: string, more: Partial<MixerWithdrawal> = {}): MixerWithdrawal => ({
  pool: POOL,
  txid: `0xw${height}`,
  logIndex: 0,
  height,
  time: height * 100,
  recipient,
  relayer: at('9'),
  fee: 5n,
  ...more,
})

describe('mixers', () => {
  it('reads deposits and withdrawals of the pools that are listed, and says of others that they only write the same', () => {
    const topic = (id: string) => shippedDecoders.list.find((one) => one.id === id)?.event.topic0 ?? ''
    const word = (text: string) => text.replace('0x', '').padStart(64, '0')
    const logs: LogEntry[] = [
      {
        txid: '0x1',
        height: 1,
        logIndex: 0,
        address: POOL,
        topics: [topic('tornado-deposit'), `0x${word('77')}`],
        data: `0x${word('3')}${word('64')}`,
      },
      {
        txid: '0x2',
        height: 2,
        logIndex: 0,
        address: POOL,
        topics: [topic('tornado-withdrawal'), `0x${word('0')}`],
        data: `0x${word(at('b'))}${word('5')}${word('0')}`,
      },
      {
        txid: '0x3',
        height: 3,
        logIndex: 0,
        address: at('1'),
        topics: [topic('tornado-deposit'), `0x${word('77')}`],
        data: `0x${word('3')}${word('64')}`,
      },
    ]
    const read = readMixerLogs(
      shippedDecoders,
      'eip155:1',
      logs,
      (height) => height * 100,
      () => at('a'),
    )
    expect(read.deposits).toEqual([
      { pool: POOL, decoder: 'tornado-deposit@1', txid: '0x1', logIndex: 0, height: 1, time: 100, depositor: at('a') },
      { ...deposit(3, at('a')), pool: at('1'), decoder: 'tornado-form-deposit@1', txid: '0x3' },
    ])
    expect(read.withdrawals).toMatchObject([{ recipient: at('b'), relayer: null, fee: 0n }])
  })

  it('offers later withdrawals of the same pool, hints first, and calls none of them proof', () => {
    const deposits = [deposit(1, at('a')), deposit(2, at('b')), deposit(3, at('a'))]
    const withdrawals = [
      withdrawal(4, at('c')),
      withdrawal(5, at('b')),
      withdrawal(6, at('c')),
      withdrawal(7, at('e')),
      withdrawal(8, at('f'), { pool: at('7') }),
      withdrawal(30_000, at('c')),
    ]
    const first = candidatesOf(deposits[0] as MixerDeposit, deposits, withdrawals)
    expect(first.map(({ txid }) => txid)).toEqual(['0xw4', '0xw6', '0xw5', '0xw7'])
    expect(first[0]?.why).toBe(
      'the recipient got as many withdrawals as the depositor made deposits (2); its turn, if the pool paid first in, first out; not proof',
    )
    expect(first[3]?.why).toBe('same pool, later: one of 4 within the window; not proof')
    expect(candidatesOf(deposits[1] as MixerDeposit, deposits, withdrawals)[0]).toMatchObject({
      txid: '0xw5',
      why: 'the recipient is the depositor; its turn, if the pool paid first in, first out; not proof',
    })
    expect(first.every(({ why }) => why.endsWith('not proof'))).toBe(true)
  })

  it('measures among how many deposits a withdrawal hid', () => {
    const deposits = [1, 2, 3, 10].map((height) => ({ height }))
    const withdrawals = [withdrawal(4, at('c')), withdrawal(5, at('c'), { fee: 0n }), withdrawal(11, at('e'))]
    expect(measureMixer(deposits, withdrawals)).toEqual({
      deposits: 4,
      withdrawals: 3,
      recipients: 2,
      recipientsOfSeveral: 1,
      withdrawalsToThose: 2,
      withoutFee: 1,
      unspentLeast: 2,
      unspentMedian: 2,
    })
  })
})
