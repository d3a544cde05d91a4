/** One message of a case. */
import { useParams } from '@tanstack/react-router'
import './inbox.css'
import { useRead } from '../shared/node/node.tsx'
import { PageHead, Shown } from '../shared/ui/parts.tsx'
import { MessageInCase } from './message-in-case.tsx'
import { MemberName, useCodeWords } from './names.tsx'

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const words = useCodeWords()
  const read = useRead('messageShow', { id })
  return (
    <Shown read={read}>
      {({ message }) => (
        <>
          <PageHead title={words('type', message.type)} kicker={<MemberName id={message.peer} />} />
          <MessageInCase id={id} />
        </>
      )}
    </Shown>
  )
}
