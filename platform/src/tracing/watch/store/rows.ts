/** Rows of watch.sqlite to values. */

import type { SourceFormat } from '../../../chains/index.ts'
import type { SqliteRow } from '../../../io/sqlite.ts'
import {
  type Alarm,
  alarmId,
  type Joint,
  type NoticeKind,
  type Until,
  type Watch,
  type WatchedOutput,
  type WatchKind,
} from '../index.ts'
import type { Sealer } from './sealer.ts'

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

/** An address of a watch. `why`: what joined it to the cluster that is watched; `null` where a person named it. */
export type WatchedAddress = { readonly address: string; readonly why: Joint | null }

export function addressToDetail({ address, why }: WatchedAddress): string {
  return JSON.stringify({ address, why })
}

export function detailToAddress(detail: string): WatchedAddress {
  return JSON.parse(detail) as WatchedAddress
}

export function outputToDetail({ output, address, amount }: WatchedOutput): string {
  return JSON.stringify({ output, address, amount: amount === null ? null : String(amount) })
}

export function detailToOutput(detail: string): WatchedOutput {
  const { output, address, amount } = JSON.parse(detail) as Record<string, string | null>
  return { output: String(output), address: textOrNull(address), amount: bigOrNull(amount) }
}

type Moved = Pick<Alarm, 'txid' | 'place' | 'direction' | 'address' | 'output' | 'asset' | 'amount'>

export function alarmToDetail({ txid, place, direction, address, output, asset, amount }: Moved): string {
  return JSON.stringify({
    txid,
    place,
    direction,
    address,
    output,
    asset,
    amount: amount === null ? null : `${amount}`,
  })
}

/** Columns of `alarm`, with the block in `height`, `hash` and `time`. `null`: the key of its watch is gone. */
export function rowToAlarm(row: SqliteRow, sealer: Sealer): Alarm | null {
  const [chain, watch] = [String(row.chain), String(row.watch)]
  const detail = sealer.open(watch, String(row.detail))
  if (detail === null) return null
  const moved = JSON.parse(detail) as Omit<Moved, 'amount'> & { readonly amount: string | null }
  return {
    id: alarmId(chain, moved.txid, moved.place, watch),
    chain,
    watch,
    ...moved,
    amount: bigOrNull(moved.amount),
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
