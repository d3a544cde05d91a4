/** What the result rests on, how it can be verified, and what it cannot say. */
import { heuristicsOfTrace, MEASURED_SAYS, measuredFigures, measuredOf } from '../measured.ts'
import type { TraceRecord } from '../record.ts'
import type { Check } from '../verify-record.ts'
import { sentence } from './answer-section.ts'
import { joined, label, type Markup, machine, markup, NOTHING, prose } from './markup.ts'
import { coinOf, count, counted, utc } from './measures.ts'
import type { ReportFiles } from './report-files.ts'
import type { ReportSubject } from './report-input.ts'
import { longTable, table } from './table.ts'
import { completenessWords, gradeWords, isBackward, limits } from './words.ts'

export function basisSection(subject: ReportSubject, files: ReportFiles, checks: readonly Check[]): Markup {
  const { main } = subject
  return markup`<section aria-labelledby="s6">
<h2 id="s6"><span class="no">6</span> What this rests on</h2>
<h3>6.1 Grade of the evidence</h3>
${grade(main)}
<h3>6.2 Sources of the data</h3>
${dataSources(main)}
<h3>6.3 Blocks</h3>
${blocks(main, files)}
<h3>6.4 Parameters and budgets</h3>
${parameters(main)}
<h3>6.5 The records, and how to verify them</h3>
${records(subject)}
${selfChecks(checks)}
<h3>6.6 Files beside this report</h3>
${companions(files)}
<h3>6.7 What this trace cannot say</h3>
<ul>${limits.map((limit) => markup`<li>${limit}</li>`)}</ul>
</section>`
}

function grade({ evidence, data }: TraceRecord): Markup {
  const words = gradeWords[evidence.grade]
  return markup`<p><strong>${words?.title ?? evidence.grade}.</strong> ${words?.meaning ?? ''}</p>${
    evidence.reasons.length === 0
      ? NOTHING
      : markup`<ul>${evidence.reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`
  }<p>${data.defects === 0 ? 'No defect was found in the imported data.' : `${counted(data.defects, 'defect')} of the imported data ${data.defects === 1 ? 'is' : 'are'} on record; see comity chain status.`}</p>`
}

function dataSources({ data, chain }: TraceRecord): Markup {
  return table({
    caption: `Imported sources of the chain ${chain}: all ${count(data.sources.length)}`,
    columns: [{ title: 'Source' }, { title: 'Format', width: '14%' }, { title: 'Bytes', kind: 'number', width: '16%' }],
    bodies:
      data.sources.length === 0
        ? [markup`<tr><td colspan="3">None is named in the record.</td></tr>`]
        : data.sources.map(
            ({ name, format, sha256, bytes }) =>
              markup`<tr><th scope="row">${label(name)}<br><span class="aside">SHA-256</span> ${machine(sha256)}</th><td>${format}</td><td class="number">${count(bytes)}</td></tr>`,
          ),
  })
}

function blocks(record: TraceRecord, files: ReportFiles): Markup {
  const { data, asOf } = record
  const coverage =
    data.complete.length === 0
      ? markup`<p>No stretch of blocks is complete in the data. “Unspent” is therefore said of nothing here: where no spend is seen, the data ends.</p>`
      : markup`<p>Complete stretches of blocks:</p><ul>${data.complete.map(({ from, to, completeness }) => markup`<li>${from} to ${to} (${counted(to - from + 1, 'block')}): ${completenessWords[completeness] ?? completeness}.</li>`)}</ul><p>Outside of these the ledger is known in part only.</p>`
  return markup`<p>Everything is said as of block ${asOf.height}${asOf.hash === null ? NOTHING : markup`, ${machine(asOf.hash)}`}, ${utc(asOf.time)}. ${
    isBackward(record) ? 'Nothing after it was looked at.' : 'A spend in a later block is not in this result.'
  }</p>${coverage}
${longTable({
  caption: 'Blocks on which the traced transactions stand',
  columns: [
    { title: 'Height', kind: 'number', width: '10%' },
    { title: 'Hash' },
    { title: 'Time', width: '19%' },
    { title: 'In the data', width: '20%' },
  ],
  rows: data.blocks,
  weight: () => 0n,
  file: files.blocks,
  draw: ({ height, hash, time, completeness }) =>
    markup`<tr><th scope="row" class="number">${height}</th><td>${hash === null ? 'not stated' : machine(hash)}</td><td>${utc(time)}</td><td>${completenessWords[completeness] ?? completeness}</td></tr>`,
})}`
}

function parameters(record: TraceRecord): Markup {
  const { parameters: asked } = record
  const lines: readonly (readonly [string, string])[] = [
    ['Direction', isBackward(record) ? 'backward: where the value came from' : 'forward: where the value went'],
    ['Fees', asked.followFees ? 'followed into the coinbase of their block' : 'end where they are paid'],
    ['Stop at service tags', asked.stopAtTags ? `yes, of confidence ${asked.minConfidence} or more` : 'no'],
    [
      'Stop at CoinJoins',
      asked.stopAtCoinJoin.length === 0 ? 'no' : `before a match of ${asked.stopAtCoinJoin.join(', ')}`,
    ],
    ['Most hops', asked.maxHops === null ? 'no limit' : count(asked.maxHops)],
    ['Least value followed', asked.minValue === null ? 'no limit' : coinOf(record, asked.minValue)],
    ['Most transactions', count(asked.maxTransactions)],
    ...(asked.maxPerAddress === undefined
      ? []
      : [['Most transactions of one address', count(asked.maxPerAddress)] as const]),
    [
      'Time window',
      asked.untilHeight === null
        ? 'to the block named above'
        : `${isBackward(record) ? 'down' : 'up'} to block ${asked.untilHeight}`,
    ],
    ['Transactions passed', count(record.data.transactions)],
  ]
  return markup`<dl class="facts">${lines.map(([name, text]) => markup`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`
}

function records({ records: all, recordFiles, main }: ReportSubject): Markup {
  return markup`<p>This report is drawn from the records below and adds nothing to them. Anyone who has the same data can run each trace again and must get the same bytes. The command says whether a record is unchanged, adds up, and gives the same result again:</p>
<pre>${joined(
    recordFiles.map((file) => markup`comity trace verify ${shellWord(file)}`),
    '\n',
  )}</pre>
${table({
  caption: `Records: all ${count(all.length)}`,
  columns: [{ title: 'Rule', width: '24%' }, { title: 'Digests (SHA-256)' }],
  bodies: all.map(
    ({ rule, digest, resultDigest }) =>
      markup`<tr><th scope="row">${rule.id}<br><span class="aside">version ${rule.version}</span></th><td><span class="aside">record</span> ${machine(digest)}<br><span class="aside">result</span> ${machine(resultDigest)}</td></tr>`,
  ),
})}
<p class="aside">Made by ${main.engine.name} ${main.engine.version}; format ${main.format}; asset ${main.asset.caip19}.</p>
<p class="aside">${MEASURED_SAYS}; ${measuredFigures.report}; figures of this release (SHA-256) ${machine(measuredFigures.digest)}.</p>${measured(all)}`
}

/** One figure of each heuristic at which these traces stop, or that matched on their way. */
function measured(records: ReportSubject['records']): Markup {
  const { heuristics } = measuredOf(records.flatMap(heuristicsOfTrace))
  if (heuristics.length === 0) return NOTHING
  return table({
    caption: 'How often the heuristics that were used here are right, as measured; none of them moves an amount',
    columns: [{ title: 'Heuristic', width: '34%' }, { title: 'Right', width: '34%' }, { title: 'Measured on' }],
    bodies: heuristics.map(
      ({ id, right, on }) =>
        markup`<tr><th scope="row">${id}</th><td>${right === null ? 'not measured' : `${right.share} [${right.low}–${right.high}] of ${right.of}`}</td><td>${on}</td></tr>`,
    ),
  })
}

function selfChecks(checks: readonly Check[]): Markup {
  return table({
    caption: 'What the record of this report says of itself, checked while the report was made',
    columns: [{ title: 'Check', width: '34%' }, { title: 'Verdict', width: '16%' }, { title: 'Detail' }],
    bodies: checks.map(
      ({ name, verdict, detail }) =>
        markup`<tr><th scope="row">${name}</th><td>${verdict === 'holds' ? '✓ holds' : verdict === 'fails' ? '✗ FAILS' : '– not checked'}</td><td class="loose">${prose(detail)}</td></tr>`,
    ),
  })
}

function companions(files: ReportFiles): Markup {
  return table({
    caption: 'Files made together with this page',
    columns: [{ title: 'File', width: '33%' }, { title: 'SHA-256' }, { title: 'Rows', kind: 'number', width: '10%' }],
    bodies: files.all.map(
      ({ name, sha256, rows }) =>
        markup`<tr><th scope="row"><a href="${name}">${name}</a></th><td>${machine(sha256)}</td><td class="number">${rows === null ? '–' : count(rows)}</td></tr>`,
    ),
    foot: markup`<tr><td colspan="3">In the tables an apostrophe stands before text that begins with = + - or @, so that no spreadsheet takes it for a formula; it is not part of the text. Spreadsheets keep 15 digits of a number: import the columns of base units as text.</td></tr>`,
  })
}

/** A file name as one word of a shell. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9._/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
