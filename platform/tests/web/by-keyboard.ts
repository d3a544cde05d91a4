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

/** Until what is wanted has the focus. */
export async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let press = 0; press < 250; press++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${wanted}`)
}
