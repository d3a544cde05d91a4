/** Approving a request: everything that the approval covers is shown, digested here, and then signed. */

import { approveWithKey, checkDigest, digestRow, idOfAddress, sayWhatComes } from './approving.js'
import { lettersOf } from './letters.js'
import { read } from './node-calls.js'
import { approvalRows, requestParts } from './request-parts.js'
import { checkPlace } from './security-key.js'
import { sessionNeeded } from './session.js'
import { at, during, element, forgetProblem, orProblem, showOutcome, text, when } from './show.js'

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
  const rows = []
  if (submitted) {
    const { digest, policies, needed } = submitted
    await checkDigest({ format: 'comity-request/1', requestId: id, caseId, content, marking, policies, needed }, digest)
    rows.push(digestRow(digest))
  }
  at('content').replaceChildren(
    ...requestParts({ id, caseId, request, digest: rows }),
    element('h2', {}, text('approve.approvals')),
    ...approvalRows(request, session),
    element('h2', {}, text('approve.letters')),
    lettersOf(id, content.languages),
  )
  at('content').hidden = false
  sayStanding({ ...request, seen: version }, session)
  const own = ownApproval(request, session)
  if (state !== 'submitted' || request.incoming || !submitted || own || request.drafters.includes(session.personId))
    return
  shown = { id, digest: submitted.digest, version }
  sayWhatComes(session)
  at('act').hidden = false
}

/** Why there is nothing to do here, or what comes next. @param {any} request @param {import('./session.js').Session} session */
function sayStanding(request, session) {
  const own = ownApproval(request, session)
  at('outcome').replaceChildren()
  if (request.incoming) return showOutcome('plain', text('approve.incoming'))
  if (request.state !== 'submitted')
    return showOutcome('plain', text('approve.not-submitted', { state: request.state }))
  if (own)
    return showOutcome(
      'good',
      text('approving.you-approved', { until: when(own.expiresAt) }),
      ...nextOf(request, session.now),
    )
  if (request.drafters.includes(session.personId)) showOutcome('warn', text('approving.you-are-author'))
}

/** @param {any} request @param {number} now */
function nextOf(request, now) {
  const { digest, needed } = request.submitted
  const live = request.approvals.filter((/** @type {any} */ one) => isLive(one, digest, now))
  const counted = new Set(live.map((/** @type {any} */ one) => one.approverId)).size
  const stated = element('p', {}, text('approving.counts', { counted, needed }))
  if (counted < needed) return [stated, element('p', {}, text('approve.next-more'))]
  const url = document.body.dataset.publicUrl ?? ''
  const line = `comity --node ${url} request release --id ${idOfAddress()} --digest ${digest} --if-match ${request.seen}`
  return [stated, element('p', {}, text('approve.next-enough')), element('pre', {}, element('code', {}, line))]
}

/** @param {any} request @param {import('./session.js').Session} session */
function ownApproval({ approvals, submitted }, { personId, now }) {
  return approvals.find((/** @type {any} */ one) => one.approverId === personId && isLive(one, submitted?.digest, now))
}

/** @param {any} approval @param {string | undefined} digest @param {number} now */
function isLive({ withdrawnAt, digest: approved, expiresAt }, digest, now) {
  return withdrawnAt === null && approved === digest && Date.parse(expiresAt) > now
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
