/** Use of what another agency has sent: asking whether it may be used for something else, and telling what it was used for. */
import type { ShownMessage } from '../inbox/message-in-case.tsx'
import { useCodeWords } from '../inbox/names.tsx'
import { useAgencyNames } from '../joint/agency-select.tsx'
import { linesOf } from '../joint/joint-parts.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAct } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Fact, Facts } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import { ItemSelect } from './said-parts.tsx'

type Wish = {
  readonly item: string
  readonly purpose: string
  readonly newProceeding: string
  readonly recipients: string
  readonly exculpatory: boolean
}
const nothing: Wish = { item: '', purpose: '', newProceeding: '', recipients: '', exculpatory: false }
type Props = { readonly found: ShownMessage; readonly onDone: () => void }

export function UseAskForm({ found: { caseId, message }, onDone }: Props) {
  const say = useSay()
  const names = useAgencyNames()
  const ask = useAct('useConsentAsk')
  const { digest, exchange, peer } = message
  const draft = useDraft(`use-ask.${digest}`, nothing)
  const { item, purpose, newProceeding, recipients, exculpatory } = draft.value
  const set = (change: Partial<Wish>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const send = () => {
    if (!isRight([['use-purpose', say('supervision.use.purpose'), purpose]])) return
    if (digest === null || exchange === null) return
    ask.mutate(
      {
        ...{ caseId, exchange, item: item || digest, purpose: purpose.trim(), exculpatory },
        newProceeding: newProceeding.trim() === '' ? null : newProceeding.trim(),
        recipients: linesOf(recipients),
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
      title={say('supervision.use.ask')}
      errors={errors}
      effects={[say('supervision.use.effect-asked', { who: names([peer]) }), say('supervision.use.effect-wait')]}
      act={ask}
      does={say('supervision.use.ask-send')}
      onSend={send}
      onCancel={onDone}
    >
      <Conditions header={message.header} />
      <ItemSelect
        message={message}
        label={say('supervision.use.item')}
        value={item || (digest ?? '')}
        onChange={(next) => set({ item: next })}
      />
      <TextArea
        id="use-purpose"
        label={say('supervision.use.purpose')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf('use-purpose')}
        maxLength={4000}
        value={purpose}
        onChange={(event) => set({ purpose: event.target.value })}
      />
      <TextField
        label={say('cases.optional', { label: say('supervision.use.proceeding') })}
        maxLength={500}
        value={newProceeding}
        onChange={(event) => set({ newProceeding: event.target.value })}
      />
      <TextArea
        label={say('cases.optional', { label: say('supervision.use.recipients') })}
        hint={say('supervision.one-a-line')}
        rows={2}
        value={recipients}
        onChange={(event) => set({ recipients: event.target.value })}
      />
      <Checkbox
        label={say('supervision.use.exculpatory')}
        checked={exculpatory}
        onChange={({ target }) => set({ exculpatory: target.checked })}
      />
    </ActForm>
  )
}

/** Under which conditions it was sent: what needs no consent is not asked for. */
function Conditions({ header }: { readonly header: ShownMessage['message']['header'] }) {
  const say = useSay()
  const words = useCodeWords()
  const codes = useCodes()
  const { marking, useConditions } = header
  return (
    <Facts>
      <Fact name={say('supervision.use.sent-for')}>
        {words('purpose', marking.purpose)}
        {marking.onwardUse && <div className="small">{say('supervision.use.onward')}</div>}
      </Fact>
      {useConditions.length > 0 && (
        <Fact name={say('supervision.use.conditions')}>
          <ul className="plain">
            {useConditions.map(({ code, text, until }) => (
              <li key={code}>
                {codes.name(code)} {text !== null && <Words>{text}</Words>}{' '}
                {until !== null && <MachineValue value={until} />}
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </Facts>
  )
}

const noUse = { item: '', use: '' }

export function UseReportForm({ found: { caseId, message }, onDone }: Props) {
  const say = useSay()
  const names = useAgencyNames()
  const report = useAct('useReport')
  const { digest, exchange, peer } = message
  const draft = useDraft(`use-report.${digest}`, noUse)
  const { item, use } = draft.value
  const { errors, wrongOf, isRight } = useChecked()
  const send = () => {
    if (!isRight([['use-report', say('supervision.use.report-text'), use]]) || digest === null || exchange === null)
      return
    report.mutate(
      { caseId, exchange, item: item || digest, use: use.trim() },
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
      title={say('supervision.use.report')}
      errors={errors}
      effects={[say('supervision.use.effect-told', { who: names([peer]) })]}
      act={report}
      does={say('supervision.use.report-send')}
      onSend={send}
      onCancel={onDone}
    >
      <ItemSelect
        message={message}
        label={say('supervision.use.item')}
        value={item || (digest ?? '')}
        onChange={(next) => draft.set({ ...draft.value, item: next })}
      />
      <TextArea
        id="use-report"
        label={say('supervision.use.report-text')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf('use-report')}
        maxLength={10_000}
        value={use}
        onChange={(event) => draft.set({ ...draft.value, use: event.target.value })}
      />
    </ActForm>
  )
}
