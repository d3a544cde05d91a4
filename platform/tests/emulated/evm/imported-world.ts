/** An emulated world of the EVM as the product sees it: imported from its nodes into a store, decoded, measured against the truth. */
import { join } from 'node:path'
import {
  type AccountPack,
  importAccountSource,
  shippedAccountPacks,
  shippedChainPacks,
} from '../../../src/chains/index.ts'
import { openAccountImporter } from '../../../src/chains/sources/index.ts'
import { openDuckDbStores, type Stores } from '../../../src/chains/store/index.ts'
import { orStop } from '../../../src/kernel/index.ts'
import { openCrossings } from '../../../src/tracing/crossing/index.ts'
import { type LinkFigure, measureLinks } from '../../../src/tracing/validation/index.ts'
import type { EvmSide, EvmWorld } from './evm-world.ts'
import type { Asset } from './hand.ts'

export type ImportedWorld = { readonly stores: Stores; readonly defects: number }

export async function importWorld(world: EvmWorld, folder: string): Promise<ImportedWorld> {
  const stores = await openDuckDbStores(join(folder, 'chain.duckdb'))
  let defects = 0
  for (const side of world.sides) {
    const to = Number(BigInt(await side.node.ask<string>('eth_blockNumber')))
    const options = { knownPacks: shippedChainPacks, keepIn: join(folder, 'answers'), from: 0, to }
    const importer = orStop(await openAccountImporter('evm-rpc', [side.node.url], packOf(side), options))
    const { report } = await importAccountSource(stores.accounts, importer, { report: () => {} })
    defects += report.defects.length
  }
  return { stores, defects }
}

/** The pack of development nodes, for this chain and its wrapped coin. */
export function packOf({ node, wrapped }: EvmSide): AccountPack {
  const anvil = shippedAccountPacks.find(({ aliases }) => aliases.includes('anvil')) as AccountPack
  const caip2 = `eip155:${node.chainId}`
  const asset = { ...anvil.asset, caip19: `${caip2}/slip44:60` }
  return { ...anvil, caip2, asset, wrapped: [{ address: wrapped, symbol: 'WETH' }] }
}

export function assetId(side: EvmSide, asset: Asset): string {
  const { caip2, asset: coin } = packOf(side)
  return asset === 'coin' ? coin.caip19 : `${caip2}/erc20:${asset}`
}

/** A conversion is right where holder, assets and both amounts are those that were played. */
export async function conversionFigures(world: EvmWorld, { stores }: ImportedWorld): Promise<readonly LinkFigure[]> {
  const crossings = openCrossings(stores.accounts)
  const says = (holder: string, given: string, received: string) => `${holder} gives ${given} for ${received}`
  const truth = world.conversions.map(({ chainId, txid, holder, given, received }) => {
    const side = world.sides.find(({ node }) => node.chainId === chainId) as EvmSide
    const leg = ({ asset, amount }: typeof given) => `${amount} ${assetId(side, asset)}`
    return { source: txid, destination: says(holder, leg(given), leg(received)) }
  })
  const made = []
  for (const side of world.sides) {
    const txids = side.acts.map(({ txid }) => txid)
    for (const { txid, given, received, tier } of await crossings.conversionsIn(packOf(side).caip2, txids)) {
      const legs = (all: typeof given) => all.map(({ asset, amount }) => `${amount} ${asset}`).join(' and ')
      made.push({ source: txid, destination: says(given[0]?.holder ?? '', legs(given), legs(received)), tier })
    }
  }
  return measureLinks('evm-world', 'logs and moves of each transaction', truth, made, [])
}
