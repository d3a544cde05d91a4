/** Proposing, approving and ordering the erasure of a case. Carrying it out stands in erasure-end.ts. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, amber, Marking, ok, type Result, refuse, type Stored } from '../kernel/index.ts'
import { ChallengeView, Credential, challengeNow, newApproval, withdrawOwn } from './approval-actions.ts'
import { type ApprovalState, approvalDigest, approvalState, LEAST_APPROVALS } from './approvals.ts'
import { caseOf, did } from './case-acts.ts'
import { rolesNow } from './entitled.ts'
import {
  approvedErasure,
  ErasureBasis,
  type ErasureBody,
  type ErasureOrder,
  type Extent,
  Extent as ExtentSchema,
  sameExtent,
} from './erasure.ts'
import { CaseId, Changed, closed, Digest, Id, Instant, oneOf, Seen, text, Version } from './fields.ts'
import { holdsOf } from './holds.ts'
import { type ApprovalDesk, type PolicyVersion, ports, type Shredder } from './ports.ts'
import { planOf } from './retention-actions.ts'

const KIND = 'erasure'
type StoredErasure = Stored<ErasureBody> & { readonly caseId: string }

const propose = action({
  name: 'erasure.propose',
  summary: 'Propose to erase a closed case: its periods have ended, or an authority has ordered it',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    order: Type.Optional(text(300, 'Authority, date and file number of the order, where there is one.')),
  }),
  output: closed({ id: Id, version: Version, extent: ExtentSchema, digest: Digest }),
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, order }) => {
    const basis = await basisOf(context, caseId, order ?? null)
    if (!basis.ok) return basis
    const extent = await extentOf(context, caseId)
    const { actor, newId, records } = context
    const body: ErasureBody = {
      basis: basis.value,
      extent,
      state: 'proposed',
      approvals: [],
      marking: amber,
      author: actor.id,
    }
    const stored = await records.put(KIND, newId(), body, { caseId, seen: 0 })
    const { digest } = await standingOf(context, { ...stored, caseId })
    return ok({
      result: { id: stored.id, version: stored.version, extent, digest },
      events: [did('erasure.propose', KIND, stored.id, caseId, { digest, basis: basis.value, extent })],
    })
  },
})

const read = action({
  name: 'erasure.read',
  summary: 'Read the proposal to erase a case, and where its approvals stand',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({
    id: Id,
    version: Version,
    caseId: CaseId,
    basis: ErasureBasis,
    extent: ExtentSchema,
    state: oneOf(['proposed', 'withdrawn', 'ordered'], 'Where it stands.'),
    marking: Marking,
    author: Id,
    digest: Digest,
    counted: Type.Integer(),
    needed: Type.Integer(),
    approvedByYou: Type.Boolean({ description: 'You have given an approval and not taken it back.' }),
  }),
  asks: asksApproval,
  run: async (context, { id }) => {
    const erasure = await erasureOf(context, id)
    const { basis, extent, state, marking, author } = erasure.body
    const { digest, approvals } = await standingOf(context, erasure)
    const { version, caseId } = erasure
    const counted = approvals.counted.length
    const approvedByYou = erasure.body.approvals.some(
      ({ approverId, withdrawnAt }) => approverId === context.actor.id && withdrawnAt === null,
    )
    const standing = { digest, counted, needed: approvals.needed, approvedByYou }
    return ok({ result: { id, version, caseId, basis, extent, state, marking, author, ...standing }, events: [] })
  },
})

const challenge = action({
  name: 'erasure.challenge',
  summary: 'What your authenticator has to sign so that you approve exactly this erasure',
  kind: 'read',
  input: closed({ id: Id }),
  output: ChallengeView,
  asks: asksApproval,
  run: async (context, { id }) => {
    const erasure = await erasureOf(context, id)
    if (erasure.body.state !== 'proposed') return notProposed()
    return ok({ result: challengeNow(context, id, (await standingOf(context, erasure)).digest), events: [] })
  },
})

const approve = action({
  name: 'erasure.approve',
  summary: 'Approve the erasure of a case',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, digest: Digest, expiresAt: Instant, credential: Credential }),
  output: Changed,
  asks: asksApproval,
  run: async (context, { id, seen, digest, expiresAt, credential }) => {
    const erasure = await erasureOf(context, id)
    const { body, caseId } = erasure
    if (body.state !== 'proposed') return notProposed()
    const wanted = (await standingOf(context, erasure)).digest
    const giving = { id, digest, wanted, expiresAt, credential, drafters: [body.author], before: body.approvals }
    const given = await newApproval(context, giving)
    if (!given.ok) return given
    const { approval, proof } = given.value
    const after = { ...body, approvals: [...body.approvals, approval] }
    const { version } = await context.records.put(KIND, id, after, { caseId, seen })
    return ok({
      result: { id, version },
      events: [
        did('erasure.approve', KIND, id, caseId, { digest, credentialId: approval.credentialId, expiresAt, proof }),
      ],
    })
  },
})

const disapprove = action({
  name: 'erasure.disapprove',
  summary: 'Take back your approval of an erasure that is not ordered yet',
  kind: 'change',
  input: closed({ id: Id, seen: Seen }),
  output: Changed,
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: KIND, id } }),
  run: async (context, { id, seen }) => {
    const { body, caseId } = await erasureOf(context, id)
    if (body.state !== 'proposed') return notProposed()
    const approvals = withdrawOwn(context, body.approvals)
    if (!approvals.ok) return approvals
    const { version } = await context.records.put(KIND, id, { ...body, approvals: approvals.value }, { caseId, seen })
    return ok({ result: { id, version }, events: [did('erasure.disapprove', KIND, id, caseId, { withdrawn: true })] })
  },
})

const withdraw = action({
  name: 'erasure.withdraw',
  summary: 'Withdraw the proposal to erase a case',
  kind: 'change',
  input: closed({ caseId: CaseId, id: Id, seen: Seen, reason: text(2000, 'Why it is to be kept.') }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, id, seen, reason }) => {
    const erasure = await context.records.get<ErasureBody>(KIND, id)
    if (!erasure || erasure.caseId !== caseId || erasure.body.state !== 'proposed') return notProposed()
    const body: ErasureBody = { ...erasure.body, state: 'withdrawn' }
    const { version } = await context.records.put(KIND, id, body, { caseId, seen })
    return ok({ result: { id, version }, events: [did('erasure.withdraw', KIND, id, caseId, { reason })] })
  },
})

const erase = action({
  name: 'case.erase',
  summary: 'Order the erasure of a case that enough people have approved; there is no way back',
  kind: 'change',
  input: closed({ caseId: CaseId, id: Id, seen: Seen, digest: Digest }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'eraseCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, id, seen, digest }) => {
    const erasure = await context.records.get<ErasureBody>(KIND, id)
    if (!erasure || erasure.caseId !== caseId || erasure.body.state !== 'proposed') return notProposed()
    const { basis, extent, author } = erasure.body
    // All of it anew: the periods, the holds, what is there, who has approved.
    const still = await basisOf(context, caseId, basis.kind === 'order' ? basis.order : null)
    if (!still.ok) return still
    const standing = await standingOf(context, { ...erasure, caseId })
    if (digest !== standing.digest || !sameExtent(extent, await extentOf(context, caseId)))
      return refuse('ERASURE_CHANGED', 'What would be erased is not what was approved.', {
        place: id,
        fix: 'Withdraw the proposal and make a new one.',
      })
    const { approvals } = standing
    if (!approvals.enough)
      return refuse(
        'APPROVALS_MISSING',
        `${approvals.counted.length} of ${approvals.needed} approvals count at this moment.`,
        { place: id, fix: 'Have it approved by people who did not propose it.' },
      )
    await context.records.put<ErasureBody>(KIND, id, { ...erasure.body, state: 'ordered' }, { caseId, seen })
    const order: ErasureOrder = {
      caseId,
      basis,
      extent,
      digest,
      approvers: approvals.counted.map(({ approverId }) => approverId),
      proposedBy: author,
      orderedBy: context.actor.id,
      orderedAt: context.now,
      state: 'ordered',
      destroyedAt: null,
    }
    // The order is written and committed before the key is touched: a node that stops in between finds it and goes on.
    const { version } = await context.records.put('erasure-order', id, order, { caseId: null, seen: 0 })
    return ok({
      result: { id, version },
      events: [did('case.erase', 'case', caseId, null, { erasureId: id, digest, approvers: order.approvers })],
    })
  },
})

/** Whether the case may be erased at this moment, and why. */
async function basisOf(
  context: ActionContext,
  caseId: string,
  order: string | null,
): Promise<Result<ErasureBody['basis']>> {
  const kept = await caseOf(context, caseId)
  if (!kept.body.access.closed)
    return refuse('ERASURE_OPEN', 'A case that is worked on is not erased.', { place: caseId, fix: 'Close it first.' })
  const holds = await holdsOf(context, caseId)
  if (holds.some(({ body }) => body.liftedAt === null)) return held(caseId)
  if (order !== null) return ok({ kind: 'order', order })
  const plan = await planOf(context, kept)
  if (!plan.due)
    return refuse('ERASURE_EARLY', `The case is kept ${plan.eraseAfter ? `until ${plan.eraseAfter}` : 'on'}.`, {
      place: caseId,
      fix: 'See retention.preview for the reasons, or state the order of an authority.',
    })
  return ok({ kind: 'period', rules: plan.clocks.map(({ ruleId }) => ruleId) })
}

export function held(caseId: string) {
  return refuse('ERASURE_HELD', 'The case is under a legal hold.', {
    place: caseId,
    fix: 'Have the hold lifted first.',
  })
}

async function extentOf(context: ActionContext, caseId: string): Promise<Extent> {
  const { version } = await caseOf(context, caseId)
  const { countByKind, keyIdDigest } = await context.port<Shredder>(ports.shredder).inventory(caseId)
  if (keyIdDigest === null) throw new Error('a case that can be read has no key')
  // The proposal itself grows with each approval; it is not what is approved.
  const counted = Object.entries(countByKind).filter(([kind]) => kind !== KIND)
  return { caseId, caseVersion: version, countByKind: Object.fromEntries(counted), keyIdDigest }
}

async function erasureOf({ records }: ActionContext, id: string): Promise<StoredErasure> {
  const stored = await records.get<ErasureBody>(KIND, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted proposal has no record')
  return { ...stored, caseId: stored.caseId }
}

async function standingOf(
  context: ActionContext,
  { id, caseId, body }: StoredErasure,
): Promise<{ digest: string; approvals: ApprovalState }> {
  const asked = context.port<ApprovalDesk>(ports.approvals).needed({ instrument: null, requestType: KIND })
  const needed = Math.max(LEAST_APPROVALS, asked)
  const policies = context.port<PolicyVersion>(ports.policies).version
  const { basis, extent, author, approvals } = body
  const digest = approvalDigest(approvedErasure({ erasureId: id, basis, extent, policies, needed }))
  const roleByPerson = await rolesNow(context, caseId, approvals)
  const now = Date.parse(context.now)
  return { digest, approvals: approvalState({ digest, needed, drafters: [author], roleByPerson }, approvals, now) }
}

function asksApproval({ id }: { id: string }) {
  return { right: 'approveRequest', subject: { type: 'record', kind: KIND, id } } as const
}

function notProposed() {
  return refuse('ERASURE_STATE', 'There is no such proposal, or it is decided already.', {
    fix: 'Make a new proposal where the case still exists.',
  })
}

export const erasureActions = [propose, read, challenge, approve, disapprove, withdraw, erase] as const
