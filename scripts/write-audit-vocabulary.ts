/**
 * Writes docs/spec/audit-vocabulary.md from the actions of the node: `node scripts/write-audit-vocabulary.ts`.
 * platform/tests/node-documents.test.ts fails where the file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeEvents } from '../platform/src/node/audit-events.ts'

export const AUDIT_VOCABULARY = 'docs/spec/audit-vocabulary.md'

export function vocabularyText(): string {
  const rows = nodeEvents().map(({ name, meaning, by }) => {
    const writers = by.length === 0 ? 'the node itself' : by.map((action) => `\`${action}\``).join(' ')
    return `| \`${name}\` | ${meaning.replaceAll('|', '\\|')} | ${writers} |`
  })
  return `# Audit vocabulary

Every act at a node leaves an event in its journal under one of these names: what was changed, what was read, what was denied, who signed in. A name keeps its meaning for ever. The door refuses to commit an event that its action does not declare.

A leaf of the journal shows the name, the kind of record, the time, and a commitment to the rest; who acted, on what and why is sealed under the key of the case ([evidence/journal](../../platform/src/evidence/journal)).

| Event | Meaning | Written by |
|---|---|---|
${rows.join('\n')}

<!-- Written by scripts/write-audit-vocabulary.ts from the actions of the node. Do not edit. -->
`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL(`../${AUDIT_VOCABULARY}`, import.meta.url), vocabularyText())
