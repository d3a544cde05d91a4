/**
 * The trace workbench and the flow story, in a real browser at a real node: keeping a trace, following it in every view, taking back what
 * was done, and going from an end to the drafted request. Long, since one world serves all of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { largeRecord } from './large-record.ts'
import { looks, printed, settled, toldByColourAlone, visit } from './screen-checks.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

const samples = join(import.meta.dirname, '../../../samples/traces')
const recordOf = (rule: string) => readFileSync(join(samples, `colonial-service-${rule}.json`), 'utf8')
const fifo = JSON.parse(recordOf('fifo'))
const SERVICE = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'

type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string

/** Words of the catalogue in a language; places are filled, and plurals are not asked of it. */
function wordsOf(language: string): Say {
  const rooms = ['app', 'shared', 'trace'].map((room) =>
    JSON.parse(readFileSync(join(import.meta.dirname, `../../../web/src/${room}/messages/${language}.json`), 'utf8')),
  )
  const all: Readonly<Record<string, string>> = Object.assign({}, ...rooms)
  return (id, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, `${value}`), all[id] ?? id)
}

describe.skipIf(findChromium() === null)('the trace workbench', () => {
  let world: World
  let ines: User
  let caseId: string
  let traceId: string
  const at = (rest = '') => `/cases/${caseId}/traces${rest}`

  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    caseId = await caseOf(world, ines, 'The ransom of May', [])
    ines.page.setDefaultTimeout(12_000)
  })
  afterAll(() => world?.close())
  afterEach(() => expect(ines.wrongs.splice(0)).toEqual([]))

  it('teaches how a trace comes here, keeps its file as it is, and opens it', async () => {
    const page = await open(ines, world.at, at())
    await page.getByText('No trace is kept in this case yet.').waitFor()
    await page.getByRole('button', { name: 'Keep in the case' }).click()
    await page.getByText('Choose the file of a trace record.').waitFor()
    await page.getByLabel('Trace record', { exact: true }).setInputFiles(join(samples, 'colonial-service-fifo.json'))
    await page.getByRole('button', { name: 'Keep in the case' }).click()
    await page.getByRole('listbox').waitFor()
    traceId = /traces\/([^/?#]+)/.exec(page.url())?.[1] ?? ''
    const kept = await world.does(ines, 'trace.read', { id: traceId })
    expect(kept.digest).toBe(fifo.digest)
    expect(kept.record).toBe(recordOf('fifo'))
    // Nothing is lost between what is drawn and what is not.
    await page.getByText('adds up to the ledger').waitFor()
  })

  it('shows one selection in every view, and says of an end why it is one', async () => {
    const page = await open(ines, world.at, at(`/${traceId}?view=table`))
    const row = page.locator('tr', { hasText: 'Example Exchange' })
    await row.getByRole('button').click()
    const panel = page.locator('.trace-panel')
    await panel.getByText('Stopped at a service: a tag').waitFor()
    await panel.getByText(SERVICE).first().waitFor()
    await page.getByRole('tab', { name: 'Graph' }).click()
    await page.locator('.trace-card[data-selected]').waitFor()
    await page.getByRole('tab', { name: 'Flow' }).click()
    await page.locator('.trace-flow .trace-card[data-selected]').waitFor()
    const beyond = `(() => {
      const svg = document.querySelector('.trace-flow')
      return [...svg.querySelectorAll('text')].filter((one) => one.getBBox().x + one.getBBox().width > svg.viewBox.baseVal.width).map(({ textContent }) => textContent)
    })()`
    expect(await page.evaluate(beyond)).toEqual([])
    await page.getByRole('tab', { name: 'Time' }).click()
    await page.locator('.trace-time .trace-card[data-selected]').waitFor()
    // The scale says what a height stands for, and marks say what they are.
    await page.locator('.trace-scale-amount', { hasText: /^100 BTC$/ }).waitFor()
    await page.locator('.trace-dot-name', { hasText: /Example Exchange.*63\.699849 BTC/ }).waitFor()
    // And the other way round: what the time view selects is the row of the table.
    await page.locator('.trace-dot:not([data-selected])').first().dispatchEvent('click')
    await page.getByRole('tab', { name: 'Table' }).click()
    await page.getByLabel('Show', { exact: true }).selectOption('')
    await page.locator('tr[aria-selected="true"]').waitFor()
    const rows = await page.locator('table').getAttribute('aria-rowcount')
    expect(Number(rows) - 1).toBe(await nodesOf(page))
  })

  it('says what an expansion brings before it does, and takes back one act at a time', async () => {
    const page = await open(ines, world.at, at(`/${traceId}`))
    const cards = page.locator('.trace-svg .trace-card')
    await cards.first().waitFor()
    const before = await cards.count()
    await cards.nth(1).locator('g').first().click()
    await page.locator('.trace-panel').getByRole('button', { name: 'Hide', exact: true }).click()
    await expect.poll(() => cards.count()).toBe(before - 1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => cards.count()).toBe(before)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect.poll(() => cards.count()).toBe(before - 1)
    // What is hidden is "1 more" at its neighbour, and comes back to its place after the preview.
    await page.locator('.trace-pill').first().click()
    await page.getByText(/Brings 1 of 1/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Show 1 item' }).click()
    await expect.poll(() => cards.count()).toBe(before)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Take back the last expansion' }).click()
    await expect.poll(() => cards.count()).toBe(before - 1)
    // Kept in the browser: the same view is there after a reload, and its history with it.
    await page.reload()
    await page.getByText('This is your view as you left it.').waitFor()
    await expect.poll(() => cards.count()).toBe(before - 1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => cards.count()).toBe(before)
    await page.getByRole('button', { name: 'Begin anew' }).click()
  })

  it('gives pictures with digest and legend, tables, and the very bytes of the record', async () => {
    const page = await open(ines, world.at, at(`/${traceId}`))
    await page.locator('.trace-svg .trace-card').first().waitFor()
    const take = async (name: string) => {
      await page.getByRole('button', { name: 'Export' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ])
      return readFileSync(await download.path())
    }
    expect((await take('The trace record itself')).toString()).toBe(recordOf('fifo'))
    const svg = (await take('Picture (SVG)')).toString()
    expect(svg).toContain(fifo.digest)
    expect(svg).toContain('dashed: inferred by a named rule')
    expect(svg).toContain('stopAtTags=true')
    expect((await take('Picture (PNG)')).subarray(1, 4).toString()).toBe('PNG')
    const rows = (await take('Table of all steps (CSV)')).toString().trim().split('\r\n')
    expect(rows).toHaveLength((await nodesOf(page)) + 1)
  })

  it('compares the rules that the case has, and tells the story of the trace', async () => {
    for (const rule of ['haircut', 'pifo', 'poison'])
      await world.does(ines, 'trace.keep', { caseId, record: recordOf(rule) })
    const page = await open(ines, world.at, at(`/${traceId}?view=rules`))
    await page.getByText('All rules that share out agree at least on:').waitFor()
    await page.getByRole('link', { name: 'Proportional sharing' }).click()
    await page.getByRole('heading', { name: 'Trace: Proportional sharing' }).waitFor()
    await open(ines, world.at, at(`/${traceId}/story`))
    await page.getByText('equals what went in').waitFor()
    await page.getByText(fifo.rule.definition).waitFor()
  })

  it.each(['en', 'ar'])('leads from an end to the drafted request by keyboard alone, in %s', async (language) => {
    const say = wordsOf(language)
    const page = await open(ines, world.at, at())
    await page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
    await page.goto(`${world.at.origin}/app${at(`/${traceId}`)}`)
    const list = page.getByRole('listbox')
    await list.waitFor()
    await tabTo(page, "document.activeElement.getAttribute('role') === 'listbox'")
    await page.keyboard.press('End')
    const isAtEnd = `document.activeElement.querySelector('#' + CSS.escape(document.activeElement.getAttribute('aria-activedescendant'))).textContent.includes('Example Exchange')`
    for (let step = 0; step < 60 && !(await page.evaluate(isAtEnd)); step++) await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(isAtEnd)).toBe(true)
    await page.keyboard.press('Enter')
    const act = page.getByRole('button', { name: say('trace.act.open') })
    await act.waitFor()
    await tabTo(page, `document.activeElement.textContent === ${JSON.stringify(say('trace.act.open'))}`)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    const field = async (label: string) => {
      const found = dialog.getByLabel(label)
      await found.waitFor()
      await tabTo(page, `document.activeElement.id === '${await found.getAttribute('id')}'`)
    }
    await field(say('trace.act.country'))
    await choose(page, 'DE')
    await field(say('trace.act.offence'))
    await choose(page, 'ransomware')
    await field(say('trace.act.facts'))
    await page.keyboard.type('A company was extorted; the coins lie at the exchange.')
    await tabTo(page, `document.activeElement.textContent === ${JSON.stringify(say('trace.act.draft'))}`)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/requests\//)
    const id = /requests\/([^/?#]+)/.exec(page.url())?.[1] ?? ''
    const { request } = await world.does(ines, 'request.read', { id })
    expect(request.state).toBe('draft')
    expect(request.content.assets).toMatchObject([{ address: SERVICE, chain: fifo.chain }])
    expect(request.content.trace.recordDigest).toBe(fifo.digest)
    await page.evaluate("localStorage.setItem('comity.language', 'en')")
  })

  it.each(looks)('is right in %s, %s', async (...look) => {
    const wrong = await visit(
      ines.page,
      `${world.at.origin}/app`,
      [
        ['traces', at()],
        ['trace-graph', at(`/${traceId}`)],
        ['trace-flow', at(`/${traceId}?view=flow&node=0`)],
        ['trace-time', at(`/${traceId}?view=time`)],
        ['trace-table', at(`/${traceId}?view=table&node=3`)],
        ['trace-rules', at(`/${traceId}?view=rules`)],
        ['trace-story', at(`/${traceId}/story`)],
      ],
      look,
    )
    expect(wrong).toEqual([])
  })

  it('is printed dark on white whatever the screen is, and tells ends and certainty apart without colours', async () => {
    const { page } = ines
    await page.evaluate("localStorage.setItem('comity.theme', 'dark')")
    const wrong: string[] = []
    for (const [name, path] of [
      ['trace-graph', at(`/${traceId}`)],
      ['trace-flow', at(`/${traceId}?view=flow`)],
      ['trace-time', at(`/${traceId}?view=time`)],
      ['trace-story', at(`/${traceId}/story`)],
    ] as const) {
      await open(ines, world.at, path)
      await settled(page)
      wrong.push(...(await printed(page, `${name}-printed`)))
      wrong.push(...(await toldByColourAlone(page, '.trace-card', '.trace-title')))
      wrong.push(...(await toldByColourAlone(page, '.trace-link, .trace-band, .status')))
    }
    await page.evaluate('localStorage.clear()')
    expect(wrong).toEqual([])
  })

  it('explores a trace of 100,000 edges without holding the browser up', async () => {
    const { text, digest, edges } = largeRecord(500, 100)
    expect(edges).toBeGreaterThanOrEqual(100_000)
    const kept = await world.does(ines, 'trace.read', { id: traceId })
    // A node keeps records up to 20 MB: what lies here in its place is larger.
    await ines.page.route('**/v1/trace/read?*', (route) =>
      route.fulfill({ json: { ...kept, digest, record: text, retractedTags: [] } }),
    )
    // 300 at once, by a link: three to a hop.
    const shown = Array.from(
      { length: 300 },
      (_, one) => `${(500 + Math.floor(one / 3) * 500 + (one % 3)).toString(36)}.${one % 3}`,
    )
    const page = ines.page
    await page.addInitScript(
      'globalThis.stalls = []; new PerformanceObserver((list) => stalls.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" })',
    )
    await page.goto('about:blank')
    await page.goto(`${world.at.origin}/app${at(`/${traceId}`)}#view=1~${digest.slice(0, 12)}~~${shown.join('_')}~`)
    await page.locator('.trace-svg .trace-card').nth(299).waitFor({ timeout: 60_000 })
    await settled(page)
    const opening = (await page.evaluate('stalls.splice(0)')) as number[]
    const frames = (await page.evaluate(panning)) as number
    for (const view of ['Table', 'Flow', 'Time', 'Graph']) {
      await page.getByRole('tab', { name: view }).click()
      await page.locator('#trace-view').locator('table, svg').first().waitFor()
    }
    const exploring = (await page.evaluate('stalls.splice(0)')) as number[]
    console.info(
      `trace of ${edges} edges: ${Math.round(frames)} frames a second over a pan of 300 items; longest tasks ${Math.round(Math.max(0, ...opening))} ms opening, ${Math.round(Math.max(0, ...exploring))} ms exploring`,
    )
    // Machines of tests are shared: what is asserted leaves them room, what was measured is above.
    expect(frames).toBeGreaterThan(12)
    expect(Math.max(0, ...exploring)).toBeLessThan(600)
    await page.unroute('**/v1/trace/read?*')
  })
})

async function nodesOf(page: Page): Promise<number> {
  return (await page.evaluate(
    "fetch('/v1/trace/read?id=' + location.pathname.split('/')[5]).then((answer) => answer.json()).then(({ record }) => { const { seeds, result } = JSON.parse(record); return new Set(seeds.map(({ label }) => label)).size + result.flow.length + result.positions.length })",
  )) as number
}

/** By the tab key alone, until this holds in the page. */
async function tabTo(page: Page, isThere: string): Promise<void> {
  for (let presses = 0; presses < 90; presses++) {
    if (await page.evaluate(isThere)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the tab key does not lead there')
}

/** In the list that has the focus, by keys: down until the value is there. */
async function choose(page: Page, value: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if ((await page.evaluate('document.activeElement.value')) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`${value} is not in the list`)
}

/** Drags the picture about for a second and a half, and answers how many frames a second were drawn. */
const panning = `new Promise((done) => {
  const stage = document.querySelector('.trace-stage')
  const at = (type, x) => (type === 'pointerdown' ? stage : window).dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX: x, clientY: 300 + x / 5, bubbles: true }))
  let [frames, begun] = [0, 0]
  at('pointerdown', 600)
  const step = (now) => {
    begun ||= now
    frames += 1
    at('pointermove', 600 + Math.round(200 * Math.sin(frames / 8)))
    if (now - begun < 1500) requestAnimationFrame(step)
    else { at('pointerup', 600); done((frames * 1000) / (now - begun)) }
  }
  requestAnimationFrame(step)
})`
