/**
 * JSON Schema read rule by rule, in the place of ajv where the app is built: ajv compiles schemas into scripts, which the policy of our
 * pages lets no page do. It knows the rules that the schemas of the exchange use, refuses any other at once, and accepts exactly what
 * ajv accepts (schema-by-rule.test.ts).
 */

type Schema = Readonly<Record<string, unknown>>
type Options = { readonly formats?: Readonly<Record<string, (text: string) => boolean>> }

export type ErrorObject = {
  readonly instancePath: string
  readonly message: string
  readonly params: Readonly<Record<string, unknown>>
}
export type ValidateFunction = ((value: unknown) => boolean) & { errors?: readonly ErrorObject[] | null }

/** Rules that say nothing about a value. */
const WORDS = new Set(['$id', 'title', 'description', 'required'])

export class Ajv2020 {
  private readonly formats: NonNullable<Options['formats']>

  constructor({ formats = {} }: Options = {}) {
    this.formats = formats
  }

  compile(schema: Schema): ValidateFunction {
    checkKnown(schema)
    const validate: ValidateFunction = (value) => {
      const error = this.misfit(schema, value, '')
      validate.errors = error === null ? null : [error]
      return error === null
    }
    return validate
  }

  private misfit(schema: Schema, value: unknown, at: string): ErrorObject | null {
    for (const [rule, said] of Object.entries(schema)) {
      if (WORDS.has(rule) && rule !== 'required') continue
      const found = this.against(rule, said, schema, value, at)
      if (found !== null) return found
    }
    return null
  }

  private against(rule: string, said: unknown, schema: Schema, value: unknown, at: string): ErrorObject | null {
    const wrong = (message: string, params = {}): ErrorObject => ({ instancePath: at, message, params })
    const unless = (isRight: boolean, message: string, params = {}) => (isRight ? null : wrong(message, params))
    switch (rule) {
      case 'type':
        return unless(isOfType(value, said as string), `must be ${said}`)
      case 'const':
        return unless(same(value, said), 'must be equal to constant')
      case 'enum':
        return unless(
          (said as unknown[]).some((one) => same(value, one)),
          'must be equal to one of the allowed values',
          { allowedValues: said },
        )
      case 'anyOf':
        return unless(
          (said as Schema[]).some((one) => this.misfit(one, value, at) === null),
          'must match a schema in anyOf',
        )
    }
    if (typeof value === 'string') return this.ofText(rule, said, value, unless)
    if (typeof value === 'number') {
      if (rule === 'minimum') return unless(value >= (said as number), `must be >= ${said}`)
      if (rule === 'maximum') return unless(value <= (said as number), `must be <= ${said}`)
      return null
    }
    if (Array.isArray(value)) return this.ofList(rule, said, value, at, unless)
    if (isObject(value)) return this.ofObject(rule, said, schema, value, at, wrong)
    return null
  }

  private ofText(rule: string, said: unknown, value: string, unless: Unless): ErrorObject | null {
    switch (rule) {
      case 'minLength':
        return unless([...value].length >= (said as number), `must NOT have fewer than ${said} characters`)
      case 'maxLength':
        return unless([...value].length <= (said as number), `must NOT have more than ${said} characters`)
      case 'pattern':
        return unless(patternOf(said as string).test(value), `must match pattern "${said}"`)
      case 'format':
        return unless(this.formats[said as string]?.(value) === true, `must match format "${said}"`)
      default:
        return null
    }
  }

  private ofList(rule: string, said: unknown, value: unknown[], at: string, unless: Unless): ErrorObject | null {
    switch (rule) {
      case 'minItems':
        return unless(value.length >= (said as number), `must NOT have fewer than ${said} items`)
      case 'maxItems':
        return unless(value.length <= (said as number), `must NOT have more than ${said} items`)
      case 'uniqueItems':
        return unless(
          said !== true || value.every((one, index) => !value.slice(0, index).some((other) => same(one, other))),
          'must NOT have duplicate items',
        )
      case 'items':
        return first(value.entries(), ([index, one]) => this.misfit(said as Schema, one, `${at}/${index}`))
      default:
        return null
    }
  }

  private ofObject(
    rule: string,
    said: unknown,
    schema: Schema,
    value: Schema,
    at: string,
    wrong: (message: string, params?: object) => ErrorObject,
  ): ErrorObject | null {
    const known = (schema.properties ?? {}) as Readonly<Record<string, Schema>>
    switch (rule) {
      case 'required': {
        const missing = (said as string[]).find((name) => !Object.hasOwn(value, name))
        return missing === undefined ? null : wrong(`must have required property '${missing}'`)
      }
      case 'properties':
        return first(Object.entries(known), ([name, one]) =>
          Object.hasOwn(value, name) ? this.misfit(one, value[name], `${at}/${pointed(name)}`) : null,
        )
      case 'additionalProperties': {
        const others = Object.keys(value).filter((name) => !Object.hasOwn(known, name))
        if (said === false)
          return others[0] === undefined
            ? null
            : wrong('must NOT have additional properties', { additionalProperty: others[0] })
        return said === true
          ? null
          : first(others, (name) => this.misfit(said as Schema, value[name], `${at}/${pointed(name)}`))
      }
      default:
        return null
    }
  }
}

type Unless = (isRight: boolean, message: string, params?: object) => ErrorObject | null

const RULES = new Set([
  ...['type', 'const', 'enum', 'anyOf', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'items', 'required', 'properties', 'additionalProperties', ...WORDS],
])

/** A rule that is not known here would be passed over, and let in what ajv does not. */
function checkKnown(schema: unknown): void {
  if (typeof schema === 'boolean') return
  if (!isObject(schema)) throw new Error('a schema that is none')
  const { properties, items, anyOf, additionalProperties, type } = schema
  const unknown = Object.keys(schema).find((rule) => !RULES.has(rule))
  if (unknown !== undefined) throw new Error(`the rule ${unknown} is not known here`)
  if (type !== undefined && typeof type !== 'string') throw new Error('several types are not known here')
  for (const one of Object.values((properties as Schema | undefined) ?? {})) checkKnown(one)
  for (const one of (anyOf as unknown[] | undefined) ?? []) checkKnown(one)
  if (items !== undefined) checkKnown(items)
  if (additionalProperties !== undefined) checkKnown(additionalProperties)
}

function first<T>(all: Iterable<T>, misfit: (one: T) => ErrorObject | null): ErrorObject | null {
  for (const one of all) {
    const found = misfit(one)
    if (found !== null) return found
  }
  return null
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    default:
      return typeof value === type
  }
}

/** The same JSON, in whatever order members stand. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((part, index) => same(part, other[index]))
    )
  if (!isObject(one) || !isObject(other)) return one === other
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  )
}

const patterns = new Map<string, RegExp>()
function patternOf(text: string): RegExp {
  const known = patterns.get(text) ?? new RegExp(text, 'u')
  patterns.set(text, known)
  return known
}

/** A name in a JSON pointer (RFC 6901). */
function pointed(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
