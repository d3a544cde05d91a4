/** What is due, in the order and the groups in which a day is worked: late, today by the hour, this week, later. Pure. */
import { mayEver } from '../shared/node/roles-by-right.ts'

export type Due = { readonly due: string | null; readonly at: string }
export type Group = 'late' | 'day' | 'week' | 'later'

const DAY_MS = 24 * 3_600_000
const groups: readonly Group[] = ['late', 'day', 'week', 'later']

export function groupOf(one: Due, now: number): Group {
  const left = Date.parse(one.due ?? one.at) - now
  if (left < 0) return 'late'
  if (left < DAY_MS) return 'day'
  return left < 7 * DAY_MS ? 'week' : 'later'
}

/** Groups that have something, each soonest first. */
export function inGroups<T extends Due>(
  all: readonly T[],
  now: number,
): readonly { readonly group: Group; readonly items: readonly T[] }[] {
  const sorted = [...all].sort((a, b) => Date.parse(a.due ?? a.at) - Date.parse(b.due ?? b.at))
  return groups
    .map((group) => ({ group, items: sorted.filter((one) => groupOf(one, now) === group) }))
    .filter(({ items }) => items.length > 0)
}

/** States that the other side has brought about: replies. */
const REPLIES = [
  'acknowledged',
  'asked-back',
  'accepted',
  'postponed',
  'impossible',
  'partially-executed',
  'executed',
  'reported',
  'refused',
  'lifted',
]

export type RequestLike = {
  readonly at: string
  readonly request: {
    readonly state: string
    readonly author: string
    readonly incoming?: unknown
    readonly approvals: readonly { readonly approverId: string; readonly withdrawnAt: string | null }[]
  }
}

/** Answered within the last fortnight, and asked by us. */
export function isReply({ at, request }: RequestLike, now: number): boolean {
  return request.incoming === undefined && REPLIES.includes(request.state) && now - Date.parse(at) < 14 * DAY_MS
}

/** Waits for the approval of this person: nobody approves their own draft, or twice. */
export function waitsFor({ request }: RequestLike, personId: string): boolean {
  return (
    request.state === 'submitted' &&
    request.author !== personId &&
    !request.approvals.some(({ approverId, withdrawnAt }) => approverId === personId && withdrawnAt === null)
  )
}

export type Part =
  | 'key-acts'
  | 'approvals'
  | 'referrals'
  | 'calls'
  | 'inbox'
  | 'after'
  | 'due'
  | 'replies'
  | 'alarms'
  | 'oversight'
  | 'people'

/** What each role sees, first things first. The node decides what it may read; this only orders. */
export function partsFor(role: string): readonly Part[] {
  // Whoever may read a case may be named as the second person at an act on its keys, and has a day to confirm it.
  return mayEver('readCase', role) ? ['key-acts', ...otherPartsFor(role)] : otherPartsFor(role)
}

function otherPartsFor(role: string): readonly Part[] {
  switch (role) {
    case 'prosecutor':
      return ['approvals', 'referrals', 'due', 'calls', 'inbox', 'after', 'replies', 'alarms']
    case 'senior-official':
      return ['approvals', 'due', 'calls', 'after', 'replies', 'alarms']
    case 'judge':
      return ['approvals', 'due', 'replies']
    case 'liaison-officer':
      return ['calls', 'inbox', 'after', 'referrals', 'due', 'replies', 'alarms']
    case 'compliance-officer':
      return ['inbox', 'due', 'referrals', 'replies', 'alarms']
    case 'auditor':
      return ['oversight']
    case 'administrator':
      return ['people']
    default:
      return ['due', 'after', 'referrals', 'replies', 'alarms']
  }
}
