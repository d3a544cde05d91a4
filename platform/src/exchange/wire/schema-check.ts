/** JSON against the schemas of the wire: compiled once; what does not fit is told with its place. */
import type { TSchema } from '@sinclair/typebox'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { formats } from './fields.ts'

export type Misfit = { readonly place: string; readonly what: string }

const ajv = new Ajv2020({ strict: true, allErrors: false, ownProperties: true, formats: { ...formats } })
const compiled = new WeakMap<object, ValidateFunction>()

/** Null where the value fits; else the JSON pointer of what does not, and why. `under` is put before the place. */
export function misfit(schema: TSchema, value: unknown, under = ''): Misfit | null {
  let validate = compiled.get(schema)
  if (validate === undefined) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(value)) return null
  const [error] = validate.errors ?? []
  const params = (error?.params ?? {}) as { additionalProperty?: string; allowedValues?: readonly string[] }
  const more =
    params.additionalProperty !== undefined
      ? `: ${JSON.stringify(params.additionalProperty)} is not known here`
      : params.allowedValues !== undefined
        ? `: one of ${params.allowedValues.join(', ')}`
        : ''
  return { place: `${under}${error?.instancePath ?? ''}` || '/', what: `${error?.message ?? 'does not fit'}${more}` }
}
