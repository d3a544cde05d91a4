/**
 * A hand-out: what of a case goes to whom, in which formats. It is kept as a record of the case, whole and as released, so that
 * it can be said later exactly what left; the files are written from it and from nothing else. Pure.
 */
import {
  type Audience,
  type EvidencePackage,
  type FormatManifest,
  type FormatName,
  formatFiles,
  type Release,
  release,
} from '../../evidence/formats/index.ts'
import { canonicalJson, type Json, type Protected, sha256Text, utf8 } from '../../kernel/index.ts'

export type HandedItem = { readonly kind: string; readonly id: string }
/** The bytes of an exhibit that go with it. `object`: where they are in the vault. */
export type HandedBytes = {
  readonly exhibit: string
  readonly object: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}
export type HandedFile = { readonly path: string; readonly size: number; readonly sha256: string }

export type HandOutBody = Protected & {
  readonly at: string
  readonly audience: Audience
  readonly formats: readonly FormatName[]
  /** The order that opened the seal of the case for this audience. */
  readonly order: string | null
  readonly training: boolean
  readonly items: readonly HandedItem[]
  readonly bytes: readonly HandedBytes[]
  readonly files: readonly HandedFile[]
  /** What became of the fields of the items. */
  readonly manifest: FormatManifest
  /** As it was released. */
  readonly package: EvidencePackage
}

/** The release from which the files are written: of what was released, the same audience may have all of it. */
export function reopened({ package: pack, audience }: Pick<HandOutBody, 'package' | 'audience'>): Release {
  return release(pack, audience)
}

export type TextFile = { readonly path: string; readonly text: string }

export const CASE_MANIFEST = 'case-manifest.json'

/** Every file of text of a hand-out, in the order of formats, and what became of the fields of the case. */
export function textFiles(
  released: Release,
  { formats, manifest }: Pick<HandOutBody, 'formats' | 'manifest'>,
): readonly TextFile[] {
  return [
    ...formats.flatMap((format) => formatFiles(released, format)),
    { path: CASE_MANIFEST, text: canonicalJson(manifest as unknown as Json) },
  ]
}

export function handedFiles(files: readonly TextFile[]): readonly HandedFile[] {
  return files.map(({ path, text }) => ({ path, size: utf8(text).length, sha256: sha256Text(text) }))
}
