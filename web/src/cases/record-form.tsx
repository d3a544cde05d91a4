/** The form of a record: new, or its next version. What somebody else changed meanwhile is told, and nothing is lost. */
import { useId, useMemo, useState } from 'react'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { Refusal, useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { ErrorSummary, Select } from '../shared/ui/fields.tsx'
import { Button, Note, Trouble, Waiting } from '../shared/ui/parts.tsx'
import { Instant } from '../shared/ui/values.tsx'
import { Why } from '../shared/ui/why.tsx'
import { markingOf, type Tlp } from './marking-of.ts'
import { RecordContent } from './record-content.tsx'
import { RecordField } from './record-fields.tsx'
import { type CaseRecord, contentOf, type Filled, filledFrom, type Kind, missingIn } from './record-kinds.ts'
import { TlpSelect } from './tlp-select.tsx'

type FormProps = {
  readonly kind: Kind
  readonly caseId: string
  readonly members: readonly string[]
  /** The version that is being changed; none for a new record. */
  readonly record?: CaseRecord
  /** As the node has it now. */
  readonly newest?: CaseRecord
  readonly onDone: () => void
}

/** Amounts need the decimals of their assets, so that the form waits for them. */
export function RecordForm(props: FormProps) {
  const chains = useChains()
  return props.kind.id === 'victim' && !chains ? <Waiting /> : <FormNow {...props} chains={chains} />
}

function FormNow({
  chains,
  kind,
  caseId,
  members,
  record,
  newest,
  onDone,
}: FormProps & { readonly chains: ReturnType<typeof useChains> }) {
  const { say } = useSpeech()
  const form = useId()
  const first = useMemo(() => startOf(kind, record, chains), [kind, record, chains])
  const draft = useDraft<Filled>(`${caseId}.${record?.id ?? kind.id}`, first)
  const [basis, setBasis] = useState(record?.basis ?? 'fact')
  const [tlp, setTlp] = useState<Tlp>(record?.marking.tlp ?? 'amber')
  const [seen, setSeen] = useState(record?.version)
  const [errors, setErrors] = useState<readonly { name: string; text: string }[]>([])
  const me = useRead('sessionRead', {}).data?.session?.personId ?? ''
  const add = useAct(kind.add as 'noteAdd')
  const update = useAct(kind.update as 'noteUpdate')
  const isBusy = add.isPending || update.isPending
  const error = record ? update.error : add.error
  const isConflict = error instanceof Refusal && error.problem.code === 'VERSION_CONFLICT'
  const filled = Object.keys(draft.value).length === 0 ? first : draft.value

  const send = () => {
    const wrong = missingIn(kind, filled).map((name) => ({
      name,
      text: say('cases.missing', { field: labelOf(name) }),
    }))
    const content = contentOf(kind, filled, record?.content)
    if (kind.id === 'victim' && wrong.length === 0) {
      const asset = chains?.assetOf(String(content.asset))
      const read = asset && chains?.toBaseUnits(String(content.loss), asset.decimals)
      if (read && 'base' in read) content.loss = read.base
      else wrong.push({ name: 'loss', text: say('cases.amount-wrong') })
    }
    setErrors(wrong)
    if (wrong.length > 0) return
    const marking = record ? markingOf(tlp, me, record.marking) : tlp === 'amber' ? undefined : markingOf(tlp, me)
    const said = { content, basis, ...(marking ? { marking } : {}) } as never
    const done = () => {
      draft.forget()
      onDone()
    }
    if (record)
      update.mutate({ id: record.id, seen: seen as number, ...(said as object) } as never, { onSuccess: done })
    else add.mutate({ caseId, ...(said as object) } as never, { onSuccess: done })
  }
  const labelOf = (name: string) => {
    const spec = kind.fields.find((one) => one.name === name)
    return spec ? say(spec.label) : name
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors.map(({ name, text }) => ({ id: `${form}-${name}`, text }))} />
      {draft.isRestored && (
        <Note>
          <p>{say('cases.restored')}</p>
          <Button kind="quiet" onPress={draft.forget}>
            {say('cases.restored-forget')}
          </Button>
        </Note>
      )}
      {isConflict && newest && newest.version !== seen ? (
        <Note kind="warn">
          <h3>{say('cases.conflict')}</h3>
          <p>
            <PersonName id={newest.by} /> · <Instant at={newest.at} />
          </p>
          <RecordContent kind={kind} content={newest.content} />
          <div className="row">
            <Button
              kind="second"
              onPress={() => {
                setSeen(newest.version)
                update.reset()
              }}
            >
              {say('cases.conflict-mine')}
            </Button>
            <Button
              kind="quiet"
              onPress={() => {
                draft.forget()
                onDone()
              }}
            >
              {say('cases.conflict-theirs')}
            </Button>
          </div>
        </Note>
      ) : (
        <Trouble error={error} />
      )}
      {kind.fields.map((spec) => (
        <RecordField
          key={spec.name}
          spec={spec}
          id={`${form}-${spec.name}`}
          filled={filled}
          members={members}
          wrong={errors.find(({ name }) => name === spec.name)?.text}
          onChange={draft.set}
        />
      ))}
      <div className="fields-2">
        <div>
          <Select label={say('cases.basis')} value={basis} onChange={(event) => setBasis(event.target.value as 'fact')}>
            <option value="fact">{say('cases.basis.fact')}</option>
            <option value="assessment">{say('cases.basis.assessment')}</option>
          </Select>
          <Why about={say('cases.basis')} text={say('cases.why.basis')} cite="Directive (EU) 2016/680, art. 7(1)" />
        </div>
        <TlpSelect value={tlp} onChange={setTlp} />
      </div>
      <div className="row">
        <Button type="submit" isBusy={isBusy}>
          {record ? say('cases.save') : say(`cases.add.${kind.id}`)}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {say('cases.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Amounts stand in coins in the form, and in base units at the node. */
function startOf(kind: Kind, record: CaseRecord | undefined, chains: ReturnType<typeof useChains>): Filled {
  const filled = filledFrom(kind, record?.content ?? {})
  if (kind.id !== 'victim' || !record || !chains) return filled
  const asset = chains.assetOf(String(record.content.asset))
  return asset ? { ...filled, loss: chains.toDecimal(String(record.content.loss), asset.decimals) } : filled
}
