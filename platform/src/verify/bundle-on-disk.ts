/** A bundle in a folder of this machine. Links are named and never followed; large files are hashed in pieces. */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { BundleFolder, BundleItem, FileDigest } from '../evidence/index.ts'

/** More files than any bundle has; a folder with more is not read. */
const MAX_ITEMS = 200_000

export async function bundleOnDisk(path: string): Promise<BundleFolder> {
  const root = await realpath(path)
  const items = await listItems(root)
  const files = new Set(items.filter(({ kind }) => kind === 'file').map((item) => item.path))
  return {
    list: async () => items,
    async read(name, maxBytes) {
      if (!files.has(name)) return null
      const file = await open(join(root, name), NO_LINK)
      try {
        const { size } = await file.stat()
        return size > maxBytes ? null : new Uint8Array(await file.readFile())
      } finally {
        await file.close()
      }
    },
    digest: (name) => digestOf(join(root, name)),
  }
}

/** A file that became a link after it was listed is not opened. Windows has no such flag; there the bytes decide alone. */
const NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

async function listItems(root: string): Promise<readonly BundleItem[]> {
  const items: BundleItem[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      const full = join(root, path.split('/').join(sep))
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) items.push({ path, kind: 'file', size: (await lstat(full)).size })
      else items.push({ path, kind: entry.isSymbolicLink() ? 'link' : 'other', size: 0 })
      if (items.length + folders.length > MAX_ITEMS) throw new Error(`the bundle holds more than ${MAX_ITEMS} files`)
    }
  }
  return items.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function digestOf(path: string): Promise<FileDigest> {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
  let size = 0
  const file = await open(path, NO_LINK)
  // The stream closes the file when it ends or fails.
  for await (const piece of file.createReadStream()) {
    sha256.update(piece as Buffer)
    sha512.update(piece as Buffer)
    size += (piece as Buffer).length
  }
  return { size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
}
