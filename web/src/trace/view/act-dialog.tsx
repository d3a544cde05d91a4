/** From an end of the trace to the law: who may be asked, under which instrument, by when; and the request, drafted on this trace. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Beginning, firstContent } from '../../request/first-content.ts'
import { useSpeech } from '../../shared/language/speak.tsx'
import { act, type ResultOf, useRead } from '../../shared/node/node.tsx'
import { Phrase, TranslatedLaw } from '../../shared/phrases/use-phrases.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../../shared/ui/fields.tsx'
import { AskDialog, Button, Note, Shown, Status, Trouble, Waiting } from '../../shared/ui/parts.tsx'
import { countryName, languageName, Words } from '../../shared/ui/values.tsx'
import { useTell } from './words.tsx'

type Route = ResultOf<'legalRoutes'>['routes'][number]

const urgencies = [
  'IMMINENT_DISSIPATION',
  'INVESTIGATIVE_NEED',
  'DATE_OR_COORDINATION',
  'CRIMINAL_STOP_PAYMENT',
] as const

export type EndToActOn = {
  readonly status: 'service' | 'unspent'
  readonly address: string
  readonly label: string | null
  readonly amount: string
}

export function ActDialog({
  caseId,
  end,
  record,
  onClose,
}: {
  readonly caseId: string
  readonly end: EndToActOn
  /** The record, as its file: the node reads the assets from it. */
  readonly record: () => Promise<string>
  readonly onClose: () => void
}) {
  const { language } = useSpeech()
  const say = useTell()
  const own = useRead('nodeRead', {})
  const countries = useRead('legalJurisdictions', { language: language.id })
  const offences = useRead('legalOffences', { language: language.id })
  const kept = useKept(caseId)
  const { to, offence } = kept.value
  const from = own.data?.agency.country ?? null
  const routes = useRead(
    'legalRoutes',
    from !== null && to !== '' && offence !== ''
      ? { from, to, need: 'freeze', offence, urgency: 'IMMINENT_DISSIPATION' }
      : null,
  )
  return (
    <AskDialog title={say('trace.act.title', { amount: end.amount })} isOpen onClose={onClose}>
      <p>
        {end.status === 'service'
          ? say('trace.act.at-service', { name: end.label ?? end.address })
          : say('trace.act.at-address', { name: end.address })}
      </p>
      <Shown read={countries}>
        {(all) => (
          <Select
            label={say('trace.act.country')}
            hint={say('trace.act.country-hint')}
            value={to}
            onChange={({ target }) => kept.set({ to: target.value, route: 0 })}
          >
            <option value="">{say('trace.act.choose')}</option>
            {all.map(({ code, title }) => (
              <option key={code} value={code}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Shown>
      <Shown read={offences}>
        {(packs) => (
          <Select
            label={say('trace.act.offence')}
            value={offence}
            onChange={({ target }) => kept.set({ offence: target.value, route: 0 })}
          >
            <option value="">{say('trace.act.choose')}</option>
            {packs.flatMap((pack) =>
              pack.offences.map(({ code, title }) => (
                <option key={`${pack.id} ${code}`} value={code}>
                  {title}
                </option>
              )),
            )}
          </Select>
        )}
      </Shown>
      {to !== '' && offence !== '' && routes.isPending && <Waiting />}
      {routes.error && <Trouble error={routes.error} />}
      {routes.data && from !== null && (
        <Routes answer={routes.data} chosen={kept.value.route} onChoose={(route) => kept.set({ route })} />
      )}
      {routes.data?.routes[kept.value.route] && (
        <Draft
          key={`${to} ${kept.value.route}`}
          caseId={caseId}
          end={end}
          route={routes.data.routes[kept.value.route] as Route}
          to={countries.data?.find(({ code }) => code === to) ?? { code: to, zones: [], languages: [] }}
          kept={kept}
          record={record}
        />
      )}
      <p>
        <Button kind="quiet" onPress={onClose}>
          {say('dialog.close')}
        </Button>
      </p>
    </AskDialog>
  )
}

function Routes({
  answer,
  chosen,
  onChoose,
}: {
  readonly answer: ResultOf<'legalRoutes'>
  readonly chosen: number
  readonly onChoose: (route: number) => void
}) {
  const { say, locale } = useSpeech()
  const { routes, meanwhile, to } = answer
  if (routes.length === 0)
    return (
      <Note kind="warn">
        <p>{say('trace.act.no-route', { country: countryName(to, locale) })}</p>
      </Note>
    )
  return (
    <fieldset>
      <legend>{say('trace.act.routes')}</legend>
      <TranslatedLaw />
      {routes.slice(0, 5).map((route, number) => (
        <div className="trace-route" key={`${route.instrument.id} ${route.requestType}`}>
          <div className="choice">
            <input
              type="radio"
              name="trace-route"
              id={`trace-route-${number}`}
              checked={number === chosen}
              onChange={() => onChoose(number)}
            />
            <label htmlFor={`trace-route-${number}`}>
              <strong>
                <Words>{route.instrument.short}</Words>
              </strong>{' '}
              <span className="soft">
                <Words>{route.article}</Words>
              </span>{' '}
              <Status kind={route.verified === 'verified' ? 'done' : 'warn'}>
                {say(`trace.act.read.${route.verified}`)}
              </Status>
            </label>
          </div>
          {number === chosen && (
            <dl className="facts">
              <div>
                <dt>{say('trace.act.who')}</dt>
                <dd>
                  <Words>
                    {route.receiver.names.length > 0 ? route.receiver.names.join('; ') : route.receiver.role}
                  </Words>
                </dd>
              </div>
              <div>
                <dt>{say('trace.act.by-when')}</dt>
                <dd>
                  {route.deadlines.length === 0 ? (
                    <span>{say('trace.act.no-deadline')}</span>
                  ) : (
                    <ul className="trace-plain-list">
                      {route.deadlines.map(({ id, text, article }) => (
                        <li key={id}>
                          <Phrase topic="law" text={text} />{' '}
                          <span className="soft small">
                            <Words>{article}</Words>
                          </span>
                        </li>
                      ))}
                    </ul>
                  )}
                </dd>
              </div>
              {route.obstacles.length > 0 && (
                <div>
                  <dt>{say('trace.act.obstacles')}</dt>
                  <dd>
                    {route.obstacles.map(({ code, text, article }) => (
                      <span key={code + text}>
                        <Phrase topic="law" text={text} />{' '}
                        <bdi className="soft" dir="ltr">
                          ({article})
                        </bdi>{' '}
                      </span>
                    ))}
                  </dd>
                </div>
              )}
            </dl>
          )}
        </div>
      ))}
      {routes.length > 5 && <p className="soft small">{say('trace.act.more-routes', { count: routes.length - 5 })}</p>}
      {meanwhile[0] && (
        <p className="small">
          {say('trace.act.meanwhile')} <Words>{`${meanwhile[0].instrument.short} ${meanwhile[0].article}`}</Words>
        </p>
      )}
    </fieldset>
  )
}

function Draft({
  caseId,
  end,
  route,
  to,
  kept,
  record,
}: {
  readonly caseId: string
  readonly end: EndToActOn
  readonly route: Route
  readonly to: Beginning['to']
  readonly kept: ReturnType<typeof useKept>
  readonly record: () => Promise<string>
}) {
  const { say, language, locale } = useSpeech()
  const navigate = useNavigate()
  const client = useQueryClient()
  const draft = useMutation({ mutationFn: drafted, onSettled: () => client.invalidateQueries() })
  const [isTried, setTried] = useState(false)
  const { authority, facts, ground, urgency } = kept.value
  const who = authority === '' ? (route.receiver.names[0] ?? '') : authority
  const errors = [
    ...(who.trim() === '' ? [{ id: 'act-authority', text: say('trace.act.wrong.authority') }] : []),
    ...(facts.trim() === '' ? [{ id: 'act-facts', text: say('trace.act.wrong.facts') }] : []),
    ...(urgency !== '' && ground.trim() === '' ? [{ id: 'act-ground', text: say('trace.act.wrong.ground') }] : []),
  ]
  const wrongOf = (id: string) => (isTried ? errors.find((one) => one.id === id)?.text : undefined)
  const send = async () => {
    setTried(true)
    if (errors.length > 0) return
    const { id } = await draft.mutateAsync({
      beginning: {
        ...{ caseId, instrument: route.instrument.id, requestType: route.requestType, measure: 'FREEZE_SPECIFIC', to },
        ...{ authority: who.trim(), facts: facts.trim() },
        urgency: urgency === '' ? null : { code: urgency as (typeof urgencies)[number], ground: ground.trim() },
        language: { tag: language.id, name: languageName(language.id, locale) },
      },
      ...{ end, record },
    })
    kept.clear()
    await navigate({ to: `/requests/${id}/edit` })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send().catch(() => undefined)
      }}
    >
      {isTried && <ErrorSummary errors={errors} />}
      <TextField
        id="act-authority"
        label={say('trace.act.authority')}
        wrong={wrongOf('act-authority')}
        value={who}
        maxLength={300}
        onChange={({ target }) => kept.set({ authority: target.value })}
      />
      <TextArea
        id="act-facts"
        label={say('trace.act.facts')}
        hint={say('trace.act.facts-hint')}
        wrong={wrongOf('act-facts')}
        value={facts}
        onChange={({ target }) => kept.set({ facts: target.value })}
      />
      <Select
        label={say('trace.act.urgency')}
        value={urgency}
        onChange={({ target }) => kept.set({ urgency: target.value })}
      >
        <option value="">{say('trace.act.not-urgent')}</option>
        {urgencies.map((id) => (
          <option key={id} value={id}>
            {say(`trace.urgency.${id}`)}
          </option>
        ))}
      </Select>
      {urgency !== '' && (
        <TextField
          id="act-ground"
          label={say('trace.act.ground')}
          wrong={wrongOf('act-ground')}
          value={ground}
          maxLength={500}
          onChange={({ target }) => kept.set({ ground: target.value })}
        />
      )}
      <Trouble error={draft.error} />
      <p className="small soft">{say('trace.act.what-happens')}</p>
      <Button type="submit" isBusy={draft.isPending}>
        {say('trace.act.draft')}
      </Button>
    </form>
  )
}

/** The draft on this trace: assets and digests are the node's to read from the record. */
async function drafted({
  beginning,
  end,
  record,
}: {
  readonly beginning: Beginning
  readonly end: EndToActOn
  readonly record: () => Promise<string>
}) {
  const { assets: _, trace: __, ...letter } = await firstContent(beginning)
  return act('workflowFreezeFromTrace', {
    ...{ caseId: beginning.caseId, record: await record(), letter },
    endpoint: { status: end.status, addresses: [end.address] },
  })
}

const nothing = { to: '', offence: '', route: 0, authority: '', facts: '', urgency: '', ground: '' }

/** What was written here is kept for the case until it became a request: nobody loses it with the window. */
function useKept(caseId: string) {
  const name = `comity.trace-act.${caseId}`
  const [value, setValue] = useState<typeof nothing>(() => {
    try {
      return { ...nothing, ...(JSON.parse(window.localStorage.getItem(name) ?? '{}') as Partial<typeof nothing>) }
    } catch {
      return nothing
    }
  })
  useEffect(() => {
    try {
      window.localStorage.setItem(name, JSON.stringify(value))
    } catch {
      // A browser that keeps nothing: it is on the screen as long as that is open.
    }
  }, [name, value])
  return {
    value,
    set: (some: Partial<typeof nothing>) => setValue((known) => ({ ...known, ...some })),
    clear: () => {
      setValue(nothing)
      // At once: the dialog may be gone before the effect is.
      window.localStorage.removeItem(name)
    },
  }
}
