/**
 * The book of accounts in columns: accounts by number, amounts as whole numbers below `EXACT_LIMIT`, of which doubles
 * hold every one. It says what `bookInParts` says, without an object for each account, credit and part.
 *
 * Why nothing here is rounded: what a transaction spends, and what all seeds bring, stays below the limit, and so does
 * every loss, every account's proceeds and every part of them. A graph or seeds with larger sums are refused.
 */
import { type AccountBook, flowLimits } from './account-book.ts'
import { openFlowNotes } from './address-flow.ts'
import { exactWorth } from './exact-worth.ts'
import { openPartLists, openRow } from './part-lists.ts'
import { EXACT_LIMIT, fillTable } from './rules/exact-table.ts'
import type { Seed, SlotGraph } from './slot-graph.ts'
import type { UnspentOutputs } from './unspent-outputs.ts'

const NONE = -1

/** null where more is moved or seeded than can be counted in columns. */
export function bookInColumns(
  columns: SlotGraph,
  accountCount: number,
  unspent: UnspentOutputs,
  seeds: readonly Seed[],
): AccountBook | null {
  const exact = exactWorth(columns)
  if (!exact || seeds.reduce((sum, { amount }) => sum + amount, 0n) >= BigInt(EXACT_LIMIT)) return null
  const worth = exact
  const { slotCount } = columns
  const flow = openFlowNotes(flowLimits(columns, seeds.length), (length) => new Float64Array(length))

  // Owners of parts: the accounts, then the slots that proceeds are shown on, then the transaction that they leave by.
  const lists = openPartLists(accountCount + slotCount + 1)
  const leaving = accountCount + slotCount
  let leavingSum = 0
  const heldBy = new Float64Array(accountCount)
  const loss = new Float64Array(accountCount)
  const shownSlots: number[] = []

  // Credits: which outputs brought the proceeds of an account, in a chain for each, oldest first. An account gains once
  // in a transaction, and is noted by an output of it: so there are at most as many as there are slots and seeds.
  const firstCredit = new Int32Array(accountCount).fill(NONE)
  const lastCredit = new Int32Array(accountCount)
  const creditSlot = new Int32Array(slotCount + seeds.length)
  const creditLeft = new Float64Array(slotCount + seeds.length)
  const nextCredit = new Int32Array(slotCount + seeds.length)
  let creditCount = 0

  // What one transaction shares out; used again for every one.
  const row = openRow()
  const pair = new Float64Array(2)
  const places: number[] = []
  let toShare = 0
  let shares = new Float64Array(16)
  let left = new Float64Array(16)
  let cells = new Float64Array(64)

  return {
    meet: (account) => {
      loss[account] = 0
    },
    spend: (account, slot) => {
      loss[account] = (loss[account] as number) + (worth[slot] as number)
    },
    receive: (account, slot) => {
      loss[account] = (loss[account] as number) - (worth[slot] as number)
    },
    pays: (account) => (heldBy[account] as number) > 0 && (loss[account] as number) > 0,
    held: (account) => BigInt(heldBy[account] as number),
    take,
    payOut,
    place,
    show,
    shown: {
      has: isShown,
      get: (slot) => (isShown(slot) ? lists.parts(accountCount + slot) : undefined),
      held: (slot) => BigInt(lists.sum(accountCount + slot)),
      keys: () => shownSlots,
    },
    flow,
  }

  function isShown(slot: number): boolean {
    return !lists.isEmpty(accountCount + slot)
  }

  function take(account: number): void {
    const held = heldBy[account] as number
    const taken = Math.min(held, loss[account] as number)
    takeCredits(account, taken)
    leavingSum += taken
    heldBy[account] = held - taken
    if (taken === held) {
      lists.move(account, leaving)
      return
    }
    // Two rows: what leaves, and what is left.
    lists.read(account, row)
    pair[0] = taken
    pair[1] = held - taken
    if (2 * row.count > cells.length) cells = new Float64Array(4 * row.count)
    fillTable(pair, 2, row.amounts, row.count, cells)
    lists.add(leaving, row, cells, 0, 2)
    lists.replace(account, cells, 1, 2)
  }

  function payOut(touched: readonly number[], slotByAccount: Int32Array, credited: (account: number) => void): void {
    beginSharing(leavingSum)
    for (const account of touched) offer(account, -(loss[account] as number))
    shareOut(leaving)
    leavingSum = 0
    for (let index = 0; index < places.length; index++) {
      const account = places[index] as number
      const slot = slotByAccount[account] as number
      addCredit(account, slot, shares[index] as number)
      credited(account)
      flow.gave(slot, -(loss[account] as number), shares[index] as number)
    }
  }

  function place(account: number, slot: number, source: number, amount: bigint): bigint {
    // No sum of outputs beyond what is asked for: an account may own more than the limit.
    const wanted = Number(amount)
    let room = -(heldBy[account] as number)
    for (let output = unspent.first(account); output !== NONE && room < wanted; output = unspent.after(output))
      room += rest(output)
    const placed = Math.min(wanted, room)
    if (placed > 0) {
      lists.addOne(account, source, placed)
      addCredit(account, slot, placed)
    }
    return BigInt(placed)
  }

  function show(account: number): readonly number[] {
    beginSharing(heldBy[account] as number)
    for (let slot = unspent.first(account); slot !== NONE && toShare > 0; slot = unspent.after(slot))
      offer(accountCount + slot, rest(slot))
    const slots = places.map((owner) => owner - accountCount)
    for (const slot of slots) if (!isShown(slot)) shownSlots.push(slot)
    shareOut(account)
    heldBy[account] = 0
    firstCredit[account] = NONE
    return slots
  }

  /** An output that was shown before (its account was held, then paid again) has only the rest of its value to offer. */
  function rest(slot: number): number {
    return (worth[slot] as number) - lists.sum(accountCount + slot)
  }

  function beginSharing(amount: number): void {
    toShare = amount
    places.length = 0
  }

  /** Fills this owner up to its room; one that receives nothing has no place in the table. */
  function offer(owner: number, room: number): void {
    const share = Math.min(toShare, room)
    if (share <= 0) return
    if (places.length === shares.length) {
      const more = new Float64Array(2 * shares.length)
      more.set(shares)
      shares = more
    }
    shares[places.length] = share
    places.push(owner)
    toShare -= share
  }

  /** What `from` holds goes to the owners that were filled, of each source alike. */
  function shareOut(from: number): void {
    if (toShare > 0) throw new RangeError('more traced value than room')
    if (places.length === 1) {
      lists.move(from, places[0] as number)
      return
    }
    lists.read(from, row)
    lists.clear(from)
    if (shares.length > left.length) left = new Float64Array(shares.length)
    for (let index = 0; index < places.length; index++) left[index] = shares[index] as number
    if (places.length * row.count > cells.length) cells = new Float64Array(2 * places.length * row.count)
    fillTable(row.amounts, row.count, left, places.length, cells)
    for (let index = 0; index < places.length; index++)
      lists.add(places[index] as number, row, cells, index * row.count, 1)
  }

  function addCredit(account: number, slot: number, amount: number): void {
    heldBy[account] = (heldBy[account] as number) + amount
    creditSlot[creditCount] = slot
    creditLeft[creditCount] = amount
    nextCredit[creditCount] = NONE
    if (firstCredit[account] === NONE) firstCredit[account] = creditCount
    else nextCredit[lastCredit[account] as number] = creditCount
    lastCredit[account] = creditCount++
  }

  function takeCredits(account: number, amount: number): void {
    let wanted = amount
    while (wanted > 0) {
      const oldest = firstCredit[account] as number
      if (oldest === NONE) throw new RangeError('an account pays proceeds that nothing brought it')
      const part = Math.min(creditLeft[oldest] as number, wanted)
      flow.took(creditSlot[oldest] as number, part)
      wanted -= part
      creditLeft[oldest] = (creditLeft[oldest] as number) - part
      if (creditLeft[oldest] === 0) firstCredit[account] = nextCredit[oldest] as number
    }
  }
}
