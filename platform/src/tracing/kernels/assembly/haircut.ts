import { BATCH, keep, setU32, setU64, u32At, u64At } from './columns'
import { mulDiv, remainder } from './muldiv'
import { addOverlap, clearOverlap } from './overlap'

/**
 * Below this total every value is exact as a float, and a share is off by less than 1/4 from the two roundings of a float
 * and by at most 1/2 from that to a whole number: the quotient is right or one too high.
 */
const FLOAT_SURE: u64 = 1 << 50
/** 2^52 as a float: added to a smaller float, it leaves the nearest whole number in the fraction bits. */
const ROUNDER: f64 = 4503599627370496.0
const FRACTION: u64 = (1 << 52) - 1
/** Up to here the largest remainders are found by looking through all of them. */
const FEW: u32 = 12

/** The next seeded slot that a transaction creates. */
let seed: u32 = 0

export function startHaircut(): void {
  clearOverlap()
  seed = 0
}

/**
 * Haircut in chain order, for the transactions from `first` to `stop`: out-slot o of a transaction with traced value T and total V receives floor(T · w_o / V), and
 * the units that are left go one each to the largest remainders, of equals to the lower slot.
 *
 * When it starts, `taint` holds the seeds of the outside slots and nought in the other outside slots; `seedSlot` and
 * `seedAmount` list the seeds of created slots, ascending and one for each slot, with a sentinel slot at the end.
 * What arrives in a seeded slot keeps its place; the seed takes the clean units that are left.
 */
export function haircut(
  first: u32,
  stop: u32,
  inCount: u32,
  outStart: usize,
  inStart: usize,
  inSlot: usize,
  value: usize,
  taint: usize,
  seedSlot: usize,
  seedAmount: usize,
  remainders: usize,
  heap: usize,
): void {
  let from = u32At(inStart, first)
  let out = u32At(outStart, first)
  let ahead = from
  let nextSeed = u32At(seedSlot, seed)
  for (let tx = first; tx < stop; tx++) {
    const to = u32At(inStart, tx + 1)
    const end = u32At(outStart, tx + 1)
    if (to > ahead) {
      ahead = min(inCount, from + BATCH)
      let sum: u64 = 0
      for (let at = from; at < ahead; at++) sum += u64At(taint, u32At(inSlot, at))
      keep(sum)
    }
    let total: u64 = 0
    for (; from < to; from++) total += u64At(taint, u32At(inSlot, from))
    if (total == 0) {
      for (let slot = out; slot < end; slot++) setU64(taint, slot, 0)
    } else {
      share(total, out, end, value, taint, remainders, heap)
    }
    while (nextSeed < end) {
      addSeed(nextSeed, u64At(seedAmount, seed), value, taint)
      nextSeed = u32At(seedSlot, ++seed)
    }
    out = end
  }
}

function addSeed(slot: u32, amount: u64, value: usize, taint: usize): void {
  const arrived = u64At(taint, slot)
  const placed = min(amount, u64At(value, slot) - arrived)
  addOverlap(amount - placed)
  setU64(taint, slot, arrived + placed)
}

function share(total: u64, out: u32, end: u32, value: usize, taint: usize, remainders: usize, heap: usize): void {
  if (end - out == 1) {
    setU64(taint, out, total)
    return
  }
  if (end - out == 3 && shareAmongThree(total, out, value, taint)) return
  let whole: u64 = 0
  for (let slot = out; slot < end; slot++) whole += u64At(value, slot)
  if (total == whole) {
    for (let slot = out; slot < end; slot++) setU64(taint, slot, u64At(value, slot))
    return
  }
  // The last share and remainder follow from the others: all remainders sum to left · whole.
  const last = end - 1
  let left = total
  let sum: u64 = 0
  let wraps: u64 = 0
  if (whole < FLOAT_SURE) {
    const ratio = <f64>(<i64>total) / <f64>(<i64>whole)
    for (let slot = out; slot < last; slot++) {
      const weight = u64At(value, slot)
      let quotient = nearest(weight, ratio)
      let rest = <i64>(total * weight - quotient * whole)
      const tooHigh = rest >> 63
      quotient += tooHigh
      rest += <i64>whole & tooHigh
      setU64(taint, slot, quotient)
      setU64(remainders, slot - out, <u64>rest)
      left -= quotient
      sum += <u64>rest
      if (sum >= whole) {
        sum -= whole
        wraps++
      }
    }
  } else {
    for (let slot = out; slot < last; slot++) {
      const quotient = mulDiv(total, u64At(value, slot), whole)
      const rest = remainder
      setU64(taint, slot, quotient)
      setU64(remainders, slot - out, rest)
      left -= quotient
      // sum + rest may pass 2^64: compare with what is missing to the whole instead of adding first.
      if (rest >= whole - sum) {
        sum -= whole - rest
        wraps++
      } else {
        sum += rest
      }
    }
  }
  const lastRest = sum == 0 ? 0 : whole - sum
  const units = wraps + (sum == 0 ? 0 : 1)
  setU64(taint, last, left - units)
  setU64(remainders, last - out, lastRest)
  if (units != 0) giveUnits(<u32>units, out, end - out, taint, remainders, heap)
}

// @ts-ignore: decorator
@inline function nearest(weight: u64, ratio: f64): u64 {
  return reinterpret<u64>(<f64>(<i64>weight) * ratio + ROUNDER) & FRACTION
}

/**
 * A payment, its change and its fee: most transactions. Which slot gets a unit cannot be foreseen, so it is computed
 * without a branch. Gives false, and does nothing, where floats are not sure.
 */
// @ts-ignore: decorator
@inline function shareAmongThree(total: u64, out: u32, value: usize, taint: usize): bool {
  const weightA = u64At(value, out)
  const weightB = u64At(value, out + 1)
  const whole = weightA + weightB + u64At(value, out + 2)
  if (whole >= FLOAT_SURE) return false
  const ratio = <f64>(<i64>total) / <f64>(<i64>whole)
  let a = nearest(weightA, ratio)
  let b = nearest(weightB, ratio)
  let restA = <i64>(total * weightA - a * whole)
  let restB = <i64>(total * weightB - b * whole)
  // −1 where the quotient is too high, 0 elsewhere.
  const tooHighA = restA >> 63
  const tooHighB = restB >> 63
  a += tooHighA
  b += tooHighB
  restA += <i64>whole & tooHighA
  restB += <i64>whole & tooHighB
  // The three remainders sum to units · whole.
  const sum = restA + restB
  const units = i32(sum > 0) + i32(sum > <i64>whole)
  const restC = <i64>whole * units - sum
  const bBeforeA = i32(restB > restA)
  const beforeA = bBeforeA + i32(restC > restA)
  const beforeB = 1 - bBeforeA + i32(restC > restB)
  a += u64(beforeA < units)
  b += u64(beforeB < units)
  setU64(taint, out, a)
  setU64(taint, out + 1, b)
  setU64(taint, out + 2, total - a - b)
  return true
}

/** One unit each to the largest remainders. There are always fewer units than remainders above nought. */
function giveUnits(units: u32, out: u32, count: u32, taint: usize, remainders: usize, heap: usize): void {
  if (count > FEW) {
    giveUnitsByHeap(units, out, count, taint, remainders, heap)
    return
  }
  while (units-- > 0) {
    let best: u32 = 0
    let most = u64At(remainders, 0)
    for (let at: u32 = 1; at < count; at++) {
      const rest = u64At(remainders, at)
      if (rest > most) {
        most = rest
        best = at
      }
    }
    setU64(remainders, best, 0)
    setU64(taint, out + best, u64At(taint, out + best) + 1)
  }
}

function giveUnitsByHeap(units: u32, out: u32, count: u32, taint: usize, remainders: usize, heap: usize): void {
  for (let at: u32 = 0; at < count; at++) setU32(heap, at, at)
  for (let at = count >> 1; at-- > 0; ) sink(at, count, remainders, heap)
  while (units-- > 0) {
    const best = u32At(heap, 0)
    setU64(taint, out + best, u64At(taint, out + best) + 1)
    setU32(heap, 0, u32At(heap, --count))
    sink(0, count, remainders, heap)
  }
}

function sink(at: u32, count: u32, remainders: usize, heap: usize): void {
  const moved = u32At(heap, at)
  while (true) {
    let child: u32 = 2 * at + 1
    if (child >= count) break
    if (child + 1 < count && ranksBefore(u32At(heap, child + 1), u32At(heap, child), remainders)) child++
    if (!ranksBefore(u32At(heap, child), moved, remainders)) break
    setU32(heap, at, u32At(heap, child))
    at = child
  }
  setU32(heap, at, moved)
}

function ranksBefore(a: u32, b: u32, remainders: usize): bool {
  const restA = u64At(remainders, a)
  const restB = u64At(remainders, b)
  return restA == restB ? a < b : restA > restB
}
