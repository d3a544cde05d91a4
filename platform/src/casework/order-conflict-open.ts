/**
 * Opening the procedure for a conflict: one record in the case of each side, once for each pair. The record of a case names the other
 * order only where it is of the same case; of another case it says that there is one and what it wants, since without that
 * nobody could decide, and nothing more.
 */
import { type ActionContext, amber, type Event } from '../kernel/index.ts'
import { type Asset, assetRef } from './assets.ts'
import { did } from './case-acts.ts'
import {
  type ConflictOrder,
  conflictBetween,
  newConflict,
  ORDER_CONFLICT,
  type OrderConflictBody,
} from './order-conflict.ts'
import { type LegalPort, ports } from './ports.ts'
import type { RequestBody } from './request.ts'
import type { Measure } from './vocabulary.ts'

type Named = { readonly kind: 'request' | 'order'; readonly id: string }
/** What stands on the same asset and may be told of. */
export type Beside = Named & { readonly ref: string }
/** Of an order, as much as matters here. */
type OrderFacts = { readonly measure: Measure; readonly authority: string; readonly assets: readonly Asset[] }
type Known = {
  readonly caseId: string
  readonly order: ConflictOrder & { readonly measure: Measure }
  readonly refs: readonly string[]
}

export async function openConflicts(
  context: ActionContext,
  self: Named & { readonly caseId: string },
  beside: readonly Beside[],
): Promise<readonly Event[]> {
  if (beside.length === 0) return []
  const kinds = context.port<LegalPort>(ports.law).conflicts()
  const mine = await orderOf(context, self)
  const events: Event[] = []
  for (const other of beside) {
    const theirs = await orderOf(context, other)
    if (!mine || !theirs) continue
    const kind = conflictBetween(kinds, wanting(mine), wanting(theirs))
    if (kind === null) continue
    const pair = `${kind.id}|${other.ref}|${[self.id, other.id].sort().join('|')}`
    if ((await context.records.find(ORDER_CONFLICT, 'pair', pair)).length > 0) continue
    for (const [own, foreign] of mine.caseId === theirs.caseId
      ? [[mine, theirs] as const]
      : [[mine, theirs] as const, [theirs, mine] as const]) {
      const orders = [own.order, own.caseId === foreign.caseId ? foreign.order : unnamed(foreign.order)]
      const body = newConflict(kind, { about: other.ref, orders, marking: amber, author: 'node' }, context.now)
      const id = context.newId()
      await context.records.put<OrderConflictBody>(ORDER_CONFLICT, id, body, {
        caseId: own.caseId,
        seen: 0,
        refs: { pair },
      })
      events.push(did('order-conflict.found', ORDER_CONFLICT, id, own.caseId, { kind: kind.id }))
    }
  }
  return events
}

/** An order or a request as a conflict names it; null where it has gone with its case. */
export async function orderOf({ records }: Pick<ActionContext, 'records'>, { kind, id }: Named): Promise<Known | null> {
  if (kind === 'order') {
    const stored = await records.get<{ content: OrderFacts }>('order', id)
    if (!stored || stored.caseId === null) return null
    const { measure, authority: party, assets } = stored.body.content
    return { caseId: stored.caseId, order: { kind, id, measure, party, exchange: null }, refs: assets.map(assetRef) }
  }
  const stored = await records.get<RequestBody>('request', id)
  if (!stored || stored.caseId === null) return null
  const { content, incoming, exchange } = stored.body
  // Ours is told to nobody by this: what we have asked for, we withdraw or change.
  const asked = incoming && exchange ? { id: exchange.id, peer: exchange.peer } : null
  const party = incoming ? `${incoming.sender.authority}, ${incoming.sender.country}` : null
  const order = { kind, id, measure: content.measure, party, exchange: asked } as const
  return { caseId: stored.caseId, order, refs: content.assets.map(assetRef) }
}

function wanting({ caseId, order: { measure, party } }: Known) {
  return { caseId, measure, party }
}

function unnamed({ kind, measure }: ConflictOrder): ConflictOrder {
  return { kind, id: null, measure, party: null, exchange: null }
}
