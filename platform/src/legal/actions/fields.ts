/** Fields that the acts on law share; and what these acts are wired with. */
import { type TProperties, type TSchema, Type } from '@sinclair/typebox'
import type { ActionContext } from '../../kernel/index.ts'
import type { Calendars } from '../calendar.ts'
import { languages, marks } from '../pack.ts'
import type { LegalPacks } from '../packs.ts'

/** What the node gives: the packs that it has read at its start, and the calendars of their countries. */
export const legalPorts = { packs: 'legal-packs', calendars: 'legal-calendars' } as const

export const packsOf = (context: ActionContext) => context.port<LegalPacks>(legalPorts.packs)
export const calendarsOf = (context: ActionContext) => context.port<Calendars>(legalPorts.calendars)

/** Law is no secret: everybody who uses the node may ask it. */
export const asks = () => ({ right: 'work', subject: { type: 'node' } }) as const

export const closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
export const maybe = <S extends TSchema>(schema: S) => Type.Optional(schema)
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const oneOf = <const W extends string>(words: readonly W[], description: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { description },
  )

export const Said = Type.String()
export const Marked = Type.Unsafe<(typeof marks)[number]>({
  type: 'string',
  enum: [...marks],
  description: 'How well it was read: in the text (verified), in a secondary source, or from memory (unverified).',
})
export const Cited = closed({ text: Said, article: Said, verified: Marked })

export const Country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'A country by its ISO 3166-1 code.',
  examples: ['NL'],
})
export const InstrumentId = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,60}$',
  description: 'The instrument, by its id in the packs.',
})
export const RequestTypeId = Type.String({
  maxLength: 80,
  pattern: '^[A-Za-z][A-Za-z_.]*$',
  description: 'The type of request, by its id in the pack, as FREEZE.REQUEST.',
})
export const OffenceCode = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,40}$',
  description: 'The offence by its code in the packs, as ransomware.',
})
export const Urgency = Type.String({
  pattern: '^[A-Z][A-Z0-9_]{0,60}$',
  description: 'The ground of urgency, as IMMINENT_DISSIPATION.',
})
export const Months = Type.Integer({
  minimum: 1,
  maximum: 1200,
  description: 'Maximum penalty in the country that asks, in months.',
})
export const On = Type.String({ format: 'date', description: 'The day for which the law is asked.' })
export const Language = Type.Unsafe<(typeof languages)[number]>({
  type: 'string',
  enum: [...languages],
  description: 'The language of names; en where nothing is said.',
})

export const PackFacts = {
  id: Said,
  version: Said,
  verified: Marked,
  source: Type.Array(closed({ address: Said, read: Said, what: maybe(Said) })),
  note: nullable(Said),
}

/** Of any pack: which it is, how well it was read, and where. */
export function packFacts(pack: {
  readonly id: string
  readonly version: string
  readonly verified: (typeof marks)[number]
  readonly source: readonly { readonly address: string; readonly read: string; readonly what?: string }[]
  readonly note?: string
}) {
  const { id, version, verified, source, note = null } = pack
  return { id, version, verified, source: source.map((one) => ({ ...one })), note }
}
