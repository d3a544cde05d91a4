/** What is due, soonest first, and taking note of a reminder. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, ok, refuse } from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import { did } from './case-acts.ts'
import { type DueDate, type DueKind, dueDatesOf, dueKinds, dueMatters } from './due-dates.ts'
import { CaseId, Changed, closed, Id, Instant, Limit, nullable, oneOf, Seen, Version } from './fields.ts'
import type { ItemBody } from './items.ts'
import { everyRecord, readQuestion } from './listing.ts'
import { ports, type ReminderSetting } from './ports.ts'
import { momentsOf, reachedMoment } from './reminder-thresholds.ts'
import { REMINDER, type ReminderBody, reminderId } from './reminders.ts'

const DueView = closed({
  caseId: CaseId,
  kind: oneOf(dueKinds, 'What it is about.'),
  id: Id,
  matter: oneOf(dueMatters, 'What is due.'),
  rule: nullable(Type.String()),
  article: nullable(Type.String()),
  binding: Type.Boolean({ description: 'A date of the law; else it only reminds, and is never to be shown as one.' }),
  urgent: Type.Boolean(),
  due: nullable(Instant),
  /** For what has no date: the moment at which it reminds. */
  at: Instant,
  secondsLeft: Type.Integer({ description: 'Below zero where it has passed.' }),
  assignee: nullable(Id),
  reminder: nullable(
    closed({
      id: Id,
      version: Version,
      threshold: Type.String(),
      at: Instant,
      why: Type.String(),
      mine: Type.Boolean(),
    }),
  ),
})

const list = action({
  name: 'reminder.list',
  summary: 'What is due in the cases that you may see, soonest first, with the time left',
  kind: 'read',
  input: closed({
    until: Type.Optional(Type.String({ format: 'date-time', description: 'Only what is due by then.' })),
    open: Type.Optional(Type.Boolean({ description: 'true: only reminders of which you have not taken note yet.' })),
    limit: Limit,
  }),
  output: closed({ items: Type.Array(DueView), more: Type.Boolean({ description: 'There is more than is shown.' }) }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context, { until, open = false, limit = 50 }) => {
    const found: DueEntry[] = []
    for (const { id: caseId, body } of await context.records.find<CaseBody>('case', 'member', context.actor.id)) {
      if (body.access.closed) continue
      if (await context.may({ right: 'seeInLists', subject: { type: 'case', id: caseId } }))
        found.push(...(await dueInCase(context, caseId)))
    }
    const items = found
      .filter(({ at }) => until === undefined || Date.parse(at) <= Date.parse(until))
      .filter(({ reminder }) => !open || (reminder !== null && !reminder.mine))
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
    return ok({ result: { items: items.slice(0, limit), more: items.length > limit }, events: [] })
  },
})

type DueEntry = (typeof DueView)['static']

/** Computed from the items as they are now, so that nothing is shown that was done since the clock last looked. */
async function dueInCase(context: ActionContext, caseId: string): Promise<DueEntry[]> {
  const setting = context.port<ReminderSetting>(ports.reminders)
  const entries: DueEntry[] = []
  for (const kind of dueKinds) {
    for (const { id, body } of await everyRecord<ItemBody>(context, kind, caseId)) {
      const dates = dueDatesOf({ kind, id, body }, setting)
      if (dates.length === 0 || !(await context.may(readQuestion({ kind, id })))) continue
      for (const date of dates) {
        const entry = await entryOf(context, { caseId, kind, id, body }, date, setting)
        if (entry !== null) entries.push(entry)
      }
    }
  }
  return entries
}

async function entryOf(
  { records, now, actor }: ActionContext,
  { caseId, kind, id, body }: { caseId: string; kind: DueKind; id: string; body: ItemBody },
  date: DueDate,
  setting: ReminderSetting,
): Promise<DueEntry | null> {
  const moments = momentsOf(date, setting)
  const at = date.due ?? moments.at(-1)?.at
  if (at === undefined) return null
  const reached = reachedMoment(moments, now)
  const written = reached
    ? await records.get<ReminderBody>(REMINDER, reminderId({ kind, id }, date.key, reached.threshold))
    : null
  const holds = written?.body.state === 'due' && written.body.due === date.due
  const { matter, rule, article, binding, urgent, due } = date
  const assignee = kind === 'task' ? ((body.content.assignee as string | null | undefined) ?? null) : null
  return {
    caseId,
    kind,
    id,
    matter,
    rule,
    article,
    binding,
    urgent,
    due,
    at,
    secondsLeft: Math.floor((Date.parse(at) - Date.parse(now)) / 1000),
    assignee,
    reminder: holds
      ? {
          id: written.id,
          version: written.version,
          threshold: written.body.threshold,
          at: written.body.at,
          why: written.body.why,
          mine: written.body.acknowledged.some(({ by }) => by === actor.id),
        }
      : null,
  }
}

const acknowledge = action({
  name: 'reminder.acknowledge',
  summary: 'Take note of a reminder: it is kept that you have seen it, and the date stays as it is',
  kind: 'change',
  events: ['reminder.acknowledge'],
  input: closed({
    kind: oneOf(dueKinds, 'What the reminder is about.'),
    id: Id,
    reminder: Type.String({ format: 'uuid', description: 'The reminder.' }),
    seen: Seen,
  }),
  output: Changed,
  // Who may not see what it is about may not see the reminder, whatever its own marking has been.
  asks: ({ kind, id }) => ({ right: 'readRecord', subject: { type: 'record', kind, id } }),
  run: async (context, { kind, id, reminder, seen }) => {
    const { records, actor, now } = context
    const stored = await records.get<ReminderBody>(REMINDER, reminder)
    if (!stored || stored.body.about.kind !== kind || stored.body.about.id !== id)
      return refuse('REMINDER_UNKNOWN', 'There is no such reminder of this item.', {
        place: '/reminder',
        fix: 'Take its id from reminder.list.',
      })
    const { body, caseId } = stored
    if (body.state !== 'due' || body.acknowledged.some(({ by }) => by === actor.id))
      return refuse('REMINDER_STATE', 'You have taken note of this reminder, or it is due no more.', {
        place: '/reminder',
        fix: 'Nothing needs to be done.',
      })
    const acknowledged = [...body.acknowledged, { by: actor.id, at: now }]
    const { version } = await records.put<ReminderBody>(
      REMINDER,
      reminder,
      { ...body, acknowledged },
      { caseId, seen, refs: { about: `${kind} ${id}` } },
    )
    const { threshold, matter, rule } = body
    return ok({
      result: { id: reminder, version },
      events: [did('reminder.acknowledge', kind, id, caseId, { reminder, matter, rule, threshold })],
    })
  },
})

export const reminderActions = [list, acknowledge] as const
