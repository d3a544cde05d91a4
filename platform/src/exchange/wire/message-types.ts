/** The catalogue of messages, with what may follow on what, who may send it, and how long delivery is tried. */
import type { Static, TSchema } from '@sinclair/typebox'
import type { Forms, MessageForm } from './message.ts'
import { assistance } from './types/assistance.ts'
import { confiscation } from './types/confiscation.ts'
import { contact } from './types/contact.ts'
import { data } from './types/data.ts'
import { deconfliction } from './types/deconfliction.ts'
import type { DeliveryLimit, Scope, TypeDefinition, TypeOf } from './types/definition.ts'
import { disposal } from './types/disposal.ts'
import { fiu } from './types/fiu.ts'
import { freezing } from './types/freezing.ts'
import { information, usage } from './types/information.ts'
import { jointWork } from './types/joint.ts'
import { lifecycle } from './types/lifecycle.ts'
import { network } from './types/network.ts'
import { supervision } from './types/supervision.ts'
import { tracing } from './types/tracing.ts'

/** By family, in the order of docs/spec/exchange.md. */
export const families = {
  contact,
  deconfliction,
  information,
  tracing,
  fiu,
  data,
  assistance,
  joint: jointWork,
  freezing,
  confiscation,
  disposal,
  network,
  lifecycle,
  supervision,
} as const

type Families = typeof families
/** `{type: {major: schema}}`, over all families. */
type Schemas = {
  [F in keyof Families]: { [T in keyof Families[F]]: Families[F][T] extends TypeOf<infer M> ? M : never }
}[keyof Families]
type AllSchemas = Schemas extends infer U
  ? (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void
    ? A
    : never
  : never

/** Every type by its name, for the compiler. */
export type MessageType = keyof AllSchemas
/** What a body of this type and major is. */
export type BodyOf<T extends MessageType, V extends keyof AllSchemas[T]> = AllSchemas[T][V] extends TSchema
  ? Static<AllSchemas[T][V]>
  : never

export const messageTypes: ReadonlyMap<string, TypeDefinition> = new Map(
  Object.values(families).flatMap((family) => Object.entries<TypeDefinition>(family)),
)

/** What may follow in every exchange: the life of a request, the use of what was handed over, and what puts things right. */
export const commonReplies: readonly string[] = [
  ...Object.keys(lifecycle),
  ...usage,
  ...Object.keys(supervision).filter((type) => messageTypes.get(type)?.place !== 'opens' && type !== 'stats.answer'),
]

/** Opening type → what may follow in its exchange. */
export const repliesTo: ReadonlyMap<string, readonly string[]> = new Map(
  [...messageTypes]
    .filter(([, { place }]) => place !== 'follows')
    .map(([type, { replies }]) => [type, [...new Set([...replies, ...commonReplies])]]),
)

/** The other way round: on what it may follow. */
export function followsOn(type: string): readonly string[] {
  return [...repliesTo].filter(([, replies]) => replies.includes(type)).map(([opening]) => opening)
}

/** The scope that a member needs to send it; for what follows, the one of what opened the exchange. Null: no such message. */
export function scopeToSend(type: string, openingType: string | null): Scope | null {
  const own = messageTypes.get(type)?.scope
  if (own !== undefined && own !== 'of-the-opening') return own
  const opened = own === undefined || openingType === null ? undefined : messageTypes.get(openingType)?.scope
  return opened === undefined || opened === 'of-the-opening' ? null : opened
}

export function deliveryLimit(type: string): DeliveryLimit | null {
  return messageTypes.get(type)?.deliver ?? null
}

/** All majors of all types, as this version of the software speaks them. */
export const ownForms: Forms = formsOf(messageTypes)

export function formsOf(types: ReadonlyMap<string, TypeDefinition>): Forms {
  const majorsOf = (type: string) =>
    Object.keys(types.get(type)?.majors ?? {})
      .map(Number)
      .sort((a, b) => a - b)
  return {
    majorsOf,
    formOf(type, major): MessageForm | null {
      const definition = types.get(type)
      const body = definition?.majors[major]
      return definition && body ? { place: definition.place, body } : null
    },
  }
}
