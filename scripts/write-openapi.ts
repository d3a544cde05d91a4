/**
 * Writes docs/spec/openapi.json from the actions of the node: `node scripts/write-openapi.ts`.
 * platform/tests/node-documents.test.ts fails where the file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allActions } from '../platform/src/node/actions.ts'
import { openApiDocument } from '../platform/src/node/http/openapi.ts'
import { formatted } from './formatted.ts'

export const OPENAPI = 'docs/spec/openapi.json'

export function openApiText(): string {
  return formatted(OPENAPI, JSON.stringify(openApiDocument(allActions()), null, 2))
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL(`../${OPENAPI}`, import.meta.url), openApiText())
