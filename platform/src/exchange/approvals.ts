/**
 * Approvals inside a message: whoever receives it can see for themselves that several people of the sender have consented to
 * exactly this message, each with an authenticator of their own.
 *
 * What an authenticator signed is bound to all of the message but the approvals themselves. Who the people are, their roles
 * and the times the sender answers for with its own signature over the whole: a receiver knows its keys and not its people.
 * What it can check without believing the sender is that so many different authenticators, each with its user verified and
 * none of which can be copied, signed this and nothing else.
 */
import { type Approval, approvalDigest, approvalState } from '../casework/approvals.ts'
import { base64url, checkAssertion, type JwkCheck, keyName } from '../evidence/index.ts'
import {
  canonicalJson,
  concatBytes,
  type Json,
  ok,
  type Result,
  type Role,
  refuse,
  sha256,
  utf8,
} from '../kernel/index.ts'
import type { Header, MessageApproval } from './wire/index.ts'

/** What the instrument and the sender's house ask for. `demands`: so many of them in one of these roles. */
export type ApprovalRule = {
  /** Different people with different authenticators; never fewer than two, whatever stands here. */
  readonly needed: number
  readonly demands: readonly { readonly roles: readonly Role[]; readonly count: number }[]
}

export type WhyNot =
  | 'assertion-wrong'
  | 'before-the-message'
  | 'two-roles'
  | 'withdrawn'
  | 'other-content'
  | 'expired'
  | 'not-yet'
  | 'too-long'
  | 'by-a-drafter'
  | 'not-entitled'
  | 'same-person'
  | 'same-authenticator'

export type MessageApprovals = {
  readonly enough: boolean
  readonly needed: number
  readonly counted: readonly MessageApproval[]
  readonly void: readonly { readonly approval: MessageApproval; readonly why: WhyNot; readonly detail: string | null }[]
  /** Demands of the rule that are not met. */
  readonly missing: ApprovalRule['demands']
}

type Approved = { readonly header: Header; readonly body: Json }

/** All that an approval covers: the payload without its approvals. */
export function approvedPart({ header, body }: Approved): Json {
  const { approvals: _, ...rest } = header
  return { header: rest, body } as unknown as Json
}

/**
 * What the authenticator signs, as WebAuthn carries it: SHA-256 over the words `comity-approve-v1` and the canonical JSON of
 * `approvedPart`. The challenge of an approval inside a node begins with the same words and has 145 bytes; this one goes on
 * with `{` and is longer than any of those, so that neither can be read as the other.
 */
export function messageChallenge(message: Approved): string {
  return base64url(sha256(concatBytes(utf8('comity-approve-v1'), utf8(canonicalJson(approvedPart(message))))))
}

/** Which approvals count, and why others do not. Pure: what the message says, and nothing of when it is asked. */
export function approvalsOf(message: Approved, rule: ApprovalRule, check: JwkCheck): MessageApprovals {
  const { approvals, created } = message.header
  const challenge = messageChallenge(message)
  const voided: { approval: MessageApproval; why: WhyNot; detail: string | null }[] = []
  const candidates: MessageApproval[] = []
  const rolesById = Map.groupBy(approvals, ({ approver }) => approver.id)
  for (const approval of approvals) {
    const right = checkAssertion(approval.proof, challenge, check)
    const roles = new Set(rolesById.get(approval.approver.id)?.map(({ approver }) => approver.role))
    if (!right.ok) voided.push({ approval, why: 'assertion-wrong', detail: right.refusal.message })
    else if (approval.givenAt < created) voided.push({ approval, why: 'before-the-message', detail: null })
    else if (roles.size > 1) voided.push({ approval, why: 'two-roles', detail: null })
    else candidates.push(approval)
  }
  const state = bestState(candidates, message, rule)
  for (const { approval, why } of state.void) voided.push({ approval, why, detail: null })
  const counted = state.counted
  const missing = rule.demands.filter(
    ({ roles, count }) => counted.filter(({ approver }) => roles.includes(approver.role)).length < count,
  )
  return { enough: state.enough && missing.length === 0, needed: state.needed, counted, void: voided, missing }
}

/** The refusal for a message that was not approved as the rule asks. */
export function checkApprovals(message: Approved, rule: ApprovalRule, check: JwkCheck): Result<MessageApprovals> {
  const approvals = approvalsOf(message, rule, check)
  if (approvals.enough) return ok(approvals)
  const { counted, needed, missing, void: voided } = approvals
  const lacking = missing.map(({ roles, count }) => `${count} in the role ${roles.join(' or ')}`)
  const because = voided.map(({ approval, why }) => `${approval.approver.role}: ${why}`)
  return refuse(
    'EXCHANGE_APPROVALS',
    `${counted.length} of ${needed} approvals of the message count${lacking.length > 0 ? `; missing: ${lacking.join(', ')}` : ''}${because.length > 0 ? ` (${because.join('; ')})` : ''}.`,
    { place: '/header/approvals', fix: 'Have it approved again and send it as a new message.' },
  )
}

/**
 * The approvals must have held together at one moment. Which moment that was the message does not say (it is sent after it was
 * approved, and may arrive at any time), so that each at which one was given is tried, and the one with most is taken.
 */
function bestState(candidates: readonly MessageApproval[], message: Approved, { needed, demands }: ApprovalRule) {
  const digest = approvalDigest(approvedPart(message))
  const originals = new Map<Approval, MessageApproval>()
  const asked = candidates.map((approval): Approval => {
    const { approver, givenAt, expiresAt, proof } = approval
    // Where two people share an authenticator only one of them counts. Those whose role is asked for come first in the order of
    // people, by which the largest set is found: so the set meets the demands whenever one does, as long as of two demands the
    // roles of one are among those of the other.
    const rank = demands.filter(({ roles }) => !roles.includes(approver.role)).length
    const one = {
      approverId: `${String(rank).padStart(3, '0')} ${approver.id}`,
      role: approver.role,
      credentialId: keyName(proof.publicKey),
      digest,
      challenge: messageChallenge(message),
      givenAt,
      expiresAt,
      withdrawnAt: null,
    }
    originals.set(one, approval)
    return one
  })
  const roleByPerson = new Map(asked.map(({ approverId, role }) => [approverId, role]))
  const moments = [...new Set(asked.map(({ givenAt }) => Date.parse(givenAt)))].sort((a, b) => b - a)
  const states = (moments.length === 0 ? [0] : moments).map((moment) =>
    approvalState({ digest, needed, drafters: [], roleByPerson }, asked, moment),
  )
  const best = states.reduce((one, other) => (other.counted.length > one.counted.length ? other : one))
  const original = (approval: Approval) => originals.get(approval) as MessageApproval
  return {
    ...best,
    counted: best.counted.map(original),
    void: best.void.map(({ approval, why }) => ({ approval: original(approval), why: why as WhyNot })),
  }
}
