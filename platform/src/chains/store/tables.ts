/**
 * The tables of a chain store, once for both engines.
 *
 * `generation` numbers the publication that wrote a row. A *row set* is what the ledger holds of one transaction: its
 * rows in tx, tx_in, tx_out and conflict, all of one generation; a newer publication replaces a row set whole.
 */

/**
 * `hash` 32 bytes in hexadecimal, `hex` bytes of any length, `amount` unsigned 64-bit base units, `int` a signed
 * 64-bit height, time or count. `?` may be null.
 */
export type Kind = 'hash' | 'hash?' | 'hex?' | 'text' | 'text?' | 'amount' | 'amount?' | 'int' | 'int?' | 'flag'

export type Columns = Readonly<Record<string, Kind>>

const body = {
  tx: { coinbase: 'flag', version: 'int?', locktime: 'int?', proof: 'text', n_in: 'int', n_out: 'int' },
  tx_in: {
    vin: 'int',
    prev: 'hash?',
    prev_vout: 'int?',
    sequence: 'int?',
    pv_value: 'amount?',
    pv_script: 'hex?',
    pv_address: 'text?',
  },
  tx_out: { vout: 'int', value: 'amount', script: 'hex?', type: 'text', address: 'text?' },
  block: {
    height: 'int',
    hash: 'hash?',
    prev_hash: 'hash?',
    time: 'int?',
    merkle_root: 'hash?',
    bits: 'int?',
    header_verified: 'flag',
    completeness: 'text',
  },
} as const satisfies Readonly<Record<string, Columns>>

/**
 * Statements on account chains. `txid` is that of the transaction, or a number made of the height for what a block itself
 * moves (`blockKey`); `stated` and `hash` name the block that the source named.
 */
const account = {
  acc_tx: {
    txid: 'hash',
    stated: 'int',
    hash: 'hash?',
    time: 'int?',
    idx: 'int?',
    sender: 'text?',
    recipient: 'text?',
    created: 'text?',
    nonce: 'int?',
    status: 'text?',
    selector: 'text?',
    parts: 'text',
    proof: 'text',
  },
  /** `amount`: 32 bytes, big-endian: no engine has a column of 256 bits that both read alike. */
  acc_move: {
    txid: 'hash',
    stated: 'int',
    hash: 'hash?',
    time: 'int?',
    ord: 'int',
    place: 'text',
    kind: 'text',
    asset: 'text',
    sender: 'text?',
    recipient: 'text?',
    amount: 'hash',
  },
  acc_log: {
    txid: 'hash',
    stated: 'int',
    hash: 'hash?',
    log_index: 'int',
    address: 'text',
    topic0: 'text?',
    topics: 'text',
    content: 'text',
  },
} as const satisfies Readonly<Record<string, Columns>>

/** What importers stated, waiting for publication; one set of tables per source, dropped when it is published. */
export const stageTables = {
  stage_block: { batch: 'int', ...body.block },
  stage_tx: {
    batch: 'int',
    ord: 'int',
    txid: 'hash',
    height: 'int',
    hash: 'hash?',
    time: 'int?',
    idx: 'int?',
    ...body.tx,
  },
  stage_in: { batch: 'int', ord: 'int', txid: 'hash', ...body.tx_in },
  stage_out: { batch: 'int', ord: 'int', txid: 'hash', ...body.tx_out },
  stage_acc_tx: { batch: 'int', ...account.acc_tx },
  stage_acc_move: { batch: 'int', ...account.acc_move },
  stage_acc_log: { batch: 'int', ...account.acc_log },
} as const satisfies Readonly<Record<string, Columns>>

/** What was published. Read through `ledger(…)`, which shows visible rows only. */
export const ledgerTables = {
  /** One row set per txid. `height` is that of the inclusion that counts, -1 where no active block includes it. */
  tx: { chain: 'int', txid: 'hash', ...body.tx, height: 'int', generation: 'int' },
  tx_in: { chain: 'int', txid: 'hash', ...body.tx_in, height: 'int', generation: 'int' },
  tx_out: { chain: 'int', txid: 'hash', ...body.tx_out, height: 'int', generation: 'int' },
  /** Statements of a source that lost against the row set. */
  conflict: {
    chain: 'int',
    txid: 'hash',
    source: 'int',
    code: 'text',
    message: 'text',
    height: 'int',
    generation: 'int',
  },
  /** In which blocks sources saw a transaction; several rows where they say it in several ways. */
  inclusion: { chain: 'int', txid: 'hash', height: 'int', hash: 'hash?', time: 'int?', idx: 'int?', generation: 'int' },
  tx_source: { chain: 'int', txid: 'hash', source: 'int', generation: 'int' },
  /** Every differing statement of a transaction, kept whole, so that merging does not depend on the order. */
  claim: { chain: 'int', txid: 'hash', source: 'int', content: 'text', generation: 'int' },
  block_claim: { chain: 'int', source: 'int', ...body.block, generation: 'int' },
  /** The merged blocks. `id` is the hash, or the height where no source knows a hash. */
  block: { chain: 'int', id: 'text', ...body.block, active: 'flag', generation: 'int' },
  /**
   * Every statement on an account chain. `height` is where the row counts, -1 where it does not: its block is not active,
   * or another statement says the same or was preferred. `pos`: the place of the transaction in its block, as merged.
   */
  acc_tx: { chain: 'int', source: 'int', ...account.acc_tx, height: 'int', generation: 'int' },
  acc_move: { chain: 'int', source: 'int', ...account.acc_move, pos: 'int?', height: 'int', generation: 'int' },
  acc_log: { chain: 'int', source: 'int', ...account.acc_log, height: 'int', generation: 'int' },
} as const satisfies Readonly<Record<string, Columns>>

/** Bookkeeping. A batch exists when its row in `batch` does, a publication when its row in `publication` does. */
export const bookTables = {
  chain_name: { chain: 'int', name: 'text' },
  source: { source: 'int', chain: 'int', format: 'text', name: 'text', sha256: 'text', bytes: 'int' },
  batch: { source: 'int', batch: 'int', seq: 'int', cursor: 'text' },
  defect: {
    source: 'int',
    batch: 'int',
    code: 'text',
    message: 'text',
    place: 'text',
    txid: 'text?',
    count: 'int',
  },
  attempt: { generation: 'int', source: 'int' },
  publication: { generation: 'int', source: 'int', chain: 'int', report: 'text' },
  trace: { chain: 'int', digest: 'text', as_of: 'text?', blocks: 'text' },
} as const satisfies Readonly<Record<string, Columns>>

/** Which pieces of a store that is being moved have arrived here; see move.ts. */
export const moveTables = {
  arrival: { move: 'text', piece: 'text' },
} as const satisfies Readonly<Record<string, Columns>>

/** What `arrival` holds in the place of a piece before the first has arrived, and after the last. */
export const ARRIVAL = { begun: 'begun', finished: 'finished' } as const

/** Every table that is made once and stays. */
export const lastingTables: Readonly<Record<string, Columns>> = { ...ledgerTables, ...bookTables, ...moveTables }

export type StageTable = keyof typeof stageTables
export type LedgerTable = keyof typeof ledgerTables
export type BookTable = keyof typeof bookTables

export const ROW_SET: readonly ('tx' | 'tx_in' | 'tx_out' | 'conflict')[] = ['tx', 'tx_in', 'tx_out', 'conflict']

/** What is replaced together on account chains. */
export const ACCOUNT_SET: readonly ('acc_tx' | 'acc_move' | 'acc_log' | 'conflict')[] = [
  'acc_tx',
  'acc_move',
  'acc_log',
  'conflict',
]

export const UTXO_STAGES: readonly StageTable[] = ['stage_block', 'stage_tx', 'stage_in', 'stage_out']
export const ACCOUNT_STAGES: readonly StageTable[] = [
  'stage_block',
  'stage_tx',
  'stage_acc_tx',
  'stage_acc_move',
  'stage_acc_log',
]

/** Column names of what sources state on account chains. */
export function accountColumns(table: 'acc_tx' | 'acc_move' | 'acc_log'): readonly string[] {
  return Object.keys(account[table])
}

/** Name of a staging table of one source. */
export function stageTable(table: StageTable, source: number): string {
  return `${table}_${source}`
}

/** Column names of a table without those that a row set adds. */
export function contentColumns(table: 'tx' | 'tx_in' | 'tx_out' | 'block'): readonly string[] {
  return Object.keys(body[table])
}
