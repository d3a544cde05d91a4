/**
 * A published journal in a folder, laid out as C2SP tlog-tiles says, so that any web server can serve it as it is.
 *
 * A file is written under a temporary name, made durable and then renamed; the checkpoint comes last. A crash leaves
 * either the old journal or the new one, with at most some files that no checkpoint speaks of yet.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type Checkpoint, parseCheckpoint } from '../journal/checkpoint.ts'
import type { TileFile } from '../journal/integrate.ts'
import type { PublishedLog } from '../journal/journal-store.ts'
import { sameBytes } from '../journal/merkle-tree.ts'

/** One process writes to a folder; readers need no lock. */
export function tileFolder(folder: string): PublishedLog {
  const read = (path: string) => readIfThere(join(folder, path))
  return {
    read,
    checkpoint: () => read('checkpoint'),
    async publish(files, checkpoint) {
      const may = mayFollow(await read('checkpoint'), checkpoint)
      if (!may.ok) return may
      const folders = new Set<string>()
      for (const file of files) {
        const written = await writeTile(folder, file, folders)
        if (!written.ok) return written
      }
      for (const one of folders) await syncFolder(one)
      await writeDurably(join(folder, 'checkpoint'), checkpoint)
      await syncFolder(folder)
      return ok(null)
    },
  }
}

/** The rule that holds a journal together: never back, and never another tree of the same size. */
function mayFollow(published: Uint8Array | null, next: Uint8Array): Result<null> {
  const after = parseCheckpoint(next)
  if (!after.ok) return after
  if (published === null) return ok(null)
  const before = parseCheckpoint(published)
  if (!before.ok) return before
  const [a, b]: [Checkpoint, Checkpoint] = [before.value, after.value]
  if (b.size < a.size)
    return refuse(
      'JOURNAL_ROLLBACK',
      `The journal is published with ${a.size} leaves and cannot go back to ${b.size}.`,
      {
        fix: 'Find out why the database knows less than what is published; never remove the checkpoint.',
      },
    )
  const same = b.origin === a.origin && (b.size > a.size || sameBytes(a.root, b.root))
  if (same) return ok(null)
  return refuse('JOURNAL_FORK', `Another journal or another tree of ${a.size} leaves is published in this folder.`, {
    fix: 'Stop the sequencer. Two writers, or a database from another copy, are at work.',
  })
}

async function writeTile(folder: string, file: TileFile, folders: Set<string>): Promise<Result<null>> {
  const path = join(folder, file.path)
  const there = await readIfThere(path)
  // A file that stands already was written before a crash; the same leaves give the same bytes.
  if (there !== null && sameBytes(there, file.bytes)) {
    await addFolders(folder, path, folders)
    return ok(null)
  }
  if (there !== null && file.full)
    return refuse('JOURNAL_FORK', `A full tile of the journal stands with other bytes: ${file.path}.`, {
      place: file.path,
      fix: 'Stop the sequencer and run the check of the journal.',
    })
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, file.bytes)
  await addFolders(folder, path, folders)
  return ok(null)
}

/** Names are durable once the folders that hold them are, up to the root of the journal. */
async function addFolders(folder: string, path: string, folders: Set<string>): Promise<void> {
  for (let at = dirname(path); at.length >= folder.length && !folders.has(at); at = dirname(at)) folders.add(at)
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.new`
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; there, NTFS orders the renames by itself.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw thrown
  }
}
