/** A single file says itself what it is. */
import { expect, it } from 'vitest'
import { kindOfText } from './kind-of-file.ts'

it.each([
  ['{"v":1,"type":"comity-dossier","items":[]}', 'dossier'],
  ['{"format":"comity-trace/1","engine":{}}', 'trace'],
  ['{"type":"bundle"}', 'unknown'],
  ['null', 'unknown'],
  ['%PDF-1.7', 'unknown'],
  ['', 'unknown'],
] as const)('%s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind)
})
