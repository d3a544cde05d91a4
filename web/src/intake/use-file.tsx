/** A file on its way to the node: hashed here, sent, hashed there; how far it is, and the end of it where it is given up. */
import { useEffect, useRef, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { Button, Fact, Facts, Status, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { giveUp, hashOf, sendFile, type Uploaded } from './upload.ts'

type Stage = 'hash' | 'send' | 'seal'
export type Sending = {
  readonly stage: Stage
  readonly done: number
  /** SHA-256 computed here; null as long as it is not known. */
  readonly here: string | null
  readonly there: Uploaded | null
  readonly error: unknown
  readonly again: () => void
  /** Ends the sending; the node forgets what has arrived. A refusal is shown with the file. */
  readonly giveUp: () => Promise<void>
}

/** Hashes and sends a file as soon as it is chosen, so that the form is filled in meanwhile. */
export function useFile(caseId: string, file: File): Sending {
  const [stage, setStage] = useState<Stage>('hash')
  const [done, setDone] = useState(0)
  const [here, setHere] = useState<string | null>(null)
  const [there, setThere] = useState<Uploaded | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  const running = useRef(-1)
  const ending = useRef(new AbortController())
  const sent = useRef<Promise<void>>(Promise.resolve())
  useEffect(() => {
    // Once for each try, also where effects run twice.
    if (running.current === tries) return
    running.current = tries
    setError(null)
    const { signal } = ending.current
    const tell = (now: Stage, at: number) => {
      setStage(now)
      setDone(at)
    }
    const run = async () => {
      const sha256 = await hashOf(file, tell)
      setHere(sha256)
      signal.throwIfAborted()
      setThere(await sendFile(caseId, file, sha256, tell, signal))
    }
    sent.current = run().catch((thrown: unknown) => {
      if (!signal.aborted) setError(thrown)
    })
  }, [caseId, file, tries])
  return {
    ...{ stage, done, here, there, error },
    again: () => setTries(tries + 1),
    giveUp: async () => {
      ending.current.abort()
      await sent.current
      try {
        if (here !== null && there === null) await giveUp(caseId, here)
      } catch (thrown) {
        setError(thrown)
        throw thrown
      } finally {
        ending.current = new AbortController()
      }
    },
  }
}

/** Both digests, whether they are the same, and how far the sending is. */
export function FileState({ file, sending }: { readonly file: File; readonly sending: Sending }) {
  const say = useSay()
  const { stage, done, here, there, error, again } = sending
  return (
    <>
      <Facts>
        <Fact name={say('intake.size')}>
          <MachineValue value={`${file.size} B`} />
        </Fact>
        <Fact name={say('intake.digest-here')}>
          {here === null ? say('intake.hashing') : <MachineValue value={here} copy />}
        </Fact>
        <Fact name={say('intake.digest-there')}>
          {there === null ? (
            say(stage === 'seal' ? 'intake.sealing' : 'intake.sending')
          ) : (
            <>
              <Status kind={there.sha256 === here ? 'good' : 'bad'}>
                {say(there.sha256 === here ? 'intake.same' : 'intake.different')}
              </Status>{' '}
              <MachineValue value={there.sha256} short />
            </>
          )}
        </Fact>
      </Facts>
      {there === null && !error && (
        <progress
          className="waiting"
          max={Math.max(file.size, 1)}
          value={done}
          aria-label={say(`intake.stage.${stage}`)}
        />
      )}
      <Trouble error={error}>
        <Button kind="second" onPress={again}>
          {say('trouble.again')}
        </Button>
      </Trouble>
    </>
  )
}
