/** A form of an act between agencies: what it asks, what it does, and then the act. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { Wrong } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { ErrorSummary } from '../shared/ui/fields.tsx'
import { FormEnd, Note } from '../shared/ui/parts.tsx'

export function ActForm({
  title,
  errors,
  effects,
  act,
  does,
  onSend,
  onCancel,
  children,
}: {
  readonly title: string
  readonly errors: readonly Wrong[]
  /** One line for each thing that will be otherwise afterwards. */
  readonly effects: readonly string[]
  readonly act: { readonly error: unknown; readonly isPending: boolean }
  readonly does: string
  readonly onSend: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}) {
  const say = useSay()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // The button that opened it is gone, and the focus with it.
    if (document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('select, textarea, input')?.focus()
  }, [])
  return (
    <form
      ref={form}
      noValidate
      className="matter-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      <ErrorSummary errors={errors} />
      {children}
      <Note>
        <p>{say('cases.effects')}</p>
        <ul>
          {effects.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Note>
      <FormEnd act={act} does={does} onCancel={onCancel} />
    </form>
  )
}
