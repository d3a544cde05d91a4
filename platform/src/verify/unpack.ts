/** A bundle that came as a zip file, unpacked into a folder of its own: names that lead out of it, and sizes that lie, are refused. */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'

/** As many files as a bundle may have, and so much in all. */
const MOST_FILES = 200_000
const MOST_BYTES = 2 ** 40

export type Unpacked = { readonly folder: string; remove(): Promise<void> }

/** A sentence where the file is no zip file that can be read. The bundle lies in the one folder that the zip file holds. */
export async function unpack(path: string): Promise<Unpacked | string> {
  const target = await mkdtemp(join(tmpdir(), 'comity-bundle-'))
  const remove = () => rm(target, { recursive: true, force: true })
  try {
    const first = await extract(path, target)
    if (first === null || !(await stat(join(target, first))).isDirectory()) throw new Error('it holds no folder')
    return { folder: join(target, first), remove }
  } catch (thrown) {
    await remove()
    return `${path} is no zip file of a bundle: ${(thrown as Error).message}`
  }
}

/** Answers the one folder at its top; null where there are several, or none. */
async function extract(path: string, target: string): Promise<string | null> {
  const zip = await yauzl.openPromise(path, { validateEntrySizes: true, strictFileNames: true })
  const tops = new Set<string>()
  let files = 0
  let bytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize } = entry
      files += 1
      bytes += uncompressedSize
      if (files > MOST_FILES || bytes > MOST_BYTES) throw new Error('it holds more than a bundle may')
      tops.add(fileName.split('/')[0] ?? '')
      if (fileName.endsWith('/')) continue
      const to = join(target, fileName)
      await mkdir(dirname(to), { recursive: true })
      await pipeline((await zip.openReadStreamPromise(entry)) as Readable, createWriteStream(to, { flags: 'wx' }))
    }
  } finally {
    zip.close()
  }
  return tops.size === 1 ? ([...tops][0] as string) : null
}
