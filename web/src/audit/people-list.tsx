/** Everybody who was let in, with what can be done about each. */
import { useState } from 'react'
import { InvitationLink } from '../access/invitation-link.tsx'
import { RoleName } from '../access/role-name.tsx'
import { proveLately } from '../access/session.ts'
import { Problem, useWork } from '../access/told.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { act, type ItemOf, type ResultOf, useAll, useRead } from '../shared/node/node.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { GraveAct } from './grave-act.tsx'
import { Invite, type Invited } from './invite.tsx'
import { type RoleId, roles } from './roles.ts'

type Person = ItemOf<'personList'>
type Doing = { readonly what: 'suspend' | 'resume' | 'role' | 'keys'; readonly person: Person }

export function PeopleList() {
  const say = useSay()
  const people = useAll('personList', {})
  const keys = useAll('keyList', {})
  const session = useRead('sessionRead', {})
  const facts = useRead('publicRead', {})
  const [doing, setDoing] = useState<Doing | null>(null)
  const [invited, setInvited] = useState<Invited | null>(null)
  const { error, run } = useWork()
  const own = session.data?.session?.personId
  const machines = new Set(keys.data?.items.map(({ personId }) => personId) ?? [])
  const invite = (person: Person) =>
    run(async () => {
      await proveLately()
      setInvited({ ...(await act('personKeyInvite', { personId: person.id })), name: person.name })
    })
  const columns: readonly Column<Person>[] = [
    {
      id: 'name',
      head: say('audit.people.name'),
      by: ({ name }) => name.toLowerCase(),
      cell: ({ name, id }) => (
        <>
          <Words>{name}</Words> {id === own && <span className="soft">({say('audit.people.you')})</span>}
        </>
      ),
    },
    {
      id: 'role',
      head: say('audit.people.role'),
      by: ({ role }) => role,
      cell: ({ role }) => <RoleName role={role} />,
    },
    {
      id: 'state',
      head: say('audit.people.state'),
      by: ({ suspended }) => Number(suspended),
      cell: ({ suspended }) => (
        <Status kind={suspended ? 'warn' : 'done'}>
          {say(suspended ? 'audit.people.suspended' : 'audit.people.active')}
        </Status>
      ),
    },
    {
      id: 'acts',
      head: say('audit.people.acts'),
      cell: (person) =>
        person.id === own ? (
          <span className="small soft">{say('audit.people.own')}</span>
        ) : (
          <div className="acts">
            <Button
              kind="quiet"
              label={say('audit.people.role-of', { name: person.name })}
              onPress={() => setDoing({ what: 'role', person })}
            >
              {say('audit.people.change-role')}
            </Button>
            <Button
              kind="quiet"
              label={say('audit.people.key-of', { name: person.name })}
              onPress={() => void invite(person)}
            >
              {say('audit.people.further-key')}
            </Button>
            <Button
              kind="quiet"
              label={say('audit.people.keys-of', { name: person.name })}
              onPress={() => setDoing({ what: 'keys', person })}
            >
              {say('audit.people.keys')}
            </Button>
            {person.suspended ? (
              <Button
                kind="quiet"
                label={say('audit.people.resume-of', { name: person.name })}
                onPress={() => setDoing({ what: 'resume', person })}
              >
                {say('audit.people.resume')}
              </Button>
            ) : (
              <Button
                kind="danger"
                label={say('audit.people.suspend-of', { name: person.name })}
                onPress={() => setDoing({ what: 'suspend', person })}
              >
                {say('audit.people.suspend')}
              </Button>
            )}
          </div>
        ),
    },
  ]
  return (
    <>
      <Invite />
      <Sheet title={say('audit.people.people')}>
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
        <Shown read={people}>
          {({ items, isCut }) => (
            <>
              {isCut && (
                <Note kind="warn">
                  <p>{say('audit.review.cut', { count: items.length })}</p>
                </Note>
              )}
              <DataTable
                caption={say('audit.people.people')}
                columns={columns}
                rows={items.filter(({ id }) => !machines.has(id))}
                keyOf={({ id }) => id}
              />
            </>
          )}
        </Shown>
      </Sheet>
      {doing && <PersonAct key={doing.person.id} doing={doing} onClose={() => setDoing(null)} />}
    </>
  )
}

function PersonAct({ doing: { what, person }, onClose }: { readonly doing: Doing; readonly onClose: () => void }) {
  const { say, knows } = useSpeech()
  const [role, setRole] = useState<RoleId>(person.role)
  const { id: personId, version: seen, name } = person
  if (what === 'keys') return <RevokeKey person={person} onClose={onClose} />
  if (what === 'role')
    return (
      <GraveAct
        title={say('audit.people.role-title', { name })}
        effects={[say('audit.people.role-effect-now'), say('audit.people.role-effect-cases')]}
        button={say('audit.people.change-role')}
        onDo={(reason) => act('personRole', { personId, seen, role, reason })}
        onClose={onClose}
      >
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
      </GraveAct>
    )
  if (what === 'resume')
    return (
      <GraveAct
        title={say('audit.people.resume-title', { name })}
        effects={[say('audit.people.resume-effect')]}
        button={say('audit.people.resume')}
        onDo={(reason) => act('personResume', { personId, seen, reason })}
        onClose={onClose}
      />
    )
  return (
    <GraveAct
      title={say('audit.people.suspend-title', { name })}
      effects={[
        say('audit.people.suspend-effect-now'),
        say('audit.people.suspend-effect-approvals'),
        say('audit.people.suspend-effect-stays'),
      ]}
      button={say('audit.people.suspend')}
      onDo={(reason) => act('personSuspend', { personId, seen, reason })}
      onClose={onClose}
    />
  )
}

type Key = ResultOf<'credentialList'>[number]

/** For the day on which a key is lost or stolen, and its owner cannot sign in to revoke it. */
function RevokeKey({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const say = useSay()
  const { id: personId, name } = person
  const keys = useRead('credentialList', { personId })
  const [chosen, setChosen] = useState('')
  const left = (keys.data ?? []).filter(({ revoked }) => !revoked)
  const key = left.find(({ id }) => id === chosen) ?? left[0]
  const close = <Button onPress={onClose}>{say('dialog.close')}</Button>
  if (!key)
    return (
      <AskDialog title={say('audit.people.keys-title', { name })} isOpen onClose={onClose}>
        <Shown read={keys}>{() => <p>{say('audit.people.keys-none')}</p>}</Shown>
        {close}
      </AskDialog>
    )
  return (
    <GraveAct
      title={say('audit.people.keys-title', { name })}
      effects={[
        say('access.you.revoke-effect-key'),
        say('audit.people.keys-effect-sessions'),
        ...(left.length === 1 ? [say('audit.people.keys-effect-last', { name })] : []),
      ]}
      button={say('access.you.revoke')}
      onDo={(reason) => act('credentialRevoke', { id: key.id, seen: key.version, reason })}
      onClose={onClose}
    >
      <Select label={say('audit.people.keys-which')} value={key.id} onChange={({ target }) => setChosen(target.value)}>
        {left.map((one: Key) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </Select>
    </GraveAct>
  )
}
