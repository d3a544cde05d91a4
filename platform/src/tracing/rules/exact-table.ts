/**
 * The table of `apportionTable` in columns of whole numbers below 2^52: the same cells, without an object for each.
 *
 * A double is only ever a guess here. `quotient` checks its guess by the remainder, which is computed exactly, and a
 * guess is kept only where 0 ≤ remainder < divisor. Amounts of 2^52 and more (larger than all bitcoin, but not than all
 * dogecoin) go by `apportionTable`.
 */

/** Sums below this are counted here. */
export const EXACT_LIMIT = 2 ** 52

const HALF = 2 ** 26

/** What the last `quotient` left: a second result that costs no object. */
let remainder = 0

/**
 * ⌊a·b / c⌋ for whole a ≤ c, b and c below 2^52, c > 0; sets `remainder`.
 *
 * The guess is within one of the answer: two roundings of 2^-53 each on a quotient below 2^52. So a·b − guess·c lies
 * between −c and 2c, within 2^53. It is summed from products of halves of 26 bits. Each product is below 2^52 and each
 * sum or difference of them at most 2^53, hence exact; so is the step from one half to the next, since its result is
 * whole and what remains of it after the last step is below 2^53.
 */
export function quotient(a: number, b: number, c: number): number {
  let guess = Math.floor((a * b) / c)
  const aHigh = Math.floor(a / HALF)
  const aLow = a - aHigh * HALF
  const bHigh = Math.floor(b / HALF)
  const bLow = b - bHigh * HALF
  const cHigh = Math.floor(c / HALF)
  const cLow = c - cHigh * HALF
  const guessHigh = Math.floor(guess / HALF)
  const guessLow = guess - guessHigh * HALF
  const high = aHigh * bHigh - guessHigh * cHigh
  const middle = aHigh * bLow + aLow * bHigh - (guessHigh * cLow + guessLow * cHigh)
  remainder = (high * HALF + middle) * HALF + (aLow * bLow - guessLow * cLow)
  if (remainder < 0) {
    guess--
    remainder += c
  } else if (remainder >= c) {
    guess++
    remainder -= c
  }
  if (remainder < 0 || remainder >= c) throw new RangeError('a quotient cannot be told exactly')
  return guess
}

export function lastRemainder(): number {
  return remainder
}

let remainders = new Float64Array(16)
let sorted = new Float64Array(16)
const SHORT = 32

/**
 * Shares the first `rowCount` of `rows` out over the first `columnCount` of `left`, whose sum is the same and below
 * `EXACT_LIMIT`; `cells[column * rowCount + row]` is what `apportionTable` says. `left` is used up.
 */
export function fillTable(
  rows: Float64Array,
  rowCount: number,
  left: Float64Array,
  columnCount: number,
  cells: Float64Array,
): void {
  let sum = 0
  for (let column = 0; column < columnCount; column++) sum += left[column] as number
  for (let row = 0; row < rowCount - 1; row++) {
    const total = rows[row] as number
    shareRow(total, sum, left, columnCount, cells, row, rowCount)
    sum -= total
  }
  for (let column = 0; column < columnCount; column++) {
    cells[column * rowCount + rowCount - 1] = left[column] as number
  }
}

/** `apportion` of `total` over the first columns of `left`, which it lowers: the cell of a column stands at `row + column * step`. */
export function shareRow(
  total: number,
  weights: number,
  left: Float64Array,
  columnCount: number,
  cells: Float64Array,
  row: number,
  step: number,
): void {
  if (remainders.length < columnCount) {
    remainders = new Float64Array(columnCount * 2)
    sorted = new Float64Array(columnCount * 2)
  }
  let over = total
  for (let column = 0; column < columnCount; column++) {
    const weight = left[column] as number
    const isShared = weight > 0 && total > 0
    const share = isShared ? quotient(total, weight, weights) : 0
    remainders[column] = isShared ? remainder : 0
    cells[row + column * step] = share
    left[column] = weight - share
    over -= share
  }
  if (over === 0) return
  const least = over === 1 ? largestRemainder(columnCount) : leastServed(over, columnCount)
  // Whoever has more is served; of those who have just as much, the lower index first, as long as units are left.
  let equals = over
  for (let column = 0; column < columnCount; column++) if ((remainders[column] as number) > least) equals--
  for (let column = 0; column < columnCount; column++) {
    const own = remainders[column] as number
    if (own < least || (own === least && equals-- <= 0)) continue
    cells[row + column * step] = (cells[row + column * step] as number) + 1
    left[column] = (left[column] as number) - 1
  }
}

function largestRemainder(columnCount: number): number {
  let largest = 0
  for (let column = 0; column < columnCount; column++) largest = Math.max(largest, remainders[column] as number)
  return largest
}

/** The smallest remainder that is still served a unit, where `over` units go to the largest remainders. */
function leastServed(over: number, columnCount: number): number {
  if (columnCount <= SHORT) insertRemainders(columnCount)
  else {
    sorted.set(remainders.subarray(0, columnCount))
    sorted.subarray(0, columnCount).sort()
  }
  return sorted[columnCount - over] as number
}

/** Sorts a short row, for which the call of a sort costs more than the sorting. */
function insertRemainders(columnCount: number): void {
  for (let column = 0; column < columnCount; column++) {
    const own = remainders[column] as number
    let at = column
    for (; at > 0 && (sorted[at - 1] as number) > own; at--) sorted[at] = sorted[at - 1] as number
    sorted[at] = own
  }
}
