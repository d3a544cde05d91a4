/** Assets that a request or an order is about: canonical, and found again across cases by a keyed hash. */
import { type Static, Type } from '@sinclair/typebox'
import { type ActionContext, ok, type Result } from '../kernel/index.ts'
import { Address, AssetId, BaseUnits, ChainId, closed, nullable, text } from './fields.ts'
import { type AddressGate, ports } from './ports.ts'

export const Asset = closed({
  chain: ChainId,
  address: Address,
  asset: nullable(AssetId),
  amount: nullable(BaseUnits),
  /** What the address is known to hold, where that is known: recoveries beyond it are told. */
  value: nullable(BaseUnits),
  note: Type.Optional(text(2000, 'What else is known of it.')),
})
export type Asset = Static<typeof Asset>

export const Assets = Type.Array(Asset, { maxItems: 500, description: 'What it is about: address and amount each.' })

/** One address on one chain, as it is compared across cases. */
export function assetRef({ chain, address }: { readonly chain: string; readonly address: string }): string {
  return `${chain}|${address}`
}

/** Every address in its one form, so that the same asset is the same wherever it stands. */
export function settleAssets(context: ActionContext, assets: readonly Asset[]): Result<readonly Asset[]> {
  const gate = context.port<AddressGate>(ports.addresses)
  const settled: Asset[] = []
  for (const [at, asset] of assets.entries()) {
    const read = gate.parse(asset.chain, asset.address)
    if (!read.ok) return { ok: false, refusal: { ...read.refusal, place: `/assets/${at}/address` } }
    settled.push({ ...asset, ...read.value })
  }
  return ok(settled)
}
