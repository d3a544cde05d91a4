/** Releasing one thing into a joint case, by a person's decision: what, under which conditions, and exactly who gets it. */
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { Checkbox, ErrorSummary, Select, TextField } from '../shared/ui/fields.tsx'
import { FormEnd, Note } from '../shared/ui/parts.tsx'
import { useAgencyNames } from './agency-select.tsx'
import { HoldingFields, heldIn, NOTHING_HELD, useHoldingCheck } from './holding-fields.tsx'
import { type Joint, receivers } from './joint-parts.ts'
import { RecordChoice, type Released } from './record-choice.tsx'
import { useChecked } from './use-checked.ts'

type Input = InputOf<'jointRelease'>
type Code = NonNullable<Input['conditions']>[number]['code']
type Onward = NonNullable<Input['onward']>

export function ReleaseForm({
  joint,
  kinds,
  onDone,
}: {
  readonly joint: Joint
  readonly kinds: readonly ('document' | 'trace' | 'holding' | 'request')[]
  readonly onDone: () => void
}) {
  const say = useSay()
  const names = useAgencyNames()
  const chains = useChains()
  const { me } = useMembers()
  const release = useAct('jointRelease')
  const items = kinds.flatMap((kind) => (kind === 'document' ? (['exhibit', 'statement'] as const) : [kind]))
  const [kind, setKind] = useState<(typeof items)[number]>(items[0] ?? 'exhibit')
  const [record, setRecord] = useState<Released>({ id: '', says: '' })
  const [held, setHeld] = useState(NOTHING_HELD)
  const [terms, setTerms] = useState<UseTerms>({ onward: 'forbidden', codes: [], until: '' })
  const { errors, wrongOf, isRight } = useChecked()
  const wrongHeld = useHoldingCheck()
  const to = receivers(joint, me)
  const send = () => {
    const filled = kind === 'holding' ? [] : [['release-record', say('joint.release-which'), record.id] as const]
    const wrongUntil =
      terms.codes.includes('DELETE_BY') && terms.until === ''
        ? [{ id: 'release-until', text: say('cases.missing', { field: say('joint.delete-by') }) }]
        : []
    if (!isRight(filled, [...(kind === 'holding' ? wrongHeld(held, chains) : []), ...wrongUntil])) return
    const item: Input['item'] | null =
      kind === 'holding'
        ? heldIn(held, chains)
        : kind === 'exhibit'
          ? { kind, id: record.id, ...(record.says.trim() === '' ? {} : { says: record.says.trim() }) }
          : { kind, id: record.id }
    if (item === null) return
    const conditions = terms.codes.map((code) => ({
      ...{ code: code as Code, text: null },
      until: code === 'DELETE_BY' ? terms.until : null,
    }))
    release.mutate({ id: joint.id, item, conditions, onward: terms.onward }, { onSuccess: onDone })
  }
  return (
    <form
      noValidate
      aria-label={say('joint.release')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      <p>{say('joint.release-text')}</p>
      <Select
        label={say('joint.release-kind')}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as 'exhibit')
          setRecord({ id: '', says: '' })
        }}
      >
        {items.map((one) => (
          <option key={one} value={one}>
            {say(`joint.release-kind.${one}`)}
          </option>
        ))}
      </Select>
      {kind === 'holding' ? (
        <HoldingFields held={held} wrongOf={wrongOf} onChange={setHeld} />
      ) : (
        <RecordChoice
          kind={kind}
          caseId={joint.caseId}
          value={record}
          wrong={wrongOf('release-record')}
          onChange={setRecord}
        />
      )}
      <UseFields terms={terms} wrongOf={wrongOf} onChange={setTerms} />
      <Note kind={to.length === 0 ? 'warn' : 'plain'}>
        <p>{to.length === 0 ? say('joint.release-to-nobody') : say('joint.release-to', { who: names(to) })}</p>
        <p>{say('joint.release-effect')}</p>
      </Note>
      <FormEnd act={release} does={say('joint.release-do', { count: to.length })} onCancel={onDone} />
    </form>
  )
}

type UseTerms = { readonly onward: Onward; readonly codes: readonly string[]; readonly until: string }

/** What whoever gets it may do with it. */
function UseFields({
  terms,
  wrongOf,
  onChange,
}: {
  readonly terms: UseTerms
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (terms: UseTerms) => void
}) {
  const say = useSay()
  const codes = useCodes()
  return (
    <>
      <Select
        label={say('joint.onward')}
        value={terms.onward}
        onChange={(event) => onChange({ ...terms, onward: event.target.value as Onward })}
      >
        {(['forbidden', 'with-consent', 'allowed'] as const).map((one) => (
          <option key={one} value={one}>
            {say(`joint.onward.${one}`)}
          </option>
        ))}
      </Select>
      <fieldset>
        <legend>{say('joint.conditions')}</legend>
        {codes.of('use-condition').map(({ code, label }) => (
          <Checkbox
            key={code}
            label={label}
            checked={terms.codes.includes(code)}
            onChange={(event) =>
              onChange({
                ...terms,
                codes: event.target.checked ? [...terms.codes, code] : terms.codes.filter((one) => one !== code),
              })
            }
          />
        ))}
      </fieldset>
      {terms.codes.includes('DELETE_BY') && (
        <TextField
          id="release-until"
          type="date"
          label={say('joint.delete-by')}
          wrong={wrongOf('release-until')}
          value={terms.until}
          onChange={(event) => onChange({ ...terms, until: event.target.value })}
        />
      )}
    </>
  )
}
