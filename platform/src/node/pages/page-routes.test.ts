/** What the node shows to everybody, and with what it is served; what the screens do is shown in a real browser. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { type TestNode, testNode } from '../testing/test-node.ts'
import { appPaths, pageFiles, pageRoutes, shortcuts } from './page-list.ts'
import { pageLanguage, pageLanguages, readCatalogues, renderPublicPage } from './public-page.ts'
import { nothingPublished, type PublicState } from './public-state.ts'

const folder = fileURLToPath(new URL('./files/', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const catalogues = readCatalogues()

const published: PublicState = {
  logKey: 'test.example/comity+b1757b20+AaDC',
  newest: { size: '12', root: 'HXvSxV4zPMvedOx=', note: 'test.example/comity\n12\nHXvSxV4zPMvedOx=\n', witnesses: [] },
  cosigned: {
    ...{ size: '11', root: 'cosigned-root=', note: 'note' },
    witnesses: [{ agency: 'Witness <b>One</b>', at: '2026-11-25T10:00:00.000Z' }],
  },
  anchors: [{ authority: 'tsa', size: 10, at: '2026-11-25T09:00:00.000Z' }],
  directory: {
    ...{ digest: 'd'.repeat(64), until: '2026-12-01T00:00:00.000Z', members: 3, agency: 'nl.test' },
    entry: {
      ...{ revision: 1, id: 'nl.test', name: 'Test <script>alert(1)</script>', country: 'NL', kind: 'prosecutor' },
      ...{ endpoint: 'https://node.test.example', tlsPins: ['a'.repeat(64)], journalKey: 'journal-key', oprfKeys: [] },
      signingKeys: [{ keyid: 'b'.repeat(64), publicKey: 'c'.repeat(64), from: '2026-01-01T00:00:00Z', until: null }],
      hpkeKeys: [{ keyid: 'e'.repeat(64), publicKey: 'f'.repeat(64), from: '2026-01-01T00:00:00Z', until: null }],
      witnessKey: null,
      contact: { hours: 'always', languages: ['nl'], dutyLine: '+31 20 000' },
      ...{ status: 'active', scopes: [{ messages: 'freeze.*', send: true, receive: false }], roles: [] },
      limits: { messagesPerMinute: 1, bytesPerDay: 1, oprfElementsPerDay: 1, openConnections: 1, attachmentBytes: 1 },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' },
    },
  },
}
const facts = {
  ...{ node: 'test.example/comity', agency: `<img src=x> "'&`, country: 'NL', publicUrl: 'http://localhost' },
  hasProvider: false,
}

describe('over HTTP', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode({ publicState: async () => published })
  })

  test.each(pageRoutes.map(({ path }) => path))(
    '%s lets scripts of the node alone run, and nobody frame it',
    async (path) => {
      const { status, headers } = await node.send('GET', path)
      const isApp = (appPaths as readonly string[]).includes(path)
      const isShort = shortcuts.some((name) => path === `/${name}`)
      expect(isApp ? [200, 503] : isShort ? [302] : [200]).toContain(status)
      const policy = headers.get('content-security-policy') ?? ''
      const scripts = path === '/' ? "'none'" : "'self'"
      for (const rule of [
        "base-uri 'none'",
        `connect-src ${scripts}`,
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        `script-src ${scripts}`,
        "style-src 'self'",
        isApp ? 'trusted-types comity-worker' : "trusted-types 'none'",
      ])
        expect(policy.split('; ')).toContain(rule)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe(
        path.startsWith('/page/') ? 'no-cache' : path === '/' ? 'public, max-age=60' : 'no-store',
      )
    },
  )

  test.each(shortcuts)('/%s leads to its screen, and to nowhere that the caller names', async (name) => {
    const { headers } = await node.send('GET', `/${name}?to=//example.org`)
    expect(headers.get('location')).toBe(`/app/${name}`)
  })

  test('a file that the browser has is not sent again, and a file that is not listed is not there', async () => {
    const { headers } = await node.send('GET', '/page/page.css')
    const etag = headers.get('etag') ?? ''
    expect((await node.send('GET', '/page/page.css', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await node.send('GET', '/page/page.css', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    for (const path of ['/page/messages/en.json', '/page/../page-routes.ts', '/page/%2e%2e/page-list.ts'])
      expect((await node.send('GET', path)).status, path).toBe(404)
  })

  test('the public page is in the language of the browser, or in the one that was chosen', async () => {
    const languageOf = async (path: string, accepted: string) =>
      (await node.send('GET', path, { headers: { 'accept-language': accepted } })).headers.get('content-language')
    expect(await languageOf('/', 'nl, de;q=0.5, fr;q=0.8')).toBe('fr')
    expect(await languageOf('/?lang=ar', 'de')).toBe('ar')
    expect(await languageOf('/?lang=%3Cscript%3E', 'nl')).toBe('en-GB')
    expect((await node.send('GET', '/')).headers.get('vary')).toContain('accept-language')
  })

  test('what the node says of itself to everybody is five facts, and nothing of its people', async () => {
    const { body } = await node.send('GET', '/v1/public')
    expect(Object.keys(body).sort()).toEqual(['agency', 'country', 'hasProvider', 'node', 'publicUrl'])
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

test('every file of the folder is served, or is a catalogue of the page', () => {
  expect(
    readdirSync(folder).filter((name) => name !== 'messages' && !(pageFiles as readonly string[]).includes(name)),
  ).toEqual([])
  expect(readdirSync(`${folder}messages`).sort()).toEqual(pageLanguages.map(({ id }) => `${id}.json`).sort())
})

test('the languages of the page are those of the app', async () => {
  const app = readFileSync(`${root}web/src/shared/language/languages.ts`, 'utf8')
  for (const { id, name, direction, locale } of pageLanguages)
    expect(app).toContain(`{ id: '${id}', name: '${name}', direction: '${direction}', locale: '${locale}' }`)
  expect(app.match(/\{ id: '/g)).toHaveLength(pageLanguages.length)
})

test.each(pageLanguages.map(({ id }) => id))('%s has every word of the page, with the same places', (id) => {
  expect(Object.keys(catalogues[id])).toEqual(Object.keys(catalogues.en))
  const places = (text: string) => [...text.matchAll(/\{[a-z]+\}/g)].map(String).sort()
  for (const [name, text] of Object.entries(catalogues.en))
    expect(places(catalogues[id][name] ?? ''), name).toEqual(places(text))
  if (id !== 'en') expect(catalogues[id]['journal.text']).not.toBe(catalogues.en['journal.text'])
})

test.each(pageLanguages)('the page is whole in $id, whatever is known, and what others wrote is text', (language) => {
  const page = renderPublicPage(facts, published, language, catalogues)
  for (const told of ['d'.repeat(64), 'https://node.test.example', 'c'.repeat(64), 'freeze.*', 'cosigned-root=', 'tsa'])
    expect(page).toContain(told)
  expect(page).toContain(`dir="${language.direction}"`)
  expect(page).toContain('Witness &lt;b&gt;One&lt;/b&gt;')
  expect(page).toContain('Test &lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toMatch(/<script|<b>|<img src=x|undefined|\{[a-z]+\}/)
  const bare = renderPublicPage(facts, nothingPublished, language, catalogues)
  expect(bare).toContain(catalogues[language.id]['directory.none']?.replaceAll("'", '&#39;'))
  expect(bare).toContain(catalogues[language.id]['journal.none']?.replaceAll("'", '&#39;'))
})

test('the first wish of the browser that the page has is taken, and a wish of weight nought is none', () => {
  expect(pageLanguage(null, 'de-CH;q=0.3, zh-Hant;q=0.9').id).toBe('zh')
  expect(pageLanguage(null, 'fr;q=0, nl').id).toBe('en')
  expect(pageLanguage('xx', '').id).toBe('en')
})

test('the page has the colours of the app', () => {
  const colours = (css: string) =>
    Object.fromEntries([...css.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value]) => [name, value]))
  const tokens = readFileSync(`${root}web/src/shared/design/tokens.css`, 'utf8')
  const page = readFileSync(`${folder}page.css`, 'utf8')
  const [light = '', dark = ''] = tokens.split(':root[data-theme="dark"]')
  const [pageLight = '', pageDark = ''] = page.split('@media (prefers-color-scheme: dark)')
  expect(colours(light)).toMatchObject(colours(pageLight))
  expect(colours(dark.split(':root[')[0] ?? '')).toMatchObject(colours(pageDark.split('*,')[0] ?? ''))
  expect(Object.keys(colours(pageLight)).length).toBeGreaterThan(8)
})
