/**
 * The files of the directory, in the form of The Update Framework (TUF, version 1.0): root, timestamp, snapshot, targets and
 * the roles that targets delegate to.
 *
 * Narrower than TUF where a second reading would be possible: canonical JSON and nothing else, keys named by their hash,
 * lengths and SHA-256 always given, names that need no quoting. Members that nobody knows are kept and are signed over, as
 * section 4 of the specification of TUF asks.
 */
import type { Json } from '../../../kernel/index.ts'
import type { DirectoryKeys } from './keys.ts'
import type { TopRole } from './names.ts'

/** Which keys sign for a role, and how many of them must. */
export type RoleKeys = { readonly keyids: readonly string[]; readonly threshold: number }

/** What one file says of another one. */
export type FileClaim = { readonly version: number; readonly length: number; readonly sha256: string }

type Common = {
  readonly version: number
  /** Milliseconds since 1970; from then on the file is expired. */
  readonly expires: number
}

export type Root = Common & {
  readonly type: 'root'
  readonly keys: DirectoryKeys
  readonly roles: Readonly<Record<TopRole, RoleKeys>>
}

export type Timestamp = Common & { readonly type: 'timestamp'; readonly snapshot: FileClaim }

/** Claims by role: `targets`, `countries/nl`. */
export type Snapshot = Common & { readonly type: 'snapshot'; readonly meta: ReadonlyMap<string, FileClaim> }

export type MemberClaim = { readonly agency: string; readonly length: number; readonly sha256: string }

export type Delegation = RoleKeys & {
  readonly name: string
  readonly terminating: boolean
  readonly paths: readonly string[]
}

/** The role targets, or one that is delegated to: who is a member, and who else may say so. */
export type Targets = Common & {
  readonly type: 'targets'
  /** By path, as `members/nl-om.json`. */
  readonly members: ReadonlyMap<string, MemberClaim>
  readonly keys: DirectoryKeys
  readonly delegations: readonly Delegation[]
}

export type Metadata = Root | Timestamp | Snapshot | Targets
export type MetadataType = Metadata['type']
export type MetadataOf<T extends MetadataType> = Extract<Metadata, { type: T }>

export type FileSignature = { readonly keyid: string; readonly sig: string }

/** A file that was read; nothing is said yet about whether its signatures are right. */
export type Document<M extends Metadata = Metadata> = {
  readonly content: M
  /** What is signed, as JSON: canonical text of it is the signed message. */
  readonly signed: Json
  readonly signatures: readonly FileSignature[]
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * The most bytes that are fetched of a file, before anything is known of it. Timestamp: one claim. Root: 256 keys. Snapshot and
 * targets: some thousands of roles and members.
 */
export const maxBytes: Readonly<Record<MetadataType, number>> = {
  root: 256 * 1024,
  timestamp: 16 * 1024,
  snapshot: 512 * 1024,
  targets: 4 * 1024 * 1024,
}

export const MAX_SIGNATURES = 64

/** Members that one role may list: each costs whoever reads the directory a fetch and a file. */
export const MAX_LISTED = 4096
