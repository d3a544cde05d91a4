/** With whom this agency exchanges: the members of the directory as their keepers signed it, what each may be sent, and how it is reached. */
import { Link } from '@tanstack/react-router'
import './inbox.css'
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { ButtonLink, Empty, Fact, Facts, Note, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { countryName, Instant, languageName, MachineValue, Words } from '../shared/ui/values.tsx'
import { ofKind, useMatters } from '../supervision/use-matters.ts'
import { Calls } from './calls.tsx'
import type { Member } from './message-parts.ts'
import { MemberName, useCodeWords, useMembers } from './names.tsx'

export function Screen() {
  const { say } = useSpeech()
  const { read, me } = useMembers()
  const forks = useRead('memberForks', {})
  const after = useMatters(null)
  const suspended = ofKind(after.data ?? [], 'suspension').filter(({ says }) => says.lifted === null)
  return (
    <>
      <PageHead title={say('inbox.partners.title')}>
        {after.isAsked && (
          <ButtonLink kind="second" to="/after-sending">
            {say('supervision.title')}
          </ButtonLink>
        )}
      </PageHead>
      <div className="stack">
        {forks.data?.forks.map(({ id, agency, at }) => (
          <Note kind="bad" key={id}>
            <strong>{say('inbox.genuine.fork', { count: 1 })}</strong> <MachineValue value={agency} />{' '}
            <Instant at={at} />
          </Note>
        ))}
        {suspended.map(({ id, says }) => (
          <Note kind="bad" key={id}>
            <strong>{say('supervision.kind.suspension')}</strong>: <MemberName id={says.peer} />{' '}
            <Link to={'/after-sending' as string}>{say('supervision.suspension.see')}</Link>
          </Note>
        ))}
        <Calls />
        <Shown read={read}>
          {({ members }) =>
            members.length === 0 ? (
              <Empty title={say('inbox.partners.none')}>
                <p>{say('inbox.partners.none-text')}</p>
              </Empty>
            ) : (
              <div className="columns">
                {members.map((one) => (
                  <MemberSheet key={one.id} member={one} isSelf={one.id === me} />
                ))}
              </div>
            )
          }
        </Shown>
      </div>
    </>
  )
}

function MemberSheet({ member, isSelf }: { readonly member: Member; readonly isSelf: boolean }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  return (
    <Sheet
      title={member.name}
      actions={
        isSelf ? (
          <Status kind="plain">{say('inbox.partners.us')}</Status>
        ) : (
          <Status kind={member.mayOpen ? 'good' : 'warn'}>
            {say(member.mayOpen ? 'inbox.partners.open' : 'inbox.partners.closed')}
          </Status>
        )
      }
    >
      <Facts>
        <Fact name={say('inbox.partners.kind')}>
          {words('member', member.kind)}, {countryName(member.country, locale)}
        </Fact>
        <Fact name={say('inbox.partners.duty')}>
          <Words>{member.contact.dutyLine}</Words>
          <div className="small soft">
            <Words>{member.contact.hours}</Words>
          </div>
        </Fact>
        <Fact name={say('inbox.partners.languages')}>
          {new Intl.ListFormat(locale).format(member.contact.languages.map((tag) => languageName(tag, locale)))}
        </Fact>
        {(['send', 'receive'] as const).map((way) => (
          <Fact key={way} name={say(`inbox.partners.${way}`)}>
            {member.scopes.filter((one) => one[way]).length === 0
              ? say('inbox.partners.nothing')
              : new Intl.ListFormat(locale).format(
                  member.scopes
                    .filter((one) => one[way])
                    .map(({ messages }) =>
                      messages === '*' ? say('inbox.partners.all') : words('kind', messages.replace(/\.\*$/, '')),
                    ),
                )}
          </Fact>
        ))}
      </Facts>
      <details>
        <summary>{say('inbox.recipient.keys', { count: member.keys.length })}</summary>
        {member.keys.map(({ id, until }) => (
          <p key={id}>
            <MachineValue value={id} copy />
            {until !== null && (
              <span className="small soft">
                {' '}
                {say('inbox.partners.until')} <Instant at={until} />
              </span>
            )}
          </p>
        ))}
      </details>
    </Sheet>
  )
}
