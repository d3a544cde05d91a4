/** The generator sfc32 (Chris Doty-Humphrey, PractRand): fixed seeds give the same ledgers on every machine. */
export type Random = {
  /** a whole number from 0 to 2^32 − 1 */
  readonly word: () => number
  /** from 0 to 1, without 1 */
  readonly unit: () => number
  /** a whole number from 0 to `count` − 1 */
  readonly below: (count: number) => number
}

export function sfc32(seed: number): Random {
  let a = 0x9e3779b9 ^ seed
  let b = 0x243f6a88
  let c = 0xb7e15162
  let counter = 1
  for (let warm = 0; warm < 16; warm++) word()
  return { word, unit, below: (count) => Math.floor(unit() * count) }

  function word(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }

  function unit(): number {
    return word() / 2 ** 32
  }
}
