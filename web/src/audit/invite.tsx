/** Inviting somebody: a name, a role, and the link, which is shown once. */
import { type FormEvent, useState } from 'react'
import { InvitationLink } from '../access/invitation-link.tsx'
import { RoleName } from '../access/role-name.tsx'
import { proveLately } from '../access/session.ts'
import { Problem, useWork } from '../access/told.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { act, queries, type ResultOf, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextField } from '../shared/ui/fields.tsx'
import { Button, Sheet } from '../shared/ui/parts.tsx'
import { type RoleId, roles } from './roles.ts'

export type Invited = ResultOf<'personInvite'> & { readonly name: string }

export function Invite() {
  const { say, knows } = useSpeech()
  const facts = useRead('publicRead', {})
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleId>('investigator')
  const [isMissing, setMissing] = useState(false)
  const [invited, setInvited] = useState<Invited | null>(null)
  const { isBusy, error, run } = useWork()
  function submit(event: FormEvent) {
    event.preventDefault()
    const given = name.trim()
    setMissing(given === '')
    if (given === '') return
    void run(async () => {
      await proveLately()
      setInvited({ ...(await act('personInvite', { name: given, role })), name: given })
      setName('')
      await queries.invalidateQueries()
    })
  }
  const missing = isMissing ? say('audit.people.name-missing') : undefined
  return (
    <Sheet title={say('audit.people.invite')}>
      <ErrorSummary errors={missing === undefined ? [] : [{ id: 'invite-name', text: missing }]} />
      <Problem error={error} />
      {invited && facts.data && (
        <InvitationLink
          key={invited.token}
          token={invited.token}
          expiresAt={invited.expiresAt}
          publicUrl={facts.data.publicUrl}
          name={invited.name}
        />
      )}
      <form className="filters" noValidate onSubmit={submit}>
        <TextField
          id="invite-name"
          label={say('audit.people.name')}
          wrong={missing}
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Select
          label={say('audit.people.role')}
          value={role}
          onChange={({ target }) => setRole(target.value as RoleId)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {knows(`role.${one}`) ? say(`role.${one}`) : one}
            </option>
          ))}
        </Select>
        <p>
          <Button type="submit" isBusy={isBusy}>
            {say('audit.people.invite-button')}
          </Button>
        </p>
      </form>
      <p className="small soft">
        <RoleName role={role} />: {say(`audit.people.may-${role}`)}
      </p>
    </Sheet>
  )
}
