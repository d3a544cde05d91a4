/**
 * The figures of a joint case, from what was released to it and nothing else: counts, amounts by asset in base units, tasks, requests
 * and their clocks. A plain function of the released objects, so that two agencies that hold the same show the same.
 */
import { type Static, Type } from '@sinclair/typebox'
import { closed, Instant, nullable } from '../../casework/index.ts'
import { answerOf, type ObjectBody, shown } from './shared-object.ts'

const Count = Type.Integer({ minimum: 0 })
export const Dashboard = closed({
  objects: Type.Array(closed({ owner: Type.String(), kind: Type.String(), count: Count })),
  holdings: Type.Array(
    closed({
      asset: Type.String(),
      state: Type.String(),
      amount: Type.String({ description: 'Base units, digits only.' }),
    }),
  ),
  tasks: Type.Array(closed({ assignee: Type.String(), open: Count, overdue: Count, done: Count, declined: Count })),
  requests: Type.Array(
    closed({
      owner: Type.String(),
      to: Type.String(),
      requestType: Type.String(),
      state: Type.String(),
      due: nullable(Instant),
      overdue: Type.Boolean(),
    }),
  ),
  nextMeeting: nullable(Instant),
})
export type Dashboard = Static<typeof Dashboard>

/** `now` is an instant; what was withdrawn counts for nothing. */
export function dashboardOf(released: readonly ObjectBody[], now: string): Dashboard {
  const objects = shown(released)
  const passed = (due: string | null) => due !== null && Date.parse(due) <= Date.parse(now)
  const of = <K extends string>(kind: K) =>
    objects.flatMap((one) =>
      one.said.content.kind === kind
        ? [{ ...one, content: one.said.content as Extract<typeof one.said.content, { kind: K }> }]
        : [],
    )
  const counts = Map.groupBy(objects, ({ owner, said }) => `${owner} ${said.content.kind}`)
  const sums = Map.groupBy(of('holding'), ({ content }) => `${content.asset} ${content.state}`)
  const tasks = of('task').filter(({ content }) => !content.cancelled)
  const byAssignee = Map.groupBy(
    tasks.map((task) => ({ ...task, answer: answerOf(task, released) })),
    ({ content }) => content.assignee,
  )
  const coming = of('meeting')
    .filter(({ content }) => !content.cancelled && !passed(content.end))
    .map(({ content }) => content.start)
    .sort()
  return {
    objects: rows(counts, ([first, ...rest]) => ({
      owner: first.owner,
      kind: first.said.content.kind,
      count: rest.length + 1,
    })),
    holdings: rows(sums, (each) => ({
      asset: each[0].content.asset,
      state: each[0].content.state,
      amount: each.reduce((sum, { content }) => sum + BigInt(content.amount), 0n).toString(),
    })),
    tasks: rows(byAssignee, (each) => {
      const open = each.filter(({ answer }) => answer !== 'done' && answer !== 'declined')
      return {
        assignee: each[0].content.assignee,
        open: open.length,
        overdue: open.filter(({ content }) => passed(content.due)).length,
        done: each.filter(({ answer }) => answer === 'done').length,
        declined: each.filter(({ answer }) => answer === 'declined').length,
      }
    }),
    requests: of('request')
      .map(({ owner, content: { to, requestType, state, due } }) => ({
        owner,
        to,
        requestType,
        state,
        due,
        overdue: passed(due),
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    nextMeeting: coming[0] ?? null,
  }
}

/** One row for each group, in the order of its name: the order of arrival must not show. */
function rows<T, R>(groups: ReadonlyMap<string, readonly T[]>, row: (each: readonly [T, ...T[]]) => R): R[] {
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => row(each as unknown as readonly [T, ...T[]]))
}
