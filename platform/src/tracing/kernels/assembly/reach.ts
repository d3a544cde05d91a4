import { setU32, u32At } from './columns'

/** Nodes whose lists are fetched together, so that their cache misses overlap. */
const WAVE: u32 = 128
/** Longest list, in targets, that is gathered with others. */
const SHORT: u32 = 32
/** A list is copied in pieces of four targets, so that most lists take one step: the copy runs past the end by three. */
const PIECE: usize = 16
/** Where the ends of the lists lie in `room`, behind the targets gathered. */
const LISTS: usize = 4 * WAVE * SHORT + PIECE

/** Bytes that `reach` needs to work in. */
export function reachRoom(): u32 {
  return <u32>LISTS + 8 * WAVE
}

/**
 * Breadth-first reach. `order` holds `count` distinct start nodes, whose bits are set in `seen`; when it ends, it holds
 * every node that can be reached, in order of discovery. Returns their number.
 *
 * Lists differ in length and targets are new or not, neither of which a processor can guess. So the lists of a wave are
 * first gathered into one, and that is then gone through without a branch.
 */
export function reach(offset: usize, target: usize, order: usize, count: u32, seen: usize, room: usize): u32 {
  const lists = room + LISTS
  let at: u32 = 0
  while (at < count) {
    const wave = min(count, at + WAVE)
    let last = lists
    for (; at < wave; at++) {
      // Start and end stand side by side: both offsets in one read.
      store<u64>(last, load<u64>(offset + (<usize>u32At(order, at) << 2)))
      last += 8
    }
    let end = room
    for (let list = lists; list < last; list += 8) {
      let from = target + (<usize>load<u32>(list) << 2)
      const to = target + (<usize>load<u32>(list, 4) << 2)
      if (to - from > 4 * SHORT) {
        count = discover(room, end, order, count, seen)
        count = discover(from, to, order, count, seen)
        end = room
        continue
      }
      let piece = end
      end += to - from
      do {
        v128.store(piece, v128.load(from))
        piece += PIECE
        from += PIECE
      } while (from < to)
    }
    count = discover(room, end, order, count, seen)
  }
  return count
}

/** Every node is written behind the last one; it stays only if it was not seen before. */
// @ts-ignore: decorator
@inline function discover(from: usize, to: usize, order: usize, count: u32, seen: usize): u32 {
  for (; from < to; from += 4) {
    const node = load<u32>(from)
    const word = seen + (<usize>(node >> 5) << 2)
    const bits = load<u32>(word)
    const bit: u32 = 1 << (node & 31)
    store<u32>(word, bits | bit)
    setU32(order, count, node)
    count += u32((bits & bit) == 0)
  }
  return count
}
