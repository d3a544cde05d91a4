/**
 * Tables of analysts: Timestamp, Block, Tx_hash, From, From_label, To, To_label, Value_in_USD, rows in any order. What they
 * say is secondary: amounts are US cents of an asset that no ledger has (`…/usd:flow`), and no evidence of anything.
 */

import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { Stop, sha256Text, stop } from '../../kernel/index.ts'
import { parseAccountAddress } from '../account-address.ts'
import type { AccountTx, Move } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import type { Defect } from '../ledger.ts'
import {
  type AccountImporter,
  type AccountPiece,
  type AddressLabel,
  accountSteps,
  EMPTY_ACCOUNT_PIECE,
} from './account-importer.ts'
import { defectOf, type ImportOptions } from './importer.ts'
import { openFileBytes } from './source-bytes.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function isCsvFile(name: string): boolean {
  return /\.(csv|txt)(\.gz|\.bz2|\.zst)?$/i.test(name)
}

const COLUMNS = ['Timestamp', 'Block', 'Tx_hash', 'From', 'From_label', 'To', 'To_label', 'Value_in_USD'] as const

export function flowAsset(pack: AccountPack): string {
  return `${pack.caip2}/usd:flow`
}

export function flowCsvImporter(
  name: string,
  files: readonly SourceFile[],
  pack: AccountPack,
  options: ImportOptions,
): AccountImporter {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const labels = new Map<string, AddressLabel>()
  return {
    format: 'flow-csv',
    describe: () => describeFiles(pack.caip2, 'flow-csv', name, files),
    read: ({ cursor }) => accountSteps(pieces(files, pack, labels), { name, total }, cursor, options),
    labels: () => [...labels.values()].sort((a, b) => (`${a.address} ${a.label}` < `${b.address} ${b.label}` ? -1 : 1)),
  }
}

type FlowRow = {
  readonly txid: string
  readonly height: number
  readonly time: number
  readonly from: string
  readonly to: string
  readonly cents: bigint
}

/** All rows are held, because the rows of one transaction may stand anywhere; tables of people are small. */
const MAX_ROWS = 2_000_000

async function* pieces(
  files: readonly SourceFile[],
  pack: AccountPack,
  labels: Map<string, AddressLabel>,
): AsyncGenerator<AccountPiece> {
  const rows = new Map<string, FlowRow[]>()
  let count = 0
  let before = 0
  for (const file of files) {
    let rounded = 0
    for await (const entry of tableRows(file)) {
      if ('defect' in entry) {
        yield { ...EMPTY_ACCOUNT_PIECE, defects: [entry.defect], done: before }
        continue
      }
      if (++count > MAX_ROWS)
        stop('SOURCE_ITEM_TOO_LARGE', `The tables have more than ${MAX_ROWS} rows.`, { fix: 'Import them one by one.' })
      const read = rowOf(entry.cells, entry.place, pack, labels)
      if ('defect' in read) yield { ...EMPTY_ACCOUNT_PIECE, defects: [read.defect], done: before }
      else {
        if (read.rounded) rounded++
        const list = rows.get(read.row.txid)
        if (list) list.push(read.row)
        else rows.set(read.row.txid, [read.row])
      }
    }
    before += file.bytes
    if (rounded > 0)
      yield {
        ...EMPTY_ACCOUNT_PIECE,
        done: before,
        defects: [
          {
            code: 'FLOW_ROUNDED',
            message: 'Amounts of US dollars with more than two decimals were rounded to cents, half a cent upwards.',
            place: `${file.name}, column Value_in_USD`,
            count: rounded,
          },
        ],
      }
  }
  for (const txid of [...rows.keys()].sort())
    yield { ...transactionPiece(txid, rows.get(txid) ?? [], pack), done: before }
}

type Entry = { readonly cells: Readonly<Record<string, string>>; readonly place: string } | { readonly defect: Defect }

async function* tableRows(file: SourceFile): AsyncGenerator<Entry> {
  const { chunks } = await openFileBytes(file)
  const parser = parse({ bom: true, info: true, max_record_size: 1 << 20, relax_column_count: true })
  const source = Readable.from(chunks)
  source.on('error', (fault) => parser.destroy(fault))
  source.pipe(parser)
  let head: readonly string[] | null = null
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const place = `${file.name}, line ${line}`
      line = info.lines + 1
      if (head === null) {
        head = record.map((name) => name.trim())
        const missing = COLUMNS.filter((name) => !head?.includes(name))
        if (missing.length > 0 || new Set(head).size !== head.length)
          stop('SOURCE_MALFORMED', `The table lacks the columns ${missing.join(', ')}, or names one twice.`, {
            place,
            fix: `Give a table with the columns ${COLUMNS.join(', ')}.`,
          })
        continue
      }
      if (record.length !== head.length) {
        yield {
          defect: {
            code: 'SOURCE_MALFORMED',
            message: `The row has ${record.length} cells, the table ${head.length} columns; it was left out.`,
            place,
            count: 1,
          },
        }
        continue
      }
      yield { cells: Object.fromEntries(head.map((name, n) => [name, record[n] ?? ''])), place }
    }
  } catch (thrown) {
    if (thrown instanceof Stop) {
      if (head !== null && thrown.refusal.code === 'SOURCE_TRUNCATED')
        return yield { defect: defectOf(thrown.refusal, `${file.name}, line ${line}`) }
      throw thrown
    }
    yield {
      defect: {
        code: 'SOURCE_MALFORMED',
        message: 'The table cannot be read from here on; the rows before were.',
        place: `${file.name}, line ${line}`,
        count: 1,
      },
    }
  } finally {
    source.destroy()
  }
}

function rowOf(
  cells: Readonly<Record<string, string>>,
  place: string,
  pack: AccountPack,
  labels: Map<string, AddressLabel>,
): { readonly row: FlowRow; readonly rounded: boolean } | { readonly defect: Defect } {
  const bad = (column: string, what: string, code = 'SOURCE_MALFORMED'): { readonly defect: Defect } => ({
    defect: {
      code,
      message: `"${(cells[column] ?? '').slice(0, 70)}" is not ${what}; the row was left out.`,
      place: `${place}, column ${column}`,
      count: 1,
    },
  })
  const txid = /^0x([0-9a-f]{64})$/i.exec(cells.Tx_hash ?? '')?.[1]?.toLowerCase()
  if (txid === undefined) return bad('Tx_hash', 'a transaction id')
  if (!/^[0-9]{1,12}$/.test(cells.Block ?? '')) return bad('Block', 'the height of a block')
  const time = timeOf(cells.Timestamp ?? '')
  if (time === null) return bad('Timestamp', 'a time such as 2024-08-22 14:05:59 (UTC)')
  const [from, to] = [cells.From ?? '', cells.To ?? ''].map((text) => parseAccountAddress(text, pack))
  if (!from?.ok) return bad('From', `an address of ${pack.name}`, 'ADDRESS_NOT_READ')
  if (!to?.ok) return bad('To', `an address of ${pack.name}`, 'ADDRESS_NOT_READ')
  const dollars = centsOf(cells.Value_in_USD ?? '')
  if (dollars === null) return bad('Value_in_USD', 'a positive amount of dollars', 'AMOUNT_OUT_OF_RANGE')
  for (const [address, label] of [
    [from.value.text, cells.From_label],
    [to.value.text, cells.To_label],
  ] as const)
    if (label !== undefined && label.trim() !== '')
      labels.set(`${address} ${label.trim()}`, { address, label: label.trim() })
  return {
    row: { txid, height: Number(cells.Block), time, from: from.value.text, to: to.value.text, cents: dollars.cents },
    rounded: dollars.rounded,
  }
}

function timeOf(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.0+)?Z?$/.exec(text.trim())
  if (!match) return null
  const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.000Z`
  const time = Date.parse(iso)
  return Number.isFinite(time) && new Date(time).toISOString() === iso ? time / 1000 : null
}

/** Dollars to cents by their digits, half a cent upwards; also as floating point prints them (`1.2e-05`). */
export function centsOf(text: string): { readonly cents: bigint; readonly rounded: boolean } | null {
  const match = /^([0-9]{1,30})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,2}))?$/.exec(text.trim())
  if (!match) return null
  const fraction = match[2] ?? ''
  const places = fraction.length - Number(match[3] ?? '0') - 2
  const digits = BigInt(`${match[1]}${fraction}`)
  if (places <= 0) return { cents: digits * 10n ** BigInt(-places), rounded: false }
  const unit = 10n ** BigInt(places)
  return { cents: (digits * 2n + unit) / (unit * 2n), rounded: digits % unit !== 0n }
}

/**
 * The moves of one transaction are named by what they say, so that the order of rows does not matter, and ordered so that
 * who passes on has received before: of moves that wait for each other the first by its text comes first.
 */
function transactionPiece(txid: string, rows: readonly FlowRow[], pack: AccountPack): AccountPiece {
  const [first] = [...rows].sort((a, b) => a.height - b.height || a.time - b.time)
  if (!first) return EMPTY_ACCOUNT_PIECE
  const defects: Defect[] = rows
    .filter(({ height }) => height !== first.height)
    .map(({ height }) => ({
      code: 'FLOW_ROWS_DISAGREE',
      message: `A row puts the transaction into block ${height}, another into ${first.height}, which is used.`,
      place: 'column Block',
      txid,
      count: 1,
    }))
  const times = new Map<string, number>()
  const named = rows
    .map((row) => ({ row, text: `${row.from} ${row.to} ${row.cents}` }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ row, text }) => {
      const n = times.get(text) ?? 0
      times.set(text, n + 1)
      return { row, place: `flow:${sha256Text(text).slice(0, 16)}${n === 0 ? '' : `:${n}`}` }
    })
  const moves = inFlow(named).map(
    ({ row, place }, order): Move => ({
      txid,
      height: first.height,
      time: first.time,
      txIndex: null,
      order,
      place,
      kind: 'flow',
      asset: flowAsset(pack),
      from: row.from,
      to: row.to,
      amount: row.cents,
    }),
  )
  const tx: AccountTx = {
    txid,
    block: { height: first.height, hash: null, time: first.time },
    index: null,
    from: null,
    to: null,
    created: null,
    nonce: null,
    status: null,
    selector: null,
    parts: ['flow'],
    proof: 'stated',
  }
  return { ...EMPTY_ACCOUNT_PIECE, transactions: [tx], moves, defects }
}

type Named = { readonly row: FlowRow; readonly place: string }

function inFlow(moves: readonly Named[]): readonly Named[] {
  const left = [...moves]
  const ordered: Named[] = []
  while (left.length > 0) {
    const ready = left.findIndex(
      ({ row }) => !left.some((other) => other.row !== row && other.row.to === row.from && other.row.from !== row.from),
    )
    ordered.push(...left.splice(Math.max(0, ready), 1))
  }
  return ordered
}
