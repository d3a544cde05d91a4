import { appendFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import { folderOf } from './reading-samples.ts'
import { openFileBytes, smallFile } from './source-bytes.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'

const MIB = 1 << 20
const bytesOfLength = (length: number) => Buffer.alloc(length, 'one line of a source\n')

async function listed(content: Uint8Array): Promise<SourceFile> {
  const [file] = orStop(await listSourceFiles(join(folderOf({ 'a.csv': content }), 'a.csv'), () => true))
  return file as SourceFile
}

async function read(file: SourceFile) {
  const { chunks, consumed } = await openFileBytes(file)
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return { bytes: Buffer.concat(parts), consumed: consumed() }
}

test.each([0, 1, 3, MIB - 1, MIB, MIB + 1, 3 * MIB])('a file of %i bytes is read whole', async (length) => {
  const content = bytesOfLength(length)
  const { bytes, consumed } = await read(await listed(content))
  expect(bytes.equals(content)).toBe(true)
  expect(consumed).toBe(length)
})

test('a small compressed file is decompressed', async () => {
  const content = bytesOfLength(5_000)
  const packed = gzipSync(content)
  const { bytes, consumed } = await read(await listed(packed))
  expect(bytes.equals(content)).toBe(true)
  expect(consumed).toBe(packed.length)
})

test('a file that grew or shrank since it was listed is read as it is now, and not in one piece', async () => {
  const content = bytesOfLength(1_000)
  const grown = await listed(content)
  appendFileSync(grown.path, 'more')
  expect(smallFile(grown)).toBeNull()
  expect((await read(grown)).bytes.toString()).toBe(`${content}more`)
  const shrunk = await listed(content)
  truncateSync(shrunk.path, 10)
  expect(smallFile(shrunk)).toBeNull()
  expect((await read(shrunk)).bytes.toString()).toBe(content.subarray(0, 10).toString())
})
