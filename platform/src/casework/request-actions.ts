/** Drafting, checking and reading requests. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, amber, Marking, ok, type Result } from '../kernel/index.ts'
import { formToData } from '../legal/index.ts'
import { settleAssets } from './assets.ts'
import { did } from './case-acts.ts'
import { deconflict, findConflicts } from './deconflict.ts'
import type { Finding } from './deconfliction.ts'
import { CaseId, Cursor, closed, DEFAULT_LIMIT, Id, Limit, pageOf, Seen, Version } from './fields.ts'
import { readablePage } from './listing.ts'
import { checkMarking, checkRemarking } from './marking-rules.ts'
import { type LegalPort, ports } from './ports.ts'
import { type RequestBody, RequestContent, RequestView } from './request.ts'
import { putRequest, requestOf, type StoredRequest, standingOf, stepFrom } from './request-acts.ts'

export const FindingView = closed({
  code: Type.String(),
  message: Type.String(),
  with: Type.Array(closed({ kind: Type.String(), id: Id })),
})
const Written = closed({
  id: Id,
  version: Version,
  findings: Type.Array(FindingView, { description: 'Who else here is after the same assets, as far as you may know.' }),
})

const draft = action({
  name: 'request.draft',
  summary: 'Draft a request of a case to another authority',
  kind: 'change',
  events: ['request.draft', 'deconfliction.tell', 'order-conflict.found'],
  input: closed({ caseId: CaseId, content: RequestContent, marking: Type.Optional(Marking) }),
  output: Written,
  asks: ({ caseId }) => ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, content, marking = amber }) =>
    draftRequest(context, 'request.draft', { caseId, content, marking }),
})

const update = action({
  name: 'request.update',
  summary: 'Change a request that is not out yet; approvals that it had are void',
  kind: 'change',
  events: ['request.update', 'deconfliction.tell', 'order-conflict.found'],
  input: closed({ id: Id, seen: Seen, content: RequestContent, marking: Type.Optional(Marking) }),
  output: Written,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id, seen, content, marking }) => {
    const before = await requestOf(context, id)
    const state = stepFrom(before.body, 'change')
    if (!state.ok) return state
    const after = marking ?? before.body.marking
    const marked = checkRemarking(before.body.marking, after, before.body.author === context.actor.id)
    if (!marked.ok) return marked
    const settled = settleContent(context, content)
    if (!settled.ok) return settled
    const { actor } = context
    const drafters = before.body.drafters.includes(actor.id)
      ? before.body.drafters
      : [...before.body.drafters, actor.id]
    const stored = await putRequest(context, {
      action: 'request.update',
      id,
      caseId: before.caseId,
      seen,
      body: {
        ...before.body,
        content: settled.value,
        marking: after,
        drafters,
        state: state.value,
        submitted: null,
        // Kept, and taken back: a signature that was given once is never good for a second time.
        approvals: before.body.approvals.map((one) => ({ ...one, withdrawnAt: one.withdrawnAt ?? context.now })),
      },
      said: null,
    })
    const { findings, events } = await deconflict(context, { kind: 'request', id, caseId: before.caseId })
    return ok({
      result: { id, version: stored.version, findings: findings.map(toFinding) },
      events: [
        did('request.update', 'request', id, before.caseId, {
          version: stored.version,
          voided: before.body.approvals.length,
        }),
        ...events,
      ],
    })
  },
})

/** A draft of any origin: written by hand, or made of a trace. */
export async function draftRequest(
  context: ActionContext,
  name: string,
  { caseId, content, marking }: { caseId: string; content: RequestContent; marking: Marking },
) {
  const marked = checkMarking(marking)
  if (!marked.ok) return marked
  const settled = settleContent(context, content)
  if (!settled.ok) return settled
  const id = context.newId()
  const { instrument, requestType, measure } = settled.value
  const stored = await putRequest(context, {
    action: name,
    id,
    caseId,
    seen: 0,
    body: newRequest(settled.value, marking, context.actor.id),
    said: null,
  })
  const { findings, events } = await deconflict(context, { kind: 'request', id, caseId })
  return ok({
    result: { id, version: stored.version, findings: findings.map(toFinding) },
    events: [did(name, 'request', id, caseId, { instrument, requestType, measure }), ...events],
  })
}

function newRequest(content: RequestContent, marking: Marking, author: string): RequestBody {
  return {
    content,
    marking,
    author,
    drafters: [author],
    state: 'draft',
    submitted: null,
    approvals: [],
    releasedAt: null,
    received: { receivedByNodeAt: null, receivedByCompetentAt: null, forwardedAt: null },
    deadlines: [],
    referral: null,
    reason: null,
    secured: [],
    until: null,
    by: author,
  }
}

/** Addresses in their one form; the instrument and its form exist; the paths of the form fit together. */
function settleContent(context: ActionContext, content: RequestContent): Result<RequestContent> {
  const form = context.port<LegalPort>(ports.law).form(content.instrument, content.requestType)
  if (!form.ok) return form
  const data = formToData(content.data)
  if (!data.ok) return data
  const assets = settleAssets(context, content.assets)
  return assets.ok ? ok({ ...content, assets: [...assets.value] }) : assets
}

export const Problem = closed({
  code: Type.String(),
  path: Type.String(),
  message: Type.String(),
  fix: Type.String(),
  article: Type.String(),
})

/** What keeps a request from being sent: all of it at once, by path. */
export function problemsOf(context: ActionContext, { body: { content } }: StoredRequest) {
  const { instrument, requestType, urgency } = content
  const law = context.port<LegalPort>(ports.law)
  const data = formToData(content.data)
  if (!data.ok) throw new Error('the stored form contradicts itself')
  const problems = [...law.check(instrument, requestType, data.value)].map(({ code, path, message, fix, article }) => ({
    code,
    path,
    message,
    fix,
    article,
  }))
  const known = law.urgencies(instrument, requestType)
  if (urgency !== null && !known.includes(urgency.code))
    problems.push({
      code: 'REQUEST_URGENCY',
      path: '/urgency/code',
      message: `${instrument} knows no urgency ${urgency.code} for ${requestType}.`,
      fix: known.length === 0 ? 'State no urgency.' : `State one of ${known.join(', ')}, or none.`,
      article: '',
    })
  if (!content.recipients.some(({ role }) => role === 'to'))
    problems.push({
      code: 'REQUEST_RECIPIENT',
      path: '/recipients',
      message: 'The request asks nobody: no recipient has the role "to".',
      fix: 'Name the authority that is asked.',
      article: '',
    })
  return problems
}

const check = action({
  name: 'request.check',
  summary: 'What is missing or wrong in a request, field by field, and who else is after its assets',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ problems: Type.Array(Problem), findings: Type.Array(FindingView) }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id }) => {
    const request = await requestOf(context, id)
    const findings = await findConflicts(context, { kind: 'request', id, caseId: request.caseId })
    return ok({ result: { problems: problemsOf(context, request), findings: findings.map(toFinding) }, events: [] })
  },
})

const Standing = closed({
  needed: Type.Integer(),
  counted: Type.Integer(),
  enough: Type.Boolean(),
  /** Why approvals that were given do not count. */
  void: Type.Array(closed({ approverId: Id, why: Type.String() })),
})

const read = action({
  name: 'request.read',
  summary: 'Read a request, and where its approvals stand at this moment',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ ...RequestView.properties, approval: Standing }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async (context, { id }) => {
    const request = await requestOf(context, id)
    const { needed, approvals } = await standingOf(context, request)
    const approval = {
      needed,
      counted: approvals.counted.length,
      enough: approvals.enough,
      void: approvals.void.map(({ approval: { approverId }, why }) => ({ approverId, why })),
    }
    return ok({ result: { ...toView(request), approval } as never, events: [] })
  },
})

const list = action({
  name: 'request.list',
  summary: 'List the requests of a case that you may see, oldest first',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(RequestView),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<RequestBody>(context, 'request', caseId, { after, limit })
    const items = page.items.map((request) => toView({ ...request, caseId }))
    return ok({ result: { items, next: page.next } as never, events: [] })
  },
})

const history = action({
  name: 'request.history',
  summary: 'Every version of a request, oldest first',
  kind: 'read',
  input: closed({ id: Id }),
  output: Type.Array(RequestView),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: 'request', id } }),
  run: async ({ records }, { id }) => {
    const versions = await records.history<RequestBody>('request', id)
    return ok({ result: versions.map((one) => toView(one as StoredRequest)) as never, events: [] })
  },
})

function toView({ id, caseId, version, at, body }: StoredRequest) {
  return { id, caseId, version, at, request: body }
}

export function toFinding({ code, message, with: others }: Finding) {
  return { code, message, with: others.map(({ kind, id }) => ({ kind, id })) }
}

export const requestActions = [draft, update, check, read, list, history] as const
