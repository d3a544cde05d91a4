/**
 * In which order the moves of one block are applied to accounts.
 *
 * A ledger has an order within the block, and that is the order. Tables of analysts and exports of explorers have none:
 * there an account receives before it pays, since it cannot pay what it has not got. Whether the parties to a case count
 * by another order is a parameter of the trace, and it decides much under the lowest intermediate balance rule.
 */
import type { Move } from '../../chains/index.ts'
import type { SameTime } from './request.ts'

/** Takes the next move of a block, given what accounts have now; `undefined` at its end. */
export type BlockOrder = { next(): Move | undefined }

export type BalanceOf = (asset: string, address: string) => bigint

/** `moves`: those of one block, ascending. */
export function orderBlock(moves: readonly Move[], sameTime: SameTime, balanceOf: BalanceOf): BlockOrder {
  if (sameTime === 'ledger' && !hasGaps(moves)) return inTurn(moves)
  return chosen(moves, sameTime === 'worst-case' ? 'payments-first' : 'receipts-first', balanceOf)
}

/** Whether the order of some moves is not known: rows of a table, or transactions whose place in the block nobody says. */
function hasGaps(moves: readonly Move[]): boolean {
  const first = moves[0]
  return (
    moves.length > 1 &&
    (moves.some(({ kind }) => kind === 'flow') ||
      moves.some(({ txIndex, txid }) => txIndex === null && txid !== first?.txid))
  )
}

function inTurn(moves: readonly Move[]): BlockOrder {
  let at = 0
  return { next: () => moves[at++] }
}

function chosen(moves: readonly Move[], by: 'payments-first' | 'receipts-first', balanceOf: BalanceOf): BlockOrder {
  const open = [...moves]
  const openIn = countBy(moves, ({ asset, to }) => to && `${asset} ${to}`)
  const openOut = countBy(moves, ({ asset, from }) => from && `${asset} ${from}`)
  return { next }

  function next(): Move | undefined {
    const ready = open.filter(isReady)
    const move =
      (by === 'receipts-first'
        ? ready.find(hasReceivedAll)
        : (ready.find((one) => canPay(one) && hasPaidWhatItCan(one)) ?? ready.find(canPay))) ?? ready[0]
    if (!move) return undefined
    open.splice(open.indexOf(move), 1)
    if (move.to) openIn.set(`${move.asset} ${move.to}`, (openIn.get(`${move.asset} ${move.to}`) ?? 1) - 1)
    if (move.from) openOut.set(`${move.asset} ${move.from}`, (openOut.get(`${move.asset} ${move.from}`) ?? 1) - 1)
    return move
  }

  /** The moves of one transaction keep their order; rows of a table have none. */
  function isReady(move: Move): boolean {
    if (move.kind === 'flow') return true
    return open.find(({ txid }) => txid === move.txid) === move
  }

  function hasReceivedAll({ asset, from }: Move): boolean {
    return from === null || (openIn.get(`${asset} ${from}`) ?? 0) === 0
  }

  function canPay({ asset, from, amount }: Move): boolean {
    return from === null || balanceOf(asset, from) >= amount
  }

  /** Whoever receives has nothing left to pay that could be paid before. */
  function hasPaidWhatItCan({ asset, to }: Move): boolean {
    if (to === null || (openOut.get(`${asset} ${to}`) ?? 0) === 0) return true
    return !open.some((one) => one.asset === asset && one.from === to && isReady(one) && canPay(one))
  }
}

function countBy(moves: readonly Move[], keyOf: (move: Move) => string | null): Map<string, number> {
  const counts = new Map<string, number>()
  for (const move of moves) {
    const key = keyOf(move)
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
