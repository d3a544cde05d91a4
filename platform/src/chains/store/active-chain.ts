/**
 * Which of several blocks at one height belongs to the active chain.
 *
 * Blocks that name the same parent compete: the branch with more accumulated work wins, as nodes decide it
 * (Bitcoin white paper, section 5; work of a block = 2^256 / (target + 1)). Where a header of either branch is
 * missing, work cannot be compared: the more complete block wins, then the smaller hash. Nodes prefer the branch seen
 * first when work is equal; a ledger made of files has no "first", so completeness and hash decide there too.
 *
 * Stretches that are not linked to each other and still claim the same height are decided by completeness, then
 * length, then the smaller hash; the loser is cut from the lowest height that is taken.
 */
import type { LedgerBlock } from '../ledger.ts'
import { COMPLETENESS_ORDER } from './fold-blocks.ts'

type Node = {
  readonly block: LedgerBlock
  readonly hash: string
  children: Node[]
  /** Work of the best branch that starts with this block; `null` where a header on it is missing. */
  work: bigint | null
  best: Node | null
}

/** The work that a block stands for; `null` where nobody can tell. */
export type WorkOfBlock = (block: LedgerBlock) => bigint | null

const minedWork: WorkOfBlock = (block) => workOf(block.bits)

/** Chains of accounts show no work that could be compared: of branches that compete, the longer one is active. */
export const countedWork: WorkOfBlock = () => 1n

/** Takes every block that has a hash, from the lowest contested height (and its parent) upwards; returns active hashes. */
export function activeHashes(blocks: readonly LedgerBlock[], work: WorkOfBlock = minedWork): ReadonlySet<string> {
  const nodes = new Map<string, Node>()
  for (const block of blocks) {
    if (block.hash !== null) nodes.set(block.hash, { block, hash: block.hash, children: [], work: null, best: null })
  }
  const families = new Map<string, Node[]>()
  for (const node of nodes.values()) {
    const parent = node.block.prevHash === null ? undefined : nodes.get(node.block.prevHash)
    if (parent && parent.block.height === node.block.height - 1) parent.children.push(node)
    else {
      // Children of one parent that is not here compete all the same; a block without a parent stands alone.
      const family = node.block.prevHash === null ? `alone ${node.hash}` : `${node.block.height} ${node.block.prevHash}`
      families.set(family, [...(families.get(family) ?? []), node])
    }
  }
  for (const node of [...nodes.values()].sort((a, b) => b.block.height - a.block.height)) {
    node.best = bestOf(node.children)
    const own = work(node.block)
    node.work = own === null || node.best?.work === null ? null : own + (node.best?.work ?? 0n)
  }
  return acceptStretches([...families.values()].map((family) => stretchFrom(bestOf(family))))
}

function bestOf(siblings: readonly Node[]): Node | null {
  if (siblings.length < 2) return siblings[0] ?? null
  const comparable = siblings.every((node) => node.work !== null)
  return siblings.reduce((best, node) => {
    if (comparable && best.work !== node.work) return (node.work ?? 0n) > (best.work ?? 0n) ? node : best
    return moreComplete(best, node)
  })
}

function moreComplete(best: Node, node: Node): Node {
  const difference = completenessRank(node.block) - completenessRank(best.block)
  if (difference !== 0) return difference < 0 ? node : best
  return node.hash < best.hash ? node : best
}

function stretchFrom(root: Node | null): readonly Node[] {
  const stretch: Node[] = []
  for (let node = root; node !== null; node = node.best) stretch.push(node)
  return stretch
}

function acceptStretches(stretches: readonly (readonly Node[])[]): ReadonlySet<string> {
  const keyed = stretches.map((stretch) => ({
    stretch,
    completeness: stretch.reduce(
      (least, node) => Math.min(least, completenessRank(node.block)),
      COMPLETENESS_ORDER.length,
    ),
    hash: stretch[0]?.hash ?? '',
  }))
  keyed.sort(
    (a, b) => a.completeness - b.completeness || b.stretch.length - a.stretch.length || (a.hash < b.hash ? -1 : 1),
  )
  const taken = new Set<number>()
  const active = new Set<string>()
  for (const { stretch } of keyed) {
    const collision = stretch.findIndex((node) => taken.has(node.block.height))
    for (const node of collision === -1 ? stretch : stretch.slice(0, collision)) {
      taken.add(node.block.height)
      active.add(node.hash)
    }
  }
  return active
}

function completenessRank(block: LedgerBlock): number {
  return COMPLETENESS_ORDER.indexOf(block.completeness)
}

/** Work that a header's compact target stands for; `null` where the target is missing or not a positive number. */
export function workOf(bits: number | null): bigint | null {
  if (bits === null) return null
  const exponent = bits >>> 24
  const mantissa = BigInt(bits & 0x7fffff)
  if ((bits & 0x800000) !== 0 || mantissa === 0n) return null
  const target = exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3))
  return target === 0n ? null : (1n << 256n) / (target + 1n)
}
