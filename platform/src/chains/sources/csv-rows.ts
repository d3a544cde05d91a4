/** The rows of a CSV file as objects, cell by cell exact; nested columns hold JSON, or what Python prints. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Stop, stop } from '../../kernel/index.ts'
import { type JsonObject, type JsonValue, parseExactJson } from '../exact-json.ts'
import { pythonToJson } from '../python-literal.ts'
import type { EtlEntry } from './etl-ledger.ts'
import { defectOf } from './importer.ts'
import { openFileBytes } from './source-bytes.ts'
import type { SourceFile } from './source-files.ts'

const MAX_ROW = 64 * 1024 * 1024
/** Columns whose cells are text even where they look like numbers. */
const TEXT_COLUMNS = new Set([
  'hash',
  'bits',
  'nonce',
  'coinbase_param',
  'merkle_root',
  'block_hash',
  'previousblockhash',
  'type',
])

/** Reads a cell of a column in another way than by its look; `undefined`: as usual. */
export type CellReader = (column: string, cell: string) => JsonValue | undefined

export async function* csvRows(
  file: SourceFile,
  before: number,
  cell: CellReader = () => undefined,
): AsyncGenerator<EtlEntry> {
  const { chunks, consumed } = await openFileBytes(file)
  const parser = parse({ max_record_size: MAX_ROW, bom: true, info: true })
  const source = Readable.from(chunks)
  source.on('error', (fault) => parser.destroy(fault))
  source.pipe(parser)
  const done = () => before + Math.min(consumed(), file.bytes)
  let columns: readonly string[] | null = null
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const place = `${file.name}, line ${line}`
      line = info.lines + 1
      if (!columns) {
        columns = record
        if (new Set(columns).size !== columns.length)
          stop('SOURCE_MALFORMED', 'The first line names a column twice.', { place })
        continue
      }
      yield rowEntry(columns, record, place, done(), cell)
    }
  } catch (thrown) {
    const defect = flawOf(thrown, file, line)
    yield { kind: 'defect', defect, done: before + file.bytes }
  } finally {
    source.destroy()
  }
}

function rowEntry(
  columns: readonly string[],
  record: readonly string[],
  place: string,
  done: number,
  cell: CellReader,
): EtlEntry {
  try {
    return { kind: 'row', row: rowOf(columns, record, cell), place, done }
  } catch (thrown) {
    if (thrown instanceof Stop) return { kind: 'defect', defect: defectOf(thrown.refusal, place), done }
    throw thrown
  }
}

function rowOf(columns: readonly string[], record: readonly string[], cell: CellReader): JsonObject {
  return new Map(
    columns.map((column, n) => {
      const own = cell(column, record[n] ?? '')
      return [column, own === undefined ? cellValue(column, record[n] ?? '') : own] as const
    }),
  )
}

function cellValue(column: string, cell: string): JsonValue {
  if (cell === '') return null
  if (TEXT_COLUMNS.has(column)) return cell
  if (cell.startsWith('[') || cell.startsWith('{'))
    return parseExactJson(cell.includes("'") || cell.includes('None') ? pythonToJson(cell) : cell)
  if (/^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true'
  if (/^-?[0-9]{1,40}(\.[0-9]{1,40})?$/.test(cell)) return { number: cell }
  return cell
}

function flawOf(thrown: unknown, file: SourceFile, line: number): ReturnType<typeof defectOf> {
  const place = `${file.name}, line ${line}`
  if (thrown instanceof Stop) return defectOf(thrown.refusal, place)
  if (!(thrown instanceof CsvError)) throw thrown
  const open = thrown.code === 'CSV_QUOTE_NOT_CLOSED'
  const code = open ? 'SOURCE_TRUNCATED' : 'SOURCE_MALFORMED'
  return {
    code,
    message: `The table cannot be read from here on (${thrown.code}); the rows before were.`,
    place,
    count: 1,
  }
}
