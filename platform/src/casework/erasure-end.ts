/** Carrying out an erasure that was ordered, and the proof of it. */
import {
  action,
  type Event,
  type Json,
  ok,
  type Page,
  type Records,
  type Result,
  refuse,
  type Stored,
} from '../kernel/index.ts'
import { approvalDigest } from './approvals.ts'
import { did } from './case-acts.ts'
import { type ErasureOrder, ErasureOrder as ErasureOrderSchema, ErasureProof, proofOf } from './erasure.ts'
import { held } from './erasure-actions.ts'
import { Changed, Cursor, closed, DEFAULT_LIMIT, Id, Limit, pageOf, Version } from './fields.ts'
import { holdsOf } from './holds.ts'
import { ports, type Shredder } from './ports.ts'

const KIND = 'erasure-order'

/**
 * Destroys the key. Whoever asks only brings about what was decided, so that this needs no right of its own: the node asks
 * after each order and when it starts. Doing it again changes nothing.
 */
const carryOut = action({
  name: 'erasure.carry-out',
  summary: 'Carry out an erasure that was ordered: destroys the key of the case',
  kind: 'change',
  input: closed({ id: Id }),
  output: Changed,
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: ({ records, now, port }, { id }) => endErasure({ records, now, shredder: port<Shredder>(ports.shredder) }, id),
})

/** The same for the node itself, by the clock. Refused with ERASURE_STATE, ERASURE_HELD. */
export async function endErasure(
  work: { readonly records: Records; readonly now: string; readonly shredder: Shredder },
  id: string,
): Promise<
  Result<{ readonly result: { readonly id: string; readonly version: number }; readonly events: readonly Event[] }>
> {
  const order = await work.records.get<ErasureOrder>(KIND, id)
  if (order?.body.state !== 'ordered')
    return refuse('ERASURE_STATE', 'No such erasure waits to be carried out.', { place: id })
  const { caseId } = order.body
  // A hold that came after the order still keeps the case. Where the key is gone already, there is none to be read.
  const holds = await holdsOf(work, caseId)
  if (holds.some(({ body }) => body.liftedAt === null)) return held(id)
  const { gone } = await work.shredder.destroy(caseId)
  if (!gone) throw new Error(`the key of case ${caseId} is still there`)
  const body: ErasureOrder = { ...order.body, state: 'destroyed', destroyedAt: work.now }
  const { version } = await work.records.put(KIND, id, body, { caseId: null, seen: order.version })
  const proof = proofOf(id, body, approvalDigest)
  return ok({
    result: { id, version },
    events: [did('erasure.carry-out', 'case', caseId, null, proof as unknown as Json)],
  })
}

/** Ids of the orders that wait to be carried out. */
export async function orderedErasures(records: Records): Promise<readonly string[]> {
  const found: string[] = []
  for (let after: string | null = null; ; ) {
    const page: Page<Stored<ErasureOrder>> = await records.list<ErasureOrder>(KIND, { after, limit: 200 })
    found.push(...page.items.filter(({ body }) => body.state === 'ordered').map(({ id }) => id))
    if (page.next === null) return found
    after = page.next
  }
}

const proof = action({
  name: 'erasure.proof',
  summary:
    'The proof that a case was erased: what, by whom, when, under which key; for those who took part, and auditors',
  kind: 'read',
  input: closed({ id: Id }),
  output: ErasureProof,
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async ({ records, actor, may }, { id }) => {
    const order = await records.get<ErasureOrder>(KIND, id)
    const body = order?.body
    const tookPart = body && [body.proposedBy, body.orderedBy, ...body.approvers].includes(actor.id)
    const maySee = tookPart || (await may({ right: 'readOversight', subject: { type: 'node' } }))
    const found = body && maySee ? proofOf(id, body, approvalDigest) : null
    if (!found) return refuse('ERASURE_NO_PROOF', 'There is no such proof, or it is not for you.', { place: id })
    return ok({ result: found, events: [] })
  },
})

const list = action({
  name: 'erasure.list',
  summary: 'List the erasures of this node, ordered and carried out',
  kind: 'read',
  input: closed({ after: Cursor, limit: Limit }),
  output: pageOf(closed({ id: Id, version: Version, order: ErasureOrderSchema })),
  asks: () => ({ right: 'readOversight', subject: { type: 'node' } }),
  run: async ({ records }, { after = null, limit = DEFAULT_LIMIT }) => {
    const page = await records.list<ErasureOrder>(KIND, { after, limit })
    const items = page.items.map(({ id, version, body }) => ({ id, version, order: body }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

export const erasureEndActions = [carryOut, proof, list] as const
