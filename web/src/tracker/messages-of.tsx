/** The messages of the exchange in which a request went out. */
import { Link } from '@tanstack/react-router'
import { MemberName, useCodeWords } from '../inbox/names.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'

export function Messages({ caseId, exchange }: { readonly caseId: string; readonly exchange: string | null }) {
  const { say } = useSpeech()
  const messages = useAll('messageList', exchange === null ? null : { caseId })
  const words = useCodeWords()
  if (exchange === null) return null
  return (
    <Sheet title={say('tracker.messages')}>
      <Shown read={messages}>
        {({ items }) => (
          <ul className="list">
            {items
              .filter(({ message }) => (message as { exchange?: string | null }).exchange === exchange)
              .map(({ id, at, message }) => (
                <li key={id}>
                  <div className="row">
                    <Status kind="plain">{say(message.direction === 'out' ? 'tracker.sent' : 'tracker.came')}</Status>
                    <Link to={`/messages/${id}`}>{words('type', message.type)}</Link>
                    <MemberName id={message.peer} />
                  </div>
                  <div className="small soft">
                    <Instant at={at} zone={ownZone()} />
                  </div>
                </li>
              ))}
          </ul>
        )}
      </Shown>
    </Sheet>
  )
}
