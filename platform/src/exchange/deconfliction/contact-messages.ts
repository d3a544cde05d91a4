/** The messages by which contact is made. Of the case nothing stands in them before it is revealed, not even in the header. */
import { ports as casework, type PolicyVersion } from '../../casework/index.ts'
import type { ActionContext, Json, Result } from '../../kernel/index.ts'
import { ports as desk, headerOf, type MessageDesk, type Queued } from '../desk/index.ts'
import type { ContactBody } from './contact.ts'

type Place = {
  readonly peer: string
  readonly exchange: string | null
  readonly handle: string
  readonly expiry: string
}

export async function say(
  context: ActionContext,
  type: string,
  { peer, exchange, handle, expiry }: Place,
  body: { readonly [name: string]: Json },
  caseId: string | null,
): Promise<Result<Queued>> {
  const policyVersion = context.port<PolicyVersion>(casework.policies).version
  // The same for every case, whatever it is for and however it is marked.
  const header = headerOf({
    purpose: 'criminal-proceedings',
    tlp: 'amber',
    mine: handle,
    policyVersion,
    language: 'en',
  })
  return context
    .port<MessageDesk>(desk.messages)
    .queue(context, { type, body, peer, exchange, caseId, header, deadline: laterOf(context.now, expiry) })
}

/** Told to whom nothing may be told, nothing is known, or nobody has answered: all three read alike. */
export function sayNothing(context: ActionContext, body: ContactBody, caseId: string | null): Promise<Result<Queued>> {
  return say(context, 'deconf.nohit', body, { handles: [body.handle] }, caseId)
}

const DAY = 86_400_000

/** What is said at the very end is still tried for a day. */
function laterOf(now: string, expiry: string): string {
  return new Date(Math.max(Date.parse(now) + DAY, Date.parse(expiry))).toISOString()
}

export async function reveal(context: ActionContext, body: ContactBody, caseId: string): Promise<Result<Queued>> {
  if (body.own === null) throw new Error('nothing was committed to')
  return say(context, 'deconf.reveal', body, { handle: body.handle, ...body.own }, caseId)
}
