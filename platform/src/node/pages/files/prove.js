/** Proving to be there, for grave acts. */
import { checkPlace } from './security-key.js'
import { PROOF_SECONDS, proveNow, sessionNeeded } from './session.js'
import { at, during, element, fact, orProblem, showOutcome, text, when, words } from './show.js'

async function open() {
  checkPlace()
  const { name, signedInBy, provenAt } = await sessionNeeded()
  at('standing').replaceChildren(
    fact(text('prove.fact.you'), words(name)),
    fact(text('prove.fact.by'), text(`standing.${signedInBy}`)),
    fact(text('prove.fact.proven'), provenAt === 0 ? text('prove.never') : when(provenAt)),
  )
  at('signed-in').hidden = false
}

at('prove').addEventListener('click', () =>
  during(at('prove'), text('busy.key'), async () => {
    const provenAt = await proveNow()
    await open()
    const until = when(provenAt + PROOF_SECONDS * 1000)
    showOutcome('good', text('prove.done'), element('p', {}, text('prove.done-until', { until })))
  }),
)
void orProblem(open)
