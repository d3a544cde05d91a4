/**
 * The node behind the app. Reads are kept and asked for anew when an event says that something changed; acts are sent once under a
 * key of their own. What the node refuses is a `Refusal` with its problem; whoever must first show to be there is asked to, once.
 */
import { QueryClient, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type NodeClient, nodeClient } from '../api.ts'
import type { Answer, Problem } from '../request.ts'
import { changeEvents } from './change-events.ts'
import { proveNow } from './security-key.ts'

export const node = nodeClient()

type Method = keyof NodeClient
export type InputOf<M extends Method> = NonNullable<Parameters<NodeClient[M]>[0]>
export type ResultOf<M extends Method> =
  Awaited<ReturnType<NodeClient[M]>> extends infer A ? (A extends { ok: true; value: infer V } ? V : never) : never

/** The node said no, and says why. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the node refuses it refuses again; a lost line is tried once more.
      retry: (count, error) => !(error instanceof Refusal) && count < 2,
      staleTime: 15_000,
      refetchOnWindowFocus: true,
    },
  },
})

export async function ask<M extends Method>(method: M, input: InputOf<M>, key?: string): Promise<ResultOf<M>> {
  const call = node[method] as (
    input: InputOf<M>,
    options?: { idempotencyKey?: string },
  ) => Promise<Answer<ResultOf<M>>>
  const answer = await call(input, key === undefined ? {} : { idempotencyKey: key })
  if (!answer.ok) {
    // The frame around every screen then says that the session has ended.
    if (answer.problem.code === 'NOT_SIGNED_IN') void queries.invalidateQueries({ queryKey: ['sessionRead'] })
    throw new Refusal(answer.problem)
  }
  return answer.value
}

/** What an action that reads answers; `null` as input: not asked yet. */
export function useRead<M extends Method>(method: M, input: InputOf<M> | null): UseQueryResult<ResultOf<M>> {
  return useQuery({
    queryKey: [method, input],
    queryFn: () => ask(method, input as InputOf<M>),
    enabled: input !== null,
  })
}

/** Every page of a list, up to `most` items; the node says with `next` that there is more. */
export function useAll<M extends Method>(method: M, input: InputOf<M> | null, most = 1000) {
  type Page = { readonly items: readonly unknown[]; readonly next?: string | null }
  return useQuery({
    queryKey: [method, input, 'all', most],
    enabled: input !== null,
    queryFn: async () => {
      const items: unknown[] = []
      let after: string | null | undefined
      do {
        const page = (await ask(method, { ...input, ...(after ? { after } : {}), limit: 200 } as never)) as Page
        items.push(...page.items)
        after = page.next
      } while (after && items.length < most)
      return { items: items as ItemOf<M>[], isCut: Boolean(after) }
    },
  })
}

export type ItemOf<M extends Method> = ResultOf<M> extends { readonly items: readonly (infer I)[] } ? I : never

/** An act of the user. `run` throws a `Refusal`; afterwards everything on the screen is asked for anew. */
export function useAct<M extends Method>(method: M) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: InputOf<M>) => act(method, input),
    onSettled: () => client.invalidateQueries(),
  })
}

/** Sends an act once; where the node asks for a fresh proof of who is there, the security key is asked, and it is sent again. */
export async function act<M extends Method>(method: M, input: InputOf<M>): Promise<ResultOf<M>> {
  const key = crypto.randomUUID()
  try {
    return await ask(method, input, key)
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.problem.code !== 'PROOF_NEEDED') throw thrown
    await proveNow()
    return ask(method, input, crypto.randomUUID())
  }
}

/** Asks for what is on the screen anew when the node tells of an event: many at once are one. */
export function useLive(isSignedIn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isSignedIn) return
    const stream = new EventSource('/v1/events')
    let waiting: ReturnType<typeof setTimeout> | undefined
    const heard = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        void client.invalidateQueries({ refetchType: 'active' })
      }, 250)
    }
    // Events bear the name of what happened; the stream has no way to hear all, so that the raw lines are heard.
    stream.onmessage = heard
    for (const name of changeEvents) stream.addEventListener(name, heard)
    return () => {
      stream.close()
      clearTimeout(waiting)
    }
  }, [client, isSignedIn])
}
