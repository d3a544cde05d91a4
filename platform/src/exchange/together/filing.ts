/**
 * Where what agencies owe each other is kept: in the case of the exchange, where it has one, seen by who may see it there; else with
 * the node, for those who speak for the agency. And what of a case stands on a message.
 */
import { did } from '../../casework/index.ts'
import {
  type ActionContext,
  type Event,
  type Json,
  type Marking,
  ok,
  type Question,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { MESSAGE, type MessageBody, putMessage } from '../desk/index.ts'
import type { Message } from '../wire/index.ts'
import { deskOf, leadsOf, markingHere } from './writing.ts'

export type Filed = { readonly marking: Marking; readonly author: string }

/** In a case its officers; without one those who speak for the agency. */
export function corresponds({ caseId }: { caseId?: string | undefined }): Question {
  return caseId === undefined
    ? { right: 'liaise', subject: { type: 'node' } }
    : { right: 'correspond', subject: { type: 'case', id: caseId } }
}

/** The case to which a message belongs here: its own, or that of its exchange; null where there is none yet. */
export async function caseOfExchange(
  context: ActionContext,
  exchange: string | null,
  messages: readonly string[] = [],
): Promise<string | null> {
  const desk = deskOf(context)
  for (const digest of messages) {
    const found = await desk.message(digest)
    if (found?.caseId) return found.caseId
  }
  return exchange === null ? null : ((await desk.exchange(exchange))?.caseId ?? null)
}

/** Keeps what a message says, marked as the message is. */
export async function file<B extends object>(
  context: ActionContext,
  kind: string,
  { header, digest }: Pick<Message, 'header' | 'digest'>,
  caseId: string | null,
  said: B,
): Promise<Stored<B & Filed>> {
  const marking = markingHere(header, await leadsOf(context, caseId))
  const body = { ...said, marking, author: 'node' }
  return context.records.put(kind, context.newId(), body, { caseId, seen: 0, refs: { message: digest } })
}

/** A record of this kind that stands where the question was asked, and that the actor may read. */
export async function filed<B>(
  context: ActionContext,
  kind: string,
  id: string,
  caseId: string | undefined,
): Promise<Result<Stored<B>>> {
  const stored = await context.records.get<B>(kind, id)
  const here = stored !== null && stored.caseId === (caseId ?? null)
  const may =
    here &&
    (caseId === undefined || (await context.may({ right: 'readRecord', subject: { type: 'record', kind, id } })))
  if (stored && may) return ok(stored)
  return refuse('SUPERVISION_UNKNOWN', 'There is no such thing here, or it is not for you.', {
    place: `${kind}/${id}`,
    fix: 'See supervision.list.',
  })
}

/** Kinds of records that name under the ref `origin` the message from which they come. */
export const kindsWithOrigin = ['joint-object'] as const

export type About = { readonly kind: string; readonly id: string }

/** Records of the case that stand on one of these messages: the message itself, the request that it became, what was made of it. */
export async function standingOn(
  context: ActionContext,
  caseId: string | null,
  messages: readonly string[],
): Promise<readonly About[]> {
  const { records } = context
  const found = new Map<string, About>()
  const add = (kind: string, id: string) => found.set(`${kind} ${id}`, { kind, id })
  for (const digest of messages) {
    for (const kind of kindsWithOrigin)
      for (const { id, caseId: home } of await records.find(kind, 'origin', digest)) if (home === caseId) add(kind, id)
    const known = await deskOf(context).message(digest)
    for (const { id, caseId: home, body } of known
      ? await records.find<MessageBody>(MESSAGE, 'exchange', known.exchange)
      : []) {
      if (home !== caseId || body.digest !== digest) continue
      add(MESSAGE, id)
      if (body.request !== null) add('request', body.request)
    }
  }
  return [...found.values()]
}

/** Whoever answers a message of the case has seen to it: the clock asks nobody to look at it any more. */
export const SEEN_TO = 'message.see-to'
export async function answered(
  context: ActionContext,
  caseId: string | null,
  digest: string,
): Promise<readonly Event[]> {
  if (caseId === null) return []
  const known = await deskOf(context).message(digest)
  if (!known) return []
  const kept = await context.records.find<MessageBody>(MESSAGE, 'exchange', known.exchange)
  const waiting = kept.find((one) => one.caseId === caseId && one.body.digest === digest && one.body.due !== null)
  if (!waiting) return []
  const { id, version: seen, body } = waiting
  await putMessage(context, { id, caseId, seen, body: { ...body, state: 'done', due: null } })
  return [did(SEEN_TO, MESSAGE, id, caseId, { answered: true })]
}

export const CAUTION = 'caution'
export type CautionBody = Filed & {
  readonly about: About
  readonly why: 'recalled' | 'disputed'
  /** The recall or the dispute. */
  readonly by: About
  readonly from: string
  readonly state: 'open' | 'settled'
}

/** Touches records as recalled or disputed, each with the protection of its own; the record itself stays as it is. */
export async function caution(
  context: ActionContext,
  caseId: string,
  touches: readonly About[],
  { why, by, from }: Pick<CautionBody, 'why' | 'by' | 'from'>,
): Promise<readonly Event[]> {
  const events: Event[] = []
  for (const about of touches) {
    const subject = await context.records.get<Filed>(about.kind, about.id)
    if (!subject || subject.caseId !== caseId) continue
    const { marking, author } = subject.body
    const body: CautionBody = { about, why, by, from, state: 'open', marking, author }
    const refs = { about: `${about.kind} ${about.id}`, by: `${by.kind} ${by.id}` }
    const { id } = await context.records.put(CAUTION, context.newId(), body, { caseId, seen: 0, refs })
    events.push(did('caution.set', CAUTION, id, caseId, { about, why, by } as unknown as Json))
  }
  return events
}

export async function settleCautions(
  { records }: ActionContext,
  caseId: string | null,
  by: About,
): Promise<readonly Event[]> {
  const events: Event[] = []
  for (const { id, version, body, caseId: home } of await records.find<CautionBody>(
    CAUTION,
    'by',
    `${by.kind} ${by.id}`,
  )) {
    if (home !== caseId || body.state === 'settled') continue
    const refs = { about: `${body.about.kind} ${body.about.id}`, by: `${by.kind} ${by.id}` }
    await records.put<CautionBody>(CAUTION, id, { ...body, state: 'settled' }, { caseId, seen: version, refs })
    events.push(did('caution.settled', CAUTION, id, caseId, { by } as unknown as Json))
  }
  return events
}
