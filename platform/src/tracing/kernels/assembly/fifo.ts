import { BATCH, bitAt, keep, setBit, setU32, setU64, u32At, u64At } from './columns'
import { addOverlap, clearOverlap } from './overlap'

/** The source of base units that nobody claims. */
const CLEAN: i32 = -1
/** No source: nothing has been laid yet. */
const NONE: i32 = -2
/** A lot is an amount and its source, side by side: one cache line holds four. */
const LOT: usize = 16

const PAGE: usize = 65536
/** Pages asked for at once when lots outgrow the memory: 16 MiB. */
const STEP: i32 = 256

/** The next seeded slot that a transaction creates. */
let seed: u32 = 0
/** Where the next lot goes. */
let nextLot: usize = 0

/** `lotCount` lots of outside slots are there already. */
export function startFifo(lotStart: usize, lots: usize, lotCount: u32): void {
  clearOverlap()
  seed = 0
  nextLot = lots + <usize>lotCount * LOT
  setU32(lotStart, 0, lotCount)
}

/**
 * FIFO in chain order, for the transactions from `first` to `stop`: the lots of the in-slots, laid end to end, are cut by
 * the out-slots.
 *
 * A slot that holds traced value has lots that cover all of it; another slot has none. The lots of slot s are those from
 * `lotStart[p]` to `lotStart[p + 1]`, where p = s for created slots and p = s + 1 for outside slots, whose lots come
 * first and are there when it starts. `bits` holds the traced outside slots.
 *
 * Seeds of created slots: slot `seedSlot[k]` (ascending, sentinel at the end) has the seed lots from `seedStart[k]` to
 * `seedStart[k + 1]`, at `seedLots`.
 *
 * Returns the number of lots so far, or 2^32 − 1 if the memory cannot grow to hold them.
 */
export function fifo(
  first: u32,
  stop: u32,
  inCount: u32,
  created: u32,
  outStart: usize,
  inStart: usize,
  inSlot: usize,
  value: usize,
  taint: usize,
  bits: usize,
  lotStart: usize,
  lots: usize,
  seedSlot: usize,
  seedStart: usize,
  seedLots: usize,
): u32 {
  let from = u32At(inStart, first)
  let out = u32At(outStart, first)
  let ahead = from
  let next = nextLot
  let nextSeed = u32At(seedSlot, seed)
  let room = <usize>memory.size() * PAGE
  for (let tx = first; tx < stop; tx++) {
    const to = u32At(inStart, tx + 1)
    const end = u32At(outStart, tx + 1)
    if (to > ahead) {
      ahead = min(inCount, from + BATCH)
      readAhead(inSlot, from, ahead, created, bits, lotStart, lots)
    }
    // At most: every lot that enters, one more for each cut, one for each clean in-slot.
    let most: u32 = end - out
    let any: u32 = 0
    for (let at = from; at < to; at++) {
      const slot = u32At(inSlot, at)
      const traced = bitAt(bits, slot)
      any |= traced
      most++
      if (traced != 0) {
        const place = slot + u32(slot >= created)
        most += u32At(lotStart, place + 1) - u32At(lotStart, place)
      }
    }
    if (any == 0) {
      const index = <u32>((next - lots) / LOT)
      if (nextSeed >= end) {
        for (let slot = out; slot < end; slot++) {
          setU32(lotStart, slot, index)
          setU64(taint, slot, 0)
        }
        setU32(lotStart, end, index)
        from = to
        out = end
        continue
      }
    }
    if (nextSeed < end) most = 4 * most + 4 * seedLotsUntil(end, seed, seedSlot, seedStart)
    if (<u64>next + <u64>most * LOT > <u64>room) {
      room = grow(<u64>next + <u64>most * LOT, room)
      if (room == 0) return u32.MAX_VALUE
    }

    let lot: usize = 0
    let lotEnd: usize = 0
    let left: u64 = 0
    let source: i32 = CLEAN
    for (let slot = out; slot < end; slot++) {
      const start = next
      let open = u64At(value, slot)
      let traced: u64 = 0
      let laidSource: i32 = NONE
      let laid: u64 = 0
      while (open != 0) {
        while (left == 0) {
          if (lot < lotEnd) {
            left = load<u64>(lot)
            source = load<i32>(lot, 8)
            lot += LOT
          } else {
            const into = u32At(inSlot, from++)
            if (bitAt(bits, into) != 0) {
              const place = into + u32(into >= created)
              lot = lots + <usize>u32At(lotStart, place) * LOT
              lotEnd = lots + <usize>u32At(lotStart, place + 1) * LOT
            } else {
              left = u64At(value, into)
              source = CLEAN
            }
          }
        }
        const taken = min(left, open)
        left -= taken
        open -= taken
        traced += source == CLEAN ? 0 : taken
        if (source == laidSource) {
          laid += taken
        } else {
          if (laidSource != NONE) {
            store<u64>(next, laid)
            store<i32>(next, laidSource, 8)
            next += LOT
          }
          laidSource = source
          laid = taken
        }
      }
      if (traced == 0) {
        next = start
      } else {
        store<u64>(next, laid)
        store<i32>(next, laidSource, 8)
        next += LOT
        setBit(bits, slot)
      }
      setU32(lotStart, slot, <u32>((start - lots) / LOT))
      setU64(taint, slot, traced)
      if (slot == nextSeed) {
        next = claim(slot, start, next, seed, value, taint, seedStart, seedLots)
        setBit(bits, slot)
        nextSeed = u32At(seedSlot, ++seed)
      }
    }
    setU32(lotStart, end, <u32>((next - lots) / LOT))
    from = to
    out = end
  }
  nextLot = next
  return <u32>((next - lots) / LOT)
}

// @ts-ignore: decorator
@inline function readAhead(inSlot: usize, from: u32, to: u32, created: u32, bits: usize, lotStart: usize, lots: usize): void {
  let sum: u64 = 0
  for (let at = from; at < to; at++) {
    const slot = u32At(inSlot, at)
    if (bitAt(bits, slot) != 0) sum += load<u64>(lots + <usize>u32At(lotStart, slot + u32(slot >= created)) * LOT)
  }
  keep(sum)
}

function seedLotsUntil(end: u32, seed: u32, seedSlot: usize, seedStart: usize): u32 {
  const first = u32At(seedStart, seed)
  while (u32At(seedSlot, seed) < end) seed++
  return u32At(seedStart, seed) - first
}

/** New size of the memory in bytes, 0 where it cannot grow. The very last page stays out of use: sizes fit 32 bits. */
function grow(needed: u64, room: usize): usize {
  const missing = <i64>((needed - <u64>room + PAGE - 1) / PAGE)
  const pages = <i64>memory.size()
  const wanted = min(<i64>65535 - pages, max(missing, <i64>STEP))
  if (wanted < missing || memory.grow(<i32>wanted) < 0) return 0
  return <usize>memory.size() * PAGE
}

/** Where `lay` stands. */
let lineStart: usize = 0
let lineEnd: usize = 0

/**
 * A seed in a slot that a transaction has just filled: what arrived keeps its source, the seed owns the first clean units
 * that are left, and what finds no room is overlap. Works behind the lots of the slot and moves the outcome to their
 * place. Returns the new end.
 */
function claim(slot: u32, start: usize, end: usize, seed: u32, value: usize, taint: usize, seedStart: usize, seedLots: usize): usize {
  let seedLot = seedLots + <usize>u32At(seedStart, seed) * LOT
  const seedEnd = seedLots + <usize>u32At(seedStart, seed + 1) * LOT
  let unplaced = load<u64>(seedLot)
  let lot = start
  let stop = end
  if (start == end) {
    // Nothing arrived: one clean lot, kept apart from where the line is laid.
    lot = end
    stop = end + LOT
    store<u64>(lot, u64At(value, slot))
    store<i32>(lot, CLEAN, 8)
  }
  lineStart = stop
  lineEnd = stop
  let traced: u64 = 0
  for (; lot < stop; lot += LOT) {
    let open = load<u64>(lot)
    const source = load<i32>(lot, 8)
    if (source != CLEAN) {
      lay(source, open)
      traced += open
      continue
    }
    while (open != 0 && seedLot < seedEnd) {
      const taken = min(open, unplaced)
      lay(load<i32>(seedLot, 8), taken)
      traced += taken
      open -= taken
      unplaced -= taken
      if (unplaced == 0) {
        seedLot += LOT
        if (seedLot < seedEnd) unplaced = load<u64>(seedLot)
      }
    }
    if (open != 0) lay(CLEAN, open)
  }
  while (seedLot < seedEnd) {
    addOverlap(unplaced)
    seedLot += LOT
    if (seedLot < seedEnd) unplaced = load<u64>(seedLot)
  }
  setU64(taint, slot, traced)
  memory.copy(start, lineStart, lineEnd - lineStart)
  return start + (lineEnd - lineStart)
}

function lay(source: i32, amount: u64): void {
  if (lineEnd > lineStart) {
    const last = lineEnd - LOT
    if (load<i32>(last, 8) == source) {
      store<u64>(last, load<u64>(last) + amount)
      return
    }
  }
  store<u64>(lineEnd, amount)
  store<i32>(lineEnd, source, 8)
  lineEnd += LOT
}

/** Lots, a range of them, as two columns. */
export function unpackLots(lots: usize, first: u32, count: u32, amounts: usize, sources: usize): void {
  for (let at: u32 = 0; at < count; at++) {
    const lot = lots + <usize>(first + at) * LOT
    setU64(amounts, at, load<u64>(lot))
    setU32(sources, at, load<u32>(lot, 8))
  }
}
