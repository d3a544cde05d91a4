/** Telling other agencies of a breach of security here, from the case whose messages it concerns; the clock of the notification starts. */
import { useNavigate } from '@tanstack/react-router'
import { CaseFrame } from '../cases/case-frame.tsx'
import { useAgencyNames } from '../joint/agency-select.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useHomeZone, ZoneSelect } from '../joint/zone-select.tsx'
import { instantIn, localIn } from '../joint/zoned.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useAll } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Note, Sheet } from '../shared/ui/parts.tsx'
import { instantText, MachineValue } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import { Choices, isTold, useMessageName, useOthers } from './said-parts.tsx'
import { useRole } from './use-matters.ts'
import './supervision.css'

type Severity = InputOf<'incidentReport'>['severity']
const SEVERITIES = ['low', 'high', 'critical'] as const satisfies readonly Severity[]
const HOUR_MS = 3_600_000

export function Screen() {
  const say = useSay()
  const { writes } = useRole()
  return (
    <CaseFrame part="cases.part.messages">
      {({ id }) =>
        writes ? (
          <Sheet title={say('supervision.incident.tell')}>
            <BreachForm caseId={id} />
          </Sheet>
        ) : (
          <Note>{say('supervision.for-writers')}</Note>
        )
      }
    </CaseFrame>
  )
}

type Draft = {
  /** `null`: all with whom messages of the case were exchanged. */
  readonly peers: readonly string[] | null
  readonly severity: Severity | ''
  readonly what: string
  /** Empty: now, where this agency is. */
  readonly noticed: string
  readonly happened: string
  readonly zone: string
  /** Those that are not concerned. */
  readonly spared: readonly string[]
  readonly keys: readonly string[]
  readonly dataSent: string
  readonly harm: string
  readonly measures: string
}
const nothing: Draft = {
  ...{ peers: null, severity: '', what: '', noticed: '', happened: '', zone: '', spared: [], keys: [] },
  ...{ dataSent: '', harm: '', measures: '' },
}

function BreachForm({ caseId }: { readonly caseId: string }) {
  const { say, locale } = useSpeech()
  const navigate = useNavigate()
  const home = useHomeZone()
  const names = useAgencyNames()
  const { others, own } = useOthers()
  const report = useAct('incidentReport')
  const draft = useDraft(`breach.${caseId}`, nothing)
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { severity, what, happened, spared, keys, dataSent, harm, measures } = draft.value
  const zone = draft.value.zone || home
  const noticed = draft.value.noticed || localIn(zone, Date.now())
  const exchanges = useExchanges(caseId)
  const peers = draft.value.peers ?? [...new Set(exchanges.map(({ peer }) => peer))]
  const concerned = exchanges.filter(({ peer }) => peers.includes(peer))
  const { errors, wrongOf, isRight } = useChecked()
  const leave = () => void navigate({ to: `/cases/${caseId}/messages/after` as string })
  const texts = { what, dataSent, harm, measures }
  const send = () => {
    const nobody = peers.length === 0 ? [{ id: 'breach-what', text: say('supervision.incident.nobody') }] : []
    const filled = [
      ['breach-severity', say('supervision.incident.severity'), severity],
      ['breach-noticed', say('supervision.incident.noticed'), noticed],
      ...(['what', 'dataSent', 'harm', 'measures'] as const).map(
        (name) => [`breach-${name}`, say(`supervision.incident.${name}`), texts[name]] as const,
      ),
    ] as const
    if (!isRight(filled, nobody) || severity === '') return
    report.mutate(
      {
        ...{
          caseId,
          peers,
          severity,
          keys,
          exchanges: concerned.map(({ id }) => id).filter((id) => !spared.includes(id)),
        },
        ...{ what: what.trim(), dataSent: dataSent.trim(), harm: harm.trim(), measures: measures.trim() },
        noticedAt: instantIn(zone, noticed),
        happenedAt: happened === '' ? null : instantIn(zone, happened),
      },
      {
        onSuccess: () => {
          draft.forget()
          leave()
        },
      },
    )
  }
  const area = (name: keyof typeof texts, hint?: string) => (
    <TextArea
      id={`breach-${name}`}
      label={say(`supervision.incident.${name}`)}
      hint={hint}
      wrong={wrongOf(`breach-${name}`)}
      rows={name === 'what' || name === 'measures' ? 4 : 2}
      value={texts[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  )
  const ends = new Date(Date.parse(instantIn(zone, noticed)) + 72 * HOUR_MS)
  return (
    <ActForm
      title={say('supervision.incident.tell')}
      errors={errors}
      effects={[
        say('supervision.incident.effect-told', { who: names(peers) }),
        say('supervision.incident.effect-suspends'),
        say('supervision.incident.effect-clock', { until: instantText(ends, zone, locale) }),
      ]}
      act={report}
      does={say('supervision.incident.tell-do', { count: peers.length })}
      onSend={send}
      onCancel={leave}
    >
      {area('what', say('supervision.incident.what-hint'))}
      <Select
        id="breach-severity"
        label={say('supervision.incident.severity')}
        wrong={wrongOf('breach-severity')}
        value={severity}
        onChange={(event) => set({ severity: event.target.value as Severity })}
      >
        <option value="">{say('field.choose')}</option>
        {SEVERITIES.map((one) => (
          <option key={one} value={one}>
            {say(`supervision.severity.${one}`)}
          </option>
        ))}
      </Select>
      <div className="fields-2">
        <TextField
          id="breach-noticed"
          type="datetime-local"
          label={say('supervision.incident.noticed')}
          hint={say('supervision.incident.noticed-hint')}
          wrong={wrongOf('breach-noticed')}
          value={noticed}
          onChange={(event) => set({ noticed: event.target.value })}
        />
        <TextField
          type="datetime-local"
          label={say('cases.optional', { label: say('supervision.incident.happened') })}
          value={happened}
          onChange={(event) => set({ happened: event.target.value })}
        />
        <ZoneSelect value={zone} onChange={(next) => set({ zone: next })} />
      </div>
      <Choices
        legend={say('supervision.incident.peers')}
        hint={say('supervision.incident.peers-hint')}
        of={others.map(({ id, name }) => ({ id, name }))}
        chosen={peers}
        onChange={(next) => set({ peers: next })}
      />
      <Choices
        legend={say('supervision.incident.exchanges')}
        hint={say('supervision.incident.exchanges-hint')}
        of={concerned}
        chosen={concerned.map(({ id }) => id).filter((id) => !spared.includes(id))}
        onChange={(chosen) => set({ spared: concerned.map(({ id }) => id).filter((id) => !chosen.includes(id)) })}
      />
      {area('dataSent')}
      {area('harm')}
      {area('measures')}
      <Choices
        legend={say('supervision.incident.own-keys')}
        hint={say('supervision.incident.own-keys-hint')}
        of={(own?.keys ?? []).map(({ id }) => ({ id, name: <MachineValue value={id} short /> }))}
        chosen={keys}
        onChange={(next) => set({ keys: next })}
      />
    </ActForm>
  )
}

/** Exchanges of the case by the digest that opened them, each called by a message of it. */
function useExchanges(caseId: string) {
  const nameOf = useMessageName()
  const found = new Map<string, { id: string; peer: string; name: string }>()
  const sent = (useAll('messageList', { caseId }).data?.items ?? []).filter(
    ({ message }) => message.exchange !== null && message.digest !== null && !isTold(message.type),
  )
  // The message that opened an exchange, where the case has it, gives it its name.
  for (const { message } of [...sent].sort((a, b) => Number(opens(b.message)) - Number(opens(a.message)))) {
    const id = message.exchange as string
    if (!found.has(id)) found.set(id, { id, peer: message.peer, name: nameOf(message) })
  }
  return [...found.values()]
}

function opens({ digest, exchange }: { readonly digest: string | null; readonly exchange: string | null }): boolean {
  return digest === exchange
}
