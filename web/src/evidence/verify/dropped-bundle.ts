/** A bundle as it was dropped on a page: a zip file, or the files of a folder. Nothing of it leaves the browser. */
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { BlobReader, configure, type Entry, type FileEntry, ZipReader } from '@zip.js/zip.js'
import type { BundleFolder, BundleItem, FileDigest } from '../../../../platform/src/evidence/index.ts'
import { bytesToHex } from '../../../../platform/src/kernel/index.ts'
import { pathOf } from './file-path.ts'

/** As many files as a bundle may have, and so much in all. */
const MOST_FILES = 200_000
const MOST_BYTES = 2 ** 40

/** Why what was dropped is not judged; `id` is a message of the app. */
export class NoBundle extends Error {
  readonly id:
    | 'verify.no-zip'
    | 'verify.no-folder'
    | 'verify.too-much'
    | 'verify.is-bag'
    | 'verify.is-trace'
    | 'verify.is-unknown'
    | 'verify.dossier-wrong'
    | 'verify.needs-directory'
    | 'verify.directory-wrong'
    | 'verify.root-differs'
  constructor(id: NoBundle['id'], reason = '') {
    super(reason)
    this.id = id
  }
}

/** `told` hears how many bytes were hashed. */
export type Told = (bytes: number) => void

type Part = { readonly item: BundleItem; readonly stream: () => Promise<ReadableStream<Uint8Array>> }

export async function openDropped(files: readonly File[], told: Told): Promise<BundleFolder> {
  const [first] = files
  const parts = files.length === 1 && first && isZip(first) ? await partsOfZip(first) : partsOfFiles(files)
  if (parts.length > MOST_FILES || parts.reduce((sum, { item }) => sum + item.size, 0) > MOST_BYTES)
    throw new NoBundle('verify.too-much')
  const byPath = new Map(parts.map((part) => [part.item.path, part]))
  if (byPath.has('bagit.txt') && !byPath.has('seal.note')) throw new NoBundle('verify.is-bag')
  const streamOf = async (path: string) => {
    const part = byPath.get(path)
    if (part?.item.kind !== 'file') throw new Error(`${path} is no file of the bundle`)
    return part.stream()
  }
  return {
    list: async () => parts.map(({ item }) => item).sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (path, maxBytes) => {
      const size = byPath.get(path)?.item.size
      if (size === undefined || size > maxBytes) return null
      const bytes = new Uint8Array(size)
      let at = 0
      for await (const piece of pieces(await streamOf(path))) {
        // A size that lies is a file that cannot be read, and is judged as such.
        if (at + piece.length > size) return null
        bytes.set(piece, at)
        at += piece.length
      }
      return at === size ? bytes : null
    },
    digest: async (path) => digestOf(await streamOf(path), told),
  }
}

export function isZip(file: File): boolean {
  return file.name.toLowerCase().endsWith('.zip')
}

async function digestOf(stream: ReadableStream<Uint8Array>, told: Told): Promise<FileDigest> {
  const [short, long] = [sha256.create(), sha512.create()]
  let size = 0
  for await (const piece of pieces(stream)) {
    short.update(piece)
    long.update(piece)
    size += piece.length
    told(piece.length)
  }
  return { size, sha256: bytesToHex(short.digest()), sha512: bytesToHex(long.digest()) }
}

async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

const LINK = 0o120000
const KIND = 0o170000

async function partsOfZip(file: File): Promise<Part[]> {
  // Workers of its own would be made from text, which our policy lets no page do; this is one already.
  configure({ useWebWorkers: false })
  let entries: Entry[]
  try {
    entries = await new ZipReader(new BlobReader(file), { strictness: 'strict' }).getEntries()
  } catch (thrown) {
    throw new NoBundle('verify.no-zip', (thrown as Error).message)
  }
  const tops = new Set(entries.map(({ filename }) => filename.split('/')[0] ?? ''))
  const [top] = tops
  if (tops.size !== 1 || top === undefined) throw new NoBundle('verify.no-folder')
  return entries.flatMap((entry) => {
    if (entry.directory) return []
    const isLink = ((entry.externalFileAttributes >>> 16) & KIND) === LINK
    return {
      item: {
        path: entry.filename.slice(top.length + 1),
        kind: isLink ? ('link' as const) : ('file' as const),
        size: entry.uncompressedSize,
      },
      stream: async () => unpacked(entry),
    }
  })
}

function unpacked(entry: FileEntry): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  entry.getData(writable, { checkSignature: true }).catch((thrown: unknown) => writable.abort(thrown).catch(() => {}))
  return readable
}

/** The files of a folder, as the browser names them: `folder/part/file`. */
function partsOfFiles(files: readonly File[]): Part[] {
  const named = files.map((file) => ({ file, path: pathOf(file) }))
  const tops = new Set(named.map(({ path }) => path.split('/')[0]))
  if (tops.size !== 1 || named.some(({ path }) => !path.includes('/'))) throw new NoBundle('verify.no-folder')
  return named.map(({ file, path }) => ({
    item: { path: path.slice(path.indexOf('/') + 1), kind: 'file', size: file.size },
    stream: async () => file.stream(),
  }))
}
