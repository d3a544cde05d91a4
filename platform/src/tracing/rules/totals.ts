/** Rules that look at amounts only: how much traced value each out-slot receives, then which source's. */
import { apportion, apportionTable } from './apportion.ts'
import { bySource, CLEAN, type Parts, traced } from './parts.ts'
import type { Passage, ShareRule, Totals, TransactionRule } from './transaction-rule.ts'

/** The whole rule, where what an out-slot receives is shared among the sources alike. */
export function bySharing(share: ShareRule): TransactionRule {
  return (passage) => {
    const { sources, amounts, total } = tracedIn(passage)
    const ins = passage.ins.map(({ value, parts }) => ({ value, traced: traced(parts) }))
    return splitAmongSources(sources, amounts, share({ ins, outs: passage.outs, hasFee: passage.hasFee, total }))
  }
}

/** Traced value that enters, for each source in ascending order, and in all. */
export function tracedIn(passage: Passage): { sources: number[]; amounts: bigint[]; total: bigint } {
  const merged = mergedParts(passage)
  let total = 0n
  for (const { amount } of merged) total += amount
  return { sources: merged.map(({ source }) => source), amounts: merged.map(({ amount }) => amount), total }
}

/** The parts of all in-slots by source. With one traced in-slot whose parts are in order there is nothing to merge. */
function mergedParts(passage: Passage): Parts {
  const entering = passage.ins.filter((slot) => slot.parts.length > 0)
  const only = entering.length === 1 ? entering[0]?.parts : undefined
  if (only?.every(({ source }, at) => source > (only[at - 1]?.source ?? CLEAN))) return only
  return bySource(entering.flatMap((slot) => slot.parts))
}

/**
 * Splits the traced value of each out-slot among the sources, in proportion to what each brought in: where a rule does
 * not order the sources, they are treated alike (pari passu).
 */
export function splitAmongSources(
  sources: readonly number[],
  amounts: readonly bigint[],
  outs: readonly bigint[],
): Parts[] {
  if (sources.length === 1) return outs.map((amount) => (amount > 0n ? [{ source: sources[0] as number, amount }] : []))
  return apportionTable(amounts, outs).map((cells) => {
    const parts: { source: number; amount: bigint }[] = []
    cells.forEach((amount, index) => {
      if (amount > 0n) parts.push({ source: sources[index] as number, amount })
    })
    return parts
  })
}

/** Poison: every out-slot of a transaction with one traced in-slot is traced in full, for each source that enters. */
export function poison(passage: Passage): Parts[] {
  const { sources } = tracedIn(passage)
  return passage.outs.map((value) => (value > 0n ? sources.map((source) => ({ source, amount: value })) : []))
}

/** Haircut: every out-slot, the fee included, carries the same share of traced value. */
export function haircut({ outs, total }: Totals): bigint[] {
  return apportion(total, outs)
}

/** Pro-rata: like haircut over the outputs alone; the fee carries traced value only where the outputs cannot hold it. */
export function proRata({ outs, hasFee, total }: Totals): bigint[] {
  const outputs = hasFee ? outs.slice(0, -1) : outs
  let room = 0n
  for (const value of outputs) room += value
  const toOutputs = total < room ? total : room
  const shares = apportion(toOutputs, outputs)
  if (hasFee) shares.push(total - toOutputs)
  return shares
}

/** Fills the places in `order` up to their values. */
export function fill(total: bigint, values: readonly bigint[], order: Iterable<number>): bigint[] {
  const shares = values.map(() => 0n)
  let left = total
  for (const index of order) {
    const value = values[index] as bigint
    const share = left < value ? left : value
    shares[index] = share
    left -= share
  }
  if (left > 0n) throw new RangeError('more traced value than room')
  return shares
}

/**
 * TIHO (taint in, highest out): traced value fills the outputs by value, largest first, the fee last.
 * Tie rule of ours: of equal outputs the lower index is filled first.
 */
export function tiho({ outs, hasFee, total }: Totals): bigint[] {
  const outputs = outs.map((value, index) => ({ value, index }))
  const fee = hasFee ? outputs.pop() : undefined
  outputs.sort((a, b) => (a.value === b.value ? a.index - b.index : a.value > b.value ? -1 : 1))
  const order = outputs.map(({ index }) => index)
  if (fee) order.push(fee.index)
  return fill(total, outs, order)
}

/** Seniority, traced value first: it fills the out-slots in their order; clean value follows, and pays the fee. */
export function seniorityTracedFirst({ outs, total }: Totals): bigint[] {
  return fill(total, outs, outs.keys())
}

/** Seniority, clean value first: traced value fills what is left at the end of the out-slots, the fee before all. */
export function seniorityCleanFirst({ outs, total }: Totals): bigint[] {
  return fill(total, outs, [...outs.keys()].reverse())
}
