/**
 * The heights of raw blocks, which their headers do not tell.
 *
 * Certain are: the genesis block and its children; a block whose parent's height the ledger knows; a block that had to
 * state its height in the coinbase (BIP-34). From these, heights are counted along the chain, forwards and backwards. A
 * block that hangs on none of them has no height and is not guessed one.
 */
export type BlockToPlace = {
  readonly hash: string
  readonly prevHash: string
  /** The height in the coinbase, only where the chain's rules made it true; else `null`. */
  readonly statedHeight: number | null
}

export type Placement = {
  readonly heights: ReadonlyMap<string, number>
  /** Blocks that state another height than the chain gives them. */
  readonly contradictions: ReadonlyMap<string, { readonly stated: number; readonly counted: number }>
}

/** `parentHeights`: what is known of parents that are not among the blocks. */
export function placeBlocks(
  blocks: ReadonlyMap<string, BlockToPlace>,
  genesisHash: string,
  parentHeights: ReadonlyMap<string, number>,
): Placement {
  const heights = new Map<string, number>()
  const children = new Map<string, string[]>()
  for (const { hash, prevHash } of blocks.values()) {
    const siblings = children.get(prevHash)
    if (siblings) siblings.push(hash)
    else children.set(prevHash, [hash])
  }
  const countOn = (hash: string, height: number) => {
    const open: [string, number][] = [[hash, height]]
    for (let next = open.pop(); next; next = open.pop()) {
      const [at, its] = next
      if (heights.has(at)) continue
      heights.set(at, its)
      for (const child of children.get(at) ?? []) open.push([child, its + 1])
    }
  }
  if (blocks.has(genesisHash)) countOn(genesisHash, 0)
  for (const { hash, prevHash } of blocks.values()) {
    const parent = prevHash === genesisHash ? 0 : parentHeights.get(prevHash)
    if (parent !== undefined) countOn(hash, parent + 1)
  }
  for (const { hash, statedHeight } of blocks.values()) if (statedHeight !== null) countOn(hash, statedHeight)
  for (const { hash } of blocks.values()) {
    for (let block = blocks.get(hash); block; ) {
      const height = heights.get(block.hash)
      const parent = blocks.get(block.prevHash)
      if (height === undefined || !parent || heights.has(parent.hash)) break
      countOn(parent.hash, height - 1)
      block = parent
    }
  }
  const contradictions = new Map<string, { stated: number; counted: number }>()
  for (const { hash, statedHeight } of blocks.values()) {
    const counted = heights.get(hash)
    if (statedHeight !== null && counted !== undefined && counted !== statedHeight)
      contradictions.set(hash, { stated: statedHeight, counted })
  }
  return { heights, contradictions }
}
