/**
 * The rules on amounts in columns of whole numbers below `EXACT_LIMIT`: the same shares as in `totals.ts` and `comb.ts`, which
 * define them, without a bigint for each.
 */
import { COMB_LIMIT } from './comb.ts'
import { shareRow } from './exact-table.ts'

/** A transaction whose amounts all stay below the limit. The first `outCount` of `outs` are its out-slots, the fee last. */
export type ExactTotals = {
  inCount: number
  readonly outs: Float64Array
  outCount: number
  hasFee: boolean
  /** Traced value that enters: more than nought. */
  total: number
}

/** Writes what each out-slot receives; `outs` may be used up. False, with nothing written, where it takes the whole rule to say. */
export type ExactShareRule = (totals: ExactTotals, shares: Float64Array) => boolean

export function exactPoison({ outs, outCount }: ExactTotals, shares: Float64Array): boolean {
  for (let index = 0; index < outCount; index++) shares[index] = outs[index] as number
  return true
}

export function exactHaircut({ outs, outCount, total }: ExactTotals, shares: Float64Array): boolean {
  shareRow(total, sumOf(outs, outCount), outs, outCount, shares, 0, 1)
  return true
}

export function exactProRata({ outs, outCount, hasFee, total }: ExactTotals, shares: Float64Array): boolean {
  const count = hasFee ? outCount - 1 : outCount
  const room = sumOf(outs, count)
  const toOutputs = Math.min(total, room)
  shareRow(toOutputs, room, outs, count, shares, 0, 1)
  if (hasFee) shares[count] = total - toOutputs
  return true
}

export function exactTiho({ outs, outCount, hasFee, total }: ExactTotals, shares: Float64Array): boolean {
  const count = hasFee ? outCount - 1 : outCount
  const order: number[] = []
  for (let index = 0; index < count; index++) order.push(index)
  if (count > 1) order.sort((a, b) => (outs[b] as number) - (outs[a] as number) || a - b)
  let left = total
  for (const index of order) left = fillOne(outs, shares, index, left)
  if (hasFee) left = fillOne(outs, shares, count, left)
  return filled(left)
}

export function exactSeniorityTracedFirst({ outs, outCount, total }: ExactTotals, shares: Float64Array): boolean {
  let left = total
  for (let index = 0; index < outCount; index++) left = fillOne(outs, shares, index, left)
  return filled(left)
}

export function exactSeniorityCleanFirst({ outs, outCount, total }: ExactTotals, shares: Float64Array): boolean {
  let left = total
  for (let index = outCount - 1; index >= 0; index--) left = fillOne(outs, shares, index, left)
  return filled(left)
}

/** COMB is haircut where nothing can be separated for want of a second input or output, or is not enumerated. */
export function exactComb(totals: ExactTotals, shares: Float64Array): boolean {
  const { inCount, outs, outCount, hasFee } = totals
  if (inCount > 1 && inCount <= COMB_LIMIT) {
    let payable = 0
    for (let index = 0; index < (hasFee ? outCount - 1 : outCount); index++) if ((outs[index] as number) > 0) payable++
    if (payable > 1 && payable <= COMB_LIMIT) return false
  }
  return exactHaircut(totals, shares)
}

function sumOf(outs: Float64Array, count: number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += outs[index] as number
  return sum
}

/** Fills one out-slot up to its value; says what is left. */
function fillOne(outs: Float64Array, shares: Float64Array, index: number, left: number): number {
  const share = Math.min(left, outs[index] as number)
  shares[index] = share
  return left - share
}

function filled(left: number): true {
  if (left > 0) throw new RangeError('more traced value than room')
  return true
}
