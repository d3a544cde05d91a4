/** Who works on a case, who leads it, and whom a seal leaves inside. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, ok, PersonId, type Result, refuse } from '../kernel/index.ts'
import { addMember, makeLead, removeMember, sealAccess } from './case.ts'
import { caseOf, putCase } from './case-acts.ts'
import { CaseId, Changed, closed, Seen, text } from './fields.ts'

const asks = ({ caseId }: { caseId: string }) =>
  ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }) as const

/** People whose office keeps them apart from cases: they run or oversee the node. */
const OUTSIDE_CASES: readonly string[] = ['administrator', 'auditor']

const add = action({
  name: 'case.member.add',
  summary: 'Add a person of this node to a case',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, personId: PersonId }),
  output: Changed,
  asks,
  run: async (context, { caseId, seen, personId }) => {
    const { body } = await caseOf(context, caseId)
    const eligible = await checkEligible(context, personId, body.access.training)
    if (!eligible.ok) return eligible
    const access = addMember(body.access, personId)
    if (!access.ok) return access
    return putCase(context, caseId, {
      action: 'case.member.add',
      seen,
      body: { ...body, access: access.value },
      said: { personId },
    })
  },
})

const remove = action({
  name: 'case.member.remove',
  summary: 'Take a person off a case',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, personId: PersonId }),
  output: Changed,
  asks,
  run: async (context, { caseId, seen, personId }) => {
    const { body } = await caseOf(context, caseId)
    const access = removeMember(body.access, personId)
    if (!access.ok) return access
    return putCase(context, caseId, {
      action: 'case.member.remove',
      seen,
      body: { ...body, access: access.value },
      said: { personId },
    })
  },
})

const lead = action({
  name: 'case.member.lead',
  summary: 'Make a member a lead, or hand over the lead from one member to another',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    seen: Seen,
    personId: PersonId,
    insteadOf: Type.Optional(PersonId),
  }),
  output: Changed,
  asks,
  run: async (context, { caseId, seen, personId, insteadOf = null }) => {
    const { body } = await caseOf(context, caseId)
    const access = makeLead(body.access, personId, insteadOf)
    if (!access.ok) return access
    return putCase(context, caseId, {
      action: 'case.member.lead',
      seen,
      body: { ...body, access: access.value },
      said: { personId, insteadOf },
    })
  },
})

const Order = text(500, 'The order of the court: authority, date and file number.')

const sealCase = action({
  name: 'case.seal',
  summary: 'Seal a case: only the members named here see it',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    seen: Seen,
    sealedFor: Type.Array(PersonId, { minItems: 1, maxItems: 200, uniqueItems: true }),
    order: Order,
  }),
  output: Changed,
  asks,
  run: async (context, { caseId, seen, sealedFor, order }) => {
    const { body } = await caseOf(context, caseId)
    const access = sealAccess(body.access, sealedFor)
    if (!access.ok) return access
    return putCase(context, caseId, {
      action: 'case.seal',
      seen,
      body: { ...body, access: access.value, reason: order },
      said: { sealedFor: [...sealedFor], order },
    })
  },
})

const unseal = action({
  name: 'case.unseal',
  summary: 'Lift the seal of a case',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, order: Order }),
  output: Changed,
  asks,
  run: async (context, { caseId, seen, order }) => {
    const { body } = await caseOf(context, caseId)
    if (!body.access.sealed) return refuse('CASE_NOT_SEALED', 'The case is not sealed.', { place: caseId })
    return putCase(context, caseId, {
      action: 'case.unseal',
      seen,
      body: { ...body, access: { ...body.access, sealed: false, sealedFor: [] }, reason: order },
      said: { order },
    })
  },
})

export async function checkEligible(
  { records }: ActionContext,
  personId: string,
  training: boolean,
): Promise<Result<null>> {
  const person = await records.get<{ role: string; suspended: boolean }>('person', personId)
  if (!person || person.body.suspended)
    return refuse('PERSON_UNKNOWN', 'There is no such person at work on this node.', { place: '/personId' })
  if (OUTSIDE_CASES.includes(person.body.role))
    return refuse('PERSON_OUTSIDE', 'Who runs or oversees the node does not work on its cases.', { place: '/personId' })
  if (person.body.role === 'training' && !training)
    return refuse('CASE_TRAINING', 'A trainee works on exercises only.', { place: '/personId' })
  return ok(null)
}

export const memberActions = [add, remove, lead, sealCase, unseal] as const
