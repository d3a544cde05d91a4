import { describe, expect, test } from 'vitest'
import { amber } from '../kernel/index.ts'
import { dueDatesOf } from './due-dates.ts'
import { conflictBetween, newConflict, nextStep, type Wanting } from './order-conflict.ts'
import { law } from './testing/fakes.ts'

const kinds = law.conflicts()
const of = (measure: Wanting['measure'], caseId: string, party: string | null = null): Wanting => ({
  measure,
  caseId,
  party,
})
const NOW = '2026-11-25T09:00:00.000Z'

describe('two orders on one asset', () => {
  test.each([
    ['PRESERVE', 'DELETE', 'keep-and-delete'],
    ['FREEZE_SPECIFIC', 'RETURN', 'freeze-and-return'],
    ['FREEZE_SPECIFIC', 'FREEZE_SPECIFIC', 'two-freezes'],
    ['TRACE_INFO', 'FREEZE_SPECIFIC', null],
    ['RETURN', 'RETURN', null],
  ] as const)('of two cases: %s and %s are %s, whichever comes first', (one, other, kind) => {
    expect(conflictBetween(kinds, of(one, 'a'), of(other, 'b'))?.id ?? null).toBe(kind)
    expect(conflictBetween(kinds, of(other, 'b'), of(one, 'a'))?.id ?? null).toBe(kind)
  })

  test('of one case conflict where they are of two partners; of one, only what deletes what is kept', () => {
    expect(conflictBetween(kinds, of('FREEZE_SPECIFIC', 'a', 'AT'), of('RETURN', 'a', 'FR'))?.id).toBe(
      'freeze-and-return',
    )
    expect(conflictBetween(kinds, of('FREEZE_SPECIFIC', 'a', 'AT'), of('RETURN', 'a', 'AT'))).toBe(null)
    expect(conflictBetween(kinds, of('PRESERVE', 'a', 'AT'), of('DELETE', 'a', 'AT'))?.id).toBe('keep-and-delete')
  })
})

describe('the procedure', () => {
  const kind = kinds[1]
  if (!kind) throw new Error('no kind')
  const conflict = newConflict(kind, { about: 'x', orders: [], marking: amber, author: 'node' }, NOW)

  test('goes from step to step, each with its clock, and ends', () => {
    expect(conflict).toMatchObject({ state: 'consult', due: '2026-11-30T09:00:00.000Z' })
    expect(nextStep(kind, 'consult', NOW)).toMatchObject({ state: 'decide', due: '2026-12-05T09:00:00.000Z' })
    expect(nextStep(kind, 'decide', NOW)).toMatchObject({ state: 'tell' })
    expect(nextStep(kind, 'tell', NOW)).toMatchObject({ state: 'closed', due: null })
  })

  test('reminds of the step that is due, and binds nobody', () => {
    const dates = dueDatesOf({ kind: 'order-conflict', id: 'x', body: conflict }, { dayBegins: (day) => day })
    expect(dates).toMatchObject([
      { matter: 'conflict-step', rule: 'freeze-and-return/consult', binding: false, due: conflict.due },
    ])
    const closed = { ...conflict, ...nextStep(kind, 'tell', NOW) }
    expect(dueDatesOf({ kind: 'order-conflict', id: 'x', body: closed }, { dayBegins: (day) => day })).toEqual([])
  })
})
