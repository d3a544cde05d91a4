/** A bundle whose manifest has been read: files by name, read only where they are what the manifest says. */
import { bytesToHex, type Json, type Result, refuse, sha256, strictJson } from '../../kernel/index.ts'
import type { JournalEntry, Leaf } from '../journal/entry.ts'
import type { BundleFolder, FileDigest } from './bundle-folder.ts'
import type { Manifest } from './manifest.ts'

export type OpenedBundle = {
  readonly folder: BundleFolder
  readonly manifest: Manifest
  /** Digests of the files that are as the manifest says; the others are absent. */
  readonly intact: ReadonlyMap<string, FileDigest>
}

/** An entry whose inclusion is proven; `entry` where its contents are disclosed and match. */
export type ProvenEntries = ReadonlyMap<string, { readonly leaf: Leaf; readonly entry: JournalEntry | null }>

export const MAX_JSON = 64 << 20
/** Forms of the bundle itself are small. */
export const MAX_FORM = 8 << 20

/** Paths of a folder of the bundle that the manifest lists, in order. */
export function pathsUnder(bundle: OpenedBundle, folder: string): readonly string[] {
  return bundle.manifest.files.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`))
}

/** The bytes of an intact file. They are hashed once more: between two readings a file may change. */
export async function readIntact(bundle: OpenedBundle, path: string, maxBytes: number): Promise<Result<Uint8Array>> {
  const digest = bundle.intact.get(path)
  if (digest === undefined)
    return refuse('BUNDLE_FILE_ABSENT', `${path} is not in the bundle, or is not what the manifest says.`, {
      fix: 'Ask for the bundle again.',
    })
  const bytes = await bundle.folder.read(path, maxBytes)
  if (bytes === null)
    return refuse(
      'BUNDLE_FILE_LARGE',
      `${path} is larger than ${maxBytes} bytes, which is more than is read at once.`,
      {
        fix: 'Have this file examined separately.',
      },
    )
  if (bytesToHex(sha256(bytes)) !== digest.sha256)
    return refuse('BUNDLE_FILE_ABSENT', `${path} was changed while it was read.`, {
      fix: 'Copy the bundle and run again.',
    })
  return { ok: true, value: bytes }
}

export async function readJson(bundle: OpenedBundle, path: string, maxBytes = MAX_FORM): Promise<Result<Json>> {
  const bytes = await readIntact(bundle, path, maxBytes)
  return bytes.ok ? strictJson(bytes.value, { maxBytes }) : bytes
}
