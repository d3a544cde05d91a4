/** How amounts, counts, times and places are written in a report. */
import { formatDecimal } from '../../kernel/index.ts'
import type { RecordPosition, TraceRecord } from '../record.ts'

/** `"11975662032288"` with 8 decimals → `"119,756.62032288"`: every decimal, thousands parted. */
export function coin(amount: string | bigint, decimals: number): string {
  const [whole = '', fraction] = formatDecimal(BigInt(amount), decimals).split('.')
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
}

export function coinOf(record: TraceRecord, amount: string | bigint): string {
  return `${coin(amount, record.asset.decimals)} ${record.asset.symbol}`
}

export function count(number: number): string {
  return grouped(String(number))
}

/** `counted(1, 'source')` → `"1 source"`; `counted(2072, 'source')` → `"2,072 sources"`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`
}

/** Seconds since 1970 → `"2021-05-08 17:20:57 UTC"`. */
export function utc(seconds: number | null): string {
  if (seconds === null) return 'time not stated'
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? `time ${seconds}` : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

export function shortId(id: string): string {
  return id.length > 13 ? `${id.slice(0, 8)}…` : id
}

/** The place of a position as its slot is called in the flow: `TXID:VOUT`, `TXID:fee`, `TXID:unclaimed`, `TXID:subsidy`. */
export function slotKeyOf({
  txid,
  vout,
  code,
  status,
}: Pick<RecordPosition, 'txid' | 'vout' | 'code' | 'status'>): string {
  if (vout !== null) return `${txid}:${vout}`
  if (code === 'declared-only') return txid
  if (code === 'new-coins') return `${txid}:subsidy`
  return status === 'written-off' ? `${txid}:unclaimed` : `${txid}:fee`
}

export function sumOf(amounts: Iterable<string | bigint>): bigint {
  let sum = 0n
  for (const amount of amounts) sum += BigInt(amount)
  return sum
}

/** Members of an object by name: how a file happened to order them must not show. */
export function entriesInOrder<Value>(object: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
