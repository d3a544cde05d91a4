/**
 * When a period of a rule has run out, step by step.
 *
 * Only a verified rule gives a date that binds. A rule known from a secondary source or from memory reminds, and one in
 * open words ("without delay") is a target: neither is ever shown as a legal date.
 */
import { Temporal } from 'temporal-polyfill'
import { catchRefusal, orStop, type Result, stop } from '../kernel/index.ts'
import type { Calendar, Calendars } from './calendar.ts'
import { type CountedBoth, countPeriod, type Side } from './careful-reading.ts'
import { clock, countShortest, type Period, periodText, type Step } from './counting.ts'
import { catchRange, local, utc, zoned } from './moment.ts'
import type { DeadlineRule, Mark, Trigger } from './pack.ts'

export type DeadlineFacts = {
  /** When what happened: instants in UTC (`2026-11-25T10:00:00Z`). Kinds of receipt are kept apart. */
  readonly times: Readonly<Partial<Record<Trigger, string>>>
  /** IANA time zone of the authority that must act. */
  readonly zone: string
  /** Country of the authority that must act: its working days count. */
  readonly jurisdiction: string
  /** Whose duty it is. Treaties leave counting to domestic law: our own duties are read short, theirs long. */
  readonly side: Side
  /** The urgency code that the request states, where it states one. */
  readonly urgency?: string | null
  /** When the period was extended, under the rule's own provision on extension. */
  readonly extendedAt?: string
  /** Stretches during which the period stood still. */
  readonly suspended?: readonly { readonly from: string; readonly to: string }[]
}

export type Reminder = { readonly at: string; readonly why: string }

/** What the pack provides for a period beside its length: that it may be extended, or stand still. */
export type Provision = {
  readonly text: string
  readonly article: string
  readonly verified: Mark
  /** Whether the date moves by it. What gives no verified number is kept and reminds: law is never filled in. */
  readonly moves: boolean
}

export type Deadline = {
  readonly rule: string
  readonly article: string
  readonly verified: Mark
  readonly kind: DeadlineRule['kind']
  /** date: a legal date; reminder: not verified, ask a lawyer; target: open words, no date exists. */
  readonly nature: 'date' | 'reminder' | 'target'
  readonly binding: boolean
  /** The first instant after the period, in UTC; null unless it is a legal date. */
  readonly due: string | null
  readonly dueLocal: { readonly text: string; readonly zone: string } | null
  /** Where the law of counting is open: the shortest and the longest reading. `due` is the careful one. */
  readonly readings: { readonly earliest: string; readonly latest: string } | null
  readonly steps: readonly Step[]
  readonly onExpiry: DeadlineRule['onExpiry']
  /** By which provision it may be extended, and may stand still; null where the pack names none, so that it is refused. */
  readonly extension: Provision | null
  readonly suspension: Provision | null
  readonly reminders: readonly Reminder[]
  readonly caveats: readonly string[]
  /** Country and version of the calendar that was used. */
  readonly calendar: { readonly jurisdiction: string; readonly version: string } | null
}

export function computeDeadline(rule: DeadlineRule, facts: DeadlineFacts, calendars: Calendars): Result<Deadline> {
  return catchRefusal(() => {
    checkUrgency(rule, facts)
    checkProvisions(rule, facts)
    const base = {
      rule: rule.id,
      article: rule.article,
      verified: rule.verified,
      kind: rule.kind,
      onExpiry: rule.onExpiry,
      extension: provisionOf(rule.extension, extensionMoves(rule)),
      suspension: provisionOf(rule.suspension, suspensionMoves(rule)),
    }
    if (rule.date !== undefined) return fixedDay(rule, rule.date, facts, base)
    const from = triggerOf(rule, facts)
    const opening: Step = {
      text: `${rule.triggerText}: ${clock(from)}.`,
      article: rule.article,
      verified: rule.verified,
    }
    if (rule.amount === null || rule.unit === null) return openEnded(rule, opening, base)
    const calendar = calendarOf(facts, calendars)
    const period = { amount: rule.amount, unit: rule.unit }
    const used = { jurisdiction: calendar.jurisdiction, version: calendar.version }
    if (!givesDate(rule))
      return { ...base, ...reminderOnly(rule, period, from, calendar), steps: [opening], calendar: used }

    const plain = countPeriod(rule, period, from, calendar, facts.side)
    const extended = extend(rule, facts, period, from, calendar, plain)
    const moved = suspend(rule, facts, from, extended.counted)
    const { due, steps, earliest, latest } = moved.counted
    return {
      ...base,
      nature: 'date',
      binding: true,
      due: utc(due),
      dueLocal: { text: local(due), zone: facts.zone },
      readings: earliest === null || latest === null ? null : { earliest: utc(earliest), latest: utc(latest) },
      steps: [opening, ...steps],
      reminders: [...halfway(from, due, rule), ...toTheMinute(rule, from), ...extended.reminders, ...moved.reminders],
      caveats: caveatsOf(rule, calendar),
      calendar: used,
    }
  })
}

type Base = Pick<Deadline, 'rule' | 'article' | 'verified' | 'kind' | 'onExpiry' | 'extension' | 'suspension'>
type Adjusted = { readonly counted: CountedBoth; readonly reminders: readonly Reminder[] }

/** Some limits exist only for a request that states one of certain grounds of urgency (Reg. 2018/1805 art. 9(3)). */
function checkUrgency({ id, urgency, article }: DeadlineRule, facts: DeadlineFacts): void {
  if (urgency === undefined || (facts.urgency != null && urgency.includes(facts.urgency))) return
  stop('DEADLINE_URGENCY', `${id} runs only where the request states one of: ${urgency.join(', ')}.`, {
    place: article,
    fix: 'State the ground of urgency of the request, or use the rule for ordinary requests.',
  })
}

/** Whether the pack provides for it is the same whatever the rule gives: a date, a reminder or a target. */
function checkProvisions({ id, article, extension, suspension }: DeadlineRule, facts: DeadlineFacts): void {
  if (facts.extendedAt !== undefined && extension === undefined)
    stop('DEADLINE_EXTENSION', `${id} cannot be extended: the pack names no provision for it.`, {
      place: article,
      fix: 'Leave out the extension, or add the provision to the pack with its article.',
    })
  if ((facts.suspended ?? []).length > 0 && suspension === undefined)
    stop('DEADLINE_SUSPENSION', `${id} cannot stand still: the pack names no provision for it.`, {
      place: article,
      fix: 'Leave out the suspension, or add the provision to the pack with its article.',
    })
}

function provisionOf(said: DeadlineRule['suspension'], moves: boolean): Provision | null {
  if (said === undefined) return null
  const { text, article, verified } = said
  return { text, article, verified, moves }
}

function givesDate({ enforceable, verified }: DeadlineRule): boolean {
  return enforceable && verified === 'verified'
}

function extensionMoves(rule: DeadlineRule): boolean {
  return counts(rule) && extensionNumber(rule) !== null
}

function suspensionMoves(rule: DeadlineRule): boolean {
  return counts(rule) && rule.suspension?.verified === 'verified'
}

/** Whether a date is counted from an event: not for a day that the act names, nor in open words. */
function counts(rule: DeadlineRule): boolean {
  return givesDate(rule) && rule.date === undefined && rule.amount !== null && rule.unit !== null
}

/** By how much it is extended, where that was read in the text; otherwise nothing is counted. */
function extensionNumber({ extension, unit }: DeadlineRule): Period | null {
  if (extension === undefined || extension.verified !== 'verified') return null
  return extension.amount === null || extension.unit === null || extension.unit !== unit
    ? null
    : { amount: extension.amount, unit: extension.unit }
}

function triggerOf({ id, trigger, triggerText, article }: DeadlineRule, facts: DeadlineFacts): Temporal.ZonedDateTime {
  const stated = facts.times[trigger]
  if (stated !== undefined) return zoned(stated, facts.zone, trigger)
  const other = Object.keys(facts.times)
  return stop(
    'DEADLINE_TRIGGER_MISSING',
    `${id} runs from ${trigger} (${triggerText}), which is not stated.${other.length === 0 ? '' : ` ${other.join(' and ')} does not set it off.`}`,
    { place: article, fix: `State ${trigger}.` },
  )
}

function fixedDay(rule: DeadlineRule, day: string, facts: DeadlineFacts, base: Base): Deadline {
  const due = orStop(
    catchRange(() => Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(facts.zone), facts.zone),
  )
  const binding = givesDate(rule)
  const reminder = {
    at: utc(due.subtract({ months: 3 })),
    why: `Three months before the day that ${rule.article} names.`,
  }
  return {
    ...base,
    nature: binding ? 'date' : 'reminder',
    binding,
    due: binding ? utc(due) : null,
    dueLocal: binding ? { text: local(due), zone: facts.zone } : null,
    readings: null,
    steps: [{ text: `The act names the day: ${day}, to its end.`, article: rule.article, verified: rule.verified }],
    reminders: [reminder],
    caveats: binding ? [] : [unverifiedText(rule)],
    calendar: null,
  }
}

function openEnded(rule: DeadlineRule, opening: Step, base: Base): Deadline {
  const words = rule.wording ?? 'no limit in numbers'
  return {
    ...base,
    nature: 'target',
    binding: false,
    due: null,
    dueLocal: null,
    readings: null,
    steps: [
      opening,
      { text: `The act says "${words}": no date follows from that.`, article: rule.article, verified: rule.verified },
    ],
    reminders: [],
    caveats: [
      'Open words are no deadline. An agency may set itself a reminder; it must never be shown as a legal date.',
      ...(rule.verified === 'verified' ? [] : [unverifiedText(rule)]),
    ],
    calendar: null,
  }
}

type ReminderOnly = Omit<Deadline, keyof Base | 'steps' | 'calendar'>

function reminderOnly(
  rule: DeadlineRule,
  period: Period,
  from: Temporal.ZonedDateTime,
  calendar: Calendar,
): ReminderOnly {
  // The shortest reading, so that whoever is reminded has time to ask before any reading has run out.
  const { due } = countShortest(from, period, calendar)
  return {
    nature: 'reminder',
    binding: false,
    due: null,
    dueLocal: null,
    readings: null,
    reminders: [
      {
        at: utc(midway(from, due)),
        why: `Half of ${periodText(period)}, which ${rule.article} is said to give; not verified, ask a lawyer.`,
      },
    ],
    caveats: [unverifiedText(rule)],
  }
}

function extend(
  rule: DeadlineRule,
  facts: DeadlineFacts,
  period: Period,
  from: Temporal.ZonedDateTime,
  calendar: Calendar,
  plain: CountedBoth,
): Adjusted {
  const { extension } = rule
  if (facts.extendedAt === undefined || extension === undefined) return { counted: plain, reminders: [] }
  const at = zoned(facts.extendedAt, facts.zone, 'extendedAt')
  // The shortest reading decides: an extension that may have come too late must not be relied upon.
  const end = plain.earliest ?? plain.due
  if (Temporal.ZonedDateTime.compare(at, from) < 0 || Temporal.ZonedDateTime.compare(at, end) > 0)
    return stop(
      'DEADLINE_EXTENSION',
      `The extension of ${rule.id} at ${clock(at)} does not lie within the period it extends.`,
      {
        place: extension.article,
        fix: `Extend between ${clock(from)} and ${clock(end)}.`,
      },
    )
  const more = extensionNumber(rule)
  if (more === null)
    return {
      counted: plain,
      reminders: [
        {
          at: utc(plain.due),
          why: `Without counting the extension (${extension.article}: ${extension.text}), which gives no verified number.`,
        },
      ],
    }
  const whole = { amount: period.amount + more.amount, unit: period.unit }
  const counted = countPeriod(rule, whole, from, calendar, facts.side)
  const step: Step = {
    text: `Extended at ${clock(at)} by ${periodText(more)}, to ${periodText(whole)} in all.`,
    article: extension.article,
    verified: extension.verified,
  }
  return { counted: { ...counted, steps: [step, ...counted.steps] }, reminders: [] }
}

/** A period that stood still runs on for as long as it stood. Only a verified provision moves a date that binds. */
function suspend(
  rule: DeadlineRule,
  facts: DeadlineFacts,
  from: Temporal.ZonedDateTime,
  counted: CountedBoth,
): Adjusted {
  const given = facts.suspended ?? []
  const { suspension } = rule
  if (given.length === 0 || suspension === undefined) return { counted, reminders: [] }
  const stretches = joined(
    given.map((one) => [zoned(one.from, facts.zone, 'suspended'), zoned(one.to, facts.zone, 'suspended')]),
  )
  let { due, earliest, latest } = counted
  for (const [start, end] of stretches) {
    if (
      Temporal.ZonedDateTime.compare(end, start) < 0 ||
      Temporal.ZonedDateTime.compare(start, from) < 0 ||
      Temporal.ZonedDateTime.compare(start, due) > 0
    )
      return stop('DEADLINE_SUSPENSION', `A suspension of ${rule.id} does not lie within its period.`, {
        place: suspension.article,
        fix: `Give stretches between ${clock(from)} and ${clock(due)}, their beginning first.`,
      })
    const stood = start.toInstant().until(end.toInstant())
    due = due.add(stood)
    earliest = earliest?.add(stood) ?? null
    latest = latest?.add(stood) ?? null
  }
  if (suspension.verified !== 'verified')
    return {
      counted,
      reminders: [
        {
          at: utc(due),
          why: `If the suspension counts (${suspension.article}, not verified: ${suspension.text}), the period ends here.`,
        },
      ],
    }
  const step: Step = {
    text:
      stretches.length === 1
        ? `The period stood still for a stretch; it now ends at ${clock(due)}.`
        : `The period stood still for ${stretches.length} stretches; it now ends at ${clock(due)}.`,
    article: suspension.article,
    verified: suspension.verified,
  }
  return { counted: { due, earliest, latest, steps: [...counted.steps, step] }, reminders: [] }
}

type Stretch = readonly [Temporal.ZonedDateTime, Temporal.ZonedDateTime]

/** In order, those that overlap made one: no hour stands still twice. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = [...stretches].sort(([a], [b]) => Temporal.ZonedDateTime.compare(a, b))
  const result: Stretch[] = []
  for (const [start, end] of sorted) {
    const last = result.at(-1)
    if (last === undefined || Temporal.ZonedDateTime.compare(start, last[1]) > 0) result.push([start, end])
    else if (Temporal.ZonedDateTime.compare(end, last[1]) > 0) result[result.length - 1] = [last[0], end]
  }
  return result
}

function halfway(from: Temporal.ZonedDateTime, due: Temporal.ZonedDateTime, { article }: DeadlineRule): Reminder[] {
  return [{ at: utc(midway(from, due)), why: `Half of the period of ${article} has passed.` }]
}

/** That the hour of the event is not counted was read in no text; whoever keeps to the minute is safe either way. */
function toTheMinute({ amount, unit }: DeadlineRule, from: Temporal.ZonedDateTime): Reminder[] {
  if (unit !== 'h' || amount === null) return []
  return [{ at: utc(from.add({ hours: amount })), why: `${amount} hours from the event, to the minute.` }]
}

function midway(from: Temporal.ZonedDateTime, due: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const half = Math.floor((due.epochMilliseconds - from.epochMilliseconds) / 2)
  return from.add({ milliseconds: half }).round({ smallestUnit: 'second', roundingMode: 'floor' })
}

function caveatsOf(rule: DeadlineRule, calendar: Calendar): readonly string[] {
  const daysMatter = rule.unit !== 'h'
  return [
    rule.count === 'EU-1182-71'
      ? 'Reg. 1182/71 art. 3 was read in part only (paragraph 4, in a secondary source); compare the count with its text.'
      : 'The rule of counting was not read; both readings are given.',
    ...(daysMatter && calendar.verified !== 'verified'
      ? [`The holidays of ${calendar.jurisdiction} (${calendar.version}) were not compared with the official list.`]
      : []),
    ...(rule.note === undefined ? [] : [rule.note]),
  ]
}

function unverifiedText({ id, verified }: DeadlineRule): string {
  if (verified === 'secondary')
    return `${id} was read in a secondary source only: it reminds and gives no legal date. Ask a lawyer.`
  if (verified === 'unverified')
    return `${id} was not read; it is from memory: it reminds and gives no legal date. Ask a lawyer.`
  return `${id} may not be enforced: it reminds and gives no legal date. Ask a lawyer.`
}

function calendarOf({ jurisdiction }: DeadlineFacts, calendars: Calendars): Calendar {
  return (
    calendars.of(jurisdiction) ??
    stop('DEADLINE_CALENDAR_MISSING', `No calendar of working days is known for "${jurisdiction}".`, {
      place: 'jurisdiction',
      fix: 'Name the country of the authority that must act, and add its pack to packs/jurisdictions.',
    })
  )
}
