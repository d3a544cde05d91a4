/** Whom to invite, as what and for what: in a proposal, or later by the agency that leads. */
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { FormEnd } from '../shared/ui/parts.tsx'
import { AgencySelect } from './agency-select.tsx'
import type { Joint } from './joint-parts.ts'
import { useChecked } from './use-checked.ts'

export type Party = { readonly agency: string; readonly role: string; readonly purpose: string }
export const NOBODY: Party = { agency: '', role: '', purpose: '' }

export function PartyFields({
  party,
  of,
  prefix,
  wrongOf,
  onChange,
}: {
  readonly party: Party
  readonly of: readonly string[]
  /** So that a summary of errors leads to the right one of several. */
  readonly prefix: string
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (party: Party) => void
}) {
  const say = useSay()
  const text = (name: 'role' | 'purpose') => (
    <TextField
      id={`${prefix}-${name}`}
      label={say(`joint.party-field.${name}`)}
      hint={say(`joint.party-field.${name}-hint`)}
      wrong={wrongOf(`${prefix}-${name}`)}
      value={party[name]}
      maxLength={name === 'role' ? 200 : 1000}
      onChange={(event) => onChange({ ...party, [name]: event.target.value })}
    />
  )
  return (
    <>
      <AgencySelect
        id={`${prefix}-agency`}
        label={say('joint.party-field.agency')}
        hint={say('joint.party-field.agency-hint')}
        wrong={wrongOf(`${prefix}-agency`)}
        of={of}
        value={party.agency}
        onChange={(agency) => onChange({ ...party, agency })}
      />
      {text('role')}
      {text('purpose')}
    </>
  )
}

/** The fields that a party must have, for the check of its form. */
export function useToFill() {
  const say = useSay()
  return (prefix: string, party: Party) =>
    (['agency', 'role', 'purpose'] as const).map(
      (name) => [`${prefix}-${name}`, say(`joint.party-field.${name}`), party[name]] as const,
    )
}

/** The members of the directory with whom an exchange can begin now, without those named. */
export function useInvitable(without: readonly string[]): readonly string[] {
  const { members, me } = useMembers()
  return members.filter(({ id, mayOpen }) => mayOpen && id !== me && !without.includes(id)).map(({ id }) => id)
}

/** One agency more in a joint case that exists. */
export function PartyForm({ joint, onDone }: { readonly joint: Joint; readonly onDone: () => void }) {
  const say = useSay()
  const add = useAct('jointMemberAdd')
  const [party, setParty] = useState(NOBODY)
  const { errors, wrongOf, isRight } = useChecked()
  const toFill = useToFill()
  const of = useInvitable(joint.list.parties.map(({ agency }) => agency))
  return (
    <form
      noValidate
      aria-label={say('joint.invite-another')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRight(toFill('party', party))) return
        add.mutate({ id: joint.id, seen: joint.version, party }, { onSuccess: onDone })
      }}
    >
      <ErrorSummary errors={errors} />
      <p>{say('joint.invite-text')}</p>
      <PartyFields prefix="party" party={party} of={of} wrongOf={wrongOf} onChange={setParty} />
      <FormEnd act={add} does={say('joint.invite-draft')} onCancel={onDone} />
    </form>
  )
}
