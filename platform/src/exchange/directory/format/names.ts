/**
 * Names of the directory: agencies, roles, members, and the files in which they lie.
 *
 * A name becomes part of a URL and of a path on a disk. So the alphabets are small enough that no name has to be quoted
 * anywhere, and what does not fit is refused where it is read.
 */

/** An agency, in every message and in the directory. */
export const AGENCY_ID = '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$'

/** The four roles whose keys the root names. */
export const topRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const
export type TopRole = (typeof topRoles)[number]

const agencyId = new RegExp(AGENCY_ID)
const rolePart = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const delegatedRole = new RegExp(`^${rolePart}(?:/${rolePart}){0,4}$`)
const pattern = /^members\/[a-z0-9*?-]{1,64}\.json$/

export function isAgencyId(text: string): boolean {
  return agencyId.test(text)
}

export function isTopRole(name: string): name is TopRole {
  return topRoles.some((role) => role === name)
}

/** `countries/nl`, `organisations`: lower-case words, joined by slashes. */
export function isDelegatedRole(name: string): boolean {
  return name.length <= 64 && delegatedRole.test(name) && !isTopRole(name)
}

/** A pattern of a delegation: `members/nl-*.json`. */
export function isPathPattern(text: string): boolean {
  return pattern.test(text)
}

export function memberPath(agency: string): string {
  return `members/${agency}.json`
}

/** The agency that a path names; null where it names none. */
export function agencyOfPath(path: string): string | null {
  const [, agency = ''] = /^members\/(.+)\.json$/.exec(path) ?? []
  return isAgencyId(agency) ? agency : null
}

/**
 * The country that a role belongs to by its name, in upper case as ISO 3166-1 writes it; null for a role of no country.
 * What it delegates to belongs to the same country (see `walk-delegations.ts`).
 */
export function countryOfRole(role: string): string | null {
  const [, country] = /^countries\/([a-z]{2})(?:\/|$)/.exec(role) ?? []
  return country?.toUpperCase() ?? null
}

/** The file of a version of a role; `timestamp.json` alone has no version in its name, for it is what one asks first. */
export function metadataFile(role: string, version: number): string {
  // A slash of a role becomes a dot, which no role holds: two roles never share a file.
  return role === 'timestamp' ? 'timestamp.json' : `${version}.${role.replaceAll('/', '.')}.json`
}

/** The file of a member, named by its content (consistent snapshots): an old version stays beside the new one. */
export function memberFile(agency: string, sha256: string): string {
  return `members/${sha256}.${agency}.json`
}

/** Whether a pattern of a delegation covers a path: `*` is any run of characters, `?` one; neither crosses a slash. */
export function matchesPattern(text: string, path: string): boolean {
  // Greedy with one place to come back to: linear steps times linear steps, never more.
  let at = 0
  let star = -1
  let mark = 0
  let here = 0
  while (here < path.length) {
    const want = text[at]
    if (want === '*') {
      star = at++
      mark = here
    } else if (want === path[here] || (want === '?' && path[here] !== '/')) {
      at++
      here++
    } else if (star >= 0 && path[mark] !== '/') {
      at = star + 1
      here = ++mark
    } else return false
  }
  while (text[at] === '*') at++
  return at === text.length
}
