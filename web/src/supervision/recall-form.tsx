/** Taking back messages that were sent: which, why, and who is asked for it. */
import { useAgencyNames } from '../joint/agency-select.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useAll } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, Select, TextArea } from '../shared/ui/fields.tsx'
import { ActForm } from './act-form.tsx'
import { recalledBefore } from './matter.ts'
import { narrowest } from './narrowest.ts'
import { Choices, isTold, useMessageName } from './said-parts.tsx'
import { useMatters } from './use-matters.ts'

type Reason = InputOf<'recallSend'>['reason']
const REASONS = [
  'WRONG_RECIPIENT',
  'WRONG_CONTENT',
  'WITHDRAWN_ORDER',
  'WRONG_MARKING',
  'SECURITY',
] as const satisfies readonly Reason[]

type Draft = {
  readonly more: readonly string[]
  readonly reason: Reason | ''
  readonly text: string
  readonly replacedBy: string
  readonly passedOn: boolean
}
const nothing: Draft = { more: [], reason: '', text: '', replacedBy: '', passedOn: true }

export function RecallForm({
  caseId,
  digest,
  onDone,
}: {
  readonly caseId: string
  /** The message from which it is taken back. */
  readonly digest: string
  readonly onDone: () => void
}) {
  const say = useSay()
  const nameOf = useMessageName()
  const names = useAgencyNames()
  const recall = useAct('recallSend')
  const before = recalledBefore(useMatters(caseId).data ?? [])
  const sent = (useAll('messageList', { caseId }).data?.items ?? []).flatMap(({ message }) =>
    message.direction === 'out' && message.digest !== null && !isTold(message.type)
      ? [{ ...message, id: message.digest, name: nameOf(message) }]
      : [],
  )
  const draft = useDraft(`recall.${digest}`, nothing)
  const { more, reason, text, replacedBy, passedOn } = draft.value
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const messages = [digest, ...more]
  const chosen = sent.filter(({ id }) => messages.includes(id))
  const asked = [...new Set(chosen.map(({ peer }) => peer))]
  const others = sent.filter(({ id }) => id !== digest && !before.has(id))
  const send = () => {
    if (
      !isRight([
        ['recall-reason', say('supervision.recall.reason'), reason],
        ['recall-text', say('supervision.recall.text'), text],
      ]) ||
      reason === ''
    )
      return
    recall.mutate(
      {
        ...{ caseId, messages, reason, text: text.trim(), passedOn },
        ...(replacedBy === '' ? {} : { replacedBy }),
        marking: narrowest(chosen.map(({ marking }) => marking)),
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
      title={say('supervision.recall.do')}
      errors={errors}
      effects={[
        say('supervision.recall.effect-asked', { who: names(asked) }),
        say('supervision.recall.effect-force'),
        say('supervision.recall.effect-kept'),
      ]}
      act={recall}
      does={say('supervision.recall.send', { count: messages.length })}
      onSend={send}
      onCancel={onDone}
    >
      <Select
        id="recall-reason"
        label={say('supervision.recall.reason')}
        wrong={wrongOf('recall-reason')}
        value={reason}
        onChange={(event) => set({ reason: event.target.value as Reason })}
      >
        <option value="">{say('field.choose')}</option>
        {REASONS.map((one) => (
          <option key={one} value={one}>
            {say(`supervision.recall-reason.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        id="recall-text"
        label={say('supervision.recall.text')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf('recall-text')}
        maxLength={4000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      {others.length > 0 && (
        <>
          <Select
            label={say('cases.optional', { label: say('supervision.recall.replaced') })}
            value={replacedBy}
            onChange={(event) => set({ replacedBy: event.target.value })}
          >
            <option value="">{say('supervision.recall.replaced-none')}</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <details>
            <summary>{say('supervision.recall.more')}</summary>
            <Choices
              legend={say('supervision.recall.more-legend')}
              of={others.filter(({ id }) => id !== replacedBy)}
              chosen={more}
              onChange={(next) => set({ more: next })}
            />
          </details>
        </>
      )}
      <Checkbox
        label={say('supervision.recall.passed-on')}
        checked={passedOn}
        onChange={({ target }) => set({ passedOn: target.checked })}
      />
    </ActForm>
  )
}
