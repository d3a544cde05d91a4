/** Calling a meeting, or changing it: what about, when in which zone, where, the agenda, who takes part. An invitation of a calendar fills it in. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { ask, type InputOf, useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, FormEnd, Note, Trouble } from '../shared/ui/parts.tsx'
import { AgencySelect, useAgencyNames } from './agency-select.tsx'
import { type Joint, linesOf, receivers, type Saying } from './joint-parts.ts'
import { partyIds } from './task-form.tsx'
import { useChecked } from './use-checked.ts'
import { useHomeZone, ZoneSelect } from './zone-select.tsx'
import { instantIn, localIn } from './zoned.ts'

export type MeetingInput = InputOf<'jointMeetingSet'>['meeting']
type Participant = { readonly agency: string; readonly name: string; readonly role: string; readonly mail: string }
type Draft = {
  readonly title: string
  readonly start: string
  readonly end: string
  /** Empty: that of this agency. */
  readonly zone: string
  readonly place: string
  readonly agenda: string
  readonly participants: readonly Participant[]
}
const SOMEBODY: Participant = { agency: '', name: '', role: '', mail: '' }

export function MeetingForm({
  joint,
  meeting,
  onDone,
}: {
  readonly joint: Joint
  readonly meeting?: Saying<'meeting'>
  readonly onDone: () => void
}) {
  const say = useSay()
  const home = useHomeZone()
  const names = useAgencyNames()
  const { me } = useMembers()
  const set = useAct('jointMeetingSet')
  const [draft, setDraft] = useState<Draft>(() => draftOf(meeting))
  const { errors, wrongOf, isRight } = useChecked()
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const send = () => {
    const { title, start, end, participants } = draft
    const filled = [
      ['meeting-title', say('joint.meeting.title'), title],
      ['meeting-start', say('joint.meeting.start'), start],
      ['meeting-end', say('joint.meeting.end'), end],
      ...participants.flatMap((one, at) =>
        (['agency', 'name', 'role'] as const).map(
          (name) => [`somebody-${at}-${name}`, say(`joint.somebody.${name}`), one[name]] as const,
        ),
      ),
    ] as const
    const isBefore = start !== '' && end !== '' && end <= start
    if (!isRight(filled, isBefore ? [{ id: 'meeting-end', text: say('joint.meeting.end-before') }] : [])) return
    set.mutate(
      {
        id: joint.id,
        meeting: meetingOf({ ...draft, zone: draft.zone || home }, meeting),
        ...(meeting ? { object: meeting.id } : {}),
      },
      { onSuccess: onDone },
    )
  }
  const moment = (name: 'start' | 'end') => (
    <TextField
      id={`meeting-${name}`}
      type="datetime-local"
      label={say(`joint.meeting.${name}`)}
      wrong={wrongOf(`meeting-${name}`)}
      value={draft[name]}
      onChange={(event) => put({ [name]: event.target.value })}
    />
  )
  return (
    <form
      noValidate
      aria-label={say(meeting ? 'joint.meeting-change' : 'joint.meeting-call')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      {!meeting && <FromCalendar onRead={put} />}
      <TextField
        id="meeting-title"
        label={say('joint.meeting.title')}
        wrong={wrongOf('meeting-title')}
        maxLength={300}
        value={draft.title}
        onChange={(event) => put({ title: event.target.value })}
      />
      <div className="fields-2">
        {moment('start')}
        {moment('end')}
        <ZoneSelect value={draft.zone || home} onChange={(zone) => put({ zone })} />
      </div>
      <TextField
        label={say('cases.optional', { label: say('joint.meeting.place') })}
        hint={say('joint.meeting.place-hint')}
        maxLength={500}
        value={draft.place}
        onChange={(event) => put({ place: event.target.value })}
      />
      <TextArea
        label={say('cases.optional', { label: say('joint.meeting.agenda') })}
        hint={say('joint.meeting.agenda-hint')}
        value={draft.agenda}
        onChange={(event) => put({ agenda: event.target.value })}
      />
      <Participants
        of={partyIds(joint)}
        participants={draft.participants}
        wrongOf={wrongOf}
        onChange={(participants) => put({ participants })}
      />
      <Note>
        <p>{say('joint.meeting-effect', { who: names(receivers(joint, me)) })}</p>
      </Note>
      <FormEnd act={set} does={say(meeting ? 'joint.meeting-change-do' : 'joint.meeting-call-do')} onCancel={onDone} />
    </form>
  )
}

function Participants({
  of,
  participants,
  wrongOf,
  onChange,
}: {
  readonly of: readonly string[]
  readonly participants: readonly Participant[]
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (participants: readonly Participant[]) => void
}) {
  const say = useSay()
  return (
    <fieldset>
      <legend>{say('joint.meeting.participants')}</legend>
      <p className="hint">{say('joint.meeting.participants-hint')}</p>
      <div className="party-rows">
        {participants.map((one, at) => {
          const change = (next: Partial<Participant>) =>
            onChange(participants.map((other, place) => (place === at ? { ...other, ...next } : other)))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own, and only the last is added
            <fieldset key={at}>
              <legend>{say('joint.somebody', { nth: at + 1 })}</legend>
              <div className="fields-2">
                <AgencySelect
                  id={`somebody-${at}-agency`}
                  label={say('joint.somebody.agency')}
                  wrong={wrongOf(`somebody-${at}-agency`)}
                  of={of}
                  value={one.agency}
                  onChange={(agency) => change({ agency })}
                />
                {(['name', 'role', 'mail'] as const).map((name) => (
                  <TextField
                    key={name}
                    id={`somebody-${at}-${name}`}
                    label={
                      name === 'mail'
                        ? say('cases.optional', { label: say('joint.somebody.mail') })
                        : say(`joint.somebody.${name}`)
                    }
                    wrong={wrongOf(`somebody-${at}-${name}`)}
                    maxLength={name === 'mail' ? 254 : 100}
                    dir={name === 'mail' ? 'ltr' : undefined}
                    value={one[name]}
                    onChange={(event) => change({ [name]: event.target.value })}
                  />
                ))}
              </div>
              <Button
                kind="quiet"
                label={say('joint.somebody-remove', { nth: at + 1 })}
                onPress={() => onChange(participants.filter((_, place) => place !== at))}
              >
                {say('cases.remove')}
              </Button>
            </fieldset>
          )
        })}
      </div>
      <Button kind="second" onPress={() => onChange([...participants, SOMEBODY])}>
        {say('joint.somebody-add')}
      </Button>
    </fieldset>
  )
}

/** The file is read by the node, which keeps nothing of it. Whose agency somebody is of, a calendar does not know. */
function FromCalendar({ onRead }: { readonly onRead: (change: Partial<Draft>) => void }) {
  const say = useSay()
  const read = useMutation({
    mutationFn: async (file: File) => {
      const { title, start, end, zone, place, agenda, participants } = await ask('jointMeetingImport', {
        text: await file.text(),
      })
      onRead({
        ...{ title, zone, place: place ?? '', agenda: agenda.join('\n') },
        ...{ start: localIn(zone, start), end: localIn(zone, end) },
        participants: participants.map(({ name, mail }) => ({ ...SOMEBODY, name, mail: mail ?? '' })),
      })
    },
  })
  return (
    <div className="field">
      <label htmlFor="meeting-file">{say('joint.meeting-from-file')}</label>
      <p className="hint">{say('joint.meeting-from-file-hint')}</p>
      <input
        id="meeting-file"
        type="file"
        accept="text/calendar,.ics"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) read.mutate(file)
        }}
      />
      <Trouble error={read.error} />
    </div>
  )
}

function draftOf(meeting: Saying<'meeting'> | undefined): Draft {
  if (!meeting) return { ...{ title: '', start: '', end: '', zone: '', place: '', agenda: '' }, participants: [] }
  const { title, start, end, zone, place, agenda, participants } = meeting.content
  return {
    ...{ title, zone, place: place ?? '', agenda: agenda.join('\n') },
    ...{ start: localIn(zone, start), end: localIn(zone, end) },
    participants: participants.map(({ agency, name, role, mail }) => ({ agency, name, role, mail: mail ?? '' })),
  }
}

function meetingOf(draft: Draft, before: Saying<'meeting'> | undefined): MeetingInput {
  const { title, start, end, zone, place, agenda, participants } = draft
  return {
    ...{ title: title.trim(), start: instantIn(zone, start), end: instantIn(zone, end), zone },
    ...{ place: place.trim() === '' ? null : place.trim(), agenda: linesOf(agenda) },
    participants: participants.map((one) => ({ ...one, mail: one.mail.trim() === '' ? null : one.mail.trim() })),
    ...{ decisions: before?.content.decisions ?? [], cancelled: false },
  }
}
