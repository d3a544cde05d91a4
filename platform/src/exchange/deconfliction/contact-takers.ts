/**
 * What arrives while contact is made. A handle that nothing of ours has is kept and answered as one about which our side said no:
 * at the end of its time, with the same words.
 */
import { did } from '../../casework/index.ts'
import { type ActionContext, amber, type Event, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Taken, Taker } from '../desk/index.ts'
import type { Message } from '../wire/index.ts'
import { CONTACT, type ContactBody, checkReveal, type Told } from './contact.ts'
import { reveal } from './contact-messages.ts'
import type { Publication } from './publication.ts'
import { handleOf } from './tags.ts'
import { WATCH, type WatchBody } from './watch.ts'

const MOST_DAYS = 31

type Opening = { run: string; epoch: number; handle: string; commitment: string; expiry: string }
type Consent = { handle: string; commitment: string; first: 'opener' | 'addressee' }
type Reveal = Told & { handle: string; salt: string }

/** `publicationsOf`: what this node has published in an epoch. */
export function contactTakers(
  publicationsOf: (context: ActionContext, epoch: number) => Promise<readonly Publication[]>,
): readonly Taker[] {
  return [
    { types: ['deconf.contact'], take: takeContact },
    { types: ['deconf.consent'], take: takeConsent },
    { types: ['deconf.reveal'], take: takeReveal },
    { types: ['deconf.nohit'], take: takeNothing },
  ]

  async function takeContact(context: ActionContext, message: Message): Promise<Result<Taken>> {
    const { run, epoch, handle, commitment, expiry } = message.body as Opening
    const left = Date.parse(expiry) - Date.parse(context.now)
    if (!(left > 0 && left <= MOST_DAYS * 86_400_000))
      return refuse('EXCHANGE_DECONFLICTION_EXPIRY', `It is over already, or open for more than ${MOST_DAYS} days.`, {
        place: '/body/expiry',
        fix: 'Begin anew, with a time of some days.',
      })
    const watched = await watchedBy(context, handle, run, epoch)
    const id = context.newId()
    const caseId = watched?.caseId ?? null
    const body: ContactBody = {
      ...{ side: 'addressee', peer: message.header.from, exchange: message.digest, handle, run, epoch },
      ...{ item: watched?.body.item ?? null, state: 'waiting', expiry, own: null, revealed: false },
      ...{
        theirCommitment: commitment,
        theirs: null,
        marking: watched?.body.marking ?? amber,
        author: 'node',
        by: null,
      },
    }
    const refs = { exchange: message.digest, open: 'open' }
    await context.records.put<ContactBody>(CONTACT, id, body, { caseId, seen: 0, refs })
    const said = { peer: body.peer, handle }
    return ok({ caseId, events: [did('deconfliction.contact.received', CONTACT, id, caseId, said)] })
  }

  /** What has this handle and is still released; of several the one that was released first. */
  async function watchedBy(
    context: ActionContext,
    handle: string,
    run: string,
    epoch: number,
  ): Promise<Stored<WatchBody> | null> {
    const found: Stored<WatchBody>[] = []
    for (const { own } of await publicationsOf(context, epoch))
      for (const [tag, id] of Object.entries(own)) {
        if (handleOf(tag, run) !== handle) continue
        const watched = await context.records.get<WatchBody>(WATCH, id)
        if (!watched) continue
        // Others of the same item may be released where this one is not any more.
        const same = await context.records.find<WatchBody>(WATCH, 'value', watched.body.item)
        found.push(...same.filter(({ body }) => body.endedAt === null))
      }
    for (const one of found.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const home = await context.records.get<{ access: { sealed: boolean; training: boolean; closed: boolean } }>(
        'case',
        one.caseId as string,
      )
      if (home && !home.body.access.sealed && !home.body.access.training && !home.body.access.closed) return one
    }
    return null
  }
}

async function takeConsent(context: ActionContext, message: Message): Promise<Result<Taken>> {
  const { handle, commitment, first } = message.body as Consent
  const contact = await contactOf(context, message, handle)
  if (!contact.ok) return contact
  const { body } = contact.value
  if (body.side !== 'opener' || body.state !== 'waiting') return notNow()
  const committed: ContactBody = {
    ...body,
    state: 'committed',
    theirCommitment: commitment,
    revealed: first === 'opener',
  }
  return goOn(context, contact.value, committed, committed.revealed)
}

async function takeReveal(context: ActionContext, message: Message): Promise<Result<Taken>> {
  const { handle, ...told } = message.body as Reveal
  const contact = await contactOf(context, message, handle)
  if (!contact.ok) return contact
  const { body } = contact.value
  // One that comes before both have committed, or a second one, is out of its turn.
  if ((body.state !== 'committed' && body.state !== 'withheld') || body.theirs !== null) return notNow()
  const { caseRef, contact: whom, salt } = told
  const { peer: agency, run } = body
  const opened = checkReveal({ agency, run, handle }, { caseRef, contact: whom, salt }, body.theirCommitment)
  if (!opened.ok) return opened
  return goOn(context, contact.value, { ...body, theirs: opened.value, state: 'met', revealed: true }, !body.revealed)
}

async function takeNothing(context: ActionContext, message: Message): Promise<Result<Taken>> {
  const [handle = ''] = (message.body as { handles: string[] }).handles
  const contact = await contactOf(context, message, handle)
  if (!contact.ok) return contact
  const { body } = contact.value
  if (body.side !== 'opener' || (body.state !== 'waiting' && body.state !== 'ended')) return notNow()
  return goOn(context, contact.value, { ...body, state: 'ended' }, false)
}

type StoredContact = Stored<ContactBody>

/** Writes where it stands now, and reveals ours where it is our turn: all in the transaction that gives the receipt. */
async function goOn(
  context: ActionContext,
  { id, caseId, version }: StoredContact,
  body: ContactBody,
  reveals: boolean,
): Promise<Result<Taken>> {
  const events: Event[] = []
  if (reveals) {
    const queued = await reveal(context, body, caseId as string)
    if (!queued.ok) return queued
    events.push(...queued.value.events)
  }
  const isOpen = body.state === 'committed' || body.state === 'waiting'
  const refs = { exchange: body.exchange, ...(isOpen ? { open: 'open' } : {}) }
  await context.records.put<ContactBody>(CONTACT, id, body, { caseId, seen: version, refs })
  events.push(did(`deconfliction.contact.${body.state}`, CONTACT, id, caseId, { peer: body.peer }))
  return ok({ caseId, events })
}

async function contactOf(context: ActionContext, message: Message, handle: string): Promise<Result<StoredContact>> {
  const exchange = message.header.exchange ?? ''
  const [found] = await context.records.find<ContactBody>(CONTACT, 'exchange', exchange)
  const { now } = context
  if (!found || found.caseId === null || found.body.handle !== handle || found.body.peer !== message.header.from)
    return notNow()
  const isOver = found.body.expiry <= now && found.body.state === 'waiting' && found.body.side === 'addressee'
  return isOver ? notNow() : ok(found)
}

function notNow(): Result<never> {
  return refuse('EXCHANGE_DECONFLICTION_TURN', 'Nothing here waits for this message now.', {
    place: '/body/handle',
    fix: 'Commit first, on both sides; reveal once, and in time.',
  })
}
