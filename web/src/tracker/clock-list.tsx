/** The clocks of a request: what runs, by which rule, how it was counted; a rule without a date says what it waits for. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import type { Clock } from './clocks.ts'
import type { Request } from './one-request.tsx'
import { ClockOf, now } from './words.tsx'

export function Clocks({ read }: { readonly read: Request }) {
  const { say } = useSpeech()
  const { deadlines } = read.request
  if (deadlines.length === 0) return <p className="soft">{say('tracker.clocks-later')}</p>
  return (
    <ul className="list">
      {deadlines.map((one) => (
        <li key={one.ruleId}>
          {one.due === null ? (
            <>
              <strong>
                <MachineValue value={one.ruleId} /> <bdi dir="ltr">({one.article})</bdi>
              </strong>
              <div className="soft">{say('tracker.no-date')}</div>
            </>
          ) : (
            <ClockOf clock={one as Clock} now={now()} />
          )}
          {one.steps.length > 0 && (
            <details className="more">
              <summary>{say('tracker.counted')}</summary>
              <ol>
                {one.steps.map((step) => (
                  <li key={step}>
                    <Phrase topic="law" text={step} />
                  </li>
                ))}
              </ol>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}
