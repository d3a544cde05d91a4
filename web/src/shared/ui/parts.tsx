/** The parts of which screens are made. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button as AriaButton, Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { signInHref } from '../../access/way-back.ts'
import { useSay, useSpeech } from '../language/speak.tsx'
import { Refusal } from '../node/node.tsx'
import { KeyTrouble } from '../node/security-key.ts'
import { Phrase, usePhrases } from '../phrases/use-phrases.tsx'
import { NotReached } from '../request.ts'

/** The head of a screen: its one heading takes the focus when the screen opens, and names the page. */
export function PageHead({
  title,
  kicker,
  children,
}: {
  readonly title: string
  readonly kicker?: ReactNode
  readonly children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Comity`
  }, [title])
  useEffect(() => {
    // Only where a way was followed; what has the focus inside the screen keeps it.
    if (document.activeElement === document.body || document.activeElement?.closest('nav')) heading.current?.focus()
  }, [])
  return (
    <div className="page-head">
      <div>
        {kicker !== undefined && <p className="kicker">{kicker}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </div>
      {children !== undefined && <div className="row no-print">{children}</div>}
    </div>
  )
}

export function Sheet({
  title,
  level = 2,
  actions,
  children,
}: {
  readonly title?: string
  readonly level?: 2 | 3
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  const Title = level === 2 ? 'h2' : 'h3'
  if (title === undefined) return <div className="sheet">{children}</div>
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="row spread">
        <Title id={id}>{title}</Title>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A button that names its act. While `isBusy` it stays in its place, says so, and does nothing. */
export function Button({
  kind = 'first',
  type = 'button',
  isBusy = false,
  isDisabled = false,
  onPress,
  children,
  label,
}: {
  readonly kind?: 'first' | 'second' | 'quiet' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly isBusy?: boolean
  readonly isDisabled?: boolean
  readonly onPress?: () => void
  readonly children: ReactNode
  readonly label?: string
}) {
  const say = useSay()
  return (
    <AriaButton
      className="button"
      data-kind={kind}
      type={type}
      isPending={isBusy}
      isDisabled={isDisabled}
      {...(onPress === undefined ? {} : { onPress })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {isBusy ? say('wait.busy') : children}
    </AriaButton>
  )
}

/** A question that needs an answer before anything else goes on. Escape and the first button leave it. */
export function AskDialog({
  title,
  isOpen,
  onClose,
  children,
}: {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="dialog">
        <AriaDialog>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The end of a form: what went wrong, what it does, and the way out. */
export function FormEnd({
  act,
  does,
  onCancel,
}: {
  readonly act: { readonly error: unknown; readonly isPending: boolean }
  readonly does: ReactNode
  readonly onCancel: () => void
}) {
  const say = useSay()
  return (
    <>
      <Trouble error={act.error} />
      <div className="row">
        <Button type="submit" isBusy={act.isPending}>
          {does}
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          {say('dialog.cancel')}
        </Button>
      </div>
    </>
  )
}

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** `done` is plain on purpose: what is open stands out. */
export type StatusKind = 'open' | 'done' | 'good' | 'warn' | 'bad' | 'plain'

export function Status({ kind, children }: { readonly kind: StatusKind; readonly children: ReactNode }) {
  return (
    <span className="status" data-kind={kind}>
      {children}
    </span>
  )
}

export function Note({
  kind = 'plain',
  children,
}: {
  readonly kind?: 'plain' | 'good' | 'warn' | 'bad'
  readonly children: ReactNode
}) {
  return (
    <div className="note" data-kind={kind}>
      {children}
    </div>
  )
}

/** A place where nothing is yet: says what would be here and how it comes. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  )
}

export function Waiting({ what }: { readonly what?: string }) {
  const say = useSay()
  return (
    <p role="status">
      <progress className="waiting" aria-label={what ?? say('wait.reading')} />{' '}
      <span className="soft">{what ?? say('wait.reading')}</span>
    </p>
  )
}

/** What went wrong, in words, with the fix; takes the focus when it comes. */
export function Trouble({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  const { say, knows } = useSpeech()
  const phrases = usePhrases('refusals')
  const details = usePhrases('details')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) box.current?.focus()
  }, [error])
  if (!error) return null
  const isForeign = error instanceof Refusal
  // What the code means comes first, then what the node says of this very case; neither twice.
  const means = isForeign ? phrases(error.problem.code) : null
  const fix = isForeign ? phrases(`${error.problem.code} fix`) : null
  return (
    <div className="note" data-kind="bad" role="alert" tabIndex={-1} ref={box}>
      <h2>{say('trouble.heading')}</h2>
      {isForeign ? (
        <>
          {knows(`problem.${error.problem.code}`) ? (
            <p>{say(`problem.${error.problem.code}` as never)}</p>
          ) : (
            means !== null && <p>{means}</p>
          )}
          {fix !== null && <p>{fix}</p>}
          {(means === null || details(error.problem.detail) !== means) && (
            <p className={means === null ? undefined : 'small soft'}>
              <Phrase topic="details" text={error.problem.detail} />
            </p>
          )}
          {error.problem.fix !== undefined && (fix === null || details(error.problem.fix) !== fix) && (
            <p className={means === null ? undefined : 'small soft'}>
              <Phrase topic="details" text={error.problem.fix} />
            </p>
          )}
          <p className="small soft">
            <bdi className="machine" dir="ltr">
              {error.problem.code}
              {error.problem.place === undefined ? '' : ` ${error.problem.place}`}
            </bdi>
          </p>
          {error.problem.code === 'NOT_SIGNED_IN' && (
            <p>
              <a href={signInHref(window.location)}>{say('trouble.sign-in')}</a>
            </p>
          )}
        </>
      ) : error instanceof KeyTrouble ? (
        <p>{say(error.id, { reason: error.message })}</p>
      ) : error instanceof NotReached ? (
        <p>{say('trouble.not-reached')}</p>
      ) : (
        <p>{say('trouble.fault', { reason: error instanceof Error ? error.message : String(error) })}</p>
      )}
      {children}
    </div>
  )
}

/** What a read answers: it waits, or says what is wrong and lets try again, or shows. */
export function Shown<T>({
  read,
  children,
}: {
  readonly read: {
    readonly data: T | undefined
    readonly error: unknown
    readonly isPending: boolean
    readonly refetch: () => unknown
  }
  readonly children: (value: T) => ReactNode
}) {
  const say = useSay()
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.error)
    return (
      <Trouble error={read.error}>
        <p>
          <Button kind="second" onPress={() => void read.refetch()}>
            {say('trouble.again')}
          </Button>
        </p>
      </Trouble>
    )
  return <Waiting />
}

/** A link that looks like a button, for where the next act is on another screen. */
export function ButtonLink({
  to,
  kind = 'first',
  children,
}: {
  readonly to: string
  readonly kind?: 'first' | 'second' | 'quiet'
  readonly children: ReactNode
}) {
  return (
    <Link className="button" data-kind={kind} to={to}>
      {children}
    </Link>
  )
}
