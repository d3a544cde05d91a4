/** The files of a source: one file, or all files of a folder that fit the format, in name order. */
import { createReadStream, readdirSync, type Stats, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Result, refuse, sha256Stream, sha256Text } from '../../kernel/index.ts'
import type { JsonValue } from '../exact-json.ts'
import type { SourceDescription, SourceFormat } from '../ledger.ts'

export type SourceFile = {
  readonly path: string
  readonly name: string
  readonly bytes: number
  /** What a file of JSON holds, where it is parsed already: then nothing is read from the disk. */
  readonly values?: Iterable<JsonValue>
}

export async function listSourceFiles(
  path: string,
  fits: (name: string) => boolean,
): Promise<Result<readonly SourceFile[]>> {
  // Asked at once, not awaited: a folder may hold thousands of files, and to wait for an answer costs ten times the answer.
  let info: Stats
  try {
    info = statSync(path)
  } catch {
    return refuse('SOURCE_NOT_FOUND', 'There is no such file or folder.', { place: path, fix: 'Check the path.' })
  }
  if (info.isFile()) return ok([{ path, name: basename(path), bytes: info.size }])
  const names = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && fits(entry.name))
    .map((entry) => entry.name)
    .sort()
  if (names.length === 0) {
    return refuse('SOURCE_EMPTY', 'The folder holds no file that fits the format.', {
      place: path,
      fix: 'Name the folder that holds the files themselves, or one file.',
    })
  }
  return ok(names.map((name) => ({ path: join(path, name), name, bytes: statSync(join(path, name)).size })))
}

/**
 * Name, size and SHA-256 of the bytes as they lie on disk. For several files the sum is over the lines `SHA256  NAME` in
 * name order, which `sha256sum * | sha256sum` gives too.
 */
export async function describeFiles(
  chain: string,
  format: SourceFormat,
  name: string,
  files: readonly SourceFile[],
): Promise<SourceDescription> {
  const sums: string[] = []
  let bytes = 0
  for (const file of files) {
    const { sha256, size } = await sumOf(file.path)
    sums.push(sha256)
    bytes += size
  }
  const lines = files.map((file, n) => `${sums[n]}  ${file.name}\n`)
  const [only = ''] = sums
  return { chain, format, name, sha256: sums.length === 1 ? only : sha256Text(lines.join('')), bytes }
}

async function sumOf(path: string): Promise<{ sha256: string; size: number }> {
  const sum = sha256Stream()
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sum.update(chunk as Uint8Array)
    size += (chunk as Uint8Array).length
  }
  return { sha256: sum.hex(), size }
}
