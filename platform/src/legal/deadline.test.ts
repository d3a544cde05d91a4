/** Every verified deadline has an example worked by hand; what is not verified never gives a date. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orStop } from '../kernel/index.ts'
import type { Calendar, Calendars } from './calendar.ts'
import { computeDeadline, type DeadlineFacts } from './deadline.ts'
import type { DeadlineRule } from './pack.ts'
import { findDeadline } from './packs.ts'
import { holidayCalendars, packFolder, readPacks } from './sources/index.ts'

type Row = { id: string; article: string; limit: string; unit: string | null; kind: string; mark: string }
type Worked = {
  rule: string
  country: string
  zone: string
  trigger: string
  due: string
  byHand: string
  side?: 'ours' | 'theirs'
  urgency?: string
  extendedAt?: string
}

const vector = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../vectors/packs/${name}`, import.meta.url), 'utf8')) as T
/** The table of the research report, as it stands there. */
const rows = vector<readonly Row[]>('deadline-rows.json')
const worked = vector<readonly Worked[]>('deadlines-worked.json')
const packs = orStop(readPacks(orStop(packFolder())))
const calendars = holidayCalendars(packs.jurisdictions)
const ruleOf = (id: string) => orStop(findDeadline(packs, id)).rule
const allRules = packs.instruments.flatMap(({ deadlines }) => deadlines)
const firstUrgency = ({ urgency }: DeadlineRule) => urgency?.[0] ?? null

function factsOf(rule: DeadlineRule, at: string, more: Partial<DeadlineFacts> = {}): DeadlineFacts {
  return {
    times: { [rule.trigger]: at },
    zone: 'Europe/Amsterdam',
    jurisdiction: 'NL',
    side: 'ours',
    urgency: firstUrgency(rule),
    ...more,
  }
}

const compute = (rule: DeadlineRule, at: string, more: Partial<DeadlineFacts> = {}) =>
  orStop(computeDeadline(rule, factsOf(rule, at, more), calendars))

describe('worked by hand', () => {
  it.for(worked.map((one) => [`${one.rule} ${one.side ?? 'ours'} ${one.trigger}`, one] as const))('%s', ([, one]) => {
    const rule = ruleOf(one.rule)
    const deadline = compute(rule, one.trigger, {
      zone: one.zone,
      jurisdiction: one.country,
      side: one.side ?? 'ours',
      urgency: one.urgency ?? null,
      ...(one.extendedAt === undefined ? {} : { extendedAt: one.extendedAt }),
    })
    expect(deadline.due, one.byHand).toBe(one.due)
    expect(deadline).toMatchObject({ binding: true, nature: 'date', article: rule.article })
    expect(deadline.steps[0]?.article).toBe(rule.article)
    expect(deadline.steps.length).toBeGreaterThanOrEqual(rule.date === undefined ? 2 : 1)
  })

  it('covers every enforceable rule, and every verified row of the report that has a number and a unit', () => {
    const done = new Set(worked.map(({ rule }) => rule))
    expect(allRules.filter(({ id, enforceable }) => enforceable && !done.has(id)).map(({ id }) => id)).toEqual([])
    const numbered = rows.filter(({ mark, unit }) => (mark === 'verified' || mark === 'split') && unit !== null)
    expect(numbered.length).toBeGreaterThan(20)
    expect(numbered.filter(({ id }) => !done.has(id)).map(({ id }) => id)).toEqual([])
  })
})

describe('the packs against the table of the report', () => {
  it.for(rows.map((row) => [row.id, row] as const))(
    '%s stands in a pack with its mark, number, unit and kind',
    ([id, row]) => {
      const rule = ruleOf(id)
      // The one mixed row: its number was read, its condition is a rule of its own (UK-303Z32c).
      expect(rule.verified).toBe(row.mark === 'split' ? 'verified' : row.mark)
      expect(rule.unit).toBe(row.unit)
      if (row.unit !== null) expect(rule.amount).toBe(Number(/[0-9]+/.exec(row.limit)?.[0]))
      const [kind] = row.kind.split(' ')
      if (row.kind !== '–') expect(rule.kind).toBe(kind)
      const [number] = /[0-9]+[A-Z]?[0-9]*/.exec(row.article) ?? []
      if (number !== undefined) expect(rule.article).toContain(number)
    },
  )

  it('the condition of the third year is a rule of its own, from memory', () => {
    expect(ruleOf('UK-303Z32c')).toMatchObject({ verified: 'unverified', enforceable: false, amount: null })
  })
})

describe('no date without verification', () => {
  const weak = allRules.filter(({ verified }) => verified !== 'verified')
  const open = allRules.filter(({ enforceable, verified }) => !enforceable && verified === 'verified')

  it('there are such rules', () => {
    expect(weak.length).toBeGreaterThan(20)
    expect(open.length).toBeGreaterThan(25)
  })

  it.for(weak.map((rule) => [rule.id, rule] as const))('%s reminds only', ([, rule]) => {
    const deadline = compute(rule, '2026-11-25T10:00:00Z')
    expect(deadline).toMatchObject({ binding: false, due: null, dueLocal: null, readings: null })
    expect(deadline.nature).toBe(rule.amount === null ? 'target' : 'reminder')
    expect(deadline.caveats.join(' ')).toContain('Ask a lawyer')
    if (rule.amount !== null) expect(deadline.reminders).toHaveLength(1)
  })

  it.for(open.map((rule) => [rule.id, rule] as const))('%s is a target', ([, rule]) => {
    expect(compute(rule, '2026-11-25T10:00:00Z')).toMatchObject({ binding: false, due: null, nature: 'target' })
  })

  it('a pack that forges enforceable cannot make a rule from memory bind', () => {
    const forged = { ...ruleOf('ARO-10a'), enforceable: true }
    expect(compute(forged, '2026-11-25T10:00:00Z')).toMatchObject({ binding: false, due: null })
  })
})

describe('what sets a period off', () => {
  const rule = ruleOf('R1805-9-3a')
  const at = '2026-11-27T15:20:00Z'

  it('receipt by the node and forwarding do not start the clock of article 9(3)', () => {
    for (const times of [{ receivedByNodeAt: at }, { forwardedAt: at }, {}]) {
      expect(computeDeadline(rule, { ...factsOf(rule, at), times }, calendars)).toMatchObject({
        ok: false,
        refusal: { code: 'DEADLINE_TRIGGER_MISSING', place: '9(3)' },
      })
    }
  })

  it('48 hours run only for the grounds of urgency of article 9(3)', () => {
    for (const urgency of [null, 'DATE_OR_COORDINATION', 'LIFE_SAFETY'])
      expect(computeDeadline(rule, factsOf(rule, at, { urgency }), calendars)).toMatchObject({
        ok: false,
        refusal: { code: 'DEADLINE_URGENCY' },
      })
  })

  it.each([
    ['a day that is none', '2026-02-30T10:00:00Z', 'Europe/Amsterdam'],
    ['a time without offset', '2026-11-27T15:20:00', 'Europe/Amsterdam'],
    ['no time', 'soon', 'Europe/Amsterdam'],
    ['a zone that is none', at, 'Europe/Atlantis'],
  ])('%s is refused', (_, time, zone) => {
    expect(computeDeadline(rule, factsOf(rule, time, { zone }), calendars)).toMatchObject({
      ok: false,
      refusal: { code: 'DEADLINE_TIME' },
    })
  })

  it('a country without a calendar is refused', () => {
    expect(computeDeadline(rule, factsOf(rule, at, { jurisdiction: 'XX' }), calendars)).toMatchObject({
      ok: false,
      refusal: { code: 'DEADLINE_CALENDAR_MISSING' },
    })
  })
})

describe('extension and suspension', () => {
  const cap = ruleOf('EEV-11-1a')
  const at = '2026-12-01T09:00:00Z'

  it('an extension after the period, or before it, is refused', () => {
    for (const extendedAt of ['2027-02-02T00:00:00Z', '2026-11-30T00:00:00Z'])
      expect(computeDeadline(cap, factsOf(cap, at, { extendedAt }), calendars)).toMatchObject({
        ok: false,
        refusal: { code: 'DEADLINE_EXTENSION' },
      })
  })

  it('a rule without a provision on it can be neither extended nor suspended', () => {
    const rule = ruleOf('R1805-20-1')
    expect(computeDeadline(rule, factsOf(rule, at, { extendedAt: '2026-12-05T09:00:00Z' }), calendars)).toMatchObject({
      ok: false,
      refusal: { code: 'DEADLINE_EXTENSION' },
    })
    const suspended = [{ from: '2026-12-02T09:00:00Z', to: '2026-12-03T09:00:00Z' }]
    expect(computeDeadline(rule, factsOf(rule, at, { suspended }), calendars)).toMatchObject({
      ok: false,
      refusal: { code: 'DEADLINE_SUSPENSION' },
    })
  })

  it.each([
    // [rule, whether it may be extended, whether the date moves, and the same of standing still]
    ['EEV-11-1a', '11(1)', true, null, null],
    ['R1805-20-1', null, null, null, null],
    ['US-981b4', '18 USC 981(b)(4)', false, null, null],
    ['EIO-12a', '12(5)', false, null, null],
    ['EEV-10-3', null, null, '10(6)-(7)', false],
    ['R1805-32', '11(3)', false, null, null],
  ] as const)(
    '%s names the provision on each, and whether a date moves by it',
    (id, extension, moved, suspension, stood) => {
      const found = compute(ruleOf(id), at)
      expect([found.extension?.article ?? null, found.extension?.moves ?? null]).toEqual([extension, moved])
      expect([found.suspension?.article ?? null, found.suspension?.moves ?? null]).toEqual([suspension, stood])
    },
  )

  it('what is said to move a date moves it, and what is not leaves it, of every rule of the packs', () => {
    const told = new Set<string>()
    for (const rule of allRules) {
      const facts = factsOf(rule, at)
      const plain = orStop(computeDeadline(rule, facts, calendars))
      const extended = computeDeadline(rule, { ...facts, extendedAt: at }, calendars)
      expect(extended.ok, rule.id).toBe(plain.extension !== null)
      if (extended.ok) expect(extended.value.due !== plain.due, rule.id).toBe(plain.extension?.moves)
      const stretch = [{ from: '2026-12-01T09:00:00Z', to: '2026-12-01T10:00:00Z' }]
      const stood = computeDeadline(rule, { ...facts, suspended: stretch }, calendars)
      expect(stood.ok, rule.id).toBe(plain.suspension !== null)
      if (stood.ok) expect(stood.value.due !== plain.due, rule.id).toBe(plain.suspension?.moves)
      told.add(`${plain.extension?.moves ?? 'none'}`)
    }
    expect([...told].sort()).toEqual(['false', 'none', 'true'])
  })

  it('an extension without a number (good cause) moves nothing and is said', () => {
    const rule = ruleOf('US-981b4')
    const plain = compute(rule, at, { zone: 'America/New_York', jurisdiction: 'US' })
    const more = compute(rule, at, { zone: 'America/New_York', jurisdiction: 'US', extendedAt: '2026-12-10T09:00:00Z' })
    expect(more.due).toBe(plain.due)
    expect(more.reminders.length).toBe(plain.reminders.length + 1)
  })

  it('an unverified suspension never moves a date that binds', () => {
    const rule = ruleOf('EEV-10-3')
    const suspended = [{ from: '2026-12-03T09:00:00Z', to: '2026-12-05T09:00:00Z' }]
    const plain = compute(rule, at)
    const paused = compute(rule, at, { suspended })
    expect(paused.due).toBe(plain.due)
    expect(paused.reminders.at(-1)?.at).toBe('2026-12-13T23:00:00Z')
  })

  it('a verified suspension moves it by as long as it stood, and no hour stands still twice', () => {
    const rule: DeadlineRule = {
      ...ruleOf('EEV-10-3'),
      suspension: { text: 'a rule of this test', article: 'test', verified: 'verified' },
    }
    const overlapping = [
      { from: '2026-12-03T09:00:00Z', to: '2026-12-05T09:00:00Z' },
      { from: '2026-12-04T09:00:00Z', to: '2026-12-06T09:00:00Z' },
    ]
    // 10 days from 1 December end with Friday 11 December, 23:00 UTC; three days later.
    expect(compute(rule, at).due).toBe('2026-12-11T23:00:00Z')
    expect(compute(rule, at, { suspended: overlapping }).due).toBe('2026-12-14T23:00:00Z')
    const reversed = [{ from: '2026-12-05T09:00:00Z', to: '2026-12-03T09:00:00Z' }]
    expect(computeDeadline(rule, factsOf(rule, at, { suspended: reversed }), calendars)).toMatchObject({
      refusal: { code: 'DEADLINE_SUSPENSION' },
    })
  })
})

describe('Reg. 1182/71', () => {
  /** A calendar of our own: Monday to Friday, no holidays but those named. */
  const only = (...holidays: string[]): Calendars => {
    const calendar: Calendar = {
      jurisdiction: 'NL',
      weekend: [6, 7],
      version: 'test',
      verified: 'verified',
      holidayOn: (day) => (holidays.includes(day) ? 'a test' : null),
    }
    return { of: () => calendar }
  }
  const days = (amount: number): DeadlineRule => ({ ...ruleOf('R1805-20-1'), amount })
  const due = (rule: DeadlineRule, at: string, ...holidays: string[]) =>
    orStop(computeDeadline(rule, factsOf(rule, at), only(...holidays))).due

  it('a period of two days or more holds two working days (art. 3(5))', () => {
    // Friday 6 November: Saturday and Sunday; moved to Monday 9, one working day only; Tuesday 10.
    expect(due(days(2), '2026-11-06T10:00:00Z')).toBe('2026-11-10T23:00:00Z')
    expect(due(days(3), '2026-11-06T10:00:00Z')).toBe('2026-11-10T23:00:00Z')
    expect(due(days(1), '2026-11-06T10:00:00Z')).toBe('2026-11-09T23:00:00Z')
  })

  it('an override of the calendar moves the day', () => {
    expect(due(days(45), '2026-11-02T09:00:00Z')).toBe('2026-12-17T23:00:00Z')
    expect(due(days(45), '2026-11-02T09:00:00Z', '2026-12-17')).toBe('2026-12-18T23:00:00Z')
  })

  it('a week-end of Friday and Saturday counts where the country has it', () => {
    const rule = days(1)
    const friday: Calendars = {
      of: () => ({ jurisdiction: 'XX', weekend: [5, 6], version: 'test', verified: 'verified', holidayOn: () => null }),
    }
    expect(orStop(computeDeadline(rule, factsOf(rule, '2026-11-05T10:00:00Z'), friday)).due).toBe(
      '2026-11-08T23:00:00Z',
    )
  })

  it('the local day decides, not the day in UTC', () => {
    // 23:30 UTC on 2 November is 3 November in Amsterdam: day 1 is 4 November.
    expect(due(days(45), '2026-11-02T23:30:00Z')).toBe('2026-12-18T23:00:00Z')
  })
})

describe('properties', () => {
  const moment = fc
    .date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`)
  const binding = allRules.filter(({ enforceable, date }) => enforceable && date === undefined)
  const rule = fc.constantFrom(...binding)
  const side = fc.constantFrom('ours' as const, 'theirs' as const)
  const place = fc.constantFrom(
    ...packs.jurisdictions.map(({ code, zones }) => ({ jurisdiction: code, zone: zones[0] ?? 'UTC' })),
  )

  it('due never lies before the event, and between the readings', () => {
    fc.assert(
      fc.property(rule, moment, side, place, (one, at, whose, where) => {
        const { due, readings } = compute(one, at, { side: whose, ...where })
        expect(Date.parse(due ?? '')).toBeGreaterThanOrEqual(Date.parse(at))
        if (!readings) return
        expect(Date.parse(readings.earliest)).toBeLessThanOrEqual(Date.parse(readings.latest))
        expect([readings.earliest, readings.latest]).toContain(due)
      }),
      { numRuns: 400 },
    )
  })

  it('a later event never gives an earlier date', () => {
    fc.assert(
      fc.property(rule, moment, moment, side, place, (one, a, b, whose, where) => {
        const [early, late] = [a, b].sort()
        const dueAt = (at = '') => Date.parse(compute(one, at, { side: whose, ...where }).due ?? '')
        expect(dueAt(early)).toBeLessThanOrEqual(dueAt(late))
      }),
      { numRuns: 400 },
    )
  })

  it('hours are real hours and never roll: between the number and one hour more', () => {
    const hours = binding.filter(({ unit }) => unit === 'h')
    expect(hours.length).toBeGreaterThan(4)
    fc.assert(
      fc.property(fc.constantFrom(...hours), moment, place, (one, at, where) => {
        const passed = (Date.parse(compute(one, at, where).due ?? '') - Date.parse(at)) / 3_600_000
        expect(passed).toBeGreaterThan(one.amount ?? 0)
        expect(passed).toBeLessThanOrEqual((one.amount ?? 0) + 1)
      }),
      { numRuns: 300 },
    )
  })

  it('days end at midnight of the place, on a working day where they roll', () => {
    const rolling = binding.filter(({ unit, count }) => unit !== 'h' && count === 'EU-1182-71')
    fc.assert(
      fc.property(fc.constantFrom(...rolling), moment, place, (one, at, where) => {
        const { dueLocal } = compute(one, at, where)
        expect(dueLocal?.text).toMatch(/T0[01]:00:00/)
        const last = new Date(Date.parse(`${dueLocal?.text.slice(0, 10)}T00:00:00Z`) - 1)
        const calendar = calendars.of(where.jurisdiction)
        expect(calendar?.holidayOn(last.toISOString().slice(0, 10))).toBeNull()
        expect(calendar?.weekend).not.toContain(last.getUTCDay() === 0 ? 7 : last.getUTCDay())
      }),
      { numRuns: 300 },
    )
  })

  it('the same facts give the same answer, with the version of the calendar', () => {
    const one = ruleOf('R1805-20-1')
    expect(compute(one, '2026-11-10T09:00:00Z')).toEqual(compute(one, '2026-11-10T09:00:00Z'))
    expect(compute(one, '2026-11-10T09:00:00Z').calendar?.version).toMatch(/^date-holidays [0-9.]+, pack NL [0-9.]+$/)
  })
})
