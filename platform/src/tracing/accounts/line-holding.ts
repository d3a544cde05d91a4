/**
 * First in, first out (Clayton's case, Devaynes v Noble (1816) 1 Mer 572) and last in, first out, on an account: its
 * receipts stand in a line, in the order in which they came, and payments are taken from its one end or its other.
 */
import { bySource, CLEAN, type Part, type Parts, pushPart, traced } from '../rules/parts.ts'
import type { Holding } from './holding.ts'

export function openLine(from: 'first' | 'last'): Holding {
  let lots: Part[] = []
  /** Lots before this one have left. */
  let head = 0
  let balance = 0n
  return { balance: () => balance, held: () => bySource(lots.slice(head)), receive, send }

  function receive(amount: bigint, parts: Parts): void {
    if (head === lots.length) {
      lots = []
      head = 0
    }
    for (const { source, amount: piece } of parts) pushPart(lots, source, piece)
    let named = 0n
    for (const { amount: piece } of parts) named += piece
    pushPart(lots, CLEAN, amount - named)
    balance += amount
  }

  function send(amount: bigint): Parts {
    balance -= amount
    const pieces = from === 'first' ? takeFirst(amount) : takeLast(amount)
    return traced(pieces) > 0n ? pieces : []
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
