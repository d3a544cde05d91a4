/** Fields of forms: a label, a hint, what is wrong, in this order, tied together for screen readers. */
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'
import { useSay } from '../language/speak.tsx'

type Frame = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with it, in words. */
  readonly wrong?: string | undefined
  /** So that a summary of errors can lead here. */
  readonly id?: string | undefined
}

function useFrame({ hint, wrong, id }: Frame) {
  const own = useId()
  const field = id ?? own
  const described = [hint === undefined ? null : `${field}-hint`, wrong === undefined ? null : `${field}-wrong`]
  return {
    field,
    control: {
      id: field,
      'aria-invalid': wrong === undefined ? undefined : true,
      'aria-describedby': described.filter((one) => one !== null).join(' ') || undefined,
    },
  }
}

function Framed({
  frame,
  field,
  children,
}: {
  readonly frame: Frame
  readonly field: string
  readonly children: ReactNode
}) {
  return (
    <div className="field">
      <label htmlFor={field}>{frame.label}</label>
      {frame.hint !== undefined && (
        <p className="hint" id={`${field}-hint`}>
          {frame.hint}
        </p>
      )}
      {frame.wrong !== undefined && (
        <p className="wrong" id={`${field}-wrong`}>
          {frame.wrong}
        </p>
      )}
      {children}
    </div>
  )
}

export function TextField({ label, hint, wrong, id, ...rest }: Frame & Omit<ComponentProps<'input'>, 'id'>) {
  const { field, control } = useFrame({ label, hint, wrong, id })
  return (
    <Framed frame={{ label, hint, wrong }} field={field}>
      <input type="text" autoComplete="off" {...rest} {...control} />
    </Framed>
  )
}

export function TextArea({ label, hint, wrong, id, ...rest }: Frame & Omit<ComponentProps<'textarea'>, 'id'>) {
  const { field, control } = useFrame({ label, hint, wrong, id })
  return (
    <Framed frame={{ label, hint, wrong }} field={field}>
      <textarea rows={4} {...rest} {...control} />
    </Framed>
  )
}

export function Select({ label, hint, wrong, id, children, ...rest }: Frame & Omit<ComponentProps<'select'>, 'id'>) {
  const { field, control } = useFrame({ label, hint, wrong, id })
  return (
    <Framed frame={{ label, hint, wrong }} field={field}>
      <select {...rest} {...control}>
        {children}
      </select>
    </Framed>
  )
}

export function Checkbox({ label, ...rest }: { readonly label: ReactNode } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="choice">
      <input type="checkbox" id={id} {...rest} />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}

/** Every error of a form at its top, each a link to its field; takes the focus when it comes. */
export function ErrorSummary({
  errors,
}: {
  readonly errors: readonly { readonly id: string; readonly text: string }[]
}) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const many = errors.map(({ id }) => id).join(' ')
  useEffect(() => {
    if (many !== '') box.current?.focus()
  }, [many])
  if (errors.length === 0) return null
  return (
    <div className="note" data-kind="bad" role="alert" tabIndex={-1} ref={box}>
      <h2>{say('trouble.heading')}</h2>
      <ul className="list">
        {errors.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(id)?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
