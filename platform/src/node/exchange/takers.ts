/** What each type of message does at this node, from every room. */
import { type Taker, takeIn } from '../../exchange/desk/index.ts'
import { requestTakers } from '../../exchange/requests/index.ts'
import { togetherTakers, urgentToDuty, whileNotSuspended } from '../../exchange/together/index.ts'
import { messageTypes } from '../../exchange/wire/index.ts'
import { ok } from '../../kernel/index.ts'
import { jointTakers } from '../../workflows/index.ts'
import type { MessageHandler } from './agency.ts'

/** Within so many minutes a sender of something urgent may hope that a person here has it. */
const URGENT_MINUTES = 60

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
export function messageHandlers(): ReadonlyMap<string, MessageHandler> {
  const takers = byType([...requestTakers, ...togetherTakers, ...jointTakers])
  const types = [...messageTypes.keys()]
  const take: Taker['take'] = (context, message) => takeIn(context, message, takers)
  // Of a partner that has told of a breach only what puts things right is taken; what is urgent goes to whoever is on duty, too.
  const [whole] = whileNotSuspended(urgentToDuty([{ types, take }], URGENT_MINUTES)) as readonly [Taker]
  const handler: MessageHandler = async (tx, message) => {
    const taken = await whole.take(tx.work.context(), message)
    if (!taken.ok) return taken
    for (const event of taken.value.events) tx.tell(event)
    return ok({ caseId: taken.value.caseId })
  }
  return new Map(types.map((type) => [type, handler]))
}
