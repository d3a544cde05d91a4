/** Findings as a table for the eye, as Markdown, and as JSON; and which of them contradict each other. */
import type { Finding } from './measure.ts'

export type Topic = { readonly name: string; readonly title: string; readonly findings: readonly Finding[] }

const HEAD = [
  'task',
  'contender',
  'M edges/s',
  'per second',
  'ms',
  'p99 ms',
  'B/edge',
  'ours is',
  'floor',
  'answer',
  'note',
] as const

export function asTable(topics: readonly Topic[]): string {
  return topics.map(({ title, findings }) => `${title}\n${aligned([HEAD, ...findings.map(cells)])}`).join('\n\n')
}

export function asMarkdown(topics: readonly Topic[], machine: string): string {
  const tables = topics.map(({ title, findings }) => {
    const rows = findings.map((finding) => `| ${cells(finding).join(' | ')} |`)
    return `### ${title}\n\n| ${HEAD.join(' | ')} |\n|${HEAD.map(() => '---').join('|')}|\n${rows.join('\n')}\n`
  })
  return `${machine}\n\n${tables.join('\n')}`
}

/** Findings of one task that name different answers, in words. */
export function disagreements(topics: readonly Topic[]): string[] {
  const found: string[] = []
  for (const { name, findings } of topics) {
    const answerByTask = new Map<string, Finding>()
    for (const finding of findings) {
      if (finding.answer === undefined) continue
      const first = answerByTask.get(finding.task)
      const expected = finding.answerOf ?? first?.answer ?? finding.answer
      if (finding.answer !== expected) {
        found.push(`${name}, ${finding.task}: ${finding.contender} answers ${finding.answer}, not ${expected}`)
      }
      if (!first && finding.answerOf === undefined) answerByTask.set(finding.task, finding)
    }
  }
  return found
}

function cells(finding: Finding): string[] {
  const { task, contender, absent, millionPerSecond, perSecond, unit, ms, p99, bytesPerEdge } = finding
  const { ratio, floor, answer, answerOf, note } = finding
  if (absent !== undefined) return [task, contender, '', '', '', '', '', '', '', '', `absent: ${absent}`]
  const met = ratio === undefined || floor === undefined ? '' : `${floor}: ${ratio >= floor ? 'met' : 'not met'}`
  return [
    task,
    contender,
    millionPerSecond === undefined ? '' : significant(millionPerSecond),
    perSecond === undefined ? '' : `${significant(perSecond)} ${unit ?? ''}`,
    ms === undefined ? '' : significant(ms),
    p99 === undefined ? '' : significant(p99),
    bytesPerEdge === undefined ? '' : significant(bytesPerEdge),
    ratio === undefined ? '' : `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio)}×`,
    met,
    answer === undefined ? '' : answerOf === undefined ? answer : answer === answerOf ? 'equal' : 'NOT EQUAL',
    note ?? '',
  ]
}

function significant(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}
