/** What a trace on account chains rests on, how it can be verified, and what it cannot say. */
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { checkAccountAlone } from '../../accounts/verify-account-record.ts'
import { MEASURED_SAYS, measuredFigures } from '../../measured.ts'
import { sentence } from '../answer-section.ts'
import { companions, selfChecks, shellWord } from '../basis-section.ts'
import { joined, label, type Markup, machine, markup, NOTHING } from '../markup.ts'
import { count, counted, utc } from '../measures.ts'
import { longTable, table } from '../table.ts'
import { gradeWords } from '../words.ts'
import type { AccountReportFiles } from './account-files.ts'
import { amountOf } from './asset-amounts.ts'

/** What tracing on account chains cannot say, whatever the data. */
const limits: readonly string[] = [
  'It does not say who holds a key, nor who gave an order to pay. A ledger knows addresses, not persons.',
  'Units of one asset are alike. Which of the units at an address are “the same” is decided by the rule that was chosen, not by the chain.',
  'Conversions and crossings are statements with a tier and with the facts that carry them. Where none is known, value that comes to a contract of many stops there.',
  'Value that enters a mixer or a service is not followed: what comes out later may be that of others.',
  'The ledger knows no prices. What is received for several assets is divided between them alike.',
  'Accounts may have had more than the data shows where not every block from the first on is here; what the data shows counts as clean.',
  'It is said as of one block of each chain. Later payments, and a reorganisation, can change what is still at rest.',
]

export function gradeOf({ evidence: { grade } }: AccountTraceRecord): {
  readonly title: string
  readonly meaning: string
} {
  if (grade === 'secondary')
    return {
      title: 'Secondary',
      meaning: "The amounts are an analyst's figures and no ledger. They are never evidence.",
    }
  return gradeWords[grade]
}

export function accountBasisSection(
  main: AccountTraceRecord,
  records: readonly AccountTraceRecord[],
  files: AccountReportFiles,
): Markup {
  const { evidence, data, parameters, tagSet } = main
  const words = gradeOf(main)
  const lines: readonly (readonly [string, string])[] = [
    ['Assets in which seeds start', parameters.assets === 'all' ? 'all' : parameters.assets.join(', ')],
    ['Order within a block', parameters.sameTime],
    ['Stop at service tags', parameters.stopAtTags ? `yes, of confidence ${parameters.minConfidence} or more` : 'no'],
    ['Tags', tagSet === null ? 'not asked' : `${counted(tagSet.tags, 'tag')}, SHA-256 ${tagSet.digest}`],
    ['Most hops', parameters.maxHops === null ? 'no limit' : count(parameters.maxHops)],
    ['Least value followed', parameters.minValue === null ? 'no limit' : `${parameters.minValue} base units`],
    ['Most transactions', count(parameters.maxTransactions)],
    ['Window', `block ${parameters.sinceHeight} to ${parameters.untilHeight ?? 'the block named above'}`],
    [
      'Read',
      `${counted(data.transactions, 'transaction')}, ${counted(data.moves, 'move')}, ${counted(data.accounts, 'account')}`,
    ],
    ['Opening balances', data.openingBalances],
  ]
  return markup`<section aria-labelledby="s7">
<h2 id="s7"><span class="no">7</span> What this rests on</h2>
<h3>7.1 Grade of the evidence</h3>
<p><strong>${words.title}.</strong> ${words.meaning}</p>${evidence.reasons.length === 0 ? NOTHING : markup`<ul>${evidence.reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`}
<p>${data.defects === 0 ? 'No defect was found in the imported data.' : `${counted(data.defects, 'defect')} of the imported data on record; see comity chain status.`}</p>
${
  data.shortfalls.length === 0
    ? NOTHING
    : table({
        caption: 'Accounts that paid more than they are known to have had: the difference counts as clean',
        columns: [{ title: 'Address' }, { title: 'Amount', width: '34%' }],
        bodies: data.shortfalls.map(
          ({ address, asset, amount }) =>
            markup`<tr><th scope="row">${machine(address)}</th><td>${amountOf(asset, amount)}</td></tr>`,
        ),
      })
}
<h3>7.2 Sources of the data</h3>
${table({
  caption: `Imported sources: all ${count(data.sources.length)}`,
  columns: [
    { title: 'Source' },
    { title: 'Chain', width: '16%' },
    { title: 'Format', width: '14%' },
    { title: 'Bytes', kind: 'number', width: '14%' },
  ],
  bodies: data.sources.map(
    ({ name, sha256, chain, format, bytes }) =>
      markup`<tr><th scope="row">${label(name)}<br><span class="aside">SHA-256</span> ${machine(sha256)}</th><td>${chain}</td><td>${format}</td><td class="number">${count(bytes)}</td></tr>`,
  ),
})}
<h3>7.3 Blocks</h3>
${longTable({
  caption: 'Blocks on which the traced payments stand',
  columns: [
    { title: 'Chain', width: '16%' },
    { title: 'Height', kind: 'number', width: '12%' },
    { title: 'Hash' },
    { title: 'Time', width: '22%' },
  ],
  rows: data.blocks,
  weight: () => 0n,
  file: files.blocks,
  draw: ({ chain, height, hash, time }) =>
    markup`<tr><td>${chain}</td><th scope="row" class="number">${height}</th><td>${hash === null ? 'not stated' : machine(hash)}</td><td>${utc(time)}</td></tr>`,
})}
<h3>7.4 Parameters and budgets</h3>
<dl class="facts">${lines.map(([name, text]) => markup`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
<h3>7.5 The records, and how to verify them</h3>
<p>This report is drawn from the records below and adds nothing to them. Anyone who has the same data can run each trace again and must get the same bytes:</p>
<pre>${joined(
    records.map(({ rule }) => markup`comity trace verify ${shellWord(`trace-${rule.id}.json`)}`),
    '\n',
  )}</pre>
${table({
  caption: `Records: all ${count(records.length)}`,
  columns: [{ title: 'Rule', width: '24%' }, { title: 'Digests (SHA-256)' }],
  bodies: records.map(
    ({ rule, digest, resultDigest }) =>
      markup`<tr><th scope="row">${rule.id}<br><span class="aside">version ${rule.version}</span></th><td><span class="aside">record</span> ${machine(digest)}<br><span class="aside">result</span> ${machine(resultDigest)}</td></tr>`,
  ),
})}
<p class="aside">Made by ${main.engine.name} ${main.engine.version}; format ${main.format}.</p>
<p class="aside">${MEASURED_SAYS}; ${measuredFigures.report}; figures of this release (SHA-256) ${machine(measuredFigures.digest)}.</p>
${selfChecks(checkAccountAlone(main))}
<h3>7.6 Files beside this report</h3>
${companions(files)}
<h3>7.7 What this trace cannot say</h3>
<ul>${limits.map((limit) => markup`<li>${limit}</li>`)}</ul>
</section>`
}
