/** Sealed files in a folder of the node: `objects/CASE/ID`. */
import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BlobStore, checkedName, type Failpoint } from './blob-store.ts'
import { makeFolder, syncFolder, writeDurably } from './durable-files.ts'

/** A draft that is being written changes all the time. */
const STALE_MS = 3_600_000

export async function openFolderBlobs(folder: string, failpoint: Failpoint = () => {}): Promise<BlobStore> {
  const drafts = join(folder, 'drafts')
  await makeFolder(drafts)
  await removeStaleDrafts(drafts)
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

/** What an earlier run left half-done was never an object. Other processes may be writing theirs. */
async function removeStaleDrafts(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name)
    const found = await stat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { force: true })
  }
}
