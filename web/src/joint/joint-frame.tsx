/** The frame of every screen of a joint case: what it is called, where it stands here, and the ways between its parts. */
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { PageHead, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import type { Joint } from './joint-parts.ts'
import '../cases/cases.css'
import './joint.css'

const parts = [
  ['', 'joint.part.overview'],
  ['/shared', 'joint.part.shared'],
  ['/tasks', 'joint.part.tasks'],
  ['/meetings', 'joint.part.meetings'],
] as const satisfies readonly (readonly [string, MessageId])[]

export function JointFrame({
  part,
  children,
}: {
  readonly part: MessageId
  readonly children: (joint: Joint) => ReactNode
}) {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const read = useRead('jointRead', { id })
  const caseId = read.data?.caseId
  const home = useRead('caseRead', caseId === undefined ? null : { caseId })
  return (
    <div className="case">
      <PageHead
        title={read.data?.terms.title ?? say('joint.one')}
        kicker={
          caseId !== undefined && (
            <Link to={`/cases/${caseId}/joint`}>
              <Words>{home.data?.case.title ?? say('cases.case')}</Words>
            </Link>
          )
        }
      >
        {read.data && <JointState joint={read.data} />}
      </PageHead>
      <Shown read={read}>
        {(joint) => (
          <>
            <nav className="tabs case-parts" aria-label={say('joint.parts')}>
              {parts.map(([path, name]) => (
                <Link
                  key={path}
                  className="tab"
                  to={`/joint/${id}${path}`}
                  activeOptions={{ exact: true, includeSearch: false }}
                  aria-current={name === part ? 'page' : undefined}
                >
                  {say(name)}
                </Link>
              ))}
            </nav>
            <div className="stack">
              {joint.state !== 'active' && joint.state !== 'proposed' && (
                <p>
                  {say(`joint.over.${joint.state}`)}{' '}
                  {joint.list.endedAt !== null && <Instant at={joint.list.endedAt} />}{' '}
                  {joint.list.reason !== null && <Words>{joint.list.reason}</Words>}
                </p>
              )}
              {children(joint)}
            </div>
          </>
        )}
      </Shown>
    </div>
  )
}

export function JointState({ joint: { state } }: { readonly joint: Pick<Joint, 'state'> }) {
  const say = useSay()
  return (
    <Status kind={state === 'active' ? 'good' : state === 'proposed' ? 'open' : 'plain'}>
      {say(`joint.state.${state}`)}
    </Status>
  )
}
