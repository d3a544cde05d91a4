/**
 * Moving an embedded store, from real samples, to another file and to ClickHouse's engine, plain and distributed: the
 * same digests, the same traces, whenever the mover is killed.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transferBatches } from '../../../bench/data/payments.ts'
import {
  type ChainPack,
  type ChainStore,
  importSource,
  type SourceFormat,
  type StoredSource,
  shippedChainPacks,
} from '../../src/chains/index.ts'
import { openImporter } from '../../src/chains/sources/index.ts'
import { moveChainStore, openDuckDbChainStore, openDuckDbStores } from '../../src/chains/store/index.ts'
import { orStop } from '../../src/kernel/index.ts'
import {
  openTrace,
  parseSeed,
  type ResolvedSeed,
  type RuleId,
  resolveSeeds,
  type TraceRequest,
} from '../../src/tracing/index.ts'
import { clickHouseAbsent, clickHouseEngine, duckDbEngine, type StoreEngine } from './engines.ts'
import { block, importSource as importScene, stageSource, tx } from './scenes.ts'

const samples = fileURLToPath(new URL('../../../samples/', import.meta.url))
const bitcoin = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
let accountDigest = ''
let before: Awaited<ReturnType<typeof reading>> | undefined
const silent = { report: () => {} }
const absent = clickHouseAbsent()
const engines: readonly StoreEngine[] = [
  duckDbEngine(),
  ...(absent === null ? [clickHouseEngine(), clickHouseEngine('two')] : []),
]
const home = mkdtempSync(join(tmpdir(), 'comity-move-'))
const source = join(home, 'chain.duckdb')

beforeAll(async () => {
  const { chain: store, accounts } = await openDuckDbStores(source)
  await importSample(store, 'esplora', 'colonial2021/colonial_anchor_txs.json')
  await importSample(store, 'esplora', 'colonial2021/colonial_fbi_txs.json')
  await importSample(store, 'esplora', 'colonial2021/colonial_ransom_txs.json')
  await importSample(store, 'raw-block', 'btc-blocks/block227836.dat')
  // Statements that differ, so that claims, conflicts and replaced row sets move too; and a source that is half imported.
  for (const value of [5n, 6n])
    await importScene(store, {
      name: `says ${value}`,
      blocks: [block('m0', 10, null)],
      transactions: [tx('m', { height: 10, in: 'm0', at: 0 }, [], [[value, 'ann']])],
    })
  // The ledger of an account chain in the same file.
  const { sourceId } = await accounts.beginSource({
    chain: 'eip155:1',
    format: 'evm-rpc',
    name: 'accounts',
    sha256: 'ac'.repeat(32),
    bytes: 0,
  })
  for (const batch of transferBatches(50)) await accounts.stage(sourceId, batch, 'all')
  await accounts.publish(sourceId)
  accountDigest = await accounts.contentDigest('eip155:1')
  await stageSource(store, { name: 'half', blocks: [block('m1', 11, 'm0')] })
  await store.recordTrace(bitcoin.caip2, 'ab'.repeat(32), null, [])
  await store.close()
})
afterAll(async () => {
  for (const engine of engines) await engine.stop()
  rmSync(home, { recursive: true, force: true })
})

describe('a store written out', () => {
  it('says what it holds, and goes unchanged where nothing changed', async () => {
    const folder = join(home, 'written')
    const [engine] = engines as [StoreEngine]
    const first = await moveChainStore({
      path: source,
      folder,
      target: await (await engine.place()).target(),
      progress: silent,
      pieceRows: 200,
    })
    const written = readFileSync(join(folder, 'manifest.json'), 'utf8')
    expect(first.state).toBe('moved')
    expect(first.manifest.leftBehind).toMatchObject([{ name: 'half' }])
    expect(first.manifest.tables.map(({ table }) => table).at(-1)).toBe('publication')
    expect(first.manifest.tables.find(({ table }) => table === 'tx_out')?.pieces.length).toBeGreaterThan(1)
    const again = await moveChainStore({
      path: source,
      folder,
      target: await (await engine.place()).target(),
      progress: silent,
      pieceRows: 200,
    })
    expect(again.pieces).toBe(first.pieces)
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toBe(written)
    appendFileSync(
      join(folder, first.manifest.tables.find(({ table }) => table === 'tx')?.pieces[0]?.files[0]?.path ?? ''),
      'x',
    )
    const third = await engine.place()
    await expect(
      moveChainStore({ path: source, folder, target: await third.target(), progress: silent }),
    ).rejects.toThrow('CHAIN_STORE_PIECE_DAMAGED')
    expect(existsSync(third.address[1] ?? '')).toBe(false)
  })
})

describe.each(engines.map((engine) => [engine.name, engine] as const))('moved to %s', (name, engine) => {
  it('reads as the same bytes and gives the same traces; a second move is refused', async () => {
    const place = await engine.place()
    const folder = join(home, `to ${name}`)
    const move = { path: source, folder, progress: silent, pieceRows: 1000 }
    const moved = await moveChainStore({ ...move, target: await place.target() })
    expect(moved.taken).toBe(moved.pieces)
    before ??= await reading(await openDuckDbChainStore(source))
    const store = await place.open()
    expect(moved.manifest.chains).toEqual([
      { chain: bitcoin.caip2, contentDigest: before.digest },
      { chain: 'eip155:1', contentDigest: accountDigest },
    ])
    // A source can be imported into the moved store, and one that is there already is known.
    const known = await store.beginSource({
      ...((await store.status(bitcoin.caip2)).sources[0] as StoredSource),
      chain: bitcoin.caip2,
    })
    expect(known.state).toBe('published')
    expect(await reading(store)).toEqual(before)
    expect(await moveChainStore({ ...move, target: await place.target() })).toMatchObject({ state: 'known', taken: 0 })
    const other = await openDuckDbChainStore(join(home, `other ${name}.duckdb`))
    await importScene(other, { name: 'other', blocks: [block('o0', 1, null)] })
    await other.close()
    await expect(
      moveChainStore({
        ...move,
        path: join(home, `other ${name}.duckdb`),
        folder: join(home, `other ${name}`),
        target: await place.target(),
      }),
    ).rejects.toThrow('CHAIN_STORE_NOT_EMPTY')
    const more = await place.open()
    await importScene(more, { name: 'more', blocks: [block('m1', 11, 'm0')] })
    expect((await more.blocksByHeight(bitcoin.caip2, [11])).length).toBe(1)
    await more.close()
  })

  it('shows nothing until it has arrived, and goes on where it was killed', async () => {
    const place = await engine.place()
    const folder = join(home, `killed ${name}`)
    // Killed at ever later pieces, then left to end. What is written out is the same for every engine, and what is taken in
    // the same statements with and without a cluster; an engine with a cluster is slow to make tables.
    const kills = ['writing tx_in', 'taking in tx', 'taking in tx_out']
    for (const kill of kills.slice(engine.name === 'DuckDB' ? 0 : engine.name === 'ClickHouse' ? 1 : 2)) {
      expect(await moveUntil(kill, [source, folder, '400', ...place.address]), kill).toBe('killed')
      if (kill.startsWith('writing')) continue
      if (engine.name === 'DuckDB') expect(existsSync(place.address[1] ?? '')).toBe(false)
      else await expect(place.open()).rejects.toThrow('CHAIN_STORE_ARRIVING')
    }
    expect(await moveUntil('nothing', [source, folder, '400', ...place.address])).toBe('resumed')
    const store = await place.open()
    before ??= await reading(await openDuckDbChainStore(source))
    expect(await store.contentDigest(bitcoin.caip2)).toBe(before.digest)
    await store.close()
  })
})

async function importSample(store: ChainStore, format: SourceFormat, path: string): Promise<void> {
  const importer = orStop(
    await openImporter(format, join(samples, path), bitcoin, {
      knownPacks: shippedChainPacks,
      waitIn: join(home, 'waiting'),
    }),
  )
  await importSource(store, importer, silent)
}

/** Content, status and defects of a store, and its traces of the ransom under every rule; closes it. */
async function reading(store: ChainStore) {
  const open = orStop(await openTrace({ store, pack: bitcoin, tags: noTags, progress: silent }, null))
  const seeds = orStop(
    await resolveSeeds(
      [orStop(parseSeed('daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9:0', 'the test'))],
      store,
      bitcoin,
    ),
  )
  const results: string[] = []
  for (const id of ['fifo', 'haircut', 'pifo'] as const) {
    const record = orStop(await open.run(request(id, seeds)))
    results.push(`${id} ${record.resultDigest} ${record.result.positions.length > 0}`)
  }
  const found = {
    digest: await store.contentDigest(bitcoin.caip2),
    status: { ...(await store.status(bitcoin.caip2)) },
    defects: await store.defects(bitcoin.caip2),
    results,
  }
  await store.close()
  return found
}

const noTags = {
  serviceTags: async () => new Map(),
  tagSet: async () => ({ digest: '', tags: 0 }),
  minConfidence: 0,
}

function request(rule: RuleId, seeds: readonly ResolvedSeed[]): TraceRequest {
  return {
    rule,
    direction: 'forward',
    seeds,
    budget: { maxHops: null, minValue: null, maxTransactions: 10_000, untilHeight: null },
    stops: { atTags: false, atCoinJoin: [] },
    followFees: false,
  }
}

/** Runs the mover until it says a line that begins so, kills it there; answers its last line, or `killed`. */
function moveUntil(killAt: string, args: readonly string[]): Promise<string> {
  const script = fileURLToPath(new URL('./move-child.ts', import.meta.url))
  const child = spawn(process.execPath, [script, killAt, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.on('close', (_code, signal) => resolve(signal === null ? said.trim() : 'killed'))
  })
}
