/** A trace record is known by what it says of itself. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { traceIn } from './trace-in-file.ts'

const record = readFileSync(new URL('../../../samples/traces/colonial-service-fifo.json', import.meta.url), 'utf8')

test('a trace record is found, with the tool that made it', () => {
  expect(traceIn(record)).toEqual({ tool: JSON.parse(record).engine })
})

test.each([
  ['other JSON', '{"format":"comity-dossier"}'],
  ['a list', '[{"format":"comity-trace/1"}]'],
  ['a text that speaks of one', 'format: comity-trace/1'],
  ['half a record', record.slice(0, 200)],
  ['nothing', ''],
])('%s is none', (_, text) => {
  expect(traceIn(text)).toBeNull()
})

test('a record that names no tool leaves it to whoever brings it', () => {
  expect(traceIn('{"format":"comity-account-trace/1","engine":{"name":7}}')).toEqual({
    tool: { name: '', version: '' },
  })
})
