/** What waits in the cases of whoever looks: their requests and alarms, case by case. */
import { useQueries } from '@tanstack/react-query'
import { ask, type ItemOf, type ResultOf, useAll } from '../shared/node/node.tsx'

const MOST_CASES = 100
const MOST = 200

export type Request = ItemOf<'requestList'>
export type Alarm = ItemOf<'alarmList'>
export type Case = ItemOf<'caseList'>
export type KeyAct = ResultOf<'keyControlList'>[number] & { readonly caseId: string }

export type Work = {
  readonly cases: readonly Case[]
  readonly requests: readonly Request[]
  readonly alarms: readonly Alarm[]
  /** Acts on keys that wait for their second person, whoever that is. */
  readonly keyActs: readonly KeyAct[]
  readonly isPending: boolean
  /** Not everything was asked for: there are more cases, or more in one of them. */
  readonly isCut: boolean
  readonly titleOf: (caseId: string) => string
}

export function useWork(isWorking: boolean): Work {
  const list = useAll('caseList', isWorking ? {} : null)
  const cases = (list.data?.items ?? []).filter(({ case: one }) => !one.access.closed)
  const asked = [...cases].reverse().slice(0, MOST_CASES)
  const requests = useQueries({
    queries: asked.map(({ id: caseId }) => ({
      queryKey: ['requestList', { caseId, limit: MOST }],
      queryFn: () => ask('requestList', { caseId, limit: MOST }),
    })),
  })
  const alarms = useQueries({
    queries: asked.map(({ id: caseId }) => ({
      queryKey: ['alarmList', { caseId, limit: MOST }],
      queryFn: () => ask('alarmList', { caseId, limit: MOST }),
    })),
  })
  const keyActs = useQueries({
    queries: asked.map(({ id: caseId }) => ({
      queryKey: ['keyControlList', { caseId }],
      queryFn: () => ask('keyControlList', { caseId }),
    })),
  })
  return {
    cases: list.data?.items ?? [],
    requests: requests.flatMap(({ data }) => data?.items ?? []),
    alarms: alarms.flatMap(({ data }) => data?.items ?? []),
    keyActs: keyActs.flatMap(({ data }, at) =>
      (data ?? []).map((one) => ({ ...one, caseId: (asked[at] as (typeof asked)[number]).id })),
    ),
    isPending: isWorking && (list.isPending || requests.some(({ isPending }) => isPending)),
    isCut:
      list.data?.isCut === true ||
      cases.length > MOST_CASES ||
      [...requests, ...alarms].some(({ data, error }) => Boolean(data?.next) || Boolean(error)) ||
      keyActs.some(({ error }) => Boolean(error)),
    titleOf: (caseId) => list.data?.items.find(({ id }) => id === caseId)?.case.title ?? '',
  }
}
