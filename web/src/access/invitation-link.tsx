/** The link of an invitation, shown once: whoever has it enrols a key as this person. */
import { useEffect, useRef } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { Note } from '../shared/ui/parts.tsx'
import { CopyButton, Instant, ownZone, Words } from '../shared/ui/values.tsx'

export function InvitationLink({
  token,
  expiresAt,
  publicUrl,
  name,
}: {
  readonly token: string
  readonly expiresAt: string
  readonly publicUrl: string
  readonly name: string
}) {
  const say = useSay()
  const place = useRef<HTMLPreElement>(null)
  useEffect(() => place.current?.focus(), [])
  const link = `${publicUrl}/enrol#${token}`
  return (
    <Note kind="good">
      <h3>
        <Words>{say('access.invitation.title', { name })}</Words>
      </h3>
      <p>{say('access.invitation.once')}</p>
      <pre id="invitation-link" tabIndex={-1} ref={place}>
        {link}
      </pre>
      <p className="row">
        <CopyButton value={link} />
        <span className="soft small">
          {say('access.invitation.until')} <Instant at={expiresAt} zone={ownZone()} />
        </span>
      </p>
    </Note>
  )
}
