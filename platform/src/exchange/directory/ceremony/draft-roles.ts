/** Drafts of roles: the founding root, new keys and thresholds, delegations. Nothing is signed here, and nothing published. */
import { catchRefusal, type Json, orStop, type Result, Stop, stop } from '../../../kernel/index.ts'
import { isDelegatedRole, isPathPattern, isTopRole, type TopRole, topRoles } from '../format/names.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import { draftFile, draftIsSigned, type Files, newestOf, typeOf } from './folder.ts'
import {
  addKeyTo,
  commonJson,
  copyOf,
  dropUnnamedKeys,
  type RoleJson,
  type RootJson,
  type TargetsJson,
  type Write,
} from './json-forms.ts'
import type { PublicKeyFile } from './key-files.ts'
import { delegationTo } from './status.ts'

export const DAY = 86_400_000

/** How long a role stands without being signed again, in days, where nobody says otherwise. */
export const lastingDays: Readonly<Record<'root' | 'targets' | 'snapshot', number>> = {
  root: 365,
  targets: 90,
  snapshot: 7,
}

export type Founding = Readonly<
  Record<TopRole, { readonly keys: readonly PublicKeyFile[]; readonly threshold: number }>
>

/** The first root and the first, empty targets. */
export function draftFounding(files: Files, founding: Founding, now: number): Result<readonly Write[]> {
  return catchRefusal(() => {
    if (newestOf(files, 'root', true))
      stop('DIRECTORY_EXISTS', 'There is a directory in this folder already.', { fix: 'Name an empty folder.' })
    const root: RootJson = {
      ...commonJson('root', 1, now + lastingDays.root * DAY),
      consistent_snapshot: true,
      keys: {},
      roles: { root: none(), targets: none(), snapshot: none(), timestamp: none() },
    }
    for (const role of topRoles) {
      for (const key of founding[role].keys) addKeyTo(root.keys, root.roles[role], key)
      root.roles[role].threshold = founding[role].threshold
      checkRole(role, root.roles[role])
    }
    const targets: TargetsJson = { ...commonJson('targets', 1, now + lastingDays.targets * DAY), targets: {} }
    return [checked('root', 1, root, false), checked('targets', 1, targets, false)]
  })
}

export type KeyChange = {
  readonly add: readonly PublicKeyFile[]
  /** Key ids, or the beginning of one. */
  readonly remove: readonly string[]
  readonly threshold: number | null
}

/** New keys for a role: in the next root, or in the next version of whoever delegates to it. No change: the role again, for longer. */
export function draftRotation(files: Files, role: string, change: KeyChange, now: number): Result<readonly Write[]> {
  return catchRefusal(() => {
    const applied = (keys: { [keyid: string]: Json }, of: RoleJson) => {
      for (const start of change.remove) {
        const found = of.keyids.filter((keyid) => keyid.startsWith(start.toLowerCase()))
        if (found.length !== 1 || start.length < 8)
          stop('DIRECTORY_KEY_UNKNOWN', `${role} has no key, or more than one, whose id begins so.`, {
            place: start,
            fix: 'Give at least the first eight digits of the id, as `comity directory show` prints it.',
          })
        of.keyids = of.keyids.filter((keyid) => keyid !== found[0])
      }
      for (const key of change.add) addKeyTo(keys, of, key)
      of.threshold = change.threshold ?? of.threshold
      checkRole(role, of)
    }
    // What the keepers before have signed, the new ones sign again: without that nodes would find it unsigned.
    const again = () => draftNext<TargetsJson>(files, role, now, lastingDays.targets, () => {})
    const nothing = change.add.length === 0 && change.remove.length === 0 && change.threshold === null
    // The same again, before it expires.
    if (nothing && typeOf(role) === 'targets') return [again()]
    if (isTopRole(role)) {
      const root = draftNext<RootJson>(files, 'root', now, lastingDays.root, (json) => {
        applied(json.keys, json.roles[role])
        dropUnnamedKeys(json.keys, Object.values(json.roles))
      })
      return role === 'targets' ? [root, again()] : [root]
    }
    const from = delegationTo(files, role, true)?.from ?? unknownRole(role)
    const delegator = draftNext<TargetsJson>(files, from, now, lastingDays.targets, ({ delegations }) => {
      const of = delegations?.roles.find(({ name }) => name === role)
      if (!delegations || !of) return unknownRole(role)
      applied(delegations.keys, of)
      return dropUnnamedKeys(delegations.keys, delegations.roles)
    })
    return [delegator, again()]
  })
}

export type NewDelegation = {
  readonly role: string
  readonly from: string
  readonly keys: readonly PublicKeyFile[]
  readonly threshold: number
  readonly paths: readonly string[]
  readonly terminating: boolean
}

/** A delegation, and the first, empty version of the role for its own keepers to sign. */
export function draftDelegation(
  files: Files,
  { role, from, ...more }: NewDelegation,
  now: number,
): Result<readonly Write[]> {
  return catchRefusal(() => {
    if (!isDelegatedRole(role))
      stop('DIRECTORY_ROLE_NAME', 'This is no name of a delegated role.', {
        place: role.slice(0, 80),
        fix: 'Use lower-case words joined by slashes, as countries/nl.',
      })
    for (const path of more.paths)
      if (!isPathPattern(path))
        stop('DIRECTORY_ROLE_NAME', 'This is no pattern of paths of members.', {
          place: path.slice(0, 80),
          fix: 'Write it as members/nl-*.json.',
        })
    if (delegationTo(files, role, true))
      stop('DIRECTORY_EXISTS', 'This role is delegated to already.', {
        place: role,
        fix: 'Change its keys with `comity directory rotate`.',
      })
    const delegator = draftNext<TargetsJson>(files, from, now, lastingDays.targets, (targets) => {
      targets.delegations ??= { keys: {}, roles: [] }
      const { threshold, terminating, paths } = more
      const of = { name: role, keyids: [], threshold, terminating, paths: [...paths] }
      for (const key of more.keys) addKeyTo(targets.delegations.keys, of, key)
      checkRole(role, of)
      targets.delegations.roles.push(of)
    })
    const first: TargetsJson = { ...commonJson('targets', 1, now + lastingDays.targets * DAY), targets: {} }
    return [delegator, checked(role, 1, first, false)]
  })
}

/** The next version of a role with one change; throws a `Stop`. A draft that nobody has signed is drafted further. */
export function draftNext<T extends { version: number; expires: string }>(
  files: Files,
  role: string,
  now: number,
  days: number,
  change: (json: T) => void,
): Write {
  const held = newestOf(files, role, true) ?? unknownRole(role)
  if (held.draft && held.draft.signatures.length > 0) throw new Stop(draftIsSigned(held.draft))
  const version = held.draft ? held.version : held.version + 1
  const json = copyOf<T>(held.document.signed)
  json.version = version
  json.expires = commonJson('', version, now + days * DAY).expires
  change(json)
  return checked(role, version, json, held.draft !== null)
}

/** A draft passes the same gate as a file that arrives. */
function checked(role: string, version: number, json: { version: number; expires: string }, replaces: boolean): Write {
  const write = draftFile(role, version, json as Json, replaces)
  orStop(parseMetadata(typeOf(role), write.bytes))
  return write
}

function checkRole(role: string, { keyids, threshold }: RoleJson): void {
  if (!Number.isSafeInteger(threshold) || threshold < 1 || threshold > keyids.length)
    stop('DIRECTORY_THRESHOLD', `${role} would have ${keyids.length} keys and a threshold of ${threshold}.`, {
      place: role,
      fix: 'A threshold is at least 1 and at most the number of keys.',
    })
}

function unknownRole(role: string): never {
  return stop('DIRECTORY_ROLE_UNKNOWN', 'The directory has no such role.', {
    place: role.slice(0, 80),
    fix: 'See `comity directory show`.',
  })
}

function none(): RoleJson {
  return { keyids: [], threshold: 1 }
}
