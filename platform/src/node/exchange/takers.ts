/** What each type of message does at this node, from every room. */
import { type Taker, takeIn } from '../../exchange/desk/index.ts'
import { orderTakers } from '../../exchange/orders/index.ts'
import { requestTakers } from '../../exchange/requests/index.ts'
import { messageTypes } from '../../exchange/wire/index.ts'
import { ok } from '../../kernel/index.ts'
import type { MessageHandler } from './agency.ts'

/** Two rooms cannot both say what one type does. */
function byType(takers: readonly Taker[]): ReadonlyMap<string, Taker['take']> {
  const found = new Map<string, Taker['take']>()
  for (const { types, take } of takers)
    for (const type of types) {
      if (found.has(type)) throw new Error(`two takers for ${type}`)
      found.set(type, take)
    }
  return found
}

/** Every type of the catalogue is taken: what does nothing by itself is put where people find it. */
export function messageHandlers(more: readonly Taker[] = []): ReadonlyMap<string, MessageHandler> {
  const takers = byType([...requestTakers, ...orderTakers, ...more])
  const handler: MessageHandler = async (tx, message) => {
    const taken = await takeIn(tx.work.context(), message, takers)
    if (!taken.ok) return taken
    for (const event of taken.value.events) tx.tell(event)
    return ok({ caseId: taken.value.caseId })
  }
  return new Map([...messageTypes.keys()].map((type) => [type, handler]))
}
