/** Asking the other side of an exchange to erase what was sent to it. */
import type { ShownMessage } from '../inbox/message-in-case.tsx'
import { useAgencyNames } from '../joint/agency-select.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useHomeZone } from '../joint/zone-select.tsx'
import { instantIn } from '../joint/zoned.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useAll } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { ActForm } from './act-form.tsx'
import { Choices, isTold, useMessageName } from './said-parts.tsx'

type Input = InputOf<'eraseAsk'>
const BASES = [
  'RETENTION_ENDED',
  'UNLAWFUL',
  'CONDITION_OF_USE',
  'COURT_ORDER',
  'WRONG_RECIPIENT',
] as const satisfies readonly Input['basis'][]

type Draft = {
  readonly extent: Input['extent']
  readonly more: readonly string[]
  readonly files: readonly string[]
  readonly basis: Input['basis'] | ''
  readonly text: string
  readonly by: string
}
const nothing: Draft = { extent: 'messages', more: [], files: [], basis: '', text: '', by: '' }

export function EraseForm({ found, onDone }: { readonly found: ShownMessage; readonly onDone: () => void }) {
  const say = useSay()
  const home = useHomeZone()
  const nameOf = useMessageName()
  const names = useAgencyNames()
  const ask = useAct('eraseAsk')
  const { caseId, message } = found
  const { digest, exchange } = message
  const draft = useDraft(`erase.${digest}`, nothing)
  const { extent, more, files, basis, text, by } = draft.value
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const others = (useAll('messageList', { caseId }).data?.items ?? []).flatMap(({ message: one }) =>
    one.direction === 'out' &&
    one.exchange === exchange &&
    one.digest !== null &&
    one.digest !== digest &&
    !isTold(one.type)
      ? [{ id: one.digest, name: nameOf(one) }]
      : [],
  )
  const attached = message.header.attachments.map(({ name, cipherDigest }) => ({ id: cipherDigest, name }))
  const extents = (['messages', 'attachments', 'exchange'] as const).filter(
    (one) => one !== 'attachments' || attached.length > 0,
  )
  const send = () => {
    const noFile =
      extent === 'attachments' && files.length === 0
        ? [{ id: 'erase-extent', text: say('supervision.erase.no-file') }]
        : []
    const filled = [
      ['erase-basis', say('supervision.erase.basis'), basis],
      ['erase-text', say('supervision.erase.text'), text],
    ] as const
    if (!isRight(filled, noFile) || basis === '' || digest === null || exchange === null) return
    ask.mutate(
      {
        ...{ caseId, exchange, extent, basis, text: text.trim() },
        messages: extent === 'messages' ? [digest, ...more] : [],
        attachments: extent === 'attachments' ? files : [],
        by: by === '' ? null : instantIn(home, `${by}T23:59`),
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
      title={say('supervision.erase.do')}
      errors={errors}
      effects={[
        say('supervision.erase.effect-asked', { who: names([message.peer]) }),
        say('supervision.erase.effect-law'),
        say('supervision.erase.effect-here'),
      ]}
      act={ask}
      does={say('supervision.erase.send')}
      onSend={send}
      onCancel={onDone}
    >
      <Select
        id="erase-extent"
        label={say('supervision.erase.extent')}
        wrong={wrongOf('erase-extent')}
        value={extent}
        onChange={(event) => set({ extent: event.target.value as Input['extent'] })}
      >
        {extents.map((one) => (
          <option key={one} value={one}>
            {say(`supervision.extent.${one}`)}
          </option>
        ))}
      </Select>
      {extent === 'messages' && (
        <Choices
          legend={say('supervision.erase.more')}
          of={others}
          chosen={more}
          onChange={(next) => set({ more: next })}
        />
      )}
      {extent === 'attachments' && (
        <Choices
          legend={say('supervision.erase.files')}
          of={attached}
          chosen={files}
          onChange={(next) => set({ files: next })}
        />
      )}
      <Select
        id="erase-basis"
        label={say('supervision.erase.basis')}
        wrong={wrongOf('erase-basis')}
        value={basis}
        onChange={(event) => set({ basis: event.target.value as Input['basis'] })}
      >
        <option value="">{say('field.choose')}</option>
        {BASES.map((one) => (
          <option key={one} value={one}>
            {say(`supervision.basis.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        id="erase-text"
        label={say('supervision.erase.text')}
        hint={say('supervision.erase.text-hint')}
        wrong={wrongOf('erase-text')}
        maxLength={4000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <TextField
        type="date"
        label={say('cases.optional', { label: say('supervision.erase.by') })}
        hint={say('supervision.erase.by-hint', { zone: home })}
        value={by}
        onChange={(event) => set({ by: event.target.value })}
      />
    </ActForm>
  )
}
