/** A bag as a folder: written whole or not at all, read without leaving the folder. */
import { lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { ok, type Result, refuse } from '../../../kernel/index.ts'
import type { BagFile } from '../bagit/bag.ts'
import { checkBagPath } from '../bagit/bag-path.ts'

/**
 * Writes beside the target first and renames, so that a half-written bag never has the name of a whole one. Refuses a
 * target that exists: evidence is not overwritten.
 */
export async function writeBagFolder(
  folder: string,
  files: readonly BagFile[],
): Promise<Result<{ readonly files: number }>> {
  if (await lstat(folder).catch(() => null)) return refused(folder, 'is already there')
  for (const { path } of files) {
    const checked = checkBagPath(path)
    if (!checked.ok) return checked
  }
  await mkdir(dirname(folder), { recursive: true })
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
  try {
    for (const { path, bytes } of files) {
      const target = join(draft, ...path.split('/'))
      await mkdir(dirname(target), { recursive: true })
      const file = await open(target, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
    }
    await rename(draft, folder)
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    throw fault
  }
  return ok({ files: files.length })
}

/** All files of a folder, for `verifyBag`. A symbolic link is refused: it may lead out of the bag. */
export async function readBagFolder(folder: string): Promise<Result<readonly BagFile[]>> {
  const files: BagFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    const path = relative(folder, full).split(sep).join('/')
    if (entry.isDirectory()) continue
    if (!entry.isFile()) return refused(path, 'is a link or a device')
    files.push({ path, bytes: await readFile(full) })
  }
  return ok(files)
}

function refused(path: string, why: string) {
  return refuse('FORMATS_BAG_PATH', `${JSON.stringify(path.slice(0, 200))} ${why}.`, {
    place: path.slice(0, 200),
    fix: 'Choose another folder, or ask for the bag again.',
  })
}
