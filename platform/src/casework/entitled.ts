/** Who may still answer for what they approved: they see the case and are at work, in the role in which they signed. */
import type { ActionContext } from '../kernel/index.ts'
import type { Approval } from './approvals.ts'
import { caseOf } from './case-acts.ts'

export async function rolesNow(
  context: ActionContext,
  caseId: string,
  approvals: readonly Approval[],
): Promise<ReadonlyMap<string, string>> {
  const { access } = (await caseOf(context, caseId)).body
  const inside = access.sealed ? access.sealedFor : access.members
  const roleByPerson = new Map<string, string>()
  for (const approverId of new Set(approvals.map((approval) => approval.approverId))) {
    if (!inside.includes(approverId)) continue
    const person = await context.records.get<{ role: string; suspended: boolean }>('person', approverId)
    if (person && !person.body.suspended) roleByPerson.set(approverId, person.body.role)
  }
  return roleByPerson
}
