/** The fields of which inputs and bodies of this room are made: each bounded, each with the words that people read of it. */
import { type Static, type TSchema, type TString, Type } from '@sinclair/typebox'

export const Id = Type.String({ format: 'uuid', description: 'The identifier of a record of this node.' })
export const CaseId = Type.String({ format: 'uuid', description: 'The case.' })
export const Instant = Type.String({ format: 'date-time', description: 'An instant in UTC, as 2026-11-25T10:00:00Z.' })
export const Day = Type.String({ format: 'date', description: 'A day, as 2026-11-25.' })

/** The version that the caller has read; a change on top of another one is refused. */
export const Seen = Type.Integer({
  minimum: 1,
  maximum: 2_000_000_000,
  description: 'The version that you have read (the ETag).',
})
export const Version = Type.Integer({ minimum: 1, description: 'The version of the record (its ETag).' })

export function text(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, pattern: '\\S', description })
}

/** An amount of base units. JSON has no numbers as large as chains have, so that amounts are strings of digits. */
export const BaseUnits = Type.String({
  maxLength: 78,
  pattern: '^(0|[1-9][0-9]{0,77})$',
  description: 'A whole number of base units (satoshi, wei), digits only.',
})

export const ChainId = Type.String({
  maxLength: 41,
  pattern: '^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$',
  description: 'A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93.',
})
export const Address = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: '^\\S+$',
  description: 'An address of the chain, as it was written.',
})
export const AssetId = Type.String({
  maxLength: 150,
  pattern: '^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$',
  description: 'An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0.',
})
export const Digest = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'A SHA-256 digest, in hexadecimal.' })
export const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'A country by its ISO 3166-1 code.' })
export const Language = Type.String({
  maxLength: 12,
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$',
  description: 'A language by its BCP 47 tag, as fr or zh-Hans.',
})
export const Zone = Type.String({
  maxLength: 60,
  pattern: '^[A-Za-z0-9_+/-]+$',
  description: 'An IANA time zone, as Europe/Vienna.',
})

export const Cursor = Type.Optional(
  Type.String({ format: 'uuid', description: 'Where the last page ended: its `next`.' }),
)
export const Limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 200, description: 'At most so many items; 50 where nothing is said.' }),
)
export const DEFAULT_LIMIT = 50

export function oneOf<const W extends string>(words: readonly W[], description: string) {
  return Type.Union(
    words.map((word) => Type.Literal(word)),
    { description },
  )
}

/** An object that holds what is listed and nothing else. */
export function closed<P extends Record<string, TSchema>>(properties: P, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) })
}

export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}

export function pageOf<S extends TSchema>(item: S) {
  return closed({ items: Type.Array(item), next: nullable(Type.String({ format: 'uuid' })) })
}

/** What a change answers: which record, and the version that it has now. */
export const Changed = closed({ id: Id, version: Version })
export type Changed = Static<typeof Changed>
