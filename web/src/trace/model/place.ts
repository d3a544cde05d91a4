/**
 * Where everything stands: hop by hop in columns, in each column a row. A node gets the free row nearest to the mean of what it is
 * joined to (barycentres: Sugiyama, Tagawa, Toda 1981) once and for good: what comes later takes what is free, and moves nothing. Rows
 * that are taken are skipped with a union of intervals (Tarjan 1975), so that 10,000 nodes need no search.
 */
import type { Model } from './model.ts'

/** Node number → row in its column. Rows may be negative: the first stands at 0. */
export type Placed = Readonly<Record<number, number>>

export function place(model: Model, before: Placed, arriving: readonly number[]): Placed {
  const placed: Record<number, number> = { ...before }
  const columns = new Map<number, Free>()
  const freeIn = (column: number): Free => {
    const known = columns.get(column)
    if (known) return known
    const free = openColumn()
    columns.set(column, free)
    return free
  }
  for (const [number, row] of Object.entries(before)) {
    const node = model.nodes[Number(number)]
    if (node) freeIn(node.column).take(row)
  }
  for (const number of inOrder(model, arriving)) {
    const node = model.nodes[number]
    if (!node || number in placed) continue
    const row = freeIn(node.column).nearest(wished(model, placed, number))
    freeIn(node.column).take(row)
    placed[number] = row
  }
  return placed
}

/** Column by column; in a column the earliest first, then the largest. */
function inOrder({ nodes }: Model, arriving: readonly number[]): readonly number[] {
  return [...new Set(arriving)].sort((a, b) => {
    const [one, other] = [nodes[a], nodes[b]]
    if (!one || !other) return 0
    if (one.column !== other.column) return one.column - other.column
    const [early, late] = [one.time ?? Number.MAX_SAFE_INTEGER, other.time ?? Number.MAX_SAFE_INTEGER]
    if (early !== late) return early - late
    if (one.weight !== other.weight) return one.weight > other.weight ? -1 : 1
    return one.id < other.id ? -1 : 1
  })
}

const MOST_NEIGHBOURS = 24

function wished({ out, into, edges }: Model, placed: Placed, number: number): number {
  let [sum, count] = [0, 0]
  for (const edge of (into[number] ?? []).slice(0, MOST_NEIGHBOURS)) {
    const row = placed[edges[edge]?.from ?? -1]
    if (row !== undefined) [sum, count] = [sum + row, count + 1]
  }
  if (count === 0)
    for (const edge of (out[number] ?? []).slice(0, MOST_NEIGHBOURS)) {
      const row = placed[edges[edge]?.to ?? -1]
      if (row !== undefined) [sum, count] = [sum + row, count + 1]
    }
  return count === 0 ? 0 : Math.round(sum / count)
}

type Free = { take(row: number): void; nearest(row: number): number }

/** Rows of one column: which are taken, and which free one is nearest; the lower one where two are equally near. */
function openColumn(): Free {
  const down = new Map<number, number>()
  const up = new Map<number, number>()
  const find = (links: Map<number, number>, row: number): number => {
    let at = row
    while (links.has(at)) at = links.get(at) as number
    for (let step = row; step !== at; ) {
      const next = links.get(step) as number
      links.set(step, at)
      step = next
    }
    return at
  }
  return {
    take(row) {
      down.set(row, row + 1)
      up.set(row, row - 1)
    },
    nearest(row) {
      const [below, above] = [find(down, row), find(up, row)]
      return row - above < below - row ? above : below
    },
  }
}
