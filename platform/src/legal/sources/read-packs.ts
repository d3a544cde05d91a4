/** Packs from files: every .yaml under folders or files that the caller names. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ok, type Refusal, type Result, refuse } from '../../kernel/index.ts'
import { gatherPacks, type LegalPacks } from '../packs.ts'
import { type PackFile, type ReadPack, readPack } from '../read-pack.ts'

/** The packs that come with the program: the nearest folder `packs` above this file that holds instruments. */
export function packFolder(): Result<string> {
  let at = dirname(fileURLToPath(import.meta.url))
  while (dirname(at) !== at) {
    const folder = join(at, 'packs')
    if (kindOf(join(folder, 'instruments')) === 'folder') return ok(folder)
    at = dirname(at)
  }
  return refuse('PACKS_MISSING', 'The packs of law are not beside the program.', {
    place: dirname(fileURLToPath(import.meta.url)),
    fix: 'Name their folder with --packs.',
  })
}

/** Every file that could be a pack, in the order of its name. */
export function readPackFiles(paths: readonly string[]): Result<readonly PackFile[]> {
  const files: PackFile[] = []
  for (const path of paths) {
    const kind = kindOf(path)
    if (kind === null)
      return refuse('PACKS_MISSING', 'There is no such file or folder.', { place: path, fix: 'Check the path.' })
    const names = kind === 'file' ? [path] : yamlFilesIn(path)
    for (const name of names) files.push({ name, text: readFileSync(name, 'utf8') })
  }
  return ok(files)
}

/** The packs of a folder; one that is broken refuses all, because half the law is none. */
export function readPacks(folder: string): Result<LegalPacks> {
  const files = readPackFiles([folder])
  if (!files.ok) return files
  const read = files.value.map(readPack)
  const [defect] = read.flatMap(({ defects }): readonly Refusal[] => defects)
  if (defect) return { ok: false, refusal: defect }
  const packs = gatherPacks(read.flatMap(({ pack }: ReadPack) => (pack === null ? [] : [pack])))
  if (packs.instruments.length === 0)
    return refuse('PACKS_MISSING', 'The folder holds no pack of an instrument.', {
      place: folder,
      fix: 'Name the folder packs/.',
    })
  return ok(packs)
}

function yamlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function kindOf(path: string): 'file' | 'folder' | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? null : found.isDirectory() ? 'folder' : 'file'
}
