/** Signing in, for a purpose; afterwards on to where one was, or the session for the command line. */
import './access.css'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { ask, queries, useRead } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Checkbox, Select } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Note, PageHead } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { CommandLine, type Opened } from './command-line.tsx'
import { Place, type PublicFacts } from './place.tsx'
import { type Purpose, purposes } from './purposes.ts'
import { Problem, useWork } from './told.tsx'
import { wayBack } from './way-back.ts'

export function Screen() {
  const say = useSay()
  return (
    <>
      <PageHead title={say('access.sign-in.title')} />
      <Place>{(facts) => <SignIn facts={facts} />}</Place>
    </>
  )
}

function SignIn({ facts }: { readonly facts: PublicFacts }) {
  const say = useSay()
  const router = useRouter()
  const [purpose, setPurpose] = useState<Purpose>(purposes[0])
  const [wantsCommandLine, setWantsCommandLine] = useState(false)
  const [opened, setOpened] = useState<(Opened & { role: string }) | null>(null)
  const { isBusy, error, run } = useWork()
  const { data } = useRead('sessionRead', {})
  const back = wayBack(window.location.hash)

  async function signIn() {
    const response = await signWithKey(await ask('signInOptions', {}))
    const answer = await ask('signInFinish', { purpose, response } as never)
    const { session } = await ask('sessionRead', {})
    // What somebody else has seen in this browser is nobody's any more.
    queries.removeQueries({ type: 'inactive' })
    await queries.invalidateQueries()
    if (wantsCommandLine) setOpened({ ...answer, role: session?.role ?? '' })
    else router.history.push(back ?? '/app/')
  }

  if (opened)
    return (
      <div className="stack narrow">
        <div id="outcome" role="status">
          <Note kind="good">
            <h2>{say('access.sign-in.done')}</h2>
            <p>
              <Words>{opened.name}</Words>
            </p>
          </Note>
        </div>
        <p>
          {back === null ? (
            <ButtonLink to="/">{say('access.to-start')}</ButtonLink>
          ) : (
            <a className="button" href={back}>
              {say('access.sign-in.on')}
            </a>
          )}
        </p>
        <CommandLine opened={opened} publicUrl={facts.publicUrl} role={opened.role} />
      </div>
    )
  return (
    <div className="stack narrow">
      <p>{say('access.sign-in.lead')}</p>
      {data?.session && (
        <Note>
          <p>
            {say('access.sign-in.already')} <Words>{data.session.name}</Words>,{' '}
            <Instant at={data.session.expiresAt} zone={ownZone()} />
          </p>
          <p>
            <ButtonLink to="/" kind="second">
              {say('access.to-start')}
            </ButtonLink>
          </p>
        </Note>
      )}
      <Problem error={error} />
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void run(signIn)
        }}
      >
        <Select
          label={say('access.sign-in.purpose')}
          hint={say('access.sign-in.purpose-hint')}
          value={purpose}
          onChange={({ target }) => setPurpose(target.value as Purpose)}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {say(`access.purpose.${one}`)}
            </option>
          ))}
        </Select>
        <div className="field">
          <Checkbox
            label={say('access.sign-in.command-line')}
            checked={wantsCommandLine}
            onChange={({ target }) => setWantsCommandLine(target.checked)}
          />
        </div>
        <Button type="submit" isBusy={isBusy}>
          {say('access.sign-in.button')}
        </Button>
      </form>
      {facts.hasProvider && (
        <p>
          <a href="/v1/oidc/start">{say('access.sign-in.provider')}</a>
        </p>
      )}
    </div>
  )
}
