/** What a sender needs to know before it sends: whether it may, and until when delivery is tried. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { deliveryLimit, scopeToSend } from './message-types.ts'
import type { Scope } from './types/definition.ts'

/** `held`: the scopes that the directory gives the sender. An empty list is none, and nothing stands for all. */
export function checkScope(
  held: readonly string[],
  { type, openingType }: { readonly type: string; readonly openingType: string | null },
): Result<Scope> {
  const needed = scopeToSend(type, openingType)
  if (needed !== null && held.includes(needed)) return ok(needed)
  return refuse(
    'EXCHANGE_SCOPE',
    `The sender may not send ${type}${needed === null ? '' : `: it needs the scope ${needed}`}.`,
    {
      place: '/header/from',
      fix: 'Have the scope given in the directory, or let a member send it that has it.',
    },
  )
}

/** The deadline of a message whose sender states none, from the time at which it was made; null where there is no such type. */
export function usualDeadline(type: string, created: string): string | null {
  const limit = deliveryLimit(type)
  return limit === null ? null : new Date(Date.parse(created) + limit.hours * 3_600_000).toISOString()
}
