/** How the ledger of an account chain lies in columns, and how rows become values again. */
import { type AccountPart, type AccountTx, AFTER_TRANSACTIONS, type LogEntry, type Move } from '../account-ledger.ts'
import type { Proof } from '../ledger.ts'
import { asInt, asIntOrNull, asText, asTextOrNull, type Row } from './engine.ts'

export const PARTS: readonly AccountPart[] = [
  'transaction',
  'receipt',
  'logs',
  'token-transfers',
  'traces',
  'flow',
  'place-proven',
  'receipt-proven',
]

/** What moves in a block outside its transactions is kept under a number that no hash will ever be. */
export function blockKey(height: number): string {
  return height.toString(16).padStart(64, '0')
}

export function isBlockKey(txid: string): boolean {
  return txid.startsWith('0'.repeat(48))
}

/** A statement of a source about a transaction, or (`isBlockKey`) about the block itself. */
export type TxRow = {
  readonly source: number
  readonly txid: string
  readonly stated: number
  readonly hash: string | null
  readonly time: number | null
  readonly idx: number | null
  readonly sender: string | null
  readonly recipient: string | null
  readonly created: string | null
  readonly nonce: number | null
  readonly status: string | null
  readonly selector: string | null
  readonly parts: string
  readonly proof: string
}

export type MoveRow = {
  readonly source: number
  readonly txid: string
  readonly stated: number
  readonly hash: string | null
  readonly time: number | null
  readonly ord: number
  readonly place: string
  readonly kind: string
  readonly asset: string
  readonly sender: string | null
  readonly recipient: string | null
  readonly amount: string
}

export type LogRow = {
  readonly source: number
  readonly txid: string
  readonly stated: number
  readonly hash: string | null
  readonly log_index: number
  readonly address: string
  readonly topic0: string | null
  readonly topics: string
  readonly content: string
}

export const TX_NAMES = [
  'source',
  'txid',
  'stated',
  'hash',
  'time',
  'idx',
  'sender',
  'recipient',
  'created',
  'nonce',
  'status',
  'selector',
  'parts',
  'proof',
] as const
export const MOVE_NAMES = [
  'source',
  'txid',
  'stated',
  'hash',
  'time',
  'ord',
  'place',
  'kind',
  'asset',
  'sender',
  'recipient',
  'amount',
] as const
export const LOG_NAMES = [
  'source',
  'txid',
  'stated',
  'hash',
  'log_index',
  'address',
  'topic0',
  'topics',
  'content',
] as const

export function txRowOf(tx: AccountTx, source: number): TxRow {
  return {
    source,
    txid: tx.txid,
    stated: tx.block.height,
    hash: tx.block.hash,
    time: tx.block.time,
    idx: tx.index,
    sender: tx.from,
    recipient: tx.to,
    created: tx.created,
    nonce: tx.nonce,
    status: tx.status,
    selector: tx.selector,
    parts: PARTS.filter((part) => tx.parts.includes(part)).join(' '),
    proof: tx.proof,
  }
}

export function rowToTxRow(row: Row): TxRow {
  return {
    source: asInt(row[0]),
    txid: asText(row[1]),
    stated: asInt(row[2]),
    hash: asTextOrNull(row[3]),
    time: asIntOrNull(row[4]),
    idx: asIntOrNull(row[5]),
    sender: asTextOrNull(row[6]),
    recipient: asTextOrNull(row[7]),
    created: asTextOrNull(row[8]),
    nonce: asIntOrNull(row[9]),
    status: asTextOrNull(row[10]),
    selector: asTextOrNull(row[11]),
    parts: asText(row[12]),
    proof: asText(row[13]),
  }
}

export function rowToMoveRow(row: Row): MoveRow {
  return {
    source: asInt(row[0]),
    txid: asText(row[1]),
    stated: asInt(row[2]),
    hash: asTextOrNull(row[3]),
    time: asIntOrNull(row[4]),
    ord: asInt(row[5]),
    place: asText(row[6]),
    kind: asText(row[7]),
    asset: asText(row[8]),
    sender: asTextOrNull(row[9]),
    recipient: asTextOrNull(row[10]),
    amount: asText(row[11]),
  }
}

export function rowToLogRow(row: Row): LogRow {
  return {
    source: asInt(row[0]),
    txid: asText(row[1]),
    stated: asInt(row[2]),
    hash: asTextOrNull(row[3]),
    log_index: asInt(row[4]),
    address: asText(row[5]),
    topic0: asTextOrNull(row[6]),
    topics: asText(row[7]),
    content: asText(row[8]),
  }
}

/** Rows as the columns that `append` takes. */
export function columnsFrom<Record_ extends object>(
  rows: readonly Record_[],
  names: readonly (keyof Record_ & string)[],
): Record<string, readonly unknown[]> {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
}

/** What is shown of the block of a height: its hash and time, where known. */
export type BlockShown = { readonly hash: string | null; readonly time: number | null }

/** `height` and `pos` are those that count. */
export function moveOf(row: MoveRow, height: number, pos: number | null, block: BlockShown | undefined): Move {
  const ofBlock = isBlockKey(row.txid)
  return {
    txid: ofBlock ? (block?.hash ?? `block:${height}`) : row.txid,
    height,
    time: block?.time ?? row.time,
    txIndex: ofBlock ? AFTER_TRANSACTIONS : pos,
    order: row.ord,
    place: row.place,
    kind: row.kind as Move['kind'],
    asset: row.asset,
    from: row.sender,
    to: row.recipient,
    amount: BigInt(`0x${row.amount}`),
  }
}

export function logOf(row: LogRow, height: number): LogEntry {
  return {
    txid: row.txid,
    height,
    logIndex: row.log_index,
    address: row.address,
    topics: row.topics === '' ? [] : row.topics.split(' '),
    data: row.content,
  }
}

export function txOf(row: TxRow, height: number, block: BlockShown | undefined): AccountTx {
  const parts = row.parts.split(' ')
  return {
    txid: row.txid,
    block: { height, hash: row.hash ?? block?.hash ?? null, time: block?.time ?? row.time },
    index: row.idx,
    from: row.sender,
    to: row.recipient,
    created: row.created,
    nonce: row.nonce,
    status: row.status as AccountTx['status'],
    selector: row.selector,
    parts: PARTS.filter((part) => parts.includes(part)),
    proof: row.proof as Proof,
  }
}
