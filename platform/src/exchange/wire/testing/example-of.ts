/**
 * A readable value for a schema: its texts are the words of its description. With it every type of message has an example, and
 * a schema that nothing fits is found.
 */
import type { TSchema } from '@sinclair/typebox'
import type { Json } from '../../../kernel/index.ts'

const candidates = [
  'at-prosecutor-vienna',
  'bip122:000000000019d6689c085ae165831e93',
  'bip122:000000000019d6689c085ae165831e93/slip44:0',
  '12500000000',
  'AT',
  'de',
  '2026-11-25',
  '2026-11-25T10:00:00.000Z',
  '01936000-0000-7000-8000-000000000001',
  'EU-2018-1805',
  'application/pdf',
  'order.pdf',
  'ab'.repeat(32),
  '0701',
  'H1',
  `${'A'.repeat(43)}=`,
  'RELEASED',
  '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
  '/body/assets/0',
]

export function exampleOf(schema: TSchema): Json {
  if (schema.const !== undefined) return schema.const as Json
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json
  if (Array.isArray(schema.anyOf)) return exampleOf(schema.anyOf[0] as TSchema)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, TSchema>).map(([name, child]) => [
          name,
          exampleOf(child),
        ]),
      )
    case 'array':
      return Array.from({ length: Math.max(1, (schema.minItems as number) ?? 0) }, () =>
        exampleOf(schema.items as TSchema),
      )
    case 'integer':
      return Math.max(1, (schema.minimum as number) ?? 0)
    case 'boolean':
      return false
    case 'null':
      return null
    case 'string':
      return textFor(schema)
    default:
      throw new Error(`no example is known for ${JSON.stringify(schema).slice(0, 200)}`)
  }
}

function textFor({ pattern, minLength = 0, maxLength = 1e9, description = '' }: TSchema): string {
  const form = new RegExp(pattern ?? '', 'u')
  const words = String(description).slice(0, maxLength)
  const found = [...(pattern === undefined || pattern === '\\S' ? [words] : []), ...candidates, words].find(
    (text) => form.test(text) && text.length >= minLength && text.length <= maxLength,
  )
  if (found === undefined) throw new Error(`no candidate fits ${pattern}`)
  return found
}
