/** BagIt 1.0 (RFC 8493) as planning over paths and bytes: what to write, and whether what was read is complete and valid. */
import { bytesToHex, ok, type Result, refuse, sha256, sha512, utf8 } from '../../../kernel/index.ts'
import { decodeUtf8 } from '../decode-utf8.ts'
import { checkBagPath, clashOf, decodeBagPath, encodeBagPath } from './bag-path.ts'

export type BagFile = { readonly path: string; readonly bytes: Uint8Array }
/**
 * A file of any size whose bytes stay where they are until the bag is written. The manifests name these digests; whoever
 * writes the bag (`store/bag-folder.ts`) compares them with what was written.
 */
export type BagSource = {
  readonly path: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}
export type BagPart = BagFile | BagSource
export type BagLabel = readonly [label: string, value: string]
export type Bag = {
  readonly payload: readonly BagFile[]
  readonly tags: readonly BagFile[]
  readonly info: readonly BagLabel[]
}

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const ALGORITHMS = [
  ['sha256', (bytes: Uint8Array) => bytesToHex(sha256(bytes)), 64],
  ['sha512', (bytes: Uint8Array) => bytesToHex(sha512(bytes)), 128],
] as const
type Algorithm = (typeof ALGORITHMS)[number]
/** Files that this makes itself. */
const MADE = /^(bagit\.txt|bag-info\.txt|fetch\.txt|(tag)?manifest-[a-z0-9]+\.txt)$/

/** All files of the bag, in the order of their paths. `payload` paths are without `data/`; `tags` are tag files of ours. */
export function writeBag<P extends BagPart>(
  payload: readonly P[],
  tags: readonly BagFile[],
  info: readonly BagLabel[],
): Result<(BagFile | P)[]> {
  const data = payload.map((one): P => ({ ...one, path: `data/${one.path}` }))
  for (const { path } of [...payload, ...tags]) {
    const checked = checkBagPath(path)
    if (!checked.ok) return checked
  }
  const taken = tags.find(({ path }) => MADE.test(path) || path.toLowerCase().startsWith('data/'))
  if (taken) return badPath(taken.path, 'is a name that BagIt keeps for itself')
  const clash = clashOf([...data, ...tags].map(({ path }) => path))
  if (clash) return badPath(clash[1], `is the same as ${JSON.stringify(clash[0])} on some file systems`)
  const label = info.find(([name, value]) => !/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || /[\r\n]/.test(value))
  if (label) return invalid(`the label ${JSON.stringify(label[0].slice(0, 60))} of bag-info.txt is not one line`)
  const bytes = data.reduce((sum, one) => sum + sizeOf(one), 0)
  const lines = [...info, ['Payload-Oxum', `${bytes}.${data.length}`] as const]
  const top: BagFile[] = [
    { path: 'bagit.txt', bytes: utf8(DECLARATION) },
    { path: 'bag-info.txt', bytes: utf8(lines.map(([name, value]) => `${name}: ${value}\n`).join('')) },
    ...tags,
    ...ALGORITHMS.map((one) => ({ path: `manifest-${one[0]}.txt`, bytes: utf8(manifest(data, one)) })),
  ]
  const tagManifests = ALGORITHMS.map((one) => ({
    path: `tagmanifest-${one[0]}.txt`,
    bytes: utf8(manifest(top, one)),
  }))
  return ok([...top, ...tagManifests, ...data].sort((a, b) => compare(a.path, b.path)))
}

/** Section 3: complete (everything listed is there, nothing else is) and valid (every checksum is right). */
export function verifyBag(files: readonly BagFile[]): Result<Bag> {
  for (const { path } of files) {
    const checked = checkBagPath(path)
    if (!checked.ok) return checked
  }
  const clash = clashOf(files.map(({ path }) => path))
  if (clash) return badPath(clash[1], `is the same as ${JSON.stringify(clash[0])} on some file systems`)
  const byPath = new Map(files.map((file) => [file.path, file]))
  const declaration = byPath.get('bagit.txt')
  if (!declaration) return invalid('bagit.txt is missing')
  if (!/^BagIt-Version: (1\.0|0\.97)\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?$/.test(textOf(declaration) ?? ''))
    return invalid('bagit.txt is not the declaration of a version that is read here, in UTF-8')
  // A fetch.txt asks to load files from addresses that the sender chose; nothing is fetched because data says so.
  if (byPath.has('fetch.txt')) return invalid('it has a fetch.txt; bags with parts elsewhere are not taken')
  const data = files.filter(({ path }) => path.startsWith('data/'))
  const others = files.filter(({ path }) => !path.startsWith('data/'))
  const manifests = ALGORITHMS.filter(([name]) => byPath.has(`manifest-${name}.txt`))
  if (manifests.length === 0) return invalid('it has no manifest with SHA-256 or SHA-512')
  for (const [name, digest, digits] of manifests) {
    const wrong = checkManifest(byPath.get(`manifest-${name}.txt`), data, true, digest, digits)
    if (wrong) return invalid(wrong)
    const tagFile = byPath.get(`tagmanifest-${name}.txt`)
    const covered = others.filter(({ path }) => !path.startsWith('tagmanifest-'))
    const wrongTag = tagFile && checkManifest(tagFile, covered, false, digest, digits)
    if (wrongTag) return invalid(wrongTag)
  }
  const info = readInfo(byPath.get('bag-info.txt'))
  if (info === null) return invalid('bag-info.txt is not a list of labels and values')
  const oxum = info.find(([label]) => label.toLowerCase() === 'payload-oxum')?.[1]
  const bytes = data.reduce((sum, one) => sum + one.bytes.length, 0)
  if (oxum !== undefined && oxum.trim() !== `${bytes}.${data.length}`)
    return invalid('the Payload-Oxum is not that of the payload')
  const payload = data.map((one) => ({ path: one.path.slice('data/'.length), bytes: one.bytes }))
  return ok({ payload, tags: others.filter(({ path }) => !MADE.test(path)), info })
}

function manifest(files: readonly BagPart[], [name, digest]: Algorithm): string {
  return [...files]
    .sort((a, b) => compare(a.path, b.path))
    .map((one) => `${'bytes' in one ? digest(one.bytes) : one[name]}  ${encodeBagPath(one.path)}\n`)
    .join('')
}

function sizeOf(part: BagPart): number {
  return 'bytes' in part ? part.bytes.length : part.size
}

/** What is wrong with a manifest, in words; `null` where nothing is. A payload manifest must list every payload file. */
function checkManifest(
  file: BagFile | undefined,
  files: readonly BagFile[],
  isPayload: boolean,
  digest: (bytes: Uint8Array) => string,
  digits: number,
): string | null {
  const text = file && textOf(file)
  if (!file || text === null || text === undefined) return 'a manifest is not UTF-8'
  const sums = new Map<string, string>()
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '') continue
    const match = /^([0-9A-Fa-f]+)[ \t]+\*?(?:\.\/)?([\s\S]+)$/.exec(line)
    const [, sum = '', written = ''] = match ?? []
    const path = decodeBagPath(written)
    if (sum.length !== digits) return `${file.path} has a line that is not a checksum and a path`
    if (sums.has(path)) return `${file.path} lists ${JSON.stringify(path)} twice`
    if (isPayload !== path.startsWith('data/'))
      return `${file.path} lists ${JSON.stringify(path)}, which is not its part`
    sums.set(path, sum.toLowerCase())
  }
  const present = new Set(files.map(({ path }) => path))
  for (const path of sums.keys()) if (!present.has(path)) return `${JSON.stringify(path)} is listed and missing`
  for (const { path, bytes } of files) {
    const sum = sums.get(path)
    // Section 2.2.1: a tag manifest need not list every tag file; ours do.
    if (sum === undefined && isPayload) return `${JSON.stringify(path)} is not listed in ${file.path}`
    if (sum !== undefined && sum !== digest(bytes)) return `${JSON.stringify(path)} was changed`
  }
  return null
}

/** Section 2.2.2, with folded lines joined. */
function readInfo(file: BagFile | undefined): BagLabel[] | null {
  if (!file) return []
  const text = textOf(file)
  if (text === null) return null
  const lines: BagLabel[] = []
  for (const line of text.replace(/(\r\n|\n|\r)[ \t]+/g, ' ').split(/\r\n|\n|\r/)) {
    if (line === '') continue
    const colon = line.indexOf(':')
    if (colon <= 0) return null
    lines.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
  }
  return lines
}

const textOf = (file: BagFile) => decodeUtf8(file.bytes)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function invalid(why: string) {
  return refuse('FORMATS_BAG_INVALID', `The bag is not valid: ${why}.`, { fix: 'Ask for the bag again.' })
}

function badPath(path: string, why: string) {
  return refuse('FORMATS_BAG_PATH', `The path ${JSON.stringify(path.slice(0, 120))} ${why}.`, {
    fix: 'Rename the file before it is packed.',
  })
}
