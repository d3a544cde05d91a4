/** What only somebody who has just used their key is shown. The proof lasts for five minutes; the screen stays meanwhile and after. */
import { type ReactNode, useEffect, useState } from 'react'
import { isFresh, proveHere } from '../access/session.ts'
import { Problem, useWork } from '../access/told.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { queries, useRead } from '../shared/node/node.tsx'
import { Button, Sheet, Shown } from '../shared/ui/parts.tsx'

export function Proven({ children }: { readonly children: ReactNode }) {
  const read = useRead('sessionRead', {})
  const session = read.data?.session ?? null
  // When the session ends, what was typed stays on the screen: the frame around it says so, and lets sign in again.
  const [known, setKnown] = useState(session)
  useEffect(() => {
    if (session) setKnown(session)
  }, [session])
  const shown = session ?? known
  if (!shown) return <Shown read={read}>{() => null}</Shown>
  return <Gate isProven={isFresh(shown)}>{children}</Gate>
}

function Gate({ isProven, children }: { readonly isProven: boolean; readonly children: ReactNode }) {
  const say = useSay()
  const [wasProven, setWasProven] = useState(isProven)
  const { isBusy, error, run } = useWork()
  if (wasProven) return children
  return (
    <div className="narrow">
      <Sheet>
        <p>{say('audit.people.prove-first')}</p>
        <Problem error={error} />
        <p>
          <Button
            isBusy={isBusy}
            onPress={() =>
              void run(async () => {
                await proveHere()
                await queries.invalidateQueries()
                setWasProven(true)
              })
            }
          >
            {say('audit.people.use-key')}
          </Button>
        </p>
      </Sheet>
    </div>
  )
}
