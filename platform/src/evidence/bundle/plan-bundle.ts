/**
 * What goes into a bundle for a court, the defence or an auditor, and under which name (docs/spec/bundle.md). A plan holds
 * the small files and says where the large ones come from; nothing is read or written here.
 *
 * Whoever plans has asked the policies for each item (`exportRecord`): what may not leave is not given to this function, and
 * leaves no trace in the bundle, not even a gap with a name.
 */
import { bytesToHex, canonicalJson, type Json, sha256, sha256Text } from '../../kernel/index.ts'
import type { CustodyEvent, Exhibit } from '../custody/exhibit.ts'
import { seizureRecord } from '../custody/exhibit-add.ts'
import type { ExhibitBody } from '../custody/in-case.ts'
import type { VaultObject } from '../vault/vault-ports.ts'

/** An entry of the journal as the node discloses it: `file` is journal/entries/INDEX.json, made by the journal. */
export type ShownEntry = {
  readonly index: string
  readonly event: string
  readonly at: string
  readonly actorId: string
  readonly actorRole: string
  readonly recordId: string
  readonly file: Json
}

export type BundleExhibit = {
  readonly exhibit: Exhibit
  readonly body: ExhibitBody
  readonly events: readonly CustodyEvent[]
  /** `null` where its bytes are not in the vault. */
  readonly object: VaultObject | null
}

export type BundleRequest = {
  readonly id: string
  readonly request: string
  readonly letter: Uint8Array
  /** Entries of approvals that count: those withdrawn or void are not given. */
  readonly approvals: readonly string[]
  readonly needed: number
}

export type BundleInput = {
  readonly id: string
  readonly exhibits: readonly BundleExhibit[]
  readonly requests: readonly BundleRequest[]
  /** Trace records, as canonical text, by id. */
  readonly traces: ReadonlyMap<string, string>
  /** Tokens of time-stamping authorities: for which file of the bundle, with the nonce of the request. */
  readonly timestamps: readonly { readonly of: string; readonly token: Uint8Array; readonly nonce: string | null }[]
  /** The signed tree under which the entries are proven. */
  readonly checkpoint: Uint8Array
  readonly entries: readonly ShownEntry[]
}

export type PlannedFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly object: VaultObject }

export type BundlePlan = {
  readonly id: string
  /** In order of their paths. */
  readonly files: readonly PlannedFile[]
  /** Exhibits that are described without bytes that could be checked, and why; for the covering letter. */
  readonly withoutBytes: readonly { readonly exhibit: string; readonly why: string }[]
}

export function planBundle(input: BundleInput): BundlePlan {
  const files: PlannedFile[] = [{ path: 'journal/checkpoint', bytes: input.checkpoint }]
  const withoutBytes: { exhibit: string; why: string }[] = []
  for (const { index, file } of input.entries) files.push(text(`journal/entries/${index}.json`, canonicalJson(file)))
  for (const one of input.exhibits) {
    const planned = exhibitFiles(one, input.entries)
    files.push(...planned.files)
    if (planned.why !== null) withoutBytes.push({ exhibit: one.exhibit.id, why: planned.why })
  }
  for (const one of input.requests) files.push(...requestFiles(one, input.entries))
  for (const [id, record] of input.traces) files.push(text(`traces/${id}.json`, record))
  for (const [at, { of, token, nonce }] of input.timestamps.entries()) {
    const name = `timestamps/${at + 1}`
    files.push({ path: `${name}.tsr`, bytes: token })
    files.push(text(`${name}.json`, canonicalJson({ v: 1, of, token: `${name}.tsr`, nonce })))
  }
  checkNames(files)
  return { id: input.id, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), withoutBytes }
}

function exhibitFiles({ exhibit, body, events, object }: BundleExhibit, entries: readonly ShownEntry[]) {
  const folder = `exhibits/${exhibit.id}`
  // The whole record with its salt: who is given it can recompute every digest of the chain of custody.
  const record = { exhibit, marking: body.marking, description: withoutMarking(body), events }
  const files: PlannedFile[] = [text(`${folder}/custody.json`, canonicalJson(plain(record)))]
  const custody = entries
    .filter(({ recordId, event }) => recordId === exhibit.id && isStep(event))
    .sort((a, b) => (BigInt(a.index) < BigInt(b.index) ? -1 : 1))
    .map(({ event, at, actorId, index }) => ({ event, at, by: actorId, entry: index }))
  const described = (file: string, size: number, sha512: string) =>
    text(
      `${folder}/exhibit.json`,
      canonicalJson({ v: 1, id: exhibit.id, title: body.title, file, size, sha256: exhibit.sha256, sha512, custody }),
    )
  if (object !== null && exhibit.sha512 !== null) {
    const file = `${folder}/original.bin`
    files.push({ path: file, object }, described(file, object.size, exhibit.sha512))
    return { files, why: null }
  }
  if (exhibit.hashOf === 'seizure-record') {
    const seized = text(`${folder}/seizure-record.json`, seizureRecord(exhibit, body))
    if (sha256Text(seizureRecord(exhibit, body)) !== exhibit.sha256)
      throw new Error(`the record of the seizure of ${exhibit.id} is not the one that was hashed`)
    files.push(seized)
    return {
      files,
      why: 'There is no image of it; the record of its seizure is here, and has the SHA-256 of the exhibit.',
    }
  }
  return { files, why: 'Its image lies outside the vault of the node.' }
}

/** The steps of custody in the journal: that it was put on record, and each act. */
function isStep(event: string): boolean {
  return event === 'exhibit.added' || event.startsWith('custody.')
}

function requestFiles(request: BundleRequest, entries: readonly ShownEntry[]): readonly PlannedFile[] {
  const folder = `requests/${request.id}`
  const approvals = entries
    .filter(({ recordId, event }) => recordId === request.id && event === 'approval.give')
    .filter(({ index }) => request.approvals.includes(index))
    .map(({ actorId, actorRole, at, index }) => ({ by: actorId, role: actorRole, at, entry: index }))
  const given = {
    request: sha256Text(request.request),
    letter: bytesToHex(sha256(request.letter)),
    needed: request.needed,
    approvals,
  }
  return [
    text(`${folder}/request.json`, request.request),
    { path: `${folder}/letter.pdf`, bytes: request.letter },
    text(`${folder}/approvals.json`, canonicalJson({ v: 1, id: request.id, ...given })),
  ]
}

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** Ids of ours make names that every system knows; another one is a fault, found before a byte is written. */
function checkNames(files: readonly PlannedFile[]): void {
  const seen = new Set<string>()
  for (const { path } of files) {
    const safe = path.split('/').every((part) => PART.test(part) && !part.endsWith('.'))
    if (!safe || seen.has(path.toLowerCase())) throw new Error(`no name for a file of a bundle: ${path}`)
    seen.add(path.toLowerCase())
  }
}

function text(path: string, content: string): { readonly path: string; readonly bytes: Uint8Array } {
  return { path, bytes: new TextEncoder().encode(content) }
}

function withoutMarking({ marking: _, ...rest }: ExhibitBody) {
  return rest
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
