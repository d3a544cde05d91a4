/** What has come from other agencies: calls that nobody has taken, and messages that belong to no case yet. */
import { Link } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useAll, useRead } from '../shared/node/node.tsx'
import { Empty, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'

function useAgencyName(): (id: string) => string {
  const members = useRead('memberList', {}).data?.members ?? []
  return (id) => members.find((one) => one.id === id)?.name ?? id
}

export function CallsSheet() {
  const say = useSay()
  const nameOf = useAgencyName()
  const read = useRead('callList', { open: true })
  return (
    <Sheet title={say('today.calls')}>
      <Shown read={read}>
        {({ calls }) => {
          const waiting = calls.filter(({ direction, taken }) => direction === 'in' && taken === null)
          return waiting.length === 0 ? (
            <p className="soft">{say('today.calls-none')}</p>
          ) : (
            <ul className="tasks">
              {waiting.map(({ id, peer, matter, at, test, missedAt }) => (
                <li key={id}>
                  <div>
                    <Link className="whole" to="/inbox">
                      <Words>{matter}</Words>
                    </Link>
                    <p className="hint">
                      <Words>{nameOf(peer)}</Words> · <Instant at={at} />
                    </p>
                  </div>
                  <div className="row state">
                    {test && <Status kind="plain">{say('today.call-test')}</Status>}
                    <Status kind={missedAt === null ? 'warn' : 'bad'}>
                      {say(missedAt === null ? 'today.call-waits' : 'today.call-missed')}
                    </Status>
                  </div>
                </li>
              ))}
            </ul>
          )
        }}
      </Shown>
    </Sheet>
  )
}

export function InboxSheet() {
  const { say, knows } = useSpeech()
  const nameOf = useAgencyName()
  const read = useAll('inboxList', {})
  return (
    <Sheet title={say('today.inbox')}>
      <Shown read={read}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say('today.inbox-none')}>
              <p>{say('today.inbox-none-text')}</p>
            </Empty>
          ) : (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              <ul className="tasks">
                {items.map(({ id, message }) => {
                  const type = `today.message.${message.type}`
                  return (
                    <li key={id}>
                      <div>
                        <Link className="whole" to={`/inbox/${id}`}>
                          {knows(type) ? say(type) : message.type} · <Words>{nameOf(message.from)}</Words>
                        </Link>
                        <p className="hint">
                          <MachineValue value={message.reference} /> · <Instant at={message.receivedAt} />
                        </p>
                      </div>
                      <div className="row state">
                        {message.training && <Status kind="warn">{say('cases.training')}</Status>}
                        {message.urgency !== null && <Status kind="bad">{say('today.urgent')}</Status>}
                        <Status kind="open">{say('today.new')}</Status>
                      </div>
                    </li>
                  )
                })}
              </ul>
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}
