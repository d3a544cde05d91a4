/**
 * The bytes of a file, decompressed where it is compressed: gzip, bzip2 and Zstandard are recognised by their first
 * bytes, not by the name. What was read before a fault in the compressed data is delivered before the fault is told.
 */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import unbzip2 from 'unbzip2-stream'
import { Stop } from '../../kernel/index.ts'
import type { SourceFile } from './source-files.ts'

export type FileBytes = {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes of the file itself consumed so far, for progress. */
  readonly consumed: () => number
}

/** Most that is read in one piece: a stream costs several hundred microseconds a file, and folders hold thousands. */
const SMALL = 1 << 20

export async function openFileBytes(file: SourceFile): Promise<FileBytes> {
  const whole = smallFile(file)
  const compression = whole ? compressionIn(whole) : await compressionOf(file.path)
  if (whole && compression === 'none') return { chunks: inOnePiece(whole), consumed: () => whole.length }
  const disk = createReadStream(file.path, { highWaterMark: Math.min(file.bytes + 1, 256 * 1024) })
  const stream = compression === 'none' ? disk : decompressed(disk, compression)
  return { chunks: bytesOf(stream, file, compression), consumed: () => disk.bytesRead }
}

/** All bytes of a small file in a buffer of their own; `null` if it is large, or no longer as long as it was listed. */
export function smallFile({ path, bytes }: SourceFile): Uint8Array<ArrayBuffer> | null {
  if (bytes > SMALL) return null
  const handle = openSync(path, 'r')
  try {
    const room = new Uint8Array(bytes)
    const more = new Uint8Array(1)
    let read = 0
    for (let got = -1; got !== 0 && read < bytes; read += got) got = readSync(handle, room, read, bytes - read, read)
    return read === bytes && readSync(handle, more, 0, 1, bytes) === 0 ? room : null
  } finally {
    closeSync(handle)
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

type Compression = 'none' | 'gzip' | 'bzip2' | 'zstd'

async function compressionOf(path: string): Promise<Compression> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return compressionIn(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

function compressionIn(bytes: Uint8Array): Compression {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (start.startsWith('1f8b')) return 'gzip'
  if (start.startsWith('425a68')) return 'bzip2'
  if (start === '28b52ffd') return 'zstd'
  return 'none'
}

function decompressed(disk: Readable, compression: Exclude<Compression, 'none'>): Readable {
  if (compression === 'bzip2') return throughOldStream(disk)
  const stream = compression === 'gzip' ? createGunzip() : createZstdDecompress()
  // The fault reaches the reader through the stream that it iterates over.
  pipeline(disk, stream, () => {})
  return stream
}

/** The bzip2 decoder is a stream of the time before `pipeline`, which takes it for ended too early. */
function throughOldStream(disk: Readable): Readable {
  const decoder = unbzip2()
  const plain = new PassThrough()
  for (const stream of [disk, decoder]) stream.on('error', (fault: Error) => plain.destroy(fault))
  plain.on('close', () => disk.destroy())
  disk.pipe(decoder).pipe(plain)
  return plain
}

async function* bytesOf(stream: Readable, file: SourceFile, compression: Compression): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (thrown) {
    if (compression === 'none' || thrown instanceof Stop) throw thrown
    throw new Stop({
      code: 'SOURCE_TRUNCATED',
      message: `The ${compression} data of the file is cut or damaged; what came before was read.`,
      place: file.name,
      fix: 'Fetch the file again and compare its checksum.',
    })
  } finally {
    stream.destroy()
  }
}
