/**
 * How long a case is kept, and why: periods by purpose from packs, clocks that a legal hold stops (LED, Directive
 * 2016/680, art. 5: time limits for erasure). Pure; instants are ISO 8601 in UTC.
 */
import type { RetentionRule } from './ports.ts'

export type KeptFacts = {
  readonly purposes: readonly string[]
  readonly openedAt: string
  readonly closedAt: string | null
  readonly lastChangeAt: string
}

/** From when to when a case was held; `null`: it still is. */
export type HeldTime = { readonly from: string; readonly to: string | null }

export type RuleClock = {
  readonly ruleId: string
  readonly purpose: string
  readonly basis: string
  readonly period: string
  readonly clockStart: RetentionRule['clockStart']
  /** waiting: what starts it has not happened; stopped: by a hold; running; due. */
  readonly state: 'waiting' | 'stopped' | 'running' | 'due'
  readonly startedAt: string | null
  readonly dueAt: string | null
}

export type RetentionPlan = {
  readonly clocks: readonly RuleClock[]
  /** Purposes for which no pack has a rule: nothing says when to erase, so nothing is erased for age. */
  readonly uncovered: readonly string[]
  readonly held: boolean
  /** When the last clock ends; `null` where one waits or stands still, or a purpose has no rule. */
  readonly eraseAfter: string | null
  /** Every clock has ended, no purpose is without a rule, nothing holds the case. */
  readonly due: boolean
}

export function retentionPlan(
  facts: KeptFacts,
  rules: readonly RetentionRule[],
  holds: readonly HeldTime[],
  now: string,
): RetentionPlan {
  const merged = mergeTimes(holds)
  const clocks = rules
    .filter(({ purpose }) => facts.purposes.includes(purpose))
    .map((rule) => clockOf(rule, facts, merged, now))
    .sort((a, b) => (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0))
  const uncovered = facts.purposes.filter((purpose) => !clocks.some((clock) => clock.purpose === purpose))
  const held = holds.some(({ from, to }) => from <= now && (to === null || to > now))
  const ends = clocks.map(({ dueAt }) => dueAt)
  const known = uncovered.length === 0 && ends.length > 0 && ends.every((end) => end !== null)
  // A case that serves several purposes is kept until the last of them ends.
  const eraseAfter = known ? (ends as string[]).reduce((last, end) => (end > last ? end : last)) : null
  return { clocks, uncovered, held, eraseAfter, due: eraseAfter !== null && eraseAfter <= now && !held }
}

function clockOf(rule: RetentionRule, facts: KeptFacts, holds: readonly Span[], now: string): RuleClock {
  const { ruleId, purpose, basis, period, clockStart } = rule
  const base = { ruleId, purpose, basis, period, clockStart }
  const startedAt = { opened: facts.openedAt, closed: facts.closedAt, 'last-change': facts.lastChangeAt }[clockStart]
  if (startedAt === null) return { ...base, state: 'waiting', startedAt, dueAt: null }
  const dueAt = movedByHolds(Date.parse(startedAt), Date.parse(addPeriod(startedAt, period)), holds)
  if (dueAt === null) return { ...base, state: 'stopped', startedAt, dueAt }
  const due = new Date(dueAt).toISOString()
  return { ...base, state: due <= now ? 'due' : 'running', startedAt, dueAt: due }
}

type Span = { readonly from: number; readonly to: number }

/** The end of a period whose clock stands still while the case is held; `null`: it stands still now, with no end known. */
function movedByHolds(start: number, end: number, holds: readonly Span[]): number | null {
  let due = end
  for (const { from, to } of holds) {
    if (to <= start || from >= due) continue
    if (to === Number.POSITIVE_INFINITY) return null
    due += to - Math.max(from, start)
  }
  return due
}

/** Held times in order, those that touch or overlap as one: time is not counted twice because two people hold a case. */
function mergeTimes(holds: readonly HeldTime[]): Span[] {
  const spans = holds
    .map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to) }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else merged.push(span)
  }
  return merged
}

/** An instant and a period of years, months and days (ISO 8601). 31 January and a month is the last day of February. */
export function addPeriod(instant: string, period: string): string {
  const match = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,6})D)?$/.exec(period)
  if (!match) throw new RangeError(`not a period of years, months and days: ${period}`)
  const [years = 0, months = 0, days = 0] = match.slice(1).map((digits) => Number(digits ?? 0))
  const date = new Date(instant)
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + years * 12 + months
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  const day = Math.min(date.getUTCDate(), lastDay)
  const moved = new Date(date)
  moved.setUTCFullYear(Math.floor(month / 12), month % 12, day)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString()
}
