/** Enrolling a key with an invitation. It travels behind the #, which browsers send nowhere, and is taken from the bar at once. */
import './access.css'
import { type FormEvent, useEffect, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { ask, queries, type ResultOf } from '../shared/node/node.tsx'
import { makeKey } from '../shared/node/security-key.ts'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Fact, Facts, Note, PageHead, Sheet, Waiting } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { CommandLine, type Opened } from './command-line.tsx'
import { Place, type PublicFacts } from './place.tsx'
import { Problem, Told, useErrorTitle, useWork } from './told.tsx'

export function Screen() {
  const say = useSay()
  const invitation = useInvitation()
  return (
    <>
      <PageHead title={say('access.enrol.title')} />
      {invitation === '' && <Problem error={none} />}
      {invitation !== null && invitation !== '' && (
        <Place>{(facts) => <Enrol key={invitation} invitation={invitation} facts={facts} />}</Place>
      )}
    </>
  )
}

const none = new Told('access.enrol.none', 'access.enrol.none-fix')

/** Null until the address was looked at; empty where it holds none. */
function useInvitation(): string | null {
  const [invitation, setInvitation] = useState<string | null>(null)
  useEffect(() => {
    const take = () => {
      const given = window.location.hash.slice(1)
      if (given !== '') window.history.replaceState(window.history.state, '', window.location.pathname)
      const right = /^ce_[A-Za-z0-9_-]{43}$/.test(given) ? given : null
      setInvitation((before) => right ?? (given === '' ? (before ?? '') : ''))
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return invitation
}

type Invited = { readonly person: string; readonly agency: string }

function Enrol({ invitation, facts }: { readonly invitation: string; readonly facts: PublicFacts }) {
  const say = useSay()
  const [invited, setInvited] = useState<Invited | null>(null)
  const [label, setLabel] = useState('')
  const [isUnnamed, setUnnamed] = useState(false)
  const [done, setDone] = useState<Done | null>(null)
  const asking = useWork()
  const enrolling = useWork()
  useErrorTitle(isUnnamed)
  // Once for each invitation: the key of this component is the invitation.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is another at each drawing, and the same act
  useEffect(() => {
    void asking.run(async () => {
      const { rp, user } = (await ask('enrolOptions', { token: invitation })) as never as Options
      setInvited({ person: user.name, agency: rp.name })
    })
  }, [invitation])

  if (done) return <Enrolled done={done} facts={facts} />
  if (asking.error) return <Problem error={asking.error} />
  if (!invited) return <Waiting />

  async function enrol() {
    // Asked for anew: the challenge of when the screen was opened may have lapsed.
    const response = await makeKey(await ask('enrolOptions', { token: invitation }))
    const opened = await ask('enrolFinish', { token: invitation, label: label.trim(), response } as never)
    const { session } = await ask('sessionRead', {})
    setDone({ opened, session })
    await queries.invalidateQueries()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const isMissing = label.trim() === ''
    setUnnamed(isMissing)
    if (!isMissing) void enrolling.run(enrol)
  }

  const missing = isUnnamed ? say('access.enrol.label-missing') : undefined
  return (
    <div className="stack narrow">
      <p>{say('access.enrol.lead')}</p>
      <ErrorSummary errors={missing === undefined ? [] : [{ id: 'label', text: missing }]} />
      <Problem error={enrolling.error} />
      <Sheet>
        <div id="enrol-facts">
          <Facts>
            <Fact name={say('access.enrol.fact.person')}>
              <Words>{invited.person}</Words>
            </Fact>
            <Fact name={say('access.agency')}>
              <Words>{invited.agency}</Words>
            </Fact>
            <Fact name={say('access.node')}>
              <MachineValue value={window.location.host} />
            </Fact>
          </Facts>
        </div>
      </Sheet>
      <form noValidate onSubmit={submit}>
        <TextField
          id="label"
          label={say('access.enrol.label')}
          hint={say('access.enrol.label-hint')}
          wrong={missing}
          maxLength={80}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
        <Button type="submit" isBusy={enrolling.isBusy}>
          {say('access.enrol.button')}
        </Button>
      </form>
      <p className="small soft">{say('access.enrol.what-happens')}</p>
    </div>
  )
}

type Options = { readonly rp: { readonly name: string }; readonly user: { readonly name: string } }
type Done = { readonly opened: Opened; readonly session: ResultOf<'sessionRead'>['session'] }

function Enrolled({ done: { opened, session }, facts }: { readonly done: Done; readonly facts: PublicFacts }) {
  const say = useSay()
  const isBound = session?.signedInBy === 'device-bound'
  return (
    <div className="stack narrow">
      <div id="outcome" role="status">
        <Note kind={isBound ? 'good' : 'warn'}>
          <h2>{say('access.enrol.done')}</h2>
          <p>
            <Words>
              {say(isBound ? 'access.enrol.done-bound' : 'access.enrol.done-synced', { name: opened.name })}
            </Words>
          </p>
        </Note>
      </div>
      <p>
        <ButtonLink to="/">{say('access.to-start')}</ButtonLink>
      </p>
      <CommandLine opened={opened} publicUrl={facts.publicUrl} role={session?.role ?? ''} />
    </div>
  )
}
