/** What this node trusts, read from its store; the hashes and signatures are checked again. */
import { ok, refuse } from '../../../kernel/index.ts'
import type { Document, Root, Timestamp } from '../format/metadata.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import type { SignatureCheck } from '../format/signatures.ts'
import { acceptSigned, matchesClaim } from './accept.ts'
import { assembleEdition, type Edition, type Pieces, plainReading, type Reading } from './edition.ts'
import { heads, keptName, type TrustedFiles } from './ports.ts'
import { localHead, readLine } from './update-directory.ts'

export type Trusted = {
  /** The newest root; null where none was ever trusted. */
  readonly root: Document<Root> | null
  readonly timestamp: Document<Timestamp> | null
  /** Oldest first; the last one is in force. */
  readonly editions: readonly Edition[]
}

/** `most` editions at the end of the history; all of them where a signature of long ago is to be checked. */
export async function loadTrusted(
  files: TrustedFiles,
  check: SignatureCheck,
  most = Number.POSITIVE_INFINITY,
): Promise<Trusted> {
  const bytes = await files.read(heads.root)
  const parsed = bytes === null ? null : parseMetadata('root', bytes)
  const root = parsed?.ok ? acceptSigned('root', parsed.value.bytes, parsed.value.content, check) : null
  if (!root?.ok) return { root: null, timestamp: null, editions: [] }
  const timestamp = await localHead(files, 'timestamp', root.value.content, check)
  const lines = await files.list('editions')
  const { once, reading } = readingOnce(files, check)
  const editions: Edition[] = []
  for (const name of lines.slice(-Math.min(most, lines.length))) {
    const edition = await loadEdition(once, reading, name, check)
    if (edition !== null) editions.push(edition)
  }
  return { root: root.value, timestamp, editions }
}

/** Null where a file that it is made of is missing or damaged; such an edition vouches for nothing. */
async function loadEdition(
  files: TrustedFiles,
  reading: Reading,
  name: string,
  check: SignatureCheck,
): Promise<Edition | null> {
  const line = await readLine(files, name)
  if (line === null) return null
  const rootBytes = await files.read(keptName(line.root))
  const root = rootBytes === null ? null : parseMetadata('root', rootBytes)
  if (!root?.ok || root.value.sha256 !== line.root) return null
  const snapshotBytes = await files.read(keptName(line.snapshot))
  const snapshot = snapshotBytes === null ? null : acceptSigned('snapshot', snapshotBytes, root.value.content, check)
  if (!snapshot?.ok || snapshot.value.sha256 !== line.snapshot) return null
  const claim = snapshot.value.content.meta.get('targets')
  const targetsBytes = claim === undefined ? null : await files.read(keptName(claim.sha256))
  const targets = targetsBytes === null ? null : acceptSigned('targets', targetsBytes, root.value.content, check)
  if (!targets?.ok || targets.value.sha256 !== claim?.sha256) return null
  const read = async (what: string, sha256: string | undefined, length: number | undefined) => {
    const kept = sha256 === undefined ? null : await files.read(keptName(sha256))
    if (kept === null || matchesClaim(kept, { sha256: sha256 ?? '', length: length ?? 0 }, what) !== null)
      return refuse('DIRECTORY_ABSENT', `${what} was never fetched, or its file is damaged.`, {
        place: what,
        fix: 'Update the directory.',
      })
    return ok(kept)
  }
  const pieces: Pieces = {
    role: async (role, accept) => {
      const meta = snapshot.value.content.meta.get(role)
      const kept = await read(role, meta?.sha256, meta?.length)
      return kept.ok ? accept(kept.value) : kept
    },
    member: ({ agency, sha256, length }) => read(agency, sha256, length),
  }
  const frame = { root: root.value, snapshot: snapshot.value, targets: targets.value, seen: line.seen }
  return assembleEdition(frame, pieces, reading, check)
}

/** Each kept file is read once, and once made a role or a member: editions differ in little. */
function readingOnce(files: TrustedFiles, check: SignatureCheck): { once: TrustedFiles; reading: Reading } {
  const kept = new Map<string, Promise<Uint8Array | null>>()
  const plain = plainReading(check)
  const roles = new Map<Uint8Array, ReturnType<Reading['role']>>()
  const members = new Map<Uint8Array, ReturnType<Reading['member']>>()
  const remembered = <T>(known: Map<Uint8Array, T>, bytes: Uint8Array, read: (bytes: Uint8Array) => T): T => {
    const value = known.get(bytes) ?? read(bytes)
    known.set(bytes, value)
    return value
  }
  return {
    once: {
      ...files,
      read: (name) => {
        const known = kept.get(name) ?? files.read(name)
        if (name.startsWith('kept/')) kept.set(name, known)
        return known
      },
    },
    reading: {
      role: (bytes) => remembered(roles, bytes, plain.role),
      member: (bytes) => remembered(members, bytes, plain.member),
    },
  }
}
