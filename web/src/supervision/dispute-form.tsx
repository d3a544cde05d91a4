/** Saying that this agency sees something of an exchange differently. */
import type { ShownMessage } from '../inbox/message-in-case.tsx'
import { useAgencyNames } from '../joint/agency-select.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { ActForm } from './act-form.tsx'
import { narrowest } from './narrowest.ts'
import { ItemSelect } from './said-parts.tsx'
import { TouchedChoice, type Touches } from './touched.tsx'

type DisputeKind = InputOf<'disputeRaise'>['kind']
const KINDS = [
  'facts',
  'amount',
  'custody',
  'attribution',
  'competence',
  'use',
  'other',
] as const satisfies readonly DisputeKind[]

type Draft = {
  readonly about: string
  readonly kind: DisputeKind | ''
  readonly text: string
  readonly wanted: string
  readonly touches: Touches
}
const nothing: Draft = { about: '', kind: '', text: '', wanted: '', touches: [] }

export function DisputeForm({ found, onDone }: { readonly found: ShownMessage; readonly onDone: () => void }) {
  const say = useSay()
  const names = useAgencyNames()
  const raise = useAct('disputeRaise')
  const { caseId, message } = found
  const { digest, exchange } = message
  const draft = useDraft(`dispute.${digest}`, nothing)
  const { about, kind, text, wanted, touches } = draft.value
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const send = () => {
    const filled = [
      ['dispute-kind', say('supervision.dispute.kind'), kind],
      ['dispute-text', say('supervision.dispute.text'), text],
      ['dispute-wanted', say('supervision.dispute.wanted'), wanted],
    ] as const
    if (!isRight(filled) || kind === '' || digest === null || exchange === null) return
    raise.mutate(
      {
        ...{ caseId, exchange, about: about || digest, kind, touches },
        ...{ text: text.trim(), wanted: wanted.trim(), marking: narrowest([message.marking]) },
      },
      {
        onSuccess: () => {
          draft.forget()
          onDone()
        },
      },
    )
  }
  return (
    <ActForm
      title={say('supervision.dispute.do')}
      errors={errors}
      effects={[
        say('supervision.dispute.effect-told', { who: names([message.peer]) }),
        say('supervision.dispute.effect-caution'),
        say('supervision.dispute.effect-words'),
      ]}
      act={raise}
      does={say('supervision.dispute.send')}
      onSend={send}
      onCancel={onDone}
    >
      <ItemSelect
        message={message}
        label={say('supervision.dispute.about')}
        value={about || (digest ?? '')}
        onChange={(item) => set({ about: item })}
      />
      <Select
        id="dispute-kind"
        label={say('supervision.dispute.kind')}
        wrong={wrongOf('dispute-kind')}
        value={kind}
        onChange={(event) => set({ kind: event.target.value as DisputeKind })}
      >
        <option value="">{say('field.choose')}</option>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {say(`supervision.dispute-kind.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        id="dispute-text"
        label={say('supervision.dispute.text')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf('dispute-text')}
        maxLength={20_000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <TextArea
        id="dispute-wanted"
        label={say('supervision.dispute.wanted')}
        wrong={wrongOf('dispute-wanted')}
        maxLength={4000}
        rows={2}
        value={wanted}
        onChange={(event) => set({ wanted: event.target.value })}
      />
      <TouchedChoice caseId={caseId} touches={touches} onChange={(next) => set({ touches: next })} />
    </ActForm>
  )
}
