/** The clocks of a request: what runs, by which rule, how it was counted; a rule without a date says what it waits for. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Instant } from '../shared/ui/values.tsx'
import { type Clock, isOpen } from './clocks.ts'
import type { Request } from './one-request.tsx'
import { PeriodAct } from './period-form.tsx'
import { ClockOf, now, useRuleText } from './words.tsx'

export function Clocks({ read }: { readonly read: Request }) {
  const { say } = useSpeech()
  const ruleText = useRuleText()
  const { deadlines } = read.request
  if (deadlines.length === 0) return <p className="soft">{say('tracker.clocks-later')}</p>
  return (
    <ul className="list">
      {deadlines.map((one) => (
        <li key={one.ruleId}>
          {one.due === null ? (
            <>
              <strong>{ruleText(one)}</strong>
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
          <Changed read={read} ruleId={one.ruleId} />
          {isOpen(read.request) && (
            <div className="no-print">
              <PeriodAct key={`${one.ruleId} ${read.version}`} read={read} ruleId={one.ruleId} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What has been recorded of the period: when it was extended, and when it stood still. */
function Changed({ read, ruleId }: { readonly read: Request; readonly ruleId: string }) {
  const { say } = useSpeech()
  const zone = read.request.content.clock.zone
  const change = read.request.periods?.find((one) => one.ruleId === ruleId)
  if (change === undefined) return null
  return (
    <ul className="small">
      {change.extendedAt !== null && (
        <li>
          {say('tracker.period-extended')} <Instant at={change.extendedAt} zone={zone} />
        </li>
      )}
      {change.suspended.map(({ from, to }) => (
        <li key={from}>
          {say('tracker.period-stood')} <Instant at={from} zone={zone} /> – <Instant at={to} zone={zone} />
        </li>
      ))}
    </ul>
  )
}
