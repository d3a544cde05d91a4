/** The clocks of a request: which of its deadlines is the next, which have passed, and whether it still counts at all. Pure. */
import { isOpenState, type RequestState } from '../../../platform/src/casework/request-states.ts'

export type Deadline = {
  readonly ruleId: string
  readonly article: string
  readonly due: string | null
  readonly zone: string
  readonly binding: boolean
  readonly steps: readonly string[]
  readonly from?: string
  readonly reminders?: readonly { readonly at: string; readonly why: string }[]
}
export type Clock = Deadline & { readonly due: string }

type Request = {
  readonly state: string
  readonly deadlines: readonly Deadline[]
  readonly incoming?: unknown
}

export function isOpen({ state, incoming }: Pick<Request, 'state' | 'incoming'>): boolean {
  return isOpenState(state as RequestState, incoming ? 'in' : 'out')
}

/** The one that falls due first, of a request for which time still runs; a deadline of a rule that was not verified comes after those that bind. */
export function nextClock(request: Request): Clock | null {
  if (!isOpen(request)) return null
  const dated = request.deadlines.filter((one): one is Clock => one.due !== null)
  const [first] = dated.toSorted((a, b) => Number(b.binding) - Number(a.binding) || (a.due < b.due ? -1 : 1))
  return first ?? null
}

export function isLate(clock: Clock | null, now: number): boolean {
  return clock !== null && Date.parse(clock.due) < now
}

export type Standing = 'late' | 'day' | 'week' | 'later' | 'none'

/** Where a clock stands: the columns of the board, soonest first. */
export function standingOf(clock: Clock | null, now: number): Standing {
  if (clock === null) return 'none'
  const left = Date.parse(clock.due) - now
  if (left < 0) return 'late'
  if (left < 24 * HOUR) return 'day'
  return left < 7 * 24 * HOUR ? 'week' : 'later'
}
export const standings: readonly Standing[] = ['late', 'day', 'week', 'later', 'none']

const HOUR = 3_600_000

/** How far a request of ours has come: the steps that every one takes, and those that this one has taken. */
export const steps = ['draft', 'submitted', 'released', 'acknowledged', 'executed'] as const
export type Step = (typeof steps)[number]

export function reached(state: string): number {
  const at = (steps as readonly string[]).indexOf(state)
  if (at !== -1) return at
  if (['referred', 'asked-back', 'postponed', 'impossible', 'refused'].includes(state)) return 3
  if (['partially-executed', 'reported', 'extended', 'lifted'].includes(state)) return 4
  return 0
}
