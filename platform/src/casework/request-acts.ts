/** What the acts on requests have in common: reading one, doing a step of its life, writing its next version. */
import { type ActionContext, type Json, type Outcome, ok, type Result, refuse, type Stored } from '../kernel/index.ts'
import { type ApprovalState, approvalDigest, approvalState, LEAST_APPROVALS } from './approvals.ts'
import { assetRef } from './assets.ts'
import { did } from './case-acts.ts'
import { rolesNow } from './entitled.ts'
import type { Changed } from './fields.ts'
import { type ApprovalDesk, type PolicyVersion, ports } from './ports.ts'
import { approvedContent, type RequestBody } from './request.ts'
import { actsFrom, nextState, type RequestAct, type RequestState } from './request-states.ts'

export type StoredRequest = Stored<RequestBody> & { readonly caseId: string }

/** The request of a question that the policies have allowed: it exists. */
export async function requestOf({ records }: ActionContext, id: string): Promise<StoredRequest> {
  const stored = await records.get<RequestBody>('request', id)
  if (!stored || stored.caseId === null) throw new Error('a permitted request has no record')
  return { ...stored, caseId: stored.caseId }
}

export function stepFrom(state: RequestState, act: RequestAct): Result<RequestState> {
  const next = nextState(state, act)
  if (next !== null) return ok(next)
  return refuse('REQUEST_STATE', `A request that is ${state} knows no step "${act}".`, {
    fix: `From here: ${actsFrom(state).join(', ') || 'nothing; make a new request'}.`,
  })
}

export type RequestWrite = {
  readonly action: string
  readonly caseId: string
  readonly id: string
  readonly seen: number
  readonly body: RequestBody
  readonly said: Json
}

export async function putRequest(context: ActionContext, write: RequestWrite): Promise<Stored<RequestBody>> {
  const { id, caseId, seen, body } = write
  const asset = body.content.assets.map(assetRef)
  return context.records.put<RequestBody>(
    'request',
    id,
    { ...body, by: context.actor.id },
    {
      caseId,
      seen,
      refs: { asset, ...(body.content.trace ? { trace: body.content.trace.recordDigest } : {}) },
    },
  )
}

export async function changeRequest(context: ActionContext, write: RequestWrite): Promise<Result<Outcome<Changed>>> {
  const { version } = await putRequest(context, write)
  return ok({
    result: { id: write.id, version },
    events: [did(write.action, 'request', write.id, write.caseId, write.said)],
  })
}

export type Standing = {
  readonly digest: string
  readonly needed: number
  readonly policies: string
  readonly approvals: ApprovalState
}

/**
 * Where the approvals of a request stand now: the digest is computed anew from what is there, the number of people is asked
 * anew, and only then the approvals are counted. Nothing that was stored about them is believed.
 */
export async function standingOf(context: ActionContext, request: StoredRequest): Promise<Standing> {
  const { content, marking, drafters, approvals } = request.body
  const { instrument, requestType } = content
  const needed = Math.max(
    LEAST_APPROVALS,
    context.port<ApprovalDesk>(ports.approvals).needed({ instrument, requestType }),
  )
  const policies = context.port<PolicyVersion>(ports.policies).version
  const digest = approvalDigest(
    approvedContent({ requestId: request.id, caseId: request.caseId, content, marking, policies, needed }),
  )
  const roleByPerson = await rolesNow(context, request.caseId, approvals)
  return {
    digest,
    needed,
    policies,
    approvals: approvalState({ digest, needed, drafters, roleByPerson }, approvals, Date.parse(context.now)),
  }
}
