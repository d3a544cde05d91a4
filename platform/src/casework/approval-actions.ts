/** Approving a request, and taking an approval back. */
import { Type } from '@sinclair/typebox'
import type { AssertionProof } from '../evidence/index.ts'
import { type ActionContext, action, ok, type Result, refuse } from '../kernel/index.ts'
import { APPROVAL_TTL_MS, type Approval, approvalChallenge } from './approvals.ts'
import { Changed, closed, Digest, Id, Instant, Seen } from './fields.ts'
import { type ApprovalDesk, ports } from './ports.ts'
import { changeRequest, requestOf, standingOf } from './request-acts.ts'

const asksApproval = ({ id }: { id: string }) =>
  ({ right: 'approveRequest', subject: { type: 'record', kind: 'request', id } }) as const

export const Credential = Type.Unknown({ description: 'The assertion of your authenticator, as WebAuthn gives it.' })

export const ChallengeView = closed({
  digest: Digest,
  expiresAt: Instant,
  challenge: Type.String({ description: 'What your authenticator signs: SHA-256, base64url.' }),
})

const challenge = action({
  name: 'approval.challenge',
  summary: 'What your authenticator has to sign so that you approve exactly this request',
  kind: 'read',
  input: closed({ id: Id }),
  output: ChallengeView,
  asks: asksApproval,
  run: async (context, { id }) => {
    const request = await requestOf(context, id)
    if (request.body.state !== 'submitted') return notSubmitted()
    return ok({ result: challengeNow(context, id, (await standingOf(context, request)).digest), events: [] })
  },
})

const give = action({
  name: 'approval.give',
  summary: 'Approve a submitted request',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, digest: Digest, expiresAt: Instant, credential: Credential }),
  output: Changed,
  asks: asksApproval,
  run: async (context, { id, seen, digest, expiresAt, credential }) => {
    const request = await requestOf(context, id)
    if (request.body.state !== 'submitted') return notSubmitted()
    const given = await newApproval(context, {
      id,
      digest,
      expiresAt,
      credential,
      wanted: (await standingOf(context, request)).digest,
      drafters: request.body.drafters,
      before: request.body.approvals,
    })
    if (!given.ok) return given
    return changeRequest(context, {
      action: 'approval.give',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, approvals: [...request.body.approvals, given.value.approval] },
      said: { digest, credentialId: given.value.approval.credentialId, expiresAt, proof: given.value.proof },
    })
  },
})

const withdraw = action({
  name: 'approval.withdraw',
  summary: 'Take back your approval of a request that is not released yet',
  kind: 'change',
  input: closed({ id: Id, seen: Seen }),
  output: Changed,
  // Taking back needs no authenticator and no fresh sign-in: whoever may read the request and gave the approval may.
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen }) => {
    const request = await requestOf(context, id)
    if (request.body.state !== 'submitted') return notSubmitted()
    const approvals = withdrawOwn(context, request.body.approvals)
    if (!approvals.ok) return approvals
    return changeRequest(context, {
      action: 'approval.withdraw',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, approvals: approvals.value },
      said: { withdrawn: true },
    })
  },
})

/** The challenge of the actor, for an approval that holds from now for as long as one may. */
export function challengeNow({ actor, now }: ActionContext, id: string, digest: string) {
  const expiresAt = new Date(Date.parse(now) + APPROVAL_TTL_MS).toISOString()
  return { digest, expiresAt, challenge: approvalChallenge(digest, id, actor.id, expiresAt) }
}

export type Giving = {
  readonly id: string
  /** The digest that the approver saw, and the one that holds now. */
  readonly digest: string
  readonly wanted: string
  readonly expiresAt: string
  readonly credential: unknown
  readonly drafters: readonly string[]
  readonly before: readonly Approval[]
}

/** Checks an assertion and makes the approval of it; the proof goes into the journal, for whoever checks it later. */
export async function newApproval(
  context: ActionContext,
  giving: Giving,
): Promise<Result<{ readonly approval: Approval; readonly proof: AssertionProof }>> {
  const { actor, now } = context
  const { id, digest, wanted, expiresAt, credential, drafters, before } = giving
  if (digest !== wanted)
    return refuse('APPROVAL_OTHER_CONTENT', 'What you approve is not what is there now.', {
      place: '/digest',
      fix: 'Read it again, and ask for a new challenge.',
    })
  if (drafters.includes(actor.id))
    return refuse('APPROVAL_OWN_DRAFT', 'Nobody approves what they have written, even in part.', {
      fix: 'Let somebody else approve it.',
    })
  const left = Date.parse(expiresAt) - Date.parse(now)
  if (expiresAt.length !== 24 || !(left > 0 && left <= APPROVAL_TTL_MS)) return expired()
  const challenge = approvalChallenge(digest, id, actor.id, expiresAt)
  // One signature is one act: an approval that was taken back is not brought back by sending it again.
  if (before.some((one) => one.challenge === challenge)) return repeated()
  const verified = await context
    .port<ApprovalDesk>(ports.approvals)
    .verify({ personId: actor.id, credential, challenge })
  if (!verified.ok) return verified
  const { credentialId, deviceBound, userVerified, proof } = verified.value
  if (!deviceBound || !userVerified)
    return refuse('APPROVAL_AUTHENTICATOR', 'The authenticator did not verify you, or its key can leave the device.', {
      place: '/credential',
      fix: 'Use a security key or the authenticator of one device, with PIN or biometrics.',
    })
  const live = before.filter(({ withdrawnAt, digest: approved }) => withdrawnAt === null && approved === wanted)
  const fresh = live.filter((one) => Date.parse(one.expiresAt) > Date.parse(now))
  if (fresh.some(({ approverId }) => approverId === actor.id)) return repeated()
  if (fresh.some((one) => one.credentialId === credentialId))
    return refuse('APPROVAL_SAME_AUTHENTICATOR', 'This authenticator has approved it already, for somebody else.', {
      place: '/credential',
      fix: 'Each person approves with an authenticator of their own.',
    })
  return ok({
    approval: {
      approverId: actor.id,
      role: actor.role,
      credentialId,
      digest,
      challenge,
      givenAt: now,
      expiresAt,
      withdrawnAt: null,
    },
    proof,
  })
}

export function withdrawOwn({ actor, now }: ActionContext, approvals: readonly Approval[]): Result<Approval[]> {
  const own = (one: Approval) => one.approverId === actor.id && one.withdrawnAt === null
  if (!approvals.some(own))
    return refuse('APPROVAL_NONE', 'You have given no approval here that could be taken back.', {})
  return ok(approvals.map((one) => (own(one) ? { ...one, withdrawnAt: now } : one)))
}

function repeated() {
  return refuse('APPROVAL_REPEATED', 'You have approved this already, or this signature was used before.', {
    fix: 'To approve again after taking it back, ask for a new challenge.',
  })
}

function expired() {
  return refuse('APPROVAL_EXPIRED', 'The approval has run out, or would hold longer than a day.', {
    place: '/expiresAt',
    fix: 'Ask for a new challenge.',
  })
}

function notSubmitted() {
  return refuse('APPROVAL_STATE', 'Only a request that is submitted and not yet released is approved.', {
    fix: 'Have it submitted first.',
  })
}

export const approvalActions = [challenge, give, withdraw] as const
