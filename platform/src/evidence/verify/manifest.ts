/** The manifest of a bundle: every file with its size and SHA-256, but itself and what seals it (docs/spec/bundle.md). */
import { canonicalJson, catchRefusal, type Json, type Result, textToBytes } from '../../kernel/index.ts'
import { isSafePath, pathKey } from './bundle-folder.ts'
import { countAt, hashAt, malformed, openList, openObject, textAt, timeAt, versionAt } from './fields.ts'

export type ManifestFile = { readonly path: string; readonly size: number; readonly sha256: string }

export type Manifest = {
  readonly v: 1
  readonly kind: 'comity-bundle'
  readonly id: string
  /** When it was made: ISO 8601, UTC, milliseconds. */
  readonly at: string
  /** The agency that made it, in words. */
  readonly from: string
  /** In order of their paths. */
  readonly files: readonly ManifestFile[]
}

export const MANIFEST = 'manifest.json'
export const SEAL_NOTE = 'seal.note'
export const SEAL_ENTRY = 'seal/entry.json'
export const SEAL_PROOF = 'seal/entry.tlog-proof'
export const SEAL_CONSISTENCY = 'seal/consistency.json'

/** What the seal note binds, in this order; these files are not in the manifest, for they are made after it. */
export const SEALED = [MANIFEST, SEAL_ENTRY, SEAL_PROOF, SEAL_CONSISTENCY] as const
export type Sealed = (typeof SEALED)[number]

export function formatManifest(manifest: Manifest): Uint8Array {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1))
  return textToBytes(canonicalJson({ ...manifest, files } as unknown as Json))
}

export function parseManifest(json: Json): Result<Manifest> {
  return catchRefusal(() => {
    const members = openObject(json, '$', ['v', 'kind', 'id', 'at', 'from', 'files'])
    versionAt(members, '$')
    if (members.kind !== 'comity-bundle') malformed('$.kind', 'is not comity-bundle')
    const seen = new Set<string>()
    const files = openList(members.files, '$.files').map((one, at) => {
      const path = `$.files[${at}]`
      const file = openObject(one, path, ['path', 'size', 'sha256'])
      const name = textAt(file, 'path', path)
      if (!isSafePath(name)) malformed(`${path}.path`, 'is a name that a bundle may not hold')
      if (isOfSeal(name)) malformed(`${path}.path`, 'is a name that belongs to the seal')
      if (seen.has(pathKey(name))) malformed(`${path}.path`, 'stands in the manifest already')
      seen.add(pathKey(name))
      return { path: name, size: countAt(file, 'size', path), sha256: hashAt(file, 'sha256', path) }
    })
    const [id, from] = [textAt(members, 'id', '$'), textAt(members, 'from', '$')]
    return { v: 1, kind: 'comity-bundle', id, at: timeAt(members, 'at', '$'), from, files }
  })
}

export function isOfSeal(path: string): boolean {
  return path === SEAL_NOTE || SEALED.some((one) => pathKey(one) === pathKey(path))
}
