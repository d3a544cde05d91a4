/** Refers a case to somebody of this node, or to an authority outside. It stays here until they have taken it over. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, Trouble } from '../shared/ui/parts.tsx'
import type { CaseView } from './case-frame.tsx'

type To = InputOf<'caseRefer'>['to']
const ROLES = ['prosecutor', 'police', 'court', 'fiu', 'asset-recovery-office', 'central-authority'] as const
const LEADING = ['investigator', 'analyst', 'prosecutor', 'liaison-officer', 'compliance-officer', 'training']

export function ReferForm({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const people = usePeople()
  const refer = useAct('caseRefer')
  const [where, setWhere] = useState<'inside' | 'outside'>('inside')
  const [personId, setPerson] = useState('')
  const [authority, setAuthority] = useState('')
  const [country, setCountry] = useState('')
  const [role, setRole] = useState<(typeof ROLES)[number]>('prosecutor')
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly { id: string; text: string }[]>([])
  const { leads, training } = found.case.access
  const able = people.all.filter(
    (one) =>
      LEADING.includes(one.role) && !one.suspended && !leads.includes(one.id) && (training || one.role !== 'training'),
  )
  const send = () => {
    const wrong = [
      ...(where === 'inside' && personId === '' ? [missing('refer-person', say('cases.refer-person'))] : []),
      ...(where === 'outside' && authority.trim() === ''
        ? [missing('refer-authority', say('cases.refer-authority'))]
        : []),
      ...(where === 'outside' && country === '' ? [missing('refer-country', say('cases.country'))] : []),
      ...(reason.trim() === '' ? [missing('refer-reason', say('cases.reason'))] : []),
    ]
    setErrors(wrong)
    if (wrong.length > 0) return
    const to: To =
      where === 'inside' ? { kind: 'inside', personId, members: [] } : { kind: 'outside', authority, country, role }
    refer.mutate({ caseId: found.id, seen: found.version, to, reason })
  }
  const missing = (id: string, field: string) => ({ id, text: say('cases.missing', { field }) })
  const wrongOf = (id: string) => errors.find((one) => one.id === id)?.text
  return (
    <details>
      <summary>{say('cases.refer')}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ErrorSummary errors={errors} />
        <Select
          label={say('cases.refer-where')}
          value={where}
          onChange={(event) => setWhere(event.target.value as 'inside')}
        >
          <option value="inside">{say('cases.refer-inside')}</option>
          <option value="outside">{say('cases.refer-outside')}</option>
        </Select>
        {where === 'inside' ? (
          <Select
            id="refer-person"
            wrong={wrongOf('refer-person')}
            label={say('cases.refer-person')}
            value={personId}
            onChange={(event) => setPerson(event.target.value)}
          >
            <option value="">{say('cases.choose')}</option>
            {able.map((one) => (
              <option key={one.id} value={one.id}>
                {`${one.name} (${say(`role.${one.role}`)})`}
              </option>
            ))}
          </Select>
        ) : (
          <>
            <TextField
              id="refer-authority"
              wrong={wrongOf('refer-authority')}
              label={say('cases.refer-authority')}
              value={authority}
              onChange={(event) => setAuthority(event.target.value)}
            />
            <CountrySelect
              id="refer-country"
              wrong={wrongOf('refer-country')}
              label={say('cases.country')}
              value={country}
              onChange={setCountry}
            />
            <Select
              label={say('cases.refer-role')}
              value={role}
              onChange={(event) => setRole(event.target.value as 'court')}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {say(`cases.authority.${one}`)}
                </option>
              ))}
            </Select>
          </>
        )}
        <TextArea
          id="refer-reason"
          wrong={wrongOf('refer-reason')}
          label={say('cases.reason')}
          hint={say('cases.refer-reason-hint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Note>{say(where === 'inside' ? 'cases.refer-effect-inside' : 'cases.refer-effect-outside')}</Note>
        <Trouble error={refer.error} />
        <Button type="submit" isBusy={refer.isPending}>
          {say('cases.refer')}
        </Button>
      </form>
    </details>
  )
}
