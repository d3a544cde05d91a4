/** Whether a message may follow in the exchange that another one opened: its type, and the side that sends it. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { messageTypes, repliesTo } from './message-types.ts'

/** What is kept of an exchange: the type that opened it, and between whom. */
export type Exchange = { readonly type: string; readonly from: string; readonly to: string }

export function checkFollows(
  exchange: Exchange,
  message: { readonly type: string; readonly header: { readonly from: string; readonly to: string } },
): Result<null> {
  const { type, header } = message
  const side = header.from === exchange.from ? 'opener' : header.from === exchange.to ? 'addressee' : null
  const other = side === 'opener' ? exchange.to : exchange.from
  if (side === null || header.to !== other)
    return refuse('EXCHANGE_SENDER', 'The message is not between the two agencies of its exchange.', {
      place: '/header/from',
      fix: 'Open an exchange of your own.',
    })
  if (repliesTo.get(exchange.type)?.includes(type) !== true)
    return refuse('EXCHANGE_FOLLOWS', `${type} does not follow on ${exchange.type}.`, {
      place: '/payloadType',
      fix: 'See the table of replies in docs/spec/exchange.md.',
    })
  const by = messageTypes.get(type)?.by
  if (by !== 'either' && by !== side)
    return refuse('EXCHANGE_FOLLOWS', `${type} is not for the side that sent it to send.`, {
      place: '/header/from',
      fix: 'See the table of replies in docs/spec/exchange.md.',
    })
  return ok(null)
}
