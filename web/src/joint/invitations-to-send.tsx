/** Invitations that are drafted: exactly what they say and to whom, who has approved them, and sending them by a person's decision. */
import { useState } from 'react'
import { ApproveAct, DigestFact, digestOf, digestWrong } from '../access/approving.tsx'
import { Problem } from '../access/told.tsx'
import { Recipient } from '../inbox/recipient.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { AskDialog, Button, Facts, Note, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { useAgencyNames } from './agency-select.tsx'
import type { Joint } from './joint-parts.ts'

export function InvitationsToSend({ joint }: { readonly joint: Joint }) {
  const { say } = useSpeech()
  const names = useAgencyNames()
  const session = useRead('sessionRead', {}).data?.session
  const send = useAct('jointSend')
  const [asks, setAsks] = useState(false)
  const { id, version, digest, drafted, drafters, approval } = joint
  if (shownDigest(joint) !== digest) return <Problem error={digestWrong} />
  const isOwn = session !== undefined && session !== null && drafters.includes(session.personId)
  const hasApproved = joint.approvals.some(({ approverId, counts }) => counts && approverId === session?.personId)
  return (
    <Sheet
      title={say('joint.to-send')}
      actions={
        <Status kind={approval.enough ? 'good' : 'open'}>
          {say('inbox.approve.count', { counted: approval.counted, needed: approval.needed })}
        </Status>
      }
    >
      <p>{say('joint.to-send-text', { who: names(drafted) })}</p>
      <h3>{say('access.approve.approvals')}</h3>
      <Approvals joint={joint} />
      <Facts>
        <DigestFact digest={digest} />
      </Facts>
      <Trouble error={send.error} />
      {isOwn && !approval.enough && <Note>{say('joint.you-drafted')}</Note>}
      {hasApproved && !approval.enough && <Note kind="good">{say('joint.you-approved')}</Note>}
      {session && !isOwn && !hasApproved && !approval.enough && (
        <ApproveAct kind="joint" shown={{ id, digest, version }} session={session} />
      )}
      {approval.enough && (
        <Button isBusy={send.isPending} onPress={() => setAsks(true)}>
          {say('joint.send', { count: drafted.length })}
        </Button>
      )}
      <AskDialog title={say('joint.send-sure')} isOpen={asks} onClose={() => setAsks(false)}>
        {drafted.map((agency) => (
          <Recipient key={agency} id={agency} />
        ))}
        <p>{say('joint.send-effect')}</p>
        <div className="row">
          <Button
            onPress={() => {
              setAsks(false)
              send.mutate({ id, seen: version, digest })
            }}
          >
            {say('joint.send', { count: drafted.length })}
          </Button>
          <Button kind="quiet" onPress={() => setAsks(false)}>
            {say('cases.cancel')}
          </Button>
        </div>
      </AskDialog>
    </Sheet>
  )
}

/** Over what is on the screen: the terms, who takes part as what, and who is asked now. */
function shownDigest({
  id,
  joint,
  leader,
  terms,
  list,
  drafted,
  marking,
  approval: { policies, needed },
}: Joint): string {
  const parties = list.parties.map(({ agency, role, purpose }) => ({ agency, role, purpose }))
  const shown = { id, joint, leader, terms, parties, drafted, marking, policies, needed }
  return digestOf({ format: 'comity-joint-proposal/1', ...shown })
}

function Approvals({ joint: { approvals } }: { readonly joint: Joint }) {
  const { say, knows } = useSpeech()
  if (approvals.length === 0) return <p className="soft">{say('access.approve.no-approvals')}</p>
  return (
    <ul className="list">
      {approvals.map(({ approverId, role, givenAt, expiresAt, counts }) => (
        <li key={`${approverId} ${givenAt}`} className="row">
          <span>
            <PersonName id={approverId} /> ({knows(`role.${role}`) ? say(`role.${role}` as never) : role})
          </span>
          <Instant at={givenAt} zone={ownZone()} />
          <Status kind={counts ? 'good' : 'warn'}>
            {say(counts ? 'access.approval.counts' : 'joint.approval-void')}
          </Status>
          {counts && (
            <span className="soft">
              {say('access.approval.until')} <Instant at={expiresAt} zone={ownZone()} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
