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
  const firstOf = new Int32Array(ownerCount).fill(NONE)
  let sourceOf = new Int32Array(ownerCount)
  let amountOf = new Float64Array(ownerCount)
  let nextOf = new Int32Array(ownerCount)
  let used = 0
  /** The first of the freed places, chained like a list. */
  let free = NONE
  const one = new Float64Array(1)
  const oneRow: PartRow = { count: 1, sources: new Int32Array(1), amounts: one }
  return { isEmpty, add, addOne, move, replace, clear, read, parts, sum }

  function isEmpty(owner: number): boolean {
    return firstOf[owner] === NONE
  }

  function add(owner: number, { count, sources }: PartRow, cells: Float64Array, first: number, step: number): void {
    let before = NONE
    let at = firstOf[owner] as number
    for (let index = 0; index < count; index++) {
      const amount = cells[first + index * step] as number
      if (amount === 0) continue
      const source = sources[index] as number
      while (at !== NONE && (sourceOf[at] as number) < source) {
        before = at
        at = nextOf[at] as number
      }
      if (at !== NONE && sourceOf[at] === source) amountOf[at] = (amountOf[at] as number) + amount
      else before = link(owner, before, place(source, amount, at))
    }
  }

  function addOne(owner: number, source: number, amount: number): void {
    oneRow.sources[0] = source
    one[0] = amount
    add(owner, oneRow, one, 0, 1)
  }

  function move(from: number, to: number): void {
    let moving = firstOf[from] as number
    firstOf[from] = NONE
    let before = NONE
    let at = firstOf[to] as number
    while (moving !== NONE) {
      if (at === NONE) {
        link(to, before, moving)
        return
      }
      const source = sourceOf[moving] as number
      const next = nextOf[moving] as number
      if ((sourceOf[at] as number) < source) {
        before = at
        at = nextOf[at] as number
        continue
      }
      if (sourceOf[at] === source) {
        amountOf[at] = (amountOf[at] as number) + (amountOf[moving] as number)
        release(moving)
      } else {
        nextOf[moving] = at
        before = link(to, before, moving)
      }
      moving = next
    }
  }

  function replace(owner: number, cells: Float64Array, first: number, step: number): void {
    let before = NONE
    let at = firstOf[owner] as number
    for (let cell = first; at !== NONE; cell += step) {
      const next = nextOf[at] as number
      amountOf[at] = cells[cell] as number
      if (cells[cell] !== 0) before = at
      else {
        link(owner, before, next)
        release(at)
      }
      at = next
    }
  }

  function clear(owner: number): void {
    let at = firstOf[owner] as number
    firstOf[owner] = NONE
    while (at !== NONE) {
      const next = nextOf[at] as number
      release(at)
      at = next
    }
  }

  function read(owner: number, row: PartRow): void {
    row.count = 0
    for (let at = firstOf[owner] as number; at !== NONE; at = nextOf[at] as number) {
      if (row.count === row.sources.length) {
        row.sources = longer(row.sources, new Int32Array(2 * row.count))
        row.amounts = longer(row.amounts, new Float64Array(2 * row.count))
      }
      row.sources[row.count] = sourceOf[at] as number
      row.amounts[row.count++] = amountOf[at] as number
    }
  }

  function parts(owner: number): Part[] {
    const found: Part[] = []
    for (let at = firstOf[owner] as number; at !== NONE; at = nextOf[at] as number)
      found.push({ source: sourceOf[at] as number, amount: BigInt(amountOf[at] as number) })
    return found
  }

  function sum(owner: number): number {
    let total = 0
    for (let at = firstOf[owner] as number; at !== NONE; at = nextOf[at] as number) total += amountOf[at] as number
    return total
  }

  function link(owner: number, before: number, at: number): number {
    if (before === NONE) firstOf[owner] = at
    else nextOf[before] = at
    return at
  }

  function place(source: number, amount: number, next: number): number {
    let at = free
    if (at !== NONE) free = nextOf[at] as number
    else {
      if (used === nextOf.length) {
        sourceOf = longer(sourceOf, new Int32Array(2 * used + 1))
        amountOf = longer(amountOf, new Float64Array(2 * used + 1))
        nextOf = longer(nextOf, new Int32Array(2 * used + 1))
      }
      at = used++
    }
    sourceOf[at] = source
    amountOf[at] = amount
    nextOf[at] = next
    return at
  }

  function release(at: number): void {
    nextOf[at] = free
    free = at
  }
}

function longer<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
