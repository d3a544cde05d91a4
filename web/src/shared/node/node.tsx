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

/** What comes from other agencies belongs to no case yet, and the stream of events tells of cases only: it is looked for while it is shown. */
const LOOKED_FOR: ReadonlySet<Method> = new Set<Method>(['inboxList', 'callList', 'jointInvitations'])
const LOOK_MS = 10_000
const lookedFor = (method: Method) => (LOOKED_FOR.has(method) ? LOOK_MS : false)

/** What an action that reads answers; `null` as input: not asked yet. */
export function useRead<M extends Method>(method: M, input: InputOf<M> | null): UseQueryResult<ResultOf<M>> {
  return useQuery({
    queryKey: [method, input],
    queryFn: () => ask(method, input as InputOf<M>),
    refetchInterval: lookedFor(method),
    enabled: input !== null,
  })
}

/**
 * As `useRead`, with `null` where the node says by this code that there is nothing. A refusal is forgotten while it is asked for anew,
 * and with it whatever stood on the screen in its place; an answer stays.
 */
export function useReadOrNone<M extends Method>(method: M, input: InputOf<M>, code: string) {
  return useQuery({
    queryKey: [method, input, code],
    refetchInterval: lookedFor(method),
    queryFn: async (): Promise<ResultOf<M> | null> => {
      try {
        return await ask(method, input)
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.problem.code === code) return null
        throw thrown
      }
    },
  })
}

/** Every page of a list, up to `most` items; the node says with `next` that there is more. */
export function useAll<M extends Method>(method: M, input: InputOf<M> | null, most = 1000) {
  type Page = { readonly items: readonly unknown[]; readonly next?: string | null }
  return useQuery({
    queryKey: [method, input, 'all', most],
    refetchInterval: lookedFor(method),
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

/** An act of its user, under a key of its own. Where their security key was shown too long ago, it is shown again (`withProof`). */
export function act<M extends Method>(method: M, input: InputOf<M>): Promise<ResultOf<M>> {
  return withProof(() => ask(method, input, crypto.randomUUID()))
}

/** The policies let a proof count for five minutes; with less than half a minute left it is made anew. */
const PROOF_MS = 270_000

/** Whether grave acts are still let through for long enough to act, by the clock of the node. */
export function isProvenLately({ now, provenAt }: { readonly now: number; readonly provenAt: number }): boolean {
  return now - provenAt <= PROOF_MS
}

/** Does it; where it is not permitted and the proof is old, once more with a new one: the node does not say which of the two it was. */
export async function withProof<T>(does: () => Promise<T>): Promise<T> {
  try {
    return await does()
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.problem.code !== 'NOT_PERMITTED') throw thrown
    const { session } = await ask('sessionRead', {})
    if (session === null || isProvenLately(session)) throw thrown
    await proveNow()
    return does()
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
