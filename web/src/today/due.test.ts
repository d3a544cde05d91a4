import { expect, test } from 'vitest'
import { groupOf, inGroups, isReply, partsFor, type RequestLike, waitsFor } from './due.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const at = (due: string) => ({ due, at: due })

test('what is late comes first, then the next day, the week and the rest, each soonest first', () => {
  const items = ['2026-12-30T00:00:00Z', '2026-11-27T11:59:00Z', '2026-11-26T11:59:59Z', '2026-11-26T13:00:00Z'].map(at)
  expect(inGroups(items, NOW).map(({ group, items: all }) => [group, all.map(({ due }) => due)])).toEqual([
    ['late', ['2026-11-26T11:59:59Z']],
    ['day', ['2026-11-26T13:00:00Z', '2026-11-27T11:59:00Z']],
    ['later', ['2026-12-30T00:00:00Z']],
  ])
  expect(groupOf(at('2026-11-27T12:00:00Z'), NOW)).toBe('week')
})

const request = (more: Partial<RequestLike['request']>): RequestLike => ({
  at: '2026-11-25T00:00:00Z',
  request: { state: 'submitted', author: 'anna', approvals: [], ...more },
})

test('a request waits for whoever neither drafted nor approved it', () => {
  const given = [{ approverId: 'bert', withdrawnAt: null }]
  expect(waitsFor(request({}), 'bert')).toBe(true)
  expect(waitsFor(request({}), 'anna')).toBe(false)
  expect(waitsFor(request({ approvals: given }), 'bert')).toBe(false)
  expect(waitsFor(request({ state: 'released' }), 'bert')).toBe(false)
})

test('only answers to what we asked are replies, and only new ones', () => {
  expect(isReply(request({ state: 'accepted' }), NOW)).toBe(true)
  expect(isReply(request({ state: 'accepted', incoming: {} }), NOW)).toBe(false)
  expect(isReply({ ...request({ state: 'refused' }), at: '2026-10-01T00:00:00Z' }, NOW)).toBe(false)
})

test('whoever may be the second person at an act on keys sees first what they have to confirm', () => {
  for (const role of ['evidence-custodian', 'judge', 'asset-manager', 'prosecutor', 'training'])
    expect(partsFor(role)[0], role).toBe('key-acts')
  for (const role of ['auditor', 'administrator']) expect(partsFor(role), role).not.toContain('key-acts')
})
