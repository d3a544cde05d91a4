/**
 * What a browser has to fetch, compressed: the first screen within 250 kB, the trace workbench within 120 kB more, the verifier within 306 kB;
 * and nothing that its policy refuses.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

type Chunk = {
  readonly file: string
  readonly isEntry?: boolean
  readonly src?: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const dist = fileURLToPath(new URL('../../../web/dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}manifest.json`, 'utf8')) as Record<string, Chunk>

/** Files that opening a chunk fetches: itself, what it imports at once, their styles. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`the build has no ${name}`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const style of chunk.css ?? []) found.add(style)
  for (const more of chunk.imports ?? []) filesOf(more, found)
  return found
}

const weigh = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`${dist}${file}`)).length, 0)

const named = (source: string) => {
  const name = Object.keys(manifest).find((one) => manifest[one]?.src === source)
  if (!name) throw new Error(`the build has no chunk of ${source}`)
  return name
}
const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? ''

/** The first screen is fetched with its language and with what anybody sees first. */
const first = new Set([...filesOf(entry), ...filesOf(named('src/today/today.tsx'))])

test.each(['en', 'fr', 'es', 'de', 'ar', 'zh'])('the first screen in %s is at most 250 kB', (language) => {
  const words = filesOf(named(`../virtual:messages/first/${language}`))
  const bytes = weigh(new Set([...first, ...words]))
  console.log(`${language}: ${Math.round(bytes / 1000)} kB`)
  expect(bytes).toBeLessThanOrEqual(250_000)
})

test.each(['src/trace/workbench.tsx', 'src/trace/story.tsx'])('%s is at most 120 kB more', (screen) => {
  const more = [...filesOf(named(screen))].filter((file) => !first.has(file))
  const bytes = weigh(more)
  console.log(`${screen}: ${Math.round(bytes / 1000)} kB more`)
  expect(bytes).toBeLessThanOrEqual(120_000)
})

/**
 * The verifier weighs 303 kB: the checks of all messages, X.509 and CMS for timestamps, ZIP. It answers whoever was handed evidence, often a
 * court or the defence over a slow line, and they read its code: a rule of cases or of law that comes in by a door it does not need is seen here.
 */
test('the verifier of bundles and dossiers is at most 306 kB', () => {
  const [worker, ...others] = globSync('assets/verify.worker-*.js', { cwd: dist })
  if (worker === undefined) throw new Error('the build has no verifier')
  expect(others).toEqual([])
  const bytes = weigh([worker])
  console.log(`verifier: ${Math.round(bytes / 1000)} kB`)
  expect(bytes).toBeLessThanOrEqual(306_000)
})

test('no script makes a script of a text, which the policy of the pages lets none do', () => {
  const scripts = globSync('**/*.js', { cwd: dist })
  expect(scripts.length).toBeGreaterThan(50)
  for (const script of scripts)
    expect(/\b(Function|eval)\(/.exec(readFileSync(`${dist}${script}`, 'utf8')), script).toBeNull()
})

/** The checks of all messages are large: pages that check none do not fetch them. */
test('what reads messages by their schemas is in the verifier alone', () => {
  const scripts = globSync('assets/*.js', { cwd: dist })
  const reading = scripts.filter((script) => readFileSync(`${dist}${script}`, 'utf8').includes('no check was made'))
  expect(reading).toEqual([expect.stringMatching(/^assets.verify\.worker-/)])
})
