/** A task for an agency of a joint case: what, who of it, until when in which zone. A task that exists gets its next version. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { FormEnd } from '../shared/ui/parts.tsx'
import { AgencySelect } from './agency-select.tsx'
import type { Joint, Saying } from './joint-parts.ts'
import { useChecked } from './use-checked.ts'
import { useHomeZone, ZoneSelect } from './zone-select.tsx'
import { instantIn, localIn } from './zoned.ts'

export type TaskInput = InputOf<'jointTaskSet'>['task']
/** As a form has it: the moment is a wall clock. */
export type TaskDraft = {
  readonly what: string
  readonly about: string
  readonly assignee: string
  readonly personRole: string
  readonly due: string
  /** Empty: that of this agency. */
  readonly zone: string
}
export const NO_TASK: TaskDraft = { what: '', about: '', assignee: '', personRole: '', due: '', zone: '' }

/** `home`: the zone of a draft that names none yet. */
export function taskOf({ what, about, assignee, personRole, due, ...draft }: TaskDraft, home: string): TaskInput {
  const zone = draft.zone || home
  return {
    ...{ what: what.trim(), assignee, personRole: personRole.trim(), zone },
    about: about.trim() === '' ? null : about.trim(),
    due: due === '' ? null : instantIn(zone, due),
  }
}

/** The fields that a task must have, for the check of its form. */
export function useTaskToFill() {
  const say = useSay()
  return (prefix: string, task: TaskDraft) =>
    (['what', 'assignee', 'personRole'] as const).map(
      (name) => [`${prefix}-${name}`, say(`joint.task.${name}`), task[name]] as const,
    )
}

export function partyIds({ list }: Joint): readonly string[] {
  return list.parties.filter(({ state }) => state === 'accepted').map(({ agency }) => agency)
}

export function TaskFields({
  task,
  of,
  prefix,
  wrongOf,
  onChange,
}: {
  readonly task: TaskDraft
  readonly of: readonly string[]
  readonly prefix: string
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (task: TaskDraft) => void
}) {
  const say = useSay()
  const home = useHomeZone()
  const text = (name: 'what' | 'personRole') => (
    <TextField
      id={`${prefix}-${name}`}
      label={say(`joint.task.${name}`)}
      wrong={wrongOf(`${prefix}-${name}`)}
      maxLength={name === 'what' ? 500 : 100}
      value={task[name]}
      onChange={(event) => onChange({ ...task, [name]: event.target.value })}
    />
  )
  return (
    <>
      {text('what')}
      <TextArea
        label={say('cases.optional', { label: say('joint.task.about') })}
        rows={2}
        value={task.about}
        onChange={(event) => onChange({ ...task, about: event.target.value })}
      />
      <AgencySelect
        id={`${prefix}-assignee`}
        label={say('joint.task.assignee')}
        wrong={wrongOf(`${prefix}-assignee`)}
        of={of}
        value={task.assignee}
        onChange={(assignee) => onChange({ ...task, assignee })}
      />
      {text('personRole')}
      <div className="fields-2">
        <TextField
          label={say('cases.optional', { label: say('joint.task.due') })}
          type="datetime-local"
          value={task.due}
          onChange={(event) => onChange({ ...task, due: event.target.value })}
        />
        <ZoneSelect value={task.zone || home} onChange={(zone) => onChange({ ...task, zone })} />
      </div>
    </>
  )
}

export function TaskForm({
  joint,
  task,
  onDone,
}: {
  readonly joint: Joint
  readonly task?: Saying<'task'>
  readonly onDone: () => void
}) {
  const say = useSay()
  const home = useHomeZone()
  const set = useAct('jointTaskSet')
  const [draft, setDraft] = useState<TaskDraft>(() => draftOf(task))
  const { errors, wrongOf, isRight } = useChecked()
  const toFill = useTaskToFill()
  return (
    <form
      noValidate
      aria-label={say(task ? 'joint.task-change' : 'joint.task-give')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRight(toFill('task', draft))) return
        set.mutate(
          { id: joint.id, task: taskOf(draft, home), ...(task ? { object: task.id } : {}) },
          { onSuccess: onDone },
        )
      }}
    >
      <ErrorSummary errors={errors} />
      <TaskFields task={draft} of={partyIds(joint)} prefix="task" wrongOf={wrongOf} onChange={setDraft} />
      <FormEnd act={set} does={say(task ? 'joint.task-change-do' : 'joint.task-give-do')} onCancel={onDone} />
    </form>
  )
}

function draftOf(task: Saying<'task'> | undefined): TaskDraft {
  if (!task) return NO_TASK
  const { what, about, assignee, personRole, due, zone } = task.content
  return { what, about: about ?? '', assignee, personRole, due: due === null ? '' : localIn(zone, due), zone }
}
