/**
 * What is due of an item of a case: deadlines of an open request, the end of a measure, approvals that run out, tasks,
 * decisions that become final, orders that end. Pure: what an item says, and nothing that was stored about it elsewhere.
 */
import type { ItemBody } from './items.ts'
import type { ReminderSetting } from './ports.ts'
import { directionOf, type RequestBody } from './request.ts'
import { isOpenState } from './request-states.ts'

export const dueKinds = ['request', 'task', 'decision', 'order', 'message', 'joint-object', 'incident'] as const
export type DueKind = (typeof dueKinds)[number]

export const dueMatters = [
  'request-deadline',
  'measure-end',
  'approval-expiry',
  'task-due',
  'decision-final',
  'incident-notice',
  'message-unseen',
  'message-undelivered',
] as const
export type DueMatter = (typeof dueMatters)[number]

export type DueDate = {
  /** Names the date within its item, whenever it falls. */
  readonly key: string
  readonly matter: DueMatter
  readonly rule: string | null
  readonly article: string | null
  /** A date of the law that was read in its text; else it only reminds. */
  readonly binding: boolean
  readonly urgent: boolean
  readonly from: string | null
  /** Null where no date exists: such a rule reminds at the moments in `noted`. */
  readonly due: string | null
  readonly noted: readonly { readonly at: string; readonly why: string }[]
}

/** Of a message between agencies, what stands in its body of whether somebody must look. */
type MessageDue = {
  readonly due: {
    readonly matter: 'message-unseen' | 'message-undelivered'
    readonly from: string
    readonly due: string
    readonly urgent: boolean
  } | null
}

export type DueItem = { readonly kind: DueKind; readonly id: string; readonly body: unknown }

type SharedObject = {
  readonly said: {
    readonly at: string
    readonly content: { readonly kind: string; readonly due?: string | null; readonly cancelled?: boolean } | null
  }
  readonly answered: string | null
}
type Incident = {
  readonly noticedAt: string
  readonly notifyBy: string | null
  readonly notifiedAt: string | null
  readonly article: string
}

export function dueDatesOf(
  { kind, id, body }: DueItem,
  setting: Pick<ReminderSetting, 'dayBegins'>,
): readonly DueDate[] {
  switch (kind) {
    case 'request':
      return ofRequest(body as RequestBody)
    case 'task': {
      const { due, done } = (body as ItemBody<{ due: string | null; done: string | null }>).content
      return due === null || done !== null ? [] : [ours('task-due', 'task', madeAt(id), due)]
    }
    case 'joint-object': {
      // A task of a joint case (workflows/joint), until the agency to which it is given has done or declined it.
      const { said, answered } = body as SharedObject
      const { content } = said
      if (content?.kind !== 'task' || !content.due || content.cancelled) return []
      return answered === 'done' || answered === 'declined' ? [] : [ours('task-due', 'task', said.at, content.due)]
    }
    case 'incident': {
      // Directive (EU) 2016/680 art. 30(1): "without undue delay and, where feasible, not later than 72 hours"; it reminds.
      const { notifyBy, notifiedAt, noticedAt, article } = body as Incident
      if (notifyBy === null || notifiedAt !== null) return []
      return [{ ...ours('incident-notice', 'notice', noticedAt, notifyBy), article, urgent: true }]
    }
    case 'decision': {
      const { final } = (body as ItemBody<{ final: string | null }>).content
      return final === null ? [] : [ours('decision-final', 'final', madeAt(id), setting.dayBegins(final))]
    }
    case 'message': {
      const { due } = body as MessageDue
      return due === null ? [] : [{ ...ours(due.matter, due.matter, due.from, due.due), urgent: due.urgent }]
    }
    case 'order': {
      const { until, liftedAt } = (body as ItemBody<{ until: string | null; liftedAt: string | null }>).content
      return until === null || liftedAt !== null ? [] : [ours('measure-end', 'until', madeAt(id), until)]
    }
  }
}

function ofRequest(body: RequestBody): readonly DueDate[] {
  const { state, deadlines, content, approvals, until, submitted } = body
  const urgent = content.urgency !== null
  const dates: DueDate[] = []
  if (isOpenState(state, directionOf(body)))
    for (const { ruleId, article, due, binding, from = null, reminders = [] } of deadlines) {
      // A rule in open words sets no moment at all: there is nothing of which the clock could remind.
      if (due === null && reminders.length === 0) continue
      const key = `rule ${ruleId}`
      dates.push({
        key,
        matter: 'request-deadline',
        rule: ruleId,
        article,
        binding,
        urgent,
        from,
        due,
        noted: reminders,
      })
    }
  if (until !== null && ['extended', 'partially-executed', 'executed', 'reported'].includes(state))
    dates.push({ ...ours('measure-end', 'until', null, until), urgent })
  if (state === 'submitted')
    for (const { credentialId, givenAt, expiresAt, digest, withdrawnAt } of approvals)
      if (withdrawnAt === null && digest === submitted?.digest)
        dates.push({ ...ours('approval-expiry', `approval ${credentialId} ${givenAt}`, givenAt, expiresAt), urgent })
  return dates
}

function ours(matter: DueMatter, key: string, from: string | null, due: string): DueDate {
  return { key, matter, rule: null, article: null, binding: false, urgent: false, from, due, noted: [] }
}

/** An identifier of version 7 begins with the millisecond in which it was made (RFC 9562, 5.7); others tell no time. */
function madeAt(id: string): string | null {
  const hex = id.replaceAll('-', '')
  return hex[12] === '7' ? new Date(Number.parseInt(hex.slice(0, 12), 16)).toISOString() : null
}
