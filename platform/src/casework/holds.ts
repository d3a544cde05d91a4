/** Legal holds: while one stands, the clocks of a case stand still and nothing of it is erased. */
import { type Static, Type } from '@sinclair/typebox'
import { type ActionContext, action, amber, Marking, ok, refuse, type Stored } from '../kernel/index.ts'
import { did } from './case-acts.ts'
import {
  CaseId,
  Changed,
  Cursor,
  closed,
  DEFAULT_LIMIT,
  Id,
  Instant,
  Limit,
  nullable,
  pageOf,
  Seen,
  text,
} from './fields.ts'
import { everyRecord, readablePage } from './listing.ts'

const HoldBody = closed({
  authority: text(300, 'Who has ordered the hold.'),
  reason: text(2000, 'Why the case must be kept, as a pending remedy or a claim.'),
  placedAt: Instant,
  placedBy: Id,
  liftedAt: nullable(Instant),
  liftedBy: nullable(Id),
  liftReason: nullable(Type.String()),
  marking: Marking,
  author: Id,
})
export type HoldBody = Static<typeof HoldBody>

/** Holds belong to those who lead the case; they are placed on closed cases too, which nobody may edit. */
const asksLead = ({ caseId }: { caseId: string }) =>
  ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }) as const

const place = action({
  name: 'hold.place',
  summary: 'Place a legal hold: the case is kept, whatever its periods say',
  kind: 'change',
  input: closed({ caseId: CaseId, authority: HoldBody.properties.authority, reason: HoldBody.properties.reason }),
  output: Changed,
  asks: asksLead,
  run: async ({ records, newId, actor, now }, { caseId, authority, reason }) => {
    const body: HoldBody = {
      authority,
      reason,
      placedAt: now,
      placedBy: actor.id,
      liftedAt: null,
      liftedBy: null,
      liftReason: null,
      marking: amber,
      author: actor.id,
    }
    const { id, version } = await records.put('hold', newId(), body, { caseId, seen: 0 })
    return ok({ result: { id, version }, events: [did('hold.place', 'hold', id, caseId, { authority, reason })] })
  },
})

const lift = action({
  name: 'hold.lift',
  summary: 'Lift a legal hold: the clocks go on from where they stood',
  kind: 'change',
  input: closed({ caseId: CaseId, id: Id, seen: Seen, reason: text(2000, 'Why it is needed no more.') }),
  output: Changed,
  asks: asksLead,
  run: async ({ records, actor, now }, { caseId, id, seen, reason }) => {
    const hold = await records.get<HoldBody>('hold', id)
    if (!hold || hold.caseId !== caseId || hold.body.liftedAt !== null)
      return refuse('HOLD_UNKNOWN', 'There is no such hold on the case that could be lifted.', { place: '/id' })
    const body: HoldBody = { ...hold.body, liftedAt: now, liftedBy: actor.id, liftReason: reason }
    const { version } = await records.put('hold', id, body, { caseId, seen })
    return ok({ result: { id, version }, events: [did('hold.lift', 'hold', id, caseId, { reason })] })
  },
})

const list = action({
  name: 'hold.list',
  summary: 'List the legal holds of a case, those that were lifted among them',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(closed({ id: Id, version: Seen, hold: HoldBody })),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<HoldBody>(context, 'hold', caseId, { after, limit })
    const items = page.items.map(({ id, version, body }) => ({ id, version, hold: body }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export async function holdsOf(
  context: Pick<ActionContext, 'records'>,
  caseId: string,
): Promise<readonly Stored<HoldBody>[]> {
  return everyRecord<HoldBody>(context, 'hold', caseId)
}

export const holdActions = [place, lift, list] as const
