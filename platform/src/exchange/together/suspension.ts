/** A partner that has told of a breach: until a person here lifts it, only what puts things right goes to it and comes from it. */
import type { Records } from '../../kernel/index.ts'
import { refuse } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import { families } from '../wire/index.ts'

export const SUSPENSION = 'suspension'
export type SuspensionBody = {
  readonly peer: string
  readonly since: string
  /** What it has told: the message, and the exchange in which it is answered. */
  readonly incident: string
  readonly exchange: string
  readonly severity: 'low' | 'high' | 'critical'
  readonly what: string
  readonly exchanges: readonly string[]
  readonly keys: readonly string[]
  readonly lifted: { readonly by: string; readonly at: string; readonly reason: string } | null
}

/** What still goes: recalls, erasures, incidents, disputes and their answers. */
export function goesOn(type: string): boolean {
  return type in families.supervision
}

export async function isSuspended(records: Pick<Records, 'find'>, peer: string): Promise<boolean> {
  return (await records.find<SuspensionBody>(SUSPENSION, 'peer', peer)).some(({ body }) => body.lifted === null)
}

export function suspended(peer: string) {
  return refuse(
    'EXCHANGE_SUSPENDED',
    `The exchange with ${peer} is suspended: it has told of a breach of its security.`,
    {
      place: peer,
      fix: 'A senior official lifts it once it is known what happened: suspension.lift.',
    },
  )
}

/** The same takers, which take nothing of a partner that is suspended but what puts things right. */
export function whileNotSuspended(takers: readonly Taker[]): readonly Taker[] {
  return takers.map(({ types, take }) => ({
    types,
    take: async (context, message) => {
      const { from } = message.header
      if (!goesOn(message.type) && (await isSuspended(context.records, from))) return suspended(from)
      return take(context, message)
    },
  }))
}
