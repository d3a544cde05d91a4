import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openKeyTable } from './key-table.ts'

test('a key has the number of its first coming, as in a Map', () => {
  // Few letters and shared ends, so that cells meet.
  const key = fc.string({ unit: fc.constantFrom('a', 'b', ':', '0'), maxLength: 24 })
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), fc.array(key, { maxLength: 50 }), (added, asked) => {
      const table = openKeyTable(0)
      const numberByKey = new Map<string, number>()
      for (const one of added) {
        if (!numberByKey.has(one)) numberByKey.set(one, numberByKey.size)
        expect(table.add(one)).toBe(numberByKey.get(one))
      }
      for (const one of [...asked, ...added]) expect(table.find(one)).toBe(numberByKey.get(one) ?? -1)
      expect(table.size).toBe(numberByKey.size)
    }),
  )
})

test('keys that differ in the middle only have numbers of their own', () => {
  const table = openKeyTable(4)
  const keys = Array.from({ length: 500 }, (_, at) => `00000000${'0'.repeat(20)}${at}${'0'.repeat(20)}000000:1`)
  expect(keys.map((one) => table.add(one))).toEqual(keys.map((_, at) => at))
  expect(keys.map((one) => table.find(one))).toEqual(keys.map((_, at) => at))
})
