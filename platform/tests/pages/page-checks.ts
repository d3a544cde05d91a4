/** What makes a page hard to use, asked of the page itself. Text, since this project knows no types of a browser. */
import type { Page } from 'playwright-core'

/** Parts that leave the screen sideways; what a drawing cuts off at its own edge is not on the page. */
export function offScreen(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth
    const isCut = ({ ownerSVGElement: drawing }) => drawing && getComputedStyle(drawing).overflowX !== 'visible'
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getClientRects().length > 0 && !isCut(one) && (one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1))
      .map((one) => 'off the screen: ' + one.tagName + ' ' + one.textContent.slice(0, 40))
  })()`)
}

/**
 * Controls without a name or smaller than 24 pixels (WCAG 2.2, 4.1.2 and 2.5.8), texts with too little contrast to what is
 * really behind them (1.4.3), headings out of order, identifiers given twice, pictures without a text.
 */
export function hardToUse(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const wrong = []
    const shown = (one) => one.getClientRects().length > 0
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown)
    for (const one of all('a[href], button, input, select, textarea, summary')) {
      const name = one.getAttribute('aria-label') || (one.labels && one.labels[0] && one.labels[0].textContent) || (/^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName) ? '' : one.textContent)
      if (!name || name.trim() === '') wrong.push('without a name: ' + one.outerHTML.slice(0, 80))
      const box = (one.closest('label') ?? one).getBoundingClientRect()
      const inline = one.tagName === 'A' && getComputedStyle(one).display === 'inline'
      if (!inline && (box.height < 24 || box.width < 24)) wrong.push('small: ' + one.outerHTML.slice(0, 80))
    }
    const parse = (color) => color.match(/[0-9.]+/g).map(Number)
    const part = (channel) => { const c = channel / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    const ground = (one) => {
      for (let at = one; at; at = at.parentElement) {
        const color = parse(getComputedStyle(at).backgroundColor)
        if (color.length === 3 || color[3] === 1) return color
      }
      return [255, 255, 255]
    }
    let texts = 0
    for (const one of all('body *')) {
      if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue
      texts += 1
      const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x)
      const ratio = (a + 0.05) / (b + 0.05)
      if (ratio < 4.5) wrong.push('faint (' + ratio.toFixed(2) + '): ' + one.textContent.slice(0, 40))
    }
    if (texts < 5) wrong.push('hardly any text: ' + texts)
    const levels = all('h1, h2, h3, h4').map(({ tagName }) => Number(tagName.slice(1)))
    if (levels[0] !== 1 || levels.filter((level) => level === 1).length !== 1) wrong.push('headings: ' + levels)
    levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) wrong.push('headings: ' + levels) })
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    if (new Set(ids).size !== ids.length) wrong.push('an id twice')
    if ([...document.querySelectorAll('img')].some((one) => !one.hasAttribute('alt'))) wrong.push('a picture without alt')
    if (document.documentElement.lang === '' || document.title === '') wrong.push('no language or no title')
    return wrong
  })()`)
}
