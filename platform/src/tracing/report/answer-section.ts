/** What was asked, and the answer in three sentences. */
import type { TraceRecord } from '../record.ts'
import { joined, label, type Markup, machine, markup, NOTHING, sourceName } from './markup.ts'
import { coinOf, count, counted, sumOf, utc } from './measures.ts'
import type { ReportSubject } from './report-input.ts'
import { table, whereListed } from './table.ts'
import { gradeWords, isBackward, statusWords, wordsOf } from './words.ts'

const SOURCES_NAMED = 5
/** Sources without a name of their own are long to read. */
const UNNAMED_SHOWN = 2

export function answerSection({ main, divergence, notes }: ReportSubject): Markup {
  return markup`<section aria-labelledby="s1">
<h2 id="s1"><span class="no">1</span> The question and the answer</h2>
<p class="question">${question(main)}</p>
<ol class="answer">
<li>${whatWentIn(main)}</li>
<li>${whereItIs(main)}</li>
<li>${underWhichRule(main, divergence?.rules.length ?? 1)}</li>
</ol>
${placesTable(main)}
${notes.length === 0 ? NOTHING : markup`<h3>Notes to this report</h3><ul>${notes.map((note) => markup`<li>${label(note)}</li>`)}</ul>`}
</section>`
}

/** Shown at the very top unless everything was verified. */
export function gradeBanner({ main }: ReportSubject, falsehoods: readonly string[]): Markup {
  const { grade, reasons } = main.evidence
  if (falsehoods.length > 0) {
    return banner(
      'refused',
      'NOT EVIDENCE',
      'The record contradicts itself: it was changed after it was made, or does not add up.',
      falsehoods,
    )
  }
  if (grade === 'verified') return NOTHING
  return banner(grade, gradeWords[grade]?.title ?? 'Not verified', gradeWords[grade]?.meaning ?? '', reasons)
}

export function banner(grade: string, title: string, meaning: string, reasons: readonly string[]): Markup {
  return markup`<div class="banner ${grade === 'stated' ? 'stated' : 'serious'}${grade === 'refused' ? ' refused' : ''}" role="note"><p class="banner-title">${grade === 'refused' ? title : `Evidence: ${title.toLowerCase()}`}</p><p>${meaning}</p>${
    reasons.length === 0 ? NOTHING : markup`<ul>${reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`
  }</div>`
}

function question(record: TraceRecord): Markup {
  const labels = labelsOf(record)
  const places = `${counted(labels.length, 'source')} (${counted(record.seeds.length, 'output')})`
  const asked = isBackward(record)
    ? markup`Where did ${amount(record, record.result.ledger.root)}, found in ${places}, come from`
    : markup`Where did ${amount(record, record.result.ledger.root)}, taken from ${places}, go`
  return markup`${asked}, under the rule “${record.rule.legalName}”, as the ledger stood at block ${record.asOf.height} of ${utc(record.asOf.time)}?`
}

function whatWentIn(record: TraceRecord): Markup {
  const amounts = new Map<string, bigint>()
  for (const seed of record.seeds) amounts.set(seed.label, (amounts.get(seed.label) ?? 0n) + BigInt(seed.amount))
  const sorted = [...amounts].sort(([a, x], [b, y]) => (x > y ? -1 : x < y ? 1 : a < b ? -1 : 1))
  const shown = sorted.slice(0, SOURCES_NAMED).every(([source]) => /^[0-9a-f]{64}/.test(source))
    ? UNNAMED_SHOWN
    : SOURCES_NAMED
  const named = sorted.slice(0, shown).map(([source, part]) => markup`${amount(record, part)} of ${sourceName(source)}`)
  const further = sorted.slice(shown)
  const rest =
    further.length === 0
      ? NOTHING
      : markup`, and ${amount(record, sumOf(further.map(([, part]) => part)))} of ${counted(further.length, 'further source')}; each is listed in ${whereListed(record, 'sources', 'seeds.csv')}`
  const { drawnIn } = record.result.ledger
  const drawn =
    drawnIn === '0'
      ? NOTHING
      : markup` This rule also counts ${amount(record, drawnIn)} of clean value as traced, because it was mixed in.`
  return markup`${amount(record, record.result.ledger.root)} ${isBackward(record) ? 'is traced back' : 'went in'} from ${counted(sorted.length, 'source')}: ${joined(named, '; ')}${rest}.${drawn}`
}

function whereItIs(record: TraceRecord): Markup {
  const parts = endsByStatus(record).map(({ status, sum, places }) => {
    const words = wordsOf(status)
    return markup`${amount(record, sum)} ${isBackward(record) ? words.backward : words.forward}${places === 0 ? '' : ` (${counted(places, 'place')})`}`
  })
  return markup`Of this, ${joined(parts, '; ')}; together ${amount(record, record.result.ledger.sum)}, which is the whole.`
}

function underWhichRule(record: TraceRecord, rules: number): Markup {
  const others =
    rules > 1
      ? `another rule can give another result: section 2 compares ${count(rules)} rules`
      : 'another rule can give another result'
  return markup`This is the answer of the rule “${record.rule.legalName}”, stated in section 2 and applied from end to end, as of block ${record.asOf.height}${
    record.asOf.hash === null ? NOTHING : markup` (${machine(record.asOf.hash)})`
  } of ${utc(record.asOf.time)}; ${others}.`
}

function placesTable(record: TraceRecord): Markup {
  const { symbol } = record.asset
  return table({
    caption: isBackward(record) ? 'Where it comes from' : 'Where it is now',
    columns: [
      { title: 'Status', width: '22%' },
      { title: 'What that means' },
      { title: 'Places', kind: 'number', width: '9%' },
      { title: `Amount (${symbol})`, kind: 'number', width: '24%' },
    ],
    bodies: endsByStatus(record).map(({ status, sum, places }) => {
      const { name, meaning } = wordsOf(status)
      return markup`<tr><th scope="row">${name}</th><td>${meaning}</td><td class="number">${places === 0 ? '–' : count(places)}</td><td class="number">${coinOf(record, sum).slice(0, -symbol.length - 1)}</td></tr>`
    }),
    foot: markup`<tr><th scope="row">Sum</th><td></td><td class="number">${count(record.result.positions.length)}</td><td class="number">${coinOf(record, record.result.ledger.sum).slice(0, -symbol.length - 1)}</td></tr>`,
  })
}

export function endsByStatus(record: TraceRecord): readonly { status: string; sum: bigint; places: number }[] {
  return statusWords.flatMap(({ status }) => {
    const lines = record.result.ledger.lines.filter((line) => line.status === status)
    const sum = sumOf(lines.map((line) => line.amount))
    return lines.length === 0
      ? []
      : [{ status, sum, places: lines.reduce((places, line) => places + line.positions, 0) }]
  })
}

export function labelsOf(record: TraceRecord): readonly string[] {
  return [...new Set(record.seeds.map(({ label: source }) => source))].sort()
}

export function amount(record: TraceRecord, units: string | bigint): Markup {
  return markup`<span class="amount">${coinOf(record, units)}</span>`
}

export function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}
