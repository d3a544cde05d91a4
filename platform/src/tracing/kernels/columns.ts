/** Where columns lie in the memory of the kernels. */

/** Columns begin on cache lines. */
const ALIGNMENT = 64

/**
 * Lays columns out one after the other from `base`: name → bytes becomes name → address. `end` is where the next may
 * begin. A few bytes stay free behind each column, because kernels may look past the end.
 */
export function layOut<Name extends string>(
  base: number,
  sizes: Readonly<Record<Name, number>>,
): { readonly at: Readonly<Record<Name, number>>; readonly end: number } {
  const at = {} as Record<Name, number>
  let next = base
  for (const name of Object.keys(sizes) as Name[]) {
    at[name] = next
    next = Math.ceil((next + sizes[name] + 8) / ALIGNMENT) * ALIGNMENT
  }
  return { at, end: next }
}

/** The first address in use: nought is left out, so that it can never pass for a column. */
export const BASE = ALIGNMENT

/** Bytes of a bit for each of `count` things, in whole words of 32 bits. */
export function bitBytes(count: number): number {
  return Math.ceil(count / 32) * 4
}

/** Whether thing `index` is marked in a set of bits (bit i of word w stands for 32 w + i). */
export function isMarked(bits: Uint32Array, index: number): boolean {
  return (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
}
