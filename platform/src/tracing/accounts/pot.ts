/**
 * What was given in a conversion or sent over a bridge, and how what was received for it is made up: in proportion, to
 * the unit. Where several assets were given for one (a share in a pool), each counts alike, since the ledger knows no prices.
 */
import type { AssetId } from '../../chains/index.ts'
import { apportion } from '../rules/apportion.ts'
import { CLEAN, type Part, type Parts, pushPart } from '../rules/parts.ts'
import type { AccountRule } from './account-rules.ts'
import { sourcesIn } from './sources-in.ts'

export interface Pot {
  give(asset: AssetId, amount: bigint, parts: Parts, hops: number): void
  /** The parts of an amount received for all that was given. */
  compose(amount: bigint): Parts
  /** The fewest hops by which traced value came in. */
  hops(): number
}

export function openPot(rule: AccountRule): Pot {
  const lineByAsset = new Map<AssetId, { amount: bigint; line: Part[] }>()
  let fewest = Number.MAX_SAFE_INTEGER
  return { give, compose, hops: () => fewest }

  function give(asset: AssetId, amount: bigint, parts: Parts, hops: number): void {
    const given = lineByAsset.get(asset) ?? { amount: 0n, line: [] }
    given.amount += amount
    let named = 0n
    for (const { source, amount: piece } of parts) {
      pushPart(given.line, source, piece)
      named += piece
    }
    if (amount > named) pushPart(given.line, CLEAN, amount - named)
    lineByAsset.set(asset, given)
    if (parts.length > 0 && hops < fewest) fewest = hops
  }

  function compose(amount: bigint): Parts {
    const lines = [...lineByAsset].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, given]) => given)
    if (lines.every(({ line }) => sourcesIn(line).length === 0)) return []
    if (!rule.conserves) return sourcesOf(lines).map((source) => ({ source, amount }))
    const [only] = lines
    const weights = lines.length === 1 && only ? only.line : sharedWeights(lines)
    const shares = apportion(
      amount,
      weights.map((weight) => weight.amount),
    )
    const parts: Part[] = []
    weights.forEach(({ source }, at) => {
      pushPart(parts, source, shares[at] as bigint)
    })
    return rule.ordered ? parts : sourcesIn(parts)
  }

  /** Each given asset has the same weight, whatever its amount: shares over the product of all amounts. */
  function sharedWeights(lines: readonly { amount: bigint; line: Part[] }[]): Part[] {
    const some = lines.filter(({ amount }) => amount > 0n)
    let product = 1n
    for (const { amount } of some) product *= amount
    const weightBySource = new Map<number, bigint>()
    let clean = BigInt(some.length) * product
    for (const { amount, line } of some) {
      for (const { source, amount: piece } of sourcesIn(line)) {
        const weight = piece * (product / amount)
        weightBySource.set(source, (weightBySource.get(source) ?? 0n) + weight)
        clean -= weight
      }
    }
    const weights = [...weightBySource].sort((a, b) => a[0] - b[0]).map(([source, amount]) => ({ source, amount }))
    return clean > 0n ? [...weights, { source: CLEAN, amount: clean }] : weights
  }
}

function sourcesOf(lines: readonly { line: Parts }[]): number[] {
  return [...new Set(lines.flatMap(({ line }) => sourcesIn(line).map(({ source }) => source)))].sort((a, b) => a - b)
}
