/** How a type of message is defined: what it says, where it may stand, who may send it, and the law behind it. */
import type { TSchema } from '@sinclair/typebox'
import type { Place } from '../message.ts'
import type { Citation } from './citation.ts'

/** Families of messages. A member of the directory is given those that it may send. */
export const scopes = [
  'contact',
  'deconfliction',
  'information',
  'tracing',
  'fiu',
  'data',
  'assistance',
  'freezing',
  'confiscation',
  'disposal',
  'network',
  'supervision',
] as const
export type Scope = (typeof scopes)[number]

/** Until when delivery is tried where the sender states nothing else. */
export type DeliveryLimit = { readonly hours: number; readonly reason: string }

export type TypeDefinition = {
  readonly what: string
  readonly place: Place
  /** Who may send it in an exchange: who opened it, who was addressed by that, or either. */
  readonly by: 'opener' | 'addressee' | 'either'
  /** `of-the-opening`: whoever may take part in the exchange that it follows in. */
  readonly scope: Scope | 'of-the-opening'
  readonly majors: { readonly [major: number]: TSchema }
  /** What may follow in an exchange that it opened, beside `commonReplies`. */
  readonly replies: readonly string[]
  readonly deliver: DeliveryLimit
  readonly articles: readonly Citation[]
}
export type Family = { readonly [type: string]: TypeDefinition }

export const atOnce: DeliveryLimit = {
  hours: 24,
  reason: 'What it should stop has happened by then; whoever sent it must know soon that another way is needed.',
}
export const usual: DeliveryLimit = {
  hours: 168,
  reason: 'A node that is away for a week comes back to what was sent; after that somebody must ask what happened.',
}
export const patient: DeliveryLimit = {
  hours: 720,
  reason: 'Nothing is lost by waiting, and a later answer is still of use.',
}

/** A definition that remembers the schemas of its bodies. */
export type TypeOf<M> = TypeDefinition & { readonly majors: M }
type Majors = { readonly [major: number]: TSchema }

type Opening = {
  readonly scope: Scope
  readonly replies: readonly string[]
  readonly deliver?: DeliveryLimit
  readonly articles: readonly Citation[]
  readonly place?: Place
}

export function opening<S extends TSchema>(
  what: string,
  rest: Opening & { readonly body: S },
): TypeOf<{ readonly 1: S }> {
  const { body, ...others } = rest
  return openingIn(what, { ...others, majors: { 1: body } })
}

/** As `opening`, where several majors are spoken. */
export function openingIn<M extends Majors>(what: string, rest: Opening & { readonly majors: M }): TypeOf<M> {
  const { scope, majors, replies, deliver = usual, articles, place = 'opens' } = rest
  return { what, place, by: 'either', scope, majors, replies, deliver, articles }
}

type Following<S extends TSchema> = {
  readonly by: TypeDefinition['by']
  readonly body: S
  readonly deliver?: DeliveryLimit
  readonly articles: readonly Citation[]
}

export function following<S extends TSchema>(
  what: string,
  { by, body, deliver = usual, articles }: Following<S>,
): TypeOf<{ readonly 1: S }> {
  return { what, place: 'follows', by, scope: 'of-the-opening', majors: { 1: body }, replies: [], deliver, articles }
}
