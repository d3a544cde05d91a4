/** A period of an instrument explained for one event: what the command line prints, and what a node answers. */
import { catchRefusal, orStop, type Result } from '../kernel/index.ts'
import type { Calendars } from './calendar.ts'
import type { Side } from './careful-reading.ts'
import { computeDeadline, type Deadline } from './deadline.ts'
import type { DeadlineRule, Trigger } from './pack.ts'
import { findDeadline, findJurisdiction, type LegalPacks } from './packs.ts'

export type DeadlineInquiry = {
  readonly rule: string
  /** When the event happened, with its offset. */
  readonly trigger: string
  /** What happened then; the event from which the rule runs, where nothing is said. */
  readonly event?: Trigger
  /** Country of the authority that must act. */
  readonly country: string
  /** Its time zone; the first of the country, where nothing is said. */
  readonly zone?: string
  readonly side: Side
  readonly urgency?: string | null
  readonly extendedAt?: string
  readonly suspended?: readonly { readonly from: string; readonly to: string }[]
  /** The day for which the law is asked; the day of the event, where nothing is said. */
  readonly on?: string
}

export type ExplainedDeadline = Deadline & {
  readonly instrument: { readonly id: string; readonly short: string; readonly version: string }
}

export function explainDeadline(
  packs: LegalPacks,
  calendars: Calendars,
  { rule: id, trigger, event, country, zone, side, urgency, extendedAt, suspended, on }: DeadlineInquiry,
): Result<{ readonly explained: ExplainedDeadline; readonly rule: DeadlineRule }> {
  return catchRefusal(() => {
    const { rule, instrument } = orStop(findDeadline(packs, id, on ?? trigger.slice(0, 10)))
    const { code, zones } = orStop(findJurisdiction(packs, country))
    const facts = {
      times: { [event ?? rule.trigger]: trigger },
      zone: zone ?? zones[0] ?? 'UTC',
      jurisdiction: code,
      side,
      urgency: urgency ?? null,
      ...(extendedAt === undefined ? {} : { extendedAt }),
      ...(suspended === undefined ? {} : { suspended }),
    }
    const deadline = orStop(computeDeadline(rule, facts, calendars))
    const { id: instrumentId, short, version } = instrument
    return { explained: { ...deadline, instrument: { id: instrumentId, short, version } }, rule }
  })
}
