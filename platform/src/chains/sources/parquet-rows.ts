/**
 * The rows of a Parquet file as objects. Amounts that lie there as floating point numbers of coins become base units only
 * where exactly one whole number of base units is meant.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type RowGroup,
  type SchemaTree,
  snappyUncompress,
} from 'hyparquet'
import { Stop, stop } from '../../kernel/index.ts'
import type { JsonObject, JsonValue } from '../exact-json.ts'
import type { EtlEntry } from './etl-ledger.ts'
import { defectOf } from './importer.ts'
import { checkPages } from './parquet-pages.ts'
import { smallFile } from './source-bytes.ts'
import type { SourceFile } from './source-files.ts'

/** A row group is decoded at once; larger ones would not fit the memory of a desk computer when decoded. */
const MAX_GROUP_BYTES = 1024 * 1024 * 1024
const MAX_PAGE_BYTES = 256 * 1024 * 1024
const MAX_GROUP_ROWS = 5_000_000

/** Reads an amount of a column; `decimals` of the native coin. */
export type AmountReader = (column: string, value: unknown, decimals: number) => JsonValue

type Amounts = { readonly decimals: number; readonly amount: AmountReader }

/** `wanted`: decides by the names of the columns whether the rows are read at all. */
export async function* parquetRows(
  file: SourceFile,
  before: number,
  decimals: number,
  wanted: (columns: readonly string[]) => boolean,
  amount: AmountReader = amountOf,
): AsyncGenerator<EtlEntry> {
  const from = smallFile(file) ?? (await open(file.path))
  const slice = (start: number, end = file.bytes): Promise<ArrayBuffer> => {
    const bytes = bytesOf(from, start, end, file)
    // The library may ask ahead and then fail for another reason; nobody would be left to hear of this failure.
    bytes.catch(() => {})
    return bytes
  }
  const buffer: AsyncBuffer = { byteLength: file.bytes, slice }
  let row = 0
  try {
    const metadata = await fromLibrary(() => parquetMetadataAsync(buffer))
    if (!wanted(metadata.schema.map(({ name }) => name))) return
    await fromLibrary(async () => checkColumns(metadata))
    const tree = parquetSchema(metadata)
    const total = Number(metadata.num_rows)
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows)
      const tooLarge = Number(group.total_byte_size) > MAX_GROUP_BYTES || rows > MAX_GROUP_ROWS
      if (tooLarge)
        stop('SOURCE_ITEM_TOO_LARGE', 'A row group is larger than can be held in memory.', {
          fix: 'Write the file again with smaller row groups.',
        })
      await fromLibrary(() => checkGroup(buffer, group, tree))
      const objects = await fromLibrary(() =>
        parquetReadObjects({ file: buffer, metadata, rowStart: row, rowEnd: row + rows, compressors: COMPRESSORS }),
      )
      if (objects.length !== rows)
        stop('SOURCE_TRUNCATED', `A row group announces ${rows} rows, but holds ${objects.length}.`)
      for (const object of objects) {
        const place = `${file.name}, row ${row++}`
        yield rowEntry(
          object,
          place,
          { decimals, amount },
          before + Math.floor((file.bytes * row) / Math.max(1, total)),
        )
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    yield {
      kind: 'defect',
      defect: defectOf(thrown.refusal, `${file.name}, from row ${row}`),
      done: before + file.bytes,
    }
  } finally {
    if (!(from instanceof Uint8Array)) await from.close()
  }
}

function rowEntry(object: Record<string, unknown>, place: string, how: Amounts, done: number): EtlEntry {
  try {
    return { kind: 'row', row: rowOf(object, how), place, done }
  } catch (thrown) {
    if (thrown instanceof Stop) return { kind: 'defect', defect: defectOf(thrown.refusal, place), done }
    throw thrown
  }
}

function rowOf(object: Record<string, unknown>, how: Amounts): JsonObject {
  return new Map(Object.entries(object).map(([column, value]) => [column, cellOf(column, value, how)] as const))
}

function cellOf(column: string, value: unknown, how: Amounts): JsonValue {
  if (value === null || value === undefined) return null
  if (AMOUNTS.has(column)) return how.amount(column, value, how.decimals)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'bigint') return { number: String(value) }
  if (value instanceof Date) return { number: String(value.getTime() / 1000) }
  if (Array.isArray(value)) return value.map((item: unknown) => cellOf('', item, how))
  if (typeof value === 'object') return rowOf(value as Record<string, unknown>, how)
  return stop('SOURCE_MALFORMED', `Column "${column}" holds a ${typeof value}.`)
}

const SUMS = new Set(['input_value', 'output_value', 'fee'])
const AMOUNTS = new Set(['value', ...SUMS])

function amountOf(column: string, value: unknown, decimals: number): JsonValue {
  if (typeof value !== 'number')
    return stop('SOURCE_MALFORMED', `Column "${column}" should hold floating point numbers of coins.`, {
      fix: 'Check that this is the public data set.',
    })
  const units = baseUnitsOf(value, decimals)
  if (units !== null) return { number: units.toString() }
  // The data set computes sums and fees in floating point; what is no exact amount there is no statement.
  if (SUMS.has(column)) return null
  return stop(
    'AMOUNT_OUT_OF_RANGE',
    `${value} in "${column}" is not the floating point form of a whole number of base units; the row was left out.`,
    { fix: 'Obtain the transaction from another source.' },
  )
}

/** The one whole number of base units whose floating point form this is, allowing the last bit to be off; else `null`. */
export function baseUnitsOf(coins: number, decimals: number): bigint | null {
  const scale = 10 ** decimals
  const units = Math.round(coins * scale)
  if (!Number.isSafeInteger(units)) return null
  const step = lastBit(coins)
  if (Math.abs(units / scale - coins) > step) return null
  const alone = Math.abs((units + 1) / scale - coins) > step && Math.abs((units - 1) / scale - coins) > step
  return alone ? BigInt(units) : null
}

/** The distance to the next floating point number. */
function lastBit(value: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, Math.abs(value))
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n)
  return bits.getFloat64(0) - Math.abs(value)
}

const COMPRESSORS: Compressors = {
  SNAPPY: (input, size) => {
    const output = new Uint8Array(pageSize(size))
    snappyUncompress(input, output)
    return output
  },
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: pageSize(size) + 1 }),
  ZSTD: (input, size) => zstdDecompressSync(input, { maxOutputLength: pageSize(size) + 1 }),
}

function pageSize(size: number): number {
  return size >= 0 && size <= MAX_PAGE_BYTES
    ? size
    : stop('SOURCE_ITEM_TOO_LARGE', `A page states a size of ${size} bytes.`)
}

/**
 * Every row group must hold exactly the leaves of the schema, each once: the library starts to decode a column that the
 * schema does not know, and nobody would then hear of its failure.
 */
function checkColumns(metadata: FileMetaData): void {
  const leaves = leavesOf(parquetSchema(metadata))
  const unique = new Set(leaves).size === leaves.length
  for (const { columns } of metadata.row_groups) {
    const paths = columns.map((column) => column.meta_data?.path_in_schema.join('\n'))
    if (unique && paths.length === leaves.length && paths.every((path, n) => path === leaves[n])) continue
    stop('SOURCE_MALFORMED', 'The columns of a row group are not those of the schema.', {
      fix: 'Fetch the file again and compare its checksum.',
    })
  }
}

/** One column after the other, so that no more than one lies in memory beside what the library then reads. */
async function checkGroup(file: AsyncBuffer, { columns, num_rows }: RowGroup, tree: SchemaTree): Promise<void> {
  for (const { meta_data: column } of columns) {
    if (!column) continue
    const start = Number(column.dictionary_page_offset || column.data_page_offset)
    const bytes = await file.slice(start, start + Number(column.total_compressed_size))
    const path = pathTo(tree, column.path_in_schema)
    checkPages({ bytes, column, path, groupRows: Number(num_rows), compressors: COMPRESSORS })
  }
}

function pathTo(tree: SchemaTree, [name, ...names]: readonly string[]): readonly SchemaTree[] {
  const next = tree.children.find(({ element }) => element.name === name)
  return next ? [tree, ...pathTo(next, names)] : [tree]
}

function leavesOf(tree: SchemaTree): readonly string[] {
  return tree.children.length === 0 ? [tree.path.join('\n')] : tree.children.flatMap(leavesOf)
}

async function bytesOf(
  from: FileHandle | Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  file: SourceFile,
): Promise<ArrayBuffer> {
  if (!(start >= 0 && start <= end && end <= file.bytes))
    stop('SOURCE_TRUNCATED', `The file refers to bytes ${start} to ${end}, but has ${file.bytes}.`)
  if (from instanceof Uint8Array) return from.buffer.slice(start, end)
  const bytes = new Uint8Array(end - start)
  const { bytesRead } = await from.read(bytes, 0, bytes.length, start)
  if (bytesRead < bytes.length) stop('SOURCE_TRUNCATED', 'The file became shorter while it was read.')
  return bytes.buffer
}

/** The library throws plain errors, and errors of the language itself, on malformed data: all of them are refusals. */
async function fromLibrary<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Stop) throw thrown
    if (thrown instanceof Error && 'syscall' in thrown) throw thrown
    const why = thrown instanceof Error ? thrown.message.slice(0, 200) : 'no reason given'
    return stop('SOURCE_MALFORMED', `The Parquet data cannot be read (${why}).`, {
      fix: 'Fetch the file again and compare its checksum.',
    })
  }
}
