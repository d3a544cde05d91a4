import { bitAt, setBit, setU32, u32At } from './columns'

/** Pairs that are looked at together. */
const BATCH: u32 = 64
/** Pairs that are asked for the largest component. */
const SAMPLE: u32 = 1024
/** No node has this number. */
const NOBODY: u32 = u32.MAX_VALUE

/**
 * Connected components by union-find. The smaller node is always the root, so that the outcome does not depend on the
 * order of the pairs: `parent[n]` ends as the smallest node of n's component. `apart` has room for the numbers of one batch,
 * `ends` for twice as many.
 * Returns the number of components. `forest` gets the numbers of the pairs that joined two of them, in their order: with the
 * pairs in order of time, each is the earliest pair that says why its two sides are one, and together they are a spanning
 * forest. It has room for min(count, nodeCount) + 1 numbers.
 *
 * Graphs of payments have one component that holds nearly all nodes (cf. Sutton, Ben-Nun, Barak: Afforest, 2018). Those
 * known to be in it have a bit in `inside`: bits fit the cache where parents do not, and most pairs need no more.
 * Which component that is, is a guess that only speed depends on.
 */
export function components(
  left: usize,
  right: usize,
  count: u32,
  nodeCount: u32,
  parent: usize,
  apart: usize,
  ends: usize,
  inside: usize,
  forest: usize,
): u32 {
  for (let node: u32 = 0; node < nodeCount; node++) setU32(parent, node, node)
  memory.fill(inside, 0, ((nodeCount + 31) >> 5) << 2)
  let at: u32 = 0
  let joined: u32 = 0
  /** The root of the largest component, where one is large enough. */
  let top = NOBODY
  let nextVote: u32 = 0
  while (at < count) {
    if (at >= nextVote) {
      const elected = majorityRoot(left, at, parent)
      if (elected != top) memory.fill(inside, 0, ((nodeCount + 31) >> 5) << 2)
      top = elected
      nextVote = 2 * at + BATCH
    }
    const wave = min(count, at + BATCH)
    // Pairs that are not both inside, or else do not hang on one parent, are put aside without a branch: reads overlap.
    let aside: u32 = 0
    if (top != NOBODY) {
      for (; at < wave; at++) {
        setU32(apart, aside, at)
        aside += (bitAt(inside, u32At(left, at)) & bitAt(inside, u32At(right, at))) ^ 1
      }
    } else {
      for (; at < wave; at++) {
        setU32(apart, aside, at)
        aside += u32(u32At(parent, u32At(left, at)) != u32At(parent, u32At(right, at)))
      }
    }
    // Two steps towards the roots of all of them, reads overlapping again. For a node inside, `top` stands in: its root
    // needs no look at its parent.
    for (let pair: u32 = 0; pair < aside; pair++) {
      const index = u32At(apart, pair)
      const from = u32At(left, index)
      const to = u32At(right, index)
      setU32(ends, 2 * pair, u32At(parent, select<u32>(top, from, bitAt(inside, from) != 0)))
      setU32(ends, 2 * pair + 1, u32At(parent, select<u32>(top, to, bitAt(inside, to) != 0)))
    }
    for (let end: u32 = 0; end < 2 * aside; end++) setU32(ends, end, u32At(parent, u32At(ends, end)))
    for (let pair: u32 = 0; pair < aside; pair++) {
      const index = u32At(apart, pair)
      const from = u32At(left, index)
      const to = u32At(right, index)
      const a = root(parent, u32At(ends, 2 * pair))
      const b = root(parent, u32At(ends, 2 * pair + 1))
      const low = min(a, b)
      // Written always and kept only where it joined: nothing to foresee.
      setU32(forest, joined, index)
      joined += u32(a != b)
      setU32(parent, max(a, b), low)
      // The ends hang on the root from now on.
      setU32(parent, from, low)
      setU32(parent, to, low)
      if (a == top || b == top) {
        top = low
        setBit(inside, from)
        setBit(inside, to)
      }
    }
  }
  // A parent is never above its child: going upwards, every parent already names its root.
  for (let node: u32 = 0; node < nodeCount; node++) setU32(parent, node, u32At(parent, u32At(parent, node)))
  return nodeCount - joined
}

/** The root that three quarters of the first `count` pairs have, or nobody: the vote of Boyer and Moore over a sample. */
function majorityRoot(left: usize, count: u32, parent: usize): u32 {
  const step = count / SAMPLE + 1
  let leader: u32 = 0
  let lead: i32 = 0
  let votes: i32 = 0
  for (let at: u32 = 0; at < count; at += step) {
    const voted = root(parent, u32At(left, at))
    if (lead == 0) leader = voted
    lead += voted == leader ? 1 : -1
    votes++
  }
  return lead * 2 > votes ? root(parent, leader) : NOBODY
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
