/** Adds many records to a case, one by one: says how far it is, and which the node refused and why. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { act, type InputOf, Refusal } from '../shared/node/node.tsx'

export type Adding = {
  readonly method: 'walletAdd' | 'eventAdd' | 'victimAdd' | 'noteAdd'
  readonly content: unknown
  /** How it is called where it was refused. */
  readonly name: string
}
export type Kept = {
  readonly total: number
  readonly done: number
  readonly refused: readonly { readonly name: string; readonly why: string }[]
  readonly isBusy: boolean
}

export function useKeep(caseId: string) {
  const client = useQueryClient()
  const [kept, setKept] = useState<Kept | null>(null)
  const [error, setError] = useState<unknown>(null)
  const keep = async (all: readonly Adding[]) => {
    let done = 0
    const refused: { name: string; why: string }[] = []
    const tell = (isBusy: boolean) => setKept({ total: all.length, done, refused: [...refused], isBusy })
    setError(null)
    tell(true)
    try {
      for (const { method, content, name } of all) {
        try {
          await act(method, { caseId, basis: 'fact', content } as InputOf<typeof method>)
          done++
        } catch (thrown) {
          if (!(thrown instanceof Refusal)) throw thrown
          refused.push({ name, why: thrown.problem.detail })
        }
        tell(true)
      }
    } catch (thrown) {
      setError(thrown)
    } finally {
      tell(false)
      // Not waited for: what is kept is kept, and its draft goes at once.
      void client.invalidateQueries()
    }
    return refused.length === 0
  }
  return { kept, keep, error, isBusy: kept?.isBusy ?? false }
}
