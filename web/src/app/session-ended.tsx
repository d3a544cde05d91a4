/** The session has ended while a screen is open: it says so, and what was typed stays. Whoever signs in again goes on where they were. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { ask, queries, type ResultOf } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Button, Trouble } from '../shared/ui/parts.tsx'

export type Session = NonNullable<ResultOf<'sessionRead'>['session']>

export function SessionEnded({ last }: { readonly last: Session }) {
  const say = useSay()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function again() {
    setBusy(true)
    setError(null)
    try {
      const response = await signWithKey(await ask('signInOptions', {}))
      const { personId } = await ask('signInFinish', { purpose: last.purpose, response } as never)
      // What is on the screen is of whoever was here before: another person begins anew.
      if (personId === last.personId) await queries.invalidateQueries()
      else window.location.assign('/app/')
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="session-ended" role="alert">
      <div>
        <h2>{say('shell.ended')}</h2>
        <p>{say('shell.ended-text')}</p>
      </div>
      <Trouble error={error} />
      <Button isBusy={isBusy} onPress={() => void again()}>
        {say('shell.sign-in-again')}
      </Button>
    </div>
  )
}
