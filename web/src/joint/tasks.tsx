/** The tasks of a joint case: who gave each to whom, until when, and what the agency to which it is given says of it. */
import { useState } from 'react'
import { MemberName, useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Deadline, Words } from '../shared/ui/values.tsx'
import { JointFrame } from './joint-frame.tsx'
import { type Joint, ofKind, type Saying, useObjects } from './joint-parts.ts'
import { AnswerStatus, OwnActs, Standing } from './standing.tsx'
import { TaskForm } from './task-form.tsx'

type Task = Saying<'task'>

export function Screen() {
  return <JointFrame part="joint.part.tasks">{(joint) => <Tasks joint={joint} />}</JointFrame>
}

function Tasks({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const { me } = useMembers()
  const read = useObjects(joint.id)
  const [isGiving, setGiving] = useState(false)
  const isOpen = joint.state === 'active' && joint.terms.shares.includes('task')
  return (
    <>
      {isOpen &&
        (isGiving ? (
          <Sheet title={say('joint.task-give')}>
            <TaskForm joint={joint} onDone={() => setGiving(false)} />
          </Sheet>
        ) : (
          <p>
            <Button onPress={() => setGiving(true)}>{say('joint.task-give')}</Button>
          </p>
        ))}
      <Shown read={read}>
        {(objects) => {
          const tasks = ofKind(objects, 'task')
          if (tasks.length === 0)
            return (
              <Empty title={say('joint.tasks-none')}>
                <p>{say('joint.tasks-none-text')}</p>
              </Empty>
            )
          const isDone = ({ answered, content }: Task) =>
            content.cancelled || answered === 'done' || answered === 'declined'
          const groups = [
            ['joint.tasks-ours', tasks.filter((one) => one.content.assignee === me && !isDone(one))],
            ['joint.tasks-theirs', tasks.filter((one) => one.content.assignee !== me && !isDone(one))],
            ['joint.tasks-done', tasks.filter(isDone)],
          ] as const
          const notes = ofKind(objects, 'task-answer')
          const noteOf = ({ object, owner, content: { assignee } }: Task) =>
            notes.find(
              ({ content, owner: by }) => content.task === object && content.taskOwner === owner && by === assignee,
            )?.content.note ?? null
          return groups.map(
            ([title, some]) =>
              some.length > 0 && (
                <Sheet key={title} title={say(title)}>
                  {some.map((task) => (
                    <TaskRow key={task.id} task={task} note={noteOf(task)} joint={joint} me={me} />
                  ))}
                </Sheet>
              ),
          )
        }}
      </Shown>
    </>
  )
}

function TaskRow({
  task,
  note,
  joint,
  me,
}: {
  readonly task: Task
  readonly note: string | null
  readonly joint: Joint
  readonly me: string | null
}) {
  const say = useSay()
  const [isChanging, setChanging] = useState(false)
  const cancel = useAct('jointTaskSet')
  const { what, about, assignee, personRole, due, zone, cancelled } = task.content
  const isOpen = !cancelled && task.answered !== 'done' && task.answered !== 'declined'
  const isActive = joint.state === 'active'
  return (
    <article className="shared">
      <div className="row spread">
        <h3>
          <Words>{what}</Words>
        </h3>
        {cancelled ? <Status kind="plain">{say('joint.cancelled')}</Status> : <AnswerStatus answer={task.answered} />}
      </div>
      {about !== null && (
        <p className="prose">
          <Words>{about}</Words>
        </p>
      )}
      <p>
        {say('joint.task-for')} <MemberName id={assignee} />, <Words>{personRole}</Words>
      </p>
      {due !== null && isOpen && <Deadline due={due} zone={zone} rule={null} now={Date.now()} />}
      {note !== null && (
        <p>
          <MemberName id={assignee} />: <Words>{note}</Words>
        </p>
      )}
      <Standing object={task} />
      <Trouble error={cancel.error} />
      {isActive && isOpen && assignee === me && <Answer task={task} />}
      {isActive &&
        task.owner === me &&
        !cancelled &&
        (isChanging ? (
          <TaskForm joint={joint} task={task} onDone={() => setChanging(false)} />
        ) : (
          <div className="row">
            <Button kind="second" onPress={() => setChanging(true)}>
              {say('joint.task-change')}
            </Button>
            {isOpen && (
              <Button
                kind="second"
                isBusy={cancel.isPending}
                onPress={() =>
                  cancel.mutate({
                    ...{ id: joint.id, object: task.id, cancelled: true },
                    task: { what, about, assignee, personRole, due, zone },
                  })
                }
              >
                {say('joint.task-cancel')}
              </Button>
            )}
            <OwnActs object={task} joint={joint} me={me} />
          </div>
        ))}
    </article>
  )
}

const answers = ['accepted', 'in-progress', 'done', 'declined'] as const

/** The agency to which it is given answers, and nobody else. */
function Answer({ task }: { readonly task: Task }) {
  const say = useSay()
  const answer = useAct('jointTaskAnswer')
  const [note, setNote] = useState('')
  return (
    <>
      <TextField
        label={say('cases.optional', { label: say('joint.task-note') })}
        hint={say('joint.task-note-hint')}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Trouble error={answer.error} />
      <div className="row">
        {answers
          .filter((one) => one !== task.answered)
          .map((one) => (
            <Button
              key={one}
              kind={one === 'declined' ? 'danger' : 'second'}
              isBusy={answer.isPending}
              onPress={() =>
                answer.mutate(
                  { id: task.id, answer: one, note: note.trim() === '' ? null : note.trim() },
                  { onSuccess: () => setNote('') },
                )
              }
            >
              {say(`joint.answer-do.${one}`)}
            </Button>
          ))}
      </div>
    </>
  )
}
