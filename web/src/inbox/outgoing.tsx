/** A message of ours: to whom exactly, what goes with it, who has approved it, and what became of it. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { AskDialog, Button, ButtonLink, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { Approvals } from './approvals.tsx'
import { Attachments } from './attachments.tsx'
import type { ShownMessage } from './message-in-case.tsx'
import { messageState } from './message-parts.ts'
import { useCodeWords, useMembers } from './names.tsx'
import { Recipient } from './recipient.tsx'

export function Outgoing({ found }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const isDraft = found.message.state === 'draft'
  return (
    <>
      <Sheet title={say('inbox.out.to')}>
        <Recipient id={found.message.peer} />
      </Sheet>
      <Attachments found={found} isDraft={isDraft} />
      {isDraft ? (
        <>
          {found.approvals !== null && <Approvals found={found} />}
          <Send found={found} />
        </>
      ) : (
        <WayOf found={found} />
      )}
    </>
  )
}

function Send({ found }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { byId } = useMembers()
  const navigate = useNavigate()
  const [asks, setAsks] = useState(false)
  const send = useAct('messageSend')
  const discard = useAct('messageDiscard')
  const { approvals, message, id, version } = found
  const lacks = approvals !== null && (approvals.counted < approvals.needed || approvals.missing.length > 0)
  const who = byId(message.peer)?.name ?? message.peer
  return (
    <Sheet title={say('inbox.out.send-title')}>
      <Trouble error={send.error ?? discard.error} />
      {lacks && <p>{say('inbox.out.lacks')}</p>}
      <div className="row">
        <Button isDisabled={lacks} onPress={() => setAsks(true)}>
          {say('inbox.out.send', { who })}
        </Button>
        {message.request === null && (
          <ButtonLink to={`/messages/${id}/change`} kind="second">
            {say('inbox.out.change')}
          </ButtonLink>
        )}
        <Button
          kind="danger"
          isBusy={discard.isPending}
          onPress={() =>
            discard.mutate(
              { id, seen: version },
              { onSuccess: () => void navigate({ to: `/cases/${found.caseId}/messages` as string }) },
            )
          }
        >
          {say('inbox.out.discard')}
        </Button>
      </div>
      <AskDialog
        title={say('inbox.out.sure', { what: words('type', message.type), who })}
        isOpen={asks}
        onClose={() => setAsks(false)}
      >
        <Recipient id={message.peer} />
        <p>{say('inbox.out.effect')}</p>
        {message.request !== null && <p>{say('inbox.out.releases')}</p>}
        <div className="row">
          <Button kind="second" onPress={() => setAsks(false)}>
            {say('inbox.not-now')}
          </Button>
          <Button
            isBusy={send.isPending}
            onPress={() => {
              setAsks(false)
              send.mutate({ id, seen: version })
            }}
          >
            {say('inbox.out.send-now')}
          </Button>
        </div>
      </AskDialog>
    </Sheet>
  )
}

/** Written, approved, queued, and its end; each with its time, the end with what proves it. */
function WayOf({ found }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { message, proof } = found
  const kind =
    message.state === 'accepted'
      ? 'good'
      : message.state === 'queued'
        ? 'open'
        : message.state === 'discarded'
          ? 'plain'
          : 'bad'
  return (
    <Sheet
      title={say('inbox.way.title')}
      actions={<Status kind={kind}>{words('state', messageState(message))}</Status>}
    >
      <ol className="way-of">
        <li>
          {say('inbox.way.written')} <Instant at={message.fixed.created} />
        </li>
        {message.header.approvals.map(({ approver, givenAt }) => (
          <li key={approver.id}>
            {say('inbox.way.approved', { who: approver.name })} <Instant at={givenAt} />
          </li>
        ))}
        {message.state === 'queued' && (
          <li>
            {say('inbox.way.queued')} <Instant at={message.at} />
            {message.fixed.deadline !== null && (
              <>
                {' '}
                {say('inbox.way.until')} <Instant at={message.fixed.deadline} />
              </>
            )}
          </li>
        )}
        {proof?.receipt && (
          <li>
            <strong>{say(`inbox.receipt.${proof.receipt.kind}`)}</strong> <Instant at={proof.receipt.at} />
          </li>
        )}
        {message.code !== null && (
          <li>
            <MachineValue value={message.code} /> {message.note !== null && <Words>{message.note}</Words>}
          </li>
        )}
      </ol>
      {message.digest !== null && (
        <details>
          <summary>{say('inbox.way.proof')}</summary>
          <p>
            {say('inbox.genuine.digest')} <MachineValue value={message.digest} copy />
          </p>
          {proof?.keys.map((key) => (
            <p key={key}>
              {say('inbox.way.key')} <MachineValue value={key} copy />
            </p>
          ))}
          {message.evidence !== null && <p>{say('inbox.way.evidence')}</p>}
        </details>
      )}
    </Sheet>
  )
}
