/**
 * What is known of the value in one slot.
 *
 * A `Part` is an amount that belongs to one source, or to none (`CLEAN`). Rules that keep the order of base units
 * (FIFO, LIFO) hold the whole slot as an ordered line of parts; the others hold only the traced parts, one for each
 * source in ascending order.
 */
export type Part = { readonly source: number; readonly amount: bigint }
export type Parts = readonly Part[]

export const CLEAN = -1
export const NO_PARTS: Parts = []

/** Traced value of a slot: everything that is not clean. */
export function traced(parts: Parts): bigint {
  let sum = 0n
  for (const part of parts) if (part.source !== CLEAN) sum += part.amount
  return sum
}

/** Traced value by source, ascending by source. */
export function bySource(parts: Parts): Part[] {
  const first = parts[0]
  if (first === undefined) return []
  // Most slots hold the value of one source: no map and no sorting for them.
  if (first.source !== CLEAN && parts.every(({ source }) => source === first.source)) {
    const amount = traced(parts)
    return amount > 0n ? [{ source: first.source, amount }] : []
  }
  const sums = new Map<number, bigint>()
  for (const { source, amount } of parts) {
    if (source !== CLEAN && amount > 0n) sums.set(source, (sums.get(source) ?? 0n) + amount)
  }
  return [...sums].sort((a, b) => a[0] - b[0]).map(([source, amount]) => ({ source, amount }))
}

/** The sum of two lists that hold one traced part for each source, ascending; such a list again. */
export function mergeSources(a: Parts, b: Parts): Parts {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: Part[] = []
  let [left, right] = [0, 0]
  while (left < a.length || right < b.length) {
    const [one, other] = [a[left], b[right]]
    if (one && other && one.source === other.source) {
      merged.push({ source: one.source, amount: one.amount + other.amount })
      left++
      right++
    } else if (one && (!other || one.source < other.source)) {
      merged.push(one)
      left++
    } else if (other) {
      merged.push(other)
      right++
    }
  }
  return merged
}

/** Adds a part at the end of a line; neighbours of one source are one part. */
export function pushPart(line: Part[], source: number, amount: bigint): void {
  if (amount === 0n) return
  const last = line.at(-1)
  if (last && last.source === source) line[line.length - 1] = { source, amount: last.amount + amount }
  else line.push({ source, amount })
}
