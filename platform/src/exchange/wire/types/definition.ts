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

type Opening = {
  readonly scope: Scope
  readonly body?: TSchema
  readonly majors?: { readonly [major: number]: TSchema }
  readonly replies: readonly string[]
  readonly deliver?: DeliveryLimit
  readonly articles: readonly Citation[]
  readonly place?: Place
}

export function opening(
  what: string,
  { scope, body, majors, replies, deliver, articles, place }: Opening,
): TypeDefinition {
  return {
    what,
    place: place ?? 'opens',
    by: 'either',
    scope,
    majors: majors ?? (body ? { 1: body } : {}),
    replies,
    deliver: deliver ?? usual,
    articles,
  }
}

type Following = {
  readonly by: TypeDefinition['by']
  readonly body: TSchema
  readonly deliver?: DeliveryLimit
  readonly articles: readonly Citation[]
}

export function following(what: string, { by, body, deliver, articles }: Following): TypeDefinition {
  return {
    what,
    place: 'follows',
    by,
    scope: 'of-the-opening',
    majors: { 1: body },
    replies: [],
    deliver: deliver ?? usual,
    articles,
  }
}
