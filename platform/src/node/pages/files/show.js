/**
 * What the pages have in common on the screen. Text is only ever set as text: nothing here, and by the policy of the page nothing
 * anywhere, turns a text into markup.
 */
import { Problem } from './node-calls.js'
import { texts } from './texts.js'

/** @typedef {Node | string | null} Part */

/**
 * @param {string} key
 * @param {Readonly<Record<string, string | number>>} [values]
 * @returns {string}
 */
export function text(key, values = {}) {
  const words = texts[key]
  if (words === undefined) throw new Error(`there is no text ${key}`)
  return words.replace(/\{([a-z]+)\}/g, (_, name) => String(values[name] ?? ''))
}

/** @param {string} id @returns {HTMLElement} */
export function at(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...Part} parts
 * @returns {HTMLElement}
 */
export function element(name, attributes, ...parts) {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...parts.filter((part) => part !== null))
  return made
}

/** What others wrote: it must not turn the direction of the text around it. @param {string} words */
export function words(words) {
  return element('bdi', {}, words)
}

/** Addresses, digests, identifiers: read from left to right in every language. @param {string} value */
export function machine(value) {
  return element('bdi', { class: 'machine', dir: 'ltr' }, value)
}

/** @param {string} label @param {...Part} parts */
export function fact(label, ...parts) {
  return element('div', {}, element('dt', {}, label), element('dd', {}, ...parts))
}

/** @param {...HTMLElement} rows */
export function facts(...rows) {
  return element('dl', { class: 'facts' }, ...rows)
}

/** An instant with its zone, in 24 hours. @param {number | string} instant */
export function when(instant) {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hour12: false, timeZoneName: 'short' },
  })
  return format.format(new Date(instant))
}

/** @param {unknown} thrown */
export function showProblem(thrown) {
  const problem = thrown instanceof Problem ? thrown : unexpected(thrown)
  const box = at('problem')
  box.replaceChildren(
    element('h2', {}, text('problem.heading')),
    element('p', {}, words(problem.detail)),
    ...(problem.fix === null ? [] : [element('p', {}, words(problem.fix))]),
    ...(problem.link === null ? [] : [element('p', {}, element('a', { href: problem.link.href }, problem.link.words))]),
  )
  box.hidden = false
  document.title = text('problem.title', { title: TITLE })
  box.focus()
}

const TITLE = document.title

export function forgetProblem() {
  const box = at('problem')
  box.hidden = true
  box.replaceChildren()
  document.title = TITLE
}

/** Told to screen readers too. @param {'good' | 'warn' | 'plain'} kind @param {string} heading @param {...Part} parts */
export function showOutcome(kind, heading, ...parts) {
  at('outcome').replaceChildren(
    element('div', { class: `note ${kind}` }, element('h2', { tabindex: '-1' }, heading), ...parts),
  )
}

/**
 * Runs what a button is for: once at a time, saying that it is under way. A refusal or a fault is shown, and nothing else.
 *
 * @param {HTMLElement} button
 * @param {string} meanwhile
 * @param {() => Promise<void>} work
 */
export async function during(button, meanwhile, work) {
  if (button.getAttribute('aria-disabled') === 'true') return
  const before = button.textContent
  button.setAttribute('aria-disabled', 'true')
  button.textContent = meanwhile
  forgetProblem()
  try {
    await work()
  } catch (thrown) {
    showProblem(thrown)
  } finally {
    button.removeAttribute('aria-disabled')
    button.textContent = before
  }
}

/** @param {() => Promise<void>} work */
export async function orProblem(work) {
  try {
    await work()
  } catch (thrown) {
    showProblem(thrown)
  }
}

/** A fault of the page itself; its words are for whoever mends it. @param {unknown} thrown */
function unexpected(thrown) {
  return new Problem(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown), null)
}
