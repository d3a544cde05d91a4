/**
 * Approvals: k different people, each with an authenticator of their own, have approved exactly this content, lately.
 *
 * An approval is for a digest. What was approved is compared with what is there now each time that it matters, so that a
 * change of content, of the policies or of the number of people asked makes every approval void without anybody having to
 * take it back.
 */
import { canonicalJson, type Json, sha256Text } from '../kernel/index.ts'

export { approvalChallenge } from '../evidence/index.ts'

/** An approval holds for a day at most. */
export const APPROVAL_TTL_MS = 24 * 60 * 60 * 1000
/** Never fewer: one person alone releases nothing, whatever a pack or a setting says. */
export const LEAST_APPROVALS = 2

export type Approval = {
  readonly approverId: string
  /** The role in which it was given. */
  readonly role: string
  readonly credentialId: string
  readonly digest: string
  readonly challenge: string
  readonly givenAt: string
  readonly expiresAt: string
  readonly withdrawnAt: string | null
}

/** What is to be approved. `drafters`: everybody who has written any of it; none of them approves it. */
export type Approvable = {
  readonly digest: string
  readonly needed: number
  readonly drafters: readonly string[]
  /** Those who may still see it and are still at work, with the role that they have now. */
  readonly roleByPerson: ReadonlyMap<string, string>
}

export type ApprovalState = {
  readonly enough: boolean
  readonly needed: number
  readonly counted: readonly Approval[]
  /** Approvals that do not count, each with the reason. */
  readonly void: readonly { readonly approval: Approval; readonly why: VoidReason }[]
}
export type VoidReason =
  | 'withdrawn'
  | 'other-content'
  | 'expired'
  | 'not-yet'
  | 'too-long'
  | 'by-a-drafter'
  | 'not-entitled'
  | 'same-person'
  | 'same-authenticator'

/** The one rule: which approvals count at this moment, and whether they are enough. `now` in milliseconds. */
export function approvalState(
  { digest, needed, drafters, roleByPerson }: Approvable,
  approvals: readonly Approval[],
  now: number,
): ApprovalState {
  const valid: Approval[] = []
  const voided: { approval: Approval; why: VoidReason }[] = []
  for (const approval of approvals) {
    const why = whyVoid(approval, { digest, drafters, roleByPerson }, now)
    if (why === null) valid.push(approval)
    else voided.push({ approval, why })
  }
  // Two people with one authenticator, or one person with two, are one: counted are the most approvals of which no two
  // share either. The order in which they came must not matter, so this is a matching and not a first come, first served.
  const counted = mostDistinct(valid)
  for (const approval of valid) {
    if (counted.includes(approval)) continue
    const samePerson = counted.some(({ approverId }) => approverId === approval.approverId)
    voided.push({ approval, why: samePerson ? 'same-person' : 'same-authenticator' })
  }
  const least = Math.max(LEAST_APPROVALS, needed)
  return { enough: counted.length >= least, needed: least, counted, void: voided }
}

function whyVoid(
  approval: Approval,
  { digest, drafters, roleByPerson }: Omit<Approvable, 'needed'>,
  now: number,
): VoidReason | null {
  const [given, expires] = [Date.parse(approval.givenAt), Date.parse(approval.expiresAt)]
  if (approval.withdrawnAt !== null) return 'withdrawn'
  if (approval.digest !== digest) return 'other-content'
  if (drafters.includes(approval.approverId)) return 'by-a-drafter'
  // Who has left the case, the house or the office since does not let anything out any more.
  if (roleByPerson.get(approval.approverId) !== approval.role) return 'not-entitled'
  if (!(given <= now)) return 'not-yet'
  if (!(expires - given <= APPROVAL_TTL_MS)) return 'too-long'
  if (!(now < expires)) return 'expired'
  return null
}

/** A largest set of approvals with distinct people and distinct authenticators (a maximum bipartite matching). */
function mostDistinct(valid: readonly Approval[]): readonly Approval[] {
  const byPerson = Map.groupBy(valid, ({ approverId }) => approverId)
  const holderByCredential = new Map<string, Approval>()
  const place = (personId: string, tried: Set<string>): boolean => {
    for (const approval of byPerson.get(personId) ?? []) {
      if (tried.has(approval.credentialId)) continue
      tried.add(approval.credentialId)
      const holder = holderByCredential.get(approval.credentialId)
      if (holder && !place(holder.approverId, tried)) continue
      holderByCredential.set(approval.credentialId, approval)
      return true
    }
    return false
  }
  for (const personId of [...byPerson.keys()].sort()) place(personId, new Set())
  const chosen = new Set(holderByCredential.values())
  return valid.filter((approval) => chosen.has(approval))
}

/** SHA-256 of the canonical JSON of exactly what is approved. */
export function approvalDigest(content: Json): string {
  return sha256Text(canonicalJson(content))
}
