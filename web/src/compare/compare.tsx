/** Who else is after the same: what partners may find, what is asked of them, whom to meet; and orders that collide. */
import { CaseFrame, type CaseView } from '../cases/case-frame.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { AskForm } from './ask-form.tsx'
import { Comparisons } from './comparisons.tsx'
import { Conflicts } from './conflicts.tsx'
import { Contacts } from './contacts.tsx'
import { Watched } from './watched.tsx'
import '../joint/joint.css'

export function Screen() {
  return <CaseFrame part="cases.part.compare">{(found) => <Compare found={found} />}</CaseFrame>
}

function Compare({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const { id: caseId } = found
  const { closed, sealed, training } = found.case.access
  const budget = useRead('deconflictionPartners', { caseId })
  const isOpen = !closed && !sealed && !training
  return (
    <>
      <Sheet title={say('compare.what')}>
        <ul>
          {(['sent', 'not-sent', 'hit', 'contact'] as const).map((one) => (
            <li key={one}>{say(`compare.what.${one}`)}</li>
          ))}
        </ul>
        {!isOpen && <Note kind="warn">{say('compare.not-here')}</Note>}
      </Sheet>
      <div className="case-columns">
        <div>
          <Sheet title={say('compare.ask')}>
            <Shown read={budget}>
              {(known) =>
                known.partners.length === 0 ? (
                  <Empty title={say('compare.nobody')}>
                    <p>{say('compare.nobody-text')}</p>
                  </Empty>
                ) : isOpen ? (
                  <AskForm caseId={caseId} budget={known} />
                ) : null
              }
            </Shown>
          </Sheet>
          <Comparisons caseId={caseId} />
          <Contacts caseId={caseId} />
        </div>
        <div>
          <Watched caseId={caseId} isOpen={isOpen} />
          <Conflicts caseId={caseId} isOpen={!closed} />
        </div>
      </div>
    </>
  )
}
