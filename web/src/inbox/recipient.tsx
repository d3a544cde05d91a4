/** Exactly who will get it, as the directory that its keepers signed says: never a name that somebody typed. */
import { Link } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import { Note } from '../shared/ui/parts.tsx'
import { countryName, MachineValue, Words } from '../shared/ui/values.tsx'
import { ofKind, useMatters } from '../supervision/use-matters.ts'
import { useCodeWords, useMembers } from './names.tsx'

export function Recipient({ id }: { readonly id: string }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  const { byId, read } = useMembers()
  const member = byId(id)
  const isSuspended = ofKind(useMatters(null).data ?? [], 'suspension').some(
    ({ says }) => says.peer === id && says.lifted === null,
  )
  if (read.data === undefined) return null
  if (!member) return <Note kind="bad">{say('inbox.genuine.unlisted', { name: id })}</Note>
  return (
    <div className="member-card">
      <p>
        <strong>
          <Words>{member.name}</Words>
        </strong>
        <br />
        {words('member', member.kind)}, {countryName(member.country, locale)}
      </p>
      <p className="small soft">
        <MachineValue value={member.id} />
        <br />
        <Words>{member.contact.dutyLine}</Words>, <Words>{member.contact.hours}</Words>
      </p>
      <details>
        <summary>{say('inbox.recipient.keys', { count: member.keys.length })}</summary>
        {member.keys.map(({ id: key }) => (
          <p key={key}>
            <MachineValue value={key} copy />
          </p>
        ))}
      </details>
      {isSuspended && (
        <Note kind="bad">
          {say('supervision.kind.suspension')}.{' '}
          <Link to={'/after-sending' as string}>{say('supervision.suspension.see')}</Link>
        </Note>
      )}
      {!member.mayOpen && (
        <Note kind="warn">
          {say('inbox.recipient.closed')} <Words>{member.because}</Words>
        </Note>
      )}
    </div>
  )
}
