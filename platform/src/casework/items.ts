/**
 * Items of a case: one form for all kinds. Each kind brings the schema of its content, and gets five acts: add, update,
 * read, list, history. Every item has a marking and an author, so that the policies decide on each of them, and says
 * whether it is a fact or an assessment of somebody (LED, Directive 2016/680, art. 7(1)).
 */
import { type Static, type TObject, type TUnsafe, Type } from '@sinclair/typebox'
import {
  type Action,
  type ActionContext,
  action,
  amber,
  Marking,
  ok,
  type Result,
  type Stored,
} from '../kernel/index.ts'
import { did } from './case-acts.ts'
import type { Deconflicted } from './deconfliction.ts'
import {
  CaseId,
  Changed,
  Cursor,
  closed,
  DEFAULT_LIMIT,
  Id,
  Instant,
  Limit,
  oneOf,
  pageOf,
  Seen,
  Version,
} from './fields.ts'
import { readablePage } from './listing.ts'
import { checkMarking, checkRemarking } from './marking-rules.ts'

export const Basis = oneOf(['fact', 'assessment'], 'A fact, or the assessment of somebody (LED art. 7(1)).')

/** What is stored of an item: its content, and what every item has. */
export type ItemBody<C = Readonly<Record<string, unknown>>> = {
  readonly content: C
  readonly basis: Static<typeof Basis>
  readonly marking: Marking
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

export type ItemKind<C extends TObject = TObject> = {
  /** The kind of the record, and the noun of its acts. */
  readonly kind: string
  /** With its article, as people say it: "a person of interest". */
  readonly noun: string
  readonly plural: string
  readonly content: C
  /** Brings the content into its one form, or says why it has none. */
  readonly settle?: (context: ActionContext, content: Static<C>, caseId: string) => Promise<Result<Static<C>>>
  /** Values under which the item is found again. */
  readonly refs?: (content: Static<C>) => Readonly<Record<string, string | readonly string[]>>
  /** Runs after the item has been written, in the same transaction; what it returns stands in the answer. */
  readonly after?: (context: ActionContext, item: Stored<ItemBody<Static<C>>>) => Promise<Deconflicted>
}

/** Adds an item on behalf of whoever acts: as `add` does, for acts that add several. No event is made here. */
export async function addItem<C extends TObject>(
  context: ActionContext,
  { kind, settle, refs }: ItemKind<C>,
  caseId: string,
  { content, basis, marking }: Required<Given<C>>,
): Promise<Result<Stored<ItemBody<Static<C>>>>> {
  const valid = checkMarking(marking)
  if (!valid.ok) return valid
  const settled = settle ? await settle(context, content, caseId) : ok(content)
  if (!settled.ok) return settled
  const { id: author } = context.actor
  const body: ItemBody<Static<C>> = { content: settled.value, basis, marking, author, by: author }
  const found = refs?.(settled.value)
  return ok(
    await context.records.put(kind, context.newId(), body, { caseId, seen: 0, ...(found ? { refs: found } : {}) }),
  )
}

/** What is given of an item; the schema says the same in the form that people and programs read. */
type Given<C extends TObject> = {
  readonly content: Static<C>
  readonly basis: Static<typeof Basis>
  readonly marking?: Marking
}

type Acts = 'add' | 'update' | 'read' | 'list' | 'history'

export function itemActions<C extends TObject>(spec: ItemKind<C>): Readonly<Record<Acts, Action>> {
  const { kind, noun, plural, content } = spec
  const View = closed({
    id: Id,
    caseId: CaseId,
    version: Version,
    at: Instant,
    content,
    basis: Basis,
    marking: Marking,
    author: Type.String({ description: 'The person who added it; "node" where the node did.' }),
    by: Type.String({ description: 'Who wrote this version.' }),
  })
  const Findings = Type.Array(
    closed({ code: Type.String(), message: Type.String(), with: Type.Array(closed({ kind: Type.String(), id: Id })) }),
  )
  const Written = spec.after ? closed({ id: Id, version: Version, findings: Findings }) : Changed
  const of = `${kind.replaceAll('-', ' ')}`

  const eventsWritten = (act: string) => [
    `${kind}.${act}`,
    ...(spec.after ? ['deconfliction.tell', 'order-conflict.found'] : []),
  ]

  const add = action({
    name: `${kind}.add`,
    events: eventsWritten('add'),
    summary: `Add ${noun} to a case`,
    kind: 'change',
    input: closed({
      caseId: CaseId,
      content,
      basis: Basis,
      marking: Type.Optional(Marking),
    }) as unknown as TUnsafe<Given<C> & { caseId: string }>,
    output: Written,
    asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
    run: async (context, { caseId, content: given, basis, marking = amber }) => {
      const valid = checkMarking(marking)
      if (!valid.ok) return valid
      const settled = await settle(context, given, caseId)
      if (!settled.ok) return settled
      const { id: author } = context.actor
      return write(context, `${kind}.add`, context.newId(), 0, caseId, {
        content: settled.value,
        basis,
        marking,
        author,
        by: author,
      })
    },
  })

  const update = action({
    name: `${kind}.update`,
    events: eventsWritten('update'),
    summary: `Change ${noun}: what is given replaces what was there; the old version stays`,
    kind: 'change',
    input: closed({
      id: Id,
      seen: Seen,
      content,
      basis: Basis,
      marking: Type.Optional(Marking),
    }) as unknown as TUnsafe<Given<C> & { id: string; seen: number }>,
    output: Written,
    asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind, id } }),
    run: async (context, { id, seen, content: given, basis, marking }) => {
      const before = await itemOf(context, id)
      const after = marking ?? before.body.marking
      const valid = checkRemarking(before.body.marking, after, before.body.author === context.actor.id)
      if (!valid.ok) return valid
      const settled = await settle(context, given, before.caseId)
      if (!settled.ok) return settled
      return write(context, `${kind}.update`, id, seen, before.caseId, {
        content: settled.value,
        basis,
        marking: after,
        author: before.body.author,
        by: context.actor.id,
      })
    },
  })

  const read = action({
    name: `${kind}.read`,
    summary: `Read ${noun}`,
    kind: 'read',
    input: closed({ id: Id }),
    output: View,
    asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind, id } }),
    run: async (context, { id }) => ok({ result: toView(await itemOf(context, id)) as never, events: [] }),
  })

  const list = action({
    name: `${kind}.list`,
    summary: `List the ${plural} of a case that you may see, oldest first`,
    kind: 'read',
    input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
    output: pageOf(View),
    asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
    run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
      const page = await readablePage<ItemBody<Static<C>>>(context, kind, caseId, { after, limit })
      return ok({ result: { items: page.items.map(toView), next: page.next } as never, events: [] })
    },
  })

  const history = action({
    name: `${kind}.history`,
    summary: `Every version of one ${of}, oldest first`,
    kind: 'read',
    input: closed({ id: Id }),
    output: Type.Array(View),
    asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind, id } }),
    run: async ({ records }, { id }) => {
      const versions = await records.history<ItemBody<Static<C>>>(kind, id)
      return ok({ result: versions.map(toView) as never, events: [] })
    },
  })

  return { add, update, read, list, history } as unknown as Readonly<Record<Acts, Action>>

  async function itemOf({ records }: ActionContext, id: string) {
    const stored = await records.get<ItemBody<Static<C>>>(kind, id)
    if (!stored || stored.caseId === null) throw new Error('a permitted item has no record')
    return { ...stored, caseId: stored.caseId }
  }

  async function settle(context: ActionContext, value: Static<C>, caseId: string): Promise<Result<Static<C>>> {
    return spec.settle ? spec.settle(context, value, caseId) : ok(value)
  }

  async function write(
    context: ActionContext,
    name: string,
    id: string,
    seen: number,
    caseId: string,
    body: ItemBody<Static<C>>,
  ) {
    const refs = spec.refs?.(body.content)
    const stored = await context.records.put(kind, id, body, { caseId, seen, ...(refs ? { refs } : {}) })
    const found = spec.after ? await spec.after(context, stored) : null
    const result = { id, version: stored.version, ...(found ? { findings: found.findings } : {}) }
    return ok({
      result: result as never,
      events: [
        did(name, kind, id, caseId, { version: stored.version, tlp: body.marking.tlp, basis: body.basis }),
        ...(found?.events ?? []),
      ],
    })
  }
}

function toView<C>({ id, caseId, version, at, body }: Stored<ItemBody<C>>) {
  const { content, basis, marking, author, by } = body
  return { id, caseId, version, at, content, basis, marking, author, by }
}
