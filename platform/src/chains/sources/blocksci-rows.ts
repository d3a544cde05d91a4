/** The five tables of a BlockSci export as CSV, read whole and checked row by row. */
import { isHex, parseBaseUnits, Stop, stop } from '../../kernel/index.ts'
import type { Defect } from '../ledger.ts'
import { defectOf } from './importer.ts'
import type { SourceFile } from './source-files.ts'
import { textLines } from './text-lines.ts'

export type OutputRow = {
  readonly id: number
  readonly tx: number
  readonly address: string | null
  readonly value: bigint
  readonly spentBy: number | null
}
export type InputRow = {
  readonly spentOutput: number
  readonly tx: number
  readonly value: bigint
  readonly createdBy: number
}

export type BlockSciTables = {
  readonly txids: ReadonlyMap<number, string>
  readonly heights: ReadonlyMap<number, number>
  /** Outputs by the transaction that creates them, in the order of their ids, which is their order in the transaction. */
  readonly outputs: ReadonlyMap<number, readonly OutputRow[]>
  readonly outputById: ReadonlyMap<number, OutputRow>
  readonly inputs: ReadonlyMap<number, readonly InputRow[]>
  /** Transactions of which a row of outputs or inputs could not be read. */
  readonly damaged: ReadonlySet<number>
  readonly defects: readonly Defect[]
}

export const BLOCKSCI_TABLES = ['tx_hash', 'tx_height', 'tx_input', 'tx_output', 'adr_hash'] as const
type Table = (typeof BLOCKSCI_TABLES)[number]

const COLUMNS: Record<Table, readonly string[]> = {
  tx_hash: ['tx_index', 'tx_hash'],
  tx_height: ['tx_index', 'block_index'],
  tx_input: ['output_index', 'tx_index', 'adr_index', 'input_value', 'spent_index'],
  tx_output: ['output_index', 'tx_index', 'adr_index', 'output_value', 'spent_index'],
  adr_hash: ['adr_index', 'adr_hash'],
}

/** All tables are held in memory: a year of the early chain is a few hundred megabytes, and more than that is refused. */
const MAX_ROWS = 20_000_000

export async function readTables(files: readonly SourceFile[]): Promise<BlockSciTables> {
  const notes = defectNotes()
  const txids = new Map<number, string>()
  const heights = new Map<number, number>()
  const addresses = new Map<number, string>()
  const outputById = new Map<number, OutputRow>()
  const outputs = new Map<number, OutputRow[]>()
  const inputs = new Map<number, InputRow[]>()
  const damaged = new Set<number>()
  await eachRow(files, 'tx_hash', notes, null, ([tx = '', txid = ''], place) => {
    const index = whole(tx)
    if (txids.has(index))
      return notes.note('TX_LISTED_TWICE', 'A transaction index is listed again; the first was kept.', place, txid)
    txids.set(index, wholeTxid(txid, notes, place))
  })
  await eachRow(files, 'tx_height', notes, null, ([tx = '', height = ''], place) => {
    const index = whole(tx)
    if (heights.has(index))
      return notes.note(
        'TX_LISTED_TWICE',
        'The height of a transaction index is listed again; the first was kept.',
        place,
      )
    heights.set(index, whole(height))
  })
  await eachRow(files, 'adr_hash', notes, null, ([index = '', address = '']) => {
    if (address.length === 0 || address.length > 100) stop('SOURCE_MALFORMED', 'An address is empty or too long.')
    addresses.set(whole(index), address)
  })
  await eachRow(
    files,
    'tx_output',
    notes,
    damaged,
    ([id = '', tx = '', address = '', value = '', spentBy = ''], place) => {
      const row: OutputRow = {
        id: whole(id),
        tx: whole(tx),
        address: addresses.get(whole(address)) ?? null,
        value: amount(value),
        spentBy: spentBy === '' ? null : whole(spentBy),
      }
      const earlier = outputById.get(row.id)
      if (earlier) {
        const same = earlier.tx === row.tx && earlier.value === row.value && earlier.address === row.address
        return notes.note(
          'OUTPUT_LISTED_TWICE',
          `Output ${row.id} is listed again, with ${same ? 'the same' : 'other'} content; the first was kept.`,
          place,
          txids.get(row.tx),
        )
      }
      outputById.set(row.id, row)
      push(outputs, row.tx, row)
    },
  )
  await eachRow(
    files,
    'tx_input',
    notes,
    damaged,
    ([spentOutput = '', tx = '', , value = '', createdBy = ''], place) => {
      const row: InputRow = {
        spentOutput: whole(spentOutput),
        tx: whole(tx),
        value: amount(value),
        createdBy: whole(createdBy),
      }
      if (inputs.get(row.tx)?.some((other) => other.spentOutput === row.spentOutput)) {
        return notes.note(
          'INPUT_LISTED_TWICE',
          `Output ${row.spentOutput} is spent twice by one transaction; it was kept once.`,
          place,
          txids.get(row.tx),
        )
      }
      push(inputs, row.tx, row)
    },
  )
  for (const rows of outputs.values()) rows.sort((a, b) => a.id - b.id)
  return { txids, heights, outputs, outputById, inputs, damaged, defects: notes.all() }
}

type Notes = {
  readonly note: (code: string, message: string, place: string, txid?: string | undefined) => void
  readonly repaired: () => void
  readonly all: () => readonly Defect[]
}

function defectNotes(): Notes {
  const defects: Defect[] = []
  let repaired = 0
  return {
    note: (code, message, place, txid) => {
      defects.push({ code, message, place, count: 1, ...(txid ? { txid } : {}) })
    },
    repaired: () => {
      repaired++
    },
    all: () => {
      if (repaired === 0) return defects
      const message =
        'Transaction ids of 63 digits had lost a "b" at their end, the documented flaw of this export; it was put back.'
      return [...defects, { code: 'TXID_REPAIRED', message, place: 'tx_hash', count: repaired }]
    },
  }
}

async function eachRow(
  files: readonly SourceFile[],
  table: Table,
  notes: Notes,
  damaged: Set<number> | null,
  take: (cells: readonly string[], place: string) => void,
): Promise<void> {
  const file = files.find(({ name }) => name.startsWith(`${table}.csv`))
  if (!file)
    return stop('SOURCE_NOT_FOUND', `The table ${table}.csv is missing.`, {
      fix: `The folder must hold ${BLOCKSCI_TABLES.join(', ')}, as .csv, .csv.gz or .csv.zst.`,
    })
  const columns = COLUMNS[table].join(',')
  let rows = 0
  try {
    for await (const { text, number } of textLines(file)) {
      const place = `${file.name}, line ${number}`
      if (rows++ === 0) {
        if (text !== columns)
          stop('SOURCE_MALFORMED', `The first line should be "${columns}".`, {
            place,
            fix: 'Check that this is a BlockSci export.',
          })
        continue
      }
      if (rows > MAX_ROWS)
        stop('SOURCE_ITEM_TOO_LARGE', `The table has more than ${MAX_ROWS} rows.`, {
          place: file.name,
          fix: 'Export fewer blocks at a time.',
        })
      const cells = text.split(',')
      try {
        if (cells.length !== COLUMNS[table].length)
          stop(
            'SOURCE_MALFORMED',
            `The row has ${cells.length} columns, not ${COLUMNS[table].length}; it was left out.`,
          )
        take(cells, place)
      } catch (thrown) {
        if (!(thrown instanceof Stop)) throw thrown
        const { code, message } = defectOf(thrown.refusal, place)
        notes.note(code, message, place)
        damaged?.add(ownerOf(cells, place))
      }
    }
  } catch (thrown) {
    // A table that breaks off would make every transaction behind the break look as if it moved less.
    if (thrown instanceof Stop && thrown.refusal.code === 'SOURCE_TRUNCATED')
      throw new Stop({ ...thrown.refusal, place: `${file.name}, after line ${rows}` })
    throw thrown
  }
}

/** The transaction of a row that cannot be read; where even that cannot be told, any transaction could be incomplete. */
function ownerOf(cells: readonly string[], place: string): number {
  const [, tx = ''] = cells
  if (cells.length === 5 && /^[0-9]{1,15}$/.test(tx)) return Number(tx)
  return stop('SOURCE_MALFORMED', 'A row cannot be read, and it cannot be told which transaction it belongs to.', {
    place,
    fix: 'Export the tables again.',
  })
}

function wholeTxid(text: string, notes: Notes, place: string): string {
  if (isHex(text, 32)) return text
  if (text.length === 63 && isHex(`${text}b`, 32)) {
    notes.repaired()
    return `${text}b`
  }
  return stop('SOURCE_MALFORMED', `"${text.slice(0, 70)}" is no transaction id; the row was left out.`, { place })
}

/** Indices are whole numbers; the export prints some with ".0", because a column with gaps became a column of floats. */
function whole(text: string): number {
  const digits = text.endsWith('.0') ? text.slice(0, -2) : text
  if (!/^(0|[1-9][0-9]{0,14})$/.test(digits))
    return stop('SOURCE_MALFORMED', `"${text.slice(0, 40)}" is not a whole number; the row was left out.`)
  return Number(digits)
}

function amount(text: string): bigint {
  const value = parseBaseUnits(text.endsWith('.0') ? text.slice(0, -2) : text)
  if (value.ok) return value.value
  return stop(
    'AMOUNT_OUT_OF_RANGE',
    `"${text.slice(0, 40)}" is not a whole, positive number of base units; the row was left out.`,
  )
}

function push<Row>(rows: Map<number, Row[]>, key: number, row: Row): void {
  const list = rows.get(key)
  if (list) list.push(row)
  else rows.set(key, [row])
}
