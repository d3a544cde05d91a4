/** What is open between agencies: of a case for those who write to others in it, of the node for those who speak for the agency. */
import { useRead } from '../shared/node/node.tsx'
import type { Kind, Matter } from './matter.ts'

/** policies/roles.cedar: case-officers-write-to-other-agencies-of-their-cases. */
const WRITERS: readonly string[] = ['investigator', 'prosecutor', 'liaison-officer', 'senior-official']
/** policies/roles.cedar: points-of-contact-are-answered-by-those-who-speak-for-the-agency. */
const SPEAKERS: readonly string[] = ['liaison-officer', 'prosecutor', 'senior-official']
/** policies/roles.cedar: requests-of-others-are-decided-by-those-who-answer-for-them. */
const DECIDERS: readonly string[] = ['prosecutor', 'judge', 'senior-official', 'liaison-officer', 'compliance-officer']
/** policies/roles.cedar: case-officers-change-records; of those who may see a breach. */
const RECORDERS: readonly string[] = ['investigator', 'prosecutor', 'liaison-officer']

export function useRole() {
  const role = useRead('sessionRead', {}).data?.session?.role ?? ''
  return {
    writes: WRITERS.includes(role),
    speaks: SPEAKERS.includes(role),
    decides: DECIDERS.includes(role),
    records: RECORDERS.includes(role),
    lifts: role === 'senior-official',
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
