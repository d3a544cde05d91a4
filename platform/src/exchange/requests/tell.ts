/**
 * What the other side is told of an act on a request that is exchanged: one message for one act, in its transaction. Acts that only
 * record what they have told us are told to nobody.
 */
import type { PolicyVersion, RequestBody, RequestWrite } from '../../casework/index.ts'
import { ports as casework } from '../../casework/index.ts'
import { type ActionContext, type Event, type Json, ok, type Result } from '../../kernel/index.ts'
import { headerOf, MESSAGE, type MessageBody, type MessageDesk, ports, putMessage } from '../desk/index.ts'
import { messageTypes, usualDeadline } from '../wire/index.ts'
import { authorityKind } from './authority.ts'
import { propertyOf } from './compose.ts'

type Told = { readonly type: string; readonly body: Json }
type Facts = {
  readonly context: ActionContext
  readonly desk: MessageDesk
  readonly caseId: string
  readonly body: RequestBody
  readonly exchange: NonNullable<RequestBody['exchange']>
}

export async function tellPartner(context: ActionContext, write: RequestWrite): Promise<Result<readonly Event[]>> {
  const { body, caseId, id } = write
  const { exchange } = body
  const tell = acts[write.action]
  // What the node records because a message has said so is known to the other side.
  if (exchange === undefined || tell === undefined || context.actor.id === 'node') return ok([])
  const desk = context.port<MessageDesk>(ports.messages)
  const told = await tell({ context, desk, caseId, body, exchange })
  if (told === null) return ok([])
  const { tlp, handling = null, onwardUse, needToKnow } = body.marking
  const earlier = await context.records.find<MessageBody>(MESSAGE, 'exchange', exchange.id)
  const purpose = earlier[0]?.body.header.marking.purpose ?? 'criminal-proceedings'
  const header = headerOf(
    {
      purpose,
      tlp,
      mine: caseId,
      theirs: body.incoming ? [body.incoming.reference] : [],
      policyVersion: context.port<PolicyVersion>(casework.policies).version,
      language: body.content.languages.original,
    },
    {
      marking: { tlp, handling, onwardUse, purpose, needToKnow },
      officer: { name: context.actor.name, role: context.actor.role },
    },
  )
  const sending = { ...told, peer: exchange.peer, exchange: exchange.id, caseId, header }
  const queued = await desk.queue(context, sending)
  if (!queued.ok) return queued
  await putMessage(context, {
    id: context.newId(),
    caseId,
    seen: 0,
    body: {
      direction: 'out',
      peer: exchange.peer,
      type: told.type,
      major: 1,
      header,
      fixed: { id: queued.value.id, created: context.now, deadline: usualDeadline(told.type, context.now) },
      body: told.body,
      state: 'queued',
      exchange: exchange.id,
      digest: queued.value.digest,
      request: id,
      drafters: [context.actor.id],
      code: null,
      note: null,
      evidence: null,
      at: context.now,
      due: null,
      marking: body.marking,
      author: context.actor.id,
    },
  })
  return ok(queued.value.events)
}

/** Messages write instants in one way, with milliseconds; casework takes every way. */
function wireInstant(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** As many as a message may list. What is said in words is told whole: where it is too long for its member, the act is refused. */
const MOST_QUESTIONS = 50
const MOST_LINES = 100

/** All of them, in no more than so many: several in one where there are more. */
function together(items: readonly string[], most: number, between: string): string[] {
  const each = Math.max(1, Math.ceil(items.length / most))
  return Array.from({ length: Math.ceil(items.length / each) }, (_, at) =>
    items.slice(at * each, (at + 1) * each).join(between),
  )
}

const words = ({ body }: Facts) => body.reason?.text ?? ''

const acts: Readonly<Record<string, (facts: Facts) => Promise<Told | null> | Told | null>> = {
  'request.acknowledge': (facts) => {
    const { received, deadlines } = facts.body
    return {
      type: 'ack',
      body: {
        receivedByNodeAt: wireInstant(received.receivedByNodeAt) ?? facts.context.now,
        receivedByCompetentAt: wireInstant(received.receivedByCompetentAt),
        authority: selfOf(facts),
        next: deadlines.map(({ due, ruleId, article }) => ({
          due: wireInstant(due),
          rule: ruleId,
          article,
          trigger: 'the receipt by the competent authority',
          reason: null,
        })),
      },
    }
  },
  'request.ask-more': (facts) => {
    const fields = facts.body.incoming?.asked?.fields ?? []
    const questions =
      fields.length === 0
        ? [{ pointer: null, question: words(facts) }]
        : together(fields, MOST_QUESTIONS, ', ').map((field) => ({
            pointer: null,
            question: `${field}: ${words(facts)}`,
          }))
    return { type: 'clarify', body: { about: facts.exchange.id, questions, answerBy: null } }
  },
  'request.accept': (facts) => ({
    type: 'decision.accept',
    body: {
      authority: selfOf(facts),
      decidedAt: facts.context.now,
      decision: null,
      conditions: [],
      nextStep: words(facts) || null,
    },
  }),
  'request.refuse': (facts) => ({
    type: 'decision.refuse',
    body: {
      authority: selfOf(facts),
      decidedAt: facts.context.now,
      consultedAt: null,
      appeal: null,
      grounds: [
        {
          code: facts.body.reason?.code ?? '',
          article: facts.body.reason?.article ?? 'not stated',
          text: words(facts),
        },
      ],
    },
  }),
  'request.postpone': (facts) => ({
    type: 'postpone',
    body: {
      code: facts.body.reason?.code ?? '',
      text: words(facts),
      expectedEnd: null,
      secured: [],
      consultedAt: null,
    },
  }),
  'request.find-impossible': (facts) =>
    messageTypes.get(facts.exchange.opening)?.replies.includes('impossible')
      ? { type: 'impossible', body: { code: facts.body.reason?.code ?? '', text: words(facts), revivable: true } }
      : {
          type: 'status.answer',
          body: { step: `impossible: ${facts.body.reason?.code}`, next: words(facts), due: null },
        },
  'request.revive': (facts) => ({
    type: 'status.answer',
    body: { step: 'possible again', next: words(facts), due: null },
  }),
  'request.report': (facts) => reportOf(facts),
  'request.prolonged': (facts) => ({
    type: 'extend',
    body: {
      what: facts.body.content.measure,
      until: wireInstant(facts.body.until),
      reason: words(facts),
      granted: true,
    },
  }),
  'request.lifted': (facts) => ({
    type: 'terminated',
    body: { cause: words(facts), at: facts.context.now, released: securedOf(facts).map(({ property }) => property) },
  }),
  'request.hand-back': (facts) => ({
    type: 'status.answer',
    body: { step: 'handed back: nothing of it stays in force here', next: words(facts), due: null },
  }),
  'request.withdraw': (facts) => ({
    type: 'withdraw',
    body: { cause: words(facts), effectiveAt: facts.context.now, items: [] },
  }),
  'request.lift': (facts) => ({
    type: 'withdraw',
    body: { cause: words(facts), effectiveAt: facts.context.now, items: [] },
  }),
  'request.extend': (facts) => ({
    type: 'extend',
    body: {
      what: facts.body.content.measure,
      until: wireInstant(facts.body.until),
      reason: words(facts),
      granted: false,
    },
  }),
  'request.supplemented': async (facts) => {
    const earlier = await facts.context.records.find<MessageBody>(MESSAGE, 'exchange', facts.exchange.id)
    const asked = earlier.findLast(({ body }) => body.direction === 'in' && body.type === 'clarify')?.body.digest
    return {
      type: 'supplement',
      body: { about: asked ?? facts.exchange.id, answers: [{ pointer: null, text: words(facts) }] },
    }
  },
}

function selfOf({ desk, caseId }: Facts): Json {
  const { name, country, kind } = desk.self
  return { name, country, kind: authorityKind(kind), agency: desk.me, address: null, reference: caseId }
}

/** What was secured, item by item, as the types of messages that report it ask for. */
function securedOf({ desk, body, context }: Facts) {
  return body.secured.map(({ chain, address, amount }) => {
    const asked = body.content.assets.find((one) => one.chain === chain && one.address === address)
    const asset = asked?.asset ?? null
    const property = propertyOf({ chain, address, asset, amount, value: null }, body.content, desk.self.kind)
    return {
      property,
      secured: { amount, asset },
      at: wireInstant(body.incoming?.executedAt ?? null) ?? context.now,
      custody: desk.self.kind === 'vasp' ? 'held-by-service' : 'other',
      transaction: null,
      note: null,
    }
  })
}

function reportOf(facts: Facts): Told {
  const { body, context, exchange } = facts
  const items = securedOf(facts).filter(({ secured }) => secured.asset !== null) as Json
  const executedAt = wireInstant(body.incoming?.executedAt ?? null) ?? context.now
  const hasItems = (items as readonly Json[]).length > 0
  const text = words(facts)
  if (exchange.opening === 'freeze.request' && hasItems)
    return {
      type: 'freeze.executed',
      body: { items, executedAt, notFrozen: notSecured(facts), duration: text, evidence: [] },
    }
  if (exchange.opening === 'seize.request' && hasItems)
    return {
      type: 'seize.executed',
      // Whether a copy of a key exists nobody can rule out from here.
      body: { items, executedAt, custodian: selfOf(facts), keysCopied: true, evidence: [] },
    }
  if (exchange.opening === 'hold.urgent' && hasItems && body.until !== null)
    return { type: 'held', body: { items, until: wireInstant(body.until), lapse: text } }
  if (exchange.opening === 'preserve.request' && body.until !== null)
    return {
      type: 'preserved',
      body: { from: executedAt, minimumUntil: body.until.slice(0, 10), what: text, providers: [selfOf(facts)] },
    }
  return { type: 'result', body: { what: text, at: executedAt, values: [], custody: null, evidence: [], last: true } }
}

function notSecured({ body }: Facts): Json {
  const secured = new Set(body.secured.map(({ chain, address }) => `${chain} ${address}`))
  const lines = body.content.assets
    .filter(({ chain, address }) => !secured.has(`${chain} ${address}`))
    .map(({ chain, address }) => `${chain}:${address}: nothing was secured there.`)
  return together(lines, MOST_LINES, ' ')
}
