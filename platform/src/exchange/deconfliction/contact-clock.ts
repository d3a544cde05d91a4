/** The end of the time of a contact. To a partner that has had no yes, the same is said whatever the reason was. */
import { did } from '../../casework/index.ts'
import type { ActionContext, Event, Stored } from '../../kernel/index.ts'
import { orStop } from '../../kernel/index.ts'
import { CONTACT, type ContactBody } from './contact.ts'
import { sayNothing } from './contact-messages.ts'

/** A yes that was given in time, and what follows on it, may still be on its way. */
const ON_ITS_WAY_MS = 86_400_000

function isOver({ side, state, expiry }: ContactBody, now: string): boolean {
  const grace = side === 'opener' || state === 'committed' ? ON_ITS_WAY_MS : 0
  return Date.parse(expiry) + grace <= Date.parse(now)
}

/** Those whose time is over, by their ids. */
export async function overdueContacts({
  records,
  now,
}: Pick<ActionContext, 'records' | 'now'>): Promise<readonly string[]> {
  const open = await records.find<ContactBody>(CONTACT, 'open', 'open')
  return open.filter(({ body }) => isOver(body, now)).map(({ id }) => id)
}

/** Ends one of them; answers with no event where somebody else has. */
export async function endContact(context: ActionContext, id: string): Promise<readonly Event[]> {
  const stored = await context.records.get<ContactBody>(CONTACT, id)
  if (!stored || !isOver(stored.body, context.now)) return []
  const { body, caseId, version } = stored
  const next = endOf(body)
  if (next === null) return []
  const events: Event[] = []
  if (next.tell) events.push(...orStop(await sayNothing(context, body, caseId)).events)
  await write(context, stored, version, { ...body, state: next.state })
  const alarm = next.state === 'withheld' ? { commitment: body.theirCommitment } : {}
  events.push(did(`deconfliction.contact.${next.state}`, CONTACT, id, caseId, { peer: body.peer, ...alarm }))
  return events
}

function endOf({
  side,
  state,
  revealed,
}: ContactBody): { readonly state: 'ended' | 'withheld'; readonly tell: boolean } | null {
  switch (state) {
    case 'waiting':
    case 'declined':
      return { state: 'ended', tell: side === 'addressee' }
    case 'committed':
      return { state: revealed ? 'withheld' : 'ended', tell: false }
    default:
      return null
  }
}

async function write({ records }: ActionContext, { id, caseId }: Stored<ContactBody>, seen: number, body: ContactBody) {
  await records.put<ContactBody>(CONTACT, id, body, { caseId, seen, refs: { exchange: body.exchange } })
}
