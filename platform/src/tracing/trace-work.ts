/** What the parts of a trace share while it runs: the request, what was walked, and the stops and budgets. */
import type { ChainPack, ChainStatus, StoredBlock } from '../chains/index.ts'
import type { Progress } from '../kernel/index.ts'
import { bridgePaymentStop } from './bridge-payment-stop.ts'
import { coinJoinStop } from './coinjoin-stop.ts'
import { startWalk, type Walk } from './collect.ts'
import type { TraceGraph } from './graph.ts'
import type { HotAddress } from './hot-addresses.ts'
import type { LedgerWindow } from './ledger-window.ts'
import { outputKey, readSlotKey, type SlotRef } from './movement.ts'
import type { Hold, HoldQuestion, PassResult } from './pass.ts'
import type { ResolvedSeed, TraceRequest } from './request.ts'
import { type RuleDescription, rules } from './rules/index.ts'
import type { Seed } from './slot-graph.ts'

/** A service tag that stops a trace, as far as a position needs to say it. */
export type ServiceTag = {
  readonly label: string
  readonly category: string
  readonly confidence: string
  readonly source: string
}

export type TraceSetting = {
  readonly pack: ChainPack
  readonly window: LedgerWindow
  readonly status: ChainStatus
  /** The block as of which everything is said; null for an empty ledger. */
  readonly asOf: StoredBlock
  /** Service tags of addresses; asked only where the request stops at tags. */
  readonly serviceTags: (addresses: readonly string[]) => Promise<ReadonlyMap<string, ServiceTag>>
  readonly progress: Progress
}

export type TraceWork = {
  readonly request: TraceRequest
  readonly setting: TraceSetting
  readonly rule: RuleDescription
  readonly walk: Walk
  /** Labels in order: the place of a label is the number of its source. */
  readonly labels: readonly string[]
  /** Seeds whose output the ledger knows, and their slots, in the same order. */
  readonly placed: readonly ResolvedSeed[]
  readonly seedSlots: readonly SlotRef[]
  /** Addresses of which not all transactions were read; filled while the walk goes on. */
  readonly hotAddresses: Map<string, HotAddress>
  /** The service of an address that was looked up, where it has one. */
  serviceAt(address: string | null): ServiceTag | null
  /** Looks up the tags of addresses that were not looked up before. */
  noteServices(slots: readonly SlotRef[]): Promise<void>
  /** What holds an output that pays a bridge, where the request stops at these. */
  bridgeHold(ref: SlotRef): Hold | null
  holdOf(ref: SlotRef, traced: bigint, hops: number, consumer: string | null): Hold | null
}

export function openWork(request: TraceRequest, setting: TraceSetting): TraceWork {
  const placed = request.seeds.filter((seed) => seed.known !== 'declared')
  const walk = startWalk(setting.window, request.direction, request.budget, request.followFees)
  const hotAddresses = new Map<string, HotAddress>()
  const services = new Map<string, ServiceTag | null>()
  const stopAtCoinJoin = coinJoinStop(request.stops.atCoinJoin, setting.pack.caip2, setting.window.seen)
  const rule = rules.find(({ id }) => id === request.rule) as RuleDescription
  const stopsAtBridges = request.stops.atBridges === true && request.direction === 'forward'
  const bridgeHold = stopsAtBridges
    ? bridgePaymentStop(setting.window.seen, rule.unit === 'address' ? walk.movements : null)
    : () => null
  return {
    request,
    setting,
    rule,
    walk,
    labels: [...new Set(request.seeds.map(({ label }) => label))].sort(),
    placed,
    seedSlots: placed.map(seedSlot),
    hotAddresses,
    serviceAt,
    noteServices,
    bridgeHold,
    holdOf,
  }

  function serviceAt(address: string | null): ServiceTag | null {
    return address === null ? null : (services.get(address) ?? null)
  }

  async function noteServices(slots: readonly SlotRef[]): Promise<void> {
    if (!request.stops.atTags) return
    const open = [
      ...new Set(slots.flatMap(({ address }) => (address !== null && !services.has(address) ? [address] : []))),
    ]
    if (open.length === 0) return
    const tags = await setting.serviceTags(open)
    for (const address of open) services.set(address, tags.get(address) ?? null)
  }

  /** The stops and budgets that keep value where it is, in the order in which they are said. */
  function holdOf(ref: SlotRef, traced: bigint, hops: number, consumer: string | null): Hold | null {
    const { maxHops, minValue } = request.budget
    const service = hops > 0 ? serviceAt(ref.address) : null
    if (service) return serviceHold(service)
    const bridge = bridgeHold(ref)
    if (bridge) return bridge
    // What left a hot address between the last height that was read and this transaction is not known: proceeds may have
    // gone before it.
    const hot = ref.address === null ? undefined : hotAddresses.get(ref.address)
    if (hot && consumer !== null && liesBeyond(hot, consumer)) return hotHold(ref.address as string, hot)
    if (maxHops !== null && hops >= maxHops) {
      return { status: 'not-followed', code: 'max-hops', reason: `the budget of ${maxHops} hops was used up` }
    }
    if (minValue !== null && traced < minValue) {
      return {
        status: 'not-followed',
        code: 'min-value',
        reason: `traced value below the minimum of ${minValue} base units`,
      }
    }
    return consumer === null ? null : stopAtCoinJoin(consumer)
  }

  function liesBeyond({ readTo }: HotAddress, txid: string): boolean {
    const height = walk.movements.get(txid)?.block.height
    if (readTo === null || height === undefined) return true
    return request.direction === 'forward' ? height > readTo : height < readTo
  }
}

export function graphSeeds({ placed, seedSlots, labels }: TraceWork, graph: TraceGraph): Seed[] {
  const sourceByLabel = new Map(labels.map((label, source) => [label, source]))
  return placed.map((seed, index) => ({
    slot: graph.slotOf((seedSlots[index] as SlotRef).key) as number,
    source: sourceByLabel.get(seed.label) as number,
    amount: seed.amount,
  }))
}

/** The height at which a seed is on its address: its own block, else the block that moves it on. */
export function seedHeight({ setting }: TraceWork, graph: TraceGraph, slot: number): number {
  const { txid } = readSlotKey((graph.slots[slot] as SlotRef).key)
  const known = setting.window.seen.get(txid)?.block.height
  if (known !== undefined) return known
  const consumer = graph.consumer[slot] as number
  return graph.movements[consumer]?.block.height ?? setting.asOf.height
}

/** The same question, asked by a pass for a slot of its graph. */
export function holds({ holdOf }: TraceWork, graph: TraceGraph): HoldQuestion {
  return (slot, traced, hops) =>
    holdOf(graph.slots[slot] as SlotRef, traced, hops, graph.movements[graph.consumer[slot] as number]?.txid ?? null)
}

export function hopsOf(graph: TraceGraph, result: PassResult, slot: number): number {
  return result.hopsByTx.get(graph.creator[slot] as number) ?? 0
}

/** Value that stays on an address of which more is known to have moved on than was read. */
export function hotHold(address: string, { transactions, read, readTo }: HotAddress): Hold {
  return {
    status: 'not-followed',
    code: 'budget-hot-address',
    reason: `BUDGET_HOT_ADDRESS: ${transactions} transactions of ${address} come into question and ${read} were read${readTo === null ? '' : `, to height ${readTo}`}: whether this value is still there is not known`,
  }
}

export function serviceHold(tag: ServiceTag): Hold {
  return {
    status: 'service',
    code: 'service-tag',
    reason: `stopped at a service: ${tag.label} (${tag.category}; confidence ${tag.confidence}; ${tag.source})`,
  }
}

function seedSlot(seed: ResolvedSeed): SlotRef {
  return { key: outputKey({ txid: seed.txid, vout: seed.vout ?? 0 }), value: seed.value ?? 0n, address: seed.address }
}
