/**
 * The two engines that carry a trace, the passes in TypeScript and the kernels in WebAssembly, hold the same value in every
 * slot: on random ledgers, and on every transaction of 2009 from the coinbase of block 9 (the first payment) on.
 */
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ChainPack, type LedgerTx, shippedChainPacks, subsidyAt } from '../src/chains/index.ts'
import { openDuckDbChainStore } from '../src/chains/store/index.ts'
import { buildGraph, type TraceGraph } from '../src/tracing/graph.ts'
import { fifoPass, haircutPass, isMarked, poisonPass } from '../src/tracing/kernels/index.ts'
import { seededGraphs } from '../src/tracing/kernels/test-graphs.ts'
import { type Movement, type SlotRef, toCoinbaseMovement, toMovement } from '../src/tracing/movement.ts'
import { type PassResult, pass, passRule } from '../src/tracing/pass.ts'
import { findRule, type RuleDescription } from '../src/tracing/rules/index.ts'
import type { Seed } from '../src/tracing/slot-graph.ts'
import { askComity, sample, temporaryFolder } from './run-comity.ts'
import type { TraceAnswer } from './trace-answers.ts'

type Ledger = { readonly graph: TraceGraph; readonly seeds: readonly Seed[] }
type KernelRule = 'poison' | 'haircut' | 'fifo'

function engine(rule: KernelRule, { graph, seeds }: Ledger): PassResult {
  return pass(graph, passRule(findRule(rule) as RuleDescription), seeds, () => null)
}

function overlapOf({ overlapBySource }: PassResult): bigint {
  return [...overlapBySource.values()].reduce((sum, amount) => sum + amount, 0n)
}

function tracedBySlot({ graph }: Ledger, { partsBySlot }: PassResult): bigint[] {
  return Array.from(graph.columns.value, (_, slot) => partsBySlot.held(slot))
}

/** Every slot: the value that the kernel gives it is the value that the engine gives it. */
function checkHaircut(ledger: Ledger): void {
  const single = { ...ledger, seeds: ledger.seeds.map((seed) => ({ ...seed, source: 0 })) }
  const found = engine('haircut', single)
  const { taint, overlap } = haircutPass(single.graph.columns, single.seeds)
  expect([...taint]).toEqual(tracedBySlot(single, found))
  expect(overlap).toBe(overlapOf(found))
}

/** The kernel marks slots. A marked slot holds its whole value, unless it holds no more than its own seeds. */
function checkPoison(ledger: Ledger): void {
  const single = { ...ledger, seeds: ledger.seeds.map((seed) => ({ ...seed, source: 0 })) }
  const traced = tracedBySlot(single, engine('poison', single))
  const { bits } = poisonPass(single.graph.columns, single.seeds)
  const seeded = new Set(single.seeds.map(({ slot }) => slot))
  expect(traced.map((_, slot) => isMarked(bits, slot))).toEqual(traced.map((amount) => amount > 0n))
  const short = traced.flatMap((amount, slot) =>
    amount > 0n && amount < (single.graph.columns.value[slot] ?? 0n) && !seeded.has(slot) ? [slot] : [],
  )
  expect(short).toEqual([])
}

/** Under FIFO every slot holds the same lots, in the same order, of the same sources. */
function checkFifo(ledger: Ledger): void {
  const found = engine('fifo', ledger)
  const { taint, lots, overlap } = fifoPass(ledger.graph.columns, ledger.seeds)
  expect([...taint]).toEqual(tracedBySlot(ledger, found))
  expect(overlap).toBe(overlapOf(found))
  for (let slot = 0; slot < ledger.graph.columns.slotCount; slot++) {
    const [first = 0, end = 0] = [lots.start[slot], lots.start[slot + 1]]
    const line = Array.from(lots.source.subarray(first, end), (source, at) => ({
      source,
      amount: lots.amount[first + at],
    }))
    const parts = (found.partsBySlot.get(slot) ?? []).filter(({ amount }) => amount > 0n)
    expect(line, `slot ${slot}`).toEqual(found.partsBySlot.held(slot) > 0n ? parts : [])
  }
}

const checks: Readonly<Record<KernelRule, (ledger: Ledger) => void>> = {
  poison: checkPoison,
  haircut: checkHaircut,
  fifo: checkFifo,
}
const kernelRules = Object.keys(checks) as KernelRule[]

describe('on random ledgers', () => {
  /** The random graphs of the kernels as transactions that stand in blocks, in no order, for the engine to put in order. */
  const ledgers: fc.Arbitrary<Ledger> = fc
    .tuple(seededGraphs, fc.infiniteStream(fc.nat()))
    .map(([{ graph, seeds }, choices]) => {
      const slotOf = (slot: number): SlotRef => ({ key: `slot ${slot}`, value: graph.value[slot] ?? 0n, address: null })
      let height = 0
      const movements = Array.from({ length: graph.txCount }, (_, tx): Movement => {
        // Several in one block, whose places in it are not known.
        height += choices.next().value % 2
        const outs = Array.from({ length: (graph.outStart[tx + 1] ?? 0) - (graph.outStart[tx] ?? 0) }, (_, at) =>
          slotOf((graph.outStart[tx] ?? 0) + at),
        )
        const ins = [...graph.inSlot.subarray(graph.inStart[tx], graph.inStart[tx + 1])].map(slotOf)
        const txid = `${choices.next().value % 1_000} ${tx}`
        return {
          txid,
          block: { height, hash: null, time: null },
          index: null,
          ins,
          outs,
          hasFee: graph.hasFee[tx] === 1,
          coinbase: false,
        }
      })
      const built = buildGraph(
        movements.toReversed(),
        seeds.map(({ slot }) => slotOf(slot)),
        'forward',
      )
      return {
        graph: built,
        seeds: seeds.map((seed) => ({ ...seed, slot: built.slotOf(`slot ${seed.slot}`) as number })),
      }
    })

  it.for(kernelRules)('%s: kernel and engine give every slot the same', (rule) => {
    fc.assert(
      fc.property(ledgers, (ledger) => checks[rule](ledger)),
      { numRuns: 400 },
    )
  })
})

describe('on the year 2009', () => {
  const COINBASE_9 = '0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9:0'
  const home = temporaryFolder()
  let graph: TraceGraph
  let slotByKey: ReadonlyMap<string, number>
  let coinbases: readonly string[]

  beforeAll(async () => {
    await askComity(home, ['chain', 'import', '--chain', 'bitcoin', '--format', 'blocksci-csv', sample('bitcoin-2009')])
    const bitcoin = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
    const store = await openDuckDbChainStore(join(home, 'chain.duckdb'))
    const transactions = await store.transactionsAt(
      bitcoin.caip2,
      Array.from({ length: 32_490 }, (_, height) => height),
    )
    await store.close()
    const movements = [...Map.groupBy(transactions, ({ block }) => block.height)].flatMap(([height, inBlock]) => {
      const others = inBlock.filter(({ coinbase }) => !coinbase)
      const coinbase = inBlock.find((tx) => tx.coinbase) as LedgerTx
      return [...others.map(toMovement), toCoinbaseMovement(coinbase, others, subsidyAt(bitcoin, height))]
    })
    const passable = movements.filter((movement): movement is Movement => !('why' in movement))
    expect(passable).toHaveLength(32_709)
    graph = buildGraph(passable, [], 'forward')
    slotByKey = new Map(graph.slots.map(({ key }, slot) => [key, slot]))
    coinbases = transactions.filter(({ coinbase }) => coinbase).map(({ txid }) => `${txid}:0`)
  })

  const seedAt = (key: string, source: number, share = 1n): Seed => {
    const slot = slotByKey.get(key)
    if (slot === undefined) throw new Error(`no slot ${key}`)
    return { slot, source, amount: (graph.columns.value[slot] as bigint) / share }
  }

  it.for(kernelRules)(
    '%s: kernel and engine agree from the coinbase of block 9, and with what a trace answers',
    async (rule) => {
      const ledger = { graph, seeds: [seedAt(COINBASE_9, 0)] }
      checks[rule](ledger)
      const found = engine(rule, ledger)
      const ends = new Map(
        [...found.partsBySlot.keys()].flatMap((slot) => {
          const { key } = graph.slots[slot] as SlotRef
          const amount = found.partsBySlot.held(slot)
          return amount > 0n && !found.consumed.has(slot) ? [[key, amount.toString()] as const] : []
        }),
      )
      expect(ends.size).toBeGreaterThanOrEqual(5)
      const trace = await askComity<TraceAnswer>(home, [
        'trace',
        'run',
        '--chain',
        'bitcoin',
        '--rule',
        rule,
        '--from',
        COINBASE_9,
        '--follow-fees',
      ])
      expect(new Map(trace.positions.map(({ txid, vout, traced }) => [`${txid}:${vout}`, traced]))).toEqual(ends)
      expect(trace.ledger.drawnIn).toBe(found.drawnIn.toString())
    },
  )

  it('fifo: kernel and engine agree on the lots of a thousand sources at once', () => {
    const seeds = coinbases
      .filter((_, at) => at % 32 === 0)
      .map((key, source) => seedAt(key, source, BigInt((source % 4) + 1)))
    expect(seeds.length).toBeGreaterThan(1_000)
    checkFifo({ graph, seeds })
    checkHaircut({ graph, seeds })
    checkPoison({ graph, seeds })
  })
})
