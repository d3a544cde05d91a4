/**
 * The report of a trace on account chains: records in, files out, as render-report.ts does it for chains of outputs. What traced
 * value was converted in and crossed by stands in it with the facts and the logs that prove it.
 */
import { canonicalJson, type Json, stop } from '../../../kernel/index.ts'
import { type AccountDivergence, compareAccountRules } from '../../accounts/account-divergence.ts'
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { checkAccountAlone } from '../../accounts/verify-account-record.ts'
import { banner } from '../answer-section.ts'
import { tableFile } from '../companion.ts'
import { label, type Markup, machine, markup } from '../markup.ts'
import { utc } from '../measures.ts'
import { POLICY } from '../render-report.ts'
import { reportStyle } from '../style.ts'
import { accountBasisSection, gradeOf } from './account-basis.ts'
import { type AccountReportFiles, type AccountRuleFiles, filesOf } from './account-files.ts'
import {
  answerSection,
  flowSection,
  ledgerSection,
  linksSection,
  ruleSection,
  tablesSection,
} from './account-sections.ts'
import { accountDivergenceCsv, accountSeedsCsv } from './account-tables.ts'

export type AccountReportInput = {
  /** Records of the same seeds on the same chain, one for each rule. The first is the rule that the report is about. */
  readonly records: readonly AccountTraceRecord[]
  readonly title: string
}

const HEADINGS = [
  'The question and the answer',
  'The rule',
  'The flow',
  'Conversions, crossings and mixers',
  'The ledger of the trace',
  'The complete tables',
  'What this rests on',
] as const

/** `index.html` and beside it a picture and tables for each rule; equal records give equal bytes. */
export function renderAccountReport({ records, title }: AccountReportInput): ReadonlyMap<string, string> {
  const [main] = records
  if (!main)
    stop('REPORT_WITHOUT_RECORD', 'A report needs at least one trace record.', {
      fix: 'Run a trace first: comity trace run.',
    })
  refuseMixture(records)
  const divergence = records.length > 1 ? compareAccountRules(records) : null
  const seeds = tableFile('seeds.csv', accountSeedsCsv(main))
  const compared = divergence === null ? null : tableFile('divergence.csv', accountDivergenceCsv(divergence))
  const perRule = records.map((record) => filesOf(record, title))
  const all = [seeds, ...(compared ? [compared] : []), ...perRule.flatMap(({ list }) => list)]
  const files: AccountReportFiles = { ...(perRule[0] as AccountRuleFiles), seeds, divergence: compared, all }
  return new Map([
    ['index.html', page(main, records, title, divergence, files)],
    ...all.map(({ name, text }) => [name, text] as const),
  ])
}

function refuseMixture(records: readonly AccountTraceRecord[]): void {
  const asked = ({ chain, seeds, parameters, asOf }: AccountTraceRecord) =>
    canonicalJson({
      ...{ chain, parameters, asOf },
      // What set out depends on the rule no more than the seeds do.
      seeds: seeds.map(({ address, move, amount, label: of }) => ({ address, move, amount, label: of })),
    } as unknown as Json)
  const rules = records.map(({ rule }) => rule.id)
  const [main] = records
  const other = records.find((record) => main && asked(record) !== asked(main))
  const twice = rules.find((rule, index) => rules.indexOf(rule) !== index)
  if (!other && twice === undefined) return
  stop(
    'REPORT_RECORDS_DIFFER',
    other
      ? `The records under ${main?.rule.id} and ${other.rule.id} differ in chain, seeds, block or parameters; one report compares rules, all else equal.`
      : `Two records are under the rule ${twice}.`,
    { fix: 'Make one report for each question, of one record for each rule.' },
  )
}

function page(
  main: AccountTraceRecord,
  records: readonly AccountTraceRecord[],
  title: string,
  divergence: AccountDivergence | null,
  files: AccountReportFiles,
): string {
  const falsehoods = records.flatMap((record) =>
    checkAccountAlone(record)
      .filter(({ verdict }) => verdict === 'fails')
      .map(({ name, detail }) => `${record.rule.id}: ${name}: ${detail}`),
  )
  const style: Markup = { source: reportStyle(title, main.digest) }
  const chains = [...new Set([main.chain, ...main.data.sources.map(({ chain }) => chain)])]
  return `<!doctype html>
${
  markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}: report of a trace</title>
<style>${style}
</style>
</head>
<body>
<main>
<header>
<p class="kind">Report of a trace on chains of accounts</p>
<h1>${label(title)}</h1>
<dl class="facts">
<div><dt>Rule</dt><dd>${main.rule.legalName}</dd></div>
<div><dt>Chains</dt><dd>${chains.map((chain, at) => markup`${at === 0 ? '' : ', '}${machine(chain)}`)}</dd></div>
<div><dt>As of</dt><dd>block ${main.asOf.height} of ${machine(main.chain)}, ${utc(main.asOf.time)}</dd></div>
<div><dt>Record</dt><dd>${machine(main.digest)}</dd></div>
</dl>
</header>
${
  falsehoods.length > 0
    ? banner(
        'refused',
        'NOT EVIDENCE',
        'The record contradicts itself: it was changed after it was made, or does not add up.',
        falsehoods,
      )
    : main.evidence.grade === 'verified'
      ? ''
      : banner(main.evidence.grade, gradeOf(main).title, gradeOf(main).meaning, main.evidence.reasons)
}
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${HEADINGS.map((heading, index) => markup`<li><a href="#s${index + 1}">${heading}</a></li>`)}</ol></nav>
${answerSection(main)}
${ruleSection(main, divergence, files.divergence)}
${flowSection(main, files)}
${linksSection(main, files)}
${ledgerSection(main)}
${tablesSection(main, files)}
${accountBasisSection(main, records, files)}
</main>
</body>
</html>`.source
}
`
}
