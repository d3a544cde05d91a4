/** What is watched, until when, and why: a new watch, or its next version. */
import { useId, useState } from 'react'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { FormEnd } from '../shared/ui/parts.tsx'
import { ChainChoice } from './record-fields.tsx'
import { toInstant } from './record-kinds.ts'
import type { Watch } from './watches.tsx'

export function WatchForm({
  caseId,
  watch,
  onDone,
}: {
  readonly caseId: string
  /** The version that is changed; none for a new watch. */
  readonly watch?: Watch
  readonly onDone: () => void
}) {
  const say = useSay()
  const form = useId()
  const id = (name: string) => `${form}-${name}`
  const add = useAct('watchAdd')
  const update = useAct('watchUpdate')
  const { errors, wrongOf, isRight } = useChecked()
  const [seen] = useState(watch)
  const before = seen?.content
  const [chain, setChain] = useState<string>(before?.chain ?? '')
  const [addresses, setAddresses] = useState(before?.addresses.join('\n') ?? '')
  const [outputs, setOutputs] = useState(before?.outputs.join('\n') ?? '')
  const [until, setUntil] = useState(before?.until?.slice(0, 16) ?? '')
  const [note, setNote] = useState(before?.note ?? '')

  const send = () => {
    const named = { addresses: linesOf(addresses), outputs: linesOf(outputs) }
    const isNothing = named.addresses.length + named.outputs.length === 0
    const isPast = until !== '' && until !== before?.until?.slice(0, 16) && Date.parse(`${until}Z`) <= Date.now()
    const more = [
      ...(isNothing ? [{ id: id('addresses'), text: say('cases.watch.nothing') }] : []),
      ...(isPast ? [{ id: id('until'), text: say('cases.watch.until-past') }] : []),
    ]
    if (!isRight([[id('chain'), say('cases.field.wallet.chain'), chain]], more)) return
    const { note: _, ...kept } = before ?? { ended: null }
    const content = {
      ...{ ...kept, ...named, chain, until: until === '' ? null : toInstant(until) },
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    }
    const onSuccess = { onSuccess: onDone }
    if (seen)
      update.mutate({ id: seen.id, seen: seen.version, content, basis: seen.basis, marking: seen.marking }, onSuccess)
    else add.mutate({ caseId, content, basis: 'fact' }, onSuccess)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      {!watch && (
        <ChainChoice
          common={{
            ...{ id: id('chain'), label: say('cases.field.wallet.chain'), hint: undefined, value: chain },
            wrong: wrongOf(id('chain')),
          }}
          onChange={({ target }) => setChain(target.value)}
        />
      )}
      {before?.cluster === undefined && (
        <TextArea
          id={id('addresses')}
          label={say('cases.watch.addresses')}
          hint={say('cases.watch.addresses-hint')}
          wrong={wrongOf(id('addresses'))}
          dir="ltr"
          spellCheck={false}
          value={addresses}
          onChange={({ target }) => setAddresses(target.value)}
        />
      )}
      {(before?.outputs.length ?? 0) > 0 && (
        <TextArea
          id={id('outputs')}
          label={say('cases.watch.outputs')}
          hint={say('cases.watch.outputs-hint')}
          dir="ltr"
          spellCheck={false}
          value={outputs}
          onChange={({ target }) => setOutputs(target.value)}
        />
      )}
      <TextField
        id={id('until')}
        type="datetime-local"
        label={say('cases.optional', { label: say('cases.watch.until') })}
        hint={say('cases.hint.utc')}
        wrong={wrongOf(id('until'))}
        value={until}
        onChange={({ target }) => setUntil(target.value)}
      />
      <TextArea
        id={id('note')}
        label={say('cases.optional', { label: say('cases.watch.note') })}
        maxLength={2000}
        rows={2}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <FormEnd act={watch ? update : add} does={say(watch ? 'cases.save' : 'cases.watch-add')} onCancel={onDone} />
    </form>
  )
}

const linesOf = (text: string) => [...new Set(text.split(/\s+/).filter((line) => line !== ''))]
