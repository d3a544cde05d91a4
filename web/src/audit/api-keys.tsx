/** Keys of machines: for named actions, until a date. */
import { type FormEvent, useState } from 'react'
import { type Purpose, purposes } from '../access/purposes.ts'
import { RoleName } from '../access/role-name.tsx'
import { proveLately } from '../access/session.ts'
import { Problem, useWork } from '../access/told.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { act, type ItemOf, queries, type ResultOf, useAll } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { CopyButton, Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { GraveAct } from './grave-act.tsx'
import { type RoleId, roles } from './roles.ts'

type ApiKey = ItemOf<'keyList'>

export function ApiKeys() {
  const say = useSay()
  const keys = useAll('keyList', {})
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <Sheet title={say('audit.api-keys.title')}>
      <Shown read={keys}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('audit.api-keys.none')}>
              <p>{say('audit.api-keys.none-text')}</p>
            </Empty>
          ) : (
            <ul className="list">
              {items.map((key) => (
                <li key={key.id} className="row spread">
                  <div>
                    <strong>
                      <Words>{key.label}</Words>
                    </strong>{' '}
                    {key.revoked && <Status kind="plain">{say('audit.api-keys.revoked')}</Status>}
                    <p className="small soft">
                      {say(`access.purpose.${key.purpose}`)} · {say('audit.api-keys.until')}{' '}
                      <Instant at={key.expiresAt} />
                    </p>
                    <p className="small">
                      <MachineValue value={key.scopes.join(', ')} />
                    </p>
                  </div>
                  {!key.revoked && (
                    <Button
                      kind="danger"
                      label={say('audit.api-keys.revoke-named', { label: key.label })}
                      onPress={() => setRevoking(key)}
                    >
                      {say('audit.api-keys.revoke')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <MakeKey />
      {revoking && (
        <GraveAct
          title={say('audit.api-keys.revoke-title', { label: revoking.label })}
          effects={[say('audit.api-keys.revoke-effect')]}
          button={say('audit.api-keys.revoke')}
          onDo={(reason) => act('keyRevoke', { id: revoking.id, seen: revoking.version, reason })}
          onClose={() => setRevoking(null)}
        />
      )}
    </Sheet>
  )
}

const ACTION = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/

function MakeKey() {
  const { say, knows } = useSpeech()
  const [label, setLabel] = useState('')
  const [role, setRole] = useState<RoleId>('investigator')
  const [purpose, setPurpose] = useState<Purpose>('criminal-proceedings')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState('')
  const [isTried, setTried] = useState(false)
  const [made, setMade] = useState<(ResultOf<'keyMake'> & { readonly label: string }) | null>(null)
  const { isBusy, error, run } = useWork()
  const named = scopes.split(/[\s,]+/).filter((one) => one !== '')
  const unknown = named.filter((one) => !ACTION.test(one))
  const count = Number(days)
  const wrong = {
    label: label.trim() === '' ? say('audit.api-keys.label-missing') : undefined,
    days: Number.isInteger(count) && count >= 1 && count <= 366 ? undefined : say('audit.api-keys.days-wrong'),
    scopes:
      named.length === 0
        ? say('audit.api-keys.scopes-missing')
        : unknown.length > 0
          ? say('audit.api-keys.scopes-wrong', { names: unknown.join(', ') })
          : undefined,
  }
  const errors = Object.entries(wrong).flatMap(([name, text]) =>
    text === undefined ? [] : [{ id: `api-key-${name}`, text }],
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (errors.length > 0) return
    void run(async () => {
      await proveLately()
      setMade({ ...(await act('keyMake', { label: label.trim(), role, scopes: named, purpose, days: count })), label })
      setLabel('')
      setScopes('')
      setTried(false)
      await queries.invalidateQueries()
    })
  }
  return (
    <details>
      <summary>{say('audit.api-keys.make')}</summary>
      {made && (
        <Note kind="good">
          <h3>
            <Words>{made.label}</Words>
          </h3>
          <p>{say('audit.api-keys.once')}</p>
          <pre id="api-key">{made.token}</pre>
          <p>
            <CopyButton value={made.token} />
          </p>
        </Note>
      )}
      <ErrorSummary errors={isTried ? errors : []} />
      <Problem error={error} />
      <form noValidate onSubmit={submit}>
        <TextField
          id="api-key-label"
          label={say('audit.api-keys.label')}
          wrong={isTried ? wrong.label : undefined}
          maxLength={200}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
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
        <Select
          label={say('access.you.purpose')}
          value={purpose}
          onChange={({ target }) => setPurpose(target.value as Purpose)}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {say(`access.purpose.${one}`)}
            </option>
          ))}
        </Select>
        <TextArea
          id="api-key-scopes"
          label={say('audit.api-keys.scopes')}
          hint={say('audit.api-keys.scopes-hint')}
          wrong={isTried ? wrong.scopes : undefined}
          dir="ltr"
          spellCheck={false}
          value={scopes}
          onChange={({ target }) => setScopes(target.value)}
        />
        <TextField
          id="api-key-days"
          label={say('audit.api-keys.days')}
          wrong={isTried ? wrong.days : undefined}
          inputMode="numeric"
          dir="ltr"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
        <p className="small soft">
          <RoleName role={role} />: {say(`audit.people.may-${role}`)}
        </p>
        <Button type="submit" isBusy={isBusy}>
          {say('audit.api-keys.make')}
        </Button>
      </form>
    </details>
  )
}
