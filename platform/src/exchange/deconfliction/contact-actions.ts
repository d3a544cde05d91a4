/** Contact after a hit: somebody else than who asked decides that the partner is told, and a person of the partner decides to answer. */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  Changed,
  Cursor,
  closed,
  DEFAULT_LIMIT,
  did,
  Id,
  Limit,
  pageOf,
  readablePage,
  Seen,
} from '../../casework/index.ts'
import { type ActionContext, action, bytesToHex, type Event, ok, type Result, refuse } from '../../kernel/index.ts'
import { ports as desk, type MessageDesk } from '../desk/index.ts'
import { HIT, type HitBody } from './comparison.ts'
import { CONTACT, type ContactBody, ContactView, commitmentTo, Told } from './contact.ts'
import { reveal, say } from './contact-messages.ts'
import { isComparable } from './watch-actions.ts'

const HOUR = 3_600_000
const EVENTS = ['message.queued'] as const

const contact = action({
  name: 'deconfliction.contact',
  summary: 'Tell a partner, by a handle alone, that both of you are after the same; not by whoever asked',
  kind: 'change',
  events: ['deconfliction.contact', ...EVENTS],
  input: closed({
    hit: Id,
    ...Told.properties,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 28, description: 'How long it is open; 7 if not given.' })),
  }),
  output: Changed,
  // The policies let nobody approve what they are the author of: who asked is the author of the hit.
  asks: ({ hit }) => ({ right: 'approveRequest', subject: { type: 'record', kind: HIT, id: hit } }),
  run: async (context, { hit: id, caseRef, contact, days = 7 }) => {
    const { records, now, newId, random, actor } = context
    const hit = await records.get<HitBody>(HIT, id)
    if (!hit || hit.caseId === null) throw new Error('a permitted hit has no record')
    if (hit.body.author === actor.id) throw new Error('who asked may not decide that the partner is told')
    const mayBe = await isComparable(context, hit.caseId)
    if (!mayBe.ok) return mayBe
    const [before] = await records.find<ContactBody>(CONTACT, 'hit', id)
    if (before)
      return refuse('EXCHANGE_DECONFLICTION_CONTACT', 'The partner was told of this already.', {
        place: '/hit',
        fix: 'Read what came of it: deconfliction.contacts.',
      })
    const { peer, handle, run, epoch, item, marking } = hit.body
    const own = { caseRef, contact, salt: bytesToHex(random(32)) }
    const me = context.port<MessageDesk>(desk.messages).me
    const expiry = new Date(Date.parse(now) + days * 24 * HOUR).toISOString()
    const commitment = commitmentTo({ agency: me, run, handle }, own)
    const opening = { run, epoch, handle, commitment, expiry }
    const queued = await say(context, 'deconf.contact', { peer, exchange: null, handle, expiry }, opening, hit.caseId)
    if (!queued.ok) return queued
    const contactId = newId()
    const { exchange } = queued.value
    const body: ContactBody = {
      ...{ side: 'opener', peer, exchange, handle, run, epoch, item, state: 'waiting', expiry, own },
      ...{ revealed: false, theirCommitment: null, theirs: null, marking, author: actor.id, by: actor.id },
    }
    const refs = { exchange, open: 'open', hit: id }
    const { version } = await records.put<ContactBody>(CONTACT, contactId, body, { caseId: hit.caseId, seen: 0, refs })
    const said = { peer, handle, expiry }
    return ok({
      result: { id: contactId, version },
      events: [did('deconfliction.contact', CONTACT, contactId, hit.caseId, said), ...queued.value.events],
    })
  },
})

const consent = action({
  name: 'deconfliction.consent',
  summary: 'Say whether your side answers a partner that is after the same; no is never told, the time just ends',
  kind: 'change',
  events: ['deconfliction.consent', ...EVENTS],
  input: closed({
    id: Id,
    seen: Seen,
    answer: Type.Union([
      closed({ consents: Type.Literal(false) }),
      closed({
        consents: Type.Literal(true),
        ...Told.properties,
        first: Type.Union([Type.Literal('opener'), Type.Literal('addressee')], {
          description: 'Who reveals first. The second has the advantage of silence.',
        }),
      }),
    ]),
  }),
  output: Changed,
  asks: ({ id }) => ({ right: 'decideRequest', subject: { type: 'record', kind: CONTACT, id } }),
  run: async (context, { id, seen, answer }) => {
    const before = await context.records.get<ContactBody>(CONTACT, id)
    if (!before || before.caseId === null) throw new Error('a permitted contact has no record')
    const { body, caseId } = before
    const isOpen = body.side === 'addressee' && body.state === 'waiting' && body.expiry > context.now
    if (!isOpen)
      return refuse('EXCHANGE_DECONFLICTION_CONTACT', 'There is nothing here that could still be answered.', {
        place: '/id',
        fix: 'Read where it stands: deconfliction.contacts.',
      })
    const by = context.actor.id
    if (!answer.consents) return decided(context, { id, caseId, seen }, { ...body, state: 'declined', by }, [])
    const mayBe = await isComparable(context, caseId)
    if (!mayBe.ok) return mayBe
    const { caseRef, contact, first } = answer
    const own = { caseRef, contact, salt: bytesToHex(context.random(32)) }
    const me = context.port<MessageDesk>(desk.messages).me
    const { handle, run } = body
    const commitment = commitmentTo({ agency: me, run, handle }, own)
    const committed: ContactBody = { ...body, state: 'committed', own, by, revealed: first === 'addressee' }
    const queued = await say(context, 'deconf.consent', body, { handle, commitment, first }, caseId)
    if (!queued.ok) return queued
    const events = [...queued.value.events]
    if (committed.revealed) {
      // After the consent in the same exchange: it arrives after it.
      const opened = await reveal(context, committed, caseId)
      if (!opened.ok) return opened
      events.push(...opened.value.events)
    }
    return decided(context, { id, caseId, seen }, committed, events)
  },
})

async function decided(
  { records }: ActionContext,
  { id, caseId, seen }: { id: string; caseId: string; seen: number },
  body: ContactBody,
  events: readonly Event[],
): Promise<Result<{ result: { id: string; version: number }; events: readonly Event[] }>> {
  const refs = { exchange: body.exchange, open: 'open' }
  const { version } = await records.put<ContactBody>(CONTACT, id, body, { caseId, seen, refs })
  const said = { peer: body.peer, consents: body.state === 'committed' }
  return ok({
    result: { id, version },
    events: [did('deconfliction.consent', CONTACT, id, caseId, said), ...events],
  })
}

const contacts = action({
  name: 'deconfliction.contacts',
  summary: 'Where contacts of a case with partners stand, ours and theirs',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(ContactView),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const { items, next } = await readablePage<ContactBody>(context, CONTACT, caseId, { after, limit })
    return ok({
      result: {
        items: items.map(({ id, version, body: { side, peer, item, state, expiry, theirs } }) => ({
          ...{ id, version, side, peer, item, state, expiry, theirs },
        })),
        next,
      },
      events: [],
    })
  },
})

export const contactActions = [contact, consent, contacts] as const
