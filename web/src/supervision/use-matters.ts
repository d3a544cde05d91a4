/** What is open between agencies: of a case for those who write to others in it, of the node for those who speak for the agency. */
import { useRead } from '../shared/node/node.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import type { Kind, Matter } from './matter.ts'

export function useRole() {
  const role = useRead('sessionRead', {}).data?.session?.role ?? ''
  return {
    writes: mayEver('correspond', role),
    speaks: mayEver('liaise', role),
    decides: mayEver('decideRequest', role),
    // A breach is shown to those who write to other agencies.
    records: mayEver('correspond', role) && mayEver('editRecord', role),
    lifts: mayEver('liftSuspension', role),
  }
}

/** `caseId` null: what belongs to no case, and requests to erase. Others than those who may see it are not asked for in vain. */
export function useMatters(caseId: string | null) {
  const { writes, speaks } = useRole()
  const isAsked = caseId === null ? speaks : writes
  const read = useRead('supervisionList', isAsked ? (caseId === null ? {} : { caseId }) : null)
  return { ...read, data: read.data as readonly Matter[] | undefined, isAsked }
}

export function ofKind<K extends Kind>(matters: readonly Matter[], kind: K): readonly Matter<K>[] {
  return matters.filter((one) => one.kind === kind) as unknown as readonly Matter<K>[]
}
