/**
 * Columns in linear memory. Every kernel takes the addresses of its columns; the host lays them out and clears those
 * that must start at nought. Nothing is allocated here.
 */

/** In-slots whose state is read ahead, so that their cache misses overlap. 64 reads keep the memory system busy. */
export const BATCH: u32 = 64

/** Where the reads ahead leave their sum: without a use the compiler would drop them. */
let touched: u64 = 0

export function sumReadAhead(): u64 {
  return touched
}

// @ts-ignore: decorator
@inline export function keep(sum: u64): void {
  touched = sum
}

// @ts-ignore: decorator
@inline export function u32At(column: usize, index: u32): u32 {
  return load<u32>(column + (<usize>index << 2))
}

// @ts-ignore: decorator
@inline export function setU32(column: usize, index: u32, value: u32): void {
  store<u32>(column + (<usize>index << 2), value)
}

// @ts-ignore: decorator
@inline export function u64At(column: usize, index: u32): u64 {
  return load<u64>(column + (<usize>index << 3))
}

// @ts-ignore: decorator
@inline export function setU64(column: usize, index: u32, value: u64): void {
  store<u64>(column + (<usize>index << 3), value)
}

// @ts-ignore: decorator
@inline export function bitAt(bits: usize, index: u32): u32 {
  return (load<u32>(bits + (<usize>(index >> 5) << 2)) >> (index & 31)) & 1
}

// @ts-ignore: decorator
@inline export function setBit(bits: usize, index: u32): void {
  const word = bits + (<usize>(index >> 5) << 2)
  store<u32>(word, load<u32>(word) | (1 << (index & 31)))
}
