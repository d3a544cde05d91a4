/**
 * What the other authority has said or done, recorded here: receipt, referral, questions, decision, execution. One action
 * for each step of the table, made from one list, since they differ only in what they carry.
 */
import { Type } from '@sinclair/typebox'
import { type Action, type ActionContext, action, ok, type Result, refuse } from '../kernel/index.ts'
import { Address, BaseUnits, ChainId, Changed, closed, Id, Instant, Seen } from './fields.ts'
import { type AddressGate, ports } from './ports.ts'
import { directionOf, type ReceivedTimes, Recipient, type RequestBody } from './request.ts'
import { changeRequest, requestOf, stepFrom, tells } from './request-acts.ts'
import { withDeadlines } from './request-deadlines.ts'
import { type RequestAct, reasonCodes } from './request-states.ts'
import { Reason } from './request-steps.ts'

export const Times = {
  receivedByNodeAt: Type.Optional(Instant),
  receivedByCompetentAt: Type.Optional(Instant),
  forwardedAt: Type.Optional(Instant),
}
export type TimesGiven = { readonly [name in keyof ReceivedTimes]?: string | undefined }

/** Times that were said once stay, where nothing else is said now. */
export function mergeTimes(before: ReceivedTimes, given: TimesGiven): ReceivedTimes {
  return {
    receivedByNodeAt: given.receivedByNodeAt ?? before.receivedByNodeAt,
    receivedByCompetentAt: given.receivedByCompetentAt ?? before.receivedByCompetentAt,
    forwardedAt: given.forwardedAt ?? before.forwardedAt,
  }
}

function checkTimes(body: RequestBody, received: ReceivedTimes, now: string): Result<null> {
  for (const [name, at] of Object.entries(received)) {
    if (at === null) continue
    const time = Date.parse(at)
    if (time > Date.parse(now) || (body.releasedAt !== null && time < Date.parse(body.releasedAt)))
      return refuse('REQUEST_TIME', `${name} lies before the release of the request, or in the future.`, {
        place: `/${name}`,
        fix: 'Give the time that the other authority has stated.',
      })
  }
  return ok(null)
}

export const editsRequest = ({ id }: { id: string }) =>
  ({ right: 'editRecord', subject: { type: 'record', kind: 'request', id } }) as const

const acknowledge = action({
  name: 'request.acknowledged',
  summary: 'Record that the request was received: by their node, and by the authority that is competent',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, ...Times }),
  output: Changed,
  asks: editsRequest,
  run: async (context, { id, seen, ...given }) => {
    const request = await requestOf(context, id)
    if (directionOf(request.body) === 'in') return stepFrom(request.body, 'acknowledge') as Result<never>
    if (request.body.releasedAt === null)
      return refuse('REQUEST_STATE', 'A request that was never released was received by nobody.', {
        place: id,
        fix: 'Release it first.',
      })
    const received = mergeTimes(request.body.received, given)
    const fits = checkTimes(request.body, received, context.now)
    if (!fits.ok) return fits
    // Receipt by a node, or being on its way, is no receipt by the competent authority: the state tells them apart.
    const step =
      received.receivedByCompetentAt !== null && request.body.state === 'released'
        ? stepFrom(request.body, 'acknowledge')
        : ok(request.body.state)
    if (!step.ok) return step
    return changeRequest(context, {
      action: 'request.acknowledged',
      id,
      caseId: request.caseId,
      seen,
      body: { ...withDeadlines(context, request.body, received), state: step.value },
      said: { ...received },
    })
  },
})

const refer = action({
  name: 'request.referred',
  summary: 'Record that the request was passed on; it stays open here until they confirm that they have it',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, to: Recipient, forwardedAt: Instant, reason: Reason }),
  output: Changed,
  asks: editsRequest,
  run: async (context, { id, seen, to, forwardedAt, reason }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'refer')
    if (!state.ok) return state
    // The clock of the authority that is competent has not started with whoever was not.
    const received = { ...mergeTimes(request.body.received, { forwardedAt }), receivedByCompetentAt: null }
    const fits = checkTimes(request.body, received, context.now)
    if (!fits.ok) return fits
    return changeRequest(context, {
      action: 'request.referred',
      id,
      caseId: request.caseId,
      seen,
      body: {
        ...withDeadlines(context, request.body, received),
        state: state.value,
        referral: { to, at: forwardedAt, takenOverAt: null },
        reason: { code: null, text: reason },
      },
      said: { to: to.authority, country: to.country, forwardedAt, reason },
    })
  },
})

const takeOver = action({
  name: 'request.taken-over',
  summary: 'Record that those to whom the request was passed on have confirmed it',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, receivedByCompetentAt: Instant }),
  output: Changed,
  asks: editsRequest,
  run: async (context, { id, seen, receivedByCompetentAt }) => {
    const request = await requestOf(context, id)
    const state = stepFrom(request.body, 'take-over')
    if (!state.ok) return state
    const { referral } = request.body
    if (!referral) throw new Error('a referred request has no referral')
    const received = mergeTimes(request.body.received, { receivedByCompetentAt })
    const fits = checkTimes(request.body, received, context.now)
    if (!fits.ok) return fits
    return changeRequest(context, {
      action: 'request.taken-over',
      id,
      caseId: request.caseId,
      seen,
      body: {
        ...withDeadlines(context, request.body, received),
        state: state.value,
        referral: { ...referral, takenOverAt: receivedByCompetentAt },
      },
      said: { receivedByCompetentAt, by: referral.to.authority },
    })
  },
})

export const Secured = Type.Array(closed({ chain: ChainId, address: Address, amount: BaseUnits }), {
  maxItems: 500,
  description: 'What was secured, where they have said so.',
})

type Answer = { readonly act: RequestAct; readonly state: string; readonly summary: string; readonly secures?: true }

const answers: readonly Answer[] = [
  { act: 'ask-back', state: 'asked-back', summary: 'Record that they ask for more' },
  { act: 'supplement', state: 'supplemented', summary: 'Record that what they asked for was supplied' },
  { act: 'postpone', state: 'postponed', summary: 'Record that they have postponed execution, with the ground' },
  {
    act: 'find-impossible',
    state: 'impossible',
    summary: 'Record that execution is impossible for now, with the reason (Reg. 2018/1805 art. 13)',
  },
  { act: 'revive', state: 'revived', summary: 'Record that what was impossible is possible again (art. 13(4))' },
  { act: 'refuse', state: 'refused', summary: 'Record that they have refused, with the ground' },
  {
    act: 'execute-partially',
    state: 'partially',
    summary: 'Record that the request was carried out in part',
    secures: true,
  },
  { act: 'execute', state: 'executed', summary: 'Record that the request was carried out', secures: true },
]

function answerAction({ act, state, summary, secures }: Answer): Action {
  const name = `request.${state}`
  const codes = reasonCodes[act]
  const input = closed({
    id: Id,
    seen: Seen,
    reason: Reason,
    ...(codes
      ? {
          code: Type.Union(
            codes.map((code) => Type.Literal(code)),
            { description: 'The ground, by its code.' },
          ),
        }
      : {}),
    ...(secures ? { secured: Secured } : {}),
  })
  return action({
    name,
    summary,
    kind: 'change',
    events: [name, ...tells],
    input,
    output: Changed,
    asks: (given) => editsRequest(given as { id: string }),
    run: async (context, given) => {
      const { id, seen, reason, code, secured } = given as {
        id: string
        seen: number
        reason: string
        code?: string
        secured?: readonly { chain: string; address: string; amount: string }[]
      }
      const request = await requestOf(context, id)
      const next = stepFrom(request.body, act)
      if (!next.ok) return next
      const taken = settleSecured(context, secured ?? request.body.secured)
      if (!taken.ok) return taken
      return changeRequest(context, {
        action: name,
        id,
        caseId: request.caseId,
        seen,
        body: {
          ...request.body,
          state: next.value,
          reason: { code: code ?? null, text: reason },
          secured: taken.value,
        },
        said: { reason, code: code ?? null, secured: secured?.length ?? null },
      })
    },
  }) as unknown as Action
}

export function settleSecured(
  context: ActionContext,
  secured: readonly { chain: string; address: string; amount: string }[],
): Result<{ chain: string; address: string; amount: string }[]> {
  const gate = context.port<AddressGate>(ports.addresses)
  const settled: { chain: string; address: string; amount: string }[] = []
  for (const [at, { chain, address, amount }] of secured.entries()) {
    const read = gate.parse(chain, address)
    if (!read.ok) return { ok: false, refusal: { ...read.refusal, place: `/secured/${at}/address` } }
    settled.push({ ...read.value, amount })
  }
  return ok(settled)
}

export const requestAnswers: readonly Action[] = [
  acknowledge as unknown as Action,
  refer as unknown as Action,
  takeOver as unknown as Action,
  ...answers.map(answerAction),
]
