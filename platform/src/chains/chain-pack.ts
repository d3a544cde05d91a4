/**
 * Chains are data: packs/chains/*.json. Facts with source; no branch in the code names a chain.
 */

export type ChainPack = {
  /** Packs of account chains are of another type: account-pack.ts. */
  readonly family?: 'utxo'
  /** CAIP-2 id. A network that shares its genesis block with another and has no `bip122` id of its own is in a private namespace. */
  readonly caip2: string
  /** Other names by which people may call it on the command line, for example `bitcoin`, `btc`. Lower case. */
  readonly aliases: readonly string[]
  readonly name: string
  readonly network: 'mainnet' | 'testnet' | 'signet' | 'regtest'
  readonly asset: {
    readonly symbol: string
    readonly decimals: number
    readonly caip19: string
    readonly baseUnit: string
  }
  /** `header`: the 80 bytes whose double SHA-256, reversed, is `hash`. Checked whenever packs are read. */
  readonly genesis: { readonly hash: string; readonly header: string }
  /** First four bytes of a record in a block file (pchMessageStart; diskMagic where files and wire differ), hex. */
  readonly magic: string
  readonly address: {
    readonly p2pkh: number
    /** The first is the one we write; the others are read too (Litecoin's old `3…`). */
    readonly p2sh: readonly number[]
    readonly bech32: string | null
    /** Prefix of MWEB stealth addresses: recognised, never accepted, because the ledger does not show them. */
    readonly mweb: string | null
    readonly cashaddr: string | null
  }
  /** Features that change how raw blocks are read. */
  readonly segwit: boolean
  readonly auxpow: boolean
  readonly mweb: boolean
  /** Script hashes of 32 bytes (CHIP-2022-05 P2SH32). */
  readonly p2sh32: boolean
  /** Output scripts may begin with a token prefix (CHIP-2022-02 CashTokens). */
  readonly cashTokens: boolean
  /**
   * Block subsidy: `halving` = initial >> (height / interval), 0 from the 64th halving on;
   * `table` = first entry whose `until` is above the height; null = unknown.
   */
  readonly subsidy:
    | { readonly kind: 'halving'; readonly initial: string; readonly interval: number }
    | {
        readonly kind: 'table'
        readonly steps: readonly { readonly until: number | null; readonly amount: string | null }[]
      }
  /** No output and no sum of outputs of one transaction may exceed this (base units). */
  readonly maxMoney: string
  /**
   * Hashes that prove "this is another chain": `height` is the first height at which the two chains differ, `hash` the
   * block of this chain there, `otherHash` the block of the chain it forked from. `verified` says how far this is checked.
   */
  readonly forkedFrom: {
    readonly caip2: string
    readonly height: number
    readonly hash: string
    readonly otherHash: string
    readonly verified: string
  } | null
  /** What tells a block of this chain from a block of a sister chain that has the same format; see `recognise-block.ts`. */
  readonly recognition?: {
    /** From this height on, blocks of version 2 and above carry their true height in the coinbase (BIP-34). */
    readonly coinbaseHeightFrom: number | null
    /** `sha256d`: the header hash must meet the target of the header; `other`: the chain hashes its work differently. */
    readonly proofOfWork: 'sha256d' | 'other'
    /** Ascending: no block at or above `from` has an easier target than `bits` (nBits as 8 hexadecimal digits). */
    readonly easiestTargets: readonly { readonly from: number; readonly bits: string }[]
  }
  readonly source: string
  readonly verified: string
}
