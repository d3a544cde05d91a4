/**
 * Reminders: for each date and each threshold that it reaches one record, in the case and with the marking of what it is
 * about. Which to write is decided here, purely, from the dates and from what was written before; the clock of the node asks
 * (node/remind.ts). The name of a reminder follows from its date and threshold, so that two processes write the same one.
 */
import { type Static, Type } from '@sinclair/typebox'
import { type Event, Marking, type Records, type Stored, sha256Text } from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import { did } from './case-acts.ts'
import { type DueDate, type DueItem, dueDatesOf, dueKinds, dueMatters } from './due-dates.ts'
import { closed, Id, Instant, nullable, oneOf } from './fields.ts'
import type { ReminderSetting } from './ports.ts'
import { type Moment, momentsOf, reachedMoment } from './reminder-thresholds.ts'

export const reminderStates = ['due', 'replaced', 'settled'] as const

export const ReminderBody = closed({
  about: closed({ kind: oneOf(dueKinds, 'What it is about.'), id: Id }),
  key: Type.String(),
  matter: oneOf(dueMatters, 'What is due.'),
  rule: nullable(Type.String()),
  article: nullable(Type.String()),
  binding: Type.Boolean({ description: 'A date of the law; else it only reminds.' }),
  threshold: Type.String(),
  /** When the threshold was reached, and when the date itself is. */
  at: Instant,
  due: nullable(Instant),
  why: Type.String(),
  /** replaced: by a later threshold, or since the date has moved. settled: nothing is due any more. */
  state: oneOf(reminderStates, 'due, replaced or settled'),
  acknowledged: Type.Array(closed({ by: Id, at: Instant })),
  marking: Marking,
  author: Type.Literal('node'),
})
export type ReminderBody = Static<typeof ReminderBody>

/** What was written of a reminder: as much as the rule needs. */
export type KnownReminder = Pick<ReminderBody, 'key' | 'threshold' | 'at' | 'due' | 'state'> & {
  readonly id: string
  readonly version: number
}

export type ReminderChange =
  | { readonly to: 'due'; readonly id: string; readonly seen: number; readonly date: DueDate; readonly moment: Moment }
  | { readonly to: 'replaced' | 'settled'; readonly id: string; readonly seen: number }

/** What is to be written now of the reminders of one item. Asked again with what was written, it answers with nothing. */
export function planReminders(
  item: Pick<DueItem, 'kind' | 'id'>,
  dates: readonly DueDate[],
  known: readonly KnownReminder[],
  setting: ReminderSetting,
  now: string,
): readonly ReminderChange[] {
  const changes: ReminderChange[] = []
  const current = new Set<string>()
  for (const date of dates) {
    const moments = momentsOf(date, setting)
    const reached = reachedMoment(moments, now)
    for (const { threshold } of moments) current.add(reminderId(item, date.key, threshold))
    if (reached !== null) {
      const id = reminderId(item, date.key, reached.threshold)
      const before = known.find((one) => one.id === id)
      const same = before?.state === 'due' && before.at === reached.at && before.due === date.due
      if (!same) changes.push({ to: 'due', id, seen: before?.version ?? 0, date, moment: reached })
    }
    for (const one of known)
      if (one.key === date.key && one.state === 'due' && one.threshold !== reached?.threshold && current.has(one.id))
        changes.push({ to: 'replaced', id: one.id, seen: one.version })
  }
  for (const one of known)
    if (one.state === 'due' && !current.has(one.id)) changes.push({ to: 'settled', id: one.id, seen: one.version })
  return changes
}

/** The identifier of the reminder of a threshold: the same wherever and whenever it is computed. */
export function reminderId({ kind, id }: Pick<DueItem, 'kind' | 'id'>, key: string, threshold: string): string {
  const hex = sha256Text(`reminder ${kind} ${id} ${threshold} ${key}`)
  // Version 8 of RFC 9562 (5.8): an identifier made in a way of one's own.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

export const REMINDER = 'reminder'

/**
 * Writes what is due now of one item, and says how many of each. Everything is read anew here, so that what another process
 * has written, or a person has changed meanwhile, counts.
 */
export async function remindOf(
  work: { readonly records: Records; readonly now: string },
  { kind, id }: Pick<DueItem, 'kind' | 'id'>,
  setting: ReminderSetting,
): Promise<{ readonly events: readonly Event[] }> {
  const { records, now } = work
  const item = await records.get<{ marking: Marking }>(kind, id)
  if (!item || item.caseId === null) return { events: [] }
  const home = await records.get<CaseBody>('case', item.caseId)
  // In a closed case nothing is edited any more: what was due there is settled.
  const dates = !home || home.body.access.closed ? [] : dueDatesOf({ kind, id, body: item.body }, setting)
  const before = await records.find<ReminderBody>(REMINDER, 'about', `${kind} ${id}`)
  const events: Event[] = []
  for (const change of planReminders({ kind, id }, dates, before.map(toKnown), setting, now)) {
    const body = change.to === 'due' ? dueBody(item, { kind, id }, change) : closedBody(before, change)
    await records.put<ReminderBody>(REMINDER, change.id, body, {
      caseId: item.caseId,
      seen: change.seen,
      refs: { about: `${kind} ${id}` },
    })
    // About the item and not the reminder: who may not see the item hears of neither.
    const { threshold, due, rule, matter } = body
    events.push(
      did(`reminder.${change.to}`, kind, id, item.caseId, { reminder: change.id, matter, rule, threshold, due }),
    )
  }
  return { events }
}

export function toKnown({ id, version, body }: Stored<ReminderBody>): KnownReminder {
  const { key, threshold, at, due, state } = body
  return { id, version, key, threshold, at, due, state }
}

function dueBody(
  item: Stored<{ marking: Marking }>,
  about: Pick<DueItem, 'kind' | 'id'>,
  { date, moment }: Extract<ReminderChange, { to: 'due' }>,
): ReminderBody {
  const { key, matter, rule, article, binding, due } = date
  const { threshold, at, why } = moment
  return {
    about: { kind: about.kind, id: about.id },
    key,
    matter,
    rule,
    article,
    binding,
    threshold,
    at,
    due,
    why,
    state: 'due',
    acknowledged: [],
    marking: item.body.marking,
    author: 'node',
  }
}

function closedBody(before: readonly Stored<ReminderBody>[], change: ReminderChange): ReminderBody {
  const found = before.find(({ id }) => id === change.id)
  if (!found) throw new Error('a reminder that was never written cannot end')
  return { ...found.body, state: change.to }
}
