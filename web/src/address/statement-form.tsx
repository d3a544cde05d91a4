/** Saying whose the address is: in which case, on which exhibit, on what basis, how surely, and who says so. */
import { type FormEvent, useId, useState } from 'react'
import { markingOf, type Tlp } from '../cases/marking-of.ts'
import { TlpSelect } from '../cases/tlp-select.tsx'
import { useExhibits } from '../evidence/exhibits.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useAll, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { FormEnd, Note } from '../shared/ui/parts.tsx'
import type { Place } from './find-address.ts'

const CONFIDENCES = ['low', 'moderate', 'high', 'certain'] as const
type Confidence = (typeof CONFIDENCES)[number]

export function StatementForm({ place, onDone }: { readonly place: Place; readonly onDone: () => void }) {
  const say = useSay()
  const form = useId()
  const id = (name: string) => `${form}-${name}`
  const cases = useAll('caseList', {}).data?.items.filter(({ case: one }) => !one.access.closed) ?? []
  const agency = useRead('nodeRead', {}).data?.agency.name ?? ''
  const me = useRead('sessionRead', {}).data?.session?.personId ?? ''
  const make = useAct('statementMake')
  const { errors, wrongOf, isRight } = useChecked()
  const [chosen, setChosen] = useState('')
  const caseId = chosen || cases[0]?.id || ''
  const [said, setSaid] = useState({ claim: '', basis: '', method: '', validFrom: '', validTo: '' })
  const [statedBy, setStatedBy] = useState<string | null>(null)
  const [sourceExhibit, setExhibit] = useState('')
  const [confidence, setConfidence] = useState<Confidence>('moderate')
  const [tlp, setTlp] = useState<Tlp>('amber')
  const set = (name: keyof typeof said) => (event: { readonly target: { readonly value: string } }) =>
    setSaid({ ...said, [name]: event.target.value })
  const field = (name: keyof typeof said) => ({
    ...{ id: id(name), label: say(`address.say.${name}`), value: said[name], onChange: set(name) },
    wrong: wrongOf(id(name)),
  })

  const send = (event: FormEvent) => {
    event.preventDefault()
    const by = statedBy ?? agency
    const isBackwards = said.validFrom !== '' && said.validTo !== '' && said.validTo < said.validFrom
    const filled = [
      [id('claim'), say('address.say.claim'), said.claim],
      [id('exhibit'), say('address.say.exhibit'), sourceExhibit],
      [id('basis'), say('address.say.basis'), said.basis],
      [id('method'), say('address.say.method'), said.method],
      [id('by'), say('address.say.by'), by],
    ] as const
    const more = isBackwards ? [{ id: id('validTo'), text: say('address.say.backwards') }] : []
    if (!isRight(filled, more)) return
    make.mutate(
      {
        ...{ caseId, subject: { type: 'address', network: place.chain, value: place.address } },
        ...{ claim: said.claim.trim(), basis: said.basis.trim(), method: said.method.trim(), confidence },
        ...{ sourceExhibit, statedBy: by.trim() },
        ...{ validFrom: said.validFrom || null, validTo: said.validTo || null },
        marking: markingOf(tlp, me),
      },
      { onSuccess: onDone },
    )
  }

  return (
    <form noValidate onSubmit={send}>
      <ErrorSummary errors={errors} />
      <Note>
        <p>{say('address.say-text')}</p>
      </Note>
      <Select
        label={say('address.watch-case')}
        value={caseId}
        onChange={({ target }) => {
          setChosen(target.value)
          setExhibit('')
        }}
      >
        {cases.map(({ id: one, case: { title } }) => (
          <option key={one} value={one}>
            {title}
          </option>
        ))}
      </Select>
      <TextField {...field('claim')} hint={say('address.say.claim-hint')} maxLength={1000} />
      {caseId !== '' && (
        <ExhibitChoice
          key={caseId}
          id={id('exhibit')}
          caseId={caseId}
          value={sourceExhibit}
          wrong={wrongOf(id('exhibit'))}
          onChange={setExhibit}
        />
      )}
      <TextArea {...field('basis')} hint={say('address.say.basis-hint')} rows={2} maxLength={4000} />
      <TextArea {...field('method')} hint={say('address.say.method-hint')} rows={2} maxLength={2000} />
      <Select
        label={say('address.say.confidence')}
        value={confidence}
        onChange={({ target }) => setConfidence(target.value as Confidence)}
      >
        {CONFIDENCES.map((one) => (
          <option key={one} value={one}>
            {say(`address.confidence.${one}`)}
          </option>
        ))}
      </Select>
      <TextField
        id={id('by')}
        label={say('address.say.by')}
        hint={say('address.say.by-hint')}
        wrong={wrongOf(id('by'))}
        maxLength={300}
        value={statedBy ?? agency}
        onChange={({ target }) => setStatedBy(target.value)}
      />
      <div className="fields-2">
        <TextField {...field('validFrom')} type="date" />
        <TextField {...field('validTo')} type="date" />
      </div>
      <TlpSelect value={tlp} onChange={setTlp} />
      <FormEnd act={make} does={say('address.say')} onCancel={onDone} />
    </form>
  )
}

function ExhibitChoice({
  id,
  caseId,
  value,
  wrong,
  onChange,
}: {
  readonly id: string
  readonly caseId: string
  readonly value: string
  readonly wrong: string | undefined
  readonly onChange: (id: string) => void
}) {
  const say = useSay()
  const exhibits = useExhibits(caseId).data
  return (
    <Select
      id={id}
      label={say('address.say.exhibit')}
      hint={say(exhibits?.length === 0 ? 'address.say.exhibit-none' : 'address.say.exhibit-hint')}
      wrong={wrong}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{say('field.choose')}</option>
      {exhibits?.map((one) => (
        <option key={one.id} value={one.id}>
          {`${one.number}. ${one.title}`}
        </option>
      ))}
    </Select>
  )
}
