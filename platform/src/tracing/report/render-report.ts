/**
 * The report of a trace: records in, files out.
 *
 * `index.html` holds everything a reader needs and asks for nothing: no script, no font, no picture from elsewhere. The
 * tables and pictures beside it are complete. Equal records give equal bytes.
 */
import { checkContinuationAlone } from '../verify-continuation.ts'
import { checkAlone } from '../verify-record.ts'
import { answerSection, gradeBanner } from './answer-section.ts'
import { basisSection } from './basis-section.ts'
import { continuationSection } from './continuation-section.ts'
import { flowSection } from './flow-section.ts'
import { ledgerSection } from './ledger-section.ts'
import { label, type Markup, machine, markup } from './markup.ts'
import { utc } from './measures.ts'
import { reportFiles } from './report-files.ts'
import { type ReportInput, type ReportSubject, subjectOf } from './report-input.ts'
import { ruleNames, ruleSection } from './rule-section.ts'
import { reportStyle } from './style.ts'
import { tablesSection } from './tables-section.ts'

export const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

const HEADINGS = [
  'The question and the answer',
  'The rule',
  'The flow',
  'The ledger of the trace',
  'The complete tables',
  'What this rests on',
] as const
const BEYOND = 'Over bridges to other chains'

/**
 * Renders the files of a report, by file name: `index.html`, and for each rule `flow-RULE.svg`, `positions-RULE.csv`,
 * `flow-RULE.csv`, `split-RULE.csv`, `annotations-RULE.csv` and `blocks-RULE.csv`; `seeds.csv`; `divergence.csv` where
 * rules are compared; of traces beyond bridges the files of a report on account chains, by `CHAIN-RULE`. Records that do not belong together are refused (`Stop`: REPORT_RECORDS_DIFFER).
 *
 * @example
 * for (const [name, text] of renderReport({ records, title: 'Case 12/2026' })) writeFileSync(join(folder, name), text)
 */
export function renderReport(input: ReportInput): ReadonlyMap<string, string> {
  const subject = subjectOf(input)
  const files = reportFiles(subject)
  return new Map([['index.html', page(subject, files)], ...files.all.map(({ name, text }) => [name, text] as const)])
}

function page(subject: ReportSubject, files: ReturnType<typeof reportFiles>): string {
  const { main, records } = subject
  const falsehoods = records.flatMap((record) =>
    [...checkAlone(record), ...checkContinuationAlone(record)]
      .filter(({ verdict }) => verdict === 'fails')
      .map(({ name, detail }) => `${record.rule.id}: ${name}: ${detail}`),
  )
  const headings = main.result.bridgePayments === undefined ? HEADINGS : [...HEADINGS, BEYOND]
  const style: Markup = { source: reportStyle(subject.title, main.digest) }
  return `<!doctype html>
${
  markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${subject.title}: report of a trace</title>
<style>${style}
</style>
</head>
<body>
<main>
<header>
<p class="kind">Report of a trace of ${main.asset.symbol}</p>
<h1>${label(subject.title)}</h1>
<dl class="facts">
<div><dt>Rule</dt><dd>${main.rule.legalName}</dd></div>
<div><dt>Chain</dt><dd>${machine(main.chain)}</dd></div>
<div><dt>As of</dt><dd>block ${main.asOf.height}, ${utc(main.asOf.time)}</dd></div>
<div><dt>Record</dt><dd>${machine(main.digest)}</dd></div>
</dl>
</header>
${gradeBanner(subject, falsehoods)}
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${headings.map((heading, index) => markup`<li><a href="#s${index + 1}">${heading}</a></li>`)}</ol></nav>
${answerSection(subject)}
${ruleSection(subject, files.divergence)}
${ruleNames(subject)}
${flowSection(main, files.picture, files.names)}
${ledgerSection(main)}
${tablesSection(subject, files)}
${basisSection(subject, files, [...checkAlone(main), ...checkContinuationAlone(main)])}
${continuationSection(main, files)}
</main>
</body>
</html>`.source
}
`
}
