/** Reads the published sets from the samples and vectors of the repository. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import { type ChainPack, type LedgerTx, type SourceFormat, shippedChainPacks } from '../../../chains/index.ts'
import { openImporter } from '../../../chains/sources/index.ts'
import { orStop } from '../../../kernel/index.ts'
import { parseBridgeEvents } from '../../crossing/index.ts'
import { type Coin, ledgerTx } from '../../detectors/ledger-cases.ts'
import type { LinkFigure, TruePair } from '../measure-links.ts'
import type { PublishedSets } from '../published.ts'
import { readBridgeRecords } from './read-bridge-records.ts'
import { readFlowCases } from './read-flow-cases.ts'
import { readPoolEvents } from './read-pool-events.ts'
import { readTagSets } from './read-tag-sets.ts'

const bitcoin = shippedChainPacks[0] as ChainPack

export async function readPublishedSets(root: string): Promise<PublishedSets> {
  const ledger = (name: string) => join(root, 'samples/bitfinex2016/ledger', name)
  const evm = (name: string) => readFileSync(join(root, 'vectors/validation/evm-world', name), 'utf8')
  const [seizure] = await transactionsOf('esplora', ledger('c49ff6bd.seizure-2022.esplora.json'))
  const [theft] = await transactionsOf('esplora', ledger('5c7134d4.theft-2016.esplora.json'))
  return {
    year2009: linked(await transactionsOf('blocksci-csv', join(root, 'samples/bitcoin-2009'))),
    graphsense: readGraphsense(join(root, 'vectors/validation/graphsense-utxo')),
    detectorCases: readDetectorCases(join(root, 'vectors/detectors')),
    bitfinex: { destinations: bitfinexDestinations(root), seizure: seizure as LedgerTx, theft: theft as LedgerTx },
    bridges: {
      events: orStop(parseBridgeEvents(evm('bridge-events.csv'), 'bridge-events.csv')).events,
      truth: readPairs(evm('bridge-truth.csv')),
    },
    conversions: JSON.parse(evm('conversions.json')) as readonly LinkFigure[],
    blocks: [
      {
        name: 'block 300025 of Bitcoin (May 2014), with what it spends',
        transactions: await transactionsOf('raw-block', join(root, 'samples/btc-blocks/block300025.raw.gz')),
      },
    ],
    bridgeRecords: readBridgeRecords(join(root, 'samples/bridge-connector')),
    flows: await readFlowCases(join(root, 'samples/eth-crime-flows')),
    pools: [readPoolEvents(join(root, 'samples/tornado-events'), 'sample') ?? []].flat(),
    tags: await readTagSets(join(root, 'samples/tags')),
  }
}

/** A table with the columns `source` and `destination`; an empty destination is none. */
export function readPairs(text: string): readonly TruePair[] {
  const rows: Record<string, string>[] = parseCsv(text, { columns: true, skip_empty_lines: true })
  return rows.map(({ source = '', destination = '' }) => ({
    source,
    destination: destination === '' ? null : destination,
  }))
}

async function transactionsOf(format: SourceFormat, path: string): Promise<readonly LedgerTx[]> {
  const importer = orStop(await openImporter(format, path, bitcoin, { knownPacks: shippedChainPacks }))
  const transactions: LedgerTx[] = []
  for await (const { batch } of importer.read({ cursor: null })) transactions.push(...batch.transactions)
  return transactions
}

/** Inputs filled from the outputs that they spend, as the store does it. */
function linked(transactions: readonly LedgerTx[]): readonly LedgerTx[] {
  const byTxid = new Map(transactions.map((tx) => [tx.txid, tx]))
  return transactions.map((tx) => ({
    ...tx,
    inputs: tx.inputs.map((input) => {
      const spent = input.prev && byTxid.get(input.prev.txid)?.outputs[input.prev.vout]
      return spent && !input.prevout ? { ...input, prevout: spent } : input
    }),
  }))
}

type GraphsenseTx = {
  readonly txHash: string
  readonly coinbase: boolean
  readonly coinjoin: boolean
  readonly blockId: number
  readonly timestamp: number
  readonly inputs: readonly GraphsensePlace[]
  readonly outputs: readonly GraphsensePlace[]
}
type GraphsensePlace = { readonly address: readonly string[]; readonly value: number }

/** The set gives no outpoints; addresses and amounts are all that clusters need. Several addresses in one place: none. */
function readGraphsense(folder: string): PublishedSets['graphsense'] {
  const lines = <T>(name: string) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T)
  const rows = lines<GraphsenseTx>('test_txs.json')
  const only = ({ address }: GraphsensePlace) => (address.length === 1 ? (address[0] ?? null) : null)
  const addressById = new Map(
    lines<{ addressId: number; address: string }>('address_ids.json').map(({ addressId, address }) => [
      addressId,
      address,
    ]),
  )
  const clusters = (name: string) => {
    const byId = new Map<number, string[]>()
    for (const { addressId, clusterId } of lines<{ addressId: number; clusterId: number }>(name)) {
      const address = addressById.get(addressId)
      if (address && address !== 'coinbase') byId.set(clusterId, [...(byId.get(clusterId) ?? []), address])
    }
    return [...byId.values()]
  }
  return {
    transactions: rows.map(({ txHash, coinbase, blockId, timestamp, inputs, outputs }) => ({
      txid: txHash,
      coinbase,
      block: { height: blockId, hash: null, time: timestamp },
      index: null,
      version: null,
      locktime: null,
      inputs: coinbase
        ? [{ prev: null, prevout: null, sequence: null }]
        : inputs.map((place, n) => ({
            prev: { txid: txHash, vout: n },
            prevout: { value: BigInt(place.value), script: null, address: only(place) },
            sequence: null,
          })),
      outputs: outputs.map((place) => ({
        value: BigInt(place.value),
        script: null,
        type: 'unknown' as const,
        address: only(place),
      })),
      proof: 'stated' as const,
    })),
    marked: rows.filter(({ coinjoin }) => coinjoin).map(({ txHash }) => txHash),
    guarded: clusters('address_cluster.json'),
    unguarded: clusters('address_cluster_with_coinjoin.json'),
  }
}

type VectorFile = {
  readonly rule: string
  readonly cases: readonly {
    readonly theirs?: 'accept' | 'reject'
    readonly differs?: string
    readonly tx: {
      readonly coinbase: boolean
      readonly inputs: readonly (readonly [string, string | null])[]
      readonly outputs: readonly (readonly [string, string | null])[]
    }
  }[]
}

/** Cases of the authors of a rule, with what they say of each. */
function readDetectorCases(folder: string): PublishedSets['detectorCases'] {
  const coin = ([amount, owner]: readonly [string, string | null]): Coin => [BigInt(amount), owner]
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const { rule, cases } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as VectorFile
      return cases.flatMap(({ theirs, differs = null, tx }) =>
        theirs === undefined
          ? []
          : [
              {
                rule,
                theirs,
                differs,
                tx: ledgerTx({
                  coinbase: tx.coinbase,
                  inputs: tx.inputs.map(coin),
                  outputs: tx.outputs.map(coin),
                }),
              },
            ],
      )
    })
}

function bitfinexDestinations(root: string): readonly string[] {
  const text = gunzipSync(readFileSync(join(root, 'samples/bitfinex2016/bitfinex_tx_dataset.csv.gz'))).toString('utf8')
  const rows: Record<string, string>[] = parseCsv(text, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
  })
  return rows.flatMap(({ to }) => to ?? [])
}
