import { BATCH, keep, setU32, u32At } from './columns'

/**
 * Connected components by union-find. The smaller node is always the root, so that the outcome does not depend on the
 * order of the pairs: `parent[n]` ends as the smallest node of n's component. Returns the number of components.
 */
export function components(left: usize, right: usize, count: u32, nodeCount: u32, parent: usize): u32 {
  for (let node: u32 = 0; node < nodeCount; node++) setU32(parent, node, node)
  let at: u32 = 0
  let joined: u32 = 0
  while (at < count) {
    const wave = min(count, at + BATCH)
    let sum: u32 = 0
    for (let ahead = at; ahead < wave; ahead++) sum += u32At(parent, u32At(left, ahead)) + u32At(parent, u32At(right, ahead))
    keep(sum)
    for (; at < wave; at++) {
      const a = root(parent, u32At(left, at))
      const b = root(parent, u32At(right, at))
      if (a == b) continue
      joined++
      if (a < b) setU32(parent, b, a)
      else setU32(parent, a, b)
    }
  }
  // A parent is never above its child: going upwards, every parent already names its root.
  for (let node: u32 = 0; node < nodeCount; node++) setU32(parent, node, u32At(parent, u32At(parent, node)))
  return nodeCount - joined
}

/** The root of a node; every second node on the way is hung one step higher. */
// @ts-ignore: decorator
@inline function root(parent: usize, node: u32): u32 {
  let above = u32At(parent, node)
  while (above != node) {
    const higher = u32At(parent, above)
    if (higher == above) return above
    setU32(parent, node, higher)
    node = higher
    above = u32At(parent, node)
  }
  return node
}
