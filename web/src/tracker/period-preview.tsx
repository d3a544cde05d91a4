/** Which date would follow from what is being recorded of a period, before it is: the node computes it, the screen only shows it. */
import { useSay } from '../shared/language/speak.tsx'
import { Refusal, useRead } from '../shared/node/node.tsx'
import { Phrase, usePhrases } from '../shared/phrases/use-phrases.tsx'
import { Fact, Facts, Note } from '../shared/ui/parts.tsx'
import { Instant } from '../shared/ui/values.tsx'

type Given = {
  readonly extendedAt: string | null
  readonly suspended: readonly { readonly from: string; readonly to: string }[]
}

export function PeriodPreview({
  id,
  ruleId,
  given,
  zone: home,
}: {
  readonly id: string
  readonly ruleId: string
  readonly given: Given
  readonly zone: string
}) {
  const say = useSay()
  const { extendedAt, suspended } = given
  const plain = useRead('requestPeriodRead', { id, ruleId }).data
  // A year that is still being typed is none.
  const isWhole = [extendedAt, ...suspended.flatMap(({ from, to }) => [from, to])].every((at) => !at || at > '1900')
  const isSomething = extendedAt !== null || suspended.length > 0
  const changed = useRead('requestPeriodRead', isWhole && isSomething ? { id, ruleId, extendedAt, suspended } : null)
  if (!isWhole || !isSomething || plain === undefined) return null
  const zone = plain.zone || home
  return (
    <section aria-live="polite">
      <h3>{say('tracker.period-follows')}</h3>
      {changed.error ? (
        <Refused error={changed.error} />
      ) : (
        changed.data && (
          <>
            <Facts>
              <Fact name={say('tracker.period-without')}>
                <Due at={plain.due} zone={zone} />
              </Fact>
              <Fact name={say('tracker.period-with')}>
                <strong>
                  <Due at={changed.data.due} zone={zone} />
                </strong>
              </Fact>
            </Facts>
            {changed.data.due === plain.due ? (
              <p>{say('tracker.period-same')}</p>
            ) : (
              <ol>
                {changed.data.steps.map((step) => (
                  <li key={step}>
                    <Phrase topic="law" text={step} />
                  </li>
                ))}
              </ol>
            )}
          </>
        )
      )}
    </section>
  )
}

function Due({ at, zone }: { readonly at: string | null; readonly zone: string }) {
  const say = useSay()
  return at === null ? say('tracker.no-date') : <Instant at={at} zone={zone} />
}

/** Without taking the focus from the field in which somebody still writes. */
function Refused({ error }: { readonly error: unknown }) {
  const say = useSay()
  const phrases = usePhrases('refusals')
  if (!(error instanceof Refusal)) return <Note kind="bad">{say('trouble.fault', { reason: String(error) })}</Note>
  const { code, detail, fix } = error.problem
  const means = phrases(code)
  return (
    <Note kind="bad">
      {means !== null && <p>{means}</p>}
      <p>
        <Phrase topic="details" text={detail} /> {fix !== undefined && <Phrase topic="details" text={fix} />}
      </p>
    </Note>
  )
}
