/**
 * Rules by which a period is counted, each from the moment that sets it off to the instant at which it has run out.
 *
 * Reg. 1182/71 art. 3 counts for acts of the Union (Reg. 2018/1805 recital 29). Treaties have no rule of counting: the law
 * of the State that must act decides, and nobody has given it to us; so both the shortest and the longest honest reading
 * are counted and the caller is told which of them is the careful one.
 */
import type { Temporal } from 'temporal-polyfill'
import {
  addWorkingDays,
  type Calendar,
  countWorkingDays,
  type Day,
  dayText,
  endOfDay,
  whyNotWorking,
  workingDayFrom,
} from './calendar.ts'
import type { Mark, Unit } from './pack.ts'

export type Period = { readonly amount: number; readonly unit: Unit }

/** One step from the trigger to the date, as it can be read out in court. */
export type Step = { readonly text: string; readonly article: string; readonly verified: Mark }

export type Counted = { readonly due: Temporal.ZonedDateTime; readonly steps: readonly Step[] }

const reg = 'Reg. (EEC, Euratom) 1182/71 art. 3'

/** Art. 3(1)-(5) as far as it was read: paragraph 4 in a secondary source, the others from memory. */
export function countByReg1182(from: Temporal.ZonedDateTime, period: Period, calendar: Calendar): Counted {
  const { amount, unit } = period
  const steps: Step[] = []
  const say = (text: string, paragraph: string, verified: Mark = 'unverified') =>
    steps.push({ text, article: `${reg}(${paragraph})`, verified })

  if (unit === 'h') {
    const first = from.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
    say(`The hour of the event, ${clock(from)}, is not counted: the first hour begins at ${clock(first)}.`, '1')
    const due = first.add({ hours: amount })
    say(
      `${amount} hours run to the end of the last of them, ${clock(due)}. Hours run through nights, week-ends and holidays and are never moved on.`,
      '2)-(4',
      'secondary',
    )
    return { due, steps }
  }

  const eventDay = from.toPlainDate()
  say(`The day of the event, ${dayText(eventDay)}, is not counted.`, '1')
  if (unit === 'wd') {
    const last = addWorkingDays(eventDay, amount, calendar)
    say(
      `${amount} working days of ${calendar.jurisdiction} after it, without week-ends and public holidays, end with ${dayText(last)}, 24:00.`,
      '3',
    )
    return { due: endOfDay(last, from.timeZoneId), steps }
  }

  let last = addPeriod(eventDay, period)
  say(`${periodText(period)} after it, holidays and week-ends included, end with ${dayText(last)}, 24:00.`, '2)-(3')
  const rolled = workingDayFrom(last, calendar)
  if (!rolled.equals(last)) {
    say(
      `That day is ${whyNotWorking(last, calendar)}; the period ends with the last hour of the next working day, ${dayText(rolled)}.`,
      '4',
      'secondary',
    )
    last = rolled
  }
  // Paragraph 5: a period of two days or more holds at least two working days.
  const atLeastTwoDays = unit !== 'cd' || amount >= 2
  if (atLeastTwoDays && countWorkingDays(eventDay, last, calendar, 2) < 2) {
    last = addWorkingDays(last, 1, calendar)
    say(`A period of two days or more holds at least two working days: it ends with ${dayText(last)}.`, '5')
  }
  return { due: endOfDay(last, from.timeZoneId), steps }
}

const noRule = 'no rule of counting in the instrument'

/** The shortest reading: the day of the event is the first day, and nothing is moved on. */
export function countShortest(from: Temporal.ZonedDateTime, period: Period, calendar: Calendar): Counted {
  const { amount, unit } = period
  const step = (text: string): Step => ({ text, article: noRule, verified: 'unverified' })
  if (unit === 'h') {
    const due = from.add({ hours: amount })
    return { due, steps: [step(`Shortest reading: ${amount} hours to the minute, ${clock(due)}.`)] }
  }
  const eventDay = from.toPlainDate()
  const before = eventDay.subtract({ days: 1 })
  const last =
    unit === 'wd' ? addWorkingDays(before, amount, calendar) : addPeriod(eventDay, period).subtract({ days: 1 })
  return {
    due: endOfDay(last, from.timeZoneId),
    steps: [
      step(
        `Shortest reading: the day of the event counts as the first, so that ${periodText(period)} end with ${dayText(last)}, 24:00; nothing is moved on.`,
      ),
    ],
  }
}

/** The longest reading: the day of the event is not counted, and the end moves on to a working day. */
export function countLongest(from: Temporal.ZonedDateTime, period: Period, calendar: Calendar): Counted {
  const { due, steps } = countByReg1182(from, period, calendar)
  return {
    due,
    steps: steps.map(({ text }) => ({ text: `Longest reading: ${text}`, article: noRule, verified: 'unverified' })),
  }
}

export function periodText({ amount, unit }: Period): string {
  return `${amount} ${unitNames[unit]}${amount === 1 ? '' : 's'}`
}

/** `Thu 26 November 2026 10:30 (Europe/Amsterdam)` */
export function clock(at: Temporal.ZonedDateTime): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const seconds = at.second === 0 ? '' : `:${two(at.second)}`
  return `${dayText(at.toPlainDate())} ${two(at.hour)}:${two(at.minute)}${seconds} (${at.timeZoneId})`
}

/** A month that has no such day ends the period on its last day. */
function addPeriod(day: Day, { amount, unit }: Period): Day {
  if (unit === 'wk') return day.add({ weeks: amount })
  if (unit === 'mo') return day.add({ months: amount }, { overflow: 'constrain' })
  if (unit === 'y') return day.add({ years: amount }, { overflow: 'constrain' })
  return day.add({ days: amount })
}

export const unitNames: Readonly<Record<Unit, string>> = {
  h: 'hour',
  cd: 'calendar day',
  wd: 'working day',
  wk: 'week',
  mo: 'month',
  y: 'year',
}
