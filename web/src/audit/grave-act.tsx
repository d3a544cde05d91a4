/** A grave act: what it does is shown first, and whoever does it says why. The node may ask for the key once more. */
import { type FormEvent, type ReactNode, useState } from 'react'
import { proveLately } from '../access/session.ts'
import { Problem, useWork } from '../access/told.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { queries } from '../shared/node/node.tsx'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button } from '../shared/ui/parts.tsx'

export function GraveAct({
  title,
  effects,
  button,
  onDo,
  onClose,
  children,
}: {
  readonly title: string
  readonly effects: readonly string[]
  readonly button: string
  readonly onDo: (reason: string) => Promise<unknown>
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { isBusy, error, run } = useWork()
  function submit(event: FormEvent) {
    event.preventDefault()
    const isEmpty = reason.trim() === ''
    setMissing(isEmpty)
    if (isEmpty) return
    void run(async () => {
      await proveLately()
      await onDo(reason.trim())
      onClose()
      await queries.invalidateQueries()
    })
  }
  const missing = isMissing ? say('audit.grave.reason-missing') : undefined
  return (
    <AskDialog title={title} isOpen onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <ul>
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        {children}
        <ErrorSummary errors={missing === undefined ? [] : [{ id: 'reason', text: missing }]} />
        <Problem error={error} />
        <TextField
          id="reason"
          label={say('audit.grave.reason')}
          hint={say('audit.grave.reason-hint')}
          wrong={missing}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <p className="row">
          <Button type="submit" kind="danger" isBusy={isBusy}>
            {button}
          </Button>
          <Button kind="second" onPress={onClose}>
            {say('dialog.cancel')}
          </Button>
        </p>
      </form>
    </AskDialog>
  )
}
