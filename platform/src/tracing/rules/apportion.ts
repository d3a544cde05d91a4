/**
 * Exact apportionment by largest remainder (Hamilton's method), the only rounding in this room.
 *
 * Fixed tie rule: among equal remainders the lower index is served first.
 */
import { EXACT_LIMIT, fillTable } from './exact-table.ts'

/**
 * Shares of `total` in proportion to `weights`; they sum to `total` exactly, and no share exceeds the weight as long as
 * `total` does not exceed the sum of the weights (a quota is at most its weight, and weights are whole).
 * With all weights zero only a `total` of zero can be shared.
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n
  for (const weight of weights) sum += weight
  if (total === 0n) return weights.map(() => 0n)
  if (sum === 0n) throw new RangeError('cannot apportion value over nothing')
  const shares: bigint[] = []
  const remainders: { index: number; remainder: bigint }[] = []
  let given = 0n
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as bigint
    if (weight === 0n) {
      shares.push(0n)
      continue
    }
    const product = total * weight
    const share = product / sum
    shares.push(share)
    given += share
    // One division instead of two: the remainder is what the share leaves of the product.
    const remainder = product - share * sum
    if (remainder > 0n) remainders.push({ index, remainder })
  }
  let left = Number(total - given)
  if (left === 1) {
    let largest = remainders[0] as { index: number; remainder: bigint }
    for (const one of remainders) if (one.remainder > largest.remainder) largest = one
    shares[largest.index] = (shares[largest.index] as bigint) + 1n
  } else if (left > 0) {
    remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
    for (const { index } of remainders) {
      if (left-- === 0) break
      shares[index] = (shares[index] as bigint) + 1n
    }
  }
  return shares
}

/**
 * Splits what each place received among the sources: `rows[s]` is what source s brings in, `columns[o]` what place o
 * receives in all, and both have the same sum. Returns `cells[o][s]` with exact row and column sums.
 *
 * Sources are served in their order, each in proportion to the room that is still left in the columns; the last one
 * gets exactly what is left. Every cell is within one unit per earlier source of the ideal share.
 */
export function apportionTable(rows: readonly bigint[], columns: readonly bigint[]): bigint[][] {
  // Often one place receives everything: then there is nothing to share out.
  const places = columns.filter((column) => column > 0n).length
  if (places === 1) return columns.map((column) => (column > 0n ? [...rows] : rows.map(() => 0n)))
  let sum = 0n
  for (const row of rows) sum += row
  if (rows.length === 0 || sum >= EXACT_LIMIT) return apportionLargeTable(rows, columns)
  const cells = new Float64Array(rows.length * columns.length)
  fillTable(inDoubles(rows), rows.length, inDoubles(columns), columns.length, cells)
  return columns.map((_, column) => rows.map((_, row) => BigInt(cells[column * rows.length + row] as number)))
}

/** A plain loop: `Float64Array.from` goes by an iterator, which costs more than the table. */
function inDoubles(amounts: readonly bigint[]): Float64Array {
  const doubles = new Float64Array(amounts.length)
  for (let at = 0; at < amounts.length; at++) doubles[at] = Number(amounts[at])
  return doubles
}

/** The same for sums of any size: the definition. */
export function apportionLargeTable(rows: readonly bigint[], columns: readonly bigint[]): bigint[][] {
  const cells: bigint[][] = columns.map(() => [])
  const left = [...columns]
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as bigint
    if (at === rows.length - 1) {
      left.forEach((share, column) => {
        ;(cells[column] as bigint[]).push(share)
      })
      break
    }
    const shares = apportion(row, left)
    for (let column = 0; column < left.length; column++) {
      const share = shares[column] as bigint
      left[column] = (left[column] as bigint) - share
      ;(cells[column] as bigint[]).push(share)
    }
  }
  return cells
}
