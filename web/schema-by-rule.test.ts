/** What the app accepts is what ajv accepts: every schema that a dossier and its directory are read by, on right and on changed values. */
import { Ajv2020 as Compiling } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MemberFile, SignedCard } from '../platform/src/exchange/directory/index.ts'
import { signedCardOf } from '../platform/src/exchange/directory/testing/cards.ts'
import { Dossier } from '../platform/src/exchange/dossier/index.ts'
import { directoryOfTwo, dossierOfTwo } from '../platform/src/exchange/testing/dossier-of-two.ts'
import { EnvelopeForm, formats, Header, ownForms, Receipt } from '../platform/src/exchange/wire/index.ts'
import { everyForm, exampleDraft } from '../platform/src/exchange/wire/testing/messages.ts'
import { Ajv2020 } from './schema-by-rule.ts'

const compiling = new Compiling({ strict: true, allErrors: false, ownProperties: true, formats: { ...formats } })
const reading = new Ajv2020({ formats })
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const memberFiles = [...directoryOfTwo()].filter(([name]) => name.startsWith('members/'))
const readable: readonly (readonly [name: string, schema: object, value: unknown])[] = [
  ['a dossier', Dossier, dossierOfTwo()],
  ['a card', SignedCard, signedCardOf({ id: 'nl-om' })],
  ...memberFiles.map(
    ([name, bytes]) =>
      [`the file ${name.slice(0, 16)}`, MemberFile, JSON.parse(new TextDecoder().decode(bytes))] as const,
  ),
  ...everyForm.flatMap(([type, major]) => {
    const { header, body } = exampleDraft(type, major)
    const form = ownForms.formOf(type, major)
    return [
      [`the header of ${type} ${major}`, Header, header] as const,
      ...(form ? [[`the body of ${type} ${major}`, form.body, body] as const] : []),
    ]
  }),
]

/** Every place in a value, as the names that lead there. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, one]) => placesIn(one, [...at, name]))
      : []
  return [at, ...inside]
}

function changedAt(value: unknown, [name, ...more]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  const next = changedAt(copy[name], more, change)
  if (next === undefined && !Array.isArray(value)) delete copy[name]
  else copy[name] = next ?? null
  return copy
}

const texts = [
  '',
  ' ',
  'é'.repeat(200),
  '😀'.repeat(70),
  '2026-02-30',
  '2026-11-25T10:00:00.000Z',
  'AT',
  'x\u0000',
  'ab'.repeat(32),
]
const numbers = [0, -1, 1.5, 1e300, 2, 9007199254740991]
const changes: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  ...[...texts, ...numbers, null, true, [], {}].map((one) => () => one),
  (old) => (Array.isArray(old) ? [...old, ...old] : typeof old === 'string' ? `${old} ` : old),
  (old) => (Array.isArray(old) ? Array(200).fill(old[0] ?? 'x') : old),
  (old) => (typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, more: 1 } : old),
  (old) => (typeof old === 'string' ? old.slice(1) : old),
]

it.each(readable)('%s', (_, schema, value) => {
  const [ajv, ours] = [compiling.compile(schema), reading.compile(schema as never)]
  const right = plain(value)
  const both = (one: unknown) => [ajv(one), ours(one)]
  expect(both(right)).toEqual([true, true])
  const places = placesIn(right)
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...changes), (place, change) => {
      const changed = changedAt(right, place, change)
      const [theirs, mine] = both(changed)
      expect(mine, JSON.stringify({ place, changed: change(null) })).toBe(theirs)
      if (mine === false) expect(ours.errors?.[0]?.message).not.toBe('')
    }),
    { numRuns: 150 },
  )
})

it('other schemas of what is signed are read too', () => {
  for (const schema of [EnvelopeForm, Receipt]) expect(() => reading.compile(schema as never)).not.toThrow()
})

it('a rule that is not known is no rule that passes', () => {
  expect(() => reading.compile({ type: 'object', patternProperties: {} })).toThrow(/patternProperties/)
  expect(() => reading.compile({ properties: { a: { not: {} } } })).toThrow(/not/)
  expect(() => reading.compile({ anyOf: [{ $ref: '#' }] })).toThrow(/\$ref/)
})

it('says the place and what does not fit', () => {
  const validate = reading.compile({
    ...{ type: 'object', additionalProperties: false, required: ['a/b'] },
    properties: { 'a/b': { type: 'array', items: { type: 'string', maxLength: 2 } } },
  })
  expect(validate({ 'a/b': ['x', 'long'] })).toBe(false)
  expect(validate.errors).toEqual([
    { instancePath: '/a~1b/1', message: 'must NOT have more than 2 characters', params: {} },
  ])
  expect([validate({}), validate.errors?.[0]?.message]).toEqual([false, "must have required property 'a/b'"])
  expect([validate({ 'a/b': [], c: 1 }), validate.errors?.[0]?.params]).toEqual([false, { additionalProperty: 'c' }])
})
