/**
 * What a message does when it arrives: it is put where people find it. In an exchange that has a case here, into that case; else
 * into the inbox of the node, where somebody says what becomes of it. What it changes by itself, the takers of its type say.
 */
import { type CaseBody, did } from '../../casework/index.ts'
import { type ActionContext, type Event, type Marking, ok, type Result, type Stored } from '../../kernel/index.ts'
import { checkApprovals } from '../approvals.ts'
import { checkFollows, type Message } from '../wire/index.ts'
import { putMessage } from './draft-actions.ts'
import { ruleFor } from './drafting.ts'
import { INBOX, type InboxBody, MESSAGE, type MessageBody } from './message-record.ts'
import { type MessageDesk, ports, type Taken, type Taker } from './ports.ts'

/** How soon somebody should have looked at what has come; of what is urgent, at once. */
const LOOK_WITHIN_MS = 86_400_000

/** Whatever the type: checked, put on record, and handed to those who know what it does here. */
export async function takeIn(
  context: ActionContext,
  message: Message,
  takers: ReadonlyMap<string, Taker['take']>,
): Promise<Result<Taken>> {
  const desk = context.port<MessageDesk>(ports.messages)
  const approved = checkApproved(context, message)
  if (!approved.ok) return approved
  const { header, type, digest } = message
  const exchange = header.exchange ?? digest
  const home = header.exchange === null ? null : await caseOfExchange(context, desk, exchange)
  const follows = await checkPlace(desk, message)
  if (!follows.ok) return follows
  const effect = (await takers.get(type)?.(context, message)) ?? null
  if (effect !== null && !effect.ok) return effect
  const caseId = effect?.value.caseId ?? home
  const events = effect?.value.events ?? []
  if (caseId === null) {
    const id = context.newId()
    await context.records.put<InboxBody>(INBOX, id, inboxBody(message, exchange, context.now), {
      caseId: null,
      seen: 0,
      refs: { exchange, message: `${header.from} ${header.id}` },
    })
    return ok({ caseId, events: [...events, did('message.arrived', INBOX, id, null, { from: header.from, type })] })
  }
  const marking = await markingIn(context, message, exchange)
  const about = effect?.value.about ?? null
  const body = arrivedBody(message, context.now, marking, {
    request: about?.request ?? null,
    state: about?.settled === true ? 'done' : 'new',
    code: about?.code ?? null,
    note: about?.note ?? null,
  })
  const id = context.newId()
  await putMessage(context, { id, caseId, seen: 0, body })
  return ok({ caseId, events: [...events, did('message.arrived', MESSAGE, id, caseId, { from: header.from, type })] })
}

/** Nobody's word is taken for it that people of the sender have consented: their signatures are in the message. */
function checkApproved(context: ActionContext, message: Message): Result<unknown> {
  const { header, body } = message
  const rule = ruleFor(context, { type: message.type, header, exchange: header.exchange })
  if (rule === null) return ok(null)
  return checkApprovals({ header, body }, rule, context.port<MessageDesk>(ports.messages).checkJwk)
}

/** What follows must follow on what opened its exchange, from the side whose word it is. */
async function checkPlace(desk: MessageDesk, { header, type }: Message): Promise<Result<null>> {
  if (header.exchange === null) return ok(null)
  const known = await desk.exchange(header.exchange)
  if (known === null) throw new Error('a message was let into an exchange that is not known')
  return checkFollows({ type: known.openingType, from: known.opener, to: known.other }, { type, header })
}

async function caseOfExchange(context: ActionContext, desk: MessageDesk, exchange: string): Promise<string | null> {
  const known = await desk.exchange(exchange)
  if (known?.caseId == null) return null
  // Of an erased case nothing can be kept: what still comes in it is looked at by those who keep the inbox.
  const home = await context.records.get<CaseBody>('case', known.caseId)
  return home === null ? null : known.caseId
}

function inboxBody({ header, type, major, digest }: Message, exchange: string, now: string): InboxBody {
  return {
    from: header.from,
    messageId: header.id,
    exchange,
    digest,
    type,
    major,
    urgency: header.urgency?.code ?? null,
    reference: header.caseRef.mine,
    instrument: header.instrument?.id ?? null,
    tlp: header.marking.tlp,
    training: header.training,
    receivedAt: now,
    state: 'new',
    filed: null,
    reason: null,
  }
}

/** As its sender has marked it; who of ours may see it is who may see what it answers. */
async function markingIn(context: ActionContext, message: Message, exchange: string): Promise<Marking> {
  const earlier = await context.records.find<MessageBody>(MESSAGE, 'exchange', exchange)
  return markingOf(message, earlier[0]?.body.marking.audience ?? [])
}

export function markingOf({ header }: Message, audience: readonly string[]): Marking {
  const { tlp, handling, onwardUse, needToKnow } = header.marking
  return {
    tlp,
    audience: [...audience],
    needToKnow,
    protectedPerson: false,
    onwardUse,
    ...(handling === null ? {} : { handling }),
  }
}

export function arrivedBody(
  { header, type, major, digest, body }: Message,
  now: string,
  marking: Marking,
  seen: Pick<MessageBody, 'request' | 'state' | 'code' | 'note'>,
): MessageBody {
  const { v: _, id, exchange, from, to: _to, seq: _seq, prev: _prev, created, deadline, ...said } = header
  const urgent = header.urgency !== null
  return {
    direction: 'in',
    peer: from,
    type,
    major,
    header: said,
    fixed: { id, created, deadline },
    body,
    exchange: exchange ?? digest,
    digest,
    drafters: [],
    evidence: null,
    at: now,
    due:
      seen.state === 'new'
        ? {
            matter: 'message-unseen',
            from: now,
            due: urgent ? now : new Date(Date.parse(now) + LOOK_WITHIN_MS).toISOString(),
            urgent,
          }
        : null,
    marking,
    author: 'node',
    ...seen,
  }
}

/** How delivery names what became of a message of ours. */
export type Outcome = {
  readonly id: string
  readonly peer: string
  readonly caseId: string | null
  readonly state: 'accepted' | 'rejected' | 'non-delivered' | 'quarantined' | 'conflict'
  readonly code: string | null
  /** The statement that proves it, base64. */
  readonly evidence: string | null
}

/** What people see of a message of ours once delivery has ended; somebody must look at whatever was not accepted. */
export async function settleMessage(context: ActionContext, outcome: Outcome): Promise<readonly Event[]> {
  const { id: messageId, peer, caseId, state, code, evidence } = outcome
  if (caseId === null) return []
  const [stored] = await context.records.find<MessageBody>(MESSAGE, 'message', `out ${peer} ${messageId}`)
  if (!stored || stored.caseId === null) return []
  const body: MessageBody = {
    ...stored.body,
    state,
    code,
    evidence,
    at: context.now,
    due:
      state === 'accepted'
        ? null
        : {
            matter: 'message-undelivered',
            from: context.now,
            due: context.now,
            urgent: stored.body.header.urgency !== null,
          },
  }
  await putMessage(context, { id: stored.id, caseId: stored.caseId, seen: stored.version, body })
  return [did('message.outcome', MESSAGE, stored.id, stored.caseId, { state, code, peer })]
}

export type StoredInbox = Stored<InboxBody>
