/** What this node is: to everybody its name, to its people what they may know of it and what they can do here. */
import { Problem, read } from './node-calls.js'
import { sessionNow } from './session.js'
import { at, during, element, fact, machine, orProblem, text, when, words } from './show.js'

async function open() {
  const session = await sessionNow()
  at('for-guests').hidden = session !== null
  at('for-users').hidden = session === null
  at('lead').hidden = session !== null
  if (!session) return
  const you = [
    fact(text('start.fact.you'), words(`${session.name} (${session.role})`)),
    fact(text('start.fact.purpose'), text(`purpose.${session.purpose}`)),
    fact(text('start.fact.until'), when(session.expiresAt)),
  ]
  at('node-facts').replaceChildren(...you)
  const { agency, approvalsRequired, policies } = await read('/v1/node/read')
  at('node-facts').replaceChildren(
    ...you,
    fact(text('start.fact.agency'), words(`${agency.name} (${agency.kind}, ${agency.country})`)),
    fact(text('start.fact.time-zone'), machine(agency.timeZone)),
    fact(text('start.fact.approvals'), String(approvalsRequired)),
    fact(text('start.fact.policies'), machine(policies)),
  )
  const keys = await read('/v1/credential/list')
  at('keys').replaceChildren(
    ...keys.map((/** @type {{ label: string, deviceBound: boolean, revoked: boolean }} */ key) =>
      element(
        'li',
        {},
        element('strong', {}, words(key.label)),
        element('p', {}, text(`start.key-${key.revoked ? 'revoked' : key.deviceBound ? 'bound' : 'synced'}`)),
      ),
    ),
  )
}

const id = /** @type {HTMLInputElement} */ (at('request-id'))
at('open-request').addEventListener('submit', (event) => {
  event.preventDefault()
  const button = /** @type {HTMLElement} */ (at('open-request').querySelector('button'))
  void during(button, text('busy.wait'), async () => {
    const given = id.value.trim().toLowerCase()
    const right = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)
    id.setAttribute('aria-invalid', String(!right))
    if (!right)
      throw new Problem(text('start.request-wrong'), null, {
        link: { href: '#request-id', words: text('start.request-wrong-fix') },
      })
    window.location.assign(`/approve#${given}`)
  })
})
void orProblem(open)
