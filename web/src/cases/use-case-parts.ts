/** What an overview of a case is made of, each part asked for by itself: a part that is refused leaves the others. */
import { useQueries } from '@tanstack/react-query'
import { ask, type ItemOf, useAll, useRead } from '../shared/node/node.tsx'

export type RequestItem = ItemOf<'requestList'>
export type TaskItem = ItemOf<'taskList'>

export function useCaseParts(caseId: string) {
  const requests = useAll('requestList', { caseId })
  const traces = useAll('traceList', { caseId })
  const wallets = useAll('walletList', { caseId })
  const tasks = useAll('taskList', { caseId })
  const exhibits = useRead('exhibitList', { caseId, limit: 100 })
  const records = useQueries({
    queries: (traces.data?.items ?? []).map(({ id }) => ({
      queryKey: ['traceRead', { id }],
      queryFn: () => ask('traceRead', { id }),
    })),
  })
  return { requests, traces, wallets, tasks, exhibits, records }
}

/** How many exhibits a page of them has, and whether there are more. */
export function exhibitsIn(answer: unknown): { readonly count: number; readonly isMore: boolean } {
  const { items = [], next = null } = (answer ?? {}) as { items?: readonly unknown[]; next?: unknown }
  return { count: items.length, isMore: next !== null && next !== undefined }
}

/** States in which nothing more is awaited of anybody. */
const SETTLED = ['executed', 'reported', 'refused', 'withdrawn', 'lifted', 'handed-back', 'impossible']

export function isSettled({ request: { state } }: RequestItem): boolean {
  return SETTLED.includes(state)
}

export function titleOf({ request: { content, incoming } }: RequestItem): string {
  return incoming ? incoming.sender.authority : (content.recipients[0]?.authority ?? '')
}

/** Its deadline that comes first, of those that are known. */
export function nextDeadline({ request: { deadlines } }: RequestItem) {
  return deadlines
    .filter((one): one is typeof one & { due: string } => one.due !== null)
    .sort((a, b) => Date.parse(a.due) - Date.parse(b.due))[0]
}
