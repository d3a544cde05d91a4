/**
 * The folder in which the directory is kept and published, as a value: paths and bytes.
 *
 * What is published lies at the top, as nodes fetch it. `drafts/` holds what waits for signatures: `3.root.json`, beside it
 * `3.root.json.signatures/<keyid>.json`, and new files of members in `drafts/members/`. A rule answers with the files to write;
 * but for timestamp.json and a draft that nobody has signed, none of them exists already.
 */
import { canonicalJson, type Json, type Refusal, textToBytes } from '../../../kernel/index.ts'
import type { Document, FileSignature, Metadata, Root, Targets } from '../format/metadata.ts'
import { isTopRole, metadataFile } from '../format/names.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import type { Write } from './json-forms.ts'

export type Files = ReadonlyMap<string, Uint8Array>

export type Draft = {
  readonly role: string
  readonly version: number
  readonly path: string
  readonly document: Document
  readonly signatures: readonly FileSignature[]
}

export type Held = {
  readonly role: string
  readonly version: number
  readonly document: Document
  readonly draft: Draft | null
}

const VERSIONED = /^([1-9][0-9]{0,14})\.([a-z0-9.-]+)\.json$/

/** What a role said last: its draft where there is one and drafts count, else what is published. */
export function newestOf(files: Files, role: string, withDrafts: boolean): Held | null {
  const draft = withDrafts ? draftOf(files, role) : null
  if (draft) return { role, version: draft.version, document: draft.document, draft }
  return publishedOf(files, role)
}

export function publishedOf(files: Files, role: string): Held | null {
  const version = role === 'timestamp' ? 0 : Math.max(0, ...versionsOf(files, '', role))
  const bytes = files.get(metadataFile(role, version))
  const read = bytes === undefined ? null : parseMetadata(typeOf(role), bytes)
  return read?.ok ? { role, version: read.value.content.version, document: read.value, draft: null } : null
}

/** The draft that comes after what is published; null where there is none. */
export function draftOf(files: Files, role: string): Draft | null {
  const published = publishedOf(files, role)?.version ?? 0
  const version = Math.min(...versionsOf(files, 'drafts/', role).filter((one) => one > published))
  const path = `drafts/${role === 'timestamp' ? `${version}.timestamp.json` : metadataFile(role, version)}`
  const bytes = files.get(path)
  const read = bytes === undefined ? null : parseMetadata(typeOf(role), bytes)
  if (!read?.ok) return null
  return { role, version, path, document: read.value, signatures: signaturesBeside(files, path) }
}

export function draftsOf(files: Files): readonly Draft[] {
  const roles = new Set<string>()
  for (const path of files.keys()) {
    const [, , name] = path.startsWith('drafts/') ? (VERSIONED.exec(path.slice('drafts/'.length)) ?? []) : []
    if (name !== undefined) roles.add(name.replaceAll('.', '/'))
  }
  return [...roles].sort().flatMap((role) => draftOf(files, role) ?? [])
}

/** Published roles other than root, snapshot and timestamp, by name. */
export function publishedRoles(files: Files): readonly string[] {
  const roles = new Set<string>()
  for (const path of files.keys()) {
    const [, , name] = VERSIONED.exec(path) ?? []
    if (name !== undefined && name !== 'root' && name !== 'snapshot') roles.add(name.replaceAll('.', '/'))
  }
  return [...roles].sort()
}

function versionsOf(files: Files, folder: string, role: string): number[] {
  const name = role.replaceAll('/', '.')
  return [...files.keys()].flatMap((path) => {
    const [, version, other] = path.startsWith(folder) ? (VERSIONED.exec(path.slice(folder.length)) ?? []) : []
    return other === name ? [Number(version)] : []
  })
}

export function typeOf(role: string): Metadata['type'] {
  return isTopRole(role) ? role : 'targets'
}

export function rootOf(held: Held | null): Document<Root> | null {
  return held?.document.content.type === 'root' ? (held.document as Document<Root>) : null
}

export function targetsOf(held: Held | null): Document<Targets> | null {
  return held?.document.content.type === 'targets' ? (held.document as Document<Targets>) : null
}

/** The signature file: what was signed by hash, so that it is of use to nothing else. */
export function formatSignatureFile(draft: string, signedSha256: string, { keyid, sig }: FileSignature): Uint8Array {
  return textToBytes(
    `${canonicalJson({ v: 1, type: 'comity-directory-signature', draft, sha256: signedSha256, keyid, sig })}\n`,
  )
}

export type SignatureFile = FileSignature & { readonly draft: string; readonly sha256: string }

/** Null where it is no signature file. */
export function parseSignatureFile(bytes: Uint8Array): SignatureFile | null {
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(String.fromCharCode(...bytes.subarray(0, 4096))) as Record<string, unknown>
  } catch {
    return null
  }
  const { v, type, draft, sha256, keyid, sig } = fields ?? {}
  const hex = (value: unknown, length: number): value is string =>
    typeof value === 'string' && value.length === length && /^[0-9a-f]*$/.test(value)
  if (v !== 1 || type !== 'comity-directory-signature' || typeof draft !== 'string') return null
  return hex(sha256, 64) && hex(keyid, 64) && hex(sig, 128) ? { draft, sha256, keyid, sig } : null
}

function signaturesBeside(files: Files, path: string): readonly FileSignature[] {
  const folder = `${path}.signatures/`
  return [...files.keys()]
    .filter((name) => name.startsWith(folder))
    .sort()
    .flatMap((name) => {
      const file = parseSignatureFile(files.get(name) ?? new Uint8Array())
      return file && name === `${folder}${file.keyid}.json` ? [{ keyid: file.keyid, sig: file.sig }] : []
    })
}

/** The draft of a role as a file without signatures. */
export function draftFile(role: string, version: number, signed: Json, replaces: boolean): Write {
  const name = role === 'timestamp' ? `${version}.timestamp.json` : metadataFile(role, version)
  return { path: `drafts/${name}`, bytes: textToBytes(canonicalJson({ signatures: [], signed })), replaces }
}

export function draftIsSigned({ path }: Draft): Refusal {
  return {
    code: 'DIRECTORY_DRAFT_SIGNED',
    message: 'The draft that waits for this role has signatures already, and what is signed is not changed.',
    place: path,
    fix: 'Publish it first; or move it and its signatures away, and draft again.',
  }
}
