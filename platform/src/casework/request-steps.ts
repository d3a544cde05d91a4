/** The acts that fix a request, let it out of the house, and end it: each a step of the table of request-states.ts. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, type Event, ok, type Result, refuse } from '../kernel/index.ts'
import { did } from './case-acts.ts'
import { deconflict } from './deconflict.ts'
import { Changed, closed, Digest, Id, Instant, Seen, text, Version } from './fields.ts'
import type { RequestBody } from './request.ts'
import { FindingView, problemsOf, toFinding } from './request-actions.ts'
import {
  changeRequest,
  putRequest,
  requestOf,
  type StoredRequest,
  standingOf,
  stepFrom,
  tells,
} from './request-acts.ts'
import { isOut } from './request-states.ts'

export const Reason = text(4000, 'Why, in words that may be shown to a court.')

const submit = action({
  name: 'request.submit',
  summary: 'Fix the content of a request and put it up for approval',
  kind: 'change',
  events: ['request.submit', 'deconfliction.tell'],
  input: closed({ id: Id, seen: Seen }),
  output: closed({
    id: Id,
    version: Version,
    digest: Digest,
    needed: Type.Integer(),
    findings: Type.Array(FindingView),
  }),
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'submit')
    if (!state.ok) return state
    const [first, ...more] = problemsOf(context, request)
    if (first)
      return refuse('REQUEST_INCOMPLETE', `${first.message} (${more.length} more problems)`, {
        place: first.path,
        fix: 'Run request.check, and correct everything that it names.',
      })
    const { digest, needed, policies } = await standingOf(context, request)
    const body = {
      ...request.body,
      state: state.value,
      submitted: { digest, policies, needed, at: context.now, by: context.actor.id },
    }
    const { caseId } = request
    const { version } = await putRequest(context, { action: 'request.submit', id, caseId, seen, body, said: null })
    // Looked for once more: two who drafted in the same moment have not seen each other.
    const { findings, events } = await deconflict(context, { kind: 'request', id, caseId })
    return ok({
      result: { id, version, digest, needed, findings: findings.map(toFinding) },
      events: [did('request.submit', 'request', id, caseId, { digest, needed, policies }), ...events],
    })
  },
})

const release = action({
  name: 'request.release',
  summary: 'Release a request that enough people have approved',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, digest: Digest }),
  output: Changed,
  asks: ({ id }) => ({ right: 'releaseRequest', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, digest }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'release')
    if (!state.ok) return state
    const standing = await standingOf(context, request)
    if (digest !== standing.digest || request.body.submitted?.digest !== standing.digest) return otherDigest()
    const { approvals } = standing
    if (!approvals.enough)
      return refuse(
        'APPROVALS_MISSING',
        `${approvals.counted.length} of ${approvals.needed} approvals count at this moment.`,
        {
          place: id,
          fix:
            approvals.void.length === 0
              ? 'Have it approved by people who did not draft it.'
              : `Approvals that do not count: ${approvals.void.map(({ why }) => why).join(', ')}.`,
        },
      )
    const approvers = approvals.counted.map(({ approverId, credentialId }) => ({ approverId, credentialId }))
    return changeRequest(context, {
      action: 'request.release',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, state: state.value, releasedAt: context.now },
      said: { digest, approvers, policies: standing.policies },
    })
  },
})

/**
 * Releases a submitted request as the message that carries it: the approvals are in the message, and were counted there. Nobody who
 * wrote any of the request has approved that message.
 */
export async function releaseAs(
  context: ActionContext,
  {
    id,
    digest,
    approvers,
    exchange,
  }: {
    readonly id: string
    readonly digest: string
    readonly approvers: readonly string[]
    readonly exchange: NonNullable<RequestBody['exchange']>
  },
): Promise<Result<readonly Event[]>> {
  const request = await requestOf(context, id)
  const state = stepFrom(request.body, 'release')
  if (!state.ok) return state
  const standing = await standingOf(context, request)
  if (digest !== standing.digest || request.body.submitted?.digest !== standing.digest) return otherDigest()
  if (approvers.some((approver) => request.body.drafters.includes(approver)))
    return refuse('APPROVAL_OWN_DRAFT', 'Nobody approves what they have written, even in part.', {
      fix: 'Let somebody else approve it.',
    })
  await putRequest(context, {
    action: 'request.release',
    id,
    caseId: request.caseId,
    seen: request.version,
    body: { ...request.body, state: state.value, releasedAt: context.now, exchange },
    said: null,
  })
  const said = {
    digest,
    approvers: [...approvers],
    policies: standing.policies,
    to: exchange.peer,
    exchange: exchange.id,
  }
  return ok([did('request.release', 'request', id, request.caseId, said)])
}

function otherDigest() {
  return refuse('REQUEST_DIGEST', 'What is to be released is not what was submitted, or the policies changed since.', {
    place: '/digest',
    fix: 'Read the request again; take it back to a draft with request.update and submit it anew.',
  })
}

const withdraw = action({
  name: 'request.withdraw',
  events: ['request.withdraw', ...tells],
  summary: 'Withdraw a request; what is out already is withdrawn by those who may release (Reg. 2018/1805 art. 27)',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, reason: Reason }),
  output: Changed,
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, reason }) => {
    const request = await requestOf(context, id)
    const allowed = await checkMayEnd(context, request)
    if (!allowed.ok) return allowed
    const state = stepFrom(request.body, 'withdraw')
    if (!state.ok) return state
    return changeRequest(context, {
      action: 'request.withdraw',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, state: state.value, reason: { code: null, text: reason } },
      said: { reason, before: request.body.state },
    })
  },
})

/** A draft belongs to those who write it; what is out of the house binds others, and takes back who may let out. */
async function checkMayEnd({ may }: ActionContext, { id, body }: StoredRequest): Promise<Result<null>> {
  const right = isOut(body.state) ? 'releaseRequest' : 'editRecord'
  if (await may({ right, subject: { type: 'record', kind: 'request', id } })) return ok(null)
  return refuse('REQUEST_NOT_YOURS', 'You may read this request; to withdraw it needs another right.', {
    place: id,
    fix: 'Ask somebody who may change it, or release it where it is out.',
  })
}

const lift = action({
  name: 'request.lift',
  events: ['request.lift', ...tells],
  summary: 'Ask that a measure that was carried out be lifted',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, reason: Reason }),
  output: Changed,
  asks: ({ id }) => ({ right: 'releaseRequest', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, reason }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'lift')
    if (!state.ok) return state
    return changeRequest(context, {
      action: 'request.lift',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, state: state.value, reason: { code: null, text: reason } },
      said: { reason },
    })
  },
})

const extend = action({
  name: 'request.extend',
  events: ['request.extend', ...tells],
  summary: 'Ask that a measure that was carried out go on',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, until: Instant, reason: Reason }),
  output: Changed,
  asks: ({ id }) => ({ right: 'releaseRequest', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, until, reason }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'extend')
    if (!state.ok) return state
    const last = request.body.until ?? context.now
    if (Date.parse(until) <= Date.parse(last))
      return refuse('REQUEST_UNTIL', 'An extension ends later than what it extends, and not in the past.', {
        place: '/until',
        fix: 'Give a later end, or ask that the measure be lifted.',
      })
    return changeRequest(context, {
      action: 'request.extend',
      id,
      caseId: request.caseId,
      seen,
      body: { ...request.body, state: state.value, until, reason: { code: null, text: reason } },
      said: { until, reason },
    })
  },
})

export const requestSteps = [submit, release, withdraw, lift, extend] as const
