/** What the pages are served with, and that their texts, scripts and markup agree; what they do is shown in a real browser. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '../../kernel/index.ts'
import { type TestNode, testNode } from '../testing/test-node.ts'
import { madeModules, pageFiles, pageRoutes, pages } from './page-list.ts'
import { renderPage } from './render-page.ts'

const folder = new URL('./files/', import.meta.url)
const file = (name: string) => readFileSync(fileURLToPath(new URL(name, folder)), 'utf8')
const texts = JSON.parse(file('texts.json')) as Readonly<Record<string, string>>

describe('over HTTP', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode()
  })

  test.each(pageRoutes.map(({ path }) => path))(
    '%s lets scripts of the node alone run, and nobody frame it',
    async (path) => {
      const { status, headers } = await node.send('GET', path)
      expect(status).toBe(200)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy.split('; ').sort()).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "require-trusted-types-for 'script'",
        "script-src 'self'",
        "style-src 'self'",
        "trusted-types 'none'",
      ])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe(path.startsWith('/page/') ? 'no-cache' : 'no-store')
    },
  )

  test('a file that the browser has is not sent again, and a file that is not listed is not there', async () => {
    const { headers } = await node.send('GET', '/page/page.css')
    const etag = headers.get('etag') ?? ''
    expect((await node.send('GET', '/page/page.css', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await node.send('GET', '/page/page.css', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    for (const path of ['/page/texts.json', '/page/frame.html', '/page/../page-routes.ts', '/page/%2e%2e/page-list.ts'])
      expect((await node.send('GET', path)).status, path).toBe(404)
  })

  test('a session is told of itself, nobody of none, and a suspended person of none', async () => {
    const ada = await node.newcomer('administrator')
    const ben = await node.newcomer('auditor')
    const told = await node.read(ben.token, '/v1/session')
    expect(told.body.session).toMatchObject({ personId: ben.personId, role: 'auditor', signedInBy: 'device-bound' })
    expect((await node.send('GET', '/v1/session')).body).toEqual({ session: null })
    expect((await node.change(ada.token, '/v1/person/suspend', { personId: ben.personId }, 1)).status).toBe(200)
    expect((await node.read(ben.token, '/v1/session')).body).toEqual({ session: null })
  })
})

test('every file of the folder is served, or made into a page', () => {
  const used = new Set<string>([
    ...pageFiles,
    ...pages.map(({ name }) => `${name}.html`),
    ...madeModules.map((name) => name.replace('.js', '.d.ts')),
    ...['frame.html', 'texts.json'],
  ])
  expect(readdirSync(folder).filter((name) => !used.has(name))).toEqual([])
})

test('every text that is asked for is in the table, and every text of the table is asked for', () => {
  const asking = readdirSync(folder)
    .filter((name) => /\.(js|html)$/.test(name))
    .map(file)
    .join('\n')
  const named = [...asking.matchAll(/\{\{([a-z][a-z.-]+)\}\}|(?:text|said)\('([a-z.-]+)'/g)].map(
    ([, a, b]) => a ?? b ?? '',
  )
  expect(named.filter((key) => key !== 'title' && texts[key] === undefined)).toEqual([])
  // Keys whose end is put in when they are asked for.
  const begun = [...asking.matchAll(/text\(`([a-z.-]+)\$\{/g)].map(([, start]) => start ?? '')
  const known = new Set([...named, ...pages.map(({ name }) => `${name}.title`)])
  const ternary = [...asking.matchAll(/'([a-z-]+\.[a-z.-]+)'/g)].map(([, key]) => key ?? '')
  for (const key of ternary) known.add(key)
  expect(Object.keys(texts).filter((key) => !known.has(key) && !begun.some((start) => key.startsWith(start)))).toEqual(
    [],
  )
})

test('what is put into a page is text, whatever it holds', () => {
  const facts = { node: '{{@agency}}', agency: `<script>"'&`, publicUrl: 'http://localhost', hasProvider: false }
  const page = renderPage('prove', { frame: file('frame.html'), fragment: file('prove.html') }, texts, facts)
  expect(page).toContain('&lt;script&gt;&quot;&#39;&amp;')
  expect(page).toContain('<bdi>{{@agency}}</bdi>')
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(() => renderPage('prove', { frame: '{{no.such}}', fragment: '' }, texts, facts)).toThrow('no text for no.such')
})

test('the page digests what the node digests: canonical JSON is written twice, and is the same', async () => {
  const twin = (await import(new URL('canonical.js', folder).href)) as { canonicalJson: (value: Json) => string }
  const value = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('json'), { maxKeys: 4 }),
    ),
  })).json as fc.Arbitrary<Json>
  fc.assert(
    fc.property(value, (json) => {
      expect(twin.canonicalJson(json)).toBe(canonicalJson(json))
    }),
    { numRuns: 2000 },
  )
  expect(() => twin.canonicalJson(0.5)).toThrow('not a whole number')
})
