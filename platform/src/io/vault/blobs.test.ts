/** One suite, two adapters: a folder, and a server that speaks S3 on this machine. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BlobStore } from './blob-store.ts'
import { openFolderBlobs } from './folder-blobs.ts'
import { openS3Blobs } from './s3-blobs.ts'
import { pattern } from './testing/vault-content.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-blobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type S3Server = { run(): Promise<{ port: number }>; close(): Promise<void> }
// s3rver brings no types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server

const CASE = '00000000-0000-7000-8000-00000000000c'
let count = 0
const newName = () => `${CASE}/00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`
async function* of(...parts: Uint8Array[]) {
  yield* parts
}
async function* breaking(...parts: Uint8Array[]) {
  yield* parts
  throw new Error('the source breaks')
}
const gather = async (source: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

let server: S3Server
let bucketUrl = ''
const access = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1' }
beforeAll(async () => {
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'evidence' }],
  })
  const { port } = await server.run()
  bucketUrl = `http://127.0.0.1:${port}/evidence`
})
afterAll(() => server.close())

describe.each<[string, () => Promise<BlobStore>]>([
  ['a folder', () => openFolderBlobs(join(folder, 'files'))],
  ['a store that speaks S3', async () => openS3Blobs({ bucketUrl, ...access })],
])('%s', (_, open) => {
  test.each([0, 1, 300_000, 16 * 1024 * 1024, 40_000_000])(
    'keeps %i bytes and gives every part of them',
    async (size) => {
      const blobs = await open()
      const name = newName()
      const bytes = pattern(size)
      expect(await blobs.size(name)).toBeNull()
      await blobs.write(name, of(bytes.subarray(0, 7), bytes.subarray(7)))
      expect(await blobs.size(name)).toBe(size)
      if (size === 0) return
      expect((await gather(blobs.read(name, 0, size - 1))).equals(bytes)).toBe(true)
      const first = Math.floor(size / 3)
      expect((await gather(blobs.read(name, first, size - 1))).equals(bytes.subarray(first))).toBe(true)
      expect((await gather(blobs.read(name, 0, first))).equals(bytes.subarray(0, first + 1))).toBe(true)
    },
  )

  test.each([
    ['small', [10]],
    ['large', [20_000_000, 20_000_000]],
  ])('shows nothing of a %s file whose source breaks, and keeps what was there before', async (_size, sizes) => {
    const blobs = await open()
    const name = newName()
    await expect(blobs.write(name, breaking(...sizes.map((size) => pattern(size))))).rejects.toThrow('breaks')
    expect(await blobs.size(name)).toBeNull()
    await blobs.write(name, of(pattern(5)))
    await expect(blobs.write(name, breaking(...sizes.map((size) => pattern(size))))).rejects.toThrow('breaks')
    expect((await gather(blobs.read(name, 0, 4))).equals(pattern(5))).toBe(true)
  })

  test('replaces a file in one step, and removes one, or none', async () => {
    const blobs = await open()
    const name = newName()
    await blobs.write(name, of(pattern(10)))
    await blobs.write(name, of(pattern(20, 2)))
    expect((await gather(blobs.read(name, 0, 19))).equals(pattern(20, 2))).toBe(true)
    await blobs.remove(name)
    expect(await blobs.size(name)).toBeNull()
    await blobs.remove(name)
  })

  test('takes no name that is a path', async () => {
    const blobs = await open()
    for (const name of ['../x', 'a/b', `${CASE}/../../x`, '/etc/passwd'])
      await expect(blobs.write(name, of(pattern(1)))).rejects.toThrow('no name')
  })
})

test('the folder is left without drafts', () => {
  expect(readdirSync(join(folder, 'files/drafts'))).toEqual([])
})

test('a store that does not let the node in says so, with its place', async () => {
  const blobs = openS3Blobs({ bucketUrl, ...access, accessKeyId: 'nobody' })
  await expect(blobs.write(newName(), of(pattern(10)))).rejects.toThrow(/BLOB_STORE.*403/)
})
