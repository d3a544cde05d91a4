/** The folder in which a directory is kept: read whole, written file by file, each of them durably. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder, syncFolder, writeDurably } from '../../../io/vault/durable-files.ts'
import { stop } from '../../../kernel/index.ts'
import type { Files } from '../ceremony/folder.ts'
import type { Write } from '../ceremony/json-forms.ts'

/** Larger than any file of the directory may be. */
const MAX_BYTES = 8 * 1024 * 1024

const PARTS = ['', 'members/', 'drafts/', 'drafts/members/'] as const

/** Every file of the directory in the folder, by its path there. An absent folder holds none. */
export async function readCeremonyFolder(folder: string): Promise<Files> {
  const files = new Map<string, Uint8Array>()
  const take = async (part: string) => {
    for (const name of await namesIn(join(folder, part))) {
      if (part === 'drafts/' && name.endsWith('.json.signatures')) await take(`drafts/${name}/`)
      if (!name.endsWith('.json')) continue
      const path = join(folder, part, name)
      const { size } = await stat(path)
      if (size > MAX_BYTES)
        stop('DIRECTORY_TOO_LARGE', `A file in the folder has ${size} bytes.`, { place: path, fix: 'Take it away.' })
      files.set(`${part}${name}`, Uint8Array.from(await readFile(path)))
    }
  }
  for (const part of PARTS) await take(part)
  return files
}

/** In the order given. Refused before the first of them where one is there that may not be replaced. */
export async function writeCeremonyFiles(folder: string, writes: readonly Write[]): Promise<void> {
  for (const { path, replaces } of writes)
    if (!replaces && existsSync(join(folder, path)))
      stop('FILE_EXISTS', 'A file of the directory is there already, and is not overwritten.', {
        place: join(folder, path),
        fix: 'Look at it; move it away if it should not be there.',
      })
  try {
    await writeAll(folder, writes)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown)) throw thrown
    stop('FILE_NOT_WRITTEN', `A file of the directory cannot be written: ${thrown.message}.`, {
      place: folder,
      fix: 'Check the path and its permissions, then do the same again.',
    })
  }
}

async function writeAll(folder: string, writes: readonly Write[]): Promise<void> {
  const parts = join(folder, '.writing')
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await makeFolder(parts)
  for (const { path, bytes } of writes) {
    const target = join(folder, path)
    // A web server of another user looks in here as well.
    const made = await mkdir(dirname(target), { recursive: true, mode: 0o755 })
    if (made !== undefined) await syncFolder(dirname(made))
    await writeDurably(
      parts,
      target,
      async (file) => {
        await file.writeFile(bytes)
        // Everything here is public; a web server of another user may serve it.
        await file.chmod(0o644)
      },
      () => {},
      'directory',
    )
  }
  // What a crash left in there stays, and is looked at by nobody.
  await rmdir(parts).catch(() => {})
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return []
    throw thrown
  }
}
