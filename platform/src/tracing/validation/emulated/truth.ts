/** What is known of an emulated world because it was made: who owns what, and what each transaction was. */
import type { LedgerTx } from '../../../chains/index.ts'

export type EmulatedKind =
  | 'coinbase'
  | 'payment'
  | 'payment-without-change'
  | 'batch-payout'
  | 'equal-payout'
  | 'deposit-sweep'
  | 'consolidation'
  | 'self-transfer'
  | 'equal-split'
  | 'peel'
  | 'dusting'
  | 'payjoin'
  | 'stonewall'
  | 'theft'
  | 'whirlpool-tx0'
  | 'whirlpool'
  | 'wasabi-1.0'
  | 'wasabi-1.1'
  | 'wasabi-2'
  | 'joinmarket'

export const coinJoinKinds: readonly EmulatedKind[] = [
  'whirlpool',
  'wasabi-1.0',
  'wasabi-1.1',
  'wasabi-2',
  'joinmarket',
]

export type OwnerKind = 'user' | 'exchange' | 'merchant' | 'miner' | 'thief' | 'coordinator'

export type TxTruth = {
  readonly kind: EmulatedKind
  /** Owners of the inputs, each once; empty for a coinbase. More than one is what no co-spending rule may take for one. */
  readonly owners: readonly string[]
  /** Who pays. `null` where several pay (a CoinJoin) or nobody does. */
  readonly payer: string | null
  /** By place of the output: who owns it; `null` for data. */
  readonly outputOwners: readonly (string | null)[]
}

/** A theft: coins that left their owner against his will, and arrive here. */
export type Theft = { readonly txid: string; readonly vout: number; readonly amount: bigint; readonly thief: string }

export type EmulatedBlock = { readonly height: number; readonly hash: string; readonly bytes: Uint8Array }

export type World = {
  readonly name: string
  readonly seed: string
  readonly transactions: readonly LedgerTx[]
  readonly blocks: readonly EmulatedBlock[]
  readonly truthByTxid: ReadonlyMap<string, TxTruth>
  readonly ownerByAddress: ReadonlyMap<string, string>
  readonly kindByOwner: ReadonlyMap<string, OwnerKind>
  /** Addresses at which an exchange takes deposits, as a tag would name them after the fact. */
  readonly depositAddresses: ReadonlySet<string>
  /** Addresses from which an exchange pays: what tags mostly name. */
  readonly hotAddresses: ReadonlySet<string>
  readonly thefts: readonly Theft[]
}

export function isCoinJoinKind(kind: EmulatedKind): boolean {
  return coinJoinKinds.includes(kind)
}
