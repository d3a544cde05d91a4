/**
 * The pages of a column are held to what they may hold before the library decodes them. It writes as many values as a run
 * states, however few the page announces, so that five damaged or forged bytes could take all memory and hours of time.
 *
 * After https://parquet.apache.org/docs/file-format/ and its parquet.thrift (page headers) and Encodings.md (the hybrid of
 * runs and packed bits), read in the code of the library too: what it skips is skipped here.
 */
import type { ColumnMetaData, Compressors, SchemaTree } from 'hyparquet'
import { stop } from '../../kernel/index.ts'

/** Levels of one column of a row group: a nested column has one for each item of its lists. */
const MAX_GROUP_VALUES = 50_000_000

export type ColumnChunk = {
  readonly bytes: ArrayBuffer
  readonly column: ColumnMetaData
  /** From the root of the schema to the column. */
  readonly path: readonly SchemaTree[]
  readonly groupRows: number
  readonly compressors: Compressors
}

export function checkPages(chunk: ColumnChunk): void {
  const { bytes, column, path, groupRows } = chunk
  const flat = path.length === 2 && path[1]?.element.repetition_type !== 'REPEATED'
  const most = Math.min(Number(column.num_values), flat ? groupRows : MAX_GROUP_VALUES)
  const reader = { view: new DataView(bytes), offset: 0 }
  let values = 0
  while (reader.offset < bytes.byteLength - 1 && (!flat || values < groupRows)) {
    const header = readStruct(reader)
    const size = numberIn(header, 3)
    const content = new Uint8Array(bytes, reader.offset, size)
    reader.offset += size
    const type = numberIn(header, 1)
    const inside = type === DATA_PAGE ? header.get(5) : type === DATA_PAGE_V2 ? header.get(8) : null
    if (!(inside instanceof Map)) continue
    const announced = numberIn(inside, 1)
    values += announced
    if (values > most)
      stop('SOURCE_MALFORMED', `A page announces ${announced} values, more than its column can hold.`, { fix: FIX })
    if (type === DATA_PAGE) checkPage(chunk, content, numberIn(header, 2), inside)
    else checkPageV2(chunk, content, numberIn(header, 2), inside)
  }
}

const FIX = 'Fetch the file again and compare its checksum.'

const DATA_PAGE = 0
const DATA_PAGE_V2 = 3
/** PLAIN_DICTIONARY, RLE and RLE_DICTIONARY: values that lie in runs. */
const IN_RUNS: readonly unknown[] = [2, 3, 8]

function checkPage(chunk: ColumnChunk, content: Uint8Array, size: number, header: Struct): void {
  const page = decompressed(chunk, content, size)
  if (!page) return
  const reader = readerOf(page)
  const values = numberIn(header, 1)
  for (const width of levelWidths(chunk)) {
    if (width === 0) continue
    const end = reader.view.getUint32(reader.offset, true) + reader.offset + 4
    reader.offset += 4
    checkLevels(reader, width, values)
    reader.offset = end
  }
  checkValues(chunk, reader, header.get(2), values)
}

function checkPageV2(chunk: ColumnChunk, content: Uint8Array, size: number, header: Struct): void {
  const values = numberIn(header, 1)
  const lengths = [numberIn(header, 6), numberIn(header, 5)] as const
  const reader = readerOf(content)
  for (const [n, width] of levelWidths(chunk).entries()) {
    const end = reader.offset + (lengths[n] ?? 0)
    if (width > 0) checkLevels(reader, width, values)
    reader.offset = end
  }
  if (numberIn(header, 2) > values)
    stop('SOURCE_MALFORMED', `A page of ${values} values states more empty ones.`, { fix: FIX })
  const rest = content.subarray(reader.offset)
  const plain = header.get(7) === false ? rest : decompressed(chunk, rest, size - lengths[0] - lengths[1])
  if (plain) checkValues(chunk, readerOf(plain), header.get(4), values)
}

/** Bits of a level of repetition and of a level of definition; 0 where the column has no such levels. */
function levelWidths({ path }: ColumnChunk): readonly [number, number] {
  const kinds = path.map(({ element }) => element.repetition_type)
  const repeated = kinds.filter((kind) => kind === 'REPEATED').length
  const defined = kinds.slice(1).filter((kind) => kind !== 'REQUIRED').length
  return [32 - Math.clz32(repeated), 32 - Math.clz32(defined)]
}

/** `null` for a codec that is not known: the library refuses it. */
function decompressed({ column, compressors }: ColumnChunk, content: Uint8Array, size: number): Uint8Array | null {
  return column.codec === 'UNCOMPRESSED' ? content : (compressors[column.codec]?.(content, size) ?? null)
}

/** One for each announced value: the runs give as many, but for what fills up the last packed bits. */
function checkLevels(reader: Reader, width: number, announced: number): void {
  for (let seen = 0; seen < announced; ) seen += skipRun(reader, width, announced - seen)
}

/** Values that are not empty, wherefore fewer than announced; what comes after them is not read by anyone. */
function checkValues({ column }: ColumnChunk, reader: Reader, encoding: unknown, announced: number): void {
  if (!IN_RUNS.includes(encoding)) return
  const boolean = column.type === 'BOOLEAN'
  if (boolean) reader.offset += 4
  else if (reader.offset >= reader.view.byteLength) return
  const width = boolean ? 1 : reader.view.getUint8(reader.offset++)
  while (reader.offset < reader.view.byteLength) skipRun(reader, width, announced)
}

function skipRun(reader: Reader, width: number, most: number): number {
  const header = readVarInt(reader)
  const packed = (header & 1) === 1
  const count = packed ? (header >> 1) << 3 : header >>> 1
  // Packed bits are bound by the bytes they lie in. DuckDB fills them up to 256 values; where one takes no bits, nothing else binds.
  const room = packed ? (width > 0 ? count : most + 256) : most
  if (count < 0 || count > room)
    stop('SOURCE_MALFORMED', `A run of ${count} values lies in a page that has room for ${most}.`, { fix: FIX })
  reader.offset += packed ? (count / 8) * width : (width + 7) >> 3
  return count
}

type Reader = { readonly view: DataView; offset: number }
/** The fields of a Thrift structure in its compact protocol, by number. */
type Struct = Map<number, unknown>

function readerOf(bytes: Uint8Array): Reader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}

function numberIn(struct: Struct, field: number): number {
  const value = struct.get(field)
  return typeof value === 'number' && value >= 0
    ? value
    : stop('SOURCE_MALFORMED', 'The header of a page lacks a number or states one below zero.', { fix: FIX })
}

function readStruct(reader: Reader): Struct {
  const struct: Struct = new Map()
  for (let field = 0; ; ) {
    const head = reader.view.getUint8(reader.offset++)
    if ((head & 15) === 0) return struct
    field = head >> 4 === 0 ? readZigZag(reader) : field + (head >> 4)
    struct.set(field, readField(reader, head & 15))
  }
}

function readField(reader: Reader, type: number): unknown {
  if (type === 1) return true
  if (type === 2) return false
  if (type === 3) return reader.view.getInt8(reader.offset++)
  if (type === 4 || type === 5) return readZigZag(reader)
  if (type === 12) return readStruct(reader)
  if (type === 9) return skipList(reader)
  // What remains is of no use here, but must be stepped over: a number of 64 bits, a double, bytes.
  if (type === 6) while (reader.view.getUint8(reader.offset++) & 0x80);
  else if (type === 7) reader.offset += 8
  else if (type === 8) reader.offset += readVarInt(reader) >>> 0
  else stop('SOURCE_MALFORMED', `The header of a page holds a field of the unknown type ${type}.`, { fix: FIX })
  return null
}

function skipList(reader: Reader): null {
  const head = reader.view.getUint8(reader.offset++)
  const type = head & 15
  const size = head >> 4 === 15 ? readVarInt(reader) : head >> 4
  // The values of a list of truths take a byte each.
  for (let left = size; left > 0; left--) readField(reader, type === 1 || type === 2 ? 3 : type)
  return null
}

function readZigZag(reader: Reader): number {
  const value = readVarInt(reader)
  return (value >>> 1) ^ -(value & 1)
}

function readVarInt(reader: Reader): number {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = reader.view.getUint8(reader.offset++)
    value |= (byte & 0x7f) << shift
    if (!(byte & 0x80)) return value
  }
}
