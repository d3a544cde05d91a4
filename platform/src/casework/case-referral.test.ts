import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Access } from '../kernel/index.ts'
import { holdersOf, referralName, takenOverAccess } from './case-referral.ts'

const access: Access = {
  members: ['anna', 'bert', 'carl'],
  leads: ['anna', 'bert'],
  sealed: true,
  sealedFor: ['anna', 'carl', 'dora'],
  training: false,
  closed: false,
  purposes: ['criminal-proceedings'],
  referredTo: ['dora'],
}

test('who took it over leads it; those who came with them and those who stay are its members; nobody else is', () => {
  expect(takenOverAccess(access, 'dora', ['emil'], ['carl'])).toEqual({
    ...access,
    members: ['dora', 'emil', 'carl'],
    leads: ['dora'],
    sealedFor: ['carl', 'dora'],
    referredTo: [],
  })
})

test('whoever is named: the lead is a member, a seal is for members, and no stranger stays', () => {
  const people = fc.subarray(['anna', 'bert', 'carl', 'dora', 'emil', 'fritz'])
  fc.assert(
    fc.property(people, people, people, (members, coming, staying) => {
      const after = takenOverAccess({ ...access, members }, 'dora', coming, staying)
      expect(after.leads).toEqual(['dora'])
      expect(after.members).toContain('dora')
      expect(new Set(after.members).size).toBe(after.members.length)
      for (const person of after.sealedFor) expect(after.members).toContain(person)
      for (const person of after.members)
        expect(
          person === 'dora' || coming.includes(person) || (staying.includes(person) && members.includes(person)),
        ).toBe(true)
    }),
  )
})

test('a case has the holders that it has: its leads, or the one authority outside', () => {
  expect(holdersOf({ access })).toEqual(['anna', 'bert'])
  const heldBy = { authority: 'Parquet', country: 'FR', role: 'prosecutor', since: '2026-11-25T09:00:00Z' }
  expect(holdersOf({ access, heldBy })).toEqual(['Parquet (FR)'])
  expect(referralName({ kind: 'outside', authority: 'Parquet', country: 'FR', role: 'prosecutor' })).toBe(
    'Parquet (FR)',
  )
})
