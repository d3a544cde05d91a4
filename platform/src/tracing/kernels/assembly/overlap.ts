/** Seeded units of a pass that found no room beside what had arrived: they may pass 2^64, so they are counted in two words. */
let low: u64 = 0
let high: u64 = 0

export function clearOverlap(): void {
  low = 0
  high = 0
}

export function addOverlap(units: u64): void {
  low += units
  high += u64(low < units)
}

export function overlapLow(): u64 {
  return low
}

export function overlapHigh(): u64 {
  return high
}
