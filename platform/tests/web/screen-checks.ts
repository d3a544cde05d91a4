/** What every screen must be: without a violation that axe finds, without an error, and with nothing asked of anybody else. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'
import { readMessages } from '../../../web/messages-plugin.ts'
import { nodeEvents } from '../../src/node/audit-events.ts'
import { offScreen } from '../pages/page-checks.ts'
import { differsFromReference } from './reference-pictures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const themes = ['light', 'dark', 'contrast'] as const

export type Look = readonly [language: 'en' | 'ar', theme: 'light' | 'dark']

/** In what every screen is looked at: by day, by night, and from right to left. */
export const looks = [
  ['en', 'light'],
  ['en', 'dark'],
  ['ar', 'light'],
] as const satisfies readonly Look[]

type Violation = {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** Kept as long as the page: where one is closed, the browser takes the security keys of the page away. */
const sessions = new WeakMap<Page, CDPSession>()

/** Everything that axe finds, of any level: one line each. Run in a world of its own, since the policy of the page lets no script in. */
export async function axeFinds(page: Page): Promise<string[]> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  })
  await session.send('Runtime.evaluate', { expression: axe, contextId: executionContextId })
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression:
      // What a screen reader is told of a button lies in a list of its own for seconds, also when the button is gone.
      "axe.run({ exclude: ['[data-live-announcer]'] }, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations))",
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(`axe did not run: ${exceptionDetails.text}`)
  return (JSON.parse(result.value as string) as Violation[]).flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
  )
}

/** Looks at a screen in a language and a theme: what is wrong with it. Kept as a picture where COMITY_PICTURES names a folder. */
export async function lookAt(
  page: Page,
  name: string,
  { language = 'en', theme = 'light' }: { readonly language?: string; readonly theme?: (typeof themes)[number] } = {},
): Promise<string[]> {
  await page.evaluate(
    `localStorage.setItem('comity.language', '${language}'); localStorage.setItem('comity.theme', '${theme}')`,
  )
  openQuestions(page)
  await page.reload()
  await page.locator('main h1').waitFor()
  return lookNow(page, `${name}-${language}-${theme}`)
}

/** Looks at a screen in every look, one after the other, and leaves it in English by day. What was written in it must outlive a reload. */
export async function everyLook(page: Page, name: string): Promise<string[]> {
  const wrong: string[] = []
  for (const [language, theme] of looks) wrong.push(...(await lookAt(page, name, { language, theme })))
  await page.evaluate("localStorage.removeItem('comity.language'); localStorage.removeItem('comity.theme')")
  await page.reload()
  await page.locator('main h1').waitFor()
  await settled(page)
  return wrong
}

/** Visits screens, each by its name and address, in a language and a theme: what is wrong with any of them. */
export async function visit(
  page: Page,
  app: string,
  screens: readonly (readonly [name: string, path: string])[],
  [language, theme]: Look,
): Promise<string[]> {
  await page.evaluate(
    `localStorage.setItem('comity.language', '${language}'); localStorage.setItem('comity.theme', '${theme}')`,
  )
  openQuestions(page)
  const wrong: string[] = []
  for (const [name, path] of screens) {
    await page.goto(`${app}${path}`)
    await page.locator('main h1').waitFor()
    wrong.push(...(await lookNow(page, `${name}-${language}-${theme}`)))
  }
  await page.evaluate("localStorage.removeItem('comity.language'); localStorage.removeItem('comity.theme')")
  return wrong
}

/** Looks at a screen as it stands, with what was written in it: what is wrong with it. */
export async function lookNow(page: Page, name: string): Promise<string[]> {
  await settled(page)
  const wrong = [...(await axeFinds(page)), ...(await offScreen(page)), ...(await unsaid(page))]
  await keepPicture(page, name)
  const differs = await differsFromReference(page, name)
  if (differs !== null) wrong.push(differs)
  return wrong.map((one) => `${name}: ${one}`)
}

/** Names of events are said as they are, and some are those of messages. */
const events = new Set(nodeEvents().map(({ name }) => name))
const messageIds = Object.keys(readMessages('en')).filter((id) => !events.has(id))

/** Messages that stand there by their id, because their words were not there when they were needed. */
async function unsaid(page: Page): Promise<string[]> {
  const texts = await page.evaluate(`[...document.querySelectorAll('body *')].flatMap((one) =>
    [one.getAttribute('aria-label') ?? '', ...[...one.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data.trim())])`)
  const here = new Set(texts as string[])
  return messageIds.filter((id) => here.has(id)).map((id) => `not said: ${id}`)
}

/** What a page has asked and not been answered yet; counted from the first time that a page is given here. */
const unanswered = new WeakMap<Page, Set<unknown>>()

function openQuestions(page: Page): ReadonlySet<unknown> {
  const known = unanswered.get(page)
  if (known) return known
  const open = new Set<unknown>()
  unanswered.set(page, open)
  page.on('request', (request) => {
    // The stream of events is never answered to its end.
    if (request.resourceType() !== 'eventsource') open.add(request)
  })
  page.on('requestfinished', (request) => void open.delete(request))
  page.on('requestfailed', (request) => void open.delete(request))
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) open.clear()
  })
  return open
}

/** Nothing was asked for so long: whoever has an answer asks what follows from it sooner. */
const QUIET_MS = 250

/** Until nothing is being read, and nothing has been for a moment. */
export async function settled(page: Page): Promise<void> {
  const open = openQuestions(page)
  const end = Date.now() + 10_000
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    if (open.size > 0) quietSince = Date.now()
  }
  // Not by a function that is asked again and again: the policy of the page lets no text become a script.
  await page.locator('main progress').first().waitFor({ state: 'detached' })
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.COMITY_PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/**
 * What is told by colour alone, as paper and eyes without colours have it: parts that differ in nothing but colours. A look is the words
 * in a part and how its outline is drawn; words that only name what the part is of (addresses, amounts) say nothing of its state, so
 * that `words` names those that do.
 */
export function toldByColourAlone(page: Page, parts: string, words: string | null = null): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = new Map()
    for (const one of document.querySelectorAll(${JSON.stringify(parts)})) {
      if (one.getClientRects().length === 0) continue
      const words = ${JSON.stringify(words)}
      const text = words === null ? one.textContent : [...one.querySelectorAll(words)].map((part) => part.textContent).join(' ')
      const drawn = [one, ...one.querySelectorAll('rect, circle, path')]
      const look = [text.replaceAll(/\\d+/g, '0'), ...drawn.map((part) => {
        const { strokeDasharray, strokeWidth, borderStyle, fontWeight, transform, fillOpacity } = getComputedStyle(part)
        return [part.tagName, strokeDasharray, strokeWidth, borderStyle, fontWeight, fillOpacity, part === one ? '' : transform].join()
      })].join(' ')
      const colours = drawn.map((part) => {
        const { fill, stroke, color, backgroundColor, borderColor } = getComputedStyle(part)
        return [fill, stroke, color, backgroundColor, borderColor].join()
      }).join(' ')
      const states = found.get(look) ?? new Map()
      found.set(look, states.set(colours, JSON.stringify(one.dataset)))
    }
    return [...found].filter(([, states]) => states.size > 1).map(([look, states]) => [...states.values()].join(' and ') + ' differ by colour alone: ' + look.slice(0, 120))
  })()`)
}

/** As it is printed: whole, on white paper, in grey. What is wrong with it; the page is on the screen again afterwards. */
export async function printed(page: Page, name: string): Promise<string[]> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  await page.emulateMedia({ media: 'print' })
  await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' })
  const wrong = await axeFinds(page)
  const paper = (await page.evaluate('getComputedStyle(document.body).colorScheme')) as string
  if (paper !== 'light') wrong.push(`printed ${paper}`)
  await keepPicture(page, name)
  const differs = await differsFromReference(page, name)
  if (differs !== null) wrong.push(differs)
  await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' })
  await page.emulateMedia({ media: null })
  return wrong.map((one) => `${name} printed: ${one}`)
}
