/** Reading a case and writing its next version: what the acts on cases have in common. */
import {
  type ActionContext,
  type Event,
  type Json,
  type Outcome,
  ok,
  type Result,
  type Stored,
} from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import type { Changed } from './fields.ts'

/** The case of a question that the policies have allowed: it exists. */
export async function caseOf({ records }: ActionContext, caseId: string): Promise<Stored<CaseBody>> {
  const stored = await records.get<CaseBody>('case', caseId)
  if (!stored) throw new Error('a permitted case has no record')
  return stored
}

export type CaseAct = {
  readonly action: string
  readonly seen: number
  readonly body: CaseBody
  /** For the journal. */
  readonly said: Json
}

export async function putCase(
  { records }: ActionContext,
  caseId: string,
  { action, seen, body, said }: CaseAct,
): Promise<Result<Outcome<Changed>>> {
  const stored = await records.put<CaseBody>('case', caseId, body, {
    caseId,
    seen,
    refs: { member: body.access.members },
  })
  return ok({
    result: { id: caseId, version: stored.version },
    events: [did(action, 'case', caseId, caseId, said)],
  })
}

/** The fact that an action was done, for the journal, under the name of the action. */
export function did(action: string, of: string, id: string, caseId: string | null, body: Json): Event {
  return { name: action, of, id, caseId, body }
}
