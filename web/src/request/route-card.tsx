/** One way to reach what is needed: instrument, receiver, time, conditions, each with its article and how well it was read. */
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Button, Fact, Facts, Status, type StatusKind } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'

export type Route = ResultOf<'legalRoutes'>['routes'][number]

const KIND: Readonly<Record<string, StatusKind>> = { verified: 'good', secondary: 'warn', unverified: 'warn' }

/** How well a statement of the packs was read, in words. */
export function Mark({ verified }: { readonly verified: 'verified' | 'secondary' | 'unverified' }) {
  const { say } = useSpeech()
  return <Status kind={KIND[verified] ?? 'plain'}>{say(`request.mark.${verified}`)}</Status>
}

export function RouteCard({
  route,
  isBest,
  busy,
  onChoose,
}: {
  readonly route: Route
  /** The first of the ways: one act alone stands out. */
  readonly isBest: boolean
  /** The way of which a draft is being made. */
  readonly busy: string | null
  readonly onChoose: (route: Route) => void
}) {
  const { say, language } = useSpeech()
  const instruments = useRead('legalInstruments', { language: language.id })
  const type = instruments.data
    ?.find(({ id }) => id === route.instrument.id)
    ?.requestTypes.find(({ id }) => id === route.requestType)
  const isOpen = route.obstacles.length === 0
  const key = `${route.instrument.id} ${route.requestType}`
  const open = route.open
  return (
    <article className="sheet">
      <div className="row spread">
        <h3>
          <Words>{`${route.instrument.short}: ${type?.title ?? route.requestType}`}</Words>
        </h3>
        <Mark verified={route.verified} />
      </div>
      <Facts>
        <Fact name={say('request.article')}>
          <bdi dir="ltr">{route.article}</bdi>
        </Fact>
        <Fact name={say('request.receiver')}>
          <Words>
            {route.receiver.names.join('; ') || say('request.receiver-role', { role: route.receiver.role })}
          </Words>
        </Fact>
        <Fact name={say('request.time')}>
          {route.deadlines.length === 0 ? (
            say('request.no-time')
          ) : (
            <ul className="plain-list">
              {route.deadlines.map(({ id, article, text, binding }) => (
                <li key={id}>
                  <Phrase topic="law" text={text} />{' '}
                  <bdi className="soft" dir="ltr">
                    ({article})
                  </bdi>{' '}
                  {!binding && <span className="soft">· {say('request.only-reminds')}</span>}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name={say('request.dual')}>
          {say(`request.dual.${route.dualCriminality.answer}`)}
          {route.dualCriminality.answer === 'to-test' && (
            <ul className="plain-list">
              {route.dualCriminality.elements.map((one) => (
                <li key={one}>
                  <Phrase topic="law" text={one} />
                </li>
              ))}
            </ul>
          )}
        </Fact>
        {open.length > 0 && (
          <Fact name={say('request.to-see')}>
            <ul className="plain-list">
              {open.map((text) => (
                <li key={text}>
                  <Phrase topic="law" text={text} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {route.obstacles.length > 0 && (
          <Fact name={say('request.obstacles')}>
            <ul className="plain-list">
              {route.obstacles.map(({ code, text, article }) => (
                <li key={code + text}>
                  <Phrase topic="law" text={text} />{' '}
                  <bdi className="soft" dir="ltr">
                    ({article})
                  </bdi>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      {(route.reasons.length > 0 || route.useConditions.length > 0) && (
        <details className="more">
          <summary>{say('request.why')}</summary>
          <ul className="list">
            {[...route.reasons, ...route.useConditions].map(({ text, article, verified }) => (
              <li key={text + article}>
                <Phrase topic="law" text={text} />{' '}
                <bdi className="soft" dir="ltr">
                  ({article})
                </bdi>{' '}
                <Mark verified={verified} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {isOpen &&
        (route.form === null ? (
          <p className="soft">{say('request.no-form')}</p>
        ) : (
          <p className="row">
            <Button
              kind={isBest ? 'first' : 'second'}
              isBusy={busy === key}
              isDisabled={busy !== null && busy !== key}
              onPress={() => onChoose(route)}
            >
              {say('request.use', { instrument: route.instrument.short })}
            </Button>
          </p>
        ))}
    </article>
  )
}
