/** The meetings of a joint case: agenda, who takes part, what was decided, and each as a file for calendars. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { MemberName, useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { ask, useAct } from '../shared/node/node.tsx'
import { saveFile } from '../shared/save-file.ts'
import { Button, Empty, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { DecisionsForm } from './decisions-form.tsx'
import { JointFrame } from './joint-frame.tsx'
import { type Joint, ofKind, type Saying, type SharedObject, useObjects } from './joint-parts.ts'
import { MeetingForm } from './meeting-form.tsx'
import { AnswerStatus, OwnActs, Standing } from './standing.tsx'

type Meeting = Saying<'meeting'>

export function Screen() {
  return <JointFrame part="joint.part.meetings">{(joint) => <Meetings joint={joint} />}</JointFrame>
}

function Meetings({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const read = useObjects(joint.id)
  const [isCalling, setCalling] = useState(false)
  const isOpen = joint.state === 'active' && joint.terms.shares.includes('meeting')
  return (
    <>
      {isOpen &&
        (isCalling ? (
          <Sheet title={say('joint.meeting-call')}>
            <MeetingForm joint={joint} onDone={() => setCalling(false)} />
          </Sheet>
        ) : (
          <p>
            <Button onPress={() => setCalling(true)}>{say('joint.meeting-call')}</Button>
          </p>
        ))}
      <Shown read={read}>
        {(objects) => {
          const now = Date.now()
          const meetings = ofKind(objects, 'meeting')
          const isOver = ({ content }: Meeting) => content.cancelled || Date.parse(content.end) < now
          const byStart = (a: Meeting, b: Meeting) => Date.parse(a.content.start) - Date.parse(b.content.start)
          return meetings.length === 0 ? (
            <Empty title={say('joint.meetings-none')}>
              <p>{say('joint.meetings-none-text')}</p>
            </Empty>
          ) : (
            <>
              <Group title={say('joint.meetings-coming')} joint={joint} objects={objects}>
                {meetings.filter((one) => !isOver(one)).sort(byStart)}
              </Group>
              <Group title={say('joint.meetings-past')} joint={joint} objects={objects}>
                {meetings.filter(isOver).sort((a, b) => byStart(b, a))}
              </Group>
            </>
          )
        }}
      </Shown>
    </>
  )
}

function Group({
  title,
  joint,
  objects,
  children,
}: {
  readonly title: string
  readonly joint: Joint
  readonly objects: readonly SharedObject[]
  readonly children: readonly Meeting[]
}) {
  if (children.length === 0) return null
  return (
    <Sheet title={title}>
      {children.map((meeting) => (
        <MeetingRow
          key={meeting.id}
          meeting={meeting}
          joint={joint}
          tasks={ofKind(objects, 'task').filter(({ content }) => content.meeting === meeting.object)}
        />
      ))}
    </Sheet>
  )
}

function MeetingRow({
  meeting,
  joint,
  tasks,
}: {
  readonly meeting: Meeting
  readonly joint: Joint
  readonly tasks: readonly Saying<'task'>[]
}) {
  const say = useSay()
  const { me } = useMembers()
  const [open, setOpen] = useState<'change' | 'decide' | null>(null)
  const cancel = useAct('jointMeetingSet')
  const calendar = useMutation({ mutationFn: () => saveCalendar(meeting.id) })
  const { kind: _, ...content } = meeting.content
  const { title, start, end, zone, place, agenda, participants, decisions, cancelled } = content
  const mayWrite = joint.state === 'active' && meeting.owner === me && !cancelled
  const close = () => setOpen(null)
  return (
    <article className="shared">
      <div className="row spread">
        <h3>
          <Words>{title}</Words>
        </h3>
        {cancelled && <Status kind="bad">{say('joint.cancelled')}</Status>}
      </div>
      <p>
        <strong>
          <Instant at={start} zone={zone} /> – <Instant at={end} zone={zone} />
        </strong>{' '}
        <span className="soft">
          <MachineValue value={zone} />
        </span>
        {place !== null && (
          <>
            {' · '}
            <Words>{place}</Words>
          </>
        )}
      </p>
      {ownZone() !== zone && (
        <p className="small soft">
          {say('deadline.here')} <Instant at={start} zone={ownZone()} />
        </p>
      )}
      <Lines title={say('joint.meeting.agenda')} lines={agenda} />
      {participants.length > 0 && (
        <>
          <h4>{say('joint.meeting.participants')}</h4>
          <ul>
            {participants.map(({ agency, name, role, mail }) => (
              <li key={`${agency} ${name} ${mail}`}>
                <Words>{name}</Words>, <Words>{role}</Words> (<MemberName id={agency} />)
                {mail !== null && (
                  <>
                    {' · '}
                    <MachineValue value={mail} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Lines title={say('joint.meeting.decisions')} lines={decisions} />
      {tasks.length > 0 && (
        <>
          <h4>{say('joint.meeting.tasks')}</h4>
          <ul>
            {tasks.map((task) => (
              <li key={task.id}>
                <Words>{task.content.what}</Words> · <MemberName id={task.content.assignee} />{' '}
                <AnswerStatus answer={task.answered} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Standing object={meeting} />
      <Trouble error={calendar.error ?? cancel.error} />
      {open === 'change' ? (
        <MeetingForm joint={joint} meeting={meeting} onDone={close} />
      ) : open === 'decide' ? (
        <DecisionsForm joint={joint} meeting={meeting} onDone={close} />
      ) : (
        <div className="row">
          <Button kind="second" isBusy={calendar.isPending} onPress={() => calendar.mutate()}>
            {say('joint.meeting-calendar')}
          </Button>
          {mayWrite && (
            <>
              <Button kind="second" onPress={() => setOpen('decide')}>
                {say('joint.meeting-decide')}
              </Button>
              <Button kind="quiet" onPress={() => setOpen('change')}>
                {say('joint.meeting-change')}
              </Button>
              <Button
                kind="quiet"
                isBusy={cancel.isPending}
                onPress={() =>
                  cancel.mutate({ id: joint.id, object: meeting.id, meeting: { ...content, cancelled: true } })
                }
              >
                {say('joint.meeting-cancel')}
              </Button>
              <OwnActs object={meeting} joint={joint} me={me} />
            </>
          )}
        </div>
      )}
    </article>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ol>
        {lines.map((line) => (
          <li key={line}>
            <Words>{line}</Words>
          </li>
        ))}
      </ol>
    </>
  )
}

async function saveCalendar(id: string): Promise<void> {
  const { name, mediaType, text } = await ask('jointMeetingCalendar', { id })
  saveFile(name, new Blob([text], { type: mediaType }))
}
