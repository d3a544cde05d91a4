/** The session for the command line: shown once, on demand, with the commands that take it. */
import { useEffect, useRef, useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { Button, Sheet } from '../shared/ui/parts.tsx'
import { instantText, ownZone } from '../shared/ui/values.tsx'
import { Problem, Told, useWork } from './told.tsx'

/** So the session is never in the history of the shell. */
const READ_KEY = 'read -rs COMITY_KEY && export COMITY_KEY'

export type Opened = { readonly token: string; readonly expiresAt: number; readonly name: string }

export function CommandLine({
  opened,
  publicUrl,
  role,
}: {
  readonly opened: Opened
  readonly publicUrl: string
  readonly role: string
}) {
  const { say, locale } = useSpeech()
  const [state, setState] = useState<'offered' | 'shown' | 'hidden'>('offered')
  const until = instantText(new Date(opened.expiresAt), ownZone(), locale)
  return (
    <Sheet title={say('access.command-line.heading')}>
      <p>{say('access.command-line.why', { until })}</p>
      {state === 'offered' && (
        <p>
          <Button kind="second" onPress={() => setState('shown')}>
            {say('access.command-line.show')}
          </Button>
        </p>
      )}
      {state === 'shown' && (
        <Token token={opened.token} publicUrl={publicUrl} role={role} onHide={() => setState('hidden')} />
      )}
      {state === 'hidden' && <p>{say('access.command-line.hidden')}</p>}
    </Sheet>
  )
}

function Token({
  token,
  publicUrl,
  role,
  onHide,
}: {
  readonly token: string
  readonly publicUrl: string
  readonly role: string
  readonly onHide: () => void
}) {
  const say = useSay()
  const place = useRef<HTMLPreElement>(null)
  const [isCopied, setCopied] = useState(false)
  const { error, run } = useWork()
  useEffect(() => place.current?.focus(), [])
  // An act that the person may well do.
  const example = role === 'administrator' ? 'person list' : 'case list'
  return (
    <>
      <p>{say('access.command-line.once')}</p>
      <pre id="session-token" tabIndex={-1} ref={place}>
        {token}
      </pre>
      <p className="row">
        <Button
          onPress={() =>
            void run(async () => {
              setCopied(false)
              await navigator.clipboard.writeText(token).catch(() => {
                throw new Told('access.copy-failed', 'access.copy-failed-fix')
              })
              setCopied(true)
            })
          }
        >
          {say('access.command-line.copy')}
        </Button>
        <Button kind="second" onPress={onHide}>
          {say('access.command-line.hide')}
        </Button>
        <span role="status">{isCopied ? say('value.copied') : ''}</span>
      </p>
      <Problem error={error} />
      <ol className="steps">
        <li>
          {say('access.command-line.step-read')}
          <pre>
            <code>{READ_KEY}</code>
          </pre>
        </li>
        <li>
          {say('access.command-line.step-run')}
          <pre>
            <code>{`comity --node ${publicUrl} ${example}`}</code>
          </pre>
        </li>
      </ol>
      <p className="small soft">{say('access.command-line.prove', { url: `${publicUrl}/prove` })}</p>
    </>
  )
}
