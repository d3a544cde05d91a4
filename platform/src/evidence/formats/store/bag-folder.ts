/** A bag as a folder: written whole or not at all, read without leaving the folder. */
import { type FileHandle, lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileHashes } from '../../../kernel/crypto/index.ts'
import { ok, type Result, refuse, Stop, stop } from '../../../kernel/index.ts'
import type { BagFile, BagPart, BagSource } from '../bagit/bag.ts'
import { checkBagPath } from '../bagit/bag-path.ts'

/**
 * Writes beside the target first and renames, so that a half-written bag never has the name of a whole one. Refuses a
 * target that exists: evidence is not overwritten. `read` gives the bytes of a part that has none with it, in pieces; where
 * they are not those that the manifests name, there is no bag (FORMATS_ATTACHMENT_HASH).
 */
export async function writeBagFolder(
  folder: string,
  files: readonly BagPart[],
  read: (part: BagSource) => AsyncIterable<Uint8Array> = noSource,
): Promise<Result<{ readonly files: number }>> {
  if (await lstat(folder).catch(() => null)) return refused(folder, 'is already there')
  for (const { path } of files) {
    const checked = checkBagPath(path)
    if (!checked.ok) return checked
  }
  await mkdir(dirname(folder), { recursive: true })
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
  try {
    for (const part of files) {
      const target = join(draft, ...part.path.split('/'))
      await mkdir(dirname(target), { recursive: true })
      const file = await open(target, 'wx', 0o600)
      try {
        if ('bytes' in part) await file.writeFile(part.bytes)
        else await writeSource(file, part, read(part))
        await file.sync()
      } finally {
        await file.close()
      }
    }
    await rename(draft, folder)
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    if (fault instanceof Stop) return { ok: false, refusal: fault.refusal }
    throw fault
  }
  return ok({ files: files.length })
}

async function writeSource(file: FileHandle, part: BagSource, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const hashes = fileHashes()
  let size = 0
  for await (const piece of bytes) {
    hashes.update(piece)
    size += piece.length
    await file.writeFile(piece)
  }
  const { sha256, sha512 } = hashes.digests()
  if (size !== part.size || sha256 !== part.sha256 || sha512 !== part.sha512)
    stop('FORMATS_ATTACHMENT_HASH', `What was read for ${part.path} has the SHA-256 ${sha256}, not ${part.sha256}.`, {
      place: part.path,
      fix: 'Check the vault and the disk, and make the bag again.',
    })
}

function noSource({ path }: BagSource): never {
  throw new Error(`nobody says where the bytes of ${path} are`)
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
