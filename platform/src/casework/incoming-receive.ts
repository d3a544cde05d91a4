/** Putting a request of another authority on record: a letter on paper, or the machine-readable text of one. */
import { type Static, Type } from '@sinclair/typebox'
import {
  type ActionContext,
  action,
  amber,
  type Event,
  type Json,
  Marking,
  type Outcome,
  ok,
  Purpose,
  type Result,
  refuse,
} from '../kernel/index.ts'
import { formToData } from '../legal/index.ts'
import { approvalDigest } from './approvals.ts'
import { settleAssets } from './assets.ts'
import { openCaseBody, Title } from './case.ts'
import { putCase } from './case-acts.ts'
import { deconflict } from './deconflict.ts'
import type { Finding } from './deconfliction.ts'
import { CaseId, closed, Digest, Id, Version } from './fields.ts'
import { readQuestion } from './listing.ts'
import { checkMarking, loosens } from './marking-rules.ts'
import { type LegalPort, ports } from './ports.ts'
import { Incoming, LetterText, type RequestBody, RequestContent } from './request.ts'
import { FindingView, toFinding } from './request-actions.ts'
import { putRequest, senderRef } from './request-acts.ts'
import { mergeTimes, Times } from './request-answers.ts'
import { withDeadlines } from './request-deadlines.ts'

const { sender, reference, arrival } = Incoming.properties

export const Receipt = closed({
  caseId: Type.Optional(CaseId),
  newCase: Type.Optional(
    closed({
      title: Title,
      purposes: Type.Array(Purpose, { minItems: 1, maxItems: 5, uniqueItems: true }),
      training: Type.Optional(Type.Boolean({ description: 'An exercise.' })),
    }),
  ),
  sender,
  reference,
  arrival,
  ...Times,
  exhibit: Type.Optional(Type.String({ format: 'uuid', description: 'The original, an exhibit of the case.' })),
  letter: Type.Optional(LetterText),
  digest: Type.Optional(
    Type.String({ pattern: Digest.pattern as string, description: 'The digest that the letter prints of its text.' }),
  ),
  content: Type.Optional(RequestContent),
  marking: Type.Optional(Marking),
})
export type Receipt = Static<typeof Receipt>

export const Received = closed({
  id: Id,
  version: Version,
  caseId: Id,
  findings: Type.Array(FindingView, { description: 'Whether it was sent twice, and who else is after its assets.' }),
})

const receive = action({
  name: 'request.receive',
  summary: 'Put a request of another authority on record, in a case that exists or in a new one',
  kind: 'change',
  events: ['request.receive', 'case.open', 'deconfliction.tell'],
  input: Receipt,
  output: Received,
  asks: ({ caseId }) =>
    caseId === undefined
      ? { right: 'openCase', subject: { type: 'node' } }
      : { right: 'draftRequest', subject: { type: 'case', id: caseId } },
  run: (context, receipt) => receiveRequest(context, receipt, null),
})

/** `exchange`: where it came as a message. */
export async function receiveRequest(
  context: ActionContext,
  receipt: Receipt,
  exchange: NonNullable<RequestBody['exchange']> | null,
): Promise<Result<Outcome<Static<typeof Received>>>> {
  const given = contentOf(receipt)
  if (!given.ok) return given
  const settled = settleReceived(context, given.value.content, given.value.place)
  if (!settled.ok) return settled
  const marking = markingOf(receipt)
  if (!marking.ok) return marking
  const times = checkReceivedTimes(receipt, context.now)
  if (!times.ok) return times
  const home = await homeOf(context, receipt)
  if (!home.ok) return home
  const { caseId, events: opened } = home.value
  const original = await checkOriginal(context, caseId, receipt.exhibit ?? null)
  if (!original.ok) return original
  const body: RequestBody = {
    ...receivedBody(context, receipt, settled.value, marking.value),
    ...(exchange === null ? {} : { exchange }),
  }
  const same = await earlierOnes(context, body)
  if (!same.ok) return same
  const id = context.newId()
  const { version } = await putRequest(context, {
    action: 'request.receive',
    id,
    caseId,
    seen: 0,
    body: withDeadlines(context, body, body.received),
    said: null,
  })
  const { findings, events } = await deconflict(context, { kind: 'request', id, caseId })
  const { instrument, requestType, measure } = settled.value
  const said: Json = {
    from: receipt.sender.authority,
    country: receipt.sender.country,
    reference: receipt.reference,
    arrival: receipt.arrival,
    instrument,
    requestType,
    measure,
    letter: body.incoming?.letter?.digest ?? null,
  }
  return ok({
    result: { id, version, caseId, findings: [...same.value, ...findings].map(toFinding) },
    events: [{ name: 'request.receive', of: 'request', id, caseId, body: said }, ...opened, ...events],
  })
}

/** By hand, or from the text of a letter: never both, since nobody could say which of them holds. */
function contentOf({ letter, content, digest }: Receipt): Result<{ content: RequestContent; place: string }> {
  if ((letter === undefined) === (content === undefined))
    return refuse('REQUEST_CONTENT', 'A request of others is its letter, or what was typed from it: one of the two.', {
      place: letter === undefined ? '/letter' : '/content',
      fix: 'Give the attached file as letter; or content, typed from the paper.',
    })
  if (content !== undefined) return ok({ content, place: '/content' })
  const text = letter as LetterText
  if (digest !== undefined && digest !== approvalDigest(text as unknown as Json))
    return refuse('LETTER_DIGEST', 'The text of the letter is not the one whose digest was given.', {
      place: '/letter',
      fix: 'Take the attached file as it is, and the digest that the letter prints.',
    })
  return ok({ content: text.content, place: '/letter/content' })
}

/** What they ask may have no form here and lack what ours would need; that is for us to answer, not to turn away. */
function settleReceived(context: ActionContext, content: RequestContent, place: string): Result<RequestContent> {
  const at = (refusal: { place?: string }, path: string) => ({ ...refusal, place: `${place}${path}` })
  const known = context.port<LegalPort>(ports.law).knows(content.instrument, content.requestType)
  if (!known.ok) return { ok: false, refusal: at(known.refusal, '/instrument') as typeof known.refusal }
  const data = formToData(content.data)
  if (!data.ok) {
    const path = (data.refusal.place ?? '').replace(/^\/content/, '')
    return { ok: false, refusal: at(data.refusal, path) as typeof data.refusal }
  }
  const assets = settleAssets(context, content.assets)
  if (!assets.ok) return { ok: false, refusal: at(assets.refusal, assets.refusal.place ?? '') as typeof assets.refusal }
  return ok({ ...content, assets: [...assets.value] })
}

/** Never wider than the sender has marked it. Their audience are people of theirs: who of ours may see it is said here. */
function markingOf({ marking = amber, letter }: Receipt): Result<Marking> {
  const valid = checkMarking(marking)
  if (!valid.ok) return valid
  if (letter === undefined) return ok(marking)
  const theirs = { ...letter.marking, audience: marking.audience }
  if (!loosens(theirs, marking)) return ok(marking)
  return refuse('MARKING_LOOSENED', `The sender has marked it ${letter.marking.tlp}, or for fewer uses; so do we.`, {
    place: '/marking',
    fix: 'Give a marking that is no wider than that of the letter, and name who may see it.',
  })
}

function checkReceivedTimes(receipt: Receipt, now: string): Result<null> {
  for (const name of ['receivedByNodeAt', 'receivedByCompetentAt', 'forwardedAt'] as const) {
    const at = receipt[name]
    if (at !== undefined && Date.parse(at) > Date.parse(now))
      return refuse('REQUEST_TIME', `${name} lies in the future.`, {
        place: `/${name}`,
        fix: 'Give the time at which it was received.',
      })
  }
  return ok(null)
}

async function homeOf(
  context: ActionContext,
  { caseId, newCase, sender }: Receipt,
): Promise<Result<{ readonly caseId: string; readonly events: readonly Event[] }>> {
  if ((caseId === undefined) === (newCase === undefined))
    return refuse(
      'REQUEST_CASE',
      'A request of others belongs to a case that exists, or to a new one: one of the two.',
      {
        place: '/caseId',
        fix: 'Give caseId, or newCase.',
      },
    )
  if (caseId !== undefined) return ok({ caseId, events: [] })
  const { title, purposes, training = false } = newCase as NonNullable<typeof newCase>
  // It is conducted with those who ask, so that it is a joint one from its beginning.
  const opening = { title, kind: 'joint' as const, partners: [sender.country], purposes, training }
  const body = openCaseBody(opening, context.actor, context.now)
  if (!body.ok) return body
  const id = context.newId()
  await context.records.openCase(id)
  const put = await putCase(context, id, {
    action: 'case.open',
    seen: 0,
    body: body.value,
    said: { title, kind: 'joint', purposes: [...purposes], training },
  })
  return put.ok ? ok({ caseId: id, events: put.value.events }) : put
}

export async function checkOriginal(
  context: ActionContext,
  caseId: string,
  exhibit: string | null,
): Promise<Result<null>> {
  if (exhibit === null) return ok(null)
  const stored = await context.records.get('exhibit', exhibit)
  if (stored?.caseId === caseId && (await context.may(readQuestion({ kind: 'exhibit', id: exhibit })))) return ok(null)
  return refuse('REQUEST_EXHIBIT', 'There is no such exhibit in this case, or it is not for you.', {
    place: '/exhibit',
    fix: 'Add the original to the case with exhibit.add, and name it.',
  })
}

function receivedBody(
  { actor, now }: ActionContext,
  receipt: Receipt,
  content: RequestContent,
  marking: Marking,
): RequestBody {
  const { letter, sender, reference, arrival, exhibit = null } = receipt
  const none = { receivedByNodeAt: null, receivedByCompetentAt: null, forwardedAt: null }
  return {
    content,
    incoming: {
      sender,
      reference,
      arrival,
      exhibit,
      letter: letter
        ? {
            requestId: letter.requestId,
            digest: approvalDigest(letter as unknown as Json),
            tlp: letter.marking.tlp,
            handling: letter.marking.handling ?? null,
          }
        : null,
      decidedAt: null,
      executedAt: null,
      asked: null,
    },
    marking,
    author: actor.id,
    drafters: [actor.id],
    state: 'received',
    submitted: null,
    approvals: [],
    releasedAt: null,
    // On record is received by the node; that the competent authority has it must be said, since other clocks run from then.
    received: mergeTimes({ ...none, receivedByNodeAt: now }, receipt),
    deadlines: [],
    referral: null,
    reason: null,
    secured: [],
    until: null,
    by: actor.id,
  }
}

/** Others of the same sender and reference, as far as the actor may read them; the very same letter is refused. */
async function earlierOnes({ records, may }: ActionContext, { incoming }: RequestBody): Promise<Result<Finding[]>> {
  if (incoming === undefined) return ok([])
  const readable = async (ref: string, value: string) => {
    const found = []
    for (const one of await records.find<RequestBody>('request', ref, value))
      if (await may(readQuestion(one))) found.push(one)
    return found
  }
  const [same] = incoming.letter === null ? [] : await readable('letter', incoming.letter.digest)
  if (same)
    return refuse('REQUEST_RECEIVED', 'This very letter is on record already.', {
      place: `request/${same.id}`,
      fix: 'Go on with the request that is there.',
    })
  const twins = await readable('sender', senderRef(incoming))
  if (twins.length === 0) return ok([])
  return ok([
    {
      code: 'REQUEST_DUPLICATE',
      message: 'A request of this sender with this reference is on record already.',
      with: twins.map(({ id }) => ({ kind: 'request', id })),
    },
  ])
}

export const receiveActions = [receive] as const
