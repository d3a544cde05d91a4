/** Values of a form that is made from the schema of a message: what it begins with, what it becomes when sent, what it still lacks. */
import type { Json, Members } from './message-parts.ts'

/** As much of JSON Schema as the messages of the exchange use. */
export type Schema = {
  readonly type?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly enum?: readonly string[]
  readonly const?: Json
  readonly description?: string
  readonly title?: string
  readonly format?: string
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** What the value is where it is stated, and whether it may be left out as `null`. */
export function unwrapped(schema: Schema): { readonly schema: Schema; readonly isNullable: boolean } {
  const options = schema.anyOf
  if (!options) return { schema, isNullable: false }
  const rest = options.filter(({ type }) => type !== 'null')
  const inner = rest.length === 1 ? (rest[0] as Schema) : { ...schema, anyOf: rest }
  return { schema: { description: schema.description ?? '', ...inner }, isNullable: rest.length < options.length }
}

export function emptyOf(given: Schema): Json {
  const { schema, isNullable } = unwrapped(given)
  if (isNullable) return null
  if (schema.const !== undefined) return schema.const
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, emptyOf(one)]))
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => emptyOf(schema.items ?? {}))
  if (schema.type === 'boolean') return false
  return ''
}

export type Lack = { readonly path: string; readonly why: 'empty' | 'form' | 'few' }

/** Everything that must be said and is not, or is not written as it must be; by its path, as `facts.summary`. */
export function lacksOf(given: Schema, value: Json, path = ''): Lack[] {
  const { schema, isNullable } = unwrapped(given)
  if (value === null || value === undefined) return isNullable ? [] : [{ path, why: 'empty' }]
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, one]) => {
      const inner = (value as Members)[name]
      if (inner === undefined && !(schema.required ?? []).includes(name)) return []
      return lacksOf(one, inner as Json, path === '' ? name : `${path}.${name}`)
    })
  if (schema.type === 'array') {
    const items = value as readonly Json[]
    const few: Lack[] = items.length < (schema.minItems ?? 0) ? [{ path, why: 'few' }] : []
    return [...few, ...items.flatMap((one, at) => lacksOf(schema.items ?? {}, one, `${path}.${at}`))]
  }
  if (typeof value !== 'string') return []
  if (value.trim() === '') return isNullable ? [] : [{ path, why: 'empty' }]
  if (schema.pattern !== undefined && schema.type === 'string' && !new RegExp(schema.pattern, 'u').test(value))
    return [{ path, why: 'form' }]
  return []
}

/** As it is sent: what may be absent and was left empty is `null`; numbers are numbers. */
export function finished(given: Schema, value: Json): Json {
  const { schema, isNullable } = unwrapped(given)
  if (isNullable && (value === '' || value === null)) return null
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).flatMap(([name, one]) => {
        const inner = (value as Members)[name]
        return inner === undefined ? [] : [[name, finished(one, inner)]]
      }),
    )
  if (schema.type === 'array') return (value as readonly Json[]).map((one) => finished(schema.items ?? {}, one))
  if (schema.type === 'integer' && typeof value === 'string') return Number(value)
  return value
}

/** The same, with one value changed; `path` as `facts.places.0`. */
export function withValue(value: Json, path: readonly string[], next: Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return next
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === first ? withValue(one, rest, next) : one))
  return { ...(value as Members), [first]: withValue((value as Members)[first] ?? null, rest, next) }
}
