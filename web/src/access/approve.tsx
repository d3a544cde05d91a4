/**
 * Approving a request: everything that the approval covers is shown, digested here, and then signed. Once enough people have approved,
 * the letter is released here, or it goes over the exchange.
 */
import './access.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Content } from '../request/first-draft.ts'
import { LetterPreview } from '../request/letter-preview.tsx'
import { RecipientsList } from '../request/recipients-list.tsx'
import { RequestContent, Rows } from '../request/request-content.tsx'
import '../request/request.css'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { Button, ButtonLink, Fact, Facts, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone } from '../shared/ui/values.tsx'
import { useStateName } from '../tracker/words.tsx'
import { ApprovalRows, countedIn, ownApproval, type RequestShown } from './approval-rows.tsx'
import { ApproveAct, DigestFact, digestOf, digestWrong } from './approving.tsx'
import { isId } from './by-id.tsx'
import { Letters } from './letters.tsx'
import { Place } from './place.tsx'
import type { Session } from './session.ts'
import { TakeBack } from './take-back.tsx'
import { Problem, Told } from './told.tsx'

const noneNamed = new Told('access.approving.none', 'access.approving.none-fix')

export function Screen() {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return (
    <>
      <PageHead title={say('access.approve.title')}>
        {isId(id) && (
          <ButtonLink to={`/requests/${id}`} kind="second">
            {say('request.to-tracker')}
          </ButtonLink>
        )}
      </PageHead>
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
        <Sheet title={say('request.who-gets')}>
          <RecipientsList recipients={content.recipients as Content['recipients']} />
        </Sheet>
        <RequestContent content={content as Content} />
        <RecordSheet shown={shown} />
        <Sheet title={say('access.approve.letters')}>
          <Letters id={id} languages={content.languages} />
          <LetterHere shown={shown} />
        </Sheet>
        <Sheet title={say('access.approve.approvals')}>
          <ApprovalRows request={request} personId={session.personId} now={session.now} zone={ownZone()} />
        </Sheet>
      </div>
      <div id="outcome" role="status">
        <StandingHere shown={shown} session={session} />
      </div>
      {isOpen && !isOwn && !ownApproval(request, session) && (
        <ApproveAct kind="request" shown={{ id, digest: submitted.digest, version }} session={session} />
      )}
      {isOpen && countedIn(request, session.now) >= submitted.needed && (
        <ReleaseAct shown={{ id, digest: submitted.digest, version }} publicUrl={publicUrl} />
      )}
      {isOpen && (
        <Note>
          <p>{say('request.by-exchange')}</p>
          <ButtonLink to={`/requests/${id}/send`} kind="second">
            {say('request.by-exchange-link')}
          </ButtonLink>
        </Note>
      )}
    </div>
  )
}

/** The state in words. What was released is not yet sent to anybody here, as the tracker calls it: its letter still goes by hand. */
function useStandingName(): (state: string) => string {
  const say = useSay()
  const name = useStateName()
  return (state) => (state === 'released' ? say('access.approve.state-released') : name(state))
}

/** What else the digest is over: of which case it is, its marking, the policies. */
function RecordSheet({ shown: { id, caseId, request } }: { readonly shown: RequestShown }) {
  const say = useSay()
  const stateName = useStandingName()
  const { marking, submitted, state } = request
  return (
    <Sheet title={say('request.sheet.record')}>
      <Facts>
        <Fact name={say('request.reference')}>
          <MachineValue value={id} copy />
        </Fact>
        <Fact name={say('request.case')}>
          <MachineValue value={caseId} />
        </Fact>
        <Fact name={say('access.approve.state')}>{stateName(state)}</Fact>
        {submitted && (
          <>
            <Fact name={say('request.policies')}>
              <MachineValue value={submitted.policies} />
            </Fact>
            <DigestFact digest={submitted.digest} />
          </>
        )}
      </Facts>
      <h3>{say('request.marking')}</h3>
      <Rows value={marking} words="request.marking" />
    </Sheet>
  )
}

/** The letter is typeset when it is asked for: it has pages, and what is approved stands above. */
function LetterHere({ shown: { id, request, version } }: { readonly shown: RequestShown }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {say('access.approve.letter-here')}
      </Button>
    )
  return <LetterPreview id={id} languages={request.content.languages} version={version} />
}

/** Why there is nothing to do here, or what comes next. */
function StandingHere({
  shown: { id, version, request },
  session,
}: {
  readonly shown: RequestShown
  readonly session: Session
}) {
  const say = useSay()
  const stateName = useStandingName()
  const { state, submitted } = request
  if (request.incoming) return <Note>{say('access.approve.incoming')}</Note>
  if (state !== 'submitted' || !submitted) {
    return (
      <Note kind={state === 'released' ? 'good' : 'plain'}>
        {state === 'released' && <h2>{say('request.released')}</h2>}
        <p>{say('access.approve.not-submitted', { state: stateName(state) })}</p>
        {state === 'released' && (
          <>
            <p>{say('request.released-text')}</p>
            <ButtonLink to={`/requests/${id}`}>{say('request.to-tracker')}</ButtonLink>
          </>
        )}
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
  const counted = countedIn(request, session.now)
  return (
    <Note kind="good">
      <h2>{say('access.approving.you-approved')}</h2>
      <p>
        {say('access.approval.until')} <Instant at={own.expiresAt} zone={ownZone()} />
      </p>
      <p>{say('access.approving.counts', { counted, needed: submitted.needed })}</p>
      {counted < submitted.needed && <p>{say('access.approve.next-more')}</p>}
      <TakeBack kind="request" shown={{ id, version }} />
    </Note>
  )
}

/** Exactly what enough people have approved, here or from the command line. */
function ReleaseAct({
  shown: { id, digest, version },
  publicUrl,
}: {
  readonly shown: { readonly id: string; readonly digest: string; readonly version: number }
  readonly publicUrl: string
}) {
  const say = useSay()
  const release = useAct('requestRelease')
  return (
    <Sheet title={say('request.send')}>
      <p>{say('request.send-text')}</p>
      <Problem error={release.error} />
      <p>
        <Button isBusy={release.isPending} onPress={() => release.mutate({ id, seen: version, digest })}>
          {say('request.release')}
        </Button>
      </p>
      <p className="small">{say('access.approve.next-enough')}</p>
      <pre>
        <code>{`comity --node ${publicUrl} request release --id ${id} --digest ${digest} --if-match ${version}`}</code>
      </pre>
    </Sheet>
  )
}
