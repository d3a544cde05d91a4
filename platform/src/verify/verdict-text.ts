/** The verdict in words, for whoever has to rely on it. */
import type { Part, Statement, Verdict } from '../evidence/index.ts'

const TITLES: Readonly<Record<Part, string>> = {
  names: 'Names of files',
  seal: 'Seal',
  files: 'Files',
  journal: 'Journal',
  exhibits: 'Exhibits and their custody',
  requests: 'Requests and approvals',
  timestamps: 'Time-stamps',
  traces: 'Trace records',
}

const RESULTS: Readonly<Record<Verdict['result'], string>> = {
  'all checked': 'Everything that this bundle states was checked and is right.',
  'not all checked': 'Nothing is wrong, but not everything was checked. What was not, and why, is marked with "?".',
  wrong: 'SOMETHING IS WRONG. What, and in which file, is marked with "!".',
}

export function verdictText({ bundle, statements, limits, result }: Verdict): string {
  const head =
    bundle === null
      ? ['A bundle that does not say reliably what it is']
      : [`Bundle ${bundle.id} of ${bundle.from}, made ${bundle.at}`]
  const parts = Object.entries(TITLES).flatMap(([part, title]) => {
    const own = statements.filter((one) => one.part === part)
    return own.length === 0 ? [] : ['', title, ...own.flatMap(lines)]
  })
  const cannot = ['', 'Beyond this program', ...limits.map((limit) => `   ${limit}`)]
  return `${[...head, ...parts, ...cannot, '', RESULTS[result]].map(visible).join('\n')}\n`
}

function lines(statement: Statement): readonly string[] {
  if (statement.state === 'checked') return [` ✓ ${statement.says}`]
  if (statement.state === 'not-checked') return [` ? Not checked: ${statement.says}`, `     Why: ${statement.why}`]
  const { file, at } = statement.where
  return [
    ` ! WRONG: ${statement.says}`,
    `     Why: ${statement.why}`,
    `     Where: ${file}${at === null ? '' : `, ${at}`}`,
  ]
}

/** Text of a bundle must not move the cursor or turn the line round on the reader's screen. */
function visible(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`)
}
