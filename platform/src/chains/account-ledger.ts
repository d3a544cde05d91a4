/**
 * The ledger of an account chain, as every importer delivers it and every store keeps it.
 *
 * Balances change by value moves only: what a transaction carries, what contracts pass on, what tokens report, fees, and
 * what the protocol itself pays or destroys. All moves of a block, applied in their order, give the balances of the node.
 * Amounts are base units up to 2^256 − 1, as bigint. What a source did not say is `null`, never zero.
 */
import type { BlockRef, Defect, LedgerBlock, Proof, TxId } from './ledger.ts'

/** Lower-case hexadecimal with 0x on chains of the EVM; base58 on Tron. Checksummed forms are for people. */
export type AccountAddress = string

/**
 * An asset by CAIP-19: `eip155:1/slip44:60`, `eip155:1/erc20:0x…`, `eip155:1/erc721:0x…/1`, or, for figures of an analyst
 * in US cents, the chain's `…/usd:flow`, which is no asset of any ledger and no evidence.
 */
export type AssetId = string

/**
 * Why value moved:
 * - `value`: what a successful transaction carries; `call`: what a contract passed on (a trace); `create`, `selfdestruct`
 * - `fee`: what the sender paid for gas to the producer of the block; `burn`: the part of it that is destroyed
 * - `token`: a Transfer event of a token; `wrap`, `unwrap`: a wrapped native coin made or given back without a Transfer event
 * - `reward`, `uncle`: block rewards; `withdrawal`: from the consensus layer; `genesis`: the first allocation
 * - `rebase`: a balance changed with no transfer, seen by asking the node
 * - `flow`: a row of an analyst's table
 */
export type MoveKind =
  | 'value'
  | 'call'
  | 'create'
  | 'selfdestruct'
  | 'fee'
  | 'burn'
  | 'token'
  | 'wrap'
  | 'unwrap'
  | 'reward'
  | 'uncle'
  | 'withdrawal'
  | 'genesis'
  | 'rebase'
  | 'flow'

/** Moves of the block itself (rewards, withdrawals) stand after its transactions, at this index. */
export const AFTER_TRANSACTIONS = 0x7fffffff

/**
 * One movement of value. It is named by where it stands: `fee`, `burn`, `value`, `trace:0.1`, `log:17`, `withdrawal:3`, …;
 * within its chain `txid` and `place` name it for good. Moves of a block have the hash of the block in the place of `txid`, or
 * `block:HEIGHT` where none is known.
 */
export type Move = {
  readonly txid: TxId | string
  readonly height: number
  readonly time: number | null
  /** Position of the transaction in its block; `null` where no source says. */
  readonly txIndex: number | null
  /** Place among the moves of the transaction; they are applied in ascending order. */
  readonly order: number
  readonly place: string
  readonly kind: MoveKind
  readonly asset: AssetId
  /** `null`: value that comes into being (mint, reward, withdrawal). */
  readonly from: AccountAddress | null
  /** `null`: value that ceases to be (burn). */
  readonly to: AccountAddress | null
  readonly amount: bigint
}

/** An event, as contracts write it. Topics and data are hexadecimal with 0x. */
export type LogEntry = {
  readonly txid: TxId
  readonly height: number
  readonly logIndex: number
  readonly address: AccountAddress
  readonly topics: readonly string[]
  readonly data: string
}

/** What is known of a transaction beside its moves. */
export type AccountTx = {
  readonly txid: TxId
  readonly block: BlockRef
  readonly index: number | null
  readonly from: AccountAddress | null
  readonly to: AccountAddress | null
  /** The contract that it created. */
  readonly created: AccountAddress | null
  readonly nonce: number | null
  /** Whether it was executed to its end; `null` where no receipt is here. */
  readonly status: 'ok' | 'failed' | null
  /** The first four bytes of the call, hexadecimal with 0x; `null` where nothing was called or nobody says. */
  readonly selector: string | null
  /** What of it is here: without `traces` what contracts passed on is missing, and balances cannot be relied on. */
  readonly parts: readonly AccountPart[]
  /** `txid`: the fields and the signature give the id and the sender. */
  readonly proof: Proof
}

/**
 * The first six say what of a transaction is here. `place-proven`: the hash of its block commits to its content at its place;
 * `receipt-proven`: to its outcome, the gas that it used and its events. Nothing commits to `traces`.
 */
export type AccountPart =
  | 'transaction'
  | 'receipt'
  | 'logs'
  | 'token-transfers'
  | 'traces'
  | 'flow'
  | 'place-proven'
  | 'receipt-proven'

/** What an importer of an account chain yields: whole blocks or whole parts of transactions, never halves. */
export type AccountBatch = {
  readonly blocks: readonly LedgerBlock[]
  readonly transactions: readonly AccountTx[]
  readonly moves: readonly Move[]
  readonly logs: readonly LogEntry[]
  readonly defects: readonly Defect[]
}

/** Ascending order in which moves are applied. */
export function compareMoves(a: Move, b: Move): number {
  return (
    a.height - b.height ||
    (a.txIndex ?? -1) - (b.txIndex ?? -1) ||
    (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0) ||
    a.order - b.order ||
    (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)
  )
}
