/**
 * Writes docs/errors.md from the lists of codes of the rooms: `node scripts/write-errors.ts`.
 * platform/tests/error-codes.test.ts fails where the file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { caseworkCodes } from '../platform/src/casework/index.ts'
import { letterCodes } from '../platform/src/casework/letter/index.ts'
import { chainsCodes } from '../platform/src/chains/index.ts'
import { cliCodes } from '../platform/src/cli/codes.ts'
import { custodyCodes } from '../platform/src/evidence/custody/index.ts'
import { formatsCodes } from '../platform/src/evidence/formats/index.ts'
import { evidenceCodes } from '../platform/src/evidence/index.ts'
import { vaultCodes } from '../platform/src/evidence/vault/index.ts'
import { directoryCodes } from '../platform/src/exchange/directory/index.ts'
import { exchangeCodes } from '../platform/src/exchange/index.ts'
import { togetherCodes } from '../platform/src/exchange/together/index.ts'
import { ioCodes } from '../platform/src/io/codes.ts'
import { type CodeEntry, kernelCodes } from '../platform/src/kernel/index.ts'
import { legalCodes } from '../platform/src/legal/index.ts'
import { nodeCodes } from '../platform/src/node/codes.ts'
import { tracingCodes } from '../platform/src/tracing/index.ts'
import { workflowsCodes } from '../platform/src/workflows/index.ts'

export type CatalogueEntry = CodeEntry & { readonly room: string }

/** Every code in use, in the order of the document. Codes that stand twice are not hidden: the test looks for them. */
export const catalogue: readonly CatalogueEntry[] = [
  ...ofRoom('kernel', kernelCodes),
  ...ofRoom('chains', chainsCodes),
  ...ofRoom('tracing', tracingCodes),
  ...ofRoom('evidence', evidenceCodes),
  ...ofRoom('casework', letterCodes),
  ...ofRoom('casework', caseworkCodes),
  ...ofRoom('evidence', custodyCodes),
  ...ofRoom('evidence', vaultCodes),
  ...ofRoom('evidence', formatsCodes),
  ...ofRoom('legal', legalCodes),
  ...ofRoom('exchange', exchangeCodes),
  ...ofRoom('exchange', directoryCodes),
  ...ofRoom('exchange', togetherCodes),
  ...ofRoom('workflows', workflowsCodes),
  ...ofRoom('io', ioCodes),
  ...ofRoom('node', nodeCodes),
  ...ofRoom('cli', cliCodes),
].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))

/** Codes that nothing gives any more. They stay here for good, so that none of them is ever given another meaning. */
export const retiredCodes: readonly { readonly code: string; readonly meaning: string; readonly retiredIn: string }[] =
  []

export function errorsDocument(): string {
  const rows = catalogue.map(
    ({ code, meaning, fix, room }) => `| \`${code}\` | ${cell(meaning)} | ${cell(fix)} | ${room} |`,
  )
  const retired = retiredCodes.map(
    ({ code, meaning, retiredIn }) => `| \`${code}\` | ${cell(meaning)} | ${cell(retiredIn)} |`,
  )
  return `# Codes of refusals and defects

When Comity refuses something, or finds a flaw in data that it keeps, it says so with one of these codes; the sentence beside the code names the place and what can be done there. A code keeps its meaning for ever, so that scripts and case files may rely on it.

A refusal ends a command with exit code 1 (2 where the command line itself is wrong, 3 for a fault of Comity); a defect is recorded with its source, and the rest of the source is kept (\`comity chain defects\`, \`comity tags import --json\`).

${rows.length} codes. "Room" is the part of \`platform/src\` whose \`codes.ts\` lists the code.

| Code | Meaning | What to do | Room |
|---|---|---|---|
${rows.join('\n')}

## Retired

A code that nothing gives any more moves here, with its meaning and the version that retired it, and is never used again.

${retired.length === 0 ? 'None yet.' : `| Code | Meaning | Retired in |\n|---|---|---|\n${retired.join('\n')}`}

<!-- Written by scripts/write-errors.ts from the lists of the rooms. Do not edit. -->
`
}

function ofRoom(room: string, codes: readonly CodeEntry[]): CatalogueEntry[] {
  return codes.map((entry) => ({ ...entry, room }))
}

/** A vertical line would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}

const here = fileURLToPath(import.meta.url)
if (process.argv[1] === here) writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsDocument())
