/**
 * Who may say who is a member: the search through targets and the roles that it delegates to (TUF section 5.6.7), in order, depth
 * first. A role that cannot be read or trusted ends the search; nobody further down may speak in its place.
 */
import { ok, type Refusal, type Result, refuse } from '../../../kernel/index.ts'
import type { Delegation, Document, MemberClaim, Targets } from '../format/metadata.ts'
import { countryOfRole, matchesPattern } from '../format/names.ts'
import { checkThreshold, type SignatureCheck } from '../format/signatures.ts'

/** targets, countries/nl, countries/nl/police, and one more. */
export const MAX_DEPTH = 4
/** Roles that one search may look into, and that one directory may have. */
export const MAX_VISITED = 64
export const MAX_ROLES = 1024

/** A role that was read, or why it was not. */
export type RoleFile = Result<Document<Targets>>

export type Delegations = {
  readonly targets: Document<Targets>
  /** By name; targets is not among them. */
  readonly roles: ReadonlyMap<string, RoleFile>
}

export type Found = {
  readonly role: string
  readonly claim: MemberClaim
  /** The country that members of this role must be of; null for any. */
  readonly country: string | null
}

export type Search = {
  readonly found: Found | null
  /** Roles that were looked into, in order, without targets. */
  readonly visited: readonly string[]
  /** Why the search ended early. */
  readonly ended: Refusal | null
}

type Visit = {
  readonly name: string
  readonly file: Document<Targets>
  readonly country: string | null
  readonly depth: number
}

export function findMember({ targets, roles }: Delegations, path: string, check: SignatureCheck): Search {
  const visited: string[] = []
  const stack: (Visit | { readonly edge: Delegation; readonly from: Visit })[] = [
    { name: 'targets', file: targets, country: null, depth: 0 },
  ]
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    let visit: Visit
    if ('edge' in step) {
      if (visited.includes(step.edge.name)) continue
      if (visited.length >= MAX_VISITED) return { found: null, visited, ended: tooMany(step.edge.name) }
      visited.push(step.edge.name)
      const opened = openDelegated(step.from, step.edge, roles, check)
      if (!opened.ok) return { found: null, visited, ended: opened.refusal }
      visit = opened.value
    } else visit = step
    const claim = visit.file.content.members.get(path)
    if (claim) return { found: { role: visit.name, claim, country: visit.country }, visited, ended: null }
    const next: Delegation[] = []
    for (const edge of visit.file.content.delegations) {
      if (!edge.paths.some((pattern) => matchesPattern(pattern, path))) continue
      next.push(edge)
      if (edge.terminating) {
        // What this role and its own delegates do not know, nobody else is asked.
        stack.length = 0
        break
      }
    }
    for (const edge of next.reverse()) stack.push({ edge, from: visit })
  }
  return { found: null, visited, ended: null }
}

/** The role at the end of a delegation, signed as that delegation says. */
export function openDelegated(
  from: Pick<Visit, 'name' | 'file' | 'country' | 'depth'>,
  edge: Delegation,
  roles: ReadonlyMap<string, RoleFile>,
  check: SignatureCheck,
): Result<Visit> {
  const may = mayDelegate(from, edge)
  if (!may.ok) return may
  const file = roles.get(edge.name)
  if (file === undefined)
    return refuse('DIRECTORY_ABSENT', `The role ${edge.name} is delegated to, and there is no file of it.`, {
      place: edge.name,
      fix: 'Fetch from another place; if it stays so, tell the keepers of the directory.',
    })
  if (!file.ok) return file
  const signed = checkedOnce(file.value, from.file, edge, check)
  if (!signed.ok) return signed
  return ok({ name: edge.name, file: signed.value, country: may.value, depth: from.depth + 1 })
}

/**
 * Whether a role is signed as a delegation says, worked out once for each delegation that was read: a search goes through the same
 * ones for every agency. Documents never change, and the check answers the same question the same way.
 */
const checked = new WeakMap<Delegation, WeakMap<Document<Targets>, WeakMap<SignatureCheck, RoleFile>>>()

function checkedOnce(
  file: Document<Targets>,
  from: Document<Targets>,
  edge: Delegation,
  check: SignatureCheck,
): RoleFile {
  const ofEdge = checked.get(edge) ?? new WeakMap<Document<Targets>, WeakMap<SignatureCheck, RoleFile>>()
  checked.set(edge, ofEdge)
  const ofFile = ofEdge.get(file) ?? new WeakMap<SignatureCheck, RoleFile>()
  ofEdge.set(file, ofFile)
  const signed = ofFile.get(check) ?? checkThreshold(file, from.content.keys, edge, edge.name, check)
  ofFile.set(check, signed)
  return signed
}

/** The country that the delegated role speaks for; a country never hands on more than itself. */
export function mayDelegate(
  from: { readonly name: string; readonly country: string | null; readonly depth: number },
  edge: Delegation,
): Result<string | null> {
  if (from.depth >= MAX_DEPTH)
    return refuse('DIRECTORY_DELEGATION', `The role ${edge.name} lies deeper than ${MAX_DEPTH} delegations.`, {
      place: edge.name,
      fix: `Let a role nearer to targets delegate to it.`,
    })
  const own = countryOfRole(edge.name)
  if (from.country !== null && own !== null && own !== from.country)
    return refuse('DIRECTORY_DELEGATION', `${from.name} delegates to ${edge.name}, a role of another country.`, {
      place: edge.name,
      fix: 'A country delegates to roles of its own.',
    })
  return ok(from.country ?? own)
}

function tooMany(place: string): Refusal {
  return {
    code: 'DIRECTORY_DELEGATION',
    message: `A search went through ${MAX_VISITED} roles without an end.`,
    place,
    fix: 'Narrow the patterns of the delegations.',
  }
}
