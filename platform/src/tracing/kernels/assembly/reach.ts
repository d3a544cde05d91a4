import { bitAt, keep, setBit, setU32, u32At } from './columns'

/** Nodes that are read ahead: their offsets first, then their first targets. */
const WAVE: u32 = 32

/**
 * Breadth-first reach. `order` holds `count` distinct start nodes, whose bits are set in `seen`; when it ends, it holds
 * every node that can be reached, in order of discovery. Returns their number.
 */
export function reach(offset: usize, target: usize, order: usize, count: u32, seen: usize): u32 {
  let at: u32 = 0
  while (at < count) {
    const wave = min(count, at + WAVE)
    let sum: u32 = 0
    for (let ahead = at; ahead < wave; ahead++) sum += u32At(offset, u32At(order, ahead))
    for (let ahead = at; ahead < wave; ahead++) sum += u32At(target, u32At(offset, u32At(order, ahead)))
    keep(sum)
    for (; at < wave; at++) {
      const node = u32At(order, at)
      const end = u32At(offset, node + 1)
      for (let edge = u32At(offset, node); edge < end; edge++) {
        const next = u32At(target, edge)
        if (bitAt(seen, next) == 0) {
          setBit(seen, next)
          setU32(order, count++, next)
        }
      }
    }
  }
  return count
}
