import { bitAt, keep, setU32, u32At, u64At } from './columns'
import { mulDiv, remainder } from './muldiv'

/** The source of base units that nobody claims. */
const CLEAN: i32 = -1
/** Below this balance a share by floats, to the nearest, is right or one too high; see haircut.ts. */
const FLOAT_SURE: u64 = 1 << 50
const ROUNDER: f64 = 4503599627370496.0
const FRACTION: u64 = (1 << 52) - 1

/** An account is 16 bytes: its balance, and its traced units (haircut) or its first and last lot (FIFO). */
const ACCOUNT: u32 = 4
/** A lot is 16 bytes: its amount, its source, the lot after it. Lot 0 is none. */
const LOT: u32 = 4
const PAGE: usize = 65536
/** Pages asked for at once when lots outgrow the memory: 16 MiB. */
const STEP: i32 = 256

/**
 * Transfers whose accounts are read ahead. A load that waits keeps all that follows it waiting, unlike the prefetch of a native
 * program, so that few long portions lose less than many short ones; what they touch still fits the second-level cache.
 */
const HAIRCUT_AHEAD: u32 = 128
const FIFO_AHEAD: u32 = 256
/** Lots behind the first of a line that are read ahead: few payments take more. */
const BEHIND: u32 = 2

/** Units that seeded accounts sent for the first time, and units that were paid and had not been there. */
let rootUnits: u64 = 0
let missingUnits: u64 = 0

export function accountRoot(): u64 {
  return rootUnits
}

export function accountMissing(): u64 {
  return missingUnits
}

export function startAccounts(lotBase: usize): void {
  rootUnits = 0
  missingUnits = 0
  lots = lotBase
  nextLot = 1
  freeLot = 0
}

/**
 * Haircut over transfers in order, from `first` to `stop`: a payment carries the share of traced units that its account has,
 * to the nearest unit, half a unit upwards (the largest remainder of what leaves and what stays; of equals, what leaves).
 * All that a seeded account sends is traced. Units that are paid and were not there are clean.
 */
export function accountHaircut(
  first: u32,
  stop: u32,
  count: u32,
  source: usize,
  destination: usize,
  amount: usize,
  accounts: usize,
  seeded: usize,
): void {
  let ahead = first
  for (let at = first; at < stop; at++) {
    if (at >= ahead) {
      ahead = min(count, at + HAIRCUT_AHEAD)
      let sum: u64 = 0
      for (let next = at; next < ahead; next++) {
        sum += load<u64>(accounts + (<usize>u32At(source, next) << ACCOUNT))
        sum += load<u64>(accounts + (<usize>u32At(destination, next) << ACCOUNT))
      }
      keep(sum)
    }
    const payer = u32At(source, at)
    const payee = u32At(destination, at)
    const paid = u64At(amount, at)
    if (payer == payee || paid == 0) continue
    const from = accounts + (<usize>payer << ACCOUNT)
    const to = accounts + (<usize>payee << ACCOUNT)
    const balance = load<u64>(from)
    const traced = load<u64>(from, 8)
    // Nobody can foresee who pays more than he has, nor who holds traced units: both are computed, not branched on. Who pays all
    // that he has, or more, pays the share of one.
    const stays = select<u64>(balance - paid, 0, paid < balance)
    missingUnits += stays + paid - balance
    let carried = shareOf(paid, max<u64>(balance, paid), traced)
    store<u64>(from, stays)
    store<u64>(from, traced - carried, 8)
    if (bitAt(seeded, payer) != 0) {
      rootUnits += paid - carried
      carried = paid
    }
    store<u64>(to, load<u64>(to) + paid)
    store<u64>(to, load<u64>(to, 8) + carried, 8)
  }
}

// @ts-ignore: decorator
@inline function shareOf(paid: u64, balance: u64, traced: u64): u64 {
  let quotient: u64
  let rest: u64
  if (balance < FLOAT_SURE) {
    const ratio = <f64>(<i64>traced) / <f64>(<i64>balance)
    quotient = reinterpret<u64>(<f64>(<i64>paid) * ratio + ROUNDER) & FRACTION
    const signed = <i64>(paid * traced - quotient * balance)
    const tooHigh = signed >> 63
    quotient += tooHigh
    rest = <u64>(signed + (<i64>balance & tooHigh))
  } else {
    // The long division is worth a branch.
    if (traced == 0 || paid == balance) return traced
    quotient = mulDiv(paid, traced, balance)
    rest = remainder
  }
  return quotient + u64(rest != 0 && rest >= balance - rest)
}

let lots: usize = 0
/** Lots from here on were never used; those that were left are chained from `freeLot`. */
let nextLot: u32 = 1
let freeLot: u32 = 0

/**
 * FIFO over transfers in order, from `first` to `stop`: receipts stand in a line of lots, payments take them from its front.
 * An account that holds clean units only has no lots. `label` names the source of a seeded account. `listed` has room for
 * FIFO_AHEAD numbers of lots.
 * Returns false where the memory cannot grow to hold the lots.
 */
export function accountFifo(
  first: u32,
  stop: u32,
  count: u32,
  source: usize,
  destination: usize,
  amount: usize,
  accounts: usize,
  seeded: usize,
  label: usize,
  listed: usize,
): bool {
  let ahead = first
  for (let at = first; at < stop; at++) {
    if (at >= ahead) {
      ahead = min(count, at + FIFO_AHEAD)
      readAhead(at, ahead, source, destination, accounts, listed)
      // A transfer splits one lot, and makes at most one of clean units on either side.
      if (!makeRoom(3 * FIFO_AHEAD)) return false
    }
    const payer = u32At(source, at)
    const payee = u32At(destination, at)
    const paid = u64At(amount, at)
    if (payer == payee || paid == 0) continue
    const from = accounts + (<usize>payer << ACCOUNT)
    const balance = load<u64>(from)
    const missing = paid > balance ? paid - balance : 0
    missingUnits += missing
    store<u64>(from, balance + missing - paid)
    const clean = bitAt(seeded, payer) != 0 ? <i32>u32At(label, payer) : CLEAN
    const to = accounts + (<usize>payee << ACCOUNT)
    let head = load<u32>(from, 8)
    if (head == 0) {
      if (clean != CLEAN) rootUnits += paid
      arrive(to, paid, clean, 0)
      continue
    }
    let left = paid
    while (head != 0 && left != 0) {
      const lot = lots + (<usize>head << LOT)
      const held = load<u64>(lot)
      let owner = load<i32>(lot, 8)
      const taken = min(held, left)
      left -= taken
      if (owner == CLEAN && clean != CLEAN) {
        rootUnits += taken
        owner = clean
      }
      if (taken == held) {
        const next = load<u32>(lot, 12)
        arrive(to, taken, owner, head)
        head = next
      } else {
        store<u64>(lot, held - taken)
        arrive(to, taken, owner, 0)
      }
    }
    if (left != 0) {
      if (clean != CLEAN) rootUnits += left
      arrive(to, left, clean, 0)
    }
    if (head != 0 && load<u32>(lots + (<usize>head << LOT), 12) == 0 && load<i32>(lots + (<usize>head << LOT), 8) == CLEAN) {
      release(head)
      head = 0
    }
    store<u32>(from, head, 8)
    if (head == 0) store<u32>(from, 0, 12)
  }
  return true
}

/** Units come to the end of an account's line; `lot` is theirs to use, where they have one. */
// @ts-ignore: decorator
@inline function arrive(to: usize, units: u64, owner: i32, lot: u32): void {
  const balance = load<u64>(to)
  store<u64>(to, balance + units)
  let tail = load<u32>(to, 12)
  if (tail == 0) {
    if (owner == CLEAN) {
      if (lot != 0) release(lot)
      return
    }
    if (balance != 0) {
      tail = take(balance, CLEAN)
      store<u32>(to, tail, 8)
    }
  } else {
    const last = lots + (<usize>tail << LOT)
    if (load<i32>(last, 8) == owner) {
      store<u64>(last, load<u64>(last) + units)
      if (lot != 0) release(lot)
      return
    }
  }
  if (lot == 0) {
    lot = take(units, owner)
  } else {
    const own = lots + (<usize>lot << LOT)
    store<i32>(own, owner, 8)
    store<u32>(own, 0, 12)
  }
  if (tail == 0) store<u32>(to, lot, 8)
  else store<u32>(lots + (<usize>tail << LOT), lot, 12)
  store<u32>(to, lot, 12)
}

// @ts-ignore: decorator
@inline function take(units: u64, owner: i32): u32 {
  let lot = freeLot
  if (lot != 0) freeLot = load<u32>(lots + (<usize>lot << LOT), 12)
  else lot = nextLot++
  const at = lots + (<usize>lot << LOT)
  store<u64>(at, units)
  store<i32>(at, owner, 8)
  store<u32>(at, 0, 12)
  return lot
}

// @ts-ignore: decorator
@inline function release(lot: u32): void {
  store<u32>(lots + (<usize>lot << LOT), freeLot, 12)
  freeLot = lot
}

function makeRoom(more: u32): bool {
  const needed = <u64>lots + ((<u64>nextLot + <u64>more) << LOT)
  const room = <u64>memory.size() * PAGE
  if (needed <= room) return true
  const missing = <i64>((needed - room + PAGE - 1) / PAGE)
  // The very last page stays out of use: sizes fit 32 bits.
  const wanted = min(<i64>65535 - <i64>memory.size(), max(missing, <i64>STEP))
  return wanted >= missing && memory.grow(<i32>wanted) >= 0
}

/**
 * First the accounts of a portion of transfers; then the lots that its payees end with and its payers begin with, and those
 * behind. Most accounts have no lots: those that are there are listed without a branch, so that their reads stand close together.
 */
// @ts-ignore: decorator
@inline function readAhead(
  at: u32,
  ahead: u32,
  source: usize,
  destination: usize,
  accounts: usize,
  listed: usize,
): void {
  let sum: u64 = 0
  for (let next = at; next < ahead; next++) {
    sum += load<u64>(accounts + (<usize>u32At(source, next) << ACCOUNT), 8)
    sum += load<u64>(accounts + (<usize>u32At(destination, next) << ACCOUNT), 8)
  }
  let some: u32 = 0
  for (let next = at; next < ahead; next++) {
    const tail = load<u32>(accounts + (<usize>u32At(destination, next) << ACCOUNT), 12)
    setU32(listed, some, tail)
    some += u32(tail != 0)
  }
  for (let one: u32 = 0; one < some; one++) sum += load<u64>(lots + (<usize>u32At(listed, one) << LOT))
  some = 0
  for (let next = at; next < ahead; next++) {
    const head = load<u32>(accounts + (<usize>u32At(source, next) << ACCOUNT), 8)
    setU32(listed, some, head)
    some += u32(head != 0)
  }
  for (let one: u32 = 0; one < some; one++) sum += load<u64>(lots + (<usize>u32At(listed, one) << LOT))
  for (let step: u32 = 0; step < BEHIND; step++) {
    let left: u32 = 0
    for (let one: u32 = 0; one < some; one++) {
      const behind = load<u32>(lots + (<usize>u32At(listed, one) << LOT), 12)
      setU32(listed, left, behind)
      left += u32(behind != 0)
    }
    some = left
  }
  keep(sum + some)
}
