import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPeriod, type HeldTime, retentionPlan } from './retention.ts'

const DAY = 86_400_000
const facts = {
  purposes: ['criminal-proceedings'],
  openedAt: '2020-01-31T12:00:00.000Z',
  closedAt: '2021-06-01T00:00:00.000Z',
  lastChangeAt: '2021-06-02T00:00:00.000Z',
}
const rule = (more: object = {}) => ({
  ruleId: 'r1',
  purpose: 'criminal-proceedings',
  basis: 'Act 1, s. 2',
  clockStart: 'closed' as const,
  period: 'P5Y',
  ...more,
})
const plan = (holds: HeldTime[], now: string, rules = [rule()], more: object = {}) =>
  retentionPlan({ ...facts, ...more }, rules, holds, now)

describe('periods', () => {
  test.each([
    ['2020-01-31T12:00:00.000Z', 'P1M', '2020-02-29T12:00:00.000Z'],
    ['2021-01-31T12:00:00.000Z', 'P1M', '2021-02-28T12:00:00.000Z'],
    ['2020-02-29T00:00:00.000Z', 'P1Y', '2021-02-28T00:00:00.000Z'],
    ['2020-12-31T23:59:59.999Z', 'P2M', '2021-02-28T23:59:59.999Z'],
    ['2020-01-01T00:00:00.000Z', 'P1Y2M3D', '2021-03-04T00:00:00.000Z'],
    ['2020-01-01T00:00:00.000Z', 'P400D', '2021-02-04T00:00:00.000Z'],
  ])('%s and %s is %s', (from, period, to) => expect(addPeriod(from, period)).toBe(to))

  test.each(['', 'P', '5Y', 'P5', 'PT5H', 'P1W', 'P-1Y', 'P1.5Y', 'P1D1Y'])('refuses %j', (period) =>
    expect(() => addPeriod(facts.openedAt, period)).toThrow(RangeError),
  )
})

describe('how long a case is kept', () => {
  test.each([
    ['opened', '2025-01-31T12:00:00.000Z'],
    ['closed', '2026-06-01T00:00:00.000Z'],
    ['last-change', '2026-06-02T00:00:00.000Z'],
  ] as const)('a clock that starts when %s', (clockStart, end) => {
    const rules = [rule({ clockStart })]
    const before = new Date(Date.parse(end) - 1).toISOString()
    expect(plan([], before, rules)).toMatchObject({ eraseAfter: end, due: false, clocks: [{ state: 'running' }] })
    expect(plan([], end, rules)).toMatchObject({ due: true, clocks: [{ state: 'due' }] })
  })

  test('a case that is not closed waits for its closing', () => {
    const waiting = plan([], '2099-01-01T00:00:00.000Z', [rule()], { closedAt: null })
    expect(waiting).toMatchObject({ eraseAfter: null, due: false, clocks: [{ state: 'waiting' }] })
  })

  test('several purposes: the last one decides, and one without a rule keeps everything', () => {
    const purposes = ['criminal-proceedings', 'asset-recovery']
    const second = rule({ ruleId: 'r2', purpose: 'asset-recovery', period: 'P10Y' })
    const both = plan([], '2026-07-01T00:00:00.000Z', [second, rule()], { purposes })
    expect(both).toMatchObject({ eraseAfter: '2031-06-01T00:00:00.000Z', due: false, uncovered: [] })
    const one = plan([], '2099-01-01T00:00:00.000Z', [rule()], { purposes })
    expect(one).toMatchObject({ eraseAfter: null, due: false, uncovered: ['asset-recovery'] })
    expect(plan([], '2099-01-01T00:00:00.000Z', [])).toMatchObject({ eraseAfter: null, due: false })
  })

  const hold = (from: string, to: string | null) => ({
    from: `${from}T00:00:00.000Z`,
    to: to === null ? null : `${to}T00:00:00.000Z`,
  })
  test.each([
    ['before the clock started', [hold('2020-01-01', '2020-06-01')], '2026-06-01'],
    ['across its start: only what lies after counts', [hold('2021-05-01', '2021-06-11')], '2026-06-11'],
    ['for ten days', [hold('2022-01-01', '2022-01-11')], '2026-06-11'],
    ['by two people at once', [hold('2022-01-01', '2022-01-11'), hold('2022-01-05', '2022-01-09')], '2026-06-11'],
    ['twice', [hold('2023-01-01', '2023-01-11'), hold('2022-01-01', '2022-01-11')], '2026-06-21'],
    [
      'in the time that it was moved by',
      [hold('2022-01-01', '2022-01-11'), hold('2026-06-05', '2026-06-06')],
      '2026-06-12',
    ],
    ['after its end', [hold('2026-06-05', '2026-06-06')], '2026-06-01'],
  ])('held %s', (_, holds, end) => {
    expect(plan(holds, '2040-01-01T00:00:00.000Z').eraseAfter).toBe(`${end}T00:00:00.000Z`)
  })

  test('while it is held nothing is due, also where the clock had ended before', () => {
    const now = '2030-01-01T00:00:00.000Z'
    expect(plan([hold('2022-01-01', null)], now)).toMatchObject({ eraseAfter: null, due: false, held: true })
    expect(plan([hold('2029-01-01', null)], now)).toMatchObject({ due: false, held: true })
    expect(plan([hold('2029-01-01', '2029-02-01')], now)).toMatchObject({ due: true, held: false })
  })

  test('counted day by day it comes to the same: a clock counts the days on which nothing holds', () => {
    const start = Date.parse('2021-06-01T00:00:00.000Z')
    const days = fc.array(fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 15 })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (held, period) => {
        const isHeld = (day: number) => held.some(([from, length]) => day >= from && day < from + length)
        let day = 0
        for (let counted = 0; counted < period; day++) if (!isHeld(day)) counted++
        const holds = held.map(([from, length]) => ({
          from: new Date(start + from * DAY).toISOString(),
          to: new Date(start + (from + length) * DAY).toISOString(),
        }))
        const found = plan(holds, '2040-01-01T00:00:00.000Z', [rule({ period: `P${period}D` })]).eraseAfter
        expect(found).toBe(new Date(start + day * DAY).toISOString())
      }),
    )
  })
})
