/** What a report is made from, and what must hold before it is made. */
import { canonicalJson, type Json, stop } from '../../kernel/index.ts'
import { compareRules, type Divergence } from '../divergence.ts'
import type { TraceRecord } from '../record.ts'

/** A tag as it is shown beside an address. */
export type ReportTag = {
  readonly address: string
  readonly label: string
  readonly category: string
  readonly confidence: string
  readonly source: string
}

export type ReportInput = {
  /** Records of the same seeds on the same chain, one for each rule. The first is the rule that the report is about. */
  readonly records: readonly TraceRecord[]
  /** Left out, it is computed from the records where there is more than one. */
  readonly divergence?: Divergence
  readonly title: string
  readonly notes?: readonly string[]
  readonly tags?: readonly ReportTag[]
  /** The names under which the records are kept, in the order of the records: shown in the command that verifies them. */
  readonly recordFiles?: readonly string[]
}

export type ReportSubject = {
  readonly main: TraceRecord
  readonly others: readonly TraceRecord[]
  readonly records: readonly TraceRecord[]
  readonly divergence: Divergence | null
  readonly title: string
  readonly notes: readonly string[]
  readonly tags: readonly ReportTag[]
  readonly recordFiles: readonly string[]
}

export function subjectOf(input: ReportInput): ReportSubject {
  const [main, ...others] = input.records
  if (!main)
    stop('REPORT_WITHOUT_RECORD', 'A report needs at least one trace record.', {
      fix: 'Run a trace first: comity trace run.',
    })
  for (const other of others) {
    const differing = differenceOf(main, other)
    if (differing) {
      stop(
        'REPORT_RECORDS_DIFFER',
        `The records under ${main.rule.id} and ${other.rule.id} differ in their ${differing}; one report compares rules, all else equal.`,
        {
          fix: 'Make one report for each question.',
        },
      )
    }
  }
  const rules = input.records.map(({ rule }) => rule.id)
  const twice = rules.find((rule, index) => rules.indexOf(rule) !== index)
  if (twice !== undefined)
    stop('REPORT_RECORDS_DIFFER', `Two records are under the rule ${twice}.`, { fix: 'Give one record for each rule.' })
  return {
    main,
    others,
    records: input.records,
    divergence: input.divergence ?? (others.length > 0 ? compareRules(input.records) : null),
    title: input.title,
    notes: input.notes ?? [],
    tags: input.tags ?? [],
    recordFiles: input.records.map(({ rule }, index) => input.recordFiles?.[index] ?? `trace-${rule.id}.json`),
  }
}

function differenceOf(a: TraceRecord, b: TraceRecord): string | null {
  const parts: readonly [string, (record: TraceRecord) => unknown][] = [
    ['chain', ({ chain }) => chain],
    ['asset', ({ asset }) => asset],
    ['sources', ({ seeds }) => seeds],
    ['block as of which they speak', ({ asOf }) => asOf],
    // Whether value came to a bridge depends on the rule, and is no part of the question.
    ['parameters', ({ parameters: { stopAtBridges: _, ...asked } }) => asked],
  ]
  const found = parts.find(([, read]) => canonicalJson(read(a) as Json) !== canonicalJson(read(b) as Json))
  return found?.[0] ?? null
}
