import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CallStep, nextStep, onDuty, rosterFindings, type Shift } from './roster.ts'

const shift = (personId: string, from: string, until: string, languages = ['en']): Shift => ({
  personId,
  from: `2026-11-${from}:00:00.000Z`,
  until: `2026-11-${until}:00:00.000Z`,
  zone: 'Europe/Vienna',
  languages,
  handOver: null,
})
const covers = (from: string, until: string, languages: string[] = []) => ({
  from: `2026-11-${from}:00:00.000Z`,
  until: `2026-11-${until}:00:00.000Z`,
  languages,
})
const found = (shifts: readonly Shift[], over: ReturnType<typeof covers>) =>
  rosterFindings(shifts, over).map(
    ({ code, place, from, until }) => `${code} ${place} ${from.slice(8, 13)} ${until.slice(8, 13)}`,
  )

describe('a roster', () => {
  test.each([
    ['with a shift after the other', [shift('a', '25T00', '25T12'), shift('b', '25T12', '26T00')], []],
    [
      'with nobody between two shifts',
      [shift('a', '25T00', '25T10'), shift('b', '25T12', '26T00')],
      ['gap /shifts/0 25T10 25T12'],
    ],
    [
      'that begins late and ends early',
      [shift('a', '25T01', '25T23')],
      ['gap /covers 25T00 25T01', 'gap /shifts/0 25T23 26T00'],
    ],
    ['of nobody', [], ['gap /covers 25T00 26T00']],
    [
      'with two people for an hour',
      [shift('b', '25T11', '26T00'), shift('a', '25T00', '25T12')],
      ['overlap /shifts/0 25T11 25T12'],
    ],
    [
      'with one person twice',
      [shift('a', '25T00', '25T12'), shift('a', '25T11', '26T00')],
      ['twice /shifts/1 25T11 25T12'],
    ],
    [
      'with a shift within another',
      [shift('a', '25T00', '26T00'), shift('b', '25T03', '25T04')],
      ['overlap /shifts/1 25T03 25T04'],
    ],
    [
      'with a shift that runs backwards',
      [shift('a', '25T00', '26T00'), shift('b', '25T04', '25T03')],
      ['backwards /shifts/1 25T04 25T03'],
    ],
  ] as const)('%s is told of so', (_, shifts, expected) => {
    expect(found(shifts, covers('25T00', '26T00'))).toEqual(expected)
  })

  test('tells of a person who speaks no language of the point', () => {
    expect(found([shift('a', '25T00', '26T00', ['de'])], covers('25T00', '26T00', ['en']))).toEqual([
      'language /shifts/0 25T00 26T00',
    ])
  })

  test('has a gap exactly where nobody is on duty', () => {
    const hour = fc.integer({ min: 0, max: 48 })
    const at = (hours: number) => new Date(Date.UTC(2026, 10, 25) + hours * 3_600_000).toISOString()
    const arbitrary = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), hour, hour), { maxLength: 8 })
    fc.assert(
      fc.property(arbitrary, (drawn) => {
        const shifts = drawn.map(([personId, from, until]) => ({
          ...shift(personId, '25T00', '26T00'),
          from: at(from),
          until: at(until),
        }))
        const gaps = rosterFindings(shifts, { from: at(0), until: at(48), languages: [] }).filter(
          ({ code }) => code === 'gap',
        )
        for (let half = 0; half < 96; half++) {
          const moment = at(half / 2)
          const isGap = gaps.some(({ from, until }) => from <= moment && moment < until)
          expect(isGap).toBe(onDuty(shifts, moment).length === 0)
        }
      }),
    )
  })
})

describe('a call', () => {
  const shifts = [shift('a', '25T00', '25T12'), shift('b', '25T06', '25T12'), shift('c', '25T12', '26T00')]
  const of = { minutes: 15, lead: 'lead' }
  const after = (minutes: number) => new Date(Date.UTC(2026, 10, 25, 8, minutes)).toISOString()

  test('goes to everybody on duty in turn, then to who comes next, at last to the lead, and then stays there', () => {
    const steps: CallStep[] = []
    for (let minute = 0; minute < 120; minute += 5) {
      const step = nextStep(steps, shifts, of, after(minute))
      if (step) steps.push(step)
    }
    expect(steps.map(({ to, since }) => `${to} ${since.slice(14, 16)}`)).toEqual(['a 00', 'b 15', 'c 30', 'lead 45'])
  })

  test('goes to the lead at once where nobody is on duty or comes on soon', () => {
    expect(nextStep([], [], of, after(0))).toMatchObject({ to: 'lead', as: 'lead' })
    expect(nextStep([], [shift('z', '29T00', '30T00')], of, after(0))).toMatchObject({ to: 'lead' })
  })
})
