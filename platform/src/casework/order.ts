/** Orders: what an authority here has ordered about assets, as to preserve, to hold, to freeze or to return them. */
import { Type } from '@sinclair/typebox'
import { type ActionContext, ok, type Result } from '../kernel/index.ts'
import { type Asset, Assets, assetRef, settleAssets } from './assets.ts'
import { deconflict } from './deconflict.ts'
import { closed, Day, Instant, nullable, oneOf, text } from './fields.ts'
import type { ItemKind } from './items.ts'
import { measures } from './vocabulary.ts'

const content = closed({
  measure: oneOf(measures, 'What is ordered.'),
  authority: text(300, 'Who ordered it.'),
  reference: Type.Optional(text(120, 'File number of the order.')),
  on: Day,
  until: nullable(Instant),
  /** An order that was lifted conflicts with nothing any more. */
  liftedAt: nullable(Instant),
  addressee: Type.Optional(text(300, 'Whom it binds, as a service that holds the asset.')),
  assets: Assets,
})

export const orderKind: ItemKind<typeof content> = {
  kind: 'order',
  noun: 'an order about assets',
  plural: 'orders',
  content,
  settle: async (context: ActionContext, order): Promise<Result<typeof order>> => {
    const assets = settleAssets(context, order.assets)
    return assets.ok ? ok({ ...order, assets: [...assets.value] }) : assets
  },
  refs: ({ assets }) => ({ asset: assets.map((asset: Asset) => assetRef(asset)) }),
  after: async (context, { id, caseId }) => deconflict(context, { kind: 'order', id, caseId: caseId as string }),
}
