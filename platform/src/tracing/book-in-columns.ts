/**
 * The book of accounts in columns: accounts by number, amounts as whole numbers below `EXACT_LIMIT`, of which doubles
 * hold every one. It says what `bookInParts` says, without an object for each account, credit and part.
 *
 * Why nothing here is rounded: what a transaction spends, and what all seeds bring, stays below the limit, and so does
 * every loss, every account's proceeds and every part of them. A graph or seeds with larger sums are refused.
 */
import { type AccountBook, flowLimits } from './account-book.ts'
import { type FlowNotes, openFlowNotes } from './address-flow.ts'
import { exactWorth } from './exact-worth.ts'
import type { SlotParts } from './held-parts.ts'
import { openPartLists, openRow, type PartLists } from './part-lists.ts'
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
  const worth = exactWorth(columns)
  if (!worth || seeds.reduce((sum, { amount }) => sum + amount, 0n) >= BigInt(EXACT_LIMIT)) return null
  return new ColumnBook(columns, worth, accountCount, unspent, seeds.length)
}

/** A class, so that the calls of every trace after the first find the code that was compiled for the first. */
class ColumnBook implements AccountBook {
  readonly flow: FlowNotes<number>
  private readonly worth: Float64Array
  private readonly accountCount: number
  private readonly unspent: UnspentOutputs

  /** Owners of parts: the accounts, then the slots that proceeds are shown on, then the transaction that they leave by. */
  private readonly lists: PartLists
  private readonly leaving: number
  private leavingSum = 0
  private readonly heldBy: Float64Array
  private readonly loss: Float64Array
  private readonly shownSlots: number[] = []

  // Credits: which outputs brought the proceeds of an account, in a chain for each, oldest first. An account gains once
  // in a transaction, and is noted by an output of it: so there are at most as many as there are slots and seeds.
  private readonly firstCredit: Int32Array
  private readonly lastCredit: Int32Array
  private readonly creditSlot: Int32Array
  private readonly creditLeft: Float64Array
  private readonly nextCredit: Int32Array
  private creditCount = 0

  // What one transaction shares out; used again for every one.
  private readonly row = openRow()
  private readonly pair = new Float64Array(2)
  private readonly places: number[] = []
  private toShare = 0
  private shares = new Float64Array(16)
  private left = new Float64Array(16)
  private cells = new Float64Array(64)

  constructor(
    columns: SlotGraph,
    worth: Float64Array,
    accountCount: number,
    unspent: UnspentOutputs,
    seedCount: number,
  ) {
    const { slotCount } = columns
    this.worth = worth
    this.accountCount = accountCount
    this.unspent = unspent
    this.flow = openFlowNotes(flowLimits(columns, seedCount), (length) => new Float64Array(length))
    this.lists = openPartLists(accountCount + slotCount + 1)
    this.leaving = accountCount + slotCount
    this.heldBy = new Float64Array(accountCount)
    this.loss = new Float64Array(accountCount)
    this.firstCredit = new Int32Array(accountCount).fill(NONE)
    this.lastCredit = new Int32Array(accountCount)
    this.creditSlot = new Int32Array(slotCount + seedCount)
    this.creditLeft = new Float64Array(slotCount + seedCount)
    this.nextCredit = new Int32Array(slotCount + seedCount)
  }

  get shown(): SlotParts {
    return {
      has: (slot) => this.isShown(slot),
      get: (slot) => (this.isShown(slot) ? this.lists.parts(this.accountCount + slot) : undefined),
      held: (slot) => BigInt(this.lists.sum(this.accountCount + slot)),
      keys: () => this.shownSlots,
    }
  }

  meet(account: number): void {
    this.loss[account] = 0
  }

  spend(account: number, slot: number): void {
    this.loss[account] = (this.loss[account] as number) + (this.worth[slot] as number)
  }

  receive(account: number, slot: number): void {
    this.loss[account] = (this.loss[account] as number) - (this.worth[slot] as number)
  }

  pays(account: number): boolean {
    return (this.heldBy[account] as number) > 0 && (this.loss[account] as number) > 0
  }

  held(account: number): bigint {
    return BigInt(this.heldBy[account] as number)
  }

  private isShown(slot: number): boolean {
    return !this.lists.isEmpty(this.accountCount + slot)
  }

  take(account: number): void {
    const held = this.heldBy[account] as number
    const taken = Math.min(held, this.loss[account] as number)
    this.takeCredits(account, taken)
    this.leavingSum += taken
    this.heldBy[account] = held - taken
    if (taken === held) {
      this.lists.move(account, this.leaving)
      return
    }
    // Two rows: what leaves, and what is left.
    this.lists.read(account, this.row)
    this.pair[0] = taken
    this.pair[1] = held - taken
    if (2 * this.row.count > this.cells.length) this.cells = new Float64Array(4 * this.row.count)
    fillTable(this.pair, 2, this.row.amounts, this.row.count, this.cells)
    this.lists.add(this.leaving, this.row, this.cells, 0, 2)
    this.lists.replace(account, this.cells, 1, 2)
  }

  payOut(touched: readonly number[], slotByAccount: Int32Array, credited: (account: number) => void): void {
    this.beginSharing(this.leavingSum)
    for (const account of touched) this.offer(account, -(this.loss[account] as number))
    this.shareOut(this.leaving)
    this.leavingSum = 0
    for (let index = 0; index < this.places.length; index++) {
      const account = this.places[index] as number
      const slot = slotByAccount[account] as number
      this.addCredit(account, slot, this.shares[index] as number)
      credited(account)
      this.flow.gave(slot, -(this.loss[account] as number), this.shares[index] as number)
    }
  }

  place(account: number, slot: number, source: number, amount: bigint): bigint {
    // No sum of outputs beyond what is asked for: an account may own more than the limit.
    const wanted = Number(amount)
    let room = -(this.heldBy[account] as number)
    for (
      let output = this.unspent.first(account);
      output !== NONE && room < wanted;
      output = this.unspent.after(output)
    )
      room += this.rest(output)
    const placed = Math.min(wanted, room)
    if (placed > 0) {
      this.lists.addOne(account, source, placed)
      this.addCredit(account, slot, placed)
    }
    return BigInt(placed)
  }

  show(account: number): readonly number[] {
    this.beginSharing(this.heldBy[account] as number)
    for (let slot = this.unspent.first(account); slot !== NONE && this.toShare > 0; slot = this.unspent.after(slot))
      this.offer(this.accountCount + slot, this.rest(slot))
    const slots = this.places.map((owner) => owner - this.accountCount)
    for (const slot of slots) if (!this.isShown(slot)) this.shownSlots.push(slot)
    this.shareOut(account)
    this.heldBy[account] = 0
    this.firstCredit[account] = NONE
    return slots
  }

  /** An output that was shown before (its account was held, then paid again) has only the this.rest of its value to this.offer. */
  private rest(slot: number): number {
    return (this.worth[slot] as number) - this.lists.sum(this.accountCount + slot)
  }

  private beginSharing(amount: number): void {
    this.toShare = amount
    this.places.length = 0
  }

  /** Fills this owner up to its room; one that receives nothing has no this.place in the table. */
  private offer(owner: number, room: number): void {
    const share = Math.min(this.toShare, room)
    if (share <= 0) return
    if (this.places.length === this.shares.length) {
      const more = new Float64Array(2 * this.shares.length)
      more.set(this.shares)
      this.shares = more
    }
    this.shares[this.places.length] = share
    this.places.push(owner)
    this.toShare -= share
  }

  /** What `from` holds goes to the owners that were filled, of each source alike. */
  private shareOut(from: number): void {
    if (this.toShare > 0) throw new RangeError('more traced value than room')
    if (this.places.length === 1) {
      this.lists.move(from, this.places[0] as number)
      return
    }
    this.lists.read(from, this.row)
    this.lists.clear(from)
    if (this.shares.length > this.left.length) this.left = new Float64Array(this.shares.length)
    for (let index = 0; index < this.places.length; index++) this.left[index] = this.shares[index] as number
    if (this.places.length * this.row.count > this.cells.length)
      this.cells = new Float64Array(2 * this.places.length * this.row.count)
    fillTable(this.row.amounts, this.row.count, this.left, this.places.length, this.cells)
    for (let index = 0; index < this.places.length; index++)
      this.lists.add(this.places[index] as number, this.row, this.cells, index * this.row.count, 1)
  }

  private addCredit(account: number, slot: number, amount: number): void {
    this.heldBy[account] = (this.heldBy[account] as number) + amount
    this.creditSlot[this.creditCount] = slot
    this.creditLeft[this.creditCount] = amount
    this.nextCredit[this.creditCount] = NONE
    if (this.firstCredit[account] === NONE) this.firstCredit[account] = this.creditCount
    else this.nextCredit[this.lastCredit[account] as number] = this.creditCount
    this.lastCredit[account] = this.creditCount++
  }

  private takeCredits(account: number, amount: number): void {
    let wanted = amount
    while (wanted > 0) {
      const oldest = this.firstCredit[account] as number
      if (oldest === NONE) throw new RangeError('an account pays proceeds that nothing brought it')
      const part = Math.min(this.creditLeft[oldest] as number, wanted)
      this.flow.took(this.creditSlot[oldest] as number, part)
      wanted -= part
      this.creditLeft[oldest] = (this.creditLeft[oldest] as number) - part
      if (this.creditLeft[oldest] === 0) this.firstCredit[account] = this.nextCredit[oldest] as number
    }
  }
}
