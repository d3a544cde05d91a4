/**
 * floor(a · b / d) and its remainder, exactly, for any 64-bit values with a ≤ d or b ≤ d.
 *
 * The product has up to 128 bits. The quotient of 128 by 64 bits is Knuth's algorithm D (The Art of Computer
 * Programming, volume 2, 4.3.1) on digits of 32 bits, with the divisor shifted until its top bit is set.
 */
const LOW: u64 = 0xffffffff

/** The remainder of the last division. */
export let remainder: u64 = 0

export function lastRemainder(): u64 {
  return remainder
}

export function mulDiv(a: u64, b: u64, d: u64): u64 {
  const low = a * b
  const high = highProduct(a, b)
  if (high == 0) {
    const quotient = low / d
    remainder = low - quotient * d
    return quotient
  }
  return divide(high, low, d)
}

function highProduct(a: u64, b: u64): u64 {
  const a0 = a & LOW
  const a1 = a >> 32
  const b0 = b & LOW
  const b1 = b >> 32
  const middle = a1 * b0 + ((a0 * b0) >> 32)
  const other = a0 * b1 + (middle & LOW)
  return a1 * b1 + (middle >> 32) + (other >> 32)
}

/** (high · 2^64 + low) / d, where high < d. */
function divide(high: u64, low: u64, d: u64): u64 {
  const shift = clz(d)
  const divisor = d << shift
  const top = divisor >> 32
  const bottom = divisor & LOW
  const carried = shift == 0 ? 0 : low >> (64 - shift)
  const upper = (high << shift) | carried
  const lower = low << shift
  const first = digit(upper, lower >> 32, top, bottom)
  // Both differences are below the divisor, so that arithmetic modulo 2^64 gives them exactly.
  const rest = ((upper << 32) | (lower >> 32)) - first * divisor
  const second = digit(rest, lower & LOW, top, bottom)
  remainder = (((rest << 32) | (lower & LOW)) - second * divisor) >> shift
  return (first << 32) | second
}

/** One digit: the guess from the top digit of the divisor is at most two too large. */
function digit(upper: u64, next: u64, top: u64, bottom: u64): u64 {
  let guess = upper / top
  let rest = upper - guess * top
  while (guess > LOW || guess * bottom > ((rest << 32) | next)) {
    guess--
    rest += top
    if (rest > LOW) break
  }
  return guess
}
