/** A period by the rule of its act; where no rule of counting was read, both readings and the careful one of them. */
import type { Temporal } from 'temporal-polyfill'
import type { Calendar } from './calendar.ts'
import { type Counted, countByReg1182, countLongest, countShortest, type Period, type Step } from './counting.ts'
import type { CountRule, DeadlineRule } from './pack.ts'

/** Whose duty it is. */
export type Side = 'ours' | 'theirs'

export type CountedBoth = Counted & {
  readonly earliest: Temporal.ZonedDateTime | null
  readonly latest: Temporal.ZonedDateTime | null
}

export function countPeriod(
  rule: DeadlineRule,
  period: Period,
  from: Temporal.ZonedDateTime,
  calendar: Calendar,
  side: Side,
): CountedBoth {
  if (rule.count === 'EU-1182-71') return { ...countByReg1182(from, period, calendar), earliest: null, latest: null }
  const shortest = countShortest(from, period, calendar)
  const longest = countLongest(from, period, calendar)
  const chosen = readShort(rule.kind, side) ? shortest : longest
  return { ...chosen, steps: [...chosen.steps, careful(rule, side)], earliest: shortest.due, latest: longest.due }
}

/**
 * Which reading is the careful one. A duty to act is read short if it is ours and long if it is theirs. To keep something
 * is the other way round: what we must keep we keep to the longest reading, and on what they must keep we count only to
 * the shortest.
 */
function readShort(kind: DeadlineRule['kind'], side: Side): boolean {
  return kind === 'floor' ? side === 'theirs' : side === 'ours'
}

function careful({ kind, count }: DeadlineRule, side: Side): Step {
  return {
    text: `Counting is left to ${lawOfCounting[count]}, which was not read; ${readingByDuty[kind === 'floor' || kind === 'max' ? kind : 'other'][side]}.`,
    article: noCountingText[count],
    verified: 'unverified',
  }
}

const lawOfCounting: Readonly<Record<CountRule, string>> = {
  'EU-1182-71': 'Reg. (EEC, Euratom) 1182/71 art. 3',
  DOM: 'the law of the State that must act',
  US: 'the law of the United States',
  UK: 'the law of the United Kingdom',
}

/** In words, what `readShort` decides. */
const readingByDuty: Readonly<Record<'floor' | 'max' | 'other', Readonly<Record<Side, string>>>> = {
  floor: {
    ours: 'the duty to keep is ours, so it is read long',
    theirs: 'the duty to keep is theirs, so it is read short',
  },
  max: {
    ours: 'the duty to act is ours, so it is read short',
    theirs: 'the duty to act is theirs, so it is read long',
  },
  other: {
    ours: 'the limit is ours, so it is read short',
    theirs: 'the limit is theirs, so it is read long',
  },
}

const noCountingText: Readonly<Record<CountRule, string>> = {
  'EU-1182-71': 'Reg. (EEC, Euratom) 1182/71 art. 3',
  DOM: 'no rule of counting in the instrument',
  US: 'federal rules on computing time were not read',
  UK: 'rules of court on computing time were not read',
}
