/**
 * Writes vectors/attachments/vectors.json: `node scripts/write-attachment-vectors.ts`.
 * platform/src/exchange/attachments/vectors.test.ts opens what lies there, and fails where it is not what this writes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { attachmentVectors } from '../platform/src/exchange/attachments/testing/attachment-vectors.ts'

const folder = fileURLToPath(new URL('../vectors/attachments/', import.meta.url))

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}vectors.json`, `${JSON.stringify(await attachmentVectors(), null, 1)}\n`)
