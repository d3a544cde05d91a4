/**
 * Ends of bridge transfers as a table: one header line with these columns in any order, RFC 4180 quoting. `side`, `chain`, `tx`
 * and `amount` have to be filled; whatever else is empty was not said. One malformed row refuses the table, with its place, for
 * a link that is missing because a row was skipped looks like a link that is not there.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { catchRefusal, type Result, stop } from '../../kernel/index.ts'
import {
  type BridgeEvent,
  compareEvents,
  MOST_UINT256,
  normalAddress,
  normalTransferId,
  normalTxid,
} from './bridge-event.ts'
import { bridgeName, chainName } from './bridge-packs.ts'

export const bridgeEventColumns = [
  'side',
  'bridge',
  'transfer_id',
  'chain',
  'tx',
  'log_index',
  'time',
  'token',
  'amount',
  'sender',
  'recipient',
  'other_chain',
] as const

type Column = (typeof bridgeEventColumns)[number]

/** The same log in two rows: it counts once; `contradicts`: the rows do not say the same, and the first in order counts. */
export type RepeatedRow = { readonly row: number; readonly of: number; readonly contradicts: boolean }

export type BridgeEventTable = { readonly events: readonly BridgeEvent[]; readonly repeated: readonly RepeatedRow[] }

const longestCell = 10_000

export function parseBridgeEvents(text: string, name: string): Result<BridgeEventTable> {
  return catchRefusal(() => {
    const [head, ...rows] = readRows(text, name)
    if (head === undefined) unreadable(name, 'the table is empty', 1)
    const columns = head.map((cell) => cell.trim().toLowerCase())
    for (const column of bridgeEventColumns) {
      if (columns.indexOf(column) === -1) unreadable(name, `its first line has no column ${column}`, 1)
      if (columns.indexOf(column) !== columns.lastIndexOf(column))
        unreadable(name, `its first line has the column ${column} twice`, 1)
    }
    const at = Object.fromEntries(bridgeEventColumns.map((column) => [column, columns.indexOf(column)])) as Record<
      Column,
      number
    >
    return withoutRepeated(rows.map((cells, index) => readRow(cells, columns.length, at, index + 2, name)))
  })
}

function readRows(text: string, name: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestCell * 12,
    })
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    return unreadable(
      name,
      thrown.message.replace(/\.$/, ''),
      typeof thrown.lines === 'number' ? thrown.lines : undefined,
    )
  }
}

function unreadable(name: string, why: string, line: number | undefined): never {
  return stop('BRIDGE_EVENTS_UNREADABLE', `The table of bridge events cannot be read: ${why}.`, {
    place: line === undefined ? name : `${name}, line ${line}`,
    fix: `Give a CSV file whose first line is ${bridgeEventColumns.join(',')}.`,
  })
}

function readRow(
  cells: readonly string[],
  width: number,
  at: Record<Column, number>,
  row: number,
  name: string,
): BridgeEvent {
  const wrong = (column: string, why: string, fix: string): never =>
    stop('BRIDGE_EVENT_MALFORMED', `The ${column} of row ${row} ${why}.`, {
      place: `${name}, row ${row}, column ${column}`,
      fix,
    })
  if (cells.length !== width)
    stop('BRIDGE_EVENT_MALFORMED', `Row ${row} has ${cells.length} cells instead of ${width}.`, {
      place: `${name}, row ${row}`,
      fix: 'Write one cell for each column of the first line; put cells with a comma in quotes.',
    })
  const cell = (column: Column): string | null => cells[at[column]]?.trim() || null
  const needed = (column: Column): string => cell(column) ?? wrong(column, 'is empty', 'Fill it in.')
  const word = (column: Column): string | null => {
    const value = cell(column)
    if (value !== null && (value.length > longestCell || /[\s\p{Cc}]/u.test(value)))
      wrong(column, 'holds a space or a control character', 'Write it without.')
    return value
  }
  const map = <T>(value: string | null, change: (text: string) => T): T | null =>
    value === null ? null : change(value)
  const side = needed('side').toLowerCase()
  if (side !== 'source' && side !== 'destination') wrong('side', `is "${side}"`, 'Write source or destination.')
  const amount = needed('amount')
  if (!/^[0-9]{1,78}$/.test(amount) || BigInt(amount) > MOST_UINT256)
    wrong('amount', 'is not a whole number of base units up to 2^256 - 1', 'Write digits only, in base units.')
  return {
    side: side as BridgeEvent['side'],
    bridge: map(cell('bridge'), bridgeName),
    transferId: map(word('transfer_id'), normalTransferId),
    chain: chainName(word('chain') ?? needed('chain')),
    txid: normalTxid(word('tx') ?? needed('tx')),
    logIndex: map(cell('log_index'), (text) =>
      /^[0-9]{1,9}$/.test(text)
        ? Number(text)
        : wrong('log_index', `is "${text}"`, 'Write a whole number, or leave it empty.'),
    ),
    time: map(
      cell('time'),
      (text) =>
        readTime(text) ??
        wrong('time', `is "${text}"`, 'Write seconds since 1970, or a time such as 2024-05-01T12:00:00Z.'),
    ),
    token: word('token'),
    amount: BigInt(amount),
    sender: map(word('sender'), normalAddress),
    recipient: map(word('recipient'), normalAddress),
    otherChain: map(word('other_chain'), chainName),
    row,
  }
}

/** Whole seconds, or a time with its zone (no zone: UTC); fractions of a second are dropped. */
function readTime(text: string): number | null {
  if (/^[0-9]{1,12}$/.test(text)) return Number(text)
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/i.exec(text)
  if (parts === null) return null
  const [, day, clock = '00:00:00', zone = 'Z'] = parts
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const milliseconds = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`)
  const seconds = Math.floor(milliseconds / 1000)
  // Date.parse lets 31 April pass as 1 May.
  if (!Number.isSafeInteger(seconds) || seconds < 0) return null
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day ?? '') ? seconds : null
}

/** A log is one event, however often a table lists it; without an index of the log only rows that say the same are one. */
function withoutRepeated(events: readonly BridgeEvent[]): BridgeEventTable {
  const first = new Map<string, BridgeEvent>()
  const repeated: RepeatedRow[] = []
  for (const event of [...events].sort(compareEvents)) {
    const content = JSON.stringify({ ...event, amount: event.amount.toString(), row: null })
    const key = event.logIndex === null ? content : `${event.side}|${event.chain}|${event.txid}|${event.logIndex}`
    const known = first.get(key)
    if (known === undefined) {
      first.set(key, event)
      continue
    }
    const same = JSON.stringify({ ...known, amount: known.amount.toString(), row: null }) === content
    repeated.push({ row: event.row ?? 0, of: known.row ?? 0, contradicts: !same })
  }
  repeated.sort((a, b) => a.row - b.row)
  return { events: [...first.values()].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)), repeated }
}
