/** What was dropped, told apart by where it lay: a directory of members with which dossiers are checked, and what is to be judged. Pure. */
import { pathOf } from './file-path.ts'

/** With its first root a published directory begins; no bundle has a file of this name at its top. */
const FIRST_ROOT = '1.root.json'

export type Sorted = {
  /** The files of the directory by their paths in it; null where none was dropped. */
  readonly directory: ReadonlyMap<string, File> | null
  readonly rest: readonly File[]
}

export function sortDropped(files: readonly File[]): Sorted {
  const root = files.find((file) => /^(?:.*\/)?1\.root\.json$/.test(pathOf(file)))
  if (root === undefined) return { directory: null, rest: files }
  const folder = pathOf(root).slice(0, -FIRST_ROOT.length)
  const directory = new Map<string, File>()
  const rest: File[] = []
  for (const file of files) {
    const path = pathOf(file)
    // The root alone, chosen without its folder, is a directory of which nothing else is there.
    if (folder === '' ? file === root : path.startsWith(folder)) directory.set(path.slice(folder.length), file)
    else rest.push(file)
  }
  return { directory, rest }
}
