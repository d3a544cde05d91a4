/** Who has approved a request, and which approvals count at this moment: of exactly what is shown, and not lapsed. */
import { useSpeech } from '../shared/language/speak.tsx'
import type { ResultOf } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Instant } from '../shared/ui/values.tsx'
import type { Session } from './session.ts'

export type RequestShown = ResultOf<'requestRead'>
type Request = RequestShown['request']
type Approval = Request['approvals'][number]

export function ApprovalRows({
  request: { approvals, submitted },
  personId,
  now,
  zone,
}: {
  readonly request: RequestShown['request']
  readonly personId: string
  readonly now: number
  readonly zone: string
}) {
  const { say, knows } = useSpeech()
  if (approvals.length === 0) return <p>{say('access.approve.no-approvals')}</p>
  return (
    <ul className="list">
      {approvals.map(({ approverId, role, givenAt, expiresAt, withdrawnAt, digest }) => {
        const standing =
          withdrawnAt !== null
            ? 'withdrawn'
            : digest !== submitted?.digest
              ? 'other'
              : Date.parse(expiresAt) <= now
                ? 'lapsed'
                : 'counts'
        return (
          <li key={`${approverId} ${givenAt}`} className="row">
            <span>
              {approverId === personId ? say('access.approving.you') : <PersonName id={approverId} />} (
              {knows(`role.${role}`) ? say(`role.${role}` as never) : role})
            </span>
            <Instant at={givenAt} zone={zone} />
            <span className="status" data-kind={standing === 'counts' ? 'good' : 'warn'}>
              {say(`access.approval.${standing}`)}
            </span>
            {standing === 'counts' && (
              <span className="soft">
                {say('access.approval.until')} <Instant at={expiresAt} zone={zone} />
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function ownApproval({ approvals, submitted }: Request, { personId, now }: Session): Approval | undefined {
  return approvals.find((one) => one.approverId === personId && isLive(one, submitted?.digest, now))
}

/** How many people, each once. */
export function countedIn({ approvals, submitted }: Request, now: number): number {
  return new Set(approvals.filter((one) => isLive(one, submitted?.digest, now)).map((one) => one.approverId)).size
}

function isLive({ withdrawnAt, digest: approved, expiresAt }: Approval, digest: string | undefined, now: number) {
  return withdrawnAt === null && approved === digest && Date.parse(expiresAt) > now
}
