/**
 * Packs of account chains: packs/chains/*.json whose `family` is `account`. Facts with source; no branch in the code names
 * a chain.
 */

export type AccountPack = {
  readonly family: 'account'
  readonly caip2: string
  readonly aliases: readonly string[]
  readonly name: string
  readonly network: 'mainnet' | 'testnet' | 'regtest'
  readonly asset: {
    readonly symbol: string
    readonly decimals: number
    readonly caip19: string
    readonly baseUnit: string
  }
  /** `allocation`: `ask` where a node can be asked what each address had in the beginning (development chains). */
  readonly genesis: { readonly hash: string | null; readonly allocation: 'ask' | 'unknown' }
  readonly address: { readonly form: 'eip55' } | { readonly form: 'tron'; readonly version: number }
  readonly fees: {
    /** Where the base fee of EIP-1559 goes from which height on: `to: null` is destroyed. Empty: there is no such part. */
    readonly baseFee: readonly { readonly from: number; readonly to: string | null }[]
    /** Who gets the rest: the producer that the block names, or somebody whom the block does not name. */
    readonly rest: 'producer' | 'unknown'
    /** Who gets the fee for the layer below that receipts of rollups state. */
    readonly l1Fee: string | null
  }
  /**
   * How blocks and transactions get their hashes: as on Ethereum (a block that does not agree is left out); so, but for things
   * of the chain's own that are not known here (what agrees is proven, the rest stated); or in another way (`null`).
   */
  readonly hashes: 'ethereum' | 'like-ethereum' | null
  /** What the producer of a block is given, by height; empty: nothing. */
  readonly rewards: readonly { readonly from: number; readonly amount: string }[]
  /** From this height on blocks carry withdrawals of the consensus layer. */
  readonly withdrawals: number | null
  /** Contracts whose Transfer events repeat movements of the native coin. */
  readonly nativeContracts: readonly string[]
  /** Contracts that give tokens for the native coin, one for one, by events Deposit and Withdrawal. */
  readonly wrapped: readonly { readonly address: string; readonly symbol: string }[]
  /** Tokens whose balances change without any transfer. */
  readonly rebasing: readonly { readonly address: string; readonly symbol: string; readonly source: string }[]
  /** Known ERC-20 tokens, for people and for sources that do not say of which standard a token is. */
  readonly tokens: readonly { readonly address: string; readonly symbol: string; readonly decimals: number }[]
  readonly source: string
  readonly verified: string
}
