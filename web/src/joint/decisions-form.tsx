/** Keeping what a meeting decided; what is to be done becomes tasks of the agencies. */
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea } from '../shared/ui/fields.tsx'
import { Button, FormEnd, Note } from '../shared/ui/parts.tsx'
import { useAgencyNames } from './agency-select.tsx'
import { type Joint, linesOf, receivers, type Saying } from './joint-parts.ts'
import { NO_TASK, partyIds, type TaskDraft, TaskFields, taskOf, useTaskToFill } from './task-form.tsx'
import { useChecked } from './use-checked.ts'
import { useHomeZone } from './zone-select.tsx'

export function DecisionsForm({
  joint,
  meeting,
  onDone,
}: {
  readonly joint: Joint
  readonly meeting: Saying<'meeting'>
  readonly onDone: () => void
}) {
  const say = useSay()
  const home = useHomeZone()
  const names = useAgencyNames()
  const { me } = useMembers()
  const set = useAct('jointMeetingSet')
  const [decisions, setDecisions] = useState(meeting.content.decisions.join('\n'))
  const [tasks, setTasks] = useState<readonly TaskDraft[]>([])
  const { errors, wrongOf, isRight } = useChecked()
  const toFill = useTaskToFill()
  const mayTask = joint.terms.shares.includes('task')
  return (
    <form
      noValidate
      aria-label={say('joint.meeting-decide')}
      onSubmit={(event) => {
        event.preventDefault()
        const filled = [
          ['meeting-decisions', say('joint.meeting.decisions'), decisions] as const,
          ...tasks.flatMap((task, at) => toFill(`action-${at}`, task)),
        ]
        if (!isRight(filled)) return
        const { kind: _, ...content } = meeting.content
        set.mutate(
          {
            ...{ id: joint.id, object: meeting.id, actions: tasks.map((task) => taskOf(task, home)) },
            meeting: { ...content, decisions: linesOf(decisions) },
          },
          { onSuccess: onDone },
        )
      }}
    >
      <ErrorSummary errors={errors} />
      <TextArea
        id="meeting-decisions"
        label={say('joint.meeting.decisions')}
        hint={say('joint.meeting.decisions-hint')}
        wrong={wrongOf('meeting-decisions')}
        value={decisions}
        onChange={(event) => setDecisions(event.target.value)}
      />
      {mayTask && (
        <fieldset>
          <legend>{say('joint.meeting.tasks')}</legend>
          <p className="hint">{say('joint.meeting.tasks-hint')}</p>
          <div className="party-rows">
            {tasks.map((task, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own, and only the last is added
              <fieldset key={at}>
                <legend>{say('joint.task-nth', { nth: at + 1 })}</legend>
                <TaskFields
                  task={task}
                  of={partyIds(joint)}
                  prefix={`action-${at}`}
                  wrongOf={wrongOf}
                  onChange={(next) => setTasks(tasks.map((one, place) => (place === at ? next : one)))}
                />
                <Button
                  kind="quiet"
                  label={say('joint.task-nth-remove', { nth: at + 1 })}
                  onPress={() => setTasks(tasks.filter((_, place) => place !== at))}
                >
                  {say('cases.remove')}
                </Button>
              </fieldset>
            ))}
          </div>
          <Button kind="second" onPress={() => setTasks([...tasks, NO_TASK])}>
            {say('joint.meeting.task-add')}
          </Button>
        </fieldset>
      )}
      <Note>
        <p>{say('joint.meeting-effect', { who: names(receivers(joint, me)) })}</p>
      </Note>
      <FormEnd act={set} does={say('joint.meeting-decide-do')} onCancel={onDone} />
    </form>
  )
}
