/**
 * First in, first out (Clayton's case, Devaynes v Noble (1816) 1 Mer 572) and last in, first out, on an account: its
 * receipts stand in a line, in the order in which they came, and payments are taken from its one end or its other.
 *
 * Clean value of which nobody knows when it came has no place in the line, here or where it goes. It stands beside it, and
 * each payment takes from both in proportion (by largest remainder; of equals, what leaves).
 */
import { apportion } from '../rules/apportion.ts'
import { CLEAN, type Part, type Parts, pushPart } from '../rules/parts.ts'
import type { Holding } from './holding.ts'
import { sourcesIn, UNPLACED } from './sources-in.ts'

export function openLine(from: 'first' | 'last'): Holding {
  let lots: Part[] = []
  /** Lots before this one have left. */
  let head = 0
  let balance = 0n
  let beside = 0n
  return { balance: () => balance, held: () => sourcesIn(lots.slice(head)), receive, suppose, send }

  function receive(amount: bigint, parts: Parts): void {
    if (head === lots.length) {
      lots = []
      head = 0
    }
    let named = 0n
    for (const { source, amount: piece } of parts) {
      if (source === UNPLACED) beside += piece
      else pushPart(lots, source, piece)
      named += piece
    }
    pushPart(lots, CLEAN, amount - named)
    balance += amount
  }

  function suppose(amount: bigint): void {
    beside += amount
    balance += amount
  }

  function send(amount: bigint): Parts {
    const unplaced = beside === 0n ? 0n : (apportion(beside, [amount, balance - amount])[0] as bigint)
    balance -= amount
    beside -= unplaced
    const placed = amount - unplaced
    const pieces = from === 'first' ? takeFirst(placed) : takeLast(placed)
    pushPart(pieces, UNPLACED, unplaced)
    return pieces
  }

  function takeFirst(amount: bigint): Part[] {
    const pieces: Part[] = []
    let open = amount
    while (open > 0n) {
      const lot = lots[head] as Part
      const taken = lot.amount < open ? lot.amount : open
      pushPart(pieces, lot.source, taken)
      open -= taken
      if (taken === lot.amount) head++
      else lots[head] = { source: lot.source, amount: lot.amount - taken }
    }
    if (head > 1024 && head * 2 > lots.length) {
      lots = lots.slice(head)
      head = 0
    }
    return pieces
  }

  function takeLast(amount: bigint): Part[] {
    const backwards: Part[] = []
    let open = amount
    while (open > 0n) {
      const lot = lots[lots.length - 1] as Part
      const taken = lot.amount < open ? lot.amount : open
      pushPart(backwards, lot.source, taken)
      open -= taken
      if (taken === lot.amount) lots.pop()
      else lots[lots.length - 1] = { source: lot.source, amount: lot.amount - taken }
    }
    return backwards.reverse()
  }
}
