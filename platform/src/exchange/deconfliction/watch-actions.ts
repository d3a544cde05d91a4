/** Releasing what a case is after for comparing, and taking it back. */
import { Type } from '@sinclair/typebox'
import {
  type AddressGate,
  type CaseBody,
  CaseId,
  Changed,
  Cursor,
  ports as casework,
  checkMarking,
  closed,
  DEFAULT_LIMIT,
  did,
  Id,
  Limit,
  pageOf,
  readablePage,
  Seen,
  Version,
} from '../../casework/index.ts'
import { type ActionContext, action, amber, Marking, ok, type Result, refuse } from '../../kernel/index.ts'
import { type Item, itemOf } from './item.ts'
import { ItemInput, WATCH, WatchBody } from './watch.ts'

const watch = action({
  name: 'deconfliction.watch',
  summary: 'Let partners find out that you are after these addresses, if they are after them too',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    items: Type.Array(ItemInput, { minItems: 1, maxItems: 200 }),
    marking: Type.Optional(Marking),
  }),
  output: closed({ ids: Type.Array(Id) }),
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, items, marking = amber }) => {
    const mayBe = await isComparable(context, caseId)
    if (!mayBe.ok) return mayBe
    const marked = checkMarking(marking)
    if (!marked.ok) return marked
    if (marking.tlp === 'red' || marking.needToKnow || marking.protectedPerson)
      return refuse('EXCHANGE_DECONFLICTION_MARKING', 'What is for named people only is not released for comparing.', {
        place: '/marking',
        fix: 'Leave it out, or have its author mark it for wider use.',
      })
    const settled = settleItems(context, items)
    if (!settled.ok) return settled
    const ids: string[] = []
    for (const item of settled.value) {
      const known = (await context.records.find<WatchBody>(WATCH, 'item', `${caseId} ${item}`)).find(
        ({ body }) => body.endedAt === null,
      )
      if (known) {
        ids.push(known.id)
        continue
      }
      const body: WatchBody = { item, releasedAt: context.now, endedAt: null, marking, author: context.actor.id }
      const id = context.newId()
      await context.records.put<WatchBody>(WATCH, id, body, {
        caseId,
        seen: 0,
        refs: { item: `${caseId} ${item}`, value: item },
      })
      ids.push(id)
    }
    return ok({ result: { ids }, events: [did('deconfliction.watch', 'case', caseId, caseId, { ids })] })
  },
})

const unwatch = action({
  name: 'deconfliction.unwatch',
  summary:
    'Take an address back: with the next epoch no partner finds it any more, and nobody is answered about it from now on',
  kind: 'change',
  input: closed({ id: Id, seen: Seen }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: WATCH, id } }),
  run: async ({ records, now }, { id, seen }) => {
    const before = await records.get<WatchBody>(WATCH, id)
    if (!before) throw new Error('what may be changed has no record')
    const body = { ...before.body, endedAt: before.body.endedAt ?? now }
    const { caseId } = before
    const { version } = await records.put<WatchBody>(WATCH, id, body, { caseId, seen, refs: {} })
    return ok({ result: { id, version }, events: [did('deconfliction.unwatch', WATCH, id, caseId, {})] })
  },
})

const watched = action({
  name: 'deconfliction.watched',
  summary: 'What of a case partners may find, as far as you may see it',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(closed({ id: Id, version: Version, ...WatchBody.properties })),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const { items, next } = await readablePage<WatchBody>(context, WATCH, caseId, { after, limit })
    return ok({ result: { items: items.map(({ id, version, body }) => ({ id, version, ...body })), next }, events: [] })
  },
})

/** What a court has sealed, and exercises, are not compared with the work of others. */
export async function isComparable({ records }: ActionContext, caseId: string): Promise<Result<null>> {
  const home = await records.get<CaseBody>('case', caseId)
  if (!home) throw new Error('a permitted case has no record')
  if (!home.body.access.sealed && !home.body.access.training) return ok(null)
  return refuse('EXCHANGE_DECONFLICTION_CASE', 'A sealed case or an exercise is not compared with partners.', {
    place: '/caseId',
    fix: 'Have the case unsealed first; compare nothing in an exercise.',
  })
}

/** Each address in its one form, once. */
export function settleItems(
  context: ActionContext,
  items: readonly { readonly chain: string; readonly address: string }[],
): Result<readonly Item[]> {
  const gate = context.port<AddressGate>(casework.addresses)
  const read = (chain: string, address: string) => {
    const parsed = gate.parse(chain, address)
    return parsed.ok ? ok({ chain: parsed.value.chain, text: parsed.value.address }) : parsed
  }
  const settled = new Set<Item>()
  for (const [at, { chain, address }] of items.entries()) {
    const item = itemOf(chain, address, { read })
    if (!item.ok) return { ok: false, refusal: { ...item.refusal, place: `/items/${at}` } }
    settled.add(item.value)
  }
  return ok([...settled])
}

export const watchActions = [watch, unwatch, watched] as const
