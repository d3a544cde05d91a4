/**
 * Publishing: drafts that have all their signatures become files that nodes fetch; a snapshot and a timestamp then name them.
 *
 * Before anything is written, the folder as it would be is read from its first root on, as a node would. What a node would refuse
 * is not published. The timestamp is written last: until then no node sees anything of it.
 */
import {
  bytesToHex,
  canonicalJson,
  catchRefusal,
  type Json,
  type Refusal,
  type Result,
  sha256,
  stop,
} from '../../../kernel/index.ts'
import type { FileSignature } from '../format/metadata.ts'
import { metadataFile } from '../format/names.ts'
import { formatMetadata } from '../format/parse-metadata.ts'
import { checkThreshold, type SignatureCheck, signedMessage } from '../format/signatures.ts'
import { loadTrusted } from '../update/load-trusted.ts'
import type { TrustedFiles } from '../update/ports.ts'
import { trustRoot, type UpdateReport, updateDirectory } from '../update/update-directory.ts'
import { DAY, lastingDays } from './draft-roles.ts'
import { type Draft, draftsOf, type Files, type Held, publishedOf, publishedRoles, rootOf } from './folder.ts'
import { commonJson, type SnapshotJson, type Write } from './json-forms.ts'
import { draftStatus, keepersOf } from './status.ts'

/** A secret key at hand. */
export type Signer = { readonly keyid: string; sign(message: Uint8Array): Uint8Array }

export type Publication = {
  readonly writes: readonly Write[]
  /** Files that become visible, in order. */
  readonly published: readonly string[]
  /** Drafts that still wait. */
  readonly waiting: readonly Draft[]
}

export type PublishOptions = {
  readonly now: number
  readonly check: SignatureCheck
  readonly signers: readonly Signer[]
  /** A new snapshot also where nothing else is new. */
  readonly renew: boolean
  readonly timestampHours: number
}

export async function planPublication(files: Files, options: PublishOptions): Promise<Result<Publication>> {
  const planned = catchRefusal(() => plan(files, options))
  if (!planned.ok || planned.value.published.length === 0) return planned
  // A founding root alone can be published before there is a snapshot; a directory that nodes read must be whole.
  if (!planned.value.published.includes('timestamp.json')) return planned
  const report = await readAsNode(withWrites(files, planned.value.writes), options.now, options.check)
  const wrong = report.refusal ?? [...(report.edition?.defects.values() ?? [])][0]
  return wrong ? { ok: false, refusal: { ...wrong, message: `Nodes would refuse this: ${wrong.message}` } } : planned
}

function plan(files: Files, options: PublishOptions): Publication {
  const now = new Map(files)
  const writes: Write[] = []
  const put = (path: string, bytes: Uint8Array, replaces = false) => {
    writes.push({ path, bytes, replaces })
    now.set(path, bytes)
  }
  publishDrafts(now, options.check, put)
  const waiting = draftsOf(now)
  if (publishedOf(now, 'root') === null || publishedOf(now, 'targets') === null)
    return { writes, published: writes.map(({ path }) => path), waiting }
  const snapshot = nextSnapshot(now, options)
  if (snapshot) put(metadataFile('snapshot', snapshot.version), snapshot.bytes)
  if (writes.length > 0 || !timestampNamesNewest(now, options.check)) {
    const timestamp = nextTimestamp(now, options)
    put('timestamp.json', timestamp, true)
  }
  return { writes, published: writes.map(({ path }) => path), waiting }
}

/** Roots first, in order; then whatever their keepers have signed in full, until nothing more moves. */
function publishDrafts(
  now: Map<string, Uint8Array>,
  check: SignatureCheck,
  put: (path: string, bytes: Uint8Array) => void,
): void {
  for (let moved = true; moved; ) {
    moved = false
    for (const draft of draftsOf(now)) {
      const before = publishedOf(now, draft.role)?.version ?? 0
      if (draft.version !== before + 1 || !isSignedByPublished(now, draft, check)) continue
      for (const [path, bytes] of membersOf(now, draft)) put(path, bytes)
      put(
        metadataFile(draft.role, draft.version),
        formatMetadata(draft.document.signed, rightSignatures(now, draft, check)),
      )
      moved = true
    }
  }
}

/** By those whom published files name: a draft of a root does not make its keepers keepers yet. */
function isSignedByPublished(files: Files, draft: Draft, check: SignatureCheck): boolean {
  if (draft.role === 'root') return draftStatus(files, draft, check).complete
  const keepers = keepersOf(files, draft.role, false)
  const document = { ...draft.document, signatures: draft.signatures }
  return keepers !== null && checkThreshold(document, keepers.keys, keepers.role, draft.role, check).ok
}

function rightSignatures(files: Files, draft: Draft, check: SignatureCheck): readonly FileSignature[] {
  const signers = new Set(draftStatus(files, draft, check).needs.flatMap(({ signed }) => signed))
  return draft.signatures.filter(({ keyid }) => signers.has(keyid))
}

/** The new files of members that a draft lists. */
function membersOf(files: Files, { document }: Draft): [string, Uint8Array][] {
  if (document.content.type !== 'targets') return []
  return [...document.content.members.values()].flatMap(({ agency, sha256: hash }) => {
    const name = `members/${hash}.${agency}.json`
    const bytes = files.get(`drafts/${name}`)
    return bytes === undefined || files.has(name) ? [] : [[name, bytes] as [string, Uint8Array]]
  })
}

function nextSnapshot(files: Files, options: PublishOptions): { version: number; bytes: Uint8Array } | null {
  const before = publishedOf(files, 'snapshot')
  const meta: SnapshotJson['meta'] = {}
  for (const role of publishedRoles(files)) {
    const held = publishedOf(files, role)
    const reached = role === 'targets' || keepersOf(files, role, false) !== null
    const was = before?.document.content.type === 'snapshot' ? before.document.content.meta.get(role) : undefined
    // What a snapshot has named once it names for ever; what nobody delegates to yet waits.
    if (held && (reached || was)) meta[`${role}.json`] = claimOf(held)
  }
  const same = before && canonicalJson((before.document.signed as unknown as SnapshotJson).meta) === canonicalJson(meta)
  const signedNow = before !== null && rootAccepts(files, 'snapshot', before, options.check)
  if (same && signedNow && !options.renew) return null
  const version = (before?.version ?? 0) + 1
  const signed = { ...commonJson('snapshot', version, options.now + lastingDays.snapshot * DAY), meta }
  return { version, bytes: signBy(files, 'snapshot', signed as Json, options) }
}

/** A timestamp by itself: what `comity directory timestamp` writes. */
export function nextTimestamp(
  files: Files,
  options: Pick<PublishOptions, 'now' | 'signers' | 'timestampHours' | 'check'>,
): Uint8Array {
  const snapshot = publishedOf(files, 'snapshot')
  if (snapshot === null)
    return stop('DIRECTORY_NOT_PUBLISHED', 'There is no snapshot yet that a timestamp could name.', {
      fix: 'Publish first: `comity directory publish`.',
    })
  const before = publishedOf(files, 'timestamp')
  const expires = options.now + options.timestampHours * 3_600_000
  const common = commonJson('timestamp', (before?.version ?? 0) + 1, expires)
  const signed = { ...common, meta: { 'snapshot.json': claimOf(snapshot) } }
  return signBy(files, 'timestamp', signed as Json, options)
}

function claimOf({ version, document }: Held) {
  return { version, length: document.bytes.length, hashes: { sha256: bytesToHex(sha256(document.bytes)) } }
}

/** Not so after a publication that was interrupted before its last file. */
function timestampNamesNewest(files: Files, check: SignatureCheck): boolean {
  const timestamp = publishedOf(files, 'timestamp')
  const content = timestamp?.document.content
  const snapshot = publishedOf(files, 'snapshot')
  if (!timestamp || content?.type !== 'timestamp' || !snapshot) return false
  return content.snapshot.sha256 === snapshot.document.sha256 && rootAccepts(files, 'timestamp', timestamp, check)
}

function rootAccepts(files: Files, role: 'snapshot' | 'timestamp', held: Held, check: SignatureCheck): boolean {
  const root = rootOf(publishedOf(files, 'root'))
  return root !== null && checkThreshold(held.document, root.content.keys, root.content.roles[role], role, check).ok
}

/** Signed by the keys at hand that the published root names for the role; refused where they are too few. */
function signBy(
  files: Files,
  role: 'snapshot' | 'timestamp',
  signed: Json,
  { signers }: Pick<PublishOptions, 'signers'>,
): Uint8Array {
  const keepers = keepersOf(files, role, false)
  const mine = signers.filter(({ keyid }) => keepers?.role.keyids.includes(keyid))
  const threshold = keepers?.role.threshold ?? 1
  if (mine.length < threshold)
    stop('DIRECTORY_KEY_MISSING', `A new ${role} is needed; of its keys ${mine.length} of ${threshold} are at hand.`, {
      place: role,
      fix: `Give the secret keys of ${role} with --key, once for each.`,
    })
  const message = signedMessage(signed)
  return formatMetadata(
    signed,
    mine.map((signer) => ({ keyid: signer.keyid, sig: bytesToHex(signer.sign(message)) })),
  )
}

/** The folder read as a node reads it that starts from a root, by default the first. */
export async function readAsNode(
  files: Files,
  now: number,
  check: SignatureCheck,
  root?: Uint8Array,
): Promise<UpdateReport> {
  const kept = new Map<string, Uint8Array>()
  const trusted: TrustedFiles = {
    read: async (name) => kept.get(name) ?? null,
    write: async (name, bytes) => {
      kept.set(name, bytes)
    },
    list: async (part) => [...kept.keys()].filter((name) => name.startsWith(`${part}/`)).sort(),
  }
  const none = (refusal: Refusal): UpdateReport => ({ accepted: [], edition: null, isNew: false, refusal })
  const first = root ?? files.get('1.root.json')
  if (first === undefined)
    return none({ code: 'DIRECTORY_ABSENT', message: '1.root.json is not there.', place: '1.root.json' })
  const started = await trustRoot(trusted, first, check)
  if (!started.ok) return none(started.refusal)
  const source = { fetch: async (name: string) => files.get(name) ?? null }
  const report = await updateDirectory({ source, files: trusted, check, now })
  // What was accepted must also be what a node finds in its store when it starts again.
  if (report.refusal === null && (await loadTrusted(trusted, check)).editions.length === 0)
    return none({ code: 'DIRECTORY_MALFORMED', message: 'The directory that was read cannot be read again.' })
  return report
}

export function withWrites(files: Files, writes: readonly Write[]): Files {
  return new Map([...files, ...writes.map(({ path, bytes }) => [path, bytes] as const)])
}

/** A member's file or a role, for people: what stands there before and after. */
export function signedBefore(files: Files, { role }: Draft): Json | null {
  return publishedOf(files, role)?.document.signed ?? null
}
