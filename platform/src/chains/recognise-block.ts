/**
 * Whether a block can be of the chain it is imported as.
 *
 * Test networks and forks share the format of the main chain, and some its magic and its genesis. What tells them apart,
 * all of it facts of the chain packs: the genesis hash; the first blocks after a fork; and the target: a chain's
 * difficulty never fell below certain marks, so a block at such a height with an easier target is of another chain (the
 * minimum-difficulty blocks of testnet3 at heights where mainnet needs a trillion times the work).
 */
import type { BlockHeader } from './block-codec.ts'
import type { ChainPack } from './chain-pack.ts'
import { targetOf } from './merkle.ts'

export type Foreign = {
  /** The chains it may be of; empty where none of the known ones fits. */
  readonly candidates: readonly ChainPack[]
  readonly why: string
}

export type RecognisedBy = Pick<BlockHeader, 'hash'> & {
  readonly prevHash: string | null
  readonly bits: number | null
}

/** `null` where nothing speaks against the chain. `height` only where it is certain, else `null`. */
export function foreignBlock(
  block: RecognisedBy,
  height: number | null,
  pack: ChainPack,
  known: readonly ChainPack[],
): Foreign | null {
  const why = reasonAgainst(block, height, pack, known)
  if (!why) return null
  const others = known.filter((other) => other.caip2 !== pack.caip2)
  const named = others.filter((other) => isNamedBy(block, other))
  const fits = (other: ChainPack) =>
    other.recognition !== undefined && sameFormat(other, pack) && !reasonAgainst(block, height, other, known)
  return { candidates: named.length > 0 ? named : others.filter(fits), why }
}

/** Whether the header hash meets the target of the header; `true` on chains whose work is another hash. */
export function meetsTarget(block: Pick<BlockHeader, 'hash' | 'bits'>, pack: ChainPack): boolean {
  if (pack.recognition?.proofOfWork !== 'sha256d') return true
  const target = targetOf(block.bits)
  return target !== null && BigInt(`0x${block.hash}`) <= target
}

function reasonAgainst(
  block: RecognisedBy,
  height: number | null,
  pack: ChainPack,
  known: readonly ChainPack[],
): string | null {
  const first = block.prevHash === NO_HASH || height === 0
  if (first && block.hash !== pack.genesis.hash) return `its first block is ${block.hash}, not ${pack.genesis.hash}`
  const fork = pack.forkedFrom
  if (fork) {
    if (block.hash === fork.otherHash || block.prevHash === fork.otherHash)
      return `block ${fork.otherHash} is of the chain that ${pack.name} left at height ${fork.height}`
    if (height === fork.height && block.hash !== fork.hash) return `block ${fork.height} is not ${fork.hash}`
  }
  for (const other of known) {
    const left = other.forkedFrom
    if (left?.caip2 !== pack.caip2) continue
    if (block.hash === left.hash || block.prevHash === left.hash)
      return `block ${left.hash} is of ${other.name}, which left ${pack.name} at height ${left.height}`
    if (height === left.height && block.hash !== left.otherHash) return `block ${left.height} is not ${left.otherHash}`
  }
  const mark = height === null ? undefined : pack.recognition?.easiestTargets.findLast(({ from }) => from <= height)
  if (!mark || block.bits === null) return null
  const [target, easiest] = [targetOf(block.bits), targetOf(Number.parseInt(mark.bits, 16))]
  if (target === null || easiest === null || target <= easiest) return null
  return `block ${block.hash} states height ${height}, where its target ${block.bits.toString(16)} is far too easy`
}

function isNamedBy(block: RecognisedBy, pack: ChainPack): boolean {
  const marks = [pack.genesis.hash, pack.forkedFrom?.hash]
  return marks.includes(block.hash) || marks.includes(block.prevHash ?? undefined)
}

function sameFormat(one: ChainPack, other: ChainPack): boolean {
  return one.segwit === other.segwit && one.auxpow === other.auxpow && one.mweb === other.mweb
}

const NO_HASH = '0'.repeat(64)
