import { BATCH, setU32, u32At } from './columns'

/**
 * Connected components by union-find. The smaller node is always the root, so that the outcome does not depend on the
 * order of the pairs: `parent[n]` ends as the smallest node of n's component. `apart` has room for the numbers of one batch.
 * Returns the number of components.
 */
export function components(left: usize, right: usize, count: u32, nodeCount: u32, parent: usize, apart: usize): u32 {
  for (let node: u32 = 0; node < nodeCount; node++) setU32(parent, node, node)
  let at: u32 = 0
  let joined: u32 = 0
  while (at < count) {
    const wave = min(count, at + BATCH)
    // Most pairs hang on one parent already. The others are put aside without a branch, so that the reads overlap.
    let aside: u32 = 0
    for (; at < wave; at++) {
      setU32(apart, aside, at)
      aside += u32(u32At(parent, u32At(left, at)) != u32At(parent, u32At(right, at)))
    }
    for (let pair: u32 = 0; pair < aside; pair++) {
      const index = u32At(apart, pair)
      const a = root(parent, u32At(left, index))
      const b = root(parent, u32At(right, index))
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
