/**
 * Value that enters a mixer stops there. What is offered beside the stop are withdrawals that could be it: of the same pool,
 * later, within a window. Hints are named and none is proof; with none, every deposit before a withdrawal is as likely as any
 * other, and the number of those is said.
 */
import type { LogEntry, Move } from '../../chains/index.ts'
import type { MixerStop } from '../crossing.ts'
import type { DecodedLog, Decoders } from './decoders.ts'

/** Withdrawals are offered up to so long after the deposit. */
export const MIXER_WINDOW_SECONDS = 30 * 86_400
/** So many without a hint are listed; the reason of each says how many there are. */
export const MOST_WITHOUT_HINT = 20

export type MixerDeposit = {
  readonly pool: string
  readonly decoder: string
  readonly txid: string
  readonly logIndex: number
  readonly height: number
  readonly time: number | null
  readonly depositor: string | null
}

export type MixerWithdrawal = {
  readonly pool: string
  readonly txid: string
  readonly logIndex: number
  readonly height: number
  readonly time: number | null
  readonly recipient: string
  readonly relayer: string | null
  readonly fee: bigint
}

const NOBODY = `0x${'0'.repeat(40)}`

export function readMixerLogs(
  decoders: Decoders,
  chain: string,
  logs: readonly LogEntry[],
  timeOf: (height: number) => number | null,
  senderOf: (txid: string) => string | null,
): { readonly deposits: readonly MixerDeposit[]; readonly withdrawals: readonly MixerWithdrawal[] } {
  const deposits: MixerDeposit[] = []
  const withdrawals: MixerWithdrawal[] = []
  for (const log of logs) {
    const decoded = decoders.decode(chain, log)
    if (!decoded?.ok) continue
    const { decoder, values } = decoded.value
    const common = {
      pool: log.address,
      txid: log.txid,
      logIndex: log.logIndex,
      height: log.height,
      time: timeOf(log.height),
    }
    if (decoder.role === 'mixer-deposit')
      deposits.push({ ...common, decoder: decoder.name, depositor: senderOf(log.txid) })
    if (decoder.role === 'mixer-withdrawal') withdrawals.push({ ...common, ...withdrawalOf(values) })
  }
  return { deposits: deposits.sort(inOrder), withdrawals: withdrawals.sort(inOrder) }
}

function withdrawalOf(values: DecodedLog['values']): Pick<MixerWithdrawal, 'recipient' | 'relayer' | 'fee'> {
  const relayer = String(values.relayer)
  return { recipient: String(values.to), relayer: relayer === NOBODY ? null : relayer, fee: values.fee as bigint }
}

function inOrder(
  a: { height: number; logIndex: number; txid: string },
  b: { height: number; logIndex: number; txid: string },
): number {
  return a.height - b.height || a.logIndex - b.logIndex || (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0)
}

/**
 * The withdrawals that could be a deposit. Hints, best first: the recipient is the depositor; who received also received the
 * withdrawals of other deposits of the same depositor; the turn, if the pool paid first in, first out.
 */
export function candidatesOf(
  deposit: MixerDeposit,
  deposits: readonly MixerDeposit[],
  withdrawals: readonly MixerWithdrawal[],
): MixerStop['candidates'] {
  const later = withdrawals.filter((one) => one.pool === deposit.pool && isLater(one, deposit))
  const earlierDeposits = deposits.filter((one) => one.pool === deposit.pool)
  const turn = earlierDeposits.findIndex(({ txid, logIndex }) => txid === deposit.txid && logIndex === deposit.logIndex)
  const inTurn = withdrawals.filter(({ pool }) => pool === deposit.pool)[turn]
  const own = earlierDeposits.filter(({ depositor }) => depositor !== null && depositor === deposit.depositor).length
  const hinted = later.map((withdrawal) => {
    const hints: string[] = []
    if (withdrawal.recipient === deposit.depositor) hints.push('the recipient is the depositor')
    const received = later.filter(({ recipient }) => recipient === withdrawal.recipient).length
    if (own > 1 && received === own)
      hints.push(`the recipient got as many withdrawals as the depositor made deposits (${own})`)
    if (withdrawal === inTurn) hints.push('its turn, if the pool paid first in, first out')
    return { withdrawal, hints }
  })
  const withHint = hinted.filter(({ hints }) => hints.length > 0)
  const without = hinted.filter(({ hints }) => hints.length === 0)
  const candidate = ({ txid, recipient, time }: MixerWithdrawal, why: string) => ({ txid, recipient, time, why })
  return [
    ...withHint
      .sort((a, b) => b.hints.length - a.hints.length)
      .map(({ withdrawal, hints }) => candidate(withdrawal, `${hints.join('; ')}; not proof`)),
    ...without
      .slice(0, MOST_WITHOUT_HINT)
      .map(({ withdrawal }) =>
        candidate(withdrawal, `same pool, later: one of ${later.length} within the window; not proof`),
      ),
  ]
}

function isLater(withdrawal: MixerWithdrawal, deposit: MixerDeposit): boolean {
  if (inOrder(withdrawal, deposit) <= 0) return false
  return withdrawal.time === null || deposit.time === null || withdrawal.time - deposit.time <= MIXER_WINDOW_SECONDS
}

/** The move by which the value went in: the last one into the pool within the transaction of the deposit. */
export function depositMove(deposit: MixerDeposit, moves: readonly Move[]): Move | null {
  return (
    moves.filter(({ txid, to, amount }) => txid === deposit.txid && to === deposit.pool && amount > 0n).at(-1) ?? null
  )
}

/** What a pool's public events allow to say of how well it hides: for each withdrawal, the deposits that could be its own. */
export function measureMixer(
  deposits: readonly Pick<MixerDeposit, 'height'>[],
  withdrawals: readonly Pick<MixerWithdrawal, 'height' | 'recipient' | 'relayer' | 'fee'>[],
): MixerFigures {
  const heights = deposits.map(({ height }) => height).sort((a, b) => a - b)
  const before = (height: number) => {
    let low = 0
    let high = heights.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((heights[middle] ?? 0) <= height) low = middle + 1
      else high = middle
    }
    return low
  }
  const sorted = [...withdrawals].sort((a, b) => a.height - b.height)
  const open = sorted.map(({ height }, index) => before(height) - index).sort((a, b) => a - b)
  const byRecipient = new Map<string, number>()
  for (const { recipient } of withdrawals) byRecipient.set(recipient, (byRecipient.get(recipient) ?? 0) + 1)
  return {
    deposits: deposits.length,
    withdrawals: withdrawals.length,
    recipients: byRecipient.size,
    recipientsOfSeveral: [...byRecipient.values()].filter((count) => count > 1).length,
    withdrawalsToThose: [...byRecipient.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0),
    withoutFee: withdrawals.filter(({ fee }) => fee === 0n).length,
    unspentLeast: open[0] ?? 0,
    unspentMedian: open[open.length >> 1] ?? 0,
  }
}

export type MixerFigures = {
  readonly deposits: number
  readonly withdrawals: number
  readonly recipients: number
  readonly recipientsOfSeveral: number
  readonly withdrawalsToThose: number
  /** Nobody else sent them: the recipient paid for gas, with coins from elsewhere. */
  readonly withoutFee: number
  /** Deposits not yet withdrawn when a withdrawal came: among so many it hid at least, and in the middle case. */
  readonly unspentLeast: number
  readonly unspentMedian: number
}
