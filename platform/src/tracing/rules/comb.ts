/**
 * COMB (Kokelj, University of Ljubljana, 2023): which outputs can have been paid by which inputs?
 *
 * A *cover* partitions the inputs into groups and gives every output to one group, so that no group pays more than it
 * brings. What holds in every cover is certain; the rest is shared by haircut. Our reading, fixed here:
 *
 * - Only the finest covers count: a cover is left out if another one refines it, since joining two groups that stand on
 *   their own is always possible and says nothing. If the only cover is "all inputs together", there is nothing to
 *   separate, and the rule is haircut.
 * - An output is certain if its group's traced share is nought in every cover, or whole in every cover. Every other
 *   output is ambiguous; the traced value that is not placed for certain is shared among the ambiguous outputs and the
 *   fee in proportion to their values.
 * - With a single finest cover, each group is a transaction of its own: haircut inside the group, fee included.
 * - More than seven inputs or outputs (zero-value outputs not counted) are not enumerated: haircut, as in the source.
 */
import { apportion } from './apportion.ts'
import { haircut } from './totals.ts'
import type { Totals } from './transaction-rule.ts'

export const COMB_LIMIT = 7

/** A group of a cover: inputs and outputs as bit masks over the positions in the transaction. */
type Group = { readonly ins: number; readonly outs: number }

export function comb(passage: Totals): bigint[] {
  const { total } = passage
  if (total === 0n) return passage.outs.map(() => 0n)
  const { ins } = passage
  const outCount = passage.hasFee ? passage.outs.length - 1 : passage.outs.length
  const payable: number[] = []
  for (let index = 0; index < outCount; index++) if ((passage.outs[index] as bigint) > 0n) payable.push(index)
  if (ins.length > COMB_LIMIT || payable.length > COMB_LIMIT || ins.length < 2) return haircut(passage)

  const inValues = ins.map(({ value }) => value)
  const inTraced = ins.map(({ traced }) => traced)
  const covers = finestCovers(
    inValues,
    payable.map((index) => passage.outs[index] as bigint),
  )
  if (covers.length === 1 && covers[0]?.length === 1) return haircut(passage)

  return covers.length === 1 ? shareInGroups(covers[0] ?? []) : shareCertainFirst()

  function shareInGroups(groups: readonly Group[]): bigint[] {
    const result = passage.outs.map(() => 0n)
    for (const group of groups) {
      const outs = payable.filter((_, bit) => group.outs & (1 << bit))
      const values = outs.map((index) => passage.outs[index] as bigint)
      const brought = sumOf(inValues, group.ins)
      const fee = values.reduce((rest, value) => rest - value, brought)
      const placed = apportion(sumOf(inTraced, group.ins), [...values, fee])
      outs.forEach((index, at) => {
        result[index] = placed[at] as bigint
      })
      if (passage.hasFee) result[outCount] = (result[outCount] as bigint) + (placed.at(-1) as bigint)
    }
    return result
  }

  function shareCertainFirst(): bigint[] {
    const result = passage.outs.map(() => 0n)
    const ambiguous: number[] = []
    let left = total
    payable.forEach((index, bit) => {
      let whole = true
      let nought = true
      for (const cover of covers) {
        const group = cover.find(({ outs }) => outs & (1 << bit)) as Group
        const share = sumOf(inTraced, group.ins)
        if (share > 0n) nought = false
        if (share < sumOf(inValues, group.ins)) whole = false
      }
      if (whole) {
        result[index] = passage.outs[index] as bigint
        left -= result[index]
      } else if (!nought) ambiguous.push(index)
    })
    if (passage.hasFee) ambiguous.push(outCount)
    const placed = apportion(
      left,
      ambiguous.map((index) => passage.outs[index] as bigint),
    )
    ambiguous.forEach((index, at) => {
      result[index] = placed[at] as bigint
    })
    return result
  }
}

function sumOf(values: readonly bigint[], mask: number): bigint {
  let sum = 0n
  for (let index = 0; index < values.length; index++) if (mask & (1 << index)) sum += values[index] as bigint
  return sum
}

/**
 * All covers that no other cover refines, in a fixed order. A cover is finest exactly when none of its groups can be
 * split in two that each pay their own outputs, so that only such groups are enumerated.
 */
export function finestCovers(ins: readonly bigint[], outs: readonly bigint[]): Group[][] {
  const allIns = (1 << ins.length) - 1
  const allOuts = (1 << outs.length) - 1
  const inSums = Array.from({ length: allIns + 1 }, (_, mask) => sumOf(ins, mask))
  const outSums = Array.from({ length: allOuts + 1 }, (_, mask) => sumOf(outs, mask))
  const divisibleByKey = new Map<number, boolean>()
  const covers: Group[][] = []
  grow(allIns, allOuts, [])
  return covers

  /** Takes the group of the first input that is left: every choice of companions and of outputs that it can pay. */
  function grow(insLeft: number, outsLeft: number, groups: readonly Group[]): void {
    if (insLeft === 0) {
      if (outsLeft === 0) covers.push([...groups])
      return
    }
    const first = insLeft & -insLeft
    const others = insLeft ^ first
    for (let companions = others; ; companions = (companions - 1) & others) {
      const group = first | companions
      const rest = insLeft ^ group
      for (let paid = outsLeft; paid > 0; paid = (paid - 1) & outsLeft) {
        if (!pays(group, paid) || !pays(rest, outsLeft ^ paid) || isDivisible(group, paid)) continue
        grow(rest, outsLeft ^ paid, [...groups, { ins: group, outs: paid }])
      }
      if (companions === 0) break
    }
  }

  function pays(group: number, paid: number): boolean {
    return (outSums[paid] as bigint) <= (inSums[group] as bigint)
  }

  function isDivisible(group: number, paid: number): boolean {
    const key = group * (allOuts + 1) + paid
    const known = divisibleByKey.get(key)
    if (known !== undefined) return known
    const answer = canSplit(group, paid)
    divisibleByKey.set(key, answer)
    return answer
  }

  function canSplit(group: number, paid: number): boolean {
    const first = group & -group
    for (let some = (group - 1) & group; some > 0; some = (some - 1) & group) {
      if (!(some & first)) continue
      for (let theirs = (paid - 1) & paid; theirs > 0; theirs = (theirs - 1) & paid) {
        if (pays(some, theirs) && pays(group ^ some, paid ^ theirs)) return true
      }
    }
    return false
  }
}
