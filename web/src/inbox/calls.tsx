/** The point of contact: who is on duty, which calls wait, and calling the duty desk of another agency. */
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { Select, TextArea } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Fact, Facts, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import { ContactPointForm } from './contact-point-form.tsx'
import { MemberName, useCodeWords, useMembers } from './names.tsx'

type Call = ResultOf<'callList'>['calls'][number]

export function Calls() {
  const { say } = useSpeech()
  const session = useRead('sessionRead', {})
  // The policies show it to those who speak for the agency; nobody else is asked for it in vain.
  const speaks = mayEver('liaise', session.data?.session?.role ?? '')
  const duty = useRead('dutyNow', speaks ? {} : null)
  const calls = useRead('callList', speaks ? {} : null)
  if (calls.data === undefined) return null
  const waiting = calls.data.calls.filter(({ direction, taken }) => direction === 'in' && taken === null)
  return (
    <Sheet title={say('inbox.calls.title')}>
      {duty.data ? (
        <Facts>
          <Fact name={say('inbox.calls.point')}>
            <Words>{duty.data.point.name}</Words>, <Words>{duty.data.point.channel}</Words>
          </Fact>
          <Fact name={say('inbox.calls.duty')}>
            {duty.data.onDuty.length === 0
              ? say('inbox.calls.nobody')
              : duty.data.onDuty.map(({ personId, name, until, zone }) => (
                  <div key={personId}>
                    <Words>{name}</Words>{' '}
                    <span className="soft">
                      {say('inbox.calls.until')} <Instant at={until} zone={zone} />
                    </span>
                  </div>
                ))}
          </Fact>
        </Facts>
      ) : (
        <p>{say('inbox.calls.no-point')}</p>
      )}
      {waiting.length > 0 && (
        <ul className="list">
          {waiting.map((one) => (
            <Waiting key={one.id} call={one} />
          ))}
        </ul>
      )}
      <div className="acts">
        <PlaceCall />
        {duty.data && (
          <ButtonLink to="/duty" kind="second">
            {say('inbox.duty.roster')}
          </ButtonLink>
        )}
        {session.data?.session?.role !== 'prosecutor' && !duty.isPending && <ContactPointForm duty={duty.data} />}
      </div>
    </Sheet>
  )
}

function Waiting({ call }: { readonly call: Call }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const take = useAct('callTake')
  return (
    <li>
      <div className="row spread">
        <span>
          {/* An urgent message calls by the code of its urgency; people write. */}
          <MemberName id={call.peer} />: <Words>{words('urgency', call.matter)}</Words>
        </span>
        <span className="row">
          {call.test && <Status kind="plain">{say('inbox.calls.test')}</Status>}
          <Instant at={call.at} />
          <Button kind="second" isBusy={take.isPending} onPress={() => take.mutate({ id: call.id, note: null })}>
            {say('inbox.calls.take')}
          </Button>
        </span>
      </div>
      <Trouble error={take.error} />
    </li>
  )
}

const MINUTES = ['15', '30', '60', '240'] as const

function PlaceCall() {
  const { say } = useSpeech()
  const { members, me } = useMembers()
  const words = useCodeWords()
  const place = useAct('callPlace')
  const [isOpen, setOpen] = useState(false)
  const [call, setCall] = useState({ peer: '', matter: '', kind: 'test', within: '30' })
  // Where there are no partners yet, nobody can be called.
  if (members.every(({ id }) => id === me)) return null
  if (!isOpen)
    return (
      <Button kind="second" onPress={() => setOpen(true)}>
        {say('inbox.calls.place')}
      </Button>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const isTest = call.kind === 'test'
        place.mutate(
          {
            ...{ peer: call.peer, matter: call.matter, test: isTest, within: Number(call.within) },
            urgency: isTest || call.kind === 'plain' ? null : (call.kind as 'DATA_LOSS'),
          },
          { onSuccess: () => setOpen(false) },
        )
      }}
    >
      <Trouble error={place.error} />
      <Select
        label={say('inbox.new.to')}
        value={call.peer}
        required
        onChange={(event) => setCall({ ...call, peer: event.target.value })}
      >
        <option value="">{say('inbox.choose')}</option>
        {members
          .filter(({ id }) => id !== me)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Select>
      <Select
        label={say('inbox.calls.why')}
        value={call.kind}
        onChange={(event) => setCall({ ...call, kind: event.target.value })}
      >
        <option value="test">{say('inbox.calls.is-test')}</option>
        <option value="plain">{say('inbox.law.not-urgent')}</option>
        {(['IMMINENT_DISSIPATION', 'LIFE_SAFETY', 'DATA_LOSS'] as const).map((one) => (
          <option key={one} value={one}>
            {words('urgency', one)}
          </option>
        ))}
      </Select>
      <TextArea
        label={say('inbox.calls.matter')}
        hint={say('inbox.calls.matter-hint')}
        value={call.matter}
        required
        rows={2}
        onChange={(event) => setCall({ ...call, matter: event.target.value })}
      />
      <Select
        label={say('inbox.calls.within')}
        value={call.within}
        onChange={(event) => setCall({ ...call, within: event.target.value })}
      >
        {MINUTES.map((one) => (
          <option key={one} value={one}>
            {say('inbox.calls.minutes', { count: Number(one) })}
          </option>
        ))}
      </Select>
      <div className="row">
        <Button type="submit" isBusy={place.isPending}>
          {say('inbox.calls.do')}
        </Button>
        <Button kind="second" onPress={() => setOpen(false)}>
          {say('inbox.not-now')}
        </Button>
      </div>
    </form>
  )
}
