/** What is asked of a trace on account chains. Everything here is written into its record, so that it can be run again. */
import type { AssetId } from '../../chains/index.ts'
import type { AccountRuleId } from './account-rules.ts'

/**
 * Where traced value starts.
 * - an address: what it sends on from the start of the window, up to `amount` in all where one is given, else all of it.
 *   Traced value that comes back to it and leaves again is counted once.
 *   Where an amount is given and not all of it was sent on, what the address still has of it rests there.
 * - a move, named by transaction and place: what it carries, up to `amount`.
 * Seeds with one label are one source. Of several seeds on one payment those with the lower label are served first.
 */
export type AccountSeed = {
  readonly address: string | null
  readonly move: { readonly txid: string; readonly place: string } | null
  readonly amount: bigint | null
  readonly label: string
}

/**
 * In which order moves of one block count:
 * - `ledger`: as the ledger has them; where no source gives an order, an account receives before it pays
 * - `worst-case`: an account pays before it receives, as far as its balance allows: the lowest intermediate balance
 * - `best-case`: it receives before it pays
 */
export type SameTime = 'ledger' | 'worst-case' | 'best-case'

export const sameTimes: readonly SameTime[] = ['ledger', 'worst-case', 'best-case']

export type AccountBudget = {
  readonly maxHops: number | null
  /** Base units: a payment that carries less traced value is not followed. */
  readonly minValue: bigint | null
  readonly maxTransactions: number
}

export type AccountTraceRequest = {
  readonly rule: AccountRuleId
  readonly seeds: readonly AccountSeed[]
  /** In which assets seeds start; conversions lead on into others. `all` leaves out the figures of analysts. */
  readonly assets: 'all' | readonly AssetId[]
  readonly sameTime: SameTime
  readonly sinceHeight: number
  readonly untilHeight: number | null
  readonly budget: AccountBudget
  readonly stopAtTags: boolean
}

export function isFlowAsset(asset: AssetId): boolean {
  return asset.endsWith('/usd:flow')
}

export function chainOf(asset: AssetId): string {
  return asset.slice(0, asset.indexOf('/'))
}
