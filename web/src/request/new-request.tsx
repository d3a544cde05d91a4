/** A new request: what is needed, of which country, for which offence; the ways that reach there; a draft under one of them. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { act, ask, useRead } from '../shared/node/node.tsx'
import { TranslatedLaw } from '../shared/phrases/use-phrases.tsx'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { Empty, PageHead, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { countryName, languageName, Words } from '../shared/ui/values.tsx'
import { type Beginning, firstContent } from './first-content.ts'
import type { Content } from './first-draft.ts'
import { type Route, RouteCard } from './route-card.tsx'
import './request.css'

export function Screen() {
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const { say } = useSpeech()
  const opened = useRead('caseRead', { caseId })
  return (
    <>
      <PageHead title={say('request.new')} kicker={opened.data && <Words>{opened.data.case.title}</Words>} />
      <Shown read={opened}>{(one) => <Question caseId={caseId} opened={one} />}</Shown>
    </>
  )
}

type Opened = {
  readonly case: { readonly title: string; readonly reference: string | null; readonly summary: string | null }
}

function Question({ caseId, opened }: { readonly caseId: string; readonly opened: Opened }) {
  const { say, language, locale } = useSpeech()
  const codes = useCodes()
  const [{ measure = 'FREEZE_SPECIFIC', to = '', offence = '', urgency = '', trace = '', end = 'service' }, set] =
    useFilters()
  const [ground, setGround] = useState('')
  const node = useRead('nodeRead', {})
  const countries = useRead('legalJurisdictions', {})
  const offences = useRead('legalOffences', { language: language.id })
  const traces = useRead('traceList', { caseId })
  const from = node.data?.agency.country
  const isAsked = from !== undefined && to !== '' && offence !== ''
  const ways = useRead(
    'legalRoutes',
    isAsked ? { from, to, need: measure, offence, ...(urgency === '' ? {} : { urgency }) } : null,
  )
  const draft = useDrafting({ caseId, opened, ground })
  const named = (countries.data ?? [])
    .filter(({ code }) => code !== from)
    .map(({ code }) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
  return (
    <div className="stack">
      <Sheet title={say('request.what')}>
        <div className="columns">
          <div>
            <Select
              label={say('request.measure')}
              value={measure}
              onChange={(event) => set({ measure: event.target.value })}
            >
              {codes.of('measure').map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </Select>
            <Select
              label={say('request.country')}
              hint={say('request.country-hint')}
              value={to}
              onChange={(event) => set({ to: event.target.value })}
            >
              <option value="">{say('request.choose')}</option>
              {named.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              label={say('request.offence')}
              value={offence}
              onChange={(event) => set({ offence: event.target.value })}
            >
              <option value="">{say('request.choose')}</option>
              {(offences.data ?? []).flatMap((pack) =>
                pack.offences.map(({ code, title }) => (
                  <option key={code} value={code}>
                    {title}
                  </option>
                )),
              )}
            </Select>
          </div>
          <div>
            <Select
              label={say('request.urgency')}
              hint={say('request.urgency-hint')}
              value={urgency}
              onChange={(event) => set({ urgency: event.target.value })}
            >
              <option value="">{say('request.not-urgent')}</option>
              {codes.of('urgency').map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </Select>
            {urgency !== '' && (
              <TextArea
                label={say('request.ground')}
                hint={say('request.ground-hint')}
                value={ground}
                onChange={(event) => setGround(event.target.value)}
              />
            )}
            {(traces.data?.items.length ?? 0) > 0 && (
              <>
                <Select
                  label={say('request.trace')}
                  hint={say('request.trace-hint')}
                  value={trace}
                  onChange={(event) => set({ trace: event.target.value })}
                >
                  <option value="">{say('request.no-trace')}</option>
                  {traces.data?.items.map(({ id, rule, at }) => (
                    <option key={id} value={id}>
                      {say('request.trace-of', { rule, day: at.slice(0, 10) })}
                    </option>
                  ))}
                </Select>
                {trace !== '' && (
                  <Select label={say('request.end')} value={end} onChange={(event) => set({ end: event.target.value })}>
                    <option value="service">{say('request.end-service')}</option>
                    <option value="unspent">{say('request.end-unspent')}</option>
                  </Select>
                )}
              </>
            )}
          </div>
        </div>
      </Sheet>
      <section aria-labelledby="ways" className="stack">
        <h2 id="ways">{say('request.ways')}</h2>
        <Trouble error={draft.error} />
        {isAsked ? (
          <Shown read={ways}>
            {(found) => (
              <Ways
                found={found}
                busy={draft.busy}
                onChoose={(route) =>
                  void draft.begin(route, {
                    ...{ measure, urgency, trace, end },
                    to: countries.data?.find(({ code }) => code === to) ?? { code: to, zones: [], languages: [] },
                    language: { tag: language.id, name: languageName(language.id, locale) },
                  })
                }
              />
            )}
          </Shown>
        ) : (
          <Empty title={say('request.ways-open')}>
            <p>{say('request.ways-open-text')}</p>
          </Empty>
        )}
      </section>
    </div>
  )
}

function Ways({
  found,
  busy,
  onChoose,
}: {
  readonly found: {
    readonly routes: readonly Route[]
    readonly meanwhile: readonly Route[]
    readonly closed: readonly Route[]
  }
  readonly busy: string | null
  readonly onChoose: (route: Route) => void
}) {
  const { say } = useSpeech()
  const card = (route: Route) => (
    <li key={`${route.instrument.id} ${route.requestType}`}>
      <RouteCard route={route} isBest={route === found.routes[0]} busy={busy} onChoose={onChoose} />
    </li>
  )
  return (
    <>
      {found.routes.length === 0 ? (
        <Empty title={say('request.no-ways')}>
          <p>{say('request.no-ways-text')}</p>
        </Empty>
      ) : (
        <>
          <TranslatedLaw />
          <ol className="plain-list stack">{found.routes.map(card)}</ol>
        </>
      )}
      {found.meanwhile.length > 0 && (
        <details className="more">
          <summary>{say('request.meanwhile', { count: found.meanwhile.length })}</summary>
          <ul className="plain-list stack">{found.meanwhile.map(card)}</ul>
        </details>
      )}
      {found.closed.length > 0 && (
        <details className="more">
          <summary>{say('request.closed', { count: found.closed.length })}</summary>
          <ul className="plain-list stack">{found.closed.map(card)}</ul>
        </details>
      )}
    </>
  )
}

type Begin = Pick<Beginning, 'to' | 'language'> & {
  readonly measure: string
  readonly urgency: string
  readonly trace: string
  readonly end: string
}

/** Makes the draft, with everything in it that is known, and leads to its form. */
function useDrafting({
  caseId,
  opened,
  ground,
}: {
  readonly caseId: string
  readonly opened: Opened
  readonly ground: string
}) {
  const navigate = useNavigate()
  const { say } = useSpeech()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const begin = async (route: Route, asked: Begin) => {
    setBusy(`${route.instrument.id} ${route.requestType}`)
    setError(null)
    try {
      const urgency =
        asked.urgency === ''
          ? null
          : {
              code: asked.urgency as NonNullable<Content['urgency']>['code'],
              ground: ground.trim() || say('request.ground-open'),
            }
      const content = await firstContent({
        ...{ caseId, instrument: route.instrument.id, requestType: route.requestType, urgency },
        ...{ measure: asked.measure as Content['measure'], to: asked.to, language: asked.language },
        authority: route.receiver.names[0] ?? say('request.authority-open'),
        facts: opened.case.summary ?? opened.case.title,
      })
      const id = await drafted(caseId, content, asked)
      await navigate({ to: `/requests/${id}/edit` } as never)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(null)
    }
  }
  return { begin, busy, error }
}

async function drafted(caseId: string, content: Content, { trace, end }: Begin): Promise<string> {
  if (trace === '') return (await act('requestDraft', { caseId, content })).id
  const { assets: _, trace: __, ...letter } = content
  const made = await act('workflowFreezeFromTrace', {
    ...{ caseId, record: (await ask('traceRead', { id: trace })).record, letter },
    endpoint: { status: end === 'unspent' ? 'unspent' : 'service' },
  })
  return made.id
}
