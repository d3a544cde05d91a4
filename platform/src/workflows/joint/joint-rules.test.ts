/** Shared objects, lists, figures and calendars of a joint case, as plain rules. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SharedContent } from '../../exchange/index.ts'
import { amber } from '../../kernel/index.ts'
import { calendarFile, type Meeting, readCalendar } from './calendar.ts'
import { dashboardOf } from './dashboard.ts'
import { mergeLists, type PartyList } from './joint.ts'
import { answerOf, mergeSaid, newSaid, type ObjectBody, type Said } from './shared-object.ts'

const holding = (amount: string, asset = 'iso4217:EUR'): SharedContent => ({
  kind: 'holding',
  asset,
  amount,
  state: 'frozen',
  where: 'Bank',
})
const AT = '2026-11-25T10:00:00.000Z'
const arbitrarySaid: fc.Arbitrary<Said> = fc
  .record({
    version: fc.integer({ min: 1, max: 4 }),
    amount: fc.constantFrom('1', '2', '3'),
    gone: fc.boolean(),
    hour: fc.integer({ min: 10, max: 12 }),
  })
  .map(({ version, amount, gone, hour }) =>
    newSaid(version, gone ? null : holding(amount), gone ? 'Wrong' : null, `2026-11-25T${hour}:00:00.000Z`),
  )

describe('what is held of an object', () => {
  test('is the same in whatever order its versions come, and however often', () => {
    const merged = (all: readonly Said[]) => all.reduce<Said | null>(mergeSaid, null)
    fc.assert(
      fc.property(
        fc.array(arbitrarySaid, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (all, chance) => {
          const shuffled = [...all, ...all.slice(0, 2)]
            .map((one) => ({ one, at: chance.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
          expect(merged(shuffled.map(({ one }) => one))).toEqual(merged(all))
        },
      ),
    )
  })

  test('says so where its owner has said two things under one version, and no more once the next has come', () => {
    const [one, other] = [newSaid(1, holding('1'), null, AT), newSaid(1, holding('2'), null, AT)]
    expect(mergeSaid(one, other).contradicted).toBe(true)
    expect(mergeSaid(mergeSaid(one, other), newSaid(2, holding('3'), null, AT)).contradicted).toBe(false)
  })
})

test('the newest list of who takes part holds, whichever came first', () => {
  const list = (version: number, reason: string | null): PartyList => ({ version, parties: [], endedAt: null, reason })
  const all = [list(1, null), list(2, 'a'), list(2, 'b'), list(3, 'x')]
  for (const one of all) for (const other of all) expect(mergeLists(one, other)).toEqual(mergeLists(other, one))
  expect(mergeLists(list(3, 'x'), list(2, 'a'))).toEqual(list(3, 'x'))
})

const object = (owner: string, id: string, content: SharedContent | null, version = 1): ObjectBody => ({
  ...{
    joint: 'j',
    jointRecord: 'r',
    owner,
    object: id,
    said: newSaid(version, content, content === null ? 'Wrong' : null, AT),
  },
  ...{
    answered: null,
    proposals: [],
    sentTo: {},
    source: null,
    origin: null,
    use: { conditions: [], onward: 'forbidden' },
  },
  ...{ marking: amber, author: 'node', by: 'node' },
})
const task = (id: string, due: string | null, assignee = 'ee'): ObjectBody =>
  object('at', id, {
    kind: 'task',
    what: 'x',
    about: null,
    assignee,
    personRole: 'y',
    due,
    zone: 'UTC',
    meeting: null,
    cancelled: false,
  })
const answer = (
  owner: string,
  id: string,
  of: string,
  said: 'accepted' | 'done' | 'declined',
  version = 1,
): ObjectBody =>
  object(
    owner,
    id,
    { kind: 'task-answer', task: of, taskOwner: 'at', taskVersion: 1, answer: said, note: null },
    version,
  )

describe('the figures of a joint case', () => {
  test('add amounts by asset and state as whole numbers of any size, and count tasks by who has them', () => {
    const big = '9007199254740993'
    const objects = [
      object('at', '1', holding(big)),
      object('ee', '2', holding('1')),
      object('ee', '3', holding('5', 'bip122:000000000019d6689c085ae165831e93/slip44:0')),
      object('ee', '4', null),
      task('5', '2026-11-25T09:00:00.000Z'),
      task('6', '2026-11-26T09:00:00.000Z'),
      task('7', '2026-11-25T09:00:00.000Z', 'pt'),
      answer('pt', '8', '7', 'done'),
    ]
    const figures = dashboardOf(objects, AT)
    expect(figures.holdings).toEqual([
      { asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0', state: 'frozen', amount: '5' },
      { asset: 'iso4217:EUR', state: 'frozen', amount: '9007199254740994' },
    ])
    expect(figures.tasks).toEqual([
      { assignee: 'ee', open: 2, overdue: 1, done: 0, declined: 0 },
      { assignee: 'pt', open: 0, overdue: 0, done: 1, declined: 0 },
    ])
  })

  test('are the same in any order, and whatever stands in what was withdrawn', () => {
    const kept = [
      object('at', '1', holding('7')),
      task('2', null),
      answer('ee', '3', '2', 'accepted'),
      object('ee', '9', holding('8')),
    ]
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('at', 'ee', 'pt'), fc.uuid(), fc.integer({ min: 1, max: 9 })), {
          maxLength: 6,
        }),
        fc.boolean(),
        (gone, reverse) => {
          const all = [...kept, ...gone.map(([owner, id, version]) => object(owner, id, null, version))]
          expect(dashboardOf(reverse ? all.toReversed() : all, AT)).toEqual(dashboardOf(kept, AT))
        },
      ),
    )
  })

  test('count an answer of nobody but the agency to which the task is given', () => {
    const given = task('5', null)
    expect(answerOf(given, [given, answer('pt', '8', '5', 'done')])).toBeNull()
    expect(answerOf(given, [given, answer('ee', '8', '5', 'accepted'), answer('ee', '8', '5', 'done', 2)])).toBe('done')
  })
})

describe('the file of a meeting', () => {
  const meeting: Meeting = {
    ...{
      kind: 'meeting',
      title: 'Coordination; "Wien", Nr. 1\nand more',
      start: '2026-12-01T09:00:00.000Z',
      end: '2026-12-01T10:30:00.000Z',
    },
    ...{
      zone: 'Europe/Vienna',
      place: 'Raum 5, Straße',
      agenda: ['Who asks whom, and when'],
      decisions: [],
      cancelled: false,
    },
    participants: [{ agency: 'ee', name: 'M. Näide', role: 'liaison officer', mail: 'm@example.ee' }],
  }
  const of = { uid: 'one@at', sequence: 2, stamp: AT, organizer: 'at' }

  test('comes back as it went out', () => {
    const read = readCalendar(calendarFile(meeting, of))
    expect(read).toMatchObject({
      ok: true,
      value: {
        uid: 'one@at',
        method: 'REQUEST',
        sequence: 2,
        title: meeting.title,
        start: meeting.start,
        end: meeting.end,
        place: meeting.place,
      },
    })
    expect(read.ok && read.value.agenda).toEqual(['2026-12-01T10:00 Europe/Vienna', 'Who asks whom, and when'])
    expect(read.ok && read.value.participants).toEqual([{ name: 'M. Näide (ee)', mail: 'm@example.ee' }])
  })

  test('has lines of 75 bytes at most, ended as RFC 5545 asks (3.1)', () => {
    const file = calendarFile({ ...meeting, agenda: ['ä'.repeat(300)] }, of)
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(file).not.toMatch(/[^\r]\n/)
  })

  const event = (...lines: string[]) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:x',
      'DTSTAMP:20261125T000000Z',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n')

  test.each([
    // Before and after the clocks change in Vienna on 25 October 2026, at 01:00 UTC.
    ['DTSTART;TZID=Europe/Vienna:20261025T013000', '2026-10-24T23:30:00.000Z'],
    ['DTSTART;TZID=Europe/Vienna:20261025T033000', '2026-10-25T02:30:00.000Z'],
    ['DTSTART;TZID=America/New_York:20261201T090000', '2026-12-01T14:00:00.000Z'],
    ['DTSTART:20261201T090000Z', '2026-12-01T09:00:00.000Z'],
  ])('%s is %s', (line, start) => {
    expect(readCalendar(event(line, 'DURATION:PT1H'))).toMatchObject({ ok: true, value: { start } })
  })

  test.each([
    ['text that is no calendar', 'hello', '/text'],
    ['a moment without a zone', event('DTSTART:20261201T090000', 'DURATION:PT1H'), 'DTSTART'],
    ['a zone that nobody knows', event('DTSTART;TZID=Moon/Sea:20261201T090000', 'DURATION:PT1H'), 'DTSTART'],
    ['a day without an hour', event('DTSTART;VALUE=DATE:20261201'), 'DTSTART'],
    ['an end before its beginning', event('DTSTART:20261201T090000Z', 'DTEND:20261201T080000Z'), 'DTEND'],
    ['a meeting that repeats', event('DTSTART:20261201T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'), 'RRULE'],
    ['no event', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', 'VEVENT'],
  ])('%s is refused with its place', (_, text, place) => {
    expect(readCalendar(text)).toMatchObject({ ok: false, refusal: { code: 'CALENDAR_INVALID', place } })
  })
})
