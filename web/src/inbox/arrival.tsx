/** One message of the inbox: is it genuine, what is asked, what becomes of it; once it is in a case, the answer. */
import { useParams } from '@tanstack/react-router'
import './inbox.css'
import type { InboxShowResult } from '../shared/api.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Note, PageHead, Shown } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { ArrivalAfter } from '../supervision/arrival-after.tsx'
import { AskedSheet } from './asked.tsx'
import { Authenticity } from './authenticity.tsx'
import { MessageInCase } from './message-in-case.tsx'
import type { Header, Json } from './message-parts.ts'
import { MemberName, useCodeWords } from './names.tsx'
import { TakeIn } from './take-in.tsx'

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const read = useRead('inboxShow', { id })
  return <Shown read={read}>{(found) => <Found found={found} />}</Shown>
}

function Found({ found }: { readonly found: InboxShowResult }) {
  const say = useSay()
  const words = useCodeWords()
  const { message, proof } = found
  const header = found.header as unknown as Header | null
  const body = found.body as unknown as Json
  return (
    <>
      <PageHead title={words('type', message.type)} kicker={<MemberName id={message.from} />} />
      {message.filed !== null ? (
        <MessageInCase id={message.filed.message} />
      ) : (
        <div className="message-page">
          <div className="stack">
            <Authenticity peer={message.from} proof={proof} />
            {header && <AskedSheet header={header} body={body} />}
          </div>
          <div className="stack">
            <ArrivalAfter id={found.id} message={message} />
            {message.state === 'set-aside' ? (
              <Note>
                {say('inbox.was-set-aside')} <Words>{message.reason}</Words>
              </Note>
            ) : (
              header && (
                <TakeIn
                  arrived={{
                    id: found.id,
                    version: found.version,
                    header,
                    body,
                    from: message.from,
                    type: message.type,
                  }}
                />
              )
            )}
          </div>
        </div>
      )}
    </>
  )
}
