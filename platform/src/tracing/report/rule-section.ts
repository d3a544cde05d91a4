/** The rule, stated before its result; and how the result differs under other rules. */
import type { Divergence, DivergenceEnd } from '../divergence.ts'
import type { TraceRecord } from '../record.ts'
import { rules } from '../rules/index.ts'
import { amount } from './answer-section.ts'
import type { CompanionFile } from './companion.ts'
import { type Markup, machine, markup, NOTHING } from './markup.ts'
import { coin, count } from './measures.ts'
import type { ReportSubject } from './report-input.ts'
import { longTable, table } from './table.ts'
import { wordsOf } from './words.ts'

export function ruleSection({ main, divergence, records }: ReportSubject, file: CompanionFile | null): Markup {
  const { rule } = main
  return markup`<section aria-labelledby="s2">
<h2 id="s2"><span class="no">2</span> The rule</h2>
<dl class="facts">
<div><dt>Legal name</dt><dd><strong>${rule.legalName}</strong></dd></div>
<div><dt>Definition</dt><dd>${rule.definition}</dd></div>
<div><dt>Source</dt><dd>${rule.source}</dd></div>
<div><dt>Identified as</dt><dd>${rule.id}, version ${rule.version}</dd></div>
</dl>
<p>The rule was named before the trace ran and was applied to every transaction alike. <strong>Other rules of tracing give other results</strong>; which of them applies is a question of law. ${
    divergence === null || file === null
      ? 'This report holds one rule only; it does not say how the result would change under another.'
      : `Below is what each of ${count(divergence.rules.length)} rules gives from the same sources in the same data.`
  }</p>
${divergence === null || file === null ? NOTHING : comparison(main, records, divergence, file)}
</section>`
}

function comparison(
  main: TraceRecord,
  records: readonly TraceRecord[],
  divergence: Divergence,
  file: CompanionFile,
): Markup {
  const apportioning = divergence.rules.filter((rule) => rule !== 'poison')
  const agreed = markup`<p>${apportioning.length > 1 ? `The ${count(apportioning.length)} rules that apportion agree` : 'It is agreed'} on <strong>${amount(main, divergence.agreed)}</strong> of ${amount(main, divergence.root)}: at each end the least that any of them places there. ${
    divergence.rules.includes('poison')
      ? 'Poison is shown, but does not count for least, most and agreed: it does not apportion, so that its amounts can exceed what went in.'
      : ''
  }</p>`
  return markup`<h3>What each rule gives</h3>
${byRule(main, records, divergence)}
<h3>Where the rules differ</h3>
${agreed}
${byEnd(main, divergence, file)}
<h3>How much any two rules have in common</h3>
<p>At each end the smaller of the two amounts, summed over all ends. Each pair of rules stands once.</p>
${overlap(main, divergence)}`
}

const COLUMNS_OF_STATUS = 3

function byRule(main: TraceRecord, records: readonly TraceRecord[], divergence: Divergence): Markup {
  const { decimals, symbol } = main.asset
  const used = STATUSES.filter(({ field }) => divergence.byStatus.some((line) => line[field] !== '0'))
  const drawnInByRule = new Map(records.map(({ rule, result }) => [rule.id, result.ledger.drawnIn]))
  const nameOf = (rule: string): Markup => {
    const drawnIn = drawnInByRule.get(rule) ?? '0'
    return markup`${rule}${rule === main.rule.id ? markup`<br><span class="aside">the rule of this report</span>` : NOTHING}${
      drawnIn === '0'
        ? NOTHING
        : markup`<br><span class="aside">with ${coin(drawnIn, decimals)} of clean value drawn in</span>`
    }`
  }
  const last = [
    { title: 'Ends', kind: 'number', width: '8%' },
    { title: 'Transactions', kind: 'number', width: '16%' },
    { title: 'Adds up', width: '10%' },
  ] as const
  const lastCells = ({ ends, transactions, balanced }: Divergence['byStatus'][number], span: number) =>
    markup`<td class="number" rowspan="${span}">${count(ends)}</td><td class="number" rowspan="${span}">${count(transactions)}</td><td rowspan="${span}">${balanced ? '✓ yes' : '✗ NO'}</td>`
  if (used.length <= COLUMNS_OF_STATUS) {
    return table({
      caption: `The same sources under each rule, by status (${symbol})`,
      columns: [
        { title: 'Rule' },
        ...used.map(({ status }) => ({ title: wordsOf(status).name, kind: 'number', width: '17%' }) as const),
        ...last,
      ],
      bodies: divergence.byStatus.map(
        (line) =>
          markup`<tr><th scope="row">${nameOf(line.rule)}</th>${used.map(({ field }) => markup`<td class="number">${coin(line[field], decimals)}</td>`)}${lastCells(line, 1)}</tr>`,
      ),
    })
  }
  return table({
    caption: `The same sources under each rule, by status (${symbol})`,
    columns: [
      { title: 'Rule', width: '25%' },
      { title: 'Status' },
      { title: `Amount (${symbol})`, kind: 'number', width: '22%' },
      ...last,
    ],
    bodies: divergence.byStatus.map((line) => {
      const found = used.filter(({ field }) => line[field] !== '0')
      const shown = found.length === 0 ? used.slice(0, 1) : found
      return markup`<tbody class="group">${shown.map(
        ({ field, status }, index) =>
          markup`<tr>${index === 0 ? markup`<th scope="rowgroup" rowspan="${shown.length}">${nameOf(line.rule)}</th>` : NOTHING}<td>${wordsOf(status).name}</td><td class="number">${coin(line[field], decimals)}</td>${index === 0 ? lastCells(line, shown.length) : NOTHING}</tr>`,
      )}</tbody>`
    }),
  })
}

const STATUSES = [
  { field: 'unspent', status: 'unspent' },
  { field: 'service', status: 'service' },
  { field: 'dataEnds', status: 'data-ends' },
  { field: 'notFollowed', status: 'not-followed' },
  { field: 'fee', status: 'fee' },
  { field: 'writtenOff', status: 'written-off' },
] as const

type NumberedEnd = { readonly end: DivergenceEnd; readonly number: number; readonly results: readonly SameResult[] }

type SameResult = { readonly names: readonly string[]; readonly amount: string; readonly status: string }

/** First the ends on which the rules differ, then those on which they all agree: each end is in one of the two. */
function byEnd(main: TraceRecord, divergence: Divergence, file: CompanionFile): Markup {
  const ends = divergence.ends.map((end, index) => ({ end, number: index + 1, results: sameResult(divergence, end) }))
  const differing = ends.filter(({ results }) => results.length > 1)
  const agreed = ends.filter(({ results }) => results.length === 1)
  return markup`${differing.length === 0 ? markup`<p>These rules give the same amount and status at every end.</p>` : whereTheyDiffer(main, differing, file)}${
    agreed.length === 0 ? NOTHING : whereTheyAgree(main, agreed, file)
  }`
}

function whereTheyDiffer(main: TraceRecord, rows: readonly NumberedEnd[], file: CompanionFile): Markup {
  const { decimals, symbol } = main.asset
  return longTable({
    caption: 'Ends on which the rules differ. Rules that give the same stand together',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'End, and rules' },
      { title: 'Status', width: '15%' },
      { title: `Amount (${symbol})`, kind: 'number', width: '21%' },
    ],
    rows,
    weight: ({ end }) => BigInt(end.most),
    file,
    draw: ({ end, number, results }) => {
      const { least, most } = end
      const range =
        least === most
          ? markup`all apportioning rules: <span class="amount">${coin(least, decimals)}</span>`
          : markup`least <span class="amount">${coin(least, decimals)}</span>, most <span class="amount">${coin(most, decimals)}</span>`
      return markup`<tbody class="group"><tr><th scope="rowgroup" class="number" rowspan="${results.length + 1}">${number}</th><td colspan="3" class="end">${nameOfEnd(end)}<br>${
        end.address === null ? NOTHING : markup`${machine(end.address)} · `
      }${range}</td></tr>${results.map(
        ({ names, amount: units, status }) =>
          markup`<tr class="sub"><td>${names.join(', ')}</td><td>${status === '' ? '–' : wordsOf(status).name}</td><td class="number">${coin(units, decimals)}</td></tr>`,
      )}</tbody>`
    },
  })
}

function whereTheyAgree(main: TraceRecord, rows: readonly NumberedEnd[], file: CompanionFile): Markup {
  const { decimals, symbol } = main.asset
  return longTable({
    caption: 'Ends on which all rules agree, in amount and status',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'End' },
      { title: 'Status', width: '12%' },
      { title: `Amount (${symbol})`, kind: 'number', width: '21%' },
    ],
    rows,
    weight: ({ end }) => BigInt(end.most),
    file,
    draw: ({ end, number, results: [only] }) =>
      markup`<tr><th scope="row" class="number">${number}</th><td>${nameOfEnd(end)}${end.address === null ? NOTHING : markup`<br>${machine(end.address)}`}</td><td>${wordsOf(only?.status ?? '').name}</td><td class="number">${coin(only?.amount ?? '0', decimals)}</td></tr>`,
  })
}

function nameOfEnd(end: DivergenceEnd): Markup {
  if (end.vout !== null) return machine(`${end.txid}:${end.vout}`)
  const statuses = Object.values(end.statusByRule)
  const what = statuses.includes('fee')
    ? 'its fee'
    : statuses.includes('written-off')
      ? 'left unclaimed'
      : 'output not known'
  return markup`${machine(end.txid)} <span class="aside">${what}</span>`
}

function sameResult(divergence: Divergence, end: DivergenceEnd): readonly SameResult[] {
  const groups = Map.groupBy(divergence.rules, (rule) => `${end.byRule[rule] ?? '0'} ${end.statusByRule[rule] ?? ''}`)
  return [...groups].map(([key, names]) => {
    const [units = '0', status = ''] = key.split(' ')
    return { names, amount: units, status }
  })
}

function overlap(main: TraceRecord, divergence: Divergence): Markup {
  const { decimals, symbol } = main.asset
  return table({
    caption: `Overlap of two rules (${symbol})`,
    columns: [
      { title: 'Rule', width: '25%' },
      { title: 'and rule' },
      { title: `Overlap (${symbol})`, kind: 'number', width: '22%' },
    ],
    bodies: [...Map.groupBy(divergence.overlap, ({ a }) => a)].map(([a, pairs]) => {
      const groups = [...Map.groupBy(pairs, ({ amount: units }) => units)]
      return markup`<tbody class="group">${groups.map(
        ([units, same], index) =>
          markup`<tr>${index === 0 ? markup`<th scope="rowgroup" rowspan="${groups.length}">${a}</th>` : NOTHING}<td>${same.map(({ b }) => b).join(', ')}</td><td class="number">${coin(units, decimals)}</td></tr>`,
      )}</tbody>`
    }),
  })
}

/** The rules in the order of the catalogue, for a reader who asks what a name in these tables means. */
export function ruleNames({ divergence }: ReportSubject): Markup {
  if (divergence === null) return NOTHING
  const used = rules.filter(({ id }) => divergence.rules.includes(id))
  return table({
    caption: 'The rules compared',
    columns: [
      { title: 'Rule', width: '20%' },
      { title: 'Legal name and definition' },
      { title: 'Source', width: '32%' },
    ],
    bodies: used.map(
      ({ id, version, legalName, definition, source }) =>
        markup`<tr><th scope="row">${id}<br><span class="aside">version ${version}</span></th><td><strong>${legalName}.</strong> ${definition}</td><td>${source}</td></tr>`,
    ),
  })
}
