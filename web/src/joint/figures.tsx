/** The figures of a joint case: of what was released to it and whoever looks may see, and of nothing else. */
import { MemberName } from '../inbox/names.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Empty, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import { HoldingAmount } from './holding-amount.tsx'
import type { Joint } from './joint-parts.ts'

type Dashboard = ResultOf<'jointDashboard'>

export function Figures({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const read = useRead('jointDashboard', { id: joint.id })
  return (
    <Sheet title={say('joint.figures')}>
      <Shown read={read}>
        {(figures) =>
          figures.objects.length === 0 ? (
            <Empty title={say('joint.figures-none')}>
              <p>{say('joint.figures-none-text')}</p>
            </Empty>
          ) : (
            <div className="figures">
              <Holdings rows={figures.holdings} />
              <Tasks rows={figures.tasks} />
              <Requests rows={figures.requests} />
              <Objects rows={figures.objects} />
              <p>
                {say('joint.next-meeting')}{' '}
                {figures.nextMeeting === null ? say('joint.no-meeting') : <Instant at={figures.nextMeeting} />}
              </p>
              <p className="small soft">{say('joint.figures-basis')}</p>
            </div>
          )
        }
      </Shown>
    </Sheet>
  )
}

function Holdings({ rows }: { readonly rows: Dashboard['holdings'] }) {
  const say = useSay()
  if (rows.length === 0) return null
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('joint.figures.holdings')}</caption>
        <tbody>
          {rows.map(({ asset, state, amount }) => (
            <tr key={`${asset} ${state}`}>
              <th scope="row">{say(`joint.holding.${state as 'frozen'}`)}</th>
              <td data-align="end">
                <HoldingAmount asset={asset} amount={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Tasks({ rows }: { readonly rows: Dashboard['tasks'] }) {
  const say = useSay()
  if (rows.length === 0) return null
  const heads = ['open', 'overdue', 'done', 'declined'] as const
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('joint.figures.tasks')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('joint.agency')}</th>
            {heads.map((head) => (
              <th scope="col" key={head} data-align="end">
                {say(`joint.figures.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.assignee}>
              <th scope="row">
                <MemberName id={row.assignee} />
              </th>
              {heads.map((head) => (
                <td key={head} data-align="end">
                  {head === 'overdue' && row.overdue > 0 ? <Status kind="bad">{row.overdue}</Status> : row[head]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Requests({ rows }: { readonly rows: Dashboard['requests'] }) {
  const { say, knows } = useSpeech()
  const codes = useCodes()
  if (rows.length === 0) return null
  const stateOf = (state: string) => {
    const id = `cases.request-state.${state}`
    return knows(id) ? say(id) : state
  }
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('joint.figures.requests')}</caption>
        <thead>
          <tr>
            {(['joint.agency', 'joint.request', 'joint.request-to', 'joint.stands', 'joint.due'] as const).map(
              (head) => (
                <th scope="col" key={head}>
                  {say(head)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ owner, to, requestType, state, due, overdue }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: figures have no ids, and are replaced together
            <tr key={at}>
              <td>
                <MemberName id={owner} />
              </td>
              <td>{codes.name(requestType)}</td>
              <td>
                <Words>{to}</Words>
              </td>
              <td>{stateOf(state)}</td>
              <td>
                {due !== null && <Instant at={due} />}{' '}
                {overdue && <Status kind="bad">{say('deadline.overdue')}</Status>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Objects({ rows }: { readonly rows: Dashboard['objects'] }) {
  const say = useSay()
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('joint.figures.objects')}</caption>
        <tbody>
          {rows.map(({ owner, kind, count }) => (
            <tr key={`${owner} ${kind}`}>
              <th scope="row">
                <MemberName id={owner} />
              </th>
              <td>{say(`joint.shares.${kind as 'task'}`)}</td>
              <td data-align="end">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
