/**
 * The store of account chains: written as the chain store is (staged, then published as a whole; nothing half-imported is
 * ever visible), over the same engine and the same bookkeeping of sources, so that one file or one cluster holds both.
 *
 * Parts of one transaction may come from several sources (transactions here, traces there): they are joined whatever the
 * order of import. Where sources contradict each other, one statement counts, by a fixed rule, and the other is a defect.
 */
import type { AccountAddress, AccountBatch, AccountTx, AssetId, LogEntry, Move } from './account-ledger.ts'
import type { SourceState, StoredBlock, StoredSource } from './chain-store.ts'
import type { Defect, Proof, SourceDescription, TxId } from './ledger.ts'

export type AccountCounts = {
  readonly blocks: number
  readonly transactions: number
  readonly moves: number
  readonly logs: number
}

/** How much of what is here follows from hashes; the rest is stated by its sources, calls of contracts always. */
export type AccountProofs = {
  /** Blocks whose header gives their hash. */
  readonly blocks: number
  /** Transactions by how far their fields and signature give their id and sender. */
  readonly transactions: Readonly<Record<Proof, number>>
  /** Transactions to whose place in the block its hash commits. */
  readonly places: number
  /** Transactions to whose outcome, gas and events the hash of their block commits. */
  readonly receipts: number
}

export type AccountReport = {
  readonly counts: AccountCounts
  /** Of this source; `null` where it was imported before such things were counted. */
  readonly proofs: AccountProofs | null
  readonly added: AccountCounts
  readonly defects: readonly Defect[]
  readonly staleBlocks: readonly string[]
}

export type AccountStatus = {
  readonly chain: string
  readonly counts: AccountCounts
  readonly tip: StoredBlock | null
  readonly sources: readonly (Omit<StoredSource, 'counts'> & { readonly counts: AccountCounts })[]
  readonly defects: number
  readonly proofs: AccountProofs
  /** Every asset that moves, with the number of its moves. */
  readonly assets: readonly { readonly asset: AssetId; readonly moves: number }[]
  /** Whether what contracts pass on is here for every transaction: only then can balances be compared with a node's. */
  readonly traced: boolean
}

/**
 * What the ledger shows of the nature of an address. Only who holds a key signs (EIP-3607); code shows by what it does. Where
 * neither is shown the ledger does not say.
 */
export type AccountKind = {
  /** It sent a transaction of its own: it is held by a key. */
  readonly signed: boolean
  /** What shows that it is a contract: it was created, it passed value on, it was called, it wrote an event. */
  readonly code: readonly ('created' | 'passed-on' | 'called' | 'wrote-event')[]
  /** It was paid for producing blocks. */
  readonly producer: boolean
}

/** After which move to begin (not itself included), or from a height on. */
export type MovesAsked = {
  readonly addresses: readonly string[]
  readonly direction: 'in' | 'out' | 'both'
  readonly assets?: readonly AssetId[]
  readonly fromHeight: number
  readonly toHeight: number
  /** At most so many moves are answered, the earliest first; `more` says that there are others. Absent: all. */
  readonly limit?: number
}

export interface AccountStore {
  beginSource(source: SourceDescription): Promise<SourceState>
  stage(sourceId: number, batch: AccountBatch, cursor: string): Promise<void>
  publish(sourceId: number): Promise<AccountReport>
  published(sourceId: number): Promise<AccountReport>
  abandon(sourceId: number): Promise<void>

  status(chain: string): Promise<AccountStatus>
  chains(): Promise<readonly string[]>
  defects(chain: string): Promise<readonly (Defect & { readonly source: string })[]>
  blocksByHeight(chain: string, heights: readonly number[]): Promise<readonly StoredBlock[]>
  blocksByHash(chain: string, hashes: readonly string[]): Promise<readonly StoredBlock[]>

  transactions(chain: string, txids: readonly TxId[]): Promise<readonly AccountTx[]>
  /** All moves of these transactions, in order. */
  movesOfTransactions(chain: string, txids: readonly TxId[]): Promise<readonly Move[]>
  /** Moves of blocks of the active chain that touch these addresses, in order. */
  moves(chain: string, asked: MovesAsked): Promise<{ readonly moves: readonly Move[]; readonly more: boolean }>
  /** Of these addresses, those of which the ledger shows anything. */
  kindsOf(chain: string, addresses: readonly AccountAddress[]): Promise<ReadonlyMap<AccountAddress, AccountKind>>
  logsOfTransactions(chain: string, txids: readonly TxId[]): Promise<readonly LogEntry[]>
  /** Logs with one of these first topics within the heights, in order. */
  logs(chain: string, topics: readonly string[], fromHeight: number, toHeight: number): Promise<readonly LogEntry[]>
  /** The sum of what came less what went, up to and including a height, by asset. */
  balances(chain: string, address: string, height: number): Promise<ReadonlyMap<AssetId, bigint>>
  /** SHA-256 over all visible rows in a fixed order: equal ledgers give equal digests. */
  contentDigest(chain: string): Promise<string>
  /** Remembers on which blocks a trace stands, so that a reorganisation can mark it. */
  recordTrace(chain: string, digest: string, asOfHash: string | null, blockHashes: readonly string[]): Promise<void>
  staleTraces(chain: string): Promise<readonly string[]>
  close(): Promise<void>
}
