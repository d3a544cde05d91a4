/**
 * Lists of parts in columns: for each owner, by a number, one part for each source in ascending order. What moves on
 * from one owner to another is linked there, and freed parts are used again, so that a pass makes no object of them.
 *
 * Amounts are whole numbers; who adds them up sees to it that no sum reaches `EXACT_LIMIT`.
 */
import type { Part } from './rules/parts.ts'

const NONE = -1

/** The parts of one owner side by side, where a table is filled from them. */
export type PartRow = { count: number; sources: Int32Array; amounts: Float64Array }

export type PartLists = {
  isEmpty(owner: number): boolean
  /** Adds the amounts that are not nought among `cells[first]`, `cells[first + step]` … for the sources of a row. */
  add(owner: number, row: PartRow, cells: Float64Array, first: number, step: number): void
  addOne(owner: number, source: number, amount: number): void
  /** Everything that `from` holds goes to `to`. */
  move(from: number, to: number): void
  /** The parts become `cells[first]`, `cells[first + step]` … in their order; those that become nought are gone. */
  replace(owner: number, cells: Float64Array, first: number, step: number): void
  clear(owner: number): void
  /** Writes the list into `row`, which grows to hold it. */
  read(owner: number, row: PartRow): void
  parts(owner: number): Part[]
  sum(owner: number): number
}

export function openRow(): PartRow {
  return { count: 0, sources: new Int32Array(32), amounts: new Float64Array(32) }
}

export function openPartLists(ownerCount: number): PartLists {
  return new Lists(ownerCount)
}

/** A class, so that the calls of every trace after the first find the code that was compiled for the first. */
class Lists implements PartLists {
  private readonly firstOf: Int32Array
  private sourceOf: Int32Array
  private amountOf: Float64Array
  private nextOf: Int32Array
  private used = 0
  /** The first of the freed places, chained like a list. */
  private free = NONE
  private readonly one = new Float64Array(1)
  private readonly oneRow: PartRow = { count: 1, sources: new Int32Array(1), amounts: this.one }

  constructor(ownerCount: number) {
    this.firstOf = new Int32Array(ownerCount).fill(NONE)
    this.sourceOf = new Int32Array(ownerCount)
    this.amountOf = new Float64Array(ownerCount)
    this.nextOf = new Int32Array(ownerCount)
  }

  isEmpty(owner: number): boolean {
    return this.firstOf[owner] === NONE
  }

  add(owner: number, { count, sources }: PartRow, cells: Float64Array, first: number, step: number): void {
    let before = NONE
    let at = this.firstOf[owner] as number
    for (let index = 0; index < count; index++) {
      const amount = cells[first + index * step] as number
      if (amount === 0) continue
      const source = sources[index] as number
      while (at !== NONE && (this.sourceOf[at] as number) < source) {
        before = at
        at = this.nextOf[at] as number
      }
      if (at !== NONE && this.sourceOf[at] === source) this.amountOf[at] = (this.amountOf[at] as number) + amount
      else before = this.link(owner, before, this.place(source, amount, at))
    }
  }

  addOne(owner: number, source: number, amount: number): void {
    this.oneRow.sources[0] = source
    this.one[0] = amount
    this.add(owner, this.oneRow, this.one, 0, 1)
  }

  move(from: number, to: number): void {
    let moving = this.firstOf[from] as number
    this.firstOf[from] = NONE
    let before = NONE
    let at = this.firstOf[to] as number
    while (moving !== NONE) {
      if (at === NONE) {
        this.link(to, before, moving)
        return
      }
      const source = this.sourceOf[moving] as number
      const next = this.nextOf[moving] as number
      if ((this.sourceOf[at] as number) < source) {
        before = at
        at = this.nextOf[at] as number
        continue
      }
      if (this.sourceOf[at] === source) {
        this.amountOf[at] = (this.amountOf[at] as number) + (this.amountOf[moving] as number)
        this.release(moving)
      } else {
        this.nextOf[moving] = at
        before = this.link(to, before, moving)
      }
      moving = next
    }
  }

  replace(owner: number, cells: Float64Array, first: number, step: number): void {
    let before = NONE
    let at = this.firstOf[owner] as number
    for (let cell = first; at !== NONE; cell += step) {
      const next = this.nextOf[at] as number
      this.amountOf[at] = cells[cell] as number
      if (cells[cell] !== 0) before = at
      else {
        this.link(owner, before, next)
        this.release(at)
      }
      at = next
    }
  }

  clear(owner: number): void {
    let at = this.firstOf[owner] as number
    this.firstOf[owner] = NONE
    while (at !== NONE) {
      const next = this.nextOf[at] as number
      this.release(at)
      at = next
    }
  }

  read(owner: number, row: PartRow): void {
    row.count = 0
    for (let at = this.firstOf[owner] as number; at !== NONE; at = this.nextOf[at] as number) {
      if (row.count === row.sources.length) {
        row.sources = longer(row.sources, new Int32Array(2 * row.count))
        row.amounts = longer(row.amounts, new Float64Array(2 * row.count))
      }
      row.sources[row.count] = this.sourceOf[at] as number
      row.amounts[row.count++] = this.amountOf[at] as number
    }
  }

  parts(owner: number): Part[] {
    const found: Part[] = []
    for (let at = this.firstOf[owner] as number; at !== NONE; at = this.nextOf[at] as number)
      found.push({ source: this.sourceOf[at] as number, amount: BigInt(this.amountOf[at] as number) })
    return found
  }

  sum(owner: number): number {
    let total = 0
    for (let at = this.firstOf[owner] as number; at !== NONE; at = this.nextOf[at] as number)
      total += this.amountOf[at] as number
    return total
  }

  private link(owner: number, before: number, at: number): number {
    if (before === NONE) this.firstOf[owner] = at
    else this.nextOf[before] = at
    return at
  }

  private place(source: number, amount: number, next: number): number {
    let at = this.free
    if (at !== NONE) this.free = this.nextOf[at] as number
    else {
      if (this.used === this.nextOf.length) {
        this.sourceOf = longer(this.sourceOf, new Int32Array(2 * this.used + 1))
        this.amountOf = longer(this.amountOf, new Float64Array(2 * this.used + 1))
        this.nextOf = longer(this.nextOf, new Int32Array(2 * this.used + 1))
      }
      at = this.used++
    }
    this.sourceOf[at] = source
    this.amountOf[at] = amount
    this.nextOf[at] = next
    return at
  }

  private release(at: number): void {
    this.nextOf[at] = this.free
    this.free = at
  }
}

function longer<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
