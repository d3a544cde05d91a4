/** What the acts on requests have in common: reading one, doing a step of its life, writing its next version. */
import {
  type ActionContext,
  type Event,
  type Json,
  type Outcome,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../kernel/index.ts'
import { type ApprovalState, approvalDigest, approvalState, LEAST_APPROVALS } from './approvals.ts'
import { assetRef } from './assets.ts'
import { did } from './case-acts.ts'
import { rolesNow } from './entitled.ts'
import type { Changed } from './fields.ts'
import { type ApprovalDesk, type PolicyVersion, ports } from './ports.ts'
import { approvedContent, directionOf, type Incoming, type RequestBody } from './request.ts'
import { actsFrom, type Direction, nextState, type RequestAct, type RequestState } from './request-states.ts'

export type StoredRequest = Stored<RequestBody> & { readonly caseId: string }

/** The request of a question that the policies have allowed: it exists. */
export async function requestOf({ records }: ActionContext, id: string): Promise<StoredRequest> {
  const stored = await records.get<RequestBody>('request', id)
  if (!stored || stored.caseId === null) throw new Error('a permitted request has no record')
  return { ...stored, caseId: stored.caseId }
}

/** The state after a step of ours (`out`: of what they do with ours). A request of the other direction knows no such step. */
export function stepFrom(body: RequestBody, act: RequestAct, direction: Direction = 'out'): Result<RequestState> {
  const { state } = body
  if (directionOf(body) !== direction)
    return refuse(
      'REQUEST_DIRECTION',
      direction === 'out' ? 'This request is of others, and was asked of us.' : 'This request is our own.',
      { fix: `From here: ${actsFrom(state, directionOf(body)).join(', ') || 'nothing'}.` },
    )
  const next = nextState(state, act, direction)
  if (next !== null) return ok(next)
  return refuse('REQUEST_STATE', `A request that is ${state} knows no step "${act}".`, {
    fix: `From here: ${actsFrom(state, direction).join(', ') || 'nothing; make a new request'}.`,
  })
}

/** One authority and file number, as they are compared: letter case, spaces and dashes are written in many ways. */
export function senderRef({ sender, reference }: Pick<Incoming, 'sender' | 'reference'>): string {
  const folded = (words: string) =>
    words
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return `${sender.country}|${folded(sender.authority)}|${folded(reference)}`
}

export type RequestWrite = {
  readonly action: string
  readonly caseId: string
  readonly id: string
  readonly seen: number
  readonly body: RequestBody
  readonly said: Json
}

/** The other side of a request that is exchanged: it is told of acts that concern it, in the transaction of the act. */
export interface Partners {
  tell(context: ActionContext, write: RequestWrite): Promise<Result<readonly Event[]>>
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
      refs: {
        asset,
        ...(body.content.trace ? { trace: body.content.trace.recordDigest } : {}),
        ...(body.exchange ? { exchange: body.exchange.id } : {}),
        ...(body.incoming ? { sender: senderRef(body.incoming) } : {}),
        ...(body.incoming?.letter ? { letter: body.incoming.letter.digest } : {}),
      },
    },
  )
}

/** What an act on a request may write beside itself: where the request is exchanged, the other side is told in the same transaction. */
export const tells = ['message.queued'] as const

export async function changeRequest(context: ActionContext, write: RequestWrite): Promise<Result<Outcome<Changed>>> {
  const { version } = await putRequest(context, write)
  const told = await tellPartner(context, write)
  if (!told.ok) return told
  return ok({
    result: { id: write.id, version },
    events: [did(write.action, 'request', write.id, write.caseId, write.said), ...told.value],
  })
}

export async function tellPartner(context: ActionContext, write: RequestWrite): Promise<Result<readonly Event[]>> {
  if (write.body.exchange === undefined) return ok([])
  return context.port<Partners>(ports.partners).tell(context, write)
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
