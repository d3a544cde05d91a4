/** Input and output against their schemas: compiled once; what does not fit is refused with its place. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Action, Json, Refusal } from '../../kernel/index.ts'

const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  // RFC 3339 in UTC with a Z: the one way in which the node writes instants.
  'date-time': /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
}

const ajv = new Ajv2020({ strict: true, allErrors: false, ownProperties: true, formats: { ...formats } })
const compiled = new WeakMap<object, ValidateFunction>()

function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema)
  if (known) return known
  const validate = ajv.compile(schema)
  compiled.set(schema, validate)
  return validate
}

/** `null` where the value fits. */
export function misfit(schema: object, value: unknown): Refusal | null {
  const validate = validatorOf(schema)
  if (validate(value)) return null
  const [error] = validate.errors ?? []
  const path = error?.instancePath || '/'
  const extra = error?.params as {
    additionalProperty?: string
    missingProperty?: string
    allowedValues?: readonly string[]
  }
  const more = extra?.additionalProperty
    ? `: "${extra.additionalProperty}" is not known`
    : extra?.allowedValues
      ? `: one of ${extra.allowedValues.join(', ')}`
      : ''
  return {
    code: 'INPUT_INVALID',
    message: ['The input ', error?.message ?? 'does not fit its schema', more, '.'].join(''),
    place: path,
    fix: 'Correct the value at that place; the schema stands in the OpenAPI document of the node.',
  }
}

/** A result that does not fit its own schema is a fault of ours, and nothing of it is committed. */
export function checkOutput({ name, output }: Action, result: Json): void {
  const wrong = misfit(output, result)
  if (wrong) throw new Error(`the result of ${name} does not fit its schema: ${wrong.message} (${wrong.place})`)
}
