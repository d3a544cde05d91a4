import type { ChainPack } from './chain-pack.ts'

/** New coins of the block at `height`, in base units; null where the chain's rule gives no fixed amount. */
export function subsidyAt(pack: ChainPack, height: number): bigint | null {
  const { subsidy } = pack
  if (subsidy.kind === 'halving') {
    const halvings = Math.floor(height / subsidy.interval)
    // Bitcoin Core's GetBlockSubsidy: after 64 halvings the shift would be undefined, and the subsidy is nought.
    return halvings >= 64 ? 0n : BigInt(subsidy.initial) >> BigInt(halvings)
  }
  const step = subsidy.steps.find(({ until }) => until === null || height < until)
  return step?.amount === undefined || step.amount === null ? null : BigInt(step.amount)
}
