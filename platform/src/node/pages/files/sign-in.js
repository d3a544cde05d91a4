/** Signing in, for a purpose; afterwards on to what was to be approved, or the session for the command line. */
import { commandLine } from './command-line.js'
import { send } from './node-calls.js'
import { checkPlace, useKey } from './security-key.js'
import { sessionNow } from './session.js'
import { at, during, element, orProblem, showOutcome, text, when, words } from './show.js'

const purpose = /** @type {HTMLSelectElement} */ (at('purpose'))
const wantsCommandLine = /** @type {HTMLInputElement} */ (at('for-command-line'))

/** Only to an approval on this node, by its identifier: an address that others made leads nowhere else. */
function wayBack() {
  const [, page, id] = /^#(approve|approve-erasure)=([0-9a-f-]{36})$/.exec(window.location.hash) ?? []
  return page === undefined ? null : `/${page}#${id}`
}

async function signIn() {
  const response = await useKey(await send('/v1/sign-in/options', {}))
  const opened = await send('/v1/sign-in/finish', { purpose: purpose.value, response })
  const session = await sessionNow()
  const back = wayBack()
  if (back !== null && !wantsCommandLine.checked) return window.location.assign(back)
  at('sign-in-form').hidden = true
  at('provider').hidden = true
  showOutcome(
    'good',
    text('sign-in.done'),
    element('p', {}, words(text('sign-in.done-who', { name: opened.name, until: when(opened.expiresAt) }))),
    element(
      'p',
      {},
      back === null
        ? element('a', { href: '/' }, text('sign-in.start'))
        : element('a', { href: back }, text('sign-in.on')),
    ),
  )
  if (!wantsCommandLine.checked) return
  at('outcome').after(commandLine(opened, session?.role === 'administrator' ? 'person list' : 'case list'))
}

at('provider').hidden = document.body.dataset.provider !== 'yes'
at('sign-in-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void during(at('sign-in'), text('busy.key'), signIn)
})
void orProblem(async () => {
  checkPlace()
  await sessionNow()
})
