/**
 * The directory as the other rooms ask it: who is a member, with which keys, and what may be exchanged with whom now.
 *
 * When nothing fresh can be had, no new exchange begins: whoever keeps this node from the network must not keep a revoked key in
 * use. What is under way (receipts, erasures) goes on with those who are members.
 */
import type { Document, Root } from './format/metadata.ts'
import { instantText } from './format/read-fields.ts'
import type { Member } from './member/parse-member.ts'
import type { Edition, ListedMember } from './update/edition.ts'
import type { Trusted } from './update/load-trusted.ts'

export type DirectoryState =
  | { readonly kind: 'current'; readonly until: number }
  | { readonly kind: 'frozen'; readonly because: string }

export type SigningKey = Member['signingKeys'][number]

export type Standing = {
  /** New exchanges. */
  readonly mayOpen: boolean
  /** Receipts, erasures and whatever else is owed in an exchange that is under way. */
  readonly mayStill: boolean
  /** Why not, in plain words; null where both. */
  readonly because: string | null
}

export type DirectoryView = {
  /** The digest of the edition in force; null where there is none yet. */
  readonly digest: string | null
  readonly state: DirectoryState
  members(): readonly ListedMember[]
  memberOf(id: string): Member | null
  standingOf(id: string): Standing
  mayOpen(id: string): boolean
  mayStill(id: string): boolean
  /** Whether its scopes let a member send, or receive, messages of this type (`freeze.request`). */
  maySend(id: string, messageType: string): boolean
  mayReceive(id: string, messageType: string): boolean
  /** The signing keys of a member at an instant (milliseconds), by the edition that this node held then. */
  keysOf(id: string, at: number): readonly SigningKey[]
  /** The signing keys of a member in the edition of this digest, at an instant. */
  keysIn(digest: string, id: string, at: number): readonly SigningKey[]
}

export function view(trusted: Trusted, now: number): DirectoryView {
  const edition = trusted.editions.at(-1) ?? null
  const state = stateOf(trusted, edition, now)
  const listed = (id: string) => edition?.members.get(id) ?? null
  const standingOf = (id: string): Standing => standing(listed(id), edition, id, state, now)
  const scoped = (id: string, type: string, way: 'send' | 'receive') =>
    listed(id)?.member.scopes.some((scope) => scope[way] && covers(scope.messages, type)) === true
  return {
    digest: edition?.digest ?? null,
    state,
    members: () => [...(edition?.members.values() ?? [])],
    memberOf: (id) => listed(id)?.member ?? null,
    standingOf,
    mayOpen: (id) => standingOf(id).mayOpen,
    mayStill: (id) => standingOf(id).mayStill,
    maySend: (id, type) => scoped(id, type, 'send'),
    mayReceive: (id, type) => scoped(id, type, 'receive'),
    keysOf: (id, at) => keysAt(trusted.editions.findLast(({ seen }) => seen <= at)?.members.get(id), at),
    keysIn: (digest, id, at) => keysAt(trusted.editions.findLast((one) => one.digest === digest)?.members.get(id), at),
  }
}

function stateOf({ root, timestamp }: Trusted, edition: Edition | null, now: number): DirectoryState {
  const frozen = (because: string): DirectoryState => ({ kind: 'frozen', because })
  if (edition === null) return frozen('this node has no whole edition of the directory yet')
  // A fresh timestamp that names another snapshot says nothing for the edition that is held.
  if (root === null || edition.root.sha256 !== root.sha256)
    return frozen('a newer root is known than the edition that is held')
  if (timestamp === null) return frozen('no timestamp by the present keys is held')
  if (timestamp.content.snapshot.sha256 !== edition.snapshot.sha256)
    return frozen('a newer snapshot is announced than the edition that is held')
  const ends: readonly (readonly [string, Pick<Document<Root>['content'], 'expires'>])[] = [
    ['timestamp', timestamp.content],
    ['snapshot', edition.snapshot.content],
    ['targets', edition.targets.content],
    ['root', root.content],
  ]
  for (const [name, { expires }] of ends)
    if (now >= expires) return frozen(`${name} expired at ${instantText(expires)}`)
  return { kind: 'current', until: Math.min(...ends.map(([, { expires }]) => expires)) }
}

function standing(
  listed: ListedMember | null,
  edition: Edition | null,
  id: string,
  state: DirectoryState,
  now: number,
): Standing {
  const none = (because: string): Standing => ({ mayOpen: false, mayStill: false, because })
  const still = (because: string): Standing => ({ mayOpen: false, mayStill: true, because })
  if (listed === null) {
    const defect = edition?.defects.get(id)
    return none(defect ? `${id} is listed but cannot be relied on: ${defect.message}` : `${id} is no member`)
  }
  const { member, expires, role } = listed
  if (now < Date.parse(member.notBefore)) return none(`${id} is a member from ${member.notBefore} on`)
  if (now >= Date.parse(member.notAfter)) return none(`${id} was a member until ${member.notAfter}`)
  if (member.status === 'suspended') return still(`${id} is suspended`)
  if (now >= expires) return still(`${role}, which answers for ${id}, expired at ${instantText(expires)}`)
  if (state.kind === 'frozen') return still(`the directory is frozen: ${state.because}`)
  return { mayOpen: true, mayStill: true, because: null }
}

function keysAt(listed: ListedMember | undefined, at: number): readonly SigningKey[] {
  if (listed === undefined) return []
  const { notBefore, notAfter, signingKeys } = listed.member
  if (at < Date.parse(notBefore) || at >= Date.parse(notAfter)) return []
  return signingKeys.filter(({ from, until }) => Date.parse(from) <= at && (until === null || at < Date.parse(until)))
}

/** `freeze.*` covers freeze.request and freeze itself. */
function covers(scope: string, type: string): boolean {
  if (scope === '*' || scope === type) return true
  if (!scope.endsWith('.*')) return false
  const family = scope.slice(0, -2)
  return type === family || type.startsWith(`${family}.`)
}
