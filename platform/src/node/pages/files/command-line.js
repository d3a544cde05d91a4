/** The session for the command line: shown once, on demand, with the commands that take it. */

import { Problem } from './node-calls.js'
import { at, element, showProblem, text, when } from './show.js'

/**
 * @param {{ token: string, expiresAt: number }} opened
 * @param {string} example an act that the person may well do
 * @returns {HTMLElement}
 */
export function commandLine({ token, expiresAt }, example) {
  const url = document.body.dataset.publicUrl ?? ''
  const show = element('button', { type: 'button', class: 'second', id: 'show-session' }, text('command-line.show'))
  const place = element('div', {})
  show.addEventListener('click', () => {
    show.remove()
    place.replaceChildren(...shown(token, url, example, () => place.replaceChildren(hidden())))
    at('session-token').focus()
  })
  return element(
    'section',
    { 'aria-labelledby': 'command-line' },
    element('h2', { id: 'command-line' }, text('command-line.heading')),
    element('p', {}, text('command-line.why', { until: when(expiresAt) })),
    show,
    place,
  )
}

/** @param {string} token @param {string} url @param {string} example @param {() => void} hide */
function shown(token, url, example, hide) {
  const copy = element('button', { type: 'button', id: 'copy-session' }, text('command-line.copy'))
  const hideButton = element('button', { type: 'button', class: 'second' }, text('command-line.hide'))
  const said = element('span', { role: 'status' })
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(token)
      said.textContent = text('copied')
    } catch {
      showProblem(new Problem(text('copy-failed'), null))
    }
  })
  hideButton.addEventListener('click', hide)
  return [
    element('p', {}, text('command-line.once')),
    element('pre', { id: 'session-token', tabindex: '0' }, token),
    element('div', { class: 'actions' }, copy, hideButton, said),
    element(
      'ol',
      { class: 'steps' },
      element('li', {}, text('command-line.step-read'), command('read -rs COMITY_KEY && export COMITY_KEY')),
      element('li', {}, text('command-line.step-run'), command(`comity --node ${url} ${example}`)),
    ),
    element('p', { class: 'hint' }, text('command-line.prove', { url: `${url}/prove` })),
  ]
}

/** @param {string} line */
function command(line) {
  return element('pre', {}, element('code', {}, line))
}

function hidden() {
  return element('p', {}, text('command-line.hidden'))
}
