import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Access, amber, type Marking } from '../kernel/index.ts'
import { addMember, checkPurposes, makeLead, removeMember, sealAccess } from './case.ts'
import { checkMarking, checkRemarking, loosens } from './marking-rules.ts'

const people = ['a', 'b', 'c', 'd']
const start: Access = {
  members: ['a'],
  leads: ['a'],
  sealed: false,
  sealedFor: [],
  training: false,
  closed: false,
  purposes: ['criminal-proceedings'],
}

describe('the people of a case', () => {
  const person = fc.constantFrom(...people)
  const step = fc.oneof(
    person.map((id) => (access: Access) => addMember(access, id)),
    person.map((id) => (access: Access) => removeMember(access, id)),
    fc.tuple(person, fc.option(person)).map(
      ([id, from]) =>
        (access: Access) =>
          makeLead(access, id, from),
    ),
    fc.uniqueArray(person, { minLength: 1 }).map((ids) => (access: Access) => sealAccess(access, ids)),
    fc.constant((access: Access) => ({ ok: true as const, value: { ...access, sealed: false, sealedFor: [] } })),
  )

  test('whatever is done, a lead who can see the case is left, and leads and those of a seal are members', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let access = start
        for (const act of steps) {
          const next = act(access)
          if (next.ok) access = next.value
          const able = access.leads.filter((lead) => !access.sealed || access.sealedFor.includes(lead))
          expect(able.length).toBeGreaterThan(0)
          expect([...access.leads, ...access.sealedFor].every((one) => access.members.includes(one))).toBe(true)
          expect(new Set(access.members).size).toBe(access.members.length)
          expect(new Set(access.leads).size).toBe(access.leads.length)
        }
      }),
    )
  })

  test.each([
    ['a hand-over to oneself', makeLead(start, 'a', 'a'), true],
    ['a hand-over to somebody outside', makeLead(start, 'b', 'a'), false],
    ['a hand-over by somebody who is no lead', makeLead({ ...start, members: ['a', 'b'] }, 'b', 'b'), false],
    ['the last lead going', removeMember(start, 'a'), false],
    ['a seal around nobody who leads', sealAccess({ ...start, members: ['a', 'b'] }, ['b']), false],
  ])('%s', (_, result, fine) => expect(result.ok).toBe(fine))
})

test.each([
  [['exercise'], true, true],
  [['exercise'], false, false],
  [['criminal-proceedings'], true, false],
  [['exercise', 'criminal-proceedings'], true, false],
  [['exercise', 'criminal-proceedings'], false, false],
  [[], false, false],
] as const)('purposes %j, exercise %s: %s', (purposes, training, fine) =>
  expect(checkPurposes(purposes, training).ok).toBe(fine),
)

describe('markings', () => {
  const marking = (more: Partial<Marking>): Marking => ({ ...amber, ...more })
  test.each([
    [{ tlp: 'red' }, false],
    [{ needToKnow: true }, false],
    [{ protectedPerson: true }, false],
    [{ tlp: 'red', audience: ['a'] }, true],
    [{ tlp: 'amber+strict' }, true],
  ] as const)('%j can be kept: %s', (more, fine) =>
    expect(checkMarking(marking(more as Partial<Marking>)).ok).toBe(fine),
  )

  test.each([
    [{}, {}, false],
    [{ tlp: 'amber' }, { tlp: 'green' }, true],
    [{ tlp: 'green' }, { tlp: 'red', audience: [] }, false],
    [{ audience: ['a'] }, { audience: [] }, false],
    [{ audience: [] }, { audience: ['a'] }, true],
    [{ needToKnow: true }, {}, true],
    [{ protectedPerson: true }, {}, true],
    [{}, { onwardUse: true }, true],
    [{ handling: 'H1' }, {}, true],
    [{}, { handling: 'H1' }, false],
  ] as const)('from %j to %j widens: %s', (before, after, wider) => {
    const [from, to] = [marking(before as Partial<Marking>), marking(after as Partial<Marking>)]
    expect(loosens(from, to)).toBe(wider)
    expect(
      checkRemarking(marking(before as Partial<Marking>), { ...to, audience: ['a', ...to.audience] }, true).ok,
    ).toBe(true)
  })
})
