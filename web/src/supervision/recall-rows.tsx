/** A recall of ours with what each receiver has said; a recall of theirs with the answer of this agency. */
import { useState } from 'react'
import { MemberName, useCodeWords } from '../inbox/names.tsx'
import { linesOf } from '../joint/joint-parts.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import { isOpen, type Matter } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { AboutLink, MessageLink, Said, SaidList } from './said-parts.tsx'

type Outcome = InputOf<'recallConfirm'>['outcome']
const OUTCOMES = [
  'removed',
  'restricted',
  'kept-under-law',
  'used-already',
  'not-found',
] as const satisfies readonly Outcome[]

type Of<K extends 'recall' | 'recall-notice'> = { readonly one: Matter<K>; readonly caseId: string | null }

export function RecallRow({ one, caseId }: Of<'recall'>) {
  const say = useSay()
  const words = useCodeWords()
  const status = useRead('recallStatus', { id: one.id })
  const left = one.says.parts.filter(({ answer }) => answer === null).length
  return (
    <MatterFrame
      title={say('supervision.kind.recall')}
      state={left === 0 ? say('supervision.recall.all-answered') : say('supervision.recall.left', { count: left })}
      stateKind={isOpen(one) ? 'open' : 'done'}
      peers={[]}
      at={one.at}
    >
      <p>{say(`supervision.recall-reason.${one.says.reason}`)}</p>
      <Said>{one.says.text}</Said>
      <Shown read={status}>
        {({ parts }) => (
          <ul className="list">
            {parts.map(({ peer, messages, delivery, answer }) => (
              <li key={`${peer} ${messages.join()}`}>
                <div className="row spread">
                  <strong>
                    <MemberName id={peer} />
                  </strong>
                  {answer === null ? (
                    <Status kind={delivery === 'accepted' ? 'open' : delivery === 'queued' ? 'plain' : 'bad'}>
                      {delivery === 'accepted'
                        ? say('supervision.recall.not-said')
                        : words('state', delivery === 'unknown' ? 'queued' : delivery)}
                    </Status>
                  ) : (
                    <Status kind={answer.outcome === 'used-already' ? 'warn' : 'done'}>
                      {say(`supervision.outcome.${answer.outcome}`)}
                    </Status>
                  )}
                </div>
                <ul className="plain">
                  {messages.map((digest) => (
                    <li key={digest}>
                      <MessageLink caseId={caseId} digest={digest} />
                    </li>
                  ))}
                </ul>
                {answer !== null && (
                  <>
                    {answer.text !== null && <Said>{answer.text}</Said>}
                    <PassedOn to={answer.passedOn} />
                    <p className="small soft">
                      <Instant at={answer.at} zone={ownZone()} />
                    </p>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </MatterFrame>
  )
}

function PassedOn({ to }: { readonly to: readonly string[] }) {
  const say = useSay()
  if (to.length === 0) return null
  return (
    <>
      <p>{say('supervision.recall.was-passed-on')}</p>
      <SaidList of={to} />
    </>
  )
}

export function NoticeRow({ one, caseId }: Of<'recall-notice'>) {
  const say = useSay()
  const [isAnswering, setAnswering] = useState(false)
  const { from, messages, reason, text, replacedBy, standsOn, answer } = one.says
  return (
    <MatterFrame
      title={say('supervision.kind.recall-notice')}
      state={answer === null ? say('supervision.waits') : say(`supervision.outcome.${answer.outcome}`)}
      stateKind={answer === null ? 'warn' : 'done'}
      peers={[from]}
      at={one.at}
    >
      <p>{say(`supervision.recall-reason.${reason}`)}</p>
      <Said>{text}</Said>
      <Facts>
        <Fact name={say('supervision.recall.messages')}>
          <ul className="plain">
            {messages.map((digest) => (
              <li key={digest}>
                <MessageLink caseId={caseId} digest={digest} />
              </li>
            ))}
          </ul>
        </Fact>
        {replacedBy !== null && (
          <Fact name={say('supervision.recall.replaced')}>
            <MessageLink caseId={caseId} digest={replacedBy} />
          </Fact>
        )}
        {standsOn.length > 0 && (
          <Fact name={say('supervision.recall.stands-on')}>
            <ul className="plain">
              {standsOn.map((about) => (
                <li key={`${about.kind} ${about.id}`}>
                  <AboutLink caseId={caseId} about={about} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      {answer !== null ? (
        <>
          {answer.text !== null && <Said>{answer.text}</Said>}
          <PassedOn to={answer.passedOn} />
        </>
      ) : isAnswering ? (
        <ConfirmForm one={one} caseId={caseId} onDone={() => setAnswering(false)} />
      ) : (
        <Button onPress={() => setAnswering(true)}>{say('supervision.recall.confirm')}</Button>
      )}
    </MatterFrame>
  )
}

type Draft = { readonly outcome: Outcome | ''; readonly text: string; readonly passedOn: string }
const nothing: Draft = { outcome: '', text: '', passedOn: '' }

function ConfirmForm({ one, caseId, onDone }: Of<'recall-notice'> & { readonly onDone: () => void }) {
  const say = useSay()
  const confirm = useAct('recallConfirm')
  const { asksPassedOn, standsOn } = one.says
  const draft = useDraft(`recall-answer.${one.id}`, nothing)
  const { outcome, text, passedOn } = draft.value
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const ids = { outcome: `outcome-${one.id}`, text: `outcome-text-${one.id}` }
  const send = () => {
    const filled = [
      [ids.outcome, say('supervision.recall.outcome'), outcome],
      [ids.text, say('supervision.recall.outcome-text'), text],
    ] as const
    if (!isRight(filled) || outcome === '') return
    confirm.mutate(
      {
        ...{ id: one.id, seen: one.version, outcome, text: text.trim(), passedOn: linesOf(passedOn) },
        ...(caseId === null ? {} : { caseId }),
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
      title={say('supervision.recall.confirm')}
      errors={errors}
      effects={[
        say('supervision.recall.effect-answer'),
        say(outcome === 'used-already' ? 'supervision.recall.effect-stays' : 'supervision.recall.effect-settles'),
        say('supervision.recall.effect-nothing-removed'),
      ]}
      act={confirm}
      does={say('supervision.recall.confirm-send')}
      onSend={send}
      onCancel={onDone}
    >
      <Select
        id={ids.outcome}
        label={say('supervision.recall.outcome')}
        wrong={wrongOf(ids.outcome)}
        value={outcome}
        onChange={(event) => set({ outcome: event.target.value as Outcome })}
      >
        <option value="">{say('field.choose')}</option>
        {/* What something of the case stands on was found. */}
        {OUTCOMES.filter((of) => of !== 'not-found' || standsOn.length === 0).map((of) => (
          <option key={of} value={of}>
            {say(`supervision.outcome.${of}`)}
          </option>
        ))}
      </Select>
      <TextArea
        id={ids.text}
        label={say('supervision.recall.outcome-text')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf(ids.text)}
        maxLength={4000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <TextArea
        label={say('cases.optional', { label: say('supervision.recall.to-whom') })}
        hint={`${asksPassedOn ? `${say('supervision.recall.asks-to-whom')} ` : ''}${say('supervision.one-a-line')}`}
        rows={2}
        value={passedOn}
        onChange={(event) => set({ passedOn: event.target.value })}
      />
    </ActForm>
  )
}
