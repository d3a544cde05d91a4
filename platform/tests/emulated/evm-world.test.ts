/**
 * Two real nodes of the EVM, on which everything that happens is known because it was played: what was played adds up to what
 * the nodes hold; the ledger that is imported from them says the same, move by move; bridge links are found as published.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Move } from '../../src/chains/index.ts'
import type { Stores } from '../../src/chains/store/index.ts'
import { orStop } from '../../src/kernel/index.ts'
import { measureBridgeLinks, openCrossings, parseBridgeEvents } from '../../src/tracing/crossing/index.ts'
import { allAccountClusters } from '../../src/tracing/index.ts'
import { tagOf } from '../../src/tracing/tags/test-tags.ts'
import { measureBridges } from '../../src/tracing/validation/index.ts'
import { readPairs } from '../../src/tracing/validation/sources/index.ts'
import { repository, temporaryFolder } from '../run-comity.ts'
import { bridgeRow, bridgeTables, columns, RELAY, SEND } from './evm/bridge-events.ts'
import { anvilBinary, type EvmNode, startEvmNode } from './evm/evm-node.ts'
import { type EvmSide, type EvmWorld, playEvmWorld, SHIPPED } from './evm/evm-world.ts'
import type { Address, TrueMove } from './evm/hand.ts'
import { word } from './evm/hand.ts'
import { assetId, conversionFigures, type ImportedWorld, importWorld, packOf } from './evm/imported-world.ts'

const nodes: EvmNode[] = []
let world: EvmWorld
let imported: ImportedWorld
let stores: Stores

describe.skipIf(anvilBinary() === null)('two emulated chains of the EVM', () => {
  beforeAll(async () => {
    for (const chainId of SHIPPED.chainIds) nodes.push(await startEvmNode(chainId, SHIPPED.firstTime))
    world = await playEvmWorld([nodes[0] as EvmNode, nodes[1] as EvmNode], SHIPPED)
    imported = await importWorld(world, temporaryFolder())
    stores = imported.stores
    expect(imported.defects).toBe(0)
  }, 300_000)

  afterAll(async () => {
    await stores?.accounts.close()
    for (const node of nodes) await node.end()
  })

  test('what was played adds up to what the nodes hold, fees included, for everybody who was there', async () => {
    for (const side of world.sides) {
      const held = new Map<string, bigint>()
      const add = (who: Address | null, asset: string, amount: bigint) => {
        if (who !== null) held.set(`${who} ${asset}`, (held.get(`${who} ${asset}`) ?? 0n) + amount)
      }
      add((await side.node.ask<[Address]>('eth_accounts'))[0], 'coin', 10_000n * 10n ** 18n)
      for (const { moves } of side.acts)
        for (const { asset, from, to, amount } of moves) {
          add(from, asset, -amount)
          add(to, asset, amount)
        }
      for (const { from, gasUsed, effectiveGasPrice } of side.receipts)
        add(from, 'coin', -BigInt(gasUsed) * BigInt(effectiveGasPrice))
      for (const address of world.ownerByAddress.keys())
        for (const asset of ['coin', side.token, side.wrapped] as const)
          expect(held.get(`${address} ${asset}`) ?? 0n, `${world.ownerByAddress.get(address)} ${asset}`).toBe(
            await balanceOf(side, address, asset),
          )
    }
  })

  test('the imported ledger has exactly the moves that were played, and of failed transactions the fee alone', async () => {
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const moves = await stores.accounts.movesOfTransactions(
        caip2,
        side.acts.map(({ txid }) => txid),
      )
      const byTxid = new Map<string, Move[]>()
      for (const move of moves) byTxid.set(move.txid, [...(byTxid.get(move.txid) ?? []), move])
      for (const { txid, moves: played, what } of side.acts) {
        const found = (byTxid.get(txid) ?? []).filter(({ kind }) => kind !== 'fee' && kind !== 'burn')
        const shown = found.map(({ asset, from, to, amount }) => sentence(asset, from, to, amount)).sort()
        const wanted = played.map((move) => sentence(assetId(side, move.asset), move.from, move.to, move.amount)).sort()
        expect(shown, what).toEqual(wanted)
      }
    }
  })

  test('balances of the imported ledger are those of the nodes, for every address that it names', async () => {
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const { tip: at, proofs, counts } = await stores.accounts.status(caip2)
      const tip = at?.height ?? 0
      // Every hash of the node's blocks is recomputed; that nobody signed what it sent for others is another matter.
      expect([proofs.blocks, proofs.places, proofs.receipts]).toEqual([
        counts.blocks,
        counts.transactions,
        counts.transactions,
      ])
      const txids = side.acts.map(({ txid }) => txid)
      const moves = await stores.accounts.movesOfTransactions(caip2, txids)
      const named = new Set<Address>([...moves.flatMap(({ from, to }) => [from, to])].filter(isAddress))
      expect(named.size).toBeGreaterThan(30)
      for (const address of named) {
        const balances = await stores.accounts.balances(caip2, address, tip)
        for (const asset of ['coin', side.token, side.wrapped] as const)
          expect(balances.get(assetId(side, asset)) ?? 0n, `${address} ${asset}`).toBe(
            await balanceOf(side, address, asset),
          )
      }
    }
  })

  test('bridge events are what the imported ledger holds, and what comity validate is shipped with', async () => {
    const rows: string[] = []
    for (const side of world.sides) {
      const { caip2 } = packOf(side)
      const logs = await stores.accounts.logs(caip2, [SEND, RELAY], 0, Number.MAX_SAFE_INTEGER)
      const txs = await stores.accounts.transactions(
        caip2,
        logs.map(({ txid }) => txid),
      )
      const timeOf = new Map(txs.map(({ txid, block }) => [txid, block.time]))
      rows.push(...logs.map((log) => bridgeRow(log, caip2, timeOf.get(log.txid) ?? null)))
    }
    const { events, truth } = await bridgeTables(world)
    expect(`${[columns, ...rows].join('\n')}\n`).toBe(events)
    const shipped = (name: string) => readFileSync(join(repository, 'vectors/validation/evm-world', name), 'utf8')
    expect(events, 'run: node scripts/write-evm-world.ts').toBe(shipped('bridge-events.csv'))
    expect(truth).toBe(shipped('bridge-truth.csv'))
  })

  test('swaps and wraps are found as they were played, as the shipped figures say', async () => {
    const figures = await conversionFigures(world, imported)
    const shipped = readFileSync(join(repository, 'vectors/validation/evm-world/conversions.json'), 'utf8')
    expect(figures, 'run: node scripts/write-evm-world.ts').toEqual(JSON.parse(shipped))
    const all = figures.find(({ tier }) => tier === 'all')
    expect(all?.recall.of).toBe(world.conversions.length)
    expect(Number(all?.precision.share)).toBeGreaterThan(0.9)
    expect(Number(all?.recall.share)).toBeGreaterThan(0.9)
  })

  test('clusters join each payer with his own deposit address at the exchange, and no two people', async () => {
    const hot = new Set<string>(world.hotWallets)
    const exchange = tagOf({ category: 'exchange', actor: 'exchange', label: 'exchange' })
    const tags = world.hotWallets.map((text) => ({ ...exchange, subject: { ...exchange.subject, text } }))
    const tagsOf = async (asked: readonly string[]) =>
      new Map(
        asked.map((address) => [address, hot.has(address) ? tags.filter((one) => one.subject.text === address) : []]),
      )
    const owner = (address: string) => world.ownerByAddress.get(address as Address)
    let people = 0
    for (const side of world.sides) {
      const { caip2: chain, asset } = packOf(side)
      const coin = { asset: asset.caip19, decimals: asset.decimals }
      const asked = { rejected: new Set<string>(), without: new Set<never>() }
      const { clusters } = await allAccountClusters({ store: stores.accounts, chain, coin, tagsOf }, tags, asked)
      for (const { addresses } of clusters) {
        const payers = addresses.filter((address) => !world.depositAddresses.includes(address as Address))
        expect(new Set(payers.map(owner)).size, addresses.join(' ')).toBe(1)
        expect(addresses.length).toBeGreaterThan(payers.length)
        people += payers.length
      }
    }
    expect(people).toBeGreaterThan(5)
  })

  test('decoded out of the imported ledger, every transfer that arrived is linked by its id, and no other', async () => {
    const truth = new Map(
      world.crossings.flatMap(({ source, destination }) => (destination ? [[source.txid, destination.txid]] : [])),
    )
    const matches = await openCrossings(stores.accounts).bridgeLinks()
    const { tiers } = measureBridgeLinks(matches, truth, ({ txid }) => txid)
    const all = tiers.find(({ tier }) => tier === 'all')
    expect([all?.precision.hits, all?.precision.of, all?.recall.hits]).toEqual([truth.size, truth.size, truth.size])
  })

  test('bridge links: all by their ids and none wrongly; what is not found without ids is kept as a candidate', async () => {
    const { events, truth } = await bridgeTables(world)
    const figures = measureBridges(
      'evm',
      orStop(parseBridgeEvents(events, 'events')).events,
      readPairs(truth),
      ({ txid }) => txid,
    )
    const of = (given: string) => figures.find((one) => one.given === given && one.tier === 'all')
    const byIds = of('all that the events say')
    expect([byIds?.precision.share, byIds?.recall.share]).toEqual(['1.0000', '1.0000'])
    const byFields = of('no ids')
    expect(byFields?.precision.right).toBe(byFields?.precision.of)
    expect(byFields?.kept.right).toBe(byFields?.kept.of)
    const byAmounts = of('amounts, times and tokens alone')
    expect(byAmounts?.recall.right).toBeLessThan(byFields?.recall.right ?? 0)
  })
})

function sentence(asset: string, from: string | null, to: string | null, amount: bigint): string {
  return `${amount} ${asset} from ${from} to ${to}`
}

function isAddress(text: string | null): text is Address {
  return text !== null
}

async function balanceOf(side: EvmSide, address: Address, asset: TrueMove['asset']): Promise<bigint> {
  if (asset === 'coin') return BigInt(await side.node.ask<string>('eth_getBalance', address, 'latest'))
  const data = `0x70a08231${word(address)}`
  return BigInt(await side.node.ask<string>('eth_call', { to: asset, data }, 'latest'))
}
