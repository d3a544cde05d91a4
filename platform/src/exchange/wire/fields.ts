/**
 * The fields of which messages are made. Every one is bounded, and carries the words that people read of it in docs/spec.
 *
 * Objects inside a payload are open: what a newer sender adds is kept and ignored, unless the sender calls it critical.
 * Envelopes and statements are closed.
 */
import { type Static, type TSchema, type TString, Type } from '@sinclair/typebox'
import { hasInstantForm } from './instant.ts'

/** An object to which a later version may add members. */
export function open<P extends Record<string, TSchema>>(properties: P, description?: string) {
  return Type.Object(properties, description ? { description } : {})
}

/** An object that holds what is listed and nothing else. */
export function closed<P extends Record<string, TSchema>>(properties: P, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) })
}

/** The same schema with every object in it closed, for what people write here. */
export function closedThroughout<S extends TSchema>(schema: S): S {
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within)
    if (typeof value !== 'object' || value === null) return value
    // Spread, not entries: TypeBox keeps what a schema is under symbols.
    const copy: Record<string, unknown> = { ...value }
    for (const key of Object.keys(copy)) copy[key] = within(copy[key])
    return copy.type === 'object' && copy.properties !== undefined ? { ...copy, additionalProperties: false } : copy
  }
  return within(schema) as S
}

/** An object with a name of its own in the published schemas. */
export function named<P extends Record<string, TSchema>>(title: string, properties: P, description: string) {
  return Type.Object(properties, { title, description })
}

export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}

export function listOf<S extends TSchema>(schema: S, maxItems: number, description: string) {
  return Type.Array(schema, { maxItems, description })
}

export function oneOf<const W extends readonly string[]>(words: W, description: string) {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words], description })
}

export function text(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, pattern: '\\S', description })
}

export function flag(description: string) {
  return Type.Boolean({ description })
}

export function count(maximum: number, description: string, minimum = 0) {
  return Type.Integer({ minimum, maximum, description })
}

const INSTANT = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$'

export function instant(description: string): TString {
  return Type.String({ format: 'date-time', pattern: INSTANT, description })
}

export function day(description: string): TString {
  return Type.String({ format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description })
}

export function digest(description: string): TString {
  return Type.String({ pattern: '^[0-9a-f]{64}$', description })
}

export const AgencyId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$',
  description: 'An agency by its id in the directory.',
})
export type AgencyId = Static<typeof AgencyId>

export const KeyId = digest('A key by the SHA-256 of its SubjectPublicKeyInfo (DER).')

export const MessageId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'A UUID of version 7, made by the sender and never used for another message.',
})

/** An amount of base units: JSON has no numbers as large as chains have, so that amounts are strings of digits. */
export const BaseUnits = Type.String({
  maxLength: 78,
  pattern: '^(0|[1-9][0-9]{0,77})$',
  description: 'A whole number of base units (satoshi, wei, cent), digits only.',
})

/** One field for both kinds, so that no amount can carry two units. */
export const UnitId = Type.String({
  maxLength: 175,
  pattern: '^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}|iso4217:[A-Z]{3})$',
  description:
    'An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0; money of a State as iso4217:EUR, counted in the minor unit of ISO 4217.',
})

export const ChainId = Type.String({
  maxLength: 41,
  pattern: '^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$',
  description: 'A chain by its CAIP-2 id.',
})

export const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'A country by its ISO 3166-1 code.' })

export const Language = Type.String({
  maxLength: 12,
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$',
  description: 'A language by its BCP 47 tag, as fr or zh-Hans.',
})

/** Names of files are shown to people and written to disks: no path, no control or invisible character. */
export const FileName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^(?!\\.{1,2}$)[^/\\\\\\p{C}\\p{Zl}\\p{Zp}]+$',
  description: 'The name of the file, without a path and without control characters.',
})

/** The formats that the schemas name, beyond their patterns: a day that the calendar has. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': hasInstantForm,
  date: (text) => hasInstantForm(`${text}T00:00:00.000Z`),
}
