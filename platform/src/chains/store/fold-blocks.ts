/**
 * Merges what several sources state of one block; like `foldClaims`, a function of the set of statements.
 */
import { canonicalJson } from '../../kernel/index.ts'
import type { Completeness, LedgerBlock } from '../ledger.ts'

export type BlockClaim = { readonly source: number; readonly block: LedgerBlock }

export type BlockConflict = { readonly source: number; readonly message: string }

export const COMPLETENESS_ORDER: readonly Completeness[] = ['merkle', 'declared', 'partial']

/** Statements of one block: of one hash, or, where no source knows a hash, of one height. */
export function foldBlocks(claims: readonly BlockClaim[]): {
  readonly block: LedgerBlock
  readonly conflicts: readonly BlockConflict[]
} {
  const ordered = claims
    .map((claim) => ({ ...claim, text: canonicalJson(claim.block) }))
    .sort((a, b) => rank(a.block) - rank(b.block) || (a.text < b.text ? -1 : a.text > b.text ? 1 : a.source - b.source))
  const [base, ...others] = ordered
  if (!base) throw new TypeError('a block without any statement cannot be merged')
  let block = base.block
  const conflicts: BlockConflict[] = []
  for (const other of others) {
    const difference = contradiction(block, other.block)
    if (difference === null) block = filledBlock(block, other.block)
    else conflicts.push({ source: other.source, message: difference })
  }
  return { block, conflicts }
}

/** A block with the gaps that another statement of it can fill; the better completeness of the two. */
export function filledBlock(kept: LedgerBlock, other: LedgerBlock): LedgerBlock {
  return {
    height: kept.height,
    hash: kept.hash ?? other.hash,
    prevHash: kept.prevHash ?? other.prevHash,
    time: kept.time ?? other.time,
    merkleRoot: kept.merkleRoot ?? other.merkleRoot,
    bits: kept.bits ?? other.bits,
    headerVerified: kept.headerVerified || other.headerVerified,
    completeness: betterOf(kept.completeness, other.completeness),
  }
}

export function contradiction(kept: LedgerBlock, other: LedgerBlock): string | null {
  for (const field of ['height', 'hash', 'prevHash', 'time', 'merkleRoot', 'bits'] as const) {
    const mine = kept[field]
    const theirs = other[field]
    if (mine !== null && theirs !== null && mine !== theirs)
      return `${field} is ${theirs} here and ${mine} in the statement kept`
  }
  return null
}

function betterOf(a: Completeness, b: Completeness): Completeness {
  return COMPLETENESS_ORDER.indexOf(a) <= COMPLETENESS_ORDER.indexOf(b) ? a : b
}

function rank(block: LedgerBlock): number {
  return (block.headerVerified ? 0 : COMPLETENESS_ORDER.length) + COMPLETENESS_ORDER.indexOf(block.completeness)
}
