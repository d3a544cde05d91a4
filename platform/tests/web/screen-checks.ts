/** What every screen must be: without a violation that axe finds, without an error, and with nothing asked of anybody else. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'
import { offScreen } from '../pages/page-checks.ts'
import { differsFromReference } from './reference-pictures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const themes = ['light', 'dark', 'contrast'] as const

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
  await page.reload()
  await page.locator('main h1').waitFor()
  return lookNow(page, `${name}-${language}-${theme}`)
}

/** Looks at a screen as it stands, with what was written in it: what is wrong with it. */
export async function lookNow(page: Page, name: string): Promise<string[]> {
  await settled(page)
  const wrong = [...(await axeFinds(page)), ...(await offScreen(page))]
  await keepPicture(page, name)
  const differs = await differsFromReference(page, name)
  if (differs !== null) wrong.push(differs)
  return wrong.map((one) => `${name}: ${one}`)
}

/** Until nothing is being read. The stream of events stays open, so that the network is never wholly idle: that is waited for a moment only. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined)
  // Not by a function that is asked again and again: the policy of the page lets no text become a script.
  await page.locator('main progress').first().waitFor({ state: 'detached' })
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.COMITY_PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
