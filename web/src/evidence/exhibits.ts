/** Exhibits and their custody as the node gives them; their shapes are those of platform/src/evidence/custody. */

import { useQuery } from '@tanstack/react-query'
import type {
  CustodyAct,
  CustodyEvent,
  CustodyState,
  Exhibit,
  ExhibitBody,
} from '../../../platform/src/evidence/custody/index.ts'
import { ask, useRead } from '../shared/node/node.tsx'

export type { CustodyAct, CustodyEvent, CustodyState }

export type ShownExhibit = Omit<Exhibit, 'salt'>
export type ListedExhibit = ShownExhibit & Pick<ExhibitBody, 'title' | 'fileName' | 'marking'>
export type ReadExhibit = ShownExhibit &
  ExhibitBody & {
    readonly version: number
    readonly custody: {
      readonly state: CustodyState
      readonly holder: string
      readonly recipient: string | null
      readonly seal: string
      readonly controlled: boolean
      readonly events: number
      readonly possible: readonly CustodyAct[]
    }
  }

/** Every exhibit of a case that its reader may see; numbers of others show as gaps. `null`: not asked yet. */
export function useExhibits(caseId: string | null) {
  return useQuery({
    queryKey: ['exhibitList', { caseId }, 'all'],
    enabled: caseId !== null,
    queryFn: async () => {
      const items: ListedExhibit[] = []
      let after: number | null = 0
      while (after !== null) {
        const page = (await ask('exhibitList', { caseId: caseId as string, after, limit: 100 })) as {
          readonly items: readonly ListedExhibit[]
          readonly next: number | null
        }
        items.push(...page.items)
        after = page.next
      }
      return items
    },
  })
}

export function useExhibit(exhibitId: string) {
  const read = useRead('exhibitRead', { exhibitId })
  return { ...read, data: read.data as ReadExhibit | undefined }
}

export function useCustody(exhibitId: string) {
  const read = useRead('custodyHistory', { exhibitId })
  return {
    ...read,
    data: read.data as { readonly events: readonly CustodyEvent[]; readonly flaws: readonly string[] } | undefined,
  }
}
