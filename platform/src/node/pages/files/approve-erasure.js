/** Approving the erasure of a case. Only who may approve it, and is there with a key of one device, is shown what it would erase. */
import { approveWithKey, beThere, checkDigest, digestRow, idOfAddress, sayWhatComes } from './approving.js'
import { read } from './node-calls.js'
import { checkPlace } from './security-key.js'
import { isFresh, sessionNeeded } from './session.js'
import {
  at,
  during,
  element,
  fact,
  facts,
  forgetProblem,
  machine,
  orProblem,
  showOutcome,
  text,
  words,
} from './show.js'

/** What is on the screen: only this is approved. @type {{ id: string, digest: string, version: number } | null} */
let shown = null

async function open() {
  shown = null
  for (const part of ['content', 'act', 'reading']) at(part).hidden = true
  checkPlace()
  idOfAddress()
  const session = await sessionNeeded()
  if (session.signedInBy === 'device-bound' && isFresh(session)) await show()
  else at('reading').hidden = false
}

async function show() {
  at('reading').hidden = true
  const id = idOfAddress()
  const session = await sessionNeeded()
  const [erasure, node] = await Promise.all([read('/v1/erasure/read', { id }), read('/v1/node/read')])
  const { basis, extent, state, digest, counted, needed, author, version } = erasure
  const { policies } = node
  await checkDigest({ format: 'comity-erasure-proposal/1', erasureId: id, basis, extent, policies, needed }, digest)
  at('content').replaceChildren(
    element('h2', {}, text('approve-erasure.what')),
    facts(
      fact(text('approve-erasure.case'), machine(extent.caseId)),
      fact(text('approve-erasure.case-version'), machine(String(extent.caseVersion))),
      fact(
        text('approve-erasure.count'),
        element(
          'ul',
          {},
          ...Object.entries(extent.countByKind).map(([kind, count]) => element('li', {}, `${kind}: ${count}`)),
        ),
      ),
      fact(text('approve-erasure.key'), machine(extent.keyIdDigest)),
      fact(
        text('approve-erasure.basis'),
        words(
          basis.kind === 'order'
            ? text('approve-erasure.basis-order', { order: basis.order })
            : text('approve-erasure.basis-period', { rules: basis.rules.join(', ') }),
        ),
      ),
      fact(text('approve-erasure.proposal'), machine(id)),
      fact(text('approve-erasure.author'), machine(author)),
      fact(text('approve.policies'), machine(policies)),
      digestRow(digest),
    ),
    element('p', {}, text('approving.counts', { counted, needed })),
  )
  at('content').hidden = false
  if (state !== 'proposed') return showOutcome('plain', text('approve-erasure.not-proposed', { state }))
  shown = { id, digest, version }
  sayWhatComes(session)
  at('act').hidden = false
}

at('prove-first').addEventListener('click', () =>
  during(at('prove-first'), text('busy.key'), async () => {
    await beThere()
    await show()
  }),
)
at('approve').addEventListener('click', () =>
  during(at('approve'), text('busy.key'), async () => {
    if (!shown) return
    await approveWithKey({ ...shown, challenge: '/v1/erasure/challenge', give: '/v1/erasure/approve' })
    await show()
    at('act').hidden = true
    showOutcome('good', text('approving.done'))
  }),
)
window.addEventListener('hashchange', () => {
  forgetProblem()
  void orProblem(open)
})
void orProblem(open)
