/** Sealed files in a folder of the node: `objects/CASE/ID`. */
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BlobStore, checkedName, type Failpoint } from './blob-store.ts'
import { makeFolder, syncFolder, writeDurably } from './durable-files.ts'

export async function openFolderBlobs(folder: string, failpoint: Failpoint = () => {}): Promise<BlobStore> {
  const drafts = join(folder, 'drafts')
  // What an earlier run left half-done was never an object.
  await rm(drafts, { recursive: true, force: true })
  await makeFolder(drafts)
  const pathOf = (name: string) => join(folder, 'objects', checkedName(name))
  return {
    write: async (name, bytes) => {
      const path = pathOf(name)
      await makeFolder(dirname(path))
      await writeDurably(
        drafts,
        path,
        async (file) => {
          for await (const part of bytes) await file.writeFile(part)
        },
        failpoint,
        'blob',
      )
    },
    size: async (name) => {
      try {
        return (await stat(pathOf(name))).size
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw thrown
      }
    },
    read: (name, first, last) => createReadStream(pathOf(name), { start: first, end: last, highWaterMark: 256 * 1024 }),
    remove: async (name) => {
      const path = pathOf(name)
      await rm(path, { force: true })
      await syncFolder(dirname(path)).catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== 'ENOENT') throw thrown
      })
    },
  }
}
