/** Any value that fits a schema, with members that are not known among the known ones. */
import type { TSchema } from '@sinclair/typebox'
import fc, { type Arbitrary } from 'fast-check'
import type { Json } from '../../../kernel/index.ts'

/** Parts are shared by many messages, and costly to make. */
const made = new WeakMap<object, Arbitrary<Json>>()

export function arbitraryOf(schema: TSchema): Arbitrary<Json> {
  const known = made.get(schema)
  if (known !== undefined) return known
  const arbitrary = make(schema)
  made.set(schema, arbitrary)
  return arbitrary
}

function make(schema: TSchema): Arbitrary<Json> {
  if (schema.const !== undefined) return fc.constant(schema.const as Json)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as Json[]))
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as TSchema[]).map(arbitraryOf))
  switch (schema.type) {
    case 'object':
      return objectOf(schema)
    case 'array': {
      const item = arbitraryOf(schema.items as TSchema)
      const minLength = (schema.minItems as number) ?? 0
      const maxLength = Math.min((schema.maxItems as number) ?? 3, minLength + 2)
      return schema.uniqueItems === true
        ? fc.uniqueArray(item, { minLength, maxLength, selector: (one) => JSON.stringify(one) })
        : fc.array(item, { minLength, maxLength })
    }
    case 'integer':
      return fc.integer({ min: (schema.minimum as number) ?? 0, max: (schema.maximum as number) ?? 2 ** 31 })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return stringOf(schema)
    default:
      throw new Error(`no arbitrary is known for ${JSON.stringify(schema).slice(0, 200)}`)
  }
}

function objectOf(schema: TSchema): Arbitrary<Json> {
  const properties = (schema.properties ?? {}) as Record<string, TSchema>
  const required = new Set((schema.required as string[] | undefined) ?? [])
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, arbitraryOf(child)])),
    { requiredKeys: Object.keys(properties).filter((name) => required.has(name)) },
  )
  if (schema.additionalProperties === false) return known as Arbitrary<Json>
  const unknown = fc.dictionary(
    fc.stringMatching(/^x-[a-z]{1,5}$/),
    fc.constantFrom<Json>(null, 1, 'later', ['later']),
    {
      maxKeys: 1,
    },
  )
  return fc.tuple(known, unknown).map(([one, other]) => ({ ...other, ...one }) as Json)
}

function stringOf({ format, pattern, minLength = 0, maxLength = 1e9 }: TSchema): Arbitrary<Json> {
  if (format === 'date-time' || format === 'date') {
    const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
    return at.map((date) => date.toISOString().slice(0, format === 'date' ? 10 : 24))
  }
  const max = Math.min(maxLength, 40)
  if (pattern === undefined || pattern === '\\S')
    return fc
      .string({ unit: 'grapheme', minLength: Math.max(1, minLength), maxLength: Math.max(1, Math.min(max, 20)) })
      .filter(
        (text) =>
          /\S/u.test(text) && text.isWellFormed() && [...text].length <= maxLength && [...text].length >= minLength,
      )
  if (pattern.includes('\\p{')) return fc.stringMatching(/^[A-Za-z0-9 ._-]{3,30}[a-z]$/)
  return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length >= minLength && text.length <= maxLength)
}
