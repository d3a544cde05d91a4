/** Every request of every case that the user may see, with what the tracker asks of each. */
import { useQueries } from '@tanstack/react-query'
import { ask, type ItemOf, useAll } from '../shared/node/node.tsx'
import { type Clock, nextClock } from './clocks.ts'

export type Item = ItemOf<'requestList'>
export type Row = {
  readonly item: Item
  readonly id: string
  readonly caseTitle: string
  readonly direction: 'out' | 'in'
  readonly country: string
  readonly partner: string
  readonly state: string
  readonly author: string
  readonly clock: Clock | null
}

const MOST_PER_CASE = 1000

export function useRequests() {
  const cases = useAll('caseList', {})
  const lists = useQueries({
    queries: (cases.data?.items ?? []).map((one) => ({
      queryKey: ['requestList', { caseId: one.id }, 'all', MOST_PER_CASE],
      queryFn: async () => {
        const items: Item[] = []
        let after: string | null = null
        do {
          const page: { items: readonly Item[]; next: string | null } = await ask('requestList', {
            ...{ caseId: one.id, limit: 200 },
            ...(after === null ? {} : { after }),
          })
          items.push(...page.items)
          after = page.next
        } while (after !== null && items.length < MOST_PER_CASE)
        return { rows: items.map((item) => rowOf(item, one.case.title)), isCut: after !== null }
      },
    })),
  })
  const failed = lists.find(({ error }) => error)
  return {
    data:
      cases.data && lists.every(({ data }) => data !== undefined)
        ? {
            rows: lists.flatMap(({ data }) => data?.rows ?? []),
            isCut: cases.data.isCut || lists.some(({ data }) => data?.isCut),
          }
        : undefined,
    error: cases.error ?? failed?.error ?? null,
    isPending: cases.isPending || lists.some(({ isPending }) => isPending),
    refetch: () => Promise.all([cases.refetch(), ...lists.map((one) => one.refetch())]),
  }
}

function rowOf(item: Item, caseTitle: string): Row {
  const { request } = item
  const { content, incoming } = request
  const asked = content.recipients.find(({ role }) => role === 'to') ?? content.recipients[0]
  return {
    ...{ item, id: item.id, caseTitle },
    direction: incoming ? 'in' : 'out',
    country: incoming?.sender.country ?? asked?.country ?? '',
    partner: incoming?.sender.authority ?? asked?.authority ?? '',
    state: request.state,
    author: request.author,
    clock: nextClock(request),
  }
}
