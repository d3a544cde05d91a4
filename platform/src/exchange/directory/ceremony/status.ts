/** Who has signed a draft and who is missing. */
import { hexToBytes, type Json } from '../../../kernel/index.ts'
import type { DirectoryKeys } from '../format/keys.ts'
import type { Delegation, RoleKeys } from '../format/metadata.ts'
import { isTopRole } from '../format/names.ts'
import { type SignatureCheck, signedMessage, signersOf } from '../format/signatures.ts'
import { type Draft, draftsOf, type Files, newestOf, publishedOf, publishedRoles, rootOf, targetsOf } from './folder.ts'

/** One threshold that a draft must meet; a root has two. */
export type Need = {
  readonly by: string
  readonly threshold: number
  readonly signed: readonly string[]
  readonly missing: readonly string[]
}

export type DraftStatus = { readonly draft: Draft; readonly needs: readonly Need[]; readonly complete: boolean }

type Keepers = { readonly by: string; readonly keys: DirectoryKeys; readonly role: RoleKeys }

export function draftStatus(files: Files, draft: Draft, check: SignatureCheck): DraftStatus {
  const needs = keepersOfDraft(files, draft).map(({ by, keys, role }) => {
    const signed = signersOf({ signed: draft.document.signed, signatures: draft.signatures }, keys, role, check)
    const missing = role.keyids.filter((keyid) => !signed.includes(keyid))
    return { by, threshold: role.threshold, signed, missing }
  })
  const complete = needs.length > 0 && needs.every(({ signed, threshold }) => signed.length >= threshold)
  return { draft, needs, complete }
}

/** A root is signed by the keepers before it and by its own; every other role by those whom root or delegation names. */
export function keepersOfDraft(files: Files, draft: Draft): readonly Keepers[] {
  if (draft.role !== 'root') {
    const keepers = keepersOf(files, draft.role, true)
    return keepers ? [keepers] : []
  }
  const before = rootOf(publishedOf(files, 'root'))
  const own = draft.document.content
  if (own.type !== 'root') return []
  return [
    ...(before && draft.version > 1
      ? [{ by: `root ${before.content.version}`, keys: before.content.keys, role: before.content.roles.root }]
      : []),
    { by: `root ${draft.version}`, keys: own.keys, role: own.roles.root },
  ]
}

export function keepersOf(files: Files, role: string, withDrafts: boolean): Keepers | null {
  if (isTopRole(role)) {
    const root = rootOf(newestOf(files, 'root', withDrafts))
    return root && { by: `root ${root.content.version}`, keys: root.content.keys, role: root.content.roles[role] }
  }
  const found = delegationTo(files, role, withDrafts)
  return found && { by: found.from, keys: found.keys, role: found.delegation }
}

/** The first delegation to a role, in the order of the roles. */
export function delegationTo(
  files: Files,
  role: string,
  withDrafts: boolean,
): { readonly from: string; readonly keys: DirectoryKeys; readonly delegation: Delegation } | null {
  const drafted = withDrafts ? draftsOf(files).map((draft) => draft.role) : []
  for (const from of new Set(['targets', ...publishedRoles(files), ...drafted])) {
    const targets = targetsOf(newestOf(files, from, withDrafts))
    const delegation = targets?.content.delegations.find(({ name }) => name === role)
    if (targets && delegation) return { from, keys: targets.content.keys, delegation }
  }
  return null
}

/** Names of holders by key id, as the files of the folder state them. */
export function holdersIn(files: Files): ReadonlyMap<string, string> {
  const holders = new Map<string, string>()
  const note = (keys: Json | undefined) => {
    for (const [keyid, key] of Object.entries((keys ?? {}) as { readonly [keyid: string]: Json })) {
      const holder = (key as { readonly holder?: Json } | null)?.holder
      if (typeof holder === 'string') holders.set(keyid, holder.slice(0, 100))
    }
  }
  const roles = ['root', ...publishedRoles(files), ...draftsOf(files).map(({ role }) => role)]
  for (const role of new Set(roles))
    for (const withDrafts of [false, true]) {
      const signed = newestOf(files, role, withDrafts)?.document.signed as
        | { readonly keys?: Json; readonly delegations?: { readonly keys?: Json } }
        | undefined
      note(signed?.keys)
      note(signed?.delegations?.keys)
    }
  return holders
}

/** Whether a signature is right, and by somebody whom the draft waits for. */
export function countsFor(
  files: Files,
  draft: Draft,
  keyid: string,
  sig: string,
  check: SignatureCheck,
): 'yes' | 'wrong' | 'stranger' {
  const key = keepersOfDraft(files, draft)
    .find(({ role }) => role.keyids.includes(keyid))
    ?.keys.get(keyid)
  if (!key) return 'stranger'
  return check(key, signedMessage(draft.document.signed), hexToBytes(sig)) ? 'yes' : 'wrong'
}
