/** A request to erase, ours or theirs, and the answer: erased by the procedure of the house, in part, or refused. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { linesOf } from '../joint/joint-parts.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import type { Matter } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { MessageLink, Said, SaidList } from './said-parts.tsx'
import { useRole } from './use-matters.ts'

type Of = { readonly one: Matter<'erase-request'>; readonly caseId: string | null }
type Outcome = InputOf<'eraseAnswer'>['outcome']
const OUTCOMES = ['erased', 'partly', 'refused-legal-hold', 'refused-other'] as const satisfies readonly Outcome[]

export function EraseRow({ one, caseId }: Of) {
  const say = useSay()
  const { speaks } = useRole()
  const [isAnswering, setAnswering] = useState(false)
  const { direction, peer, extent, messages, attachments, exchange, basis, text, by, answer, cases } = one.says
  const isTheirs = direction === 'in'
  const elsewhere = cases.filter((id) => id !== caseId)
  const what = extent === 'messages' ? messages : extent === 'attachments' ? attachments : [exchange]
  return (
    <MatterFrame
      title={say(isTheirs ? 'supervision.erase.theirs' : 'supervision.erase.ours')}
      state={
        answer !== null
          ? say(`supervision.erase-outcome.${answer.outcome}`)
          : say(isTheirs ? 'supervision.waits' : 'supervision.erase.asked')
      }
      stateKind={answer === null ? (isTheirs ? 'warn' : 'open') : answer.outcome === 'erased' ? 'good' : 'plain'}
      peers={[peer]}
      at={one.at}
    >
      <Said>{text}</Said>
      <Facts>
        <Fact name={say('supervision.erase.basis')}>{say(`supervision.basis.${basis}`)}</Fact>
        <Fact name={say(`supervision.extent.${extent}`)}>
          <ul className="plain">
            {what.map((digest) => (
              <li key={digest}>
                <MessageLink caseId={caseId ?? cases[0] ?? null} digest={digest} />
              </li>
            ))}
          </ul>
        </Fact>
        {elsewhere.length > 0 && (
          <Fact name={say('supervision.erase.lies-in')}>
            <ul className="plain">
              {elsewhere.map((id) => (
                <li key={id}>
                  <CaseLink id={id} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {by !== null && (
          <Fact name={say('supervision.erase.by')}>
            <Instant at={by} zone={ownZone()} />
          </Fact>
        )}
        {answer !== null && answer.kept.length > 0 && (
          <Fact name={say('supervision.erase.kept')}>
            <SaidList of={answer.kept} />
          </Fact>
        )}
        {answer !== null && answer.proof !== null && (
          <Fact name={say('supervision.erase.proof')}>
            <MachineValue value={answer.proof} short copy />
          </Fact>
        )}
      </Facts>
      {isTheirs &&
        answer === null &&
        speaks &&
        (isAnswering ? (
          <AnswerForm one={one} onDone={() => setAnswering(false)} />
        ) : (
          <Button onPress={() => setAnswering(true)}>{say('supervision.erase.answer')}</Button>
        ))}
    </MatterFrame>
  )
}

/** To where it is closed and proposed for erasure. */
function CaseLink({ id }: { readonly id: string }) {
  const title = useRead('caseRead', { caseId: id }).data?.case.title
  return <Link to={`/cases/${id}/settings` as string}>{title === undefined ? id : <Words>{title}</Words>}</Link>
}

type Draft = { readonly outcome: Outcome | ''; readonly kept: string }
const nothing: Draft = { outcome: '', kept: '' }

function AnswerForm({ one, onDone }: { readonly one: Matter<'erase-request'>; readonly onDone: () => void }) {
  const say = useSay()
  const answer = useAct('eraseAnswer')
  const draft = useDraft(`erase-answer.${one.id}`, nothing)
  const { outcome, kept } = draft.value
  const set = (change: Partial<Draft>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const ids = { outcome: `erased-${one.id}`, kept: `kept-${one.id}` }
  const keeps = outcome !== '' && outcome !== 'erased'
  const send = () => {
    const filled = [
      [ids.outcome, say('supervision.erase.outcome'), outcome],
      ...(keeps ? [[ids.kept, say('supervision.erase.kept'), kept] as const] : []),
    ] as const
    if (!isRight(filled) || outcome === '') return
    answer.mutate(
      { id: one.id, seen: one.version, outcome, kept: keeps ? linesOf(kept) : [] },
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
      title={say('supervision.erase.answer')}
      errors={errors}
      effects={[
        say('supervision.erase.effect-answer'),
        say(outcome === 'erased' ? 'supervision.erase.effect-proof' : 'supervision.erase.effect-nothing'),
      ]}
      act={answer}
      does={say('supervision.erase.answer-send')}
      onSend={send}
      onCancel={onDone}
    >
      <Select
        id={ids.outcome}
        label={say('supervision.erase.outcome')}
        hint={say('supervision.erase.outcome-hint')}
        wrong={wrongOf(ids.outcome)}
        value={outcome}
        onChange={(event) => set({ outcome: event.target.value as Outcome })}
      >
        <option value="">{say('field.choose')}</option>
        {OUTCOMES.map((of) => (
          <option key={of} value={of}>
            {say(`supervision.erase-outcome.${of}`)}
          </option>
        ))}
      </Select>
      {keeps && (
        <TextArea
          id={ids.kept}
          label={say('supervision.erase.kept')}
          hint={`${say('supervision.told-to-them')} ${say('supervision.one-a-line')}`}
          wrong={wrongOf(ids.kept)}
          rows={3}
          value={kept}
          onChange={(event) => set({ kept: event.target.value })}
        />
      )}
    </ActForm>
  )
}
