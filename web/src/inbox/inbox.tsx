/** What came from other agencies, what is urgent first, then what has waited longest. */
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import './inbox.css'
import type { InboxListResult } from '../shared/api.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { ButtonLink, Empty, Note, PageHead, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, leftText, MachineValue } from '../shared/ui/values.tsx'
import { useRole } from '../supervision/use-matters.ts'
import { MemberName, useCodeWords } from './names.tsx'

type Item = InboxListResult['items'][number]
const states = ['new', 'filed', 'set-aside'] as const

export function Screen() {
  const { say } = useSpeech()
  const [state, setState] = useState<(typeof states)[number]>('new')
  const all = useAll('inboxList', { state })
  const { speaks } = useRole()
  return (
    <>
      <PageHead title={say('inbox.title')}>
        <ButtonLink kind="second" to="/requests/receive">
          {say('request.receive.open')}
        </ButtonLink>
        {speaks && (
          <ButtonLink kind="second" to="/after-sending">
            {say('supervision.title')}
          </ButtonLink>
        )}
        <ButtonLink kind="second" to="/partners">
          {say('inbox.partners')}
        </ButtonLink>
      </PageHead>
      <fieldset className="tabs">
        <legend className="hidden-text">{say('inbox.which')}</legend>
        {states.map((one) => (
          <button
            key={one}
            type="button"
            className="tab bare"
            aria-pressed={state === one}
            data-selected={state === one || undefined}
            onClick={() => setState(one)}
          >
            {say(`inbox.tab.${one}`)}
          </button>
        ))}
      </fieldset>
      <Shown read={all}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say(`inbox.empty.${state}`)}>{state === 'new' && <p>{say('inbox.empty.text')}</p>}</Empty>
          ) : (
            <>
              {isCut && <Note kind="warn">{say('inbox.cut', { count: items.length })}</Note>}
              <ul className="list arrivals">
                {byClock(items).map((item) => (
                  <Arrival key={item.id} item={item} />
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </>
  )
}

/** Urgent ones first; of equals, whoever has waited longest. */
export function byClock(items: readonly Item[]): readonly Item[] {
  const rank = ({ message }: Item) => `${message.urgency === null ? 1 : 0} ${message.receivedAt}`
  return [...items].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

function Arrival({ item: { id, message } }: { readonly item: Item }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  const now = useNow()
  return (
    <li>
      <Link className="arrival" to={`/inbox/${id}` as string}>
        <span className="arrival-what">
          <strong>{words('type', message.type)}</strong>
          <span>
            <MemberName id={message.from} />
          </span>
        </span>
        <span className="arrival-when">
          {message.urgency !== null && <Status kind="warn">{words('urgency', message.urgency)}</Status>}
          {message.training && <Status kind="plain">{say('inbox.exercise')}</Status>}
          <span>{say('inbox.waits', { time: leftText(now - Date.parse(message.receivedAt), locale) })}</span>
          <span className="soft small">
            <Instant at={message.receivedAt} />
          </span>
        </span>
        <span className="soft small">
          {say('inbox.their-reference')} <MachineValue value={message.reference} short />
        </span>
      </Link>
    </li>
  )
}

/** The time, each half minute anew. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
