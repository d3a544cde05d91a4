import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DueDate } from './due-dates.ts'
import type { ReminderSetting } from './ports.ts'
import { momentsOf, reachedMoment, readThreshold, THRESHOLD, usualThresholds } from './reminder-thresholds.ts'
import { type KnownReminder, planReminders, type ReminderChange, reminderId } from './reminders.ts'

const setting: ReminderSetting = { ...usualThresholds, dayBegins: (day) => `${day}T00:00:00Z` }
const item = { kind: 'request', id: '00000000-0000-7000-8000-000000000001' } as const
const HOUR = 3_600_000
const BEGUN = Date.parse('2026-11-25T09:00:00Z')
const at = (hours: number) => new Date(BEGUN + hours * HOUR).toISOString()

const dateOf = (more: Partial<DueDate> = {}): DueDate => ({
  key: 'rule decide-48h',
  matter: 'request-deadline',
  rule: 'decide-48h',
  article: '9(3)',
  binding: true,
  urgent: false,
  from: at(0),
  due: at(48),
  noted: [],
  ...more,
})

/** What is written, kept as a node keeps it. */
function apply(known: readonly KnownReminder[], changes: readonly ReminderChange[]): readonly KnownReminder[] {
  const kept = new Map(known.map((one) => [one.id, one]))
  for (const change of changes) {
    const before = kept.get(change.id)
    expect(change.seen, 'written over what was seen').toBe(before?.version ?? 0)
    const version = change.seen + 1
    if (change.to === 'due') {
      const { date, moment } = change
      kept.set(change.id, {
        id: change.id,
        version,
        key: date.key,
        threshold: moment.threshold,
        at: moment.at,
        due: date.due,
        state: 'due',
      })
    } else if (before) kept.set(change.id, { ...before, version, state: change.to })
  }
  return [...kept.values()]
}

describe('thresholds', () => {
  test.each([
    ['50%', { passed: 50 }],
    ['90m', { left: 90 }],
    ['24h', { left: 1440 }],
    ['3d', { left: 4320 }],
  ])('%s', (name, read) => expect(readThreshold(name)).toEqual({ name, ...read }))

  test.each(['', '0h', '100%', '5', 'h', '-3h', '1000d', '5w', '50 %'])('"%s" is none', (text) =>
    expect(new RegExp(THRESHOLD).test(text)).toBe(false),
  )

  test('half, 24 hours, 1 hour and the end, in the order of time; what lies before the beginning is none', () => {
    expect(momentsOf(dateOf(), setting).map((one) => [one.threshold, one.at])).toEqual([
      ['50%', at(24)],
      ['24h', at(24)],
      ['1h', at(47)],
      ['passed', at(48)],
    ])
    expect(momentsOf(dateOf({ due: at(5) }), setting).map(({ threshold }) => threshold)).toEqual([
      '50%',
      '1h',
      'passed',
    ])
  })

  test('urgent requests remind closer to the end', () => {
    const names = momentsOf(dateOf({ urgent: true }), setting).map(({ threshold }) => threshold)
    expect(names).toEqual(['50%', '12h', '4h', '1h', '15m', 'passed'])
  })

  test('a rule without a date reminds where it says, and never that a date has passed', () => {
    const date = dateOf({ due: null, binding: false, noted: [{ at: at(20), why: 'Half of 40 hours; not verified.' }] })
    const moments = momentsOf(date, setting)
    expect(moments).toEqual([{ threshold: 'noted-1', at: at(20), why: 'Half of 40 hours; not verified.' }])
    expect(reachedMoment(moments, at(19))).toBeNull()
    expect(reachedMoment(moments, at(500))?.threshold).toBe('noted-1')
  })
})

describe('which reminders are written', () => {
  const plan = (dates: readonly DueDate[], known: readonly KnownReminder[], hours: number) =>
    planReminders(item, dates, known, setting, at(hours))

  test('each threshold once, and the one before gives way', () => {
    let known: readonly KnownReminder[] = []
    const seen: string[][] = []
    for (const hours of [1, 23, 24, 30, 47, 47.5, 48, 300]) {
      const changes = plan([dateOf()], known, hours)
      seen.push(changes.map((one) => (one.to === 'due' ? one.moment.threshold : one.to)))
      known = apply(known, changes)
      expect(plan([dateOf()], known, hours)).toEqual([])
    }
    expect(seen).toEqual([[], [], ['24h'], [], ['1h', 'replaced'], [], ['passed', 'replaced'], []])
  })

  test('who comes late is told once', () => {
    expect(plan([dateOf()], [], 100).map(({ to }) => to)).toEqual(['due'])
  })

  test('a date that moves takes its reminder with it, and what is due no more is settled', () => {
    let known = apply([], plan([dateOf()], [], 47))
    const moved = [dateOf({ due: at(400) })]
    const changes = plan(moved, known, 47.5)
    // Of 400 hours not even half have passed at 47.5; what was told of the old date gives way.
    expect(changes.map(({ to }) => to)).toEqual(['replaced'])
    known = apply(known, changes)
    const later = plan(moved, known, 399)
    expect(later).toMatchObject([{ to: 'due', id: reminderId(item, 'rule decide-48h', '1h'), seen: 2 }])
    known = apply(known, later)
    expect(plan([], known, 399).map(({ to }) => to)).toEqual(['settled'])
    expect(plan([], apply(known, plan([], known, 399)), 400)).toEqual([])
  })

  test('whatever moves and whenever it is looked: at most one reminder of a date is due, and looking twice adds nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            now: fc.integer({ min: 0, max: 400 }),
            due: fc.option(fc.integer({ min: 1, max: 300 })),
            other: fc.option(fc.integer({ min: 1, max: 300 })),
            urgent: fc.boolean(),
          }),
          { maxLength: 12 },
        ),
        (looks) => {
          let known: readonly KnownReminder[] = []
          for (const { now, due, other, urgent } of looks) {
            const dates = [
              ...(due === null ? [] : [dateOf({ due: at(due), urgent })]),
              ...(other === null ? [] : [dateOf({ key: 'other', due: at(other), urgent })]),
            ]
            known = apply(known, plan(dates, known, now))
            expect(plan(dates, known, now)).toEqual([])
            for (const date of dates) {
              const mine = known.filter((one) => one.key === date.key && one.state === 'due')
              expect(mine.length).toBe(reachedMoment(momentsOf(date, setting), at(now)) === null ? 0 : 1)
            }
            const keys = dates.map(({ key }) => key)
            expect(known.filter((one) => one.state === 'due' && !keys.includes(one.key))).toEqual([])
          }
        },
      ),
    )
  })

  test('the identifier follows from what it is about, and has the form of one', () => {
    const ids = [
      reminderId(item, 'a', '50%'),
      reminderId(item, 'a', '1h'),
      reminderId(item, 'b', '50%'),
      reminderId({ ...item, kind: 'task' }, 'a', '50%'),
    ]
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
