/** Understand and steer one case: what is to be done, what is due, how much was traced, secured and returned, who works on it. */
import { Link } from '@tanstack/react-router'
import { useSay } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { ButtonLink, Note, Sheet } from '../shared/ui/parts.tsx'
import { Country, Words } from '../shared/ui/values.tsx'
import { AmountsSheet } from './amounts-sheet.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { EvidenceSheet, RequestsSheet } from './case-sheets.tsx'
import { CaseTasks } from './case-tasks.tsx'
import { ExerciseNote } from './exercise.tsx'
import { useCaseParts } from './use-case-parts.ts'

export function Screen() {
  const say = useSay()
  return (
    <CaseFrame
      part="cases.part.overview"
      actions={({ id, case: one }) =>
        !one.access.closed && <ButtonLink to={`/cases/${id}/intake`}>{say('cases.bring-in')}</ButtonLink>
      }
    >
      {(found) => <Overview found={found} />}
    </CaseFrame>
  )
}

function Overview({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const { id: caseId, case: one } = found
  const parts = useCaseParts(caseId)
  return (
    <>
      <ExerciseNote />
      {one.access.closed && (
        <Note>
          <p>{say('cases.closed-note')}</p>
          {one.reason !== null && (
            <p>
              <Words>{one.reason}</Words>
            </p>
          )}
        </Note>
      )}
      {one.summary !== null && (
        <p className="prose">
          <Words>{one.summary}</Words>
        </p>
      )}
      <div className="case-columns">
        <div>
          <CaseTasks found={found} parts={parts} />
          <RequestsSheet caseId={caseId} requests={parts.requests} />
        </div>
        <div>
          <AmountsSheet parts={parts} />
          <PeopleSheet found={found} />
          <EvidenceSheet caseId={caseId} parts={parts} />
        </div>
      </div>
    </>
  )
}

function PeopleSheet({ found: { id, case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  return (
    <Sheet title={say('cases.people')} actions={<Link to={`/cases/${id}/people`}>{say('cases.people-manage')}</Link>}>
      <ul className="list">
        {one.access.members.map((member) => (
          <li key={member}>
            <PersonName id={member} role />{' '}
            {one.access.leads.includes(member) && <span className="small soft">· {say('cases.lead')}</span>}
          </li>
        ))}
        {one.partners.map((code) => (
          <li key={code}>
            <Country code={code} /> <span className="small soft">· {say('cases.partner')}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
