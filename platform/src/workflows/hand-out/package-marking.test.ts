import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Audience, mayHave } from '../../evidence/formats/index.ts'
import { amber, type Marking } from '../../kernel/index.ts'
import { packageMarking } from './package-marking.ts'

const facts = { purposes: ['criminal-proceedings'], sealed: false, members: ['South'] }
const audience: Audience = {
  members: ['South'],
  reach: 'named',
  purpose: 'criminal-proceedings',
  clientOf: {},
  onward: false,
  permissions: [],
  unsealed: [],
}
const own = (marking: Partial<Marking> = {}) => ({ marking: { ...amber, ...marking }, leaves: true, received: false })
const goes = (item: Parameters<typeof packageMarking>[0], to: Partial<Audience> = {}, about: object = {}) =>
  mayHave(packageMarking(item, { ...facts, ...about }), { ...audience, ...to })

describe('an item of a case', () => {
  test.each([
    ['amber goes to those who are named', own(), {}, true],
    ['amber does not go to a community', own(), { reach: 'community' }, false],
    ['green goes to a community', own({ tlp: 'green' }), { reach: 'community' }, true],
    ['green is not published', own({ tlp: 'green' }), { reach: 'public' }, false],
    ['clear is published', own({ tlp: 'clear' }), { reach: 'public' }, true],
    ['amber+strict stays', own({ tlp: 'amber+strict' }), {}, false],
    ['red stays', own({ tlp: 'red', audience: ['x'] }), {}, false],
    ['need-to-know stays, however low its TLP', own({ tlp: 'clear', needToKnow: true }), { reach: 'public' }, false],
    ['a protected person stays', own({ tlp: 'clear', protectedPerson: true }), { reach: 'public' }, false],
    ['what the policies keep stays', { ...own({ tlp: 'clear' }), leaves: false }, { reach: 'public' }, false],
    ['another purpose gets nothing', own(), { purpose: 'administrative' }, false],
    ['onward use is use beyond the purposes', own({ onwardUse: true }), { purpose: 'administrative' }, true],
    ['what was received stays', { ...own(), received: true }, {}, false],
    ['what was received goes on where the giver allowed it', { ...own({ onwardUse: true }), received: true }, {}, true],
    ['passing on needs permission', own(), { onward: true }, false],
  ] as const)('%s', (_, item, to, expected) => {
    expect(goes(item as never, to as never)).toBe(expected)
  })

  test('of a sealed case goes to nobody before the seal is opened', () => {
    const made = packageMarking(own(), { ...facts, sealed: true })
    expect(mayHave(made, audience)).toBe(false)
    expect(mayHave(made, { ...audience, unsealed: [made.id] })).toBe(true)
  })

  test('carries its handling code', () => {
    expect(packageMarking(own({ handling: 'H1' }), facts).handlingCode).toBe('H1')
  })
})

const tlps = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
const anyItem = fc.record({
  marking: fc.record({
    tlp: fc.constantFrom(...tlps),
    audience: fc.constant<string[]>([]),
    needToKnow: fc.boolean(),
    protectedPerson: fc.boolean(),
    onwardUse: fc.boolean(),
  }),
  leaves: fc.boolean(),
  received: fc.boolean(),
})
const anyAudience = fc.record({
  members: fc.constantFrom([], ['South'], ['South', 'East']),
  reach: fc.constantFrom('named', 'community', 'public'),
  purpose: fc.constantFrom('criminal-proceedings', 'administrative'),
  onward: fc.boolean(),
})

test('whatever it is marked, it never goes further than its TLP, its purposes and the policies say', () => {
  fc.assert(
    fc.property(anyItem, anyAudience, fc.boolean(), (item, to, sealed) => {
      const made = packageMarking(item, { ...facts, members: to.members, sealed })
      if (!mayHave(made, { ...audience, ...to } as Audience)) return
      expect(to.members.length).toBeGreaterThan(0)
      expect(item.leaves && !item.marking.needToKnow && !item.marking.protectedPerson && !sealed).toBe(true)
      expect(tlps.indexOf(item.marking.tlp)).toBeLessThanOrEqual({ named: 2, community: 1, public: 0 }[to.reach] ?? -1)
      if (to.purpose === 'administrative' || to.onward || item.received) expect(item.marking.onwardUse).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('the same marking has the same id, another one another', () => {
  fc.assert(
    fc.property(anyItem, anyItem, (one, other) => {
      const [a, b] = [packageMarking(one, facts), packageMarking(other, facts)]
      expect(a.id === b.id).toBe(JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' }))
    }),
  )
})
