/**
 * What we do about a request of others: acknowledge, ask for more, decide, carry out, report, hand back. The steps are those of
 * the table (request-states.ts); who decides is asked of the policies as `decideRequest`, who records as `editRecord`.
 */
import { type TSchema, Type } from '@sinclair/typebox'
import { type Action, type ActionContext, action, ok, type Result, refuse } from '../kernel/index.ts'
import { FormData, formToData } from '../legal/index.ts'
import { Assets, settleAssets } from './assets.ts'
import { deconflict } from './deconflict.ts'
import { Changed, closed, Id, Instant, Seen, Version } from './fields.ts'
import { checkOriginal } from './incoming-receive.ts'
import { type LegalPort, ports } from './ports.ts'
import type { Incoming, RequestBody } from './request.ts'
import { FindingView, toFinding } from './request-actions.ts'
import { changeRequest, putRequest, requestOf, type StoredRequest, stepFrom, tells } from './request-acts.ts'
import { editsRequest, mergeTimes, Secured, settleSecured, Times } from './request-answers.ts'
import { withDeadlines } from './request-deadlines.ts'
import { type RequestAct, reasonCodes } from './request-states.ts'
import { Reason } from './request-steps.ts'

const decidesRequest = ({ id }: { id: string }) =>
  ({ right: 'decideRequest', subject: { type: 'record', kind: 'request', id } }) as const

const Exhibit = Type.Optional(Type.String({ format: 'uuid', description: 'What they or we have written, an exhibit.' }))

const acknowledge = action({
  name: 'request.acknowledge',
  summary: 'Record that we have acknowledged a request of others, and when those who are competent had it',
  kind: 'change',
  events: ['request.acknowledge', ...tells],
  input: closed({ id: Id, seen: Seen, exhibit: Exhibit, ...Times }),
  output: Changed,
  asks: editsRequest,
  run: async (context, { id, seen, exhibit, ...given }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'acknowledge', 'in')
    if (!state.ok) return state
    const incoming = incomingOf(request)
    const received = mergeTimes(request.body.received, given)
    const { receivedByCompetentAt } = received
    if (receivedByCompetentAt === null)
      return refuse('REQUEST_TIME', 'An acknowledgement says since when the authority that is competent has it.', {
        place: '/receivedByCompetentAt',
        fix: 'State it: periods run from then (Reg. 2018/1805 art. 9(3)).',
      })
    for (const [name, at] of Object.entries(received))
      if (at !== null && Date.parse(at) > Date.parse(context.now))
        return refuse('REQUEST_TIME', `${name} lies in the future.`, { place: `/${name}`, fix: 'Correct the time.' })
    const original = await checkOriginal(context, request.caseId, exhibit ?? null)
    if (!original.ok) return original
    const body = {
      ...request.body,
      state: state.value,
      incoming: { ...incoming, exhibit: exhibit ?? incoming.exhibit },
    }
    return changeRequest(context, {
      action: 'request.acknowledge',
      id,
      caseId: request.caseId,
      seen,
      body: withDeadlines(context, body, received),
      said: { ...received, exhibit: exhibit ?? null },
    })
  },
})

const FieldPath = Type.String({
  maxLength: 300,
  pattern: '^[a-z][A-Za-z0-9]*(\\[[0-9]{0,3}\\])?(\\.[a-z][A-Za-z0-9]*(\\[[0-9]{0,3}\\])?){0,8}$',
  description: 'A field of the form, by its path.',
})

const askMore = action({
  name: 'request.ask-more',
  summary: 'Ask the other authority for more: which fields of its request, and why they are needed',
  kind: 'change',
  events: ['request.ask-more', ...tells],
  input: closed({
    id: Id,
    seen: Seen,
    fields: Type.Array(FieldPath, {
      maxItems: 200,
      uniqueItems: true,
      description: 'Fields that are missing or unclear.',
    }),
    reason: Reason,
  }),
  output: Changed,
  asks: editsRequest,
  run: async (context, { id, seen, fields, reason }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'ask-back', 'in')
    if (!state.ok) return state
    const known = checkFields(context, request, fields)
    if (!known.ok) return known
    const asked = { fields: [...fields], text: reason, at: context.now }
    return changeRequest(context, {
      action: 'request.ask-more',
      id,
      caseId: request.caseId,
      seen,
      body: {
        ...request.body,
        state: state.value,
        incoming: { ...incomingOf(request), asked },
        reason: { code: null, text: reason },
      },
      said: { fields: [...fields], reason },
    })
  },
})

/** Where the instrument has a form, more is asked of its fields only. */
function checkFields(context: ActionContext, { body }: StoredRequest, fields: readonly string[]): Result<null> {
  const { instrument, requestType } = body.content
  const form = context.port<LegalPort>(ports.law).form(instrument, requestType)
  if (!form.ok) return ok(null)
  const plain = (path: string) => path.replace(/\[\d*\]/g, '')
  const known = new Set(form.value.sections.flatMap((one) => one.fields.map(({ path }) => plain(path))))
  const at = fields.findIndex((path) => !known.has(plain(path)))
  if (at === -1) return ok(null)
  return refuse('REQUEST_FIELD', `The form ${form.value.id} has no field ${fields[at]}.`, {
    place: `/fields/${at}`,
    fix: 'Name fields of the form; see legal.form.',
  })
}

const supplied = action({
  name: 'request.supplied',
  summary: 'Record that the other authority has supplied what we asked for',
  kind: 'change',
  events: ['request.supplied', 'deconfliction.tell'],
  input: closed({
    id: Id,
    seen: Seen,
    data: Type.Optional(FormData),
    assets: Type.Optional(Assets),
    exhibit: Exhibit,
    reason: Reason,
  }),
  output: closed({ id: Id, version: Version, findings: Type.Array(FindingView) }),
  asks: editsRequest,
  run: async (context, { id, seen, data, assets, exhibit, reason }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'supplement', 'in')
    if (!state.ok) return state
    const fields = { ...request.body.content.data, ...data }
    const whole = formToData(fields)
    if (!whole.ok)
      return { ok: false, refusal: { ...whole.refusal, place: (whole.refusal.place ?? '').replace('/content', '') } }
    const settled = settleAssets(context, assets ?? request.body.content.assets)
    if (!settled.ok) return settled
    const original = await checkOriginal(context, request.caseId, exhibit ?? null)
    if (!original.ok) return original
    const { version } = await putRequest(context, {
      action: 'request.supplied',
      id,
      caseId: request.caseId,
      seen,
      body: {
        ...request.body,
        content: { ...request.body.content, data: fields, assets: [...settled.value] },
        state: state.value,
        incoming: { ...incomingOf(request), asked: null },
        reason: { code: null, text: reason },
      },
      said: null,
    })
    const { findings, events } = await deconflict(context, { kind: 'request', id, caseId: request.caseId })
    const said = { fields: Object.keys(data ?? {}), assets: assets?.length ?? null, exhibit: exhibit ?? null, reason }
    return ok({
      result: { id, version, findings: findings.map(toFinding) },
      events: [{ name: 'request.supplied', of: 'request', id, caseId: request.caseId, body: said }, ...events],
    })
  },
})

type Answer = {
  readonly act: RequestAct
  readonly name: string
  readonly summary: string
  /** A decision of those who answer for it; else something that is recorded. */
  readonly decides: boolean
  readonly grounds?: 'refusal' | 'postponement' | 'impossibility'
  readonly secures?: true
  /** Until when it lasts: asked for, or stated where it is known. */
  readonly until?: 'must-be' | 'may-be'
  readonly time?: 'decidedAt' | 'executedAt'
}

const answers: readonly Answer[] = [
  {
    act: 'accept',
    name: 'accept',
    summary: 'Recognise a request of others: it will be carried out',
    decides: true,
    time: 'decidedAt',
  },
  {
    act: 'refuse',
    name: 'refuse',
    summary: 'Refuse a request of others, on a ground that its instrument allows',
    decides: true,
    grounds: 'refusal',
    time: 'decidedAt',
  },
  {
    act: 'postpone',
    name: 'postpone',
    summary: 'Postpone the execution of a request of others, on a ground that its instrument allows',
    decides: true,
    grounds: 'postponement',
  },
  {
    act: 'find-impossible',
    name: 'find-impossible',
    summary: 'Find that a request of others cannot be carried out for now, and why (Reg. 2018/1805 art. 13)',
    decides: true,
    grounds: 'impossibility',
  },
  {
    act: 'revive',
    name: 'revive',
    summary: 'Find that what was impossible is possible again (Reg. 2018/1805 art. 13(4))',
    decides: true,
  },
  {
    act: 'execute-partially',
    name: 'execute-partially',
    summary: 'Record that a request of others was carried out in part, and what was secured',
    decides: false,
    secures: true,
    until: 'may-be',
    time: 'executedAt',
  },
  {
    act: 'execute',
    name: 'execute',
    summary: 'Record that a request of others was carried out, and what was secured',
    decides: false,
    secures: true,
    until: 'may-be',
    time: 'executedAt',
  },
  {
    act: 'report',
    name: 'report',
    summary: 'Report to the other authority what was secured',
    decides: true,
  },
  {
    act: 'extend',
    name: 'prolonged',
    summary: 'Record that the other authority asks that its measure go on',
    decides: false,
    until: 'must-be',
  },
  {
    act: 'lift',
    name: 'lifted',
    summary: 'Record that the measure for the other authority was lifted',
    decides: true,
  },
  {
    act: 'withdraw',
    name: 'withdrawn',
    summary: 'Record that the other authority has withdrawn its request',
    decides: false,
  },
  {
    act: 'hand-back',
    name: 'hand-back',
    summary: 'Hand a request back to the other authority: nothing of it stays in force here',
    decides: true,
  },
]

function answerAction({ act, name: verb, summary, decides, grounds, secures, until, time }: Answer): Action {
  const name = `request.${verb}`
  const codes = reasonCodes[act]
  const more: Record<string, TSchema> = {
    ...(grounds && codes
      ? {
          code: Type.Union(
            codes.map((code) => Type.Literal(code)),
            { description: 'The ground, by its code.' },
          ),
        }
      : {}),
    ...(secures ? { secured: Secured } : {}),
    ...(until === undefined ? {} : { until: until === 'must-be' ? Instant : Type.Optional(Instant) }),
  }
  return action({
    name,
    summary,
    kind: 'change',
    events: [name, ...tells],
    input: closed({ id: Id, seen: Seen, reason: Reason, ...more }),
    output: Changed,
    asks: (given) => (decides ? decidesRequest : editsRequest)(given as { id: string }),
    run: async (context, given) => {
      const { id, seen, reason, ...rest } = given as { id: string; seen: number; reason: string } & Rest
      const request = await requestOf(context, id)
      const state = stepFrom(request.body, act, 'in')
      if (!state.ok) return state
      const ground = groundOf(context, request, grounds, rest.code)
      if (!ground.ok) return ground
      const secured = settleSecured(context, rest.secured ?? request.body.secured)
      if (!secured.ok) return secured
      const end = checkUntil(context, request, rest.until)
      if (!end.ok) return end
      const incoming = incomingOf(request)
      const body: RequestBody = {
        ...request.body,
        state: state.value,
        incoming: time === undefined ? incoming : { ...incoming, [time]: incoming[time] ?? context.now },
        reason: { code: rest.code ?? null, text: reason, ...ground.value },
        secured: secured.value,
        until: rest.until ?? request.body.until,
      }
      const said = { reason, code: rest.code ?? null, ...ground.value, until: rest.until ?? null }
      return changeRequest(context, {
        action: name,
        id,
        caseId: request.caseId,
        seen,
        // A decision and an execution set off periods of their own.
        body: withDeadlines(context, body, body.received),
        said: { ...said, secured: rest.secured?.map((one) => ({ ...one })) ?? null },
      })
    },
  }) as unknown as Action
}

type Rest = {
  readonly code?: string
  readonly secured?: readonly { readonly chain: string; readonly address: string; readonly amount: string }[]
  readonly until?: string
}

function groundOf(
  context: ActionContext,
  { body }: StoredRequest,
  kind: Answer['grounds'],
  code: string | undefined,
): Result<{ readonly article?: string; readonly verified?: string }> {
  if (kind === undefined || code === undefined) return ok({})
  return context.port<LegalPort>(ports.law).ground(body.content, kind, code)
}

function checkUntil({ now }: ActionContext, { body }: StoredRequest, until: string | undefined): Result<null> {
  if (until === undefined || Date.parse(until) > Date.parse(body.until ?? now)) return ok(null)
  return refuse('REQUEST_UNTIL', 'An extension ends later than what it extends, and not in the past.', {
    place: '/until',
    fix: 'Give the later end that they ask for.',
  })
}

/** A step of the table for requests of others was allowed: it is one. */
function incomingOf({ body }: StoredRequest): Incoming {
  if (body.incoming === undefined) throw new Error('a request of others does not say who sent it')
  return body.incoming
}

export const incomingActions: readonly Action[] = [
  acknowledge as unknown as Action,
  askMore as unknown as Action,
  supplied as unknown as Action,
  ...answers.map(answerAction),
]
