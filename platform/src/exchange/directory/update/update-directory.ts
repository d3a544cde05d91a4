/**
 * The update of the directory (TUF section 5): root by root, then timestamp, snapshot, targets, delegations and members.
 *
 * Each file is kept as soon as it has passed, so that a later failure does not undo what was learned, and an interrupted update
 * is taken up where it ended: what lies in the store is checked again before it is used. A new edition counts only when its last
 * line is written. One update at a time: two at once on one store could each put a head back behind the other's.
 */
import { canonicalJson, ok, type Refusal, type Result, refuse, Stop, stop, textToBytes } from '../../../kernel/index.ts'
import {
  type Document,
  type MetadataType,
  maxBytes,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '../format/metadata.ts'
import { memberFile, metadataFile } from '../format/names.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import { instantText } from '../format/read-fields.ts'
import type { SignatureCheck } from '../format/signatures.ts'
import { MAX_MEMBER_BYTES } from '../member/parse-member.ts'
import {
  acceptNextRoot,
  acceptSigned,
  expiredAt,
  hasVersion,
  matchesClaim,
  snapshotGoesBack,
  wentBack,
} from './accept.ts'
import { assembleEdition, type Edition, editionDigest, type Pieces, plainReading } from './edition.ts'
import { heads, keptName, LONGEST_TIMESTAMP, type TrustedFiles, type UpdatePorts } from './ports.ts'
import type { RoleFile } from './walk-delegations.ts'

/** A new version that this node has accepted. */
export type Accepted = { readonly name: string; readonly version: number | null; readonly sha256: string }

export type UpdateReport = {
  readonly accepted: readonly Accepted[]
  /** The edition that the update ended with; null where it ended early. */
  readonly edition: Edition | null
  /** Whether that edition was not known before. */
  readonly isNew: boolean
  /** Why the update ended early. What was accepted before stays. */
  readonly refusal: Refusal | null
}

/** Roots that are followed in one update; a source could offer them without an end. */
export const MAX_ROOTS = 256

/** Puts the founding root into an empty store: the one file that is trusted because people compared it. */
export async function trustRoot(
  files: TrustedFiles,
  bytes: Uint8Array,
  check: SignatureCheck,
): Promise<Result<Document<Root>>> {
  const parsed = parseMetadata('root', bytes)
  if (!parsed.ok) return parsed
  const root = acceptSigned('root', bytes, parsed.value.content, check)
  if (!root.ok) return root
  if ((await files.read(heads.root)) !== null) {
    // The same root again, or one that this node came through since, changes nothing.
    if ((await files.read(keptName(root.value.sha256))) !== null) return root
    return refuse('DIRECTORY_ROOT_OTHER', 'This node follows a directory already.', {
      place: heads.root,
      fix: 'Use a store of its own for each directory.',
    })
  }
  await files.write(keptName(root.value.sha256), bytes)
  await files.write(heads.root, bytes)
  return root
}

export async function updateDirectory(ports: UpdatePorts): Promise<UpdateReport> {
  const accepted: Accepted[] = []
  try {
    const root = await updateRoot(ports, accepted)
    stopAt(expiredAt(root.content, ports.now, 'root'))
    const timestamp = await updateTimestamp(ports, root.content, accepted)
    const snapshot = await updateSnapshot(ports, root.content, timestamp.content, accepted)
    const targets = await updateTargets(ports, root.content, snapshot.content, accepted)
    const { edition, isNew } = await updateEdition(ports, { root, snapshot, targets }, accepted)
    return { accepted, edition, isNew, refusal: null }
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    return { accepted, edition: null, isNew: false, refusal: thrown.refusal }
  }
}

async function updateRoot(ports: UpdatePorts, accepted: Accepted[]): Promise<Document<Root>> {
  const { files, source, check } = ports
  const bytes = await files.read(heads.root)
  if (bytes === null)
    return stop('DIRECTORY_ROOT_UNKNOWN', 'This node has no root of the directory to start from.', {
      place: heads.root,
      fix: 'Bring the founding root to the node, compared by its SHA-256 with somebody who was there.',
    })
  let root = orStopAt(parseMetadata('root', bytes))
  root = orStopAt(acceptSigned('root', bytes, root.content, check))
  for (let steps = 0; steps < MAX_ROOTS; steps++) {
    const name = metadataFile('root', root.content.version + 1)
    const next = await source.fetch(name, maxBytes.root)
    if (next === null) break
    root = orStopAt(acceptNextRoot(next, root.content, check))
    await keep(files, heads.root, root, accepted, 'root')
  }
  return root
}

async function updateTimestamp(ports: UpdatePorts, root: Root, accepted: Accepted[]): Promise<Document<Timestamp>> {
  const { files, source, check, now, longestTimestamp = LONGEST_TIMESTAMP } = ports
  const local = await localHead(files, 'timestamp', root, check)
  const bytes = await source.fetch(heads.timestamp, maxBytes.timestamp)
  const fetched = orStopAt(acceptSigned('timestamp', present(bytes, heads.timestamp), root, check))
  if (local !== null) {
    const before = local.content
    const after = fetched.content
    if (after.version < before.version)
      stopAt(wentBack('timestamp', `Version ${after.version} of timestamp comes after ${before.version}`))
    // The same version again: the one that was accepted stays, whatever this one says.
    if (after.version === before.version) {
      stopAt(expiredAt(before, now, 'timestamp'))
      return local
    }
    if (after.snapshot.version < before.snapshot.version)
      stopAt(
        wentBack(
          'snapshot',
          `The new timestamp names version ${after.snapshot.version} of snapshot, after ${before.snapshot.version}`,
        ),
      )
  }
  stopAt(expiredAt(fetched.content, now, 'timestamp'))
  if (fetched.content.expires - now > longestTimestamp)
    stop('DIRECTORY_LASTS_LONG', `The timestamp would last until ${instantText(fetched.content.expires)}.`, {
      place: 'timestamp',
      fix: 'Tell the keepers of the directory: a timestamp lasts an hour or so, and never more than a week.',
    })
  await keep(files, heads.timestamp, fetched, accepted, 'timestamp')
  return fetched
}

async function updateSnapshot(
  ports: UpdatePorts,
  root: Root,
  timestamp: Timestamp,
  accepted: Accepted[],
): Promise<Document<Snapshot>> {
  const { files, source, check, now } = ports
  const claim = timestamp.snapshot
  const local = await localHead(files, 'snapshot', root, check)
  if (
    local !== null &&
    matchesClaim(local.bytes, claim, 'snapshot') === null &&
    local.content.version === claim.version
  ) {
    stopAt(expiredAt(local.content, now, 'snapshot'))
    return local
  }
  const name = metadataFile('snapshot', claim.version)
  const bytes = present(await source.fetch(name, Math.min(claim.length, maxBytes.snapshot)), name)
  stopAt(matchesClaim(bytes, claim, name))
  const fetched = orStopAt(acceptSigned('snapshot', bytes, root, check))
  orStopAt(hasVersion(fetched, claim.version, 'snapshot'))
  if (local !== null) stopAt(snapshotGoesBack(local.content, fetched.content))
  stopAt(expiredAt(fetched.content, now, 'snapshot'))
  await keep(files, heads.snapshot, fetched, accepted, 'snapshot')
  return fetched
}

async function updateTargets(
  ports: UpdatePorts,
  root: Root,
  snapshot: Snapshot,
  accepted: Accepted[],
): Promise<Document<Targets>> {
  const accept = (bytes: Uint8Array) => acceptSigned('targets', bytes, root, ports.check)
  return orStopAt(await claimedRole(ports, 'targets', snapshot, accept, accepted))
}

/** A role that the snapshot names: from what is kept, else from the source. An expired one is not accepted anew. */
async function claimedRole(
  { files, source, now }: UpdatePorts,
  role: string,
  snapshot: Snapshot,
  accept: (bytes: Uint8Array) => RoleFile,
  accepted: Accepted[],
): Promise<RoleFile> {
  const claim = snapshot.meta.get(role)
  if (claim === undefined) return absent(`${role}.json`)
  const kept = await files.read(keptName(claim.sha256))
  if (kept !== null && matchesClaim(kept, claim, role) === null) {
    const file = accept(kept)
    if (!file.ok) return file
    const late = role === 'targets' ? expiredAt(file.value.content, now, role) : null
    return late ? { ok: false, refusal: late } : file
  }
  const name = metadataFile(role, claim.version)
  const bytes = await source.fetch(name, Math.min(claim.length, maxBytes.targets))
  if (bytes === null) return absent(name)
  const other = matchesClaim(bytes, claim, name)
  if (other) return { ok: false, refusal: other }
  const signed = accept(bytes)
  const file = signed.ok ? hasVersion<'targets'>(signed.value, claim.version, role) : signed
  if (!file.ok) return file
  const late = expiredAt(file.value.content, now, role)
  if (late) return { ok: false, refusal: late }
  await files.write(keptName(claim.sha256), bytes)
  accepted.push({ name: role, version: claim.version, sha256: claim.sha256 })
  return file
}

async function updateEdition(
  ports: UpdatePorts,
  { root, snapshot, targets }: Pick<Edition, 'root' | 'snapshot' | 'targets'>,
  accepted: Accepted[],
): Promise<{ edition: Edition; isNew: boolean }> {
  const { files, source, check, now } = ports
  const digest = editionDigest(root.sha256, snapshot.sha256)
  const lines = await files.list('editions')
  const last = lines.at(-1)
  const known = last?.endsWith(`-${digest}.json`) === true
  const seen = known ? ((await readLine(files, last))?.seen ?? now) : now
  const pieces: Pieces = {
    role: (name, accept) => claimedRole(ports, name, snapshot.content, accept, accepted),
    member: async ({ agency, length, sha256 }) => {
      const kept = await files.read(keptName(sha256))
      const claim = { length, sha256 }
      if (kept !== null && matchesClaim(kept, claim, agency) === null) return ok(kept)
      const name = memberFile(agency, sha256)
      const bytes = await source.fetch(name, Math.min(length, MAX_MEMBER_BYTES))
      if (bytes === null) return absent(name)
      const other = matchesClaim(bytes, claim, name)
      if (other) return { ok: false, refusal: other }
      await files.write(keptName(sha256), bytes)
      accepted.push({ name: `members/${agency}`, version: null, sha256 })
      return ok(bytes)
    },
  }
  const edition = await assembleEdition({ root, snapshot, targets, seen }, pieces, plainReading(check), check)
  if (!known) {
    const number = Number(last?.slice('editions/'.length).split('-')[0] ?? 0) + 1
    const line = { v: 1, digest, seen: instantText(now), root: root.sha256, snapshot: snapshot.sha256 }
    await files.write(`editions/${String(number).padStart(8, '0')}-${digest}.json`, textToBytes(canonicalJson(line)))
  }
  return { edition, isNew: !known }
}

/** The line of an edition in the store; null where it is damaged. */
export async function readLine(
  files: TrustedFiles,
  name: string,
): Promise<{ digest: string; seen: number; root: string; snapshot: string } | null> {
  const bytes = await files.read(name)
  if (bytes === null) return null
  try {
    const { digest, seen, root, snapshot } = JSON.parse(String.fromCharCode(...bytes)) as Record<string, string>
    const at = Date.parse(seen ?? '')
    if (!digest || !root || !snapshot || Number.isNaN(at)) return null
    return { digest, seen: at, root, snapshot }
  } catch {
    return null
  }
}

/** A head of the store, as long as it is signed by the keys that the root names now: a key that was replaced vouches for nothing. */
export async function localHead<T extends 'timestamp' | 'snapshot'>(
  files: TrustedFiles,
  type: T,
  root: Root,
  check: SignatureCheck,
) {
  const bytes = await files.read(heads[type])
  if (bytes === null) return null
  const file = acceptSigned(type, bytes, root, check)
  return file.ok ? file.value : null
}

async function keep(
  files: TrustedFiles,
  head: string,
  file: Document,
  accepted: Accepted[],
  name: MetadataType,
): Promise<void> {
  // What editions are made of is kept by hash; a timestamp is of no edition and only its newest is kept.
  if (name !== 'timestamp') await files.write(keptName(file.sha256), file.bytes)
  await files.write(head, file.bytes)
  accepted.push({ name, version: file.content.version, sha256: file.sha256 })
}

function absent(name: string): { ok: false; refusal: Refusal } {
  return refuse('DIRECTORY_ABSENT', `${name} is not there.`, { place: name, fix: 'Fetch from another place.' })
}

function present(bytes: Uint8Array | null, name: string): Uint8Array {
  return bytes ?? stopAt(absent(name).refusal)
}

function stopAt(refusal: Refusal): never
function stopAt(refusal: Refusal | null): void
function stopAt(refusal: Refusal | null): void {
  if (refusal) throw new Stop(refusal)
}

function orStopAt<T>(result: Result<T>): T {
  return result.ok ? result.value : stopAt(result.refusal)
}
