/** A partner that has told of a breach of its security: what it has told, and lifting its suspension. */
import { useState } from 'react'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, TextArea } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Note } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import type { Matter } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { Said } from './said-parts.tsx'
import { useRole } from './use-matters.ts'

type Of = { readonly one: Matter<'suspension'> }

export function SuspensionRow({ one }: Of) {
  const say = useSay()
  const { lifts } = useRole()
  const [isLifting, setLifting] = useState(false)
  const { peer, since, severity, what, keys, exchanges, lifted } = one.says
  return (
    <MatterFrame
      title={say('supervision.kind.suspension')}
      state={say(lifted === null ? 'supervision.suspension.stands' : 'supervision.suspension.lifted')}
      stateKind={lifted === null ? 'bad' : 'done'}
      peers={[peer]}
      at={since}
    >
      <Said>{what}</Said>
      <Facts>
        <Fact name={say('supervision.incident.severity')}>{say(`supervision.severity.${severity}`)}</Fact>
        {exchanges.length > 0 && (
          <Fact name={say('supervision.incident.exchanges')}>
            <ul className="plain">
              {exchanges.map((digest) => (
                <li key={digest}>
                  <MachineValue value={digest} short copy />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {keys.length > 0 && (
          <Fact name={say('supervision.incident.keys')}>
            <ul className="plain">
              {keys.map((key) => (
                <li key={key}>
                  <MachineValue value={key} short copy />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {lifted !== null && (
          <Fact name={say('supervision.suspension.lifted-by')}>
            <PersonName id={lifted.by} /> · <Instant at={lifted.at} zone={ownZone()} />
            <div>
              <Words>{lifted.reason}</Words>
            </div>
          </Fact>
        )}
      </Facts>
      {lifted === null && (
        <>
          <Note kind="warn">
            <p>{say('supervision.suspension.text')}</p>
          </Note>
          {!lifts ? (
            <p className="soft">{say('supervision.suspension.who-lifts')}</p>
          ) : isLifting ? (
            <LiftForm one={one} onDone={() => setLifting(false)} />
          ) : (
            <Button kind="danger" onPress={() => setLifting(true)}>
              {say('supervision.suspension.lift')}
            </Button>
          )}
        </>
      )}
    </MatterFrame>
  )
}

const nothing = { reason: '', measures: '', concerned: false }

function LiftForm({ one, onDone }: Of & { readonly onDone: () => void }) {
  const say = useSay()
  const lift = useAct('suspensionLift')
  const draft = useDraft(`lift.${one.id}`, nothing)
  const { reason, measures, concerned } = draft.value
  const set = (change: Partial<typeof nothing>) => draft.set({ ...draft.value, ...change })
  const { errors, wrongOf, isRight } = useChecked()
  const ids = { reason: `lift-reason-${one.id}`, measures: `lift-measures-${one.id}` }
  const send = () => {
    const filled = [
      [ids.reason, say('supervision.suspension.reason'), reason],
      [ids.measures, say('supervision.suspension.measures'), measures],
    ] as const
    if (!isRight(filled)) return
    lift.mutate(
      { id: one.id, seen: one.version, reason: reason.trim(), measures: measures.trim(), concerned },
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
      title={say('supervision.suspension.lift')}
      errors={errors}
      effects={[say('supervision.suspension.effect-open'), say('supervision.suspension.effect-told')]}
      act={lift}
      does={say('supervision.suspension.lift-do')}
      onSend={send}
      onCancel={onDone}
    >
      <TextArea
        id={ids.reason}
        label={say('supervision.suspension.reason')}
        hint={say('supervision.suspension.reason-hint')}
        wrong={wrongOf(ids.reason)}
        maxLength={2000}
        rows={2}
        value={reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
      <TextArea
        id={ids.measures}
        label={say('supervision.suspension.measures')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf(ids.measures)}
        maxLength={10_000}
        value={measures}
        onChange={(event) => set({ measures: event.target.value })}
      />
      <Checkbox
        label={say('supervision.suspension.concerned')}
        checked={concerned}
        onChange={({ target }) => set({ concerned: target.checked })}
      />
    </ActForm>
  )
}
