/** Enrolling a key with an invitation. It travels behind the #, which browsers send nowhere, and is taken from the bar at once. */
import { commandLine } from './command-line.js'
import { Problem, send } from './node-calls.js'
import { checkPlace, makeKey } from './security-key.js'
import { sessionNow } from './session.js'
import { at, during, element, fact, forgetProblem, machine, orProblem, showOutcome, text, words } from './show.js'

let invitation = ''
const label = /** @type {HTMLInputElement} */ (at('label'))

function takeInvitation() {
  const given = window.location.hash.slice(1)
  window.history.replaceState(null, '', window.location.pathname)
  return /^ce_[A-Za-z0-9_-]{43}$/.test(given) ? given : ''
}

async function open() {
  forgetProblem()
  at('invited').hidden = true
  at('outcome').replaceChildren()
  invitation = takeInvitation()
  if (invitation === '') throw new Problem(text('enrol.none'), text('enrol.none-fix'))
  checkPlace()
  const { rp, user } = await send('/v1/enrol/options', { token: invitation })
  at('enrol-facts').replaceChildren(
    fact(text('enrol.fact.person'), words(user.name)),
    fact(text('enrol.fact.agency'), words(rp.name)),
    fact(text('enrol.fact.node'), machine(window.location.host)),
  )
  at('invited').hidden = false
}

async function enrol() {
  const name = label.value.trim()
  if (name === '') {
    label.setAttribute('aria-invalid', 'true')
    throw new Problem(text('enrol.label-missing'), null, {
      link: { href: '#label', words: text('enrol.label-missing-fix') },
    })
  }
  label.removeAttribute('aria-invalid')
  // Asked for anew: the challenge of when the page was opened may have lapsed.
  const response = await makeKey(await send('/v1/enrol/options', { token: invitation }))
  const opened = await send('/v1/enrol/finish', { token: invitation, label: name, response })
  invitation = ''
  const session = await sessionNow()
  const bound = session?.signedInBy === 'device-bound'
  const example = session?.role === 'administrator' ? 'person list' : 'case list'
  at('invited').hidden = true
  showOutcome(
    bound ? 'good' : 'warn',
    text('enrol.done'),
    element('p', {}, words(text(bound ? 'enrol.done-bound' : 'enrol.done-synced', { name: opened.name }))),
    element('p', {}, element('a', { href: '/' }, text('enrol.continue'))),
  )
  at('outcome').after(commandLine(opened, example))
}

at('enrol-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void during(at('enrol'), text('busy.key'), enrol)
})
// The link of the summary of problems leads to the field, not to another invitation.
window.addEventListener('hashchange', () => {
  if (window.location.hash === '#label') {
    window.history.replaceState(null, '', window.location.pathname)
    label.focus()
  } else if (window.location.hash !== '') void orProblem(open)
})
void orProblem(open)
