/** Carrying out an erasure that was ordered, and the proof of it. */
import { action, type Json, ok, refuse } from '../kernel/index.ts'
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
  run: async (context, { id }) => {
    const order = await context.records.get<ErasureOrder>(KIND, id)
    if (order?.body.state !== 'ordered')
      return refuse('ERASURE_STATE', 'No such erasure waits to be carried out.', { place: id })
    const { caseId } = order.body
    // A hold that came after the order still keeps the case. Where the key is gone already, there is none to be read.
    const holds = await holdsOf(context, caseId)
    if (holds.some(({ body }) => body.liftedAt === null)) return held(id)
    const { gone } = await context.port<Shredder>(ports.shredder).destroy(caseId)
    if (!gone) throw new Error(`the key of case ${caseId} is still there`)
    const body: ErasureOrder = { ...order.body, state: 'destroyed', destroyedAt: context.now }
    const { version } = await context.records.put(KIND, id, body, { caseId: null, seen: order.version })
    const proof = proofOf(id, body, approvalDigest)
    return ok({
      result: { id, version },
      events: [did('erasure.carry-out', 'case', caseId, null, proof as unknown as Json)],
    })
  },
})

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
