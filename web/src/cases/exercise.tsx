/** Practice: a session that serves an exercise, and the sample case in it. The node keeps exercises and real work apart by the purpose of the session. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { act, ask, queries, type ResultOf, useRead } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Button, Note, Trouble } from '../shared/ui/parts.tsx'

type Purpose = NonNullable<ResultOf<'sessionRead'>['session']>['purpose']

const BEFORE = 'comity.purpose-before'

/** What whoever is in an exercise worked for before it. */
function purposeBefore(): Purpose {
  return (window.sessionStorage.getItem(BEFORE) as Purpose | null) ?? 'criminal-proceedings'
}

/** Signs in anew with the key, for another purpose. Whoever calls leaves what that purpose may not see before anything is asked for again. */
export async function signInFor(purpose: Purpose, before?: Purpose): Promise<void> {
  const response = await signWithKey(await ask('signInOptions', {}))
  await ask('signInFinish', { purpose, response } as never)
  if (before !== undefined) window.sessionStorage.setItem(BEFORE, before)
}

export function useSession() {
  return useRead('sessionRead', {}).data?.session ?? null
}

/** Opens the sample case; whoever does real work signs in for the exercise first. */
export function TrySample({ kind = 'second' }: { readonly kind?: 'first' | 'second' }) {
  const say = useSay()
  const navigate = useNavigate()
  const session = useSession()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const open = async () => {
    setBusy(true)
    setError(null)
    try {
      if (session?.purpose !== 'exercise') await signInFor('exercise', session?.purpose)
      const { openSample } = await import('./sample-case.ts')
      const caseId = await openSample(act, say)
      await navigate({ to: `/cases/${caseId}` })
      await queries.invalidateQueries()
    } catch (thrown) {
      setError(thrown)
      // Whoever is signed in for the exercise by now sees so.
      void queries.invalidateQueries({ queryKey: ['sessionRead'] })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p>{say('cases.sample-text')}</p>
      <Button kind={kind} isBusy={isBusy} onPress={() => void open()}>
        {say('cases.sample-try')}
      </Button>
      <Trouble error={error} />
    </>
  )
}

/** Says that this is an exercise, and leads out of it; a trainee has nowhere else to go. */
export function ExerciseNote() {
  const say = useSay()
  const session = useSession()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const leave = async () => {
    setError(null)
    await signInFor(purposeBefore())
    await navigate({ to: '/cases' })
    await queries.invalidateQueries()
  }
  if (session?.purpose !== 'exercise') return null
  return (
    <Note kind="warn">
      <p>{say('cases.exercise-text')}</p>
      {session.role !== 'training' && (
        <Button kind="second" onPress={() => void leave().catch(setError)}>
          {say('cases.exercise-leave')}
        </Button>
      )}
      <Trouble error={error} />
    </Note>
  )
}
