/** What will be erased, when and why: shown before anything happens. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, action, ok, type Page, type Stored } from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import { caseOf } from './case-acts.ts'
import { ErasureBasis, type ErasureBody } from './erasure.ts'
import { CaseId, closed, Id, Instant, nullable, oneOf, Version } from './fields.ts'
import { holdsOf } from './holds.ts'
import { ports, type RetentionRules, type Shredder } from './ports.ts'
import { type RetentionPlan, retentionPlan } from './retention.ts'

const PlanView = closed({
  clocks: Type.Array(
    closed({
      ruleId: Type.String(),
      purpose: Type.String(),
      basis: Type.String({ description: 'The provision from which the period comes.' }),
      period: Type.String(),
      clockStart: oneOf(['opened', 'closed', 'last-change'], 'What starts the clock.'),
      state: oneOf(['waiting', 'stopped', 'running', 'due'], 'Where the clock stands.'),
      startedAt: nullable(Instant),
      dueAt: nullable(Instant),
    }),
  ),
  uncovered: Type.Array(Type.String(), { description: 'Purposes without a rule; they keep the case.' }),
  held: Type.Boolean(),
  eraseAfter: nullable(Instant),
  due: Type.Boolean(),
})

export async function planOf(context: ActionContext, kept: Stored<CaseBody>): Promise<RetentionPlan> {
  const { access, openedAt, closedAt } = kept.body
  const holds = await holdsOf(context, kept.id)
  const { lastChangeAt } = await context.port<Shredder>(ports.shredder).inventory(kept.id)
  return retentionPlan(
    { purposes: access.purposes, openedAt, closedAt, lastChangeAt: lastChangeAt ?? kept.at },
    context.port<RetentionRules>(ports.retention).rulesFor(access.purposes),
    holds.map(({ body }) => ({ from: body.placedAt, to: body.liftedAt })),
    context.now,
  )
}

const preview = action({
  name: 'retention.preview',
  summary: 'What of a case will be erased, when and on which basis',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: closed({
    plan: PlanView,
    // A count says that there is something: only those who may erase the whole are told how much there is of it.
    countByKind: nullable(Type.Record(Type.String(), Type.Integer())),
    proposal: nullable(
      closed(
        { id: Id, version: Version, proposedBy: Id, basis: ErasureBasis },
        'The proposal to erase the case that is open, for whoever may withdraw it.',
      ),
    ),
  }),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const plan = await planOf(context, await caseOf(context, caseId))
    const mayErase = await context.may({ right: 'eraseCase', subject: { type: 'case', id: caseId } })
    const inventory = mayErase ? await context.port<Shredder>(ports.shredder).inventory(caseId) : null
    const mayWithdraw = await context.may({ right: 'manageMembers', subject: { type: 'case', id: caseId } })
    const proposal = mayWithdraw ? await openProposal(context, caseId) : null
    const countByKind = inventory && { ...inventory.countByKind }
    return ok({ result: { plan: toView(plan), countByKind, proposal }, events: [] })
  },
})

/** The newest that is neither withdrawn nor ordered. */
async function openProposal({ records }: ActionContext, caseId: string) {
  let open: Stored<ErasureBody> | null = null
  for (let after: string | null = null; ; ) {
    const page: Page<Stored<ErasureBody>> = await records.list<ErasureBody>('erasure', { caseId, after, limit: 200 })
    for (const one of page.items) if (one.body.state === 'proposed') open = one
    if (page.next === null) break
    after = page.next
  }
  return open && { id: open.id, version: open.version, proposedBy: open.body.author, basis: open.body.basis }
}

const upcoming = action({
  name: 'retention.upcoming',
  summary: 'Your cases by the day on which they are to be erased, the next one first',
  kind: 'read',
  input: closed({}),
  output: Type.Array(closed({ caseId: Id, plan: PlanView })),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context) => {
    const found: { caseId: string; plan: RetentionPlan }[] = []
    for (const kept of await context.records.find<CaseBody>('case', 'member', context.actor.id)) {
      if (!(await context.may({ right: 'readCase', subject: { type: 'case', id: kept.id } }))) continue
      found.push({ caseId: kept.id, plan: await planOf(context, kept) })
    }
    const when = ({ plan }: { plan: RetentionPlan }) => plan.eraseAfter ?? '9999'
    found.sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a.caseId < b.caseId ? -1 : 1))
    return ok({ result: found.map(({ caseId, plan }) => ({ caseId, plan: toView(plan) })), events: [] })
  },
})

function toView({ clocks, uncovered, held, eraseAfter, due }: RetentionPlan) {
  return { clocks: clocks.map((clock) => ({ ...clock })), uncovered: [...uncovered], held, eraseAfter, due }
}

export const retentionActions = [preview, upcoming] as const
