import { expect, it } from 'vitest'
import { messageTypes } from '../../../platform/src/exchange/wire/index.ts'
import { type Schema, unwrapped } from './form-value.ts'
import { listedByWords } from './what-is-listed.ts'

/** Digests of what is in no list here: files that come along, secrets of a comparison, what others have and what the acts on it name by themselves. */
const inNoList =
  /attachment|agree|draft|table|^Its SHA-256|^The hash of|comparison|^The handle|^Which handle|commitment|^To the case|proof|statement|^An exchange|^A key/i

/** Every member that holds one value, by the words that describe it. */
function leaves(given: Schema): readonly Schema[] {
  const { schema } = unwrapped(given)
  if (schema.properties) return Object.values(schema.properties).flatMap(leaves)
  if (schema.items) return leaves(schema.items)
  return schema.anyOf ? schema.anyOf.flatMap(leaves) : [schema]
}

const all = [...messageTypes.values()].flatMap(({ majors }) =>
  Object.values(majors).flatMap((one) => leaves(one as Schema)),
)
const words = new Set(all.map(({ description }) => description))

it('every word by which something listed is known is one of the format', () => {
  expect(Object.keys(listedByWords).filter((one) => !words.has(one))).toEqual([])
})

it('every digest of a message names what is listed here, or something that is in no list', () => {
  const digests = all.filter(({ pattern }) => pattern === '^[0-9a-f]{64}$').map(({ description = '' }) => description)
  expect(digests.length).toBeGreaterThan(50)
  expect([...new Set(digests)].filter((one) => !(one in listedByWords) && !inNoList.test(one))).toEqual([])
  expect(Object.keys(listedByWords).filter((one) => inNoList.test(one))).toEqual([])
})

it.each(Object.entries(listedByWords).flatMap(([what, one]) => (one.of === 'message' ? [[what, one.types]] : [])))(
  '%s: there are such messages',
  (_what, types) => {
    expect([...messageTypes.keys()].filter((type) => (types as RegExp).test(type))).not.toEqual([])
  },
)
