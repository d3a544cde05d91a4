/** A breach of security here: its clock, the notification to the authority, and what those who were told have answered. */
import { useState } from 'react'
import { useNow } from '../inbox/inbox.tsx'
import { MemberName } from '../inbox/names.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useHomeZone } from '../joint/zone-select.tsx'
import { instantIn, localIn } from '../joint/zoned.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Status } from '../shared/ui/parts.tsx'
import { Deadline, Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import type { Matter } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { Said } from './said-parts.tsx'
import { useRole } from './use-matters.ts'

export function IncidentRow({ one }: { readonly one: Matter<'incident'> }) {
  const say = useSay()
  const now = useNow()
  const zone = useHomeZone()
  const { records } = useRole()
  const [isNoting, setNoting] = useState(false)
  const { severity, what, noticedAt, notifyBy, article, notifiedAt, reference, told } = one.says
  return (
    <MatterFrame
      title={say('supervision.kind.incident')}
      state={say(notifiedAt === null ? 'supervision.incident.clock-runs' : 'supervision.incident.notified')}
      stateKind={notifiedAt === null ? 'bad' : 'good'}
      peers={[]}
      at={one.at}
    >
      <Said>{what}</Said>
      <Facts>
        <Fact name={say('supervision.incident.severity')}>{say(`supervision.severity.${severity}`)}</Fact>
        <Fact name={say('supervision.incident.noticed')}>
          <Instant at={noticedAt} zone={zone} />
        </Fact>
        {notifiedAt === null ? (
          <Fact name={say('supervision.incident.notify-by')}>
            <Deadline due={notifyBy} zone={zone} rule={<Words>{article}</Words>} now={now} />
            <div className="small soft">{say('supervision.incident.where-feasible')}</div>
          </Fact>
        ) : (
          <Fact name={say('supervision.incident.notified-at')}>
            <Instant at={notifiedAt} zone={zone} />
            <div>
              <Words>{reference}</Words>
            </div>
          </Fact>
        )}
      </Facts>
      <ul className="list" aria-label={say('supervision.incident.told')}>
        {told.map(({ peer, answer }) => (
          <li key={peer}>
            <div className="row spread">
              <strong>
                <MemberName id={peer} />
              </strong>
              <Status kind={answer === null ? 'open' : answer.seen ? 'warn' : 'done'}>
                {say(
                  answer === null
                    ? 'supervision.incident.not-answered'
                    : answer.seen
                      ? 'supervision.incident.concerned'
                      : 'supervision.incident.not-concerned',
                )}
              </Status>
            </div>
            {answer !== null && (
              <>
                <Said>{answer.measures}</Said>
                <p className="small soft">
                  <Instant at={answer.at} zone={ownZone()} />
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
      {notifiedAt === null &&
        records &&
        (isNoting ? (
          <NotifiedForm one={one} onDone={() => setNoting(false)} />
        ) : (
          <Button onPress={() => setNoting(true)}>{say('supervision.incident.note')}</Button>
        ))}
    </MatterFrame>
  )
}

function NotifiedForm({ one, onDone }: { readonly one: Matter<'incident'>; readonly onDone: () => void }) {
  const say = useSay()
  const zone = useHomeZone()
  const notified = useAct('incidentNotified')
  const [written, setWritten] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const at = written ?? localIn(zone, Date.now())
  const { errors, wrongOf, isRight } = useChecked()
  const ids = { at: `notified-${one.id}`, reference: `authority-${one.id}` }
  const send = () => {
    const filled = [
      [ids.at, say('supervision.incident.notified-at'), at],
      [ids.reference, say('supervision.incident.reference'), reference],
    ] as const
    if (!isRight(filled)) return
    notified.mutate(
      { id: one.id, seen: one.version, at: instantIn(zone, at), reference: reference.trim() },
      { onSuccess: onDone },
    )
  }
  return (
    <ActForm
      title={say('supervision.incident.note')}
      errors={errors}
      effects={[say('supervision.incident.effect-stops'), say('supervision.incident.effect-no-message')]}
      act={notified}
      does={say('supervision.incident.note-do')}
      onSend={send}
      onCancel={onDone}
    >
      <TextField
        id={ids.at}
        type="datetime-local"
        label={say('supervision.incident.notified-at')}
        hint={say('supervision.in-zone', { zone })}
        wrong={wrongOf(ids.at)}
        value={at}
        onChange={(event) => setWritten(event.target.value)}
      />
      <TextField
        id={ids.reference}
        label={say('supervision.incident.reference')}
        wrong={wrongOf(ids.reference)}
        maxLength={300}
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
    </ActForm>
  )
}
