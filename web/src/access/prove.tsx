/** Proving to be there, for grave acts. */
import './access.css'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { queries, useRead } from '../shared/node/node.tsx'
import { Button, Fact, Facts, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, instantText, ownZone, Words } from '../shared/ui/values.tsx'
import { Place } from './place.tsx'
import { PROOF_MS, proveHere, type Session } from './session.ts'
import { Problem, useWork } from './told.tsx'

export function Screen() {
  const say = useSay()
  const session = useRead('sessionRead', {})
  return (
    <>
      <PageHead title={say('access.prove.title')} />
      <Place>{() => <Shown read={session}>{({ session: one }) => one && <Prove session={one} />}</Shown>}</Place>
    </>
  )
}

function Prove({ session }: { readonly session: Session }) {
  const { say, locale } = useSpeech()
  const [until, setUntil] = useState<number | null>(null)
  const { isBusy, error, run } = useWork()
  const prove = async () => {
    const provenAt = await proveHere()
    await queries.invalidateQueries()
    setUntil(provenAt + PROOF_MS)
  }
  return (
    <div className="stack narrow">
      <p>{say('access.prove.lead')}</p>
      <Problem error={error} />
      <Sheet>
        <Facts>
          <Fact name={say('access.you-are')}>
            <Words>{session.name}</Words>
          </Fact>
          <Fact name={say('access.signed-in-with')}>{say(`access.standing.${session.signedInBy}`)}</Fact>
          <Fact name={say('access.proven')}>
            {session.provenAt === 0 ? say('access.prove.never') : <Instant at={session.provenAt} zone={ownZone()} />}
          </Fact>
        </Facts>
      </Sheet>
      <p>
        <Button isBusy={isBusy} onPress={() => void run(prove)}>
          {say('access.prove.button')}
        </Button>
      </p>
      <p className="small soft">{say('access.prove.other-key')}</p>
      <div id="outcome" role="status">
        {until !== null && (
          <Note kind="good">
            <h2>{say('access.prove.done')}</h2>
            <p>{say('access.prove.done-until', { until: instantText(new Date(until), ownZone(), locale) })}</p>
          </Note>
        )}
      </div>
    </div>
  )
}
