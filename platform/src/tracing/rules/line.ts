/**
 * Rules that keep base units in order: the in-slots laid end to end make a line, which the out-slots cut in their
 * order. What remains after the outputs is the fee.
 *
 * FIFO is the rule in Clayton's case (Devaynes v Noble (1816) 1 Mer 572). The order inside a slot is kept from
 * transaction to transaction, so that splitting an input in place changes nothing. LIFO reads the very same line from
 * its end.
 */
import { CLEAN, type Part, type Parts, pushPart, traced } from './parts.ts'
import type { Passage } from './transaction-rule.ts'

export function fifo(passage: Passage): Parts[] {
  return cut(layEndToEnd(passage), passage.outs)
}

export function lifo(passage: Passage): Parts[] {
  return cut(layEndToEnd(passage).reverse(), passage.outs)
}

function layEndToEnd(passage: Passage): Part[] {
  const line: Part[] = []
  for (const { value, parts } of passage.ins) {
    let known = 0n
    for (const { source, amount } of parts) {
      pushPart(line, source, amount)
      known += amount
    }
    // A slot that nothing traced has entered holds no line of its own: it is clean as a whole.
    pushPart(line, CLEAN, value - known)
  }
  return line
}

function cut(line: readonly Part[], outs: readonly bigint[]): Parts[] {
  let at = 0
  let left = line[0]?.amount ?? 0n
  return outs.map((value) => {
    const piece: Part[] = []
    let room = value
    while (room > 0n) {
      const part = line[at]
      if (!part) throw new RangeError('the out-slots are worth more than the in-slots')
      const taken = left < room ? left : room
      pushPart(piece, part.source, taken)
      room -= taken
      left -= taken
      if (left === 0n) left = line[++at]?.amount ?? 0n
    }
    return traced(piece) > 0n ? piece : []
  })
}
