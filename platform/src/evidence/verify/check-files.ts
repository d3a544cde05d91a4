/** Whether the folder holds exactly the files of the manifest, byte for byte, under names that mean one thing. */
import { type BundleFolder, type BundleItem, type FileDigest, isSafePath, pathKey } from './bundle-folder.ts'
import { isOfSeal, type Manifest } from './manifest.ts'
import { checked, type Statement, wrong } from './statement.ts'

/** Names alone: what is checked before anything is read. */
export function checkNames(items: readonly BundleItem[]): readonly Statement[] {
  const says = 'The bundle holds plain files only, under names that mean one file on every system.'
  const found: Statement[] = []
  const seen = new Map<string, string>()
  for (const { path, kind } of items) {
    const at = JSON.stringify(path).slice(1, -1)
    if (kind === 'link') found.push(wrong('names', says, 'This is a link, which could lead anywhere.', at))
    else if (kind === 'other') found.push(wrong('names', says, 'This is not a file.', at))
    else if (!isSafePath(path)) found.push(wrong('names', says, 'A bundle may not hold this name.', at))
    const twin = seen.get(pathKey(path))
    if (twin !== undefined)
      found.push(wrong('names', says, `Where case does not count, this is the same name as ${twin}.`, at))
    seen.set(pathKey(path), path)
  }
  return found.length > 0 ? found : [checked('names', says)]
}

export async function checkFiles(
  folder: BundleFolder,
  items: readonly BundleItem[],
  manifest: Manifest,
): Promise<{ readonly statements: readonly Statement[]; readonly intact: ReadonlyMap<string, FileDigest> }> {
  const there = new Map(items.filter(({ kind }) => kind === 'file').map((item) => [item.path, item]))
  const intact = new Map<string, FileDigest>()
  const found: Statement[] = []
  for (const { path, size, sha256 } of manifest.files) {
    const says = `${path} is the file that was put into the bundle.`
    const item = there.get(path)
    if (item === undefined) {
      found.push(wrong('files', says, 'The file is missing.', path))
      continue
    }
    if (item.size !== size) {
      found.push(wrong('files', says, `It has ${item.size} bytes; ${size} were put in.`, path, sizeAt(item.size, size)))
      continue
    }
    const digest = await folder.digest(path)
    if (digest.sha256 === sha256 && digest.size === size) intact.set(path, digest)
    else
      found.push(
        wrong('files', says, `Its SHA-256 is ${digest.sha256}; ${sha256} was put in.`, path, `bytes 0–${size - 1}`),
      )
  }
  const listed = new Set(manifest.files.map(({ path }) => path))
  for (const path of there.keys())
    if (!listed.has(path) && !isOfSeal(path))
      found.push(wrong('files', 'Nothing was added to the bundle.', 'The manifest does not name this file.', path))
  const says = `All ${manifest.files.length} files of the manifest are there, byte for byte, and no other.`
  return { statements: found.length > 0 ? found : [checked('files', says)], intact }
}

function sizeAt(size: number, expected: number): string {
  return `byte ${Math.min(size, expected)}`
}
