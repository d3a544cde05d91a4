/**
 * What the tests ask of a page. The questions run in the browser, so that they are text here: this project is compiled
 * without the types of a browser, on purpose.
 */
import type { Page } from 'playwright-core'

export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/** Elements that run, load or embed something. */
export async function activeElements(page: Page): Promise<number> {
  return page.evaluate(
    `document.querySelectorAll('script, iframe, object, embed, img, link:not([rel=icon]), [onload], [onerror], [onclick]').length`,
  )
}

export async function countOf(page: Page, selector: string): Promise<number> {
  return page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`)
}

export async function seenText(page: Page): Promise<string> {
  return page.evaluate('document.body.innerText')
}

export type Outline = {
  readonly levels: readonly number[]
  readonly tablesWithoutCaption: number
  readonly headsWithoutScope: number
  readonly picturesWithoutName: number
  readonly idsTwice: number
  readonly deadLinks: number
}

export async function outlineOf(page: Page): Promise<Outline> {
  return page.evaluate(`(() => {
    const all = (selector) => [...document.querySelectorAll(selector)]
    const ids = all('[id]').map(({ id }) => id)
    return {
      levels: all('h1, h2, h3, h4').map(({ tagName }) => Number(tagName.slice(1))),
      tablesWithoutCaption: all('table').filter((one) => !one.caption?.textContent).length,
      headsWithoutScope: all('th:not([scope])').length,
      picturesWithoutName: all('svg').filter((one) => one.getAttribute('role') !== 'img' || !one.querySelector('title') || !one.querySelector('desc')).length,
      idsTwice: ids.length - new Set(ids).size,
      deadLinks: all('a[href^="#"]').filter((one) => !document.getElementById(one.getAttribute('href').slice(1))).length,
    }
  })()`)
}

/**
 * Texts of pictures that overlap one another, leave the picture or leave their card. Boxes are as high as the line of
 * the font, so that a line may reach a fifth into the next; its letters do not.
 */
export async function misplacedTexts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('svg[role=img]')].flatMap((svg) => {
    const frame = svg.getBoundingClientRect()
    const texts = [...svg.querySelectorAll('text')].filter(({ textContent }) => textContent !== '').map((text) => {
      const card = text.parentElement.matches('g:has(> title)') ? text.parentElement.querySelector('path') : null
      return { said: text.textContent, box: text.getBoundingClientRect(), card: card?.getBoundingClientRect() }
    })
    const found = texts.filter(({ box, card }) =>
      box.left < frame.left - 1 || box.right > frame.right + 1 || (card && (box.left < card.left || box.right > card.right || box.top < card.top - 1 || box.bottom > card.bottom + 1)),
    ).map(({ said }) => 'outside: ' + said)
    texts.forEach((a, at) => {
      for (const b of texts.slice(at + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        if (across > 0.5 && down > Math.min(a.box.height, b.box.height) / 5) found.push(a.said + ' / ' + b.said)
      }
    })
    return found
  })`)
}

/** Words in pictures and pages whose contrast with white is below what WCAG 2.2 asks of small text (1.4.3: 4.5 to 1). */
export async function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const part = (channel) => { const c = channel / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }
    const light = (color) => { const [r, g, b] = color.match(/[0-9.]+/g).map(Number); return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b) }
    // The darkest ground on which text stands: the fill of a transaction.
    const ground = light('rgb(238, 241, 245)')
    const seen = new Map()
    for (const one of document.querySelectorAll('main *, svg text')) {
      if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue
      const style = getComputedStyle(one)
      const color = one.namespaceURI.endsWith('svg') ? style.fill : style.color
      const ratio = (ground + 0.05) / (light(color) + 0.05)
      if (ratio < 4.5 && one.tagName !== 'title' && one.tagName !== 'desc') seen.set(color, ratio)
    }
    return [...seen.keys()]
  })()`)
}
