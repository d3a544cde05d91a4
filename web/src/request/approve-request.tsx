/**
 * Approving a request. Everything that an approval covers is on the screen; the digest over it is computed here, of what is shown, and
 * only this digest is signed. Then it is released, or goes over the exchange.
 */
import { useParams } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, ButtonLink, Fact, Facts, Note, PageHead, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone } from '../shared/ui/values.tsx'
import { useApproving, useShownDigest } from './approving.ts'
import type { Content } from './first-draft.ts'
import { LetterPreview } from './letter-preview.tsx'
import { RecipientsList } from './recipients-list.tsx'
import { RequestContent, Rows } from './request-content.tsx'
import type { Read } from './use-draft.ts'
import './request.css'

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const read = useRead('requestRead', { id })
  return <Shown read={read}>{(request) => <Approve read={request} />}</Shown>
}

function Approve({ read }: { readonly read: Read }) {
  const { say } = useSpeech()
  const codes = useCodes()
  const { id, request } = read
  const content = request.content as Content
  return (
    <>
      <PageHead title={say('request.approve-title')} kicker={codes.name(content.measure)}>
        <ButtonLink to={`/requests/${id}`} kind="second">
          {say('request.to-tracker')}
        </ButtonLink>
      </PageHead>
      <div className="letter-beside">
        <div className="stack">
          <Acts read={read} />
          <Sheet title={say('request.who-gets')}>
            <RecipientsList recipients={content.recipients} />
          </Sheet>
          <RequestContent content={content} />
          <Sheet title={say('request.sheet.record')}>
            <Facts>
              <Fact name={say('request.reference')}>
                <MachineValue value={id} copy />
              </Fact>
              <Fact name={say('request.case')}>
                <MachineValue value={read.caseId} />
              </Fact>
              {request.submitted && (
                <Fact name={say('request.policies')}>
                  <MachineValue value={request.submitted.policies} />
                </Fact>
              )}
            </Facts>
            <h3>{say('request.marking')}</h3>
            <Rows value={request.marking} />
          </Sheet>
        </div>
        <LetterPreview id={id} languages={content.languages} version={read.version} />
      </div>
    </>
  )
}

function Acts({ read }: { readonly read: Read }) {
  const { say } = useSpeech()
  const { id, version, request, approval } = read
  const { submitted, state } = request
  const session = useRead('sessionRead', {}).data?.session
  const digest = useShownDigest(read)
  const approving = useApproving()
  const release = useAct('requestRelease')
  const me = session?.personId
  const own = request.approvals.find(
    (one) => one.approverId === me && one.withdrawnAt === null && one.digest === submitted?.digest,
  )
  const isMine = me !== undefined && request.drafters.includes(me)
  if (state === 'released')
    return (
      <Note kind="good">
        <h2>{say('request.released')}</h2>
        <p>{say('request.released-text')}</p>
        <p>
          <MachineValue value={id} copy />
        </p>
        <ButtonLink to={`/requests/${id}`}>{say('request.to-tracker')}</ButtonLink>
      </Note>
    )
  if (state !== 'submitted' || !submitted)
    return (
      <Note>
        <p>{say('request.nothing-to-approve')}</p>
      </Note>
    )
  return (
    <>
      <Sheet title={say('request.approvals', { counted: approval.counted, needed: approval.needed })}>
        <Approvals read={read} me={me} />
        <Facts>
          <Fact name={say('request.digest')}>
            <MachineValue value={submitted.digest} />
            <div className="small">
              {digest === null ? (
                say('wait.busy')
              ) : digest === submitted.digest ? (
                <Status kind="good">{say('request.digest-right')}</Status>
              ) : (
                <Status kind="bad">{say('request.digest-wrong')}</Status>
              )}
            </div>
          </Fact>
        </Facts>
        <Trouble error={approving.error} />
        <Trouble error={release.error} />
        {isMine ? (
          <p>{say('request.you-wrote')}</p>
        ) : own ? (
          <p>{say('request.you-approved')}</p>
        ) : (
          <>
            <p>{say('request.approve-text')}</p>
            <Button
              isBusy={approving.isPending}
              isDisabled={digest !== submitted.digest}
              onPress={() => approving.mutate({ id, digest: submitted.digest, version })}
            >
              {say('request.approve')}
            </Button>
          </>
        )}
        {approval.enough && (
          <>
            <h3>{say('request.send')}</h3>
            <p>{say('request.send-text')}</p>
            <p className="row">
              <Button
                isBusy={release.isPending}
                isDisabled={digest !== submitted.digest}
                onPress={() => release.mutate({ id, seen: version, digest: submitted.digest })}
              >
                {say('request.release')}
              </Button>
            </p>
          </>
        )}
      </Sheet>
      <Note>
        <p>{say('request.by-exchange')}</p>
        <ButtonLink to={`/requests/${id}/send`} kind="second">
          {say('request.by-exchange-link')}
        </ButtonLink>
      </Note>
    </>
  )
}

export function Approvals({ read, me }: { readonly read: Read; readonly me: string | undefined }) {
  const { say, knows } = useSpeech()
  const { approvals, submitted } = read.request
  if (approvals.length === 0) return <p className="soft">{say('request.no-approvals')}</p>
  return (
    <ul className="list">
      {approvals.map(({ approverId, role, givenAt, expiresAt, withdrawnAt, digest }) => {
        const named = `role.${role}`
        const counts = withdrawnAt === null && digest === submitted?.digest
        return (
          <li key={approverId + givenAt}>
            <div className="row">
              <strong>
                <PersonName id={approverId} />
              </strong>
              <span className="soft">{knows(named) ? say(named) : role}</span>
              {approverId === me && <Status kind="open">{say('request.you')}</Status>}
              <Status kind={counts ? 'good' : 'plain'}>
                {withdrawnAt !== null
                  ? say('request.approval-withdrawn')
                  : counts
                    ? say('request.approval-counts')
                    : say('request.approval-other')}
              </Status>
            </div>
            <div className="small soft">
              <Instant at={givenAt} zone={ownZone()} /> → <Instant at={expiresAt} zone={ownZone()} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
