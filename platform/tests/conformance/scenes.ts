/** Small ledgers to publish, and everything that can be read from a store, in one value. */
import type {
  ChainStore,
  Completeness,
  LedgerBlock,
  LedgerInput,
  LedgerOutput,
  LedgerTx,
  PublishReport,
  SourceDescription,
} from '../../src/chains/index.ts'
import { sha256Text } from '../../src/kernel/index.ts'

export const CHAIN = 'bip122:000000000019d6689c085ae165831e93'

/** The hash of a name: `id('t1')` is the txid that the scenes call t1. */
export const id = sha256Text

export type SceneSource = {
  readonly name: string
  readonly blocks?: readonly LedgerBlock[]
  readonly transactions?: readonly LedgerTx[]
}

/** Difficulty 1 and difficulty 2, as compact targets. */
export const EASY = 0x1d00ffff
export const HARD = 0x1c7fff80

/** A block called `name`; its parent by name. */
export function block(name: string, height: number, prev: string | null, more: Partial<LedgerBlock> = {}): LedgerBlock {
  return {
    height,
    hash: id(name),
    prevHash: prev === null ? null : id(prev),
    time: 1_300_000_000 + height * 600,
    merkleRoot: null,
    bits: EASY,
    headerVerified: true,
    completeness: 'merkle' as Completeness,
    ...more,
  }
}

export type Place = { readonly height: number; readonly in: string | null; readonly at?: number }

/** A transaction called `name`. Inputs as `['t1', 0]`, outputs as `[value, address]`; no inputs make a coinbase. */
export function tx(
  name: string,
  place: Place,
  inputs: readonly (readonly [string, number, (bigint | null)?, (string | null)?])[],
  outputs: readonly (readonly [bigint, string])[],
  more: Partial<LedgerTx> = {},
): LedgerTx {
  const spends = inputs.map(
    ([prev, vout, value = null, address = null]): LedgerInput => ({
      prev: { txid: id(prev), vout },
      prevout: value === null ? null : { value, script: null, address },
      sequence: 0xffffffff,
    }),
  )
  return {
    txid: id(name),
    coinbase: inputs.length === 0,
    block: { height: place.height, hash: place.in === null ? null : id(place.in), time: null },
    index: place.at ?? null,
    version: 1,
    locktime: 0,
    inputs: spends.length > 0 ? spends : [{ prev: null, prevout: null, sequence: 0xffffffff }],
    outputs: outputs.map(([value, address]): LedgerOutput => ({ value, script: null, type: 'p2pkh', address })),
    proof: 'stated',
    ...more,
  }
}

export function describeSource(name: string): SourceDescription {
  return { chain: CHAIN, format: 'raw-block', name, sha256: id(`file ${name}`), bytes: name.length }
}

/** What the processes that are killed publish into a store of account chains. */
export const transfersSource: SourceDescription = {
  chain: 'eip155:1',
  format: 'evm-rpc',
  name: 'transfers',
  sha256: 'ad'.repeat(32),
  bytes: 1,
}

/** Imports a source in batches of at most `size` blocks or transactions. */
export async function importSource(store: ChainStore, source: SceneSource, size = 1000): Promise<PublishReport> {
  const sourceId = await stageSource(store, source, size)
  return store.publish(sourceId)
}

export async function stageSource(store: ChainStore, source: SceneSource, size = 1000): Promise<number> {
  const { sourceId } = await store.beginSource(describeSource(source.name))
  const items = [
    ...(source.blocks ?? []).map((item) => ({ blocks: [item], transactions: [] })),
    ...(source.transactions ?? []).map((item) => ({ blocks: [], transactions: [item] })),
  ]
  for (let from = 0; from < items.length; from += size) {
    const part = items.slice(from, from + size)
    await store.stage(
      sourceId,
      {
        blocks: part.flatMap((item) => item.blocks),
        transactions: part.flatMap((item) => item.transactions),
        defects: [],
      },
      String(from + part.length),
    )
  }
  return sourceId
}

/** Names, heights and addresses that a scene may mention. */
export type Universe = {
  readonly txs: readonly string[]
  readonly heights: readonly number[]
  readonly blocks: readonly string[]
  readonly addresses: readonly string[]
}

/** The answers to every question of the port about a universe, without the numbers of sources. */
export async function everythingIn(store: ChainStore, universe: Universe) {
  const txids = universe.txs.map(id)
  const outpoints = txids.flatMap((txid) => [0, 1, 2].map((vout) => ({ txid, vout })))
  const [low, high] = [Math.min(...universe.heights), Math.max(...universe.heights)]
  const status = await store.status(CHAIN)
  return {
    status: { ...status, sources: status.sources.map(({ sourceId: _, ...source }) => source) },
    defects: await store.defects(CHAIN),
    byHeight: await store.blocksByHeight(CHAIN, universe.heights),
    byHash: await store.blocksByHash(CHAIN, universe.blocks.map(id)),
    before: await store.lastBlockBefore(CHAIN, 1_300_000_000 + high * 600 - 1),
    transactions: await store.transactions(CHAIN, txids),
    at: await store.transactionsAt(CHAIN, universe.heights),
    outputs: await store.outputs(CHAIN, outpoints),
    outputsOf: await store.outputsOf(CHAIN, txids),
    spenders: await store.spenders(CHAIN, outpoints, high),
    addresses: await Promise.all(
      universe.addresses.map(async (address) => ({
        into: await store.transactionsOf(CHAIN, [address], 'in', low, high),
        outOf: await store.transactionsOf(CHAIN, [address], 'out', low, high),
        events: await store.addressEvents(CHAIN, address, 0, 1000),
        totals: await store.addressTotals(CHAIN, address),
      })),
    ),
    counts: await Promise.all(
      (['in', 'out'] as const).map(async (direction) => [
        ...(await store.countTransactionsOf(CHAIN, universe.addresses, direction, low, high)),
      ]),
    ),
    countsByHeight: await store.countByHeight(CHAIN, universe.addresses[0] ?? '', 'in', low, high),
    stale: await store.staleTraces(CHAIN),
    digest: await store.contentDigest(CHAIN),
  }
}
