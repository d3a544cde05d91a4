/** Which places of a commitment are opened. Pure, but for the randomness of the browser. */

/** So many places the node opens at once. */
export const MOST_PLACES = 128

/** Places between blanks or commas; `null` where they are none, or too many. */
export function placesIn(text: string): readonly number[] | null {
  const parts = text.split(/[\s,]+/).filter((one) => one !== '')
  if (parts.length === 0 || parts.some((one) => !/^\d{1,6}$/.test(one))) return null
  const places = [...new Set(parts.map(Number))].sort((a, b) => a - b)
  return places.length <= MOST_PLACES && places.every((one) => one <= 131_071) ? places : null
}

/** So many different ones below `size`, none likelier than another. `draw` gives 32 random bits. */
export function placesAtRandom(count: number, size: number, draw: () => number = drawn): readonly number[] {
  const chosen = new Set<number>()
  const even = 2 ** 32 - (2 ** 32 % size)
  while (chosen.size < Math.min(count, size)) {
    const bits = draw()
    if (bits < even) chosen.add(bits % size)
  }
  return [...chosen].sort((a, b) => a - b)
}

function drawn(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}
