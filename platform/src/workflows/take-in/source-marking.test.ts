import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkMarking, loosens } from '../../casework/index.ts'
import type { Marking as PackageMarking } from '../../evidence/formats/index.ts'
import { amber, type Marking } from '../../kernel/index.ts'
import { purposeFlaw, sourceMarking, stricter } from './source-marking.ts'

const source: PackageMarking = {
  id: '00000000-0000-4000-8000-000000000001',
  tlp: 'green',
  purposes: [],
  onwardUse: 'yes',
  handlingCode: null,
  recipients: [],
  sealed: false,
}
const ME = '00000000-0000-7000-8000-000000000002'

test.each<readonly [string, Partial<PackageMarking>, Partial<Marking>]>([
  ['green stays green', {}, { tlp: 'green', onwardUse: true, audience: [] }],
  ['what must be asked for is not allowed', { onwardUse: 'ask' }, { onwardUse: false }],
  ['what has a purpose is for no other', { purposes: ['criminal-proceedings'] }, { onwardUse: false }],
  ['red is for who took it in', { tlp: 'red' }, { tlp: 'red', audience: [ME] }],
  ['sealed is need-to-know', { sealed: true }, { needToKnow: true, audience: [ME] }],
  ['a handling code is kept', { handlingCode: 'H1' }, { handling: 'H1' }],
  ['one that cannot be written here sends to the source', { handlingCode: 'µ "x"' }, { handling: 'SEE SOURCE' }],
])('%s', (_, more, expected) => {
  const made = sourceMarking({ ...source, ...more }, ME)
  expect(made).toMatchObject(expected)
  expect(checkMarking(made).ok).toBe(true)
})

test.each([
  [[], ['administrative'], true],
  [['criminal-proceedings'], ['criminal-proceedings'], true],
  [['criminal-proceedings', 'asset-recovery'], ['asset-recovery'], true],
  [['criminal-proceedings'], ['criminal-proceedings', 'asset-recovery'], false],
  [['withheld'], ['criminal-proceedings'], false],
])('allowed for %j, in a case that serves %j: %s', (purposes, serves, fits) => {
  expect(purposeFlaw({ ...source, purposes }, serves) === null).toBe(fits)
})

const people = [ME, '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000004']
const anyMarking: fc.Arbitrary<Marking> = fc
  .record({
    tlp: fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'),
    audience: fc.subarray(people),
    needToKnow: fc.boolean(),
    protectedPerson: fc.boolean(),
    onwardUse: fc.boolean(),
    handling: fc.constantFrom(undefined, 'H1', 'H2'),
  })
  .map(({ handling, ...rest }) => ({ ...rest, ...(handling === undefined ? {} : { handling }) }) as Marking)

test('the stricter of two loosens neither, but for people where nobody is in both audiences', () => {
  fc.assert(
    fc.property(anyMarking, anyMarking, (a, b) => {
      const made = stricter(a, b, ME)
      for (const one of [a, b]) {
        const handling = made.handling === undefined ? {} : { handling: made.handling }
        const without = { ...one, audience: made.audience, ...handling }
        expect(loosens(without, made)).toBe(false)
        if (one.handling !== undefined) expect([one.handling, 'SEE SOURCE']).toContain(made.handling)
      }
      if (a.audience.length > 0 && b.audience.length > 0)
        for (const person of made.audience)
          expect(person === ME || (a.audience.includes(person) && b.audience.includes(person))).toBe(true)
      if (checkMarking(a).ok && checkMarking(b).ok) expect(checkMarking(made).ok).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('of what is for all who work on the case, nothing changes', () => {
  fc.assert(
    fc.property(anyMarking, (one) => {
      const least: Marking = { ...amber, tlp: 'clear', onwardUse: true }
      expect(stricter(one, least, ME)).toEqual(one)
      expect(stricter(least, one, ME)).toEqual(one)
      expect(stricter(one, one, ME)).toEqual(one)
    }),
  )
})
