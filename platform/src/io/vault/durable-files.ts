/** Files that are there whole or not at all, and stay after a power cut: draft, fsync, rename, fsync of the folder. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Failpoint } from './blob-store.ts'

/** `drafts` lies in the same file system as `path`; what a crash leaves in it is never looked at. */
export async function writeDurably(
  drafts: string,
  path: string,
  write: (file: FileHandle) => Promise<void>,
  failpoint: Failpoint,
  name: string,
): Promise<void> {
  const draft = join(drafts, randomUUID())
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      failpoint(`${name}-draft`)
      await write(file)
      failpoint(`${name}-written`)
      await file.sync()
      failpoint(`${name}-synced`)
    } finally {
      await file.close()
    }
    await rename(draft, path)
    failpoint(`${name}-renamed`)
    await syncFolder(dirname(path))
    failpoint(`${name}-kept`)
  } catch (thrown) {
    await rm(draft, { force: true })
    throw thrown
  }
}

/** The name of a new folder is an entry of its parent, and is kept there. */
export async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncFolder(dirname(made))
}

export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
