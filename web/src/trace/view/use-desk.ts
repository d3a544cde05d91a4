/** The way from a screen to the desk of its trace: questions go to the worker, answers come back as promises. */
import { startTransition, useEffect, useMemo, useRef, useState } from 'react'
import { Refusal } from '../../shared/node/node.tsx'
import type { Problem } from '../../shared/request.ts'
import { openWorker } from '../../shared/worker.ts'
import type { Opened, Questions } from '../model/desk.ts'
import address from '../model/trace.worker.ts?worker&url'

export type Desk = <K extends keyof Questions>(what: K, input: Questions[K]['ask']) => Promise<Questions[K]['answer']>

type Said = { readonly number: number; readonly answer?: unknown; readonly problem?: Problem; readonly fault?: string }

export function startDesk(): { readonly ask: Desk; readonly close: () => void } {
  const worker = openWorker(address)
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: unknown) => void }>()
  let last = 0
  worker.onmessage = ({ data }: MessageEvent<Said>) => {
    const waiting = open.get(data.number)
    open.delete(data.number)
    if (!waiting) return
    if (data.problem) waiting.reject(new Refusal(data.problem))
    else if (data.fault !== undefined) waiting.reject(new Error(data.fault))
    else waiting.resolve(data.answer as never)
  }
  worker.onerror = ({ message }) => {
    for (const { reject } of open.values()) reject(new Error(message || 'worker'))
    open.clear()
  }
  return {
    ask: (what, input) =>
      new Promise((resolve, reject) => {
        last += 1
        open.set(last, { resolve, reject })
        worker.postMessage({ number: last, what, input })
      }),
    close: () => worker.terminate(),
  }
}

export type OpenDesk = {
  readonly ask: Desk | null
  readonly opened: Opened | null
  readonly error: unknown
  readonly again: () => void
}

export function useDesk(id: string): OpenDesk {
  const [state, setState] = useState<{ ask: Desk | null; opened: Opened | null; error: unknown }>({
    ask: null,
    opened: null,
    error: null,
  })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try begins anew
  useEffect(() => {
    setState({ ask: null, opened: null, error: null })
    let isOver = false
    let desk: ReturnType<typeof startDesk>
    try {
      desk = startDesk()
    } catch (error) {
      // A browser that lets no worker begin: said, instead of an empty screen.
      setState({ ask: null, opened: null, error })
      return
    }
    const { ask, close } = desk
    ask('open', { id }).then(
      (opened) => isOver || setState({ ask, opened, error: null }),
      (error) => isOver || setState({ ask: null, opened: null, error }),
    )
    return () => {
      isOver = true
      close()
    }
  }, [id, tries])
  return useMemo(() => ({ ...state, again: () => setTries((count) => count + 1) }), [state])
}

/** The answer to a question, asked anew when it changes; the last answer stays until the next is there. */
export function useAnswer<K extends keyof Questions>(
  ask: Desk | null,
  what: K,
  input: Questions[K]['ask'] | null,
): Questions[K]['answer'] | null {
  const [answer, setAnswer] = useState<Questions[K]['answer'] | null>(null)
  const key = JSON.stringify(input)
  const latest = useRef(input)
  latest.current = input
  useEffect(() => {
    let isOver = false
    const wanted = key === 'null' ? null : latest.current
    if (!ask || wanted === null) {
      setAnswer(null)
      return
    }
    ask(what, wanted).then(
      // Drawn in slices, between which clicks and keys are heard.
      (found) => isOver || startTransition(() => setAnswer(found)),
      () => isOver || setAnswer(null),
    )
    return () => {
      isOver = true
    }
  }, [ask, what, key])
  return answer
}
