import { expect, test } from 'vitest'
import { type CaseVersion, caseDoings, newestFirst } from './activity.ts'

const access = { members: ['a'], leads: ['a'], sealed: false, closed: false, purposes: ['p'] }
const version = (n: number, more: Partial<CaseVersion['case']['access']>, rest: object = {}): CaseVersion => ({
  ...{ version: n, at: `2026-11-2${n}T00:00:00Z` },
  case: { title: 't', openedBy: 'a', reason: null, access: { ...access, ...more }, ...rest },
})

test('each version of a case is told by what it changed', () => {
  const members = ['a', 'b']
  const doings = caseDoings([
    version(1, {}),
    version(2, { members }),
    version(3, { members, leads: ['a', 'b'] }),
    version(4, { members, leads: ['a', 'b'], sealed: true }),
    version(5, { members, leads: ['a', 'b'], sealed: true, closed: true }),
  ])
  expect(doings.map(({ what }) => what)).toEqual([
    ...['case-opened', 'member-added', 'lead-changed', 'case-sealed', 'case-closed'],
  ])
  expect(doings.map(({ by }) => by)).toEqual(['a', null, null, null, null])
  expect(newestFirst(doings)[0]?.what).toBe('case-closed')
})
