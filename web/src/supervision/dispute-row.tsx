/** A dispute: the words of both sides in their order, what it touches, and the answer of this agency to one of theirs. */
import { useState } from 'react'
import { MemberName } from '../inbox/names.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Status } from '../shared/ui/parts.tsx'
import { countryName, Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import { type Matter, waitsForUs } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { AboutLink, MessageLink, Said } from './said-parts.tsx'
import { TouchedChoice, type Touches } from './touched.tsx'

type Of = { readonly one: Matter<'dispute'>; readonly caseId: string | null }
type Outcome = InputOf<'disputeAnswer'>['outcome']
const OUTCOMES = ['agreed', 'partly', 'not-agreed', 'escalated'] as const satisfies readonly Outcome[]

export function DisputeRow({ one, caseId }: Of) {
  const { say, locale } = useSpeech()
  const [isAnswering, setAnswering] = useState(false)
  const { direction, peer, about, kind, wanted, words, touches, state } = one.says
  const waits = waitsForUs(one)
  return (
    <MatterFrame
      title={say(direction === 'in' ? 'supervision.dispute.theirs' : 'supervision.dispute.ours', {
        about: say(`supervision.dispute-kind.${kind}`),
      })}
      state={waits ? say('supervision.waits') : say(`supervision.dispute-state.${state}`)}
      stateKind={waits ? 'warn' : state === 'agreed' ? 'good' : 'open'}
      peers={[peer]}
      at={one.at}
    >
      <ol className="plain said-words">
        {words.map(({ by, at, outcome, text, to }) => (
          <li key={`${by} ${at}`}>
            <div className="row">
              <strong>{by === 'us' ? say('supervision.us') : <MemberName id={peer} />}</strong>
              {outcome !== null && <Status kind="plain">{say(`supervision.dispute-outcome.${outcome}`)}</Status>}
              <span className="small soft">
                <Instant at={at} zone={ownZone()} />
              </span>
            </div>
            <Said>{text}</Said>
            {to && (
              <Facts>
                <Fact name={say('supervision.dispute.who-decides')}>
                  <Words>{to.name}</Words>, {countryName(to.country, locale)}
                </Fact>
              </Facts>
            )}
          </li>
        ))}
      </ol>
      <Facts>
        <Fact name={say('supervision.dispute.wanted')}>
          <Words>{wanted}</Words>
        </Fact>
        <Fact name={say('supervision.dispute.about')}>
          <MessageLink caseId={caseId} digest={about} />
        </Fact>
        {touches.length > 0 && (
          <Fact name={say('supervision.dispute.touched')}>
            <ul className="plain">
              {touches.map((touched) => (
                <li key={`${touched.kind} ${touched.id}`}>
                  <AboutLink caseId={caseId} about={touched} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      {direction === 'in' &&
        state !== 'agreed' &&
        (isAnswering ? (
          <AnswerForm one={one} caseId={caseId} onDone={() => setAnswering(false)} />
        ) : (
          <Button kind={waits ? 'first' : 'second'} onPress={() => setAnswering(true)}>
            {say(waits ? 'supervision.dispute.answer' : 'supervision.dispute.answer-again')}
          </Button>
        ))}
    </MatterFrame>
  )
}

type Draft = {
  readonly outcome: Outcome | ''
  readonly text: string
  /** Who decides, where it goes to a higher authority. */
  readonly authority: string
  readonly country: string
  readonly touches: Touches
}
const nothing: Draft = { outcome: '', text: '', authority: '', country: '', touches: [] }

function AnswerForm({ one, caseId, onDone }: Of & { readonly onDone: () => void }) {
  const say = useSay()
  const answer = useAct('disputeAnswer')
  const draft = useDraft(`dispute-answer.${one.id}`, nothing)
  const { outcome, text, authority, country, touches } = { ...nothing, ...draft.value }
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const ids = {
    ...{ outcome: `says-${one.id}`, text: `says-text-${one.id}` },
    ...{ authority: `says-authority-${one.id}`, country: `says-country-${one.id}` },
  }
  const isHigher = outcome === 'escalated'
  const send = () => {
    const filled = [
      [ids.outcome, say('supervision.dispute.outcome'), outcome],
      ...(isHigher
        ? ([
            [ids.authority, say('supervision.dispute.who-decides'), authority],
            [ids.country, say('supervision.dispute.country'), country],
          ] as const)
        : []),
      [ids.text, say('supervision.dispute.answer-text'), text],
    ] as const
    if (!isRight(filled) || outcome === '') return
    answer.mutate(
      {
        ...{ id: one.id, seen: one.version, outcome, text: text.trim() },
        ...(isHigher ? { to: { name: authority.trim(), country } } : {}),
        ...(caseId === null ? { touches: [] } : { caseId, touches }),
      },
      {
        onSuccess: () => {
          draft.forget()
          onDone()
        },
      },
    )
  }
  return (
    <ActForm
      title={say('supervision.dispute.answer')}
      errors={errors}
      effects={[
        say('supervision.dispute.effect-answer'),
        say(
          outcome === 'agreed'
            ? 'supervision.dispute.effect-agreed'
            : outcome === 'escalated'
              ? 'supervision.dispute.effect-escalated'
              : 'supervision.dispute.effect-open',
        ),
      ]}
      act={answer}
      does={say('supervision.dispute.answer-send')}
      onSend={send}
      onCancel={onDone}
    >
      <Select
        id={ids.outcome}
        label={say('supervision.dispute.outcome')}
        wrong={wrongOf(ids.outcome)}
        value={outcome}
        onChange={(event) => set({ outcome: event.target.value as Outcome })}
      >
        <option value="">{say('field.choose')}</option>
        {OUTCOMES.map((of) => (
          <option key={of} value={of}>
            {say(`supervision.dispute-outcome.${of}`)}
          </option>
        ))}
      </Select>
      {isHigher && (
        <>
          <TextField
            id={ids.authority}
            label={say('supervision.dispute.who-decides')}
            wrong={wrongOf(ids.authority)}
            maxLength={300}
            value={authority}
            onChange={(event) => set({ authority: event.target.value })}
          />
          <CountrySelect
            id={ids.country}
            label={say('supervision.dispute.country')}
            wrong={wrongOf(ids.country)}
            value={country}
            onChange={(code) => set({ country: code })}
          />
        </>
      )}
      <TextArea
        id={ids.text}
        label={say('supervision.dispute.answer-text')}
        hint={`${say('supervision.told-to-them')}${isHigher ? ` ${say('supervision.dispute.until-when')}` : ''}`}
        wrong={wrongOf(ids.text)}
        maxLength={20_000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      {caseId !== null && outcome !== 'agreed' && (
        <TouchedChoice caseId={caseId} touches={touches} onChange={(next) => set({ touches: next })} />
      )}
    </ActForm>
  )
}
