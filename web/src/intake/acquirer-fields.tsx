/** Who acquired an exhibit: whoever records it, or somebody outside. */
import { useSay } from '../shared/language/speak.tsx'
import type { InputOf } from '../shared/node/node.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'

export type Acquirer = { readonly who: 'me' | 'outside'; readonly name: string; readonly agency: string }
export const noAcquirer: Acquirer = { who: 'me', name: '', agency: '' }

export function acquirerOf({ who, name, agency }: Acquirer, me: string): InputOf<'exhibitAdd'>['acquirer'] | null {
  if (who === 'me') return me === '' ? null : { personId: me }
  return name.trim() === '' || agency.trim() === '' ? null : { outside: { name: name.trim(), agency: agency.trim() } }
}

export function AcquirerFields({
  value,
  myName,
  wrong,
  onChange,
}: {
  readonly myName: string
  readonly value: Acquirer
  readonly wrong: string | undefined
  readonly onChange: (value: Acquirer) => void
}) {
  const say = useSay()
  return (
    <>
      <Select
        label={say('intake.acquirer')}
        value={value.who}
        onChange={(event) => onChange({ ...value, who: event.target.value as 'me' })}
      >
        <option value="me">{myName}</option>
        <option value="outside">{say('intake.acquirer-outside')}</option>
      </Select>
      {value.who === 'outside' && (
        <div className="fields-2">
          <TextField
            id="acquirer-name"
            label={say('intake.acquirer-name')}
            wrong={wrong}
            value={value.name}
            onChange={(event) => onChange({ ...value, name: event.target.value })}
          />
          <TextField
            label={say('intake.acquirer-agency')}
            value={value.agency}
            onChange={(event) => onChange({ ...value, agency: event.target.value })}
          />
        </div>
      )}
    </>
  )
}
