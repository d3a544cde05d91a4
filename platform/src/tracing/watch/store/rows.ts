/** Rows of watch.sqlite to values. */

import type { SourceFormat } from '../../../chains/index.ts'
import type { SqliteRow } from '../../../io/sqlite.ts'
import type { Alarm, NoticeKind, Until, Watch, WatchKind } from '../index.ts'

/** An entry of the outbox, in the order of `seq`, which has no gaps that are filled later. */
export type StoredNotice = {
  readonly seq: number
  readonly kind: NoticeKind
  /** The alarm in the block that this notice is about. */
  readonly alarm: Alarm
  /** When it was written here, in milliseconds since 1970-01-01 UTC. */
  readonly at: number
}

export type StoredAlarm = Alarm & { readonly stands: boolean }

export type StoredWatch = Omit<Watch, 'addresses' | 'outputs' | 'record'> & {
  readonly addresses: number
  /** Outputs that were named, not those that came to a watched address. */
  readonly outputs: number
  readonly alarms: number
}

/** A file of answers that waits for the ledger. Those with the same `source` are one source of the ledger. */
export type FetchedFile = {
  readonly seq: number
  readonly format: SourceFormat
  readonly name: string
  readonly from: number
  readonly to: number
  readonly source: number | null
}

export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

export function bigOrNull(value: unknown): bigint | null {
  return value === null || value === undefined ? null : BigInt(String(value))
}

export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

export function untilOf(row: SqliteRow): Until {
  const height = numberOrNull(row.until_height)
  const time = numberOrNull(row.until_time)
  return height !== null ? { height } : time !== null ? { time } : null
}

/** Columns of `alarm`, with the block in `height`, `hash` and `time`. */
export function rowToAlarm(row: SqliteRow): Alarm {
  return {
    id: String(row.id),
    chain: String(row.chain),
    watch: String(row.watch),
    txid: String(row.txid),
    place: String(row.place),
    direction: row.direction === 'in' ? 'in' : 'out',
    address: textOrNull(row.address),
    output: textOrNull(row.output),
    asset: String(row.asset),
    amount: bigOrNull(row.amount),
    block: { height: Number(row.height), hash: String(row.hash), time: numberOrNull(row.time) },
  }
}

export function rowToWatch(row: SqliteRow): StoredWatch {
  return {
    id: String(row.id),
    chain: String(row.chain),
    kind: String(row.kind) as WatchKind,
    subject: String(row.subject),
    until: untilOf(row),
    note: textOrNull(row.note),
    added: Number(row.added),
    addresses: Number(row.addresses),
    outputs: Number(row.outputs),
    alarms: Number(row.alarms),
  }
}

export function rowToFetched(row: SqliteRow): FetchedFile {
  return {
    seq: Number(row.seq),
    format: String(row.format) as SourceFormat,
    name: String(row.name),
    from: Number(row.from_height),
    to: Number(row.to_height),
    source: numberOrNull(row.source),
  }
}
