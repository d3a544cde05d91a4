/**
 * Reading the integers and byte strings of the Bitcoin wire format (little-endian, CompactSize lengths) from one buffer.
 *
 * Every read is bounded by the bytes that are there: a length that promises more than the buffer holds stops at once, so
 * that no count in a hostile file can make us allocate.
 */
import { stop } from '../kernel/index.ts'

export type ByteReader = {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** Where in the file the buffer begins; only for messages. */
  readonly base: number
  at: number
}

export function readerOf(bytes: Uint8Array, base = 0): ByteReader {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), base, at: 0 }
}

export function remaining(reader: ByteReader): number {
  return reader.bytes.length - reader.at
}

/** Bytes of the buffer itself, not a copy. */
export function take(reader: ByteReader, count: number): Uint8Array {
  need(reader, count)
  const from = reader.at
  reader.at += count
  return reader.bytes.subarray(from, reader.at)
}

export function readU8(reader: ByteReader): number {
  need(reader, 1)
  return reader.view.getUint8(reader.at++)
}

export function readU32(reader: ByteReader): number {
  need(reader, 4)
  reader.at += 4
  return reader.view.getUint32(reader.at - 4, true)
}

export function readU64(reader: ByteReader): bigint {
  need(reader, 8)
  reader.at += 8
  return reader.view.getBigUint64(reader.at - 8, true)
}

/**
 * A CompactSize that counts things of at least `itemBytes` bytes each. The shortest form is required, as nodes require
 * it, so that bytes and meaning correspond one to one.
 */
export function readCount(reader: ByteReader, itemBytes: number): number {
  const place = reader.at
  const first = readU8(reader)
  if (first < 0xfd) return bounded(reader, first, itemBytes, place)
  if (first === 0xfd) {
    need(reader, 2)
    reader.at += 2
    const value = reader.view.getUint16(reader.at - 2, true)
    if (value < 0xfd) malformed(reader, place, 'a length written in its shortest form')
    return bounded(reader, value, itemBytes, place)
  }
  if (first === 0xfe) {
    const value = readU32(reader)
    if (value < 0x10000) malformed(reader, place, 'a length written in its shortest form')
    return bounded(reader, value, itemBytes, place)
  }
  // Eight-byte lengths cannot describe anything that fits a block.
  return malformed(reader, place, 'a length below 2^32')
}

/** Bytes preceded by their length. */
export function readVarBytes(reader: ByteReader): Uint8Array {
  return take(reader, readCount(reader, 1))
}

export function malformed(reader: ByteReader, at: number, expected: string): never {
  return stop('SOURCE_MALFORMED', `The bytes are not in the format of the chain: expected ${expected}.`, {
    place: `byte ${reader.base + at}`,
    fix: 'Check that the file is complete and that the format and the chain are the right ones.',
  })
}

function need(reader: ByteReader, count: number): void {
  if (reader.at + count <= reader.bytes.length) return
  stop('SOURCE_TRUNCATED', `The bytes end where ${count} more are needed.`, {
    place: `byte ${reader.base + reader.at}`,
    fix: 'Fetch the file again; it was cut, or a length in it is wrong.',
  })
}

function bounded(reader: ByteReader, count: number, itemBytes: number, place: number): number {
  if (count * itemBytes <= remaining(reader)) return count
  return stop(
    'SOURCE_TRUNCATED',
    `${count} items of at least ${itemBytes} bytes are announced, but only ${remaining(reader)} bytes follow.`,
    {
      place: `byte ${reader.base + place}`,
      fix: 'Fetch the file again; it was cut, or a length in it is wrong.',
    },
  )
}
