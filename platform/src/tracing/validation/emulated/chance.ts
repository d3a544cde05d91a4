/**
 * Chance from a seed, so that a world can be made again by whoever knows its number.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand) over the SHA-256 of the seed: the same draws on every machine.
 */
import { hexToBytes, sha256Text } from '../../../kernel/index.ts'

export type Chance = {
  /** In [0, 1). */
  share(): number
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** Base units, both ends included. */
  units(from: bigint, to: bigint): bigint
  /** True once in so many times. */
  happens(share: number): boolean
  one<T>(items: readonly T[]): T
  /** By weight. */
  weighed<T>(items: readonly (readonly [T, number])[]): T
  shuffled<T>(items: readonly T[]): T[]
}

export function chanceFrom(seed: string): Chance {
  const words = new DataView(hexToBytes(sha256Text(seed)).buffer)
  let [a, b, c, counter] = [words.getUint32(0), words.getUint32(4), words.getUint32(8), 1]
  for (let n = 0; n < 12; n++) next()
  return { share, whole, units, happens: (limit) => share() < limit, one, weighed, shuffled }

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  function share(): number {
    return next() / 0x1_0000_0000
  }

  function whole(from: number, to: number): number {
    return from + Math.floor(share() * (to - from + 1))
  }

  function units(from: bigint, to: bigint): bigint {
    const span = to - from + 1n
    return span <= 1n ? from : from + (((BigInt(next()) << 32n) | BigInt(next())) % span)
  }

  function one<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to choose from')
    return items[whole(0, items.length - 1)] as T
  }

  function weighed<T>(items: readonly (readonly [T, number])[]): T {
    let left = share() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      left -= weight
      if (left < 0) return item
    }
    return one(items)[0]
  }

  function shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items]
    for (let n = copy.length - 1; n > 0; n--) {
      const other = whole(0, n)
      ;[copy[n], copy[other]] = [copy[other] as T, copy[n] as T]
    }
    return copy
  }
}
