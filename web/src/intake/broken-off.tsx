/** Files whose sending broke off: choosing one again goes on where it stopped, giving it up makes the node forget what has arrived. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { Button, Note, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { brokenOff, giveUp } from './upload.ts'

/** `now`: names of files that are being sent here at this moment. */
export function BrokenOff({ caseId, now }: { readonly caseId: string; readonly now: readonly string[] }) {
  const say = useSay()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const broken = brokenOff(caseId).filter(({ fileName }) => !now.includes(fileName))
  const end = async (sha256: string) => {
    setBusy(sha256)
    setError(null)
    try {
      await giveUp(caseId, sha256)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(null)
    }
  }
  if (broken.length === 0) return <Trouble error={error} />
  return (
    <Note kind="warn">
      <p>{say('intake.broken', { count: broken.length })}</p>
      <ul className="list">
        {broken.map(({ fileName, sha256 }) => (
          <li key={sha256} className="row spread">
            <span>
              <MachineValue value={fileName} />{' '}
              <span className="small soft">
                SHA-256 <MachineValue value={sha256} short />
              </span>
            </span>
            <Button
              kind="second"
              isBusy={busy === sha256}
              label={say('intake.give-up-what', { name: fileName })}
              onPress={() => void end(sha256)}
            >
              {say('intake.give-up')}
            </Button>
          </li>
        ))}
      </ul>
      <Trouble error={error} />
    </Note>
  )
}
