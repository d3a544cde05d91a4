/** Approving a request: everything that the approval covers is shown, digested here, and then signed. */
import './access.css'
import { useParams } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { ApproveAct, DigestFact, digestOf, digestWrong } from './approving.tsx'
import { isId } from './by-id.tsx'
import { Letters } from './letters.tsx'
import { Place } from './place.tsx'
import { ApprovalRows, RequestParts, type RequestShown } from './request-parts.tsx'
import type { Session } from './session.ts'
import { Problem, Told } from './told.tsx'

const noneNamed = new Told('access.approving.none', 'access.approving.none-fix')

export function Screen() {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return (
    <>
      <PageHead title={say('access.approve.title')} />
      {isId(id) ? (
        <Place>{({ publicUrl }) => <Approving key={id} id={id} publicUrl={publicUrl} />}</Place>
      ) : (
        <Problem error={noneNamed} />
      )}
    </>
  )
}

function Approving({ id, publicUrl }: { readonly id: string; readonly publicUrl: string }) {
  const session = useRead('sessionRead', {})
  const request = useRead('requestRead', { id })
  return (
    <Shown read={session}>
      {({ session: one }) =>
        one && (
          <Shown read={request}>{(shown) => <ToApprove shown={shown} session={one} publicUrl={publicUrl} />}</Shown>
        )
      }
    </Shown>
  )
}

function ToApprove({
  shown,
  session,
  publicUrl,
}: {
  readonly shown: RequestShown
  readonly session: Session
  readonly publicUrl: string
}) {
  const say = useSay()
  const { id, caseId, version, request } = shown
  const { content, marking, submitted, drafters } = request
  if (submitted) {
    const { digest, policies, needed } = submitted
    const own = digestOf({ format: 'comity-request/1', requestId: id, caseId, content, marking, policies, needed })
    if (own !== digest) return <Problem error={digestWrong} />
  }
  const isOwn = drafters.includes(session.personId)
  const isOpen = request.state === 'submitted' && !request.incoming && submitted !== undefined && submitted !== null
  return (
    <div className="stack wide">
      <p>{say('access.approve.lead')}</p>
      <div id="content" className="stack">
        <RequestParts shown={shown} digest={submitted && <DigestFact digest={submitted.digest} />} />
        <Sheet title={say('access.approve.approvals')}>
          <ApprovalRows request={request} personId={session.personId} now={session.now} zone={ownZone()} />
        </Sheet>
        <Sheet title={say('access.approve.letters')}>
          <Letters id={id} languages={content.languages} />
        </Sheet>
      </div>
      <div id="outcome" role="status">
        <StandingHere shown={shown} session={session} publicUrl={publicUrl} />
      </div>
      {isOpen && !isOwn && !ownApproval(request, session) && (
        <ApproveAct kind="request" shown={{ id, digest: submitted.digest, version }} session={session} />
      )}
    </div>
  )
}

type Request = RequestShown['request']
type Approval = Request['approvals'][number]

/** Why there is nothing to do here, or what comes next. */
function StandingHere({
  shown: { id, request, version },
  session,
  publicUrl,
}: {
  readonly shown: RequestShown
  readonly session: Session
  readonly publicUrl: string
}) {
  const { say, knows } = useSpeech()
  const { state, submitted } = request
  if (request.incoming) return <Note>{say('access.approve.incoming')}</Note>
  if (state !== 'submitted' || !submitted) {
    const name = knows(`request-state.${state}`) ? say(`request-state.${state}` as never) : state
    return (
      <Note>
        <p>{say('access.approve.not-submitted', { state: name })}</p>
      </Note>
    )
  }
  const own = ownApproval(request, session)
  if (!own)
    return request.drafters.includes(session.personId) ? (
      <Note kind="warn">
        <p>{say('access.approving.you-are-author')}</p>
      </Note>
    ) : null
  const { digest, needed } = submitted
  const live = request.approvals.filter((one) => isLive(one, digest, session.now))
  const counted = new Set(live.map(({ approverId }) => approverId)).size
  return (
    <Note kind="good">
      <h2>{say('access.approving.you-approved')}</h2>
      <p>
        {say('access.approval.until')} <Instant at={own.expiresAt} zone={ownZone()} />
      </p>
      <p>{say('access.approving.counts', { counted, needed })}</p>
      {counted < needed ? (
        <p>{say('access.approve.next-more')}</p>
      ) : (
        <>
          <p>{say('access.approve.next-enough')}</p>
          <pre>
            <code>{`comity --node ${publicUrl} request release --id ${id} --digest ${digest} --if-match ${version}`}</code>
          </pre>
        </>
      )}
    </Note>
  )
}

function ownApproval({ approvals, submitted }: Request, { personId, now }: Session): Approval | undefined {
  return approvals.find((one) => one.approverId === personId && isLive(one, submitted?.digest, now))
}

function isLive({ withdrawnAt, digest: approved, expiresAt }: Approval, digest: string | undefined, now: number) {
  return withdrawnAt === null && approved === digest && Date.parse(expiresAt) > now
}
