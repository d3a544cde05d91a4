/**
 * The chain store port: some ten questions, two adapters (DuckDB, ClickHouse), one conformance suite.
 *
 * Writing is staged: batches of a source are kept apart until `publish` merges them, so that nothing half-imported is
 * ever visible, whenever the process dies. Reading sees published sources and blocks of the active chain only.
 *
 * What is read must not depend on the order in which sources were published, nor on batch sizes.
 */
import type { Defect, LedgerBatch, LedgerBlock, LedgerTx, OutPoint, Proof, SourceDescription, TxId } from './ledger.ts'

export type SourceState = {
  readonly sourceId: number
  readonly state: 'new' | 'staged' | 'published'
  /** Where the last staged batch ended, as the importer wrote it; `null` for a new source. */
  readonly cursor: string | null
}

export type Counts = {
  readonly blocks: number
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
}

export type PublishReport = {
  /** What this source contains, whether or not the ledger had it already. */
  readonly counts: Counts
  /** How much of that was new. */
  readonly added: Counts
  /** Defects found while reading and while merging, in a fixed order. */
  readonly defects: readonly Defect[]
  /** Blocks that left the active chain because this source brought a branch with more work. */
  readonly staleBlocks: readonly string[]
}

export type StoredSource = SourceDescription & {
  readonly sourceId: number
  readonly counts: Counts
  readonly defects: number
}

/** A block of the active chain, or a stale one, as stored. */
export type StoredBlock = LedgerBlock & { readonly active: boolean; readonly transactions: number }

/**
 * A stretch of heights, both ends included, whose blocks are all complete and chained to one another: `merkle` where each
 * is proven so, else `declared`. Proven stretches within a declared one are named too.
 */
export type CompleteRange = { readonly from: number; readonly to: number; readonly completeness: 'merkle' | 'declared' }

export type ChainStatus = {
  readonly chain: string
  readonly counts: Counts
  /** The active block with the greatest height. */
  readonly tip: StoredBlock | null
  readonly complete: readonly CompleteRange[]
  readonly sources: readonly StoredSource[]
  readonly defects: number
  /** Counts of transactions by proof level. */
  readonly proofs: Readonly<Record<Proof, number>>
}

export type KnownOutput = {
  readonly outpoint: OutPoint
  readonly value: bigint
  readonly script: string | null
  readonly address: string | null
  /** `ledger`: the creating transaction is here; `prevout`: only an input that spends it says so. */
  readonly knownFrom: 'ledger' | 'prevout'
}

export type Spend = { readonly outpoint: OutPoint; readonly txid: TxId; readonly vin: number; readonly height: number }

/** One movement of an address, newest last. `value` is what the output or the spent output is worth. */
export type AddressEvent = {
  readonly txid: TxId
  readonly height: number
  readonly time: number | null
  readonly direction: 'in' | 'out'
  readonly place: number
  readonly value: bigint
}

export type HeightCount = { readonly height: number; readonly transactions: number }

export interface ChainStore {
  /** Opens a source for import, or finds it again by chain, format and sha256. */
  beginSource(source: SourceDescription): Promise<SourceState>
  /** Keeps one batch, atomically with its cursor. */
  stage(sourceId: number, batch: LedgerBatch, cursor: string): Promise<void>
  /** Merges a staged source into the ledger: all of it becomes visible, or none. Doing it again changes nothing. */
  publish(sourceId: number): Promise<PublishReport>
  /** The report of a source that was published before. */
  published(sourceId: number): Promise<PublishReport>
  /** Forgets a source that was never published. */
  abandon(sourceId: number): Promise<void>

  status(chain: string): Promise<ChainStatus>
  chains(): Promise<readonly string[]>
  defects(chain: string): Promise<readonly (Defect & { readonly source: string })[]>
  blocksByHeight(chain: string, heights: readonly number[]): Promise<readonly StoredBlock[]>
  blocksByHash(chain: string, hashes: readonly string[]): Promise<readonly StoredBlock[]>
  /** The active block with the greatest height whose time is at or before `time`. */
  lastBlockBefore(chain: string, time: number): Promise<StoredBlock | null>

  /** Transactions of the active chain; `prevout` of inputs is filled from the ledger wherever it is known. */
  transactions(chain: string, txids: readonly TxId[]): Promise<readonly LedgerTx[]>
  /** All transactions of active blocks at these heights, in block order. */
  transactionsAt(chain: string, heights: readonly number[]): Promise<readonly LedgerTx[]>
  outputs(chain: string, outpoints: readonly OutPoint[]): Promise<readonly KnownOutput[]>
  /** Outputs known of these transactions, from the ledger or from prevouts. */
  outputsOf(chain: string, txids: readonly TxId[]): Promise<readonly KnownOutput[]>
  /** Who spends these outputs, in blocks of the active chain up to `maxHeight`. */
  spenders(chain: string, outpoints: readonly OutPoint[], maxHeight: number): Promise<readonly Spend[]>
  /** Transactions that spend from, or (`in`) pay to, one of these addresses within the heights, both included. */
  transactionsOf(
    chain: string,
    addresses: readonly string[],
    direction: 'in' | 'out',
    fromHeight: number,
    toHeight: number,
    /** At most so many, those of the lowest heights; absent: all. */
    limit?: number,
  ): Promise<readonly TxId[]>
  /** How many transactions there are by the same question, for each address that has any. */
  countTransactionsOf(
    chain: string,
    addresses: readonly string[],
    direction: 'in' | 'out',
    fromHeight: number,
    toHeight: number,
  ): Promise<ReadonlyMap<string, number>>
  /** The same for one address by height, the lowest first: what a reader in pages cuts its pages by. */
  countByHeight(
    chain: string,
    address: string,
    direction: 'in' | 'out',
    fromHeight: number,
    toHeight: number,
  ): Promise<readonly HeightCount[]>
  /** Movements of an address in chain order, `limit` of them after `offset`. */
  addressEvents(chain: string, address: string, offset: number, limit: number): Promise<readonly AddressEvent[]>
  addressTotals(
    chain: string,
    address: string,
  ): Promise<{ readonly received: bigint; readonly spent: bigint; readonly events: number }>

  /** SHA-256 over all visible rows in a fixed order: equal ledgers give equal digests. */
  contentDigest(chain: string): Promise<string>

  /** Remembers on which blocks a trace stands, so that a reorganisation can mark it. */
  recordTrace(chain: string, digest: string, asOfHash: string | null, blockHashes: readonly string[]): Promise<void>
  /** Digests of recorded traces that stand on a block which is no longer active. */
  staleTraces(chain: string): Promise<readonly string[]>

  close(): Promise<void>
}
