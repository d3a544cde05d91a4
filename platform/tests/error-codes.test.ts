/** The catalogue of codes, the source that gives them and docs/errors.md say the same. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogue, errorsDocument, retiredCodes } from '../../scripts/write-errors.ts'
import { repository } from './run-comity.ts'

/** Words in capitals that are no codes of ours, each with what it is. */
const notCodes: Readonly<Record<string, string>> = {
  COMITY_IMPORT_BATCH: 'an environment variable',
  CSV_QUOTE_NOT_CLOSED: 'what csv-parse says',
  ERR_BUFFER_TOO_LARGE: 'what the unpacking of Node.js says',
  NON_DELIVERED: 'a kind of receipt',
  PG_VERSION: 'a file that PostgreSQL writes',
  RESOURCE_EXHAUSTION: 'what the YAML parser says',
}

/** Tests and their stand-ins, the lists themselves, and the words of the law (`vocabulary.ts`) give no code. */
const noSource = /(\.test\.ts|codes\.ts|\/vocabulary\.ts|\/testing\/.*)$/

const sources = globSync('platform/src/**/*.ts', { cwd: repository })
  .filter((path) => !noSource.test(path))
  .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }))

const listed = new Set(catalogue.map(({ code }) => code))

it('no code stands in two lists, or twice in one', () => {
  const codes = catalogue.map(({ code }) => code)
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})

it('every code has the form of a code, a meaning and something to do', () => {
  for (const { code, meaning, fix } of catalogue) {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
    for (const sentence of [meaning, fix]) expect(sentence, code).toMatch(/^\S[\s\S]*[.!?]$/)
  }
})

it('every code of the source is in its list', () => {
  const used = sources.flatMap(({ path, text }) => [
    ...[...text.matchAll(/\b(?:refuse|stop)\(\s*'([^']+)'/g), ...text.matchAll(/\bcode: '([A-Z][^']*)'/g)].map(
      ([, code]) => ({ path, code }),
    ),
    // A code may reach `refuse` through a function of the file, so that any such word counts.
    ...[...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code]) => ({ path, code })),
  ])
  expect(used.length).toBeGreaterThan(200)
  expect(used.filter(({ code = '' }) => !listed.has(code) && !(code in notCodes))).toEqual([])
})

it('every code of the lists is given somewhere in the source', () => {
  const unused = catalogue.filter(({ code }) => !sources.some(({ text }) => text.includes(`'${code}'`)))
  expect(unused.map(({ code, room }) => `${code} (${room})`)).toEqual([])
})

it('every room that has a list of codes is in the catalogue', () => {
  const lists = globSync('platform/src/**/*codes.ts', { cwd: repository })
  const inLists = lists.flatMap((path) =>
    [...readFileSync(join(repository, path), 'utf8').matchAll(/\bcode:\s*'([A-Z0-9_]+)'/g)].map(
      ([, code]) => code ?? '',
    ),
  )
  expect(inLists.filter((code) => !listed.has(code))).toEqual([])
  expect(new Set(inLists)).toEqual(listed)
})

it('a retired code is never used again', () => {
  expect(
    retiredCodes.filter(({ code }) => listed.has(code) || sources.some(({ text }) => text.includes(`'${code}'`))),
  ).toEqual([])
})

it('docs/errors.md is what scripts/write-errors.ts writes', () => {
  expect(
    readFileSync(join(repository, 'docs/errors.md'), 'utf8') === errorsDocument(),
    'run: node scripts/write-errors.ts',
  ).toBe(true)
})
