/** An act on a whole case: what it does is said first, the reason is typed, and it can be left. */
import { type ReactNode, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { TextArea } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Note, Trouble } from '../shared/ui/parts.tsx'

export function ActDialog({
  title,
  effects,
  reasonLabel,
  reasonHint,
  isDanger = false,
  isBusy,
  error,
  isBlocked = false,
  onAct,
  children,
}: {
  readonly title: string
  /** One line for each thing that will be otherwise afterwards. */
  readonly effects: readonly string[]
  readonly reasonLabel: string
  readonly reasonHint?: string
  readonly isDanger?: boolean
  readonly isBusy: boolean
  readonly error: unknown
  readonly isBlocked?: boolean
  readonly onAct: (reason: string, done: () => void) => void
  readonly children?: ReactNode
}) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const isEmpty = reason.trim() === ''
  return (
    <>
      <Button kind={isDanger ? 'danger' : 'second'} onPress={() => setOpen(true)}>
        {title}
      </Button>
      <AskDialog title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTold(true)
            if (isEmpty || isBlocked) return
            onAct(reason, () => {
              setOpen(false)
              setReason('')
              setTold(false)
            })
          }}
        >
          <Note kind={isDanger ? 'warn' : 'plain'}>
            <p>{say('cases.effects')}</p>
            <ul>
              {effects.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Note>
          {children}
          <TextArea
            label={reasonLabel}
            hint={reasonHint}
            value={reason}
            wrong={isTold && isEmpty ? say('cases.missing', { field: reasonLabel }) : undefined}
            onChange={(event) => setReason(event.target.value)}
          />
          <Trouble error={error} />
          <div className="row">
            <Button type="submit" kind={isDanger ? 'danger' : 'first'} isBusy={isBusy}>
              {title}
            </Button>
            <Button kind="quiet" onPress={() => setOpen(false)}>
              {say('cases.cancel')}
            </Button>
          </div>
        </form>
      </AskDialog>
    </>
  )
}
