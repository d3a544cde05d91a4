/** Approving a request: everything that the approval covers is shown, digested here, and then signed. */

import { approveWithKey, checkDigest, digestRow, idOfAddress, sayWhatComes } from './approving.js'
import { read } from './node-calls.js'
import { approvalRows, lettersOf, requestParts } from './request-parts.js'
import { checkPlace } from './security-key.js'
import { sessionNeeded } from './session.js'
import { at, during, element, facts, forgetProblem, orProblem, showOutcome, text, when } from './show.js'

/** What is on the screen: only this is approved. @type {{ id: string, digest: string, version: number } | null} */
let shown = null

async function open() {
  shown = null
  at('content').hidden = true
  at('act').hidden = true
  checkPlace()
  const id = idOfAddress()
  const session = await sessionNeeded()
  const { request, caseId, version } = await read('/v1/request/read', { id })
  const { content, marking, submitted, state } = request
  const head = []
  if (submitted) {
    const { digest, policies, needed } = submitted
    await checkDigest({ format: 'comity-request/1', requestId: id, caseId, content, marking, policies, needed }, digest)
    head.push(digestRow(digest))
  }
  at('content').replaceChildren(
    ...requestParts({ id, caseId, request, head: facts(...head) }),
    element('h2', {}, text('approve.approvals')),
    ...approvalRows(request, session.personId),
    element('h2', {}, text('approve.letters')),
    lettersOf(id, content.languages),
  )
  at('content').hidden = false
  sayStanding({ ...request, seen: version }, session)
  const own = ownApproval(request, session.personId)
  if (state !== 'submitted' || request.incoming || !submitted || own || request.drafters.includes(session.personId))
    return
  shown = { id, digest: submitted.digest, version }
  sayWhatComes(session)
  at('act').hidden = false
}

/** Why there is nothing to do here, or what comes next. @param {any} request @param {import('./session.js').Session} session */
function sayStanding(request, { personId }) {
  const own = ownApproval(request, personId)
  at('outcome').replaceChildren()
  if (request.incoming) return showOutcome('plain', text('approve.incoming'))
  if (request.state !== 'submitted')
    return showOutcome('plain', text('approve.not-submitted', { state: request.state }))
  if (own)
    return showOutcome('good', text('approving.you-approved', { until: when(own.expiresAt) }), ...nextOf(request))
  if (request.drafters.includes(personId)) showOutcome('warn', text('approving.you-are-author'))
}

/** @param {any} request */
function nextOf(request) {
  const { digest, needed } = request.submitted
  const live = request.approvals.filter((/** @type {any} */ one) => isLive(one, digest))
  const counted = new Set(live.map((/** @type {any} */ one) => one.approverId)).size
  const stated = element('p', {}, text('approving.counts', { counted, needed }))
  if (counted < needed) return [stated, element('p', {}, text('approve.next-more'))]
  const url = document.body.dataset.publicUrl ?? ''
  const line = `comity --node ${url} request release --id ${idOfAddress()} --digest ${digest} --if-match ${request.seen}`
  return [stated, element('p', {}, text('approve.next-enough')), element('pre', {}, element('code', {}, line))]
}

/** @param {any} request @param {string} personId */
function ownApproval({ approvals, submitted }, personId) {
  return approvals.find((/** @type {any} */ one) => one.approverId === personId && isLive(one, submitted?.digest))
}

/** @param {any} approval @param {string | undefined} digest */
function isLive({ withdrawnAt, digest: approved, expiresAt }, digest) {
  return withdrawnAt === null && approved === digest && Date.parse(expiresAt) > Date.now()
}

at('approve').addEventListener('click', () =>
  during(at('approve'), text('busy.key'), async () => {
    if (!shown) return
    await approveWithKey({ ...shown, challenge: '/v1/approval/challenge', give: '/v1/approval/give' })
    await open()
  }),
)
window.addEventListener('hashchange', () => {
  forgetProblem()
  void orProblem(open)
})
void orProblem(open)
