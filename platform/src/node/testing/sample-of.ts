/**
 * The smallest value that fits a schema: by it every action can be called, whatever it asks for. Where a schema has an
 * example, that is taken; a pattern that none of the candidates fits is a fault, with the advice to give an example.
 */
import type { TSchema } from '@sinclair/typebox'

export const SAMPLE_ID = '00000000-0000-7000-8000-000000000001'

const candidates = [
  'a',
  'aa',
  'aa.aa',
  'aa-aa',
  'AA',
  'OM',
  'H1',
  '0',
  '1',
  '2026-01-01',
  '2026-01-01T00:00:00.000Z',
  SAMPLE_ID,
  'a'.repeat(32),
  'a'.repeat(40),
  'a'.repeat(43),
  'a'.repeat(64),
  'A'.repeat(43),
  `sha256:${'a'.repeat(64)}`,
  'https://node.example/',
  'someone@node.example',
  'application/pdf',
  'bitcoin:mainnet',
  'bip122:000000000019d6689c085ae165831e93',
  'bip122:000000000019d6689c085ae165831e93/slip44:0',
  'Europe/Amsterdam',
]

const byFormat: Readonly<Record<string, string>> = {
  uuid: SAMPLE_ID,
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00.000Z',
}

export function sampleOf(schema: TSchema): unknown {
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0]
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf ?? schema.oneOf) return sampleOf((schema.anyOf ?? schema.oneOf)[0])
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part: TSchema) => sampleOf(part)))
  switch (schema.type) {
    case 'object': {
      const required: readonly string[] = schema.required ?? []
      return Object.fromEntries(required.map((name) => [name, sampleOf(schema.properties[name])]))
    }
    case 'array':
      if (Array.isArray(schema.items)) return schema.items.map(sampleOf)
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items))
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1)
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      // Type.Unknown(): anything fits.
      if (Object.keys(schema).every((key) => key === 'description')) return null
      throw new Error(`no sample for ${JSON.stringify(schema)}: give the schema an example`)
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: TSchema): string {
  const formatted = byFormat[format ?? '']
  if (formatted !== undefined) return formatted
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text))
  const found = [...candidates, 'a'.repeat(Math.min(minLength, 10_000))].find(fits)
  if (found === undefined) throw new Error(`no sample for the pattern ${pattern}: give the schema an example`)
  return found
}
