/** The frame of every matter: what it is, where it stands, with whom, since when. */
import type { ReactNode } from 'react'
import { MemberName } from '../inbox/names.tsx'
import { Status, type StatusKind } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'

export function MatterFrame({
  title,
  state,
  stateKind,
  peers,
  at,
  children,
}: {
  readonly title: string
  readonly state: string
  readonly stateKind: StatusKind
  readonly peers: readonly string[]
  readonly at: string
  readonly children: ReactNode
}) {
  return (
    <article className="matter">
      <div className="row spread">
        <h3>{title}</h3>
        <Status kind={stateKind}>{state}</Status>
      </div>
      <p className="small soft">
        {peers.map((peer) => (
          <span key={peer}>
            <MemberName id={peer} />
            {' · '}
          </span>
        ))}
        <Instant at={at} zone={ownZone()} />
      </p>
      {children}
    </article>
  )
}
