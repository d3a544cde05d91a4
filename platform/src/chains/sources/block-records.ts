/**
 * The raw blocks of a file, one after the other, each with its bytes and its place.
 *
 * Block files of a node hold records: magic, length, block; zeros follow the last one, and blocks stand in the order in
 * which they arrived. Since version 28 Bitcoin Core obfuscates them with the key in `xor.dat` beside them. Other files
 * hold blocks alone, one or several, as bytes or as hexadecimal text.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bytesToHex, hexToBytes, Stop, stop } from '../../kernel/index.ts'
import { decodeBlock, HEADER_BYTES } from '../block-codec.ts'
import { readerOf, remaining } from '../byte-reader.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { Defect } from '../ledger.ts'
import { type BufferedBytes, bufferedBytes } from './buffered-bytes.ts'
import { defectOf } from './importer.ts'
import { openFileBytes } from './source-bytes.ts'
import type { SourceFile } from './source-files.ts'

export type BlockRecord =
  | {
      readonly kind: 'block'
      readonly bytes: Uint8Array
      readonly offset: number
      readonly done: number
      readonly alone: boolean
    }
  | { readonly kind: 'defect'; readonly defect: Defect; readonly done: number }

/** The largest block of any chain known here is 32 MB; anything above twice that is not a block. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024
/** Files without records are held in memory whole. */
const MAX_LOOSE_BYTES = 256 * 1024 * 1024
const SMALLEST_BLOCK = HEADER_BYTES + 61

export function isRawBlockFile(name: string): boolean {
  return (
    /\.(dat|raw|blk|hex|bin|bz2)(\.gz|\.bz2|\.zst)?$/.test(name) && !/-undo\.|^rev[0-9]+\.dat|^xor\.dat$/.test(name)
  )
}

export async function* blockRecords(
  file: SourceFile,
  before: number,
  pack: ChainPack,
  known: readonly ChainPack[],
): AsyncGenerator<BlockRecord> {
  const { chunks, consumed } = await openFileBytes(file)
  const done = () => before + Math.min(consumed(), file.bytes)
  const defect = (code: string, message: string, offset: number): BlockRecord => ({
    kind: 'defect',
    done: done(),
    defect: { code, message, place: `${file.name}, byte ${offset}`, count: 1 },
  })
  const broken: { refusal: Stop['refusal'] | null } = { refusal: null }
  const bytes = bufferedBytes(clear(untilFault(chunks, broken), obfuscationKey(file)))
  const start = await bytes.peek(4)
  if (bytesToHex(start) === pack.magic) yield* framed(bytes, pack, known, file, done, defect)
  else {
    stopOnForeignMagic(start, pack, known, file)
    yield* loose(bytes, pack, known, file, done, defect)
  }
  if (broken.refusal) yield { kind: 'defect', defect: defectOf(broken.refusal, file.name), done: before + file.bytes }
}

type MakeDefect = (code: string, message: string, offset: number) => BlockRecord

async function* framed(
  bytes: BufferedBytes,
  pack: ChainPack,
  known: readonly ChainPack[],
  file: SourceFile,
  done: () => number,
  defect: MakeDefect,
): AsyncGenerator<BlockRecord> {
  for (;;) {
    const offset = bytes.offset()
    const mark = await bytes.peek(4)
    if (mark.length === 0) return
    if (bytesToHex(mark) !== pack.magic) {
      if (mark.every((byte) => byte === 0)) {
        await bytes.take(mark.length)
        continue
      }
      if (offset > 0 && mark[0] === 0) {
        await bytes.take(1)
        continue
      }
      stopOnForeignMagic(mark, pack, known, file)
      const skipped = await skipToMagic(bytes, pack.magic)
      yield defect(
        'SOURCE_MALFORMED',
        `${skipped} bytes stand where the record of a block should begin; they were not read.`,
        offset,
      )
      continue
    }
    const head = await bytes.take(8)
    const length = head.length === 8 ? new DataView(head.buffer, head.byteOffset).getUint32(4, true) : 0
    if (head.length < 8) return yield defect('SOURCE_TRUNCATED', 'The file ends in the middle of a record.', offset)
    if (length < SMALLEST_BLOCK || length > MAX_BLOCK_BYTES) {
      yield defect('SOURCE_MALFORMED', `The record states a length of ${length} bytes, which no block has.`, offset)
      continue
    }
    const block = await bytes.take(length)
    if (block.length < length) {
      yield defect('SOURCE_TRUNCATED', `The record states ${length} bytes, but only ${block.length} follow.`, offset)
      // The length may be wrong, and whole records may lie within what it covers.
      bytes.putBack(block)
      await skipToMagic(bytes, pack.magic)
      continue
    }
    const next = bytesToHex(await bytes.peek(4))
    if (next !== '' && next !== pack.magic && !/^0+$/.test(next)) {
      const inner = indexOfMagic(block, hexToBytes(pack.magic))
      if (inner >= 0) {
        yield defect('SOURCE_MALFORMED', `The record states ${length} bytes, which runs into the next record.`, offset)
        bytes.putBack(block.subarray(inner))
        continue
      }
    }
    yield { kind: 'block', bytes: block, offset: offset + 8, done: done(), alone: false }
  }
}

async function* loose(
  bytes: BufferedBytes,
  pack: ChainPack,
  known: readonly ChainPack[],
  file: SourceFile,
  done: () => number,
  defect: MakeDefect,
): AsyncGenerator<BlockRecord> {
  const all = await bytes.take(MAX_LOOSE_BYTES)
  if ((await bytes.peek(1)).length > 0) {
    return yield defect(
      'SOURCE_ITEM_TOO_LARGE',
      `The file holds blocks without records and more than ${MAX_LOOSE_BYTES} bytes; nothing of it was read.`,
      0,
    )
  }
  const fromHex = decodeHexText(all)
  if (fromHex && bytesToHex(fromHex.subarray(0, 4)) === pack.magic) {
    return yield* framed(bufferedBytes(once(fromHex)), pack, known, file, done, defect)
  }
  const reader = readerOf(fromHex ?? all)
  if (remaining(reader) === 0) return yield defect('SOURCE_TRUNCATED', 'The file is empty.', 0)
  while (remaining(reader) > 0) {
    const offset = reader.at
    try {
      decodeBlock(reader, pack)
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown
      // Without records there is no telling where the next block would begin.
      const { code, message } = thrown.refusal
      return yield defect(code, `${message} Nothing from here on was read.`, offset)
    }
    const whole = offset === 0 && remaining(reader) === 0
    yield { kind: 'block', bytes: reader.bytes.subarray(offset, reader.at), offset, done: done(), alone: whole }
  }
}

/** Text of hexadecimal digits and white space only, as bytes; else `null`. */
function decodeHexText(bytes: Uint8Array): Uint8Array | null {
  for (const byte of bytes.subarray(0, 160)) if (!isHexOrSpace(byte)) return null
  for (const byte of bytes) if (!isHexOrSpace(byte)) return null
  const digits = new TextDecoder('latin1')
    .decode(bytes)
    .replace(/[ \t\r\n]/g, '')
    .toLowerCase()
  return digits.length > 0 && digits.length % 2 === 0 ? hexToBytes(digits) : null
}

function isHexOrSpace(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x46) ||
    (byte >= 0x61 && byte <= 0x66) ||
    byte === 0x20 ||
    (byte >= 0x09 && byte <= 0x0d)
  )
}

function stopOnForeignMagic(start: Uint8Array, pack: ChainPack, known: readonly ChainPack[], file: SourceFile): void {
  const magic = bytesToHex(start)
  const others = known.filter((other) => other.magic === magic)
  if (others.length === 0 || magic === pack.magic) return
  const names = others.map(({ name }) => name).join(' or ')
  stop('WRONG_CHAIN', `The block file is of ${names}, not of ${pack.name}: its records begin with ${magic}.`, {
    place: file.name,
    fix: `Import it as ${others.map(({ caip2 }) => caip2).join(' or ')}.`,
  })
}

/** Takes bytes up to the next magic or the end; at least one. */
async function skipToMagic(bytes: BufferedBytes, magic: string): Promise<number> {
  const wanted = hexToBytes(magic)
  let skipped = (await bytes.take(1)).length
  for (;;) {
    const window = await bytes.peek(1 << 16)
    const found = indexOfMagic(window, wanted)
    const step = found >= 0 ? found : window.length < 1 << 16 ? window.length : window.length - 3
    await bytes.take(step)
    skipped += step
    if (found >= 0 || step === 0 || window.length < 1 << 16) return skipped
  }
}

function indexOfMagic(bytes: Uint8Array, magic: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(magic)
}

/** The key of Bitcoin Core's obfuscation, where the file lies in a folder of block files that has one. */
function obfuscationKey(file: SourceFile): Uint8Array | null {
  const path = join(dirname(file.path), 'xor.dat')
  if (!/^blk[0-9]+\.dat/.test(file.name) || !existsSync(path)) return null
  const key = readFileSync(path)
  if (key.length !== 8)
    stop('SOURCE_MALFORMED', `The key of the block files should be 8 bytes, but is ${key.length}.`, {
      place: path,
      fix: 'Copy xor.dat again together with the block files.',
    })
  return key
}

async function* clear(chunks: AsyncIterable<Uint8Array>, key: Uint8Array | null): AsyncGenerator<Uint8Array> {
  let offset = 0
  for await (const chunk of chunks) {
    yield key ? chunk.map((byte, n) => byte ^ (key[(offset + n) % key.length] ?? 0)) : chunk
    offset += chunk.length
  }
}

/** Ends the stream where it is damaged, and remembers the refusal for the end. */
async function* untilFault(
  chunks: AsyncIterable<Uint8Array>,
  broken: { refusal: Stop['refusal'] | null },
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    broken.refusal = thrown.refusal
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
