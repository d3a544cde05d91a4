/** Going about a conflict between orders: consult, decide, tell. Whoever has asked us by messages is told by messages. */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  Changed,
  type ConflictKind,
  type ConflictOrder,
  Cursor,
  ports as casework,
  closed,
  DEFAULT_LIMIT,
  did,
  Id,
  type LegalPort,
  Limit,
  newConflict,
  nextStep,
  nullable,
  ORDER_CONFLICT,
  OrderConflictBody,
  orderOf,
  pageOf,
  readablePage,
  readQuestion,
  Seen,
  text,
  Version,
} from '../../casework/index.ts'
import {
  type ActionContext,
  action,
  amber,
  type Event,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { tellParties } from './tell-parties.ts'

const Words = text(10_000, 'What was done, with whom, and what came of it.')

type StoredConflict = Stored<OrderConflictBody> & { readonly caseId: string }

const open = action({
  name: 'conflict.open',
  summary: 'Open the procedure for a conflict that nothing here shows by itself, as with the law of a third country',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    kind: text(61, 'Which conflict it is, by its id in packs/conflicts.yaml.'),
    about: text(1000, 'What it is about.'),
    orders: Type.Array(closed({ kind: Type.Union([Type.Literal('request'), Type.Literal('order')]), id: Id }), {
      minItems: 1,
      maxItems: 20,
      description: 'Requests and orders of this case that it concerns.',
    }),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, kind: id, about, orders }) => {
    const kind = kindOf(context, id)
    if (!kind)
      return refuse('ORDER_CONFLICT_KIND', `The packs know no conflict ${id}.`, {
        place: '/kind',
        fix: 'Use an id of packs/conflicts.yaml.',
      })
    const named: ConflictOrder[] = []
    for (const [at, each] of orders.entries()) {
      const known = (await context.may(readQuestion(each))) ? await orderOf(context, each) : null
      if (known?.caseId !== caseId)
        return refuse('ORDER_CONFLICT_ORDER', 'This is no request and no order of this case.', {
          place: `/orders/${at}`,
          fix: 'Name what stands in the case.',
        })
      named.push(known.order)
    }
    const body = newConflict(kind, { about, orders: named, marking: amber, author: context.actor.id }, context.now)
    const conflict = context.newId()
    const { version } = await context.records.put(ORDER_CONFLICT, conflict, body, { caseId, seen: 0 })
    return ok({
      result: { id: conflict, version },
      events: [did('conflict.open', ORDER_CONFLICT, conflict, caseId, { kind: id })],
    })
  },
})

const consult = action({
  name: 'conflict.consult',
  summary: 'Record that the authorities of conflicting orders were consulted',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, text: Words }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: ORDER_CONFLICT, id } }),
  run: async (context, { id, seen, text: words }) => step(context, { id, seen, words }, 'consult', (body) => body, []),
})

const decide = action({
  name: 'conflict.decide',
  summary: 'Decide which of conflicting orders goes first; whoever asked by messages is told at once',
  kind: 'change',
  events: ['conflict.decide', 'message.queued'],
  input: closed({
    id: Id,
    seen: Seen,
    prevails: nullable(
      Type.Integer({ minimum: 0, maximum: 100, description: 'Which of its orders, counted from 0; null: none does.' }),
    ),
    text: Words,
    told: text(10_000, 'What the parties are told: which goes first, and by which criteria.'),
  }),
  output: Changed,
  asks: ({ id }) => ({ right: 'decideRequest', subject: { type: 'record', kind: ORDER_CONFLICT, id } }),
  run: async (context, { id, seen, prevails, text: words, told }) => {
    const conflict = await conflictOf(context, id)
    const { orders } = conflict.body
    if (prevails !== null && prevails >= orders.length)
      return refuse('ORDER_CONFLICT_ORDER', `The conflict has ${orders.length} orders.`, {
        place: '/prevails',
        fix: 'Count them from 0.',
      })
    if (conflict.body.state !== 'decide') return notDue(conflict.body)
    const messages = await tellParties(context, conflict, told)
    if (!messages.ok) return messages
    const decided = (body: OrderConflictBody) => ({ ...body, decision: { prevails, text: words } })
    return step(context, { id, seen, words }, 'decide', decided, messages.value)
  },
})

const close = action({
  name: 'conflict.close',
  summary: 'Record that every party was told, or that the conflict is none any more, and close it',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, text: Words }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: ORDER_CONFLICT, id } }),
  run: async (context, { id, seen, text: words }) => {
    const { body, caseId } = await conflictOf(context, id)
    if (body.state === 'closed') return notDue(body)
    const at = context.now
    const taken = [...body.taken, { step: 'closed' as const, by: context.actor.id, at, text: words }]
    const next: OrderConflictBody = { ...body, taken, state: 'closed', since: at, due: null, step: null }
    const { version } = await context.records.put(ORDER_CONFLICT, id, next, { caseId, seen })
    return ok({
      result: { id, version },
      events: [did('conflict.close', ORDER_CONFLICT, id, caseId, { from: body.state })],
    })
  },
})

const View = closed({ id: Id, caseId: Id, version: Version, conflict: OrderConflictBody })

const list = action({
  name: 'conflict.list',
  summary: 'Conflicts between orders in a case, and the step that is due of each',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(View),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<OrderConflictBody>(context, ORDER_CONFLICT, caseId, { after, limit })
    const items = page.items.map(({ id, version, body }) => ({ id, caseId, version, conflict: body }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

async function step(
  context: ActionContext,
  { id, seen, words }: { readonly id: string; readonly seen: number; readonly words: string },
  name: 'consult' | 'decide',
  change: (body: OrderConflictBody) => OrderConflictBody,
  events: readonly Event[],
) {
  const { body, caseId } = await conflictOf(context, id)
  if (body.state !== name) return notDue(body)
  const kind = kindOf(context, body.kind)
  const taken = [...body.taken, { step: name, by: context.actor.id, at: context.now, text: words }]
  // Where the packs have lost the kind since, what is left is to close it.
  const due = nextStep(kind ?? { steps: [] }, name, context.now)
  const next: OrderConflictBody = { ...change(body), taken, ...due, ...(kind ? {} : { state: 'tell' }) }
  const { version } = await context.records.put(ORDER_CONFLICT, id, next, { caseId, seen })
  const said = { kind: body.kind, next: next.state }
  return ok({ result: { id, version }, events: [did(`conflict.${name}`, ORDER_CONFLICT, id, caseId, said), ...events] })
}

async function conflictOf({ records }: ActionContext, id: string): Promise<StoredConflict> {
  const stored = await records.get<OrderConflictBody>(ORDER_CONFLICT, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted conflict has no record')
  return { ...stored, caseId: stored.caseId }
}

function kindOf(context: ActionContext, id: string): ConflictKind | undefined {
  return context
    .port<LegalPort>(casework.law)
    .conflicts()
    .find((kind) => kind.id === id)
}

function notDue({ state }: OrderConflictBody): Result<never> {
  return refuse('ORDER_CONFLICT_STEP', `This is not the step that is due: ${state}.`, {
    place: '/id',
    fix: 'First consult, then decide, then tell; close it where nothing is due any more.',
  })
}

export const conflictActions = [open, consult, decide, close, list] as const
