/**
 * Chains are data: packs/chains/*.json. Facts with source; no branch in the code names a chain.
 */

export type ChainPack = {
  /** CAIP-2 id. */
  readonly caip2: string
  /** Other names by which people may call it on the command line, for example `bitcoin`, `btc`. */
  readonly aliases: readonly string[]
  readonly name: string
  readonly network: 'mainnet' | 'testnet' | 'regtest'
  readonly asset: { readonly symbol: string; readonly decimals: number; readonly caip19: string; readonly baseUnit: string }
  readonly genesis: { readonly hash: string; readonly header: string }
  /** First four bytes of a record in a block file (pchMessageStart), hex. */
  readonly magic: string
  readonly address: {
    readonly p2pkh: number
    /** The first is the one we write; the others are read too (Litecoin's old `3…`). */
    readonly p2sh: readonly number[]
    readonly bech32: string | null
    readonly cashaddr: string | null
  }
  /** Features that change how raw blocks are read. */
  readonly segwit: boolean
  readonly auxpow: boolean
  readonly mweb: boolean
  /** Block subsidy: `halving` = initial >> (height / interval); `table` = first entry whose `until` is above the height; null = unknown. */
  readonly subsidy:
    | { readonly kind: 'halving'; readonly initial: string; readonly interval: number }
    | { readonly kind: 'table'; readonly steps: readonly { readonly until: number | null; readonly amount: string | null }[] }
  /** No output and no sum of outputs of one transaction may exceed this (base units). */
  readonly maxMoney: string
  /** Hashes that prove "this is another chain": chains that share the genesis block but forked later. */
  readonly forkedFrom: { readonly caip2: string; readonly height: number; readonly hash: string } | null
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
