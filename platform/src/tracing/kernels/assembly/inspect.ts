import { BATCH, bitAt, keep, setBit, u32At, u64At } from './columns'

/** What `inspect` found; the host knows the same numbers. */
const FINE: u32 = 0
const ORDER: u32 = 1
const UNKNOWN_SLOT: u32 = 2
const SPENT_TWICE: u32 = 3
const NOT_BALANCED: u32 = 4
const TOO_LARGE: u32 = 5

let place: u32 = 0
let most: u32 = 0

/** The transaction at which the last inspection stopped. */
export function inspectedTx(): u32 {
  return place
}

/** The largest number of out-slots of one transaction. */
export function mostOuts(): u32 {
  return most
}

/**
 * The whole promise of a slot graph, transaction by transaction. The passes read memory without looking, so nothing may
 * point outside the columns; and their amounts are exact only where every transaction balances below 2^64.
 * `spent` is a bit for each slot, nought when it starts.
 */
export function inspect(
  txCount: u32,
  slotCount: u32,
  inCount: u32,
  outStart: usize,
  inStart: usize,
  inSlot: usize,
  value: usize,
  spent: usize,
): u32 {
  place = 0
  most = 0
  let from: u32 = 0
  let out: u32 = 0
  let ahead: u32 = 0
  if (u32At(outStart, 0) != 0 || u32At(inStart, 0) != 0) return ORDER
  const created = u32At(outStart, txCount)
  if (created > slotCount || u32At(inStart, txCount) != inCount) return ORDER
  for (let tx: u32 = 0; tx < txCount; tx++) {
    place = tx
    const to = u32At(inStart, tx + 1)
    const end = u32At(outStart, tx + 1)
    if (to < from || to > inCount || end < out || end > created) return ORDER
    if (to > ahead) {
      ahead = min(inCount, from + BATCH)
      let sum: u64 = 0
      for (let at = from; at < ahead; at++) {
        const slot = u32At(inSlot, at)
        if (slot < slotCount) sum += u64At(value, slot)
      }
      keep(sum)
    }
    most = max(most, end - out)
    let brought: u64 = 0
    for (; from < to; from++) {
      const slot = u32At(inSlot, from)
      if (slot >= slotCount || (slot >= out && slot < created)) return UNKNOWN_SLOT
      if (bitAt(spent, slot) != 0) return SPENT_TWICE
      setBit(spent, slot)
      const amount = u64At(value, slot)
      brought += amount
      if (brought < amount) return TOO_LARGE
    }
    let given: u64 = 0
    for (; out < end; out++) {
      const amount = u64At(value, out)
      given += amount
      if (given < amount) return TOO_LARGE
    }
    if (brought != given) return NOT_BALANCED
  }
  return FINE
}
