/** The task list of a case: what its work consists of, and the tasks that people were given. The whole row is the link. */
import type { ReactNode } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Deadline, Words } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import type { CaseView } from './case-frame.tsx'
import { exhibitsIn, isSettled, type TaskItem, type useCaseParts } from './use-case-parts.ts'

export function CaseTasks({
  found,
  parts,
}: {
  readonly found: CaseView
  readonly parts: ReturnType<typeof useCaseParts>
}) {
  const say = useSay()
  const { id: caseId } = found
  const base = `/cases/${caseId}`
  const wallets = parts.wallets.data?.items.length ?? 0
  const traces = parts.traces.data?.items.length ?? 0
  const requests = parts.requests.data?.items ?? []
  const open = requests.filter((one) => !isSettled(one)).length
  const { count, isMore } = exhibitsIn(parts.exhibits.data)
  const tasks = [...(parts.tasks.data?.items ?? [])]
    .filter(({ content }) => content.done === null)
    .sort((a, b) => dueOf(a) - dueOf(b))
  const done = (parts.tasks.data?.items.length ?? 0) - tasks.length
  return (
    <Sheet
      title={say('cases.to-do')}
      actions={<WayLink to={`${base}/records?kind=task&add=true`}>{say('cases.add.task')}</WayLink>}
    >
      <Trouble error={parts.tasks.error} />
      <ul className="tasks">
        {tasks.map((task) => (
          <OwnTask key={task.id} task={task} base={base} />
        ))}
        <Step
          to={`${base}/intake`}
          name={say('cases.step.intake')}
          hint={say('cases.step.intake-hint', { count: wallets })}
          state={wallets > 0 ? 'done' : 'todo'}
        />
        <Step
          to={`${base}/evidence`}
          name={say('cases.step.evidence')}
          hint={say(isMore ? 'cases.step.evidence-more' : 'cases.step.evidence-hint', { count })}
          state={count > 0 ? 'done' : 'todo'}
        />
        <Step
          to={`${base}/traces`}
          name={say('cases.step.trace')}
          hint={say('cases.step.trace-hint', { count: traces })}
          state={traces > 0 ? 'done' : wallets > 0 ? 'todo' : 'later'}
        />
        <Step
          to={`${base}/requests/new`}
          name={say('cases.step.request')}
          hint={say('cases.step.request-hint', { count: open })}
          state={open > 0 ? 'running' : requests.length > 0 ? 'done' : traces > 0 ? 'todo' : 'later'}
        />
      </ul>
      {done > 0 && (
        <p className="small">
          <WayLink to={`${base}/records?kind=task`}>{say('cases.tasks-done', { count: done })}</WayLink>
        </p>
      )}
    </Sheet>
  )
}

function dueOf({ content: { due } }: TaskItem): number {
  return due === null ? Number.POSITIVE_INFINITY : Date.parse(due)
}

type State = 'todo' | 'running' | 'done' | 'later'

function Step({ to, name, hint, state }: { to: string; name: string; hint: ReactNode; state: State }) {
  const say = useSay()
  return (
    <li>
      <div>
        <WayLink className="whole" to={to}>
          {name}
        </WayLink>
        <p className="hint">{hint}</p>
      </div>
      <div className="state">
        {state === 'later' ? (
          <span className="soft small">{say('cases.state.later')}</span>
        ) : (
          <Status kind={state === 'done' ? 'done' : 'open'}>{say(`cases.state.${state}`)}</Status>
        )}
      </div>
    </li>
  )
}

function OwnTask({ task, base }: { readonly task: TaskItem; readonly base: string }) {
  const say = useSay()
  const zone = useRead('nodeRead', {}).data?.agency.timeZone ?? 'UTC'
  const { what, due, assignee } = task.content
  return (
    <li>
      <div>
        <WayLink className="whole" to={`${base}/records?kind=task`}>
          <Words>{what}</Words>
        </WayLink>
        <p className="hint">{assignee === null ? say('cases.nobody') : <PersonName id={assignee} />}</p>
        {due !== null && <Deadline due={due} zone={zone} rule={null} now={Date.now()} />}
      </div>
      <div className="state">{due === null && <Status kind="open">{say('cases.state.todo')}</Status>}</div>
    </li>
  )
}
