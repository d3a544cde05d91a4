/** vectors/directory: what another implementation runs, run here from the files. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  directoryVectors,
  MEMBER_SCHEMA,
  memberSchemaText,
  type Vector,
  vectorText,
} from '../../../../scripts/write-directory-vectors.ts'
import { textToBytes } from '../../kernel/index.ts'
import { newFollower } from './testing/keeper.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const paths = globSync('vectors/directory/{good,bad}/*.json', { cwd: root }).sort()
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Vector

/** Stated by hand, from the specification: how each bad story ends. A refusal, or the defect of a role or agency. */
const ends: Readonly<Record<string, string>> = {
  'a root signed by the old key only': 'DIRECTORY_UNSIGNED',
  'a root signed by the new key only': 'DIRECTORY_UNSIGNED',
  'a root that skips a version': 'DIRECTORY_VERSION',
  'an expired root': 'DIRECTORY_EXPIRED',
  'a root with a key under another id': 'DIRECTORY_KEY_TWICE',
  'a root with an id that is no hash of its key': 'DIRECTORY_KEY_MISNAMED',
  'a key id twice in a role': 'DIRECTORY_KEY_TWICE',
  'a signature twice': 'DIRECTORY_SIGNED_TWICE',
  'a timestamp signed by nobody of the role': 'DIRECTORY_UNSIGNED',
  'an older timestamp': 'DIRECTORY_ROLLBACK',
  'an expired timestamp': 'DIRECTORY_EXPIRED',
  'a timestamp that would last for years': 'DIRECTORY_LASTS_LONG',
  'a timestamp that runs out while nothing new comes': 'DIRECTORY_EXPIRED',
  'a timestamp that names an older snapshot': 'DIRECTORY_ROLLBACK',
  'a snapshot in place of a timestamp': 'DIRECTORY_TYPE',
  'a snapshot of another length than announced': 'DIRECTORY_HASH',
  'a snapshot of another hash than announced': 'DIRECTORY_HASH',
  'a snapshot that is not there': 'DIRECTORY_ABSENT',
  'a snapshot that forgets a role': 'DIRECTORY_ROLLBACK',
  'a snapshot that names older targets': 'DIRECTORY_ROLLBACK',
  'targets of another version than named': 'DIRECTORY_VERSION',
  'expired targets': 'DIRECTORY_EXPIRED',
  'targets with a path that is no member': 'DIRECTORY_MALFORMED',
  'a role whose name would need quoting': 'DIRECTORY_MALFORMED',
  'a file that is not canonical': 'DIRECTORY_NOT_CANONICAL',
  'a key twice in the JSON': 'JSON_DUPLICATE_KEY',
  'something beside signed and signatures': 'DIRECTORY_MALFORMED',
  'a file that is too large': 'DIRECTORY_TOO_LARGE',
  'a country that lists a member of another one': 'nl-de MEMBER_MISNAMED',
  'a country that hands on to another one': 'countries/de DIRECTORY_DELEGATION',
  'a delegation that is deeper than four': 'five DIRECTORY_DELEGATION',
  'a role that is not signed by its keepers': 'countries/nl DIRECTORY_UNSIGNED',
  'the file of one member in place of another': 'nl-thief MEMBER_MISNAMED',
  'a member whose file was exchanged': 'nl-fiod DIRECTORY_HASH',
  'a key that two members show': 'nl-one DIRECTORY_KEY_TWICE, nl-two DIRECTORY_KEY_TWICE',
  'a member that has not proven a key': 'nl-fiod MEMBER_UNPROVEN',
  'a firm that is let into everything': 'nl-exchange MEMBER_SCOPE_WIDE',
}

it('there is a vector for every ending, and an ending for every bad one', () => {
  const bad = paths.filter((path) => path.includes('/bad/')).map((path) => read(path).name)
  expect(bad.toSorted()).toEqual(Object.keys(ends).toSorted())
  expect(paths.length - bad.length).toBeGreaterThan(8)
})

it.for(paths.map((path) => [basename(path, '.json'), path] as const))('%s', async ([, path]) => {
  const vector = read(path)
  let files: Readonly<Record<string, string>> = {}
  const source = {
    fetch: async (name: string) => {
      const text = files[name]
      return text === undefined ? null : textToBytes(text)
    },
  }
  const node = newFollower({ source, files: new Map() })
  expect((await node.start(textToBytes(vector.root))).ok).toBe(true)
  let ending = ''
  for (const step of vector.steps) {
    files = step.files
    const report = await node.update(Date.parse(step.at))
    const edition = (await node.trusted()).editions.at(-1)
    const defects = Object.fromEntries([...(report.edition?.defects ?? [])].map(([of, { code }]) => [of, code]))
    expect({
      refusal: report.refusal?.code ?? null,
      digest: edition?.digest ?? null,
      members: [...(edition?.members.keys() ?? [])],
      defects,
    }).toEqual(step.expect)
    ending =
      report.refusal?.code ??
      Object.entries(defects)
        .map(([of, code]) => `${of} ${code}`)
        .join(', ')
  }
  expect(ending).toBe(path.includes('/bad/') ? ends[vector.name] : '')
})

it('the files are what scripts/write-directory-vectors.ts writes', async () => {
  const made = await directoryVectors()
  expect([...made.keys()].sort()).toEqual(paths)
  for (const [path, vector] of made)
    expect(readFileSync(join(root, path), 'utf8') === vectorText(vector), `run the script: ${path}`).toBe(true)
  expect(readFileSync(join(root, MEMBER_SCHEMA), 'utf8') === memberSchemaText(), 'run the script').toBe(true)
})

it('the example of docs/spec/directory.md is the vector of one country with one member', () => {
  const spec = readFileSync(join(root, 'docs/spec/directory.md'), 'utf8')
  const [step] = read('vectors/directory/good/one-country-one-member.json').steps
  if (!step) throw new Error('no step')
  expect(spec).toContain(step.expect.digest)
  for (const [name, text] of Object.entries(step.files)) {
    if (name.startsWith('1.') && name !== '1.countries.nl.json') continue
    expect(spec, name).toContain(`${name}`)
    if (!name.startsWith('members/')) expect(spec, name).toContain(JSON.parse(text).signatures[0].sig.slice(0, 16))
  }
})
