/** One verification at a time, in a worker that is ended with it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Verdict } from '../../../../platform/src/evidence/index.ts'
import { openWorker } from '../../shared/worker.ts'
import type { NoBundle } from './dropped-bundle.ts'
import { pathOf } from './file-path.ts'
import type { CheckedDossier } from './judge-file.ts'
import type { Asked, Told } from './verify.worker.ts'
import url from './verify.worker.ts?worker&url'

export type FailureId = NoBundle['id'] | 'verify.policy-wrong' | 'verify.roots-wrong' | 'verify.fault'

export type Verifying =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'failed'; readonly id: FailureId; readonly reason: string }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly name: string }
  | { readonly kind: 'dossier'; readonly dossier: CheckedDossier; readonly name: string }

export function useVerifying() {
  const [state, setState] = useState<Verifying>({ kind: 'idle' })
  const worker = useRef<Worker | null>(null)
  const end = useCallback(() => {
    worker.current?.terminate()
    worker.current = null
  }, [])
  useEffect(() => end, [end])
  const verify = useCallback(
    (asked: Asked) => {
      end()
      const [first] = asked.files
      const name = (first ? pathOf(first) : '').split('/')[0] ?? ''
      setState({ kind: 'busy', bytes: 0, of: 0 })
      const own = openWorker(url)
      worker.current = own
      const fail = (id: FailureId, reason: string) => {
        setState({ kind: 'failed', id, reason })
        end()
      }
      own.onerror = ({ message }) => fail('verify.fault', message)
      own.onmessage = ({ data }: MessageEvent<Told>) => {
        switch (data.kind) {
          case 'progress':
            return setState({ kind: 'busy', bytes: data.bytes, of: data.of })
          case 'refused':
            return fail(data.what === 'policy' ? 'verify.policy-wrong' : 'verify.roots-wrong', data.refusal.message)
          case 'no-bundle':
            return fail(data.id, data.reason)
          case 'fault':
            return fail('verify.fault', data.reason)
          case 'dossier':
            setState({ kind: 'dossier', dossier: data.dossier, name })
            return end()
          case 'verdict':
            setState({ kind: 'done', verdict: data.verdict, name })
            return end()
        }
      }
      own.postMessage(asked)
    },
    [end],
  )
  const forget = useCallback(() => {
    end()
    setState({ kind: 'idle' })
  }, [end])
  return { state, verify, forget }
}
