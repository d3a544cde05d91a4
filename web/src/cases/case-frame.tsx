/** The frame of every screen of a case: its identity bar, and the ways between its parts. */
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { rememberPlace } from '../shared/node/last-place.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { PageHead, Shown, Status } from '../shared/ui/parts.tsx'
import { Country, MachineValue, Words } from '../shared/ui/values.tsx'
import { ExerciseNote } from './exercise.tsx'
import './cases.css'

export type CaseView = ResultOf<'caseRead'>

const parts = [
  ['', 'cases.part.overview'],
  ['/records', 'cases.part.records'],
  ['/intake', 'cases.part.intake'],
  ['/evidence', 'cases.part.evidence'],
  ['/traces', 'cases.part.traces'],
  ['/messages', 'cases.part.messages'],
  ['/joint', 'cases.part.joint'],
  ['/compare', 'cases.part.compare'],
  ['/people', 'cases.part.people'],
  ['/activity', 'cases.part.activity'],
  ['/settings', 'cases.part.settings'],
] as const satisfies readonly (readonly [string, MessageId])[]

export function useCaseId(): string {
  const { caseId } = useParams({ strict: false }) as { caseId: string }
  return caseId
}

/** Reads the case and shows its part inside the frame. `actions`: the next acts, beside the title. */
export function CaseFrame({
  part,
  actions,
  children,
}: {
  readonly part: MessageId
  readonly actions?: (found: CaseView) => ReactNode
  readonly children: (found: CaseView) => ReactNode
}) {
  const caseId = useCaseId()
  const say = useSay()
  const read = useRead('caseRead', { caseId })
  const title = read.data?.case.title
  const personId = useRead('sessionRead', {}).data?.session?.personId
  const path = useRouterState({ select: ({ location }) => location.href })
  useEffect(() => {
    // On the way out the address is already that of the next screen.
    if (title !== undefined && personId !== undefined && path.startsWith(`/cases/${caseId}`))
      rememberPlace({ personId, caseId, path })
  }, [title, personId, caseId, path])
  return (
    <div className="case">
      <PageHead
        title={title ?? say('cases.case')}
        kicker={
          <>
            <Link to="/cases">{say('cases.title')}</Link>
            {read.data?.case.reference && (
              <>
                {' · '}
                <MachineValue value={read.data.case.reference} />
              </>
            )}
          </>
        }
      >
        {read.data && actions?.(read.data)}
      </PageHead>
      {read.error && <ExerciseNote />}
      <Shown read={read}>
        {(found) => (
          <>
            <IdentityBar found={found} />
            <CaseParts caseId={caseId} part={part} />
            <div className="stack">{children(found)}</div>
          </>
        )}
      </Shown>
    </div>
  )
}

/** The ways between the parts of a case; also on its screens that have a head of their own. */
export function CaseParts({ caseId, part }: { readonly caseId: string; readonly part: MessageId }) {
  const say = useSay()
  return (
    <nav className="tabs case-parts" aria-label={say('cases.parts')}>
      {parts.map(([path, name]) => (
        <Link
          key={path}
          className="tab"
          to={`/cases/${caseId}${path}`}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={name === part ? 'page' : undefined}
        >
          {say(name)}
        </Link>
      ))}
    </nav>
  )
}

function IdentityBar({ found: { case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  const { access } = one
  return (
    <ul className="identity" aria-label={say('cases.identity')}>
      {access.training && (
        <li>
          <Status kind="warn">{say('cases.training')}</Status>
        </li>
      )}
      {access.sealed && (
        <li>
          <Status kind="bad">{say('cases.sealed')}</Status>
        </li>
      )}
      <li>
        <Status kind={access.closed ? 'plain' : 'open'}>{say(access.closed ? 'cases.closed' : 'cases.open')}</Status>
      </li>
      <li>
        <span className="soft">{say(`cases.kind.${one.kind}`)}</span>{' '}
        {one.partners.map((code) => (
          <span key={code} className="partner">
            <Country code={code} />
          </span>
        ))}
      </li>
      <li>
        <span className="soft">{say('cases.serves')}</span>{' '}
        {access.purposes.map((purpose) => (
          <span key={purpose} className="partner">
            {say(`cases.purpose.${purpose}`)}
          </span>
        ))}
      </li>
      <li>
        <span className="soft">{say('cases.leads')}</span>{' '}
        {access.leads.map((id) => (
          <span key={id} className="partner">
            <PersonName id={id} />
          </span>
        ))}
      </li>
      {one.heldBy && (
        <li>
          <Status kind="warn">{say('cases.held-by')}</Status> <Words>{one.heldBy.authority}</Words>
        </li>
      )}
    </ul>
  )
}
