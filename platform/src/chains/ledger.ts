/**
 * The ledger of a UTXO chain, as every importer delivers it and every store keeps it.
 *
 * A transaction of this ledger is a statement with a proof level. Its values are base units. What a source did not
 * say is `null`, never zero.
 */

/** 64 lower-case hexadecimal digits, in the byte order in which explorers show them. */
export type TxId = string

export type OutPoint = { readonly txid: TxId; readonly vout: number }

/**
 * How far the content of a transaction is bound to its id:
 * - `txid`: the content was serialised and hashed here, and gives the id
 * - `stated`: the source does not carry enough to recompute the id
 * - `mismatch`: the source carries enough, and it gives another id: content or id is wrong
 * - `doubles`: the amounts passed through floating point on their way; no evidence until re-verified
 */
export type Proof = 'txid' | 'stated' | 'mismatch' | 'doubles'

export type ScriptType =
  | 'p2pk'
  | 'p2pkh'
  | 'p2sh'
  | 'v0_p2wpkh'
  | 'v0_p2wsh'
  | 'v1_p2tr'
  | 'witness_unknown'
  | 'multisig'
  | 'op_return'
  | 'nonstandard'
  | 'unknown'

/** What a source says of the output that an input spends. `script` is the output script in hex. */
export type Prevout = { readonly value: bigint; readonly script: string | null; readonly address: string | null }

export type LedgerInput = {
  /** `null` for the input of a coinbase transaction. */
  readonly prev: OutPoint | null
  /** What the source (or the ledger, when read back) says of the spent output; `null` where nobody said. */
  readonly prevout: Prevout | null
  readonly sequence: number | null
}

export type LedgerOutput = {
  readonly value: bigint
  /** Output script in hex; `null` where the source has none. */
  readonly script: string | null
  readonly type: ScriptType
  /** The address of the script on this chain; `null` for scripts that have none (bare multisig, OP_RETURN, …). */
  readonly address: string | null
}

/** The block a source names for a transaction. `hash` is `null` where a source gives heights only. */
export type BlockRef = { readonly height: number; readonly hash: string | null; readonly time: number | null }

export type LedgerTx = {
  readonly txid: TxId
  readonly coinbase: boolean
  readonly block: BlockRef
  /** Position in the block, 0 = coinbase; `null` where the source does not say. */
  readonly index: number | null
  readonly version: number | null
  readonly locktime: number | null
  readonly inputs: readonly LedgerInput[]
  readonly outputs: readonly LedgerOutput[]
  readonly proof: Proof
}

/**
 * How much of a block is in the ledger:
 * - `merkle`: every transaction; their ids give the Merkle root of the header
 * - `declared`: the source states that it holds every transaction, without a root to prove it
 * - `partial`: some transactions
 */
export type Completeness = 'merkle' | 'declared' | 'partial'

export type LedgerBlock = {
  readonly height: number
  readonly hash: string | null
  readonly prevHash: string | null
  /** Seconds since 1970-01-01 UTC, as the header says. */
  readonly time: number | null
  readonly merkleRoot: string | null
  /** Compact target of the header (nBits); the work of competing branches is compared by it. */
  readonly bits: number | null
  /** Whether `hash` was recomputed here from the header bytes. */
  readonly headerVerified: boolean
  readonly completeness: Completeness
}

/** A flaw in a source that did not stop the import: what, where, and what was done about it. */
export type Defect = {
  readonly code: string
  readonly message: string
  /** File, and byte offset, line or row. */
  readonly place: string
  readonly txid?: TxId
  /** How many times the same flaw occurred in this source where it is recorded once for all; 1 otherwise. */
  readonly count: number
}

/** What an importer yields: whole blocks or whole transactions, never halves. */
export type LedgerBatch = {
  readonly blocks: readonly LedgerBlock[]
  readonly transactions: readonly LedgerTx[]
  readonly defects: readonly Defect[]
}

export type SourceFormat =
  | 'bitcoin-etl'
  | 'raw-block'
  | 'esplora'
  | 'core-rpc'
  | 'aws-parquet'
  | 'blocksci-csv'
  | AccountFormat

/** Formats of account chains; `aws-parquet` is of both. */
export type AccountFormat = 'ethereum-etl' | 'evm-rpc' | 'etherscan-csv' | 'flow-csv'

/** One file, folder or server that was imported, as it is named in every trace record. */
export type SourceDescription = {
  readonly chain: string
  readonly format: SourceFormat
  /** The name shown to people: a file name without its folder, or a server's origin. */
  readonly name: string
  /** SHA-256 of the bytes as they were read (of the compressed file where it is compressed), 64 hex digits. */
  readonly sha256: string
  readonly bytes: number
}
