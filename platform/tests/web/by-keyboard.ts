/** Working by keyboard alone: Tab until what is named has the focus, as somebody does who has no mouse. */
import type { Locator, Page } from 'playwright-core'

/** Of what has the focus: its label, or its own words. */
const NAME = `(() => {
  const it = document.activeElement
  if (!it || it === document.body) return ''
  return (it.getAttribute('aria-label') || it.labels?.[0]?.innerText || it.innerText || it.title || '').trim()
})()`

export async function tabTo(page: Page, name: string | RegExp, most = 150): Promise<void> {
  const passed: string[] = []
  for (let steps = 0; steps < most; steps++) {
    const now = (await page.evaluate(NAME)) as string
    if (typeof name === 'string' ? now.startsWith(name) : name.test(now)) return
    passed.push(now)
    await page.keyboard.press('Tab')
  }
  throw new Error(`nothing called ${name} has the focus; passed: ${[...new Set(passed)].join(' | ')}`)
}

/** Goes there and presses it. */
export async function pressOn(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Goes there and writes over what stands in it. */
export async function writeIn(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

/**
 * Until what is wanted has the focus. What is wanted is looked for once, and again where the page has drawn it anew: to find it by its
 * role and name takes the browser longer than to move the focus.
 */
export async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  let found = await wanted.elementHandle()
  for (let press = 0; press < 250; press++) {
    const state = await found?.evaluate(stateOf)
    if (state === 'focused') return
    if (state === 'gone') {
      found = await wanted.elementHandle()
      continue
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${wanted}`)
}

const stateOf = (node: {
  readonly isConnected: boolean
  readonly ownerDocument: { readonly activeElement: unknown } | null
}) => (!node.isConnected ? 'gone' : node.ownerDocument?.activeElement === node ? 'focused' : 'elsewhere')
