/** A partner that says that other orders concern what we have asked for: the procedure is opened in the case of our request. */
import {
  ports as casework,
  did,
  type LegalPort,
  newConflict,
  ORDER_CONFLICT,
  type OrderConflictBody,
} from '../../casework/index.ts'
import { type ActionContext, amber, ok, type Result } from '../../kernel/index.ts'
import { ports as desk, type MessageDesk, type Taken, type Taker } from '../desk/index.ts'
import type { Message } from '../wire/index.ts'

type Told = {
  readonly others: readonly {
    readonly authority: { readonly name: string; readonly country: string } | null
    readonly kind: string
  }[]
  readonly decision: string | null
}

async function take(context: ActionContext, message: Message): Promise<Result<Taken>> {
  const exchange = message.header.exchange ?? ''
  const known = await context.port<MessageDesk>(desk.messages).exchange(exchange)
  const kind = context
    .port<LegalPort>(casework.law)
    .conflicts()
    .find(({ id }) => id === 'told-by-partner')
  const home = known?.caseId == null ? null : await context.records.get('case', known.caseId)
  // Without a case, or in one that is erased, it lies in the inbox, where people look.
  if (!home || !known || known.caseId === null || !kind) return ok({ caseId: null, events: [] })
  const { others, decision } = message.body as Told
  const orders = others.map(({ authority }) => ({
    ...{ kind: 'told' as const, id: null, measure: null, exchange: null },
    party: authority ? `${authority.name}, ${authority.country}` : null,
  }))
  const words = [
    `${message.header.from} says: ${others.map((other) => other.kind).join('; ')}`,
    decision ?? 'Nothing is decided yet.',
  ]
  const about = words.join('. ').slice(0, 10_000)
  const body = newConflict(kind, { about, orders, marking: amber, author: 'node' }, context.now)
  const id = context.newId()
  const { caseId } = known
  await context.records.put<OrderConflictBody>(ORDER_CONFLICT, id, body, { caseId, seen: 0 })
  return ok({ caseId, events: [did('order-conflict.found', ORDER_CONFLICT, id, caseId, { kind: kind.id })] })
}

export const orderTakers: readonly Taker[] = [{ types: ['multi.order.info'], take }]
