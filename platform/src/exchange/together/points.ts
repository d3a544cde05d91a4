/** What is kept of the point of contact and of calls to it and from it. All of it belongs to the node: no case is known yet. */
import type { CallStep, Shift } from './roster.ts'

export const POINT = 'contact-point'
export const CALL = 'contact-call'

/** One for each node. */
export const POINT_ID = '00000000-0000-8000-8000-00000000c247'

export type PointBody = {
  readonly name: string
  /** How it is reached beside the exchange: a telephone that somebody hears at night. */
  readonly channel: string
  readonly languages: readonly string[]
  readonly zone: string
  /** So many minutes a person has to take a call before it goes to the next. */
  readonly minutes: number
  readonly lead: string
  /** Members of the directory that are called for a test each month. */
  readonly partners: readonly string[]
  readonly roster: { readonly from: string; readonly until: string; readonly shifts: readonly Shift[] } | null
}

export type CallBody = {
  readonly direction: 'in' | 'out'
  readonly peer: string
  /** The message, and the exchange in which it is answered. */
  readonly message: string
  readonly exchange: string
  readonly type: string
  readonly test: boolean
  readonly matter: string
  readonly at: string
  /** Within so many minutes an answer is hoped for; of a call of ours, after which it is an alarm. */
  readonly within: number
  readonly steps: readonly CallStep[]
  readonly taken: { readonly by: string; readonly at: string; readonly note: string | null } | null
  /** Of a call of ours: when nobody had answered in time, and that was told. */
  readonly missedAt: string | null
}

export type CallFigures = {
  readonly peer: string
  readonly calls: number
  readonly answered: number
  readonly late: number
  readonly missed: number
  /** Seconds from the call to the person who took it; null where nobody has. */
  readonly median: number | null
  readonly longest: number | null
}

/** What test calls of ours have shown, for each partner. */
export function callFigures(calls: readonly CallBody[]): readonly CallFigures[] {
  const tests = calls.filter(({ direction, test }) => direction === 'out' && test)
  return [...Map.groupBy(tests, ({ peer }) => peer)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([peer, each]) => {
      const seconds = each
        .flatMap(({ at, taken }) =>
          taken === null ? [] : [Math.max(0, Math.round((Date.parse(taken.at) - Date.parse(at)) / 1000))],
        )
        .sort((a, b) => a - b)
      return {
        peer,
        calls: each.length,
        answered: seconds.length,
        late: each.filter(
          ({ at, taken, within }) => taken !== null && Date.parse(taken.at) - Date.parse(at) > within * 60_000,
        ).length,
        missed: each.filter(({ taken, missedAt }) => taken === null && missedAt !== null).length,
        median: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
        longest: seconds.at(-1) ?? null,
      }
    })
}
