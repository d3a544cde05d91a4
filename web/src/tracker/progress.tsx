/** How far a request has come: the steps that every one takes, each with its moment where there is one. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { reached, steps } from './clocks.ts'
import type { Request } from './one-request.tsx'
import { useStateName } from './words.tsx'

export function Progress({ read }: { readonly read: Request }) {
  const { say } = useSpeech()
  const stateName = useStateName()
  const { request } = read
  const done = reached(request.state)
  const moments: Readonly<Record<string, string | null>> = {
    submitted: request.submitted?.at ?? null,
    released: request.releasedAt,
    acknowledged: request.received.receivedByCompetentAt,
  }
  return (
    <ol className="progress" aria-label={say('tracker.progress')}>
      {steps.map((step, at) => (
        <li key={step} data-done={at <= done || undefined} aria-current={at === done ? 'step' : undefined}>
          <span>{at === done ? stateName(request.state) : stateName(step)}</span>
          {at <= done && moments[step] && (
            <span className="small soft">
              <Instant at={moments[step]} zone={ownZone()} />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
