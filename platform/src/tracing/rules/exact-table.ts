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
  if (remainders.length < columnCount) remainders = new Float64Array(columnCount * 2)
  let sum = 0
  for (let column = 0; column < columnCount; column++) sum += left[column] as number
  for (let row = 0; row < rowCount - 1; row++) {
    shareRow(rows[row] as number, sum, row)
    sum -= rows[row] as number
  }
  for (let column = 0; column < columnCount; column++) {
    cells[column * rowCount + rowCount - 1] = left[column] as number
  }

  /** `apportion`, in place. */
  function shareRow(total: number, weights: number, row: number): void {
    let over = total
    for (let column = 0; column < columnCount; column++) {
      const weight = left[column] as number
      const isShared = weight > 0 && total > 0
      const share = isShared ? quotient(total, weight, weights) : 0
      remainders[column] = isShared ? remainder : 0
      cells[column * rowCount + row] = share
      left[column] = weight - share
      over -= share
    }
    // A few scans cost less than a sort; of many columns that all want a unit, a sort costs less.
    if (over <= 1 + Math.log2(columnCount)) for (; over > 0; over--) addOne(largest(), row)
    else for (const column of byRemainder().slice(0, over)) addOne(column, row)
  }

  function addOne(column: number, row: number): void {
    const cell = column * rowCount + row
    cells[cell] = (cells[cell] as number) + 1
    left[column] = (left[column] as number) - 1
    remainders[column] = 0
  }

  function largest(): number {
    let found = 0
    for (let column = 1; column < columnCount; column++)
      if ((remainders[column] as number) > (remainders[found] as number)) found = column
    return found
  }

  function byRemainder(): number[] {
    const order = Array.from({ length: columnCount }, (_, column) => column)
    return order.sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b)
  }
}
