/**
 * The chain store as its ledger grows a hundredfold: import, frontiers, one of them a hot address, a trace of the same case,
 * and what a transfer takes on disk, on each engine. Bytes of Bitcoin rows come from real blocks.
 *
 * A transfer is an output of a chain of outputs, and a move of a chain of accounts. One address is hot: each payment pays
 * it and spends from it. What it costs to go on from there is set by the budget, and by the ranges of heights that it is
 * read in.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { type ChainPack, importSource, shippedChainPacks } from '../../platform/src/chains/index.ts'
import { openImporter } from '../../platform/src/chains/sources/index.ts'
import {
  describeClickHouseStore,
  openClickHouseStores,
  openDuckDbStores,
  type Stores,
} from '../../platform/src/chains/store/index.ts'
import { orStop } from '../../platform/src/kernel/index.ts'
import { readAddresses } from '../../platform/src/tracing/hot-addresses.ts'
import { openTrace, parseSeed, resolveSeeds } from '../../platform/src/tracing/index.ts'
import { clickHouseAbsent, clickHouseEngine } from '../../platform/tests/conformance/engines.ts'
import {
  blockAt,
  caseHeight,
  caseSeed,
  paymentAddresses,
  paymentBatches,
  paymentOutpoints,
  transferBatches,
} from '../data/payments.ts'
import type { Context, Finding, Measure } from '../measure.ts'

const FRONTIER = 10_000
/** Transactions of a hot address that are read, and how many are asked for at once; a height holds 2,000 here. */
const BUDGETS = [
  { budget: 5_000, page: 50_000 },
  { budget: 20_000, page: 50_000 },
  { budget: 20_000, page: 2_500 },
  { budget: 100_000, page: 50_000 },
] as const
const samples = fileURLToPath(new URL('../../samples/btc-blocks/', import.meta.url))
const blocks = ['block426884.raw.gz', 'block481829.dat.gz', 'block574200.raw.gz', 'block702861.raw.gz']
const bitcoin = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
const silent = { report: () => {} }

type Place = { readonly engine: string; open(): Promise<Stores>; bytes(): Promise<number>; remove(): Promise<void> }

export const scale: Measure = {
  name: 'scale',
  title: 'The chain store at ×1, ×10, ×100 (a transfer is an output, or a move between accounts)',
  run: async (context) => {
    const absent = clickHouseAbsent()
    const server = absent === null ? clickHouseEngine() : null
    try {
      const duck = () => duckDbPlace(context)
      const house = server ? () => clickHousePlace(server) : null
      // The smallest that takes longer than opening a store.
      const one = Math.max(1_000, Math.round(context.edges / 4_000))
      const found: Finding[] = []
      for (const size of [one, one * 10, one * 100]) {
        found.push(...(await grown(context, await duck(), size)))
        // ClickHouse's engine runs here behind a double of its HTTP interface, one statement after the other.
        if (house && size < one * 100) found.push(...(await grown(context, await house(), size)))
      }
      for (const place of [duck, ...(house ? [house] : [])]) {
        found.push(...(await sizes(context, await place())))
        // The more rows, the less of a file is unfilled; a double of HTTP takes its time for each.
        found.push(...(await accountSizes(context, await place(), place === duck ? one * 40 : one * 10)))
      }
      if (absent !== null) found.push({ task: 'on ClickHouse', contender: 'ClickHouse', absent })
      return found.sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0))
    } finally {
      await server?.stop()
    }
  },
}

async function grown(context: Context, place: Place, payments: number): Promise<Finding[]> {
  context.say(`${place.engine}, ${payments.toLocaleString('en')} transactions`)
  const { chain: store } = await place.open()
  const contender = `${place.engine}, ${payments.toLocaleString('en')} transactions`
  const transfers = payments * 2
  const imported = await timed(async () => {
    const { sourceId } = await store.beginSource({
      chain: bitcoin.caip2,
      format: 'raw-block',
      name: 'grown',
      sha256: '00'.repeat(32),
      bytes: 0,
    })
    let batch = 0
    for (const one of paymentBatches(payments, HOT)) await store.stage(sourceId, one, String(++batch))
    await store.publish(sourceId)
  })
  const outpoints = paymentOutpoints(payments, FRONTIER)
  const asked = await timed(() => store.spenders(bitcoin.caip2, outpoints, Number.MAX_SAFE_INTEGER))
  const addresses = paymentAddresses(payments, FRONTIER)
  const paid = await timed(() => store.transactionsOf(bitcoin.caip2, addresses, 'in', 0, Number.MAX_SAFE_INTEGER))
  const hot: Finding[] = []
  for (const limit of BUDGETS) hot.push(await hotAddress(store, contender, limit))
  const traced = await timed(() => traceCase(store))
  await store.close()
  const bytes = await place.bytes()
  await place.remove()
  return [
    {
      task: 'import',
      contender,
      ms: imported.ms,
      perSecond: (transfers / imported.ms) * 1000,
      unit: 'transfers',
      bytesPerEdge: bytes / transfers,
    },
    { task: 'frontier of 10,000 outputs', contender, ms: asked.ms, note: `${asked.value.length} spends` },
    { task: 'frontier of 10,000 addresses', contender, ms: paid.ms, note: `${paid.value.length} transactions` },
    ...hot,
    { task: 'trace of the same case (1,023 transactions, FIFO)', contender, ms: traced.ms, answer: traced.value },
  ]
}

async function traceCase(store: Stores['chain']): Promise<string> {
  const noTags = { serviceTags: async () => new Map(), tagSet: async () => ({ digest: '', tags: 0 }), minConfidence: 0 }
  const bench = { store, pack: bitcoin, tags: noTags, progress: silent }
  const open = orStop(await openTrace(bench, { height: blockAt(caseHeight - 1).height }))
  const seed = orStop(parseSeed(`${caseSeed.txid}:${caseSeed.vout}`, 'bench'))
  const record = orStop(
    await open.run({
      rule: 'fifo',
      direction: 'forward',
      seeds: orStop(await resolveSeeds([seed], store, bitcoin)),
      budget: { maxHops: null, minValue: null, maxTransactions: 100_000, untilHeight: null },
      stops: { atTags: false, atCoinJoin: [] },
      followFees: false,
    }),
  )
  return record.resultDigest.slice(0, 16)
}

/** Four real blocks, after SegWit and before it. */
async function sizes(context: Context, place: Place): Promise<Finding[]> {
  context.say(`${place.engine}, real blocks`)
  const { chain: store } = await place.open()
  let [outputs, inputs] = [0, 0]
  const imported = await timed(async () => {
    for (const block of blocks) {
      const importer = orStop(
        await openImporter('raw-block', join(samples, block), bitcoin, { knownPacks: shippedChainPacks }),
      )
      const { report } = await importSource(store, importer, silent)
      outputs += report.counts.outputs
      inputs += report.counts.inputs
    }
  })
  await store.close()
  const bytes = await place.bytes()
  await place.remove()
  return [
    {
      task: 'bytes of a transfer, Bitcoin, four real blocks',
      contender: place.engine,
      ms: imported.ms,
      perSecond: (outputs / imported.ms) * 1000,
      unit: 'transfers',
      bytesPerEdge: bytes / outputs,
      note: `${outputs} outputs, ${inputs} inputs`,
    },
  ]
}

async function accountSizes(context: Context, place: Place, transfers: number): Promise<Finding[]> {
  context.say(`${place.engine}, accounts`)
  const { accounts: store } = await place.open()
  const imported = await timed(async () => {
    const { sourceId } = await store.beginSource({
      chain: 'eip155:1',
      format: 'evm-rpc',
      name: 'transfers',
      sha256: '00'.repeat(32),
      bytes: 0,
    })
    let batch = 0
    for (const one of transferBatches(transfers)) await store.stage(sourceId, one, String(++batch))
    await store.publish(sourceId)
  })
  await store.close()
  const bytes = await place.bytes()
  await place.remove()
  return [
    {
      task: 'bytes of a transfer, accounts, synthetic token transfers',
      contender: place.engine,
      ms: imported.ms,
      perSecond: (transfers / imported.ms) * 1000,
      unit: 'transfers',
      bytesPerEdge: bytes / transfers,
      note: `${transfers} transfers, one a transaction, without logs`,
    },
  ]
}

const HOT = 'hot'

/** How long it takes to know that an address is hot, and to read the budget of it in so many ranges of heights. */
async function hotAddress(
  store: Stores['chain'],
  contender: string,
  { budget, page }: (typeof BUDGETS)[number],
): Promise<Finding> {
  let partitions = 0
  const counted: Stores['chain'] = {
    ...store,
    transactionsOf: (chain, addresses, direction, from, to, limit) => {
      if (limit === undefined) partitions++
      return store.transactionsOf(chain, addresses, direction, from, to, limit)
    },
  }
  const { value, ms } = await timed(() =>
    readAddresses(counted, bitcoin.caip2, [HOT], 'out', 0, Number.MAX_SAFE_INTEGER, budget, page),
  )
  const one = value.get(HOT)
  const [there, read] = [one?.hot?.transactions ?? one?.txids.length ?? 0, one?.txids.length ?? 0]
  return {
    task: `a hot address, budget ${budget.toLocaleString('en')} in ranges of ${page.toLocaleString('en')}`,
    contender,
    ms,
    note: `${there.toLocaleString('en')} transactions spend from it; ${read.toLocaleString('en')} read in ${Math.max(1, partitions)} ranges`,
  }
}

let places = 0

async function duckDbPlace({ folder }: Context): Promise<Place> {
  const inside = join(folder, `scale-${++places}`)
  mkdirSync(inside)
  const path = join(inside, 'chain.duckdb')
  return {
    engine: 'DuckDB',
    open: () => openDuckDbStores(path),
    bytes: async () => statSync(path).size,
    remove: async () => rmSync(inside, { recursive: true }),
  }
}

async function clickHousePlace(server: ReturnType<typeof clickHouseEngine>): Promise<Place> {
  const url = await server.url()
  const database = `scale_${++places}`
  const client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } })
  await client.command({ query: `CREATE DATABASE ${database}` })
  const options = () => ({ client: createClient({ url, database, log: { level: ClickHouseLogLevel.OFF } }), database })
  return {
    engine: 'ClickHouse',
    open: () => openClickHouseStores(options()),
    bytes: async () => (await describeClickHouseStore(options())).bytes,
    remove: async () => {
      await client.command({ query: `DROP DATABASE ${database}` })
      await client.close()
    },
  }
}

async function timed<T>(body: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now()
  const value = await body()
  return { value, ms: performance.now() - start }
}
