/**
 * Where value changes its form on its way: within a transaction from one asset into others (a swap, a wrap, a deposit), and
 * across chains (a bridge). Both are statements with a tier and with the facts that carry them; a person may reject one.
 *
 * A trace does not follow value into a pool or a bridge contract. Where a conversion or a crossing is known, traced value
 * leaves the one asset (`converted`, `crossed`) and enters the other in proportion; else it stops there, said so.
 */
import type { AssetId, Move } from '../chains/index.ts'

/** How a link was found, from what the protocol itself says down to what merely agrees. */
export type Tier = 'protocol' | 'fields' | 'amount-time' | 'balance-change'

/** Which move: its transaction and its place in it. */
export type MoveName = { readonly txid: string; readonly place: string }

/** In one transaction somebody gave some assets and somebody (mostly the same) received others for them. */
export type Conversion = {
  /** The SHA-256 of what it says, so that a rejection names exactly it. */
  readonly id: string
  readonly chain: string
  readonly txid: string
  readonly kind: 'swap' | 'wrap' | 'unwrap' | 'deposit' | 'withdraw' | 'liquidity'
  /** The decoder pack and rule that says so, as `uniswap-v2@1`; `balance-change@1` for the general rule. */
  readonly decoder: string
  readonly tier: Tier
  readonly given: readonly ConversionLeg[]
  readonly received: readonly ConversionLeg[]
  /** The logs that prove it, by index in the transaction. */
  readonly logs: readonly number[]
}

export type ConversionLeg = {
  readonly move: MoveName
  readonly holder: string
  readonly asset: AssetId
  readonly amount: bigint
}

/** One end of a bridge transfer. */
export type BridgeSide = {
  readonly chain: string
  readonly txid: string
  readonly logIndex: number | null
  /** The move by which value entered or left the bridge; `null` where no ledger here shows it. */
  readonly place: string | null
  readonly height: number | null
  readonly time: number | null
  readonly asset: AssetId | string
  readonly amount: bigint
  readonly sender: string | null
  readonly recipient: string | null
}

export type Crossing = {
  readonly id: string
  readonly bridge: string
  readonly transferId: string | null
  readonly tier: Exclude<Tier, 'balance-change'>
  readonly source: BridgeSide
  readonly destination: BridgeSide
  /** The fields that agree, and by how much the others differ. */
  readonly evidence: Readonly<Record<string, string>>
  /** Other destinations that would fit, best first: kept, never dropped. */
  readonly candidates: readonly BridgeSide[]
}

/** Value sent into a bridge whose destination is not known, or whose link a person rejected: a stop, with what could be it. */
export type BridgeStop = {
  readonly bridge: string
  readonly source: BridgeSide
  readonly reason: string
  readonly candidates: readonly BridgeSide[]
}

/** A contract at which value is not attributed further (a mixer): a stop, with the withdrawals that could be it. */
export type MixerStop = {
  readonly pool: string
  /** Says whether the pool is a listed one (`tornado-deposit@1`) or writes what such pools write (`tornado-form-deposit@1`). */
  readonly decoder: string
  readonly deposit: Move
  readonly candidates: readonly {
    readonly txid: string
    readonly recipient: string | null
    readonly time: number | null
    readonly why: string
  }[]
}

/** What a trace on account chains asks of whoever decodes. */
export interface CrossingPort {
  conversionsIn(chain: string, txids: readonly string[]): Promise<readonly Conversion[]>
  crossingsFrom(chain: string, txids: readonly string[]): Promise<readonly Crossing[]>
  bridgeStops(chain: string, txids: readonly string[]): Promise<readonly BridgeStop[]>
  mixerStops(chain: string, txids: readonly string[]): Promise<readonly MixerStop[]>
}
