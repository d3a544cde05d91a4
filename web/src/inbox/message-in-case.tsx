/** A message of a case, either way: what shows that it is genuine, what it says, its files; ours with its way, theirs with the answer. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { TextArea } from '../shared/ui/fields.tsx'
import { Button, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { Cautions } from '../supervision/cautions.tsx'
import { MessageAfter } from '../supervision/message-after.tsx'
import { Answering } from './answering.tsx'
import { AskedSheet } from './asked.tsx'
import { askedOf, lookedFor } from './asked-of.ts'
import { Authenticity } from './authenticity.tsx'
import { Files } from './files.tsx'
import { Matching } from './matching.tsx'
import type { Json } from './message-parts.ts'
import { useCodeWords } from './names.tsx'
import { Outgoing } from './outgoing.tsx'

export type ShownMessage = ResultOf<'messageShow'>

export function MessageInCase({ id }: { readonly id: string }) {
  const read = useRead('messageShow', { id })
  return <Shown read={read}>{(found) => <Sides found={found} />}</Shown>
}

function Sides({ found }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const { message, proof, caseId, id } = found
  const body = message.body as unknown as Json
  const asked = askedOf(body)
  const isRequest = message.direction === 'in' && message.request !== null && opens(message)
  return (
    <div className="message-page">
      <div className="stack">
        <Cautions caseId={caseId} about={{ kind: 'message', id }} />
        {message.direction === 'in' && <Authenticity peer={message.peer} proof={proof} />}
        <AskedSheet header={message.header} body={body} />
        {message.direction === 'in' && <Files place={{ caseId, id, header: message.header }} />}
      </div>
      <div className="stack">
        {message.direction === 'out' ? (
          <Outgoing found={found} />
        ) : (
          <>
            {isRequest && <Answering requestId={message.request as string} />}
            {isRequest && <Matching wanted={lookedFor(asked)} />}
            {message.due !== null && <SeeTo found={found} />}
          </>
        )}
        <MessageAfter found={found} />
        <p>
          <Link to={`/cases/${caseId}/messages` as string}>{say('inbox.all-of-case')}</Link>
        </p>
      </div>
    </div>
  )
}

/** The message that opened its exchange is the one by whose digest the exchange is called. */
function opens({ digest, exchange }: ShownMessage['message']): boolean {
  return digest === exchange
}

function SeeTo({ found }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const seen = useAct('messageSeeTo')
  const [note, setNote] = useState('')
  return (
    <Sheet title={say('inbox.see-to.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          seen.mutate({ id: found.id, seen: found.version, note })
        }}
      >
        <Trouble error={seen.error} />
        <p>{words('state', found.message.due?.matter ?? '')}</p>
        <TextArea
          label={say('inbox.see-to.note')}
          value={note}
          required
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" kind="second" isBusy={seen.isPending}>
          {say('inbox.see-to.do')}
        </Button>
      </form>
    </Sheet>
  )
}
