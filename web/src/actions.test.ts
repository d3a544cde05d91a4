/** Whatever a node can do can be done in a browser: each of its actions is called by a screen. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('.', import.meta.url))

/** What is asked for as a file, at an address of its own, and where the app does so. */
const files: Readonly<Record<string, string>> = {
  caseExport: 'case/bundle',
  exhibitPreview: 'exhibit/preview',
  handOutFetch: 'hand-out/bag',
  requestLetter: 'request/letter',
}
/** For whoever writes programs. */
const forPrograms = ['openapiRead']

test('every action of a node is used by the app', () => {
  const calls = readFileSync(`${source}shared/api.ts`, 'utf8')
  const names = [...calls.matchAll(/^ {4}(\w+): \(input/gm)].map(([, name]) => name ?? '')
  expect(names.length).toBeGreaterThan(280)
  const app = globSync('**/*.{ts,tsx}', { cwd: source })
    .filter((path) => !path.endsWith('.test.ts') && path !== 'shared/api.ts')
    .map((path) => readFileSync(`${source}${path}`, 'utf8'))
    .join('\n')
  const words = new Set(app.match(/\w+/g))
  const unused = names.filter((name) => !words.has(name) && !forPrograms.includes(name))
  expect(unused.filter((name) => !(name in files))).toEqual([])
  for (const name of unused) expect(app, `${name} at its address`).toContain(files[name])
})
