/**
 * Editions: what the directory said as a whole, at one time.
 *
 * A root and a snapshot pin everything else by hash, so that an edition is named by the SHA-256 of those two hashes: two nodes
 * that hold one digest hold one directory. Every edition stays, so that what a key signed while it was valid can be checked later.
 */
import { canonicalJson, ok, type Refusal, type Result, refuse, sha256Text } from '../../../kernel/index.ts'
import type { Document, MemberClaim, Root, Snapshot, Targets } from '../format/metadata.ts'
import { memberPath } from '../format/names.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import type { SignatureCheck } from '../format/signatures.ts'
import { type Member, parseMember, provenKeyIdsOf } from '../member/parse-member.ts'
import {
  type Delegations,
  type Found,
  findMember,
  MAX_ROLES,
  mayDelegate,
  openDelegated,
  type RoleFile,
} from './walk-delegations.ts'

export type ListedMember = {
  readonly member: Member
  /** The role that lists it. */
  readonly role: string
  readonly sha256: string
  /** Milliseconds; when the first of the roles that answer for it expires (targets and the delegations down to it). */
  readonly expires: number
}

export type Edition = Delegations & {
  readonly digest: string
  /** Milliseconds: when this node first held it whole. */
  readonly seen: number
  readonly root: Document<Root>
  readonly snapshot: Document<Snapshot>
  /** By agency. */
  readonly members: ReadonlyMap<string, ListedMember>
  /** What is listed and cannot be used, by role or agency. */
  readonly defects: ReadonlyMap<string, Refusal>
}

export function editionDigest(rootSha256: string, snapshotSha256: string): string {
  return sha256Text(canonicalJson({ v: 1, root: rootSha256, snapshot: snapshotSha256 }))
}

/** How the pieces of an edition are come by: from what is kept, or from a source. */
export interface Pieces {
  role(name: string, accept: (bytes: Uint8Array) => RoleFile): Promise<RoleFile>
  member(claim: MemberClaim): Promise<Result<Uint8Array>>
}

export type Frame = Pick<Edition, 'root' | 'snapshot' | 'targets' | 'seen'>

/** How bytes become a role or a member. Many editions share files: who reads a history reads each of them once. */
export type Reading = {
  readonly role: (bytes: Uint8Array) => RoleFile
  readonly member: (bytes: Uint8Array) => Result<Member>
}

export function plainReading(check: SignatureCheck): Reading {
  return { role: (bytes) => parseMetadata('targets', bytes), member: (bytes) => parseMember(bytes, check) }
}

export async function assembleEdition(
  frame: Frame,
  pieces: Pieces,
  reading: Reading,
  check: SignatureCheck,
): Promise<Edition> {
  const defects = new Map<string, Refusal>()
  const roles = await assembleRoles(frame.targets, pieces, reading, check, defects)
  const delegations = { targets: frame.targets, roles }
  const members = await assembleMembers(delegations, pieces, reading, check, defects)
  return {
    ...frame,
    ...delegations,
    digest: editionDigest(frame.root.sha256, frame.snapshot.sha256),
    members,
    defects,
  }
}

/** Every role that a delegation leads to, each read once. */
async function assembleRoles(
  targets: Document<Targets>,
  pieces: Pieces,
  reading: Reading,
  check: SignatureCheck,
  defects: Map<string, Refusal>,
): Promise<Map<string, RoleFile>> {
  const roles = new Map<string, RoleFile>()
  /** How deep a role was when what it delegates to was looked at: from less deep, one sees further. */
  const looked = new Map<string, number>()
  const visit = async (from: Parameters<typeof openDelegated>[0]): Promise<void> => {
    for (const edge of from.file.content.delegations) {
      const may = mayDelegate(from, edge)
      if (!may.ok) {
        defects.set(edge.name, may.refusal)
        continue
      }
      // Not believed under one delegation, it may still be under another one.
      if (roles.get(edge.name)?.ok !== true) {
        if (roles.size >= MAX_ROLES) {
          defects.set(edge.name, {
            code: 'DIRECTORY_DELEGATION',
            message: `The directory has more than ${MAX_ROLES} roles.`,
            place: edge.name,
          })
          return
        }
        const signedFor = (bytes: Uint8Array): RoleFile => {
          const file = reading.role(bytes)
          if (!file.ok) return file
          const opened = openDelegated(from, edge, new Map([[edge.name, file]]), check)
          return opened.ok ? file : opened
        }
        roles.set(edge.name, await pieces.role(edge.name, signedFor))
      }
      const opened = openDelegated(from, edge, roles, check)
      if (!opened.ok) defects.set(edge.name, opened.refusal)
      else if (opened.value.depth < (looked.get(edge.name) ?? Number.POSITIVE_INFINITY)) {
        looked.set(edge.name, opened.value.depth)
        await visit(opened.value)
      }
    }
  }
  await visit({ name: 'targets', file: targets, country: null, depth: 0 })
  return roles
}

/** Fetches at once: enough to hide the way, few enough to be no flood. */
const AT_ONCE = 8

async function assembleMembers(
  delegations: Delegations,
  pieces: Pieces,
  reading: Reading,
  check: SignatureCheck,
  defects: Map<string, Refusal>,
): Promise<Map<string, ListedMember>> {
  const agencies = new Set<string>()
  const files = [
    delegations.targets,
    ...[...delegations.roles.values()].flatMap((role) => (role.ok ? [role.value] : [])),
  ]
  for (const file of files) for (const { agency } of file.content.members.values()) agencies.add(agency)
  const ordered = [...agencies].sort()
  const members = new Map<string, ListedMember>()
  for (let at = 0; at < ordered.length; at += AT_ONCE) {
    const batch = ordered.slice(at, at + AT_ONCE)
    const read = await Promise.all(batch.map((agency) => assembleMember(delegations, agency, pieces, reading, check)))
    read.forEach((result, index) => {
      const agency = batch[index] ?? ''
      if (result.ok && result.value !== null) members.set(agency, result.value)
      else if (!result.ok) defects.set(agency, result.refusal)
    })
  }
  dropSharedKeys(members, defects)
  return members
}

/** Null where a role names an agency that is not for it to name. */
async function assembleMember(
  delegations: Delegations,
  agency: string,
  pieces: Pieces,
  reading: Reading,
  check: SignatureCheck,
): Promise<Result<ListedMember | null>> {
  const search = findMember(delegations, memberPath(agency), check)
  if (search.ended) return { ok: false, refusal: search.ended }
  const { found } = search
  if (found === null) return ok(null)
  const bytes = await pieces.member(found.claim)
  if (!bytes.ok) return bytes
  const member = reading.member(bytes.value)
  if (!member.ok)
    return { ok: false, refusal: { ...member.refusal, place: `${memberPath(agency)}: ${member.refusal.place ?? ''}` } }
  const misnamed = misnamedBy(member.value, agency, found)
  if (misnamed) return { ok: false, refusal: misnamed }
  const through = search.visited.slice(0, search.visited.indexOf(found.role) + 1)
  const expires = Math.min(
    delegations.targets.content.expires,
    ...through.flatMap((role) => {
      const file = delegations.roles.get(role)
      return file?.ok ? [file.value.content.expires] : []
    }),
  )
  return ok({ member: member.value, role: found.role, sha256: found.claim.sha256, expires })
}

function misnamedBy({ id, country }: Member, agency: string, { role, country: of }: Found): Refusal | null {
  const no = (what: string) =>
    refuse('MEMBER_MISNAMED', what, { place: memberPath(agency), fix: `Tell the keepers of ${role}.` }).refusal
  if (id !== agency) return no(`The file of ${agency} is the card of ${id}.`)
  if (of !== null && of !== country) return no(`${role} lists ${agency}, which is of ${country} and not of ${of}.`)
  return null
}

/**
 * A key of two members names neither: each of them has proven to hold it. A key that cannot sign is not looked at, for anybody could
 * put that of another on a card, and would silence whom it belongs to.
 */
function dropSharedKeys(members: Map<string, ListedMember>, defects: Map<string, Refusal>): void {
  const holders = new Map<string, string[]>()
  for (const [agency, { member }] of members)
    for (const keyid of provenKeyIdsOf(member)) holders.set(keyid, [...(holders.get(keyid) ?? []), agency])
  for (const [keyid, agencies] of holders) {
    if (agencies.length < 2) continue
    for (const agency of agencies) {
      members.delete(agency)
      defects.set(agency, {
        code: 'DIRECTORY_KEY_TWICE',
        message: `${agencies.join(' and ')} show one and the same key.`,
        place: keyid,
        fix: 'Ask each of them for a new card with keys of its own.',
      })
    }
  }
}
