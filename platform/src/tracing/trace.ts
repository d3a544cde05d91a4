/**
 * A trace: from its seeds, under one rule, as far as the data, the stops and the budget allow.
 *
 * It walks the ledger in rounds. Each round follows the slots that hold traced value one step; the walk ends when every
 * slot that holds traced value has been followed or is known to end. Only the last pass over the walked part counts, so
 * that the order of the rounds cannot change the result.
 */
import type { ChainPack, ChainStatus, StoredBlock } from '../chains/index.ts'
import { type Progress, stop } from '../kernel/index.ts'
import { type AddressPassResult, addressPass } from './address-pass.ts'
import { coinJoinStop } from './coinjoin-stop.ts'
import { startWalk } from './collect.ts'
import { buildGraph, type TraceGraph } from './graph.ts'
import type { LedgerWindow } from './ledger-window.ts'
import { type Movement, outputKey, readSlotKey, type SlotRef } from './movement.ts'
import { type Hold, held, type PassResult, type PassRule, pass } from './pass.ts'
import { addUp, type Position, type TraceLedger } from './positions.ts'
import type { ResolvedSeed, TraceRequest } from './request.ts'
import { type RuleDescription, rules, transactionRules } from './rules/index.ts'
import { bySource, NO_PARTS, type Parts } from './rules/parts.ts'
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

/** One transaction that traced value passed through. */
export type FlowStep = {
  readonly txid: string
  readonly hops: number
  readonly height: number
  readonly time: number | null
  readonly from: readonly { readonly key: string; readonly traced: bigint }[]
  readonly to: readonly {
    readonly key: string
    readonly address: string | null
    readonly amount: bigint
    readonly traced: bigint
  }[]
}

export type TraceOutcome = {
  readonly rule: RuleDescription
  readonly positions: readonly Position[]
  readonly ledger: TraceLedger
  readonly flow: readonly FlowStep[]
  readonly rounds: number
}

export async function runTrace(request: TraceRequest, setting: TraceSetting): Promise<TraceOutcome> {
  const rule = rules.find(({ id }) => id === request.rule) as RuleDescription
  const labels = [...new Set(request.seeds.map(({ label }) => label))].sort()
  const sourceByLabel = new Map(labels.map((label, source) => [label, source]))
  const placed = request.seeds.filter((seed) => seed.known !== 'declared')
  const seedSlots = placed.map(seedSlot)
  const walk = startWalk(setting.window, request.direction, request.budget, request.followFees)
  const services = new Map<string, ServiceTag | null>()
  const stopAtCoinJoin = coinJoinStop(request.stops.atCoinJoin, setting.pack.caip2, setting.window.seen)

  // What the ledger holds of the seeds' own transactions says when they were paid.
  await setting.window.transactions(placed.map(({ txid }) => txid))
  await noteServices(seedSlots)
  let rounds = 0
  const { graph, result } = rule.unit === 'address' ? await walkAddresses() : await walkOutputs()
  const positions = [...(await placePositions()), ...declaredPositions()].sort(byPlace)
  const ledger = addUp(
    sumOf(request.seeds.map(({ amount }) => amount)),
    result.drawnIn,
    sumOf(result.overlapBySource.values()),
    positions,
  )
  checkBalance(ledger)
  return { rule, positions, ledger, flow: flowOf(), rounds }

  async function walkOutputs(): Promise<{ graph: TraceGraph; result: PassResult }> {
    const passRule: PassRule = {
      apply: transactionRules[request.rule as keyof typeof transactionRules],
      conserves: rule.conserves,
    }
    const spread = spreading(passRule)
    let frontier = seedSlots.map(({ key }) => key)
    while (true) {
      while (frontier.length > 0) {
        rounds++
        const added = await walk.step(frontier)
        await noteServices(added.flatMap(({ outs }) => outs))
        setting.progress.report(
          walk.movements.size,
          undefined,
          `${rule.id}: hop ${rounds}, transactions walked: ${walk.movements.size}`,
        )
        frontier = spread(added)
      }
      const graph = buildGraph([...walk.movements.values()], seedSlots, request.direction)
      const result = pass(graph, passRule, graphSeeds(graph), holds(graph))
      for (const [slot, parts] of result.partsBySlot) {
        const ref = graph.slots[slot] as SlotRef
        if (result.consumed.has(slot) || walk.nextByKey.has(ref.key)) continue
        if (!holdOf(ref, held(parts, ref.value), hopsOf(graph, result, slot), null)) frontier.push(ref.key)
      }
      if (frontier.length === 0) return { graph, result }
    }
  }

  /**
   * Where to walk next, from what is known so far. A transaction is looked at when it is found, though more traced value
   * may reach it later by a longer way: the pass over the whole walk finds that, and only the pass counts.
   */
  function spreading(passRule: PassRule): (added: readonly Movement[]) => string[] {
    const partsByKey = new Map<string, Parts>()
    const hopsByKey = new Map<string, number>()
    placed.forEach((seed, index) => {
      const { key } = seedSlots[index] as SlotRef
      const source = sourceByLabel.get(seed.label) as number
      partsByKey.set(key, [...(partsByKey.get(key) ?? []), { source, amount: seed.amount }])
    })
    return (added) =>
      added.flatMap((movement) => {
        let hops = Number.POSITIVE_INFINITY
        const ins = movement.ins.map((ref) => {
          const parts = partsByKey.get(ref.key) ?? NO_PARTS
          const slotHops = hopsByKey.get(ref.key) ?? 0
          const isHeld = parts.length === 0 || holdOf(ref, held(parts, ref.value), slotHops, movement.txid) !== null
          if (!isHeld) hops = Math.min(hops, slotHops + 1)
          return { value: ref.value, parts: isHeld ? NO_PARTS : parts }
        })
        if (hops === Number.POSITIVE_INFINITY) return []
        const parts = passRule.apply({ ins, outs: movement.outs.map(({ value }) => value), hasFee: movement.hasFee })
        return movement.outs.flatMap((ref, index) => {
          const ofSlot = parts[index] ?? NO_PARTS
          if (ofSlot.length === 0) return []
          partsByKey.set(ref.key, ofSlot)
          hopsByKey.set(ref.key, hops)
          return holdOf(ref, held(ofSlot, ref.value), hops, null) ? [] : [ref.key]
        })
      })
  }

  async function walkAddresses(): Promise<{ graph: TraceGraph; result: AddressPassResult }> {
    await walk.step(seedSlots.map(({ key }) => key))
    const asked = new Map<string, number>()
    const spread = spreadingAccounts()
    let quick = spread([...walk.movements.values()])
    while (true) {
      while (quick.size > 0) {
        rounds++
        const added = await askAccounts(quick)
        setting.progress.report(
          walk.movements.size,
          undefined,
          `${rule.id}: round ${rounds}, transactions walked: ${walk.movements.size}`,
        )
        quick = spread(added)
      }
      const graph = buildGraph([...walk.movements.values()], seedSlots, request.direction)
      const result = addressPass(graph, graphSeeds(graph), (slot) => seedHeight(graph, slot), holds(graph))
      const { maxHops } = request.budget
      const mayLeave = (account: string) => maxHops === null || (result.hopsByAccount.get(account) ?? 0) < maxHops
      const news = new Map(
        [...result.firstHeightByAccount].filter(
          ([account, height]) => asked.get(account) !== height && mayLeave(account),
        ),
      )
      const added = await askAccounts(news)
      if (added.length === 0) return { graph, result }
      quick = spread(added)
    }

    /** Whatever spends from these accounts after they first held proceeds; an output without an address is its own account. */
    async function askAccounts(fromHeightByAccount: ReadonlyMap<string, number>): Promise<readonly Movement[]> {
      for (const [account, height] of fromHeightByAccount) asked.set(account, height)
      const open = [...fromHeightByAccount].filter(([account]) => !services.get(account))
      const byAddress = new Map(open.filter(([account]) => !account.includes(':')))
      const spends = await setting.window.spendsFrom(byAddress, request.direction === 'forward' ? 'out' : 'in')
      const added = [
        ...(await walk.add([...spends])),
        ...(await walk.step(open.flatMap(([account]) => (account.includes(':') ? [account] : [])))),
      ]
      await noteServices(added.flatMap(({ ins, outs }) => [...ins, ...outs]))
      return added
    }

    /** Which accounts gain proceeds, from what is known so far; as with outputs, only the pass counts. */
    function spreadingAccounts(): (added: readonly Movement[]) => Map<string, number> {
      const proceedsByAccount = new Map<string, bigint>()
      for (const [index, seed] of placed.entries())
        addTo(proceedsByAccount, accountOf(seedSlots[index] as SlotRef), seed.amount)
      return (added) => {
        const found = new Map<string, number>()
        for (const movement of added) {
          const lossByAccount = new Map<string, bigint>()
          for (const slot of movement.ins) addTo(lossByAccount, accountOf(slot), slot.value)
          for (const slot of movement.outs) addTo(lossByAccount, accountOf(slot), -slot.value)
          let leaving = 0n
          for (const [account, loss] of lossByAccount) {
            const taken = loss > 0n ? least(proceedsByAccount.get(account) ?? 0n, loss) : 0n
            if (taken > 0n) addTo(proceedsByAccount, account, -taken)
            leaving += taken
          }
          for (const [account, loss] of lossByAccount) {
            const share = loss < 0n ? least(leaving, -loss) : 0n
            if (share === 0n) continue
            leaving -= share
            addTo(proceedsByAccount, account, share)
            const height = movement.block.height
            const known = asked.get(account) ?? found.get(account)
            if (known === undefined || (request.direction === 'forward' ? height < known : height > known))
              found.set(account, height)
          }
        }
        return found
      }
    }
  }

  function graphSeeds(graph: TraceGraph): Seed[] {
    return placed.map((seed) => ({
      slot: graph.slotByKey.get(seedSlot(seed).key) as number,
      source: sourceByLabel.get(seed.label) as number,
      amount: seed.amount,
    }))
  }

  /** The height at which a seed is on its address: its own block, else the block that moves it on. */
  function seedHeight(graph: TraceGraph, slot: number): number {
    const { txid } = readSlotKey((graph.slots[slot] as SlotRef).key)
    const known = setting.window.seen.get(txid)?.block.height
    if (known !== undefined) return known
    const consumer = graph.consumer[slot] as number
    return graph.movements[consumer]?.block.height ?? setting.asOf.height
  }

  function holds(graph: TraceGraph): (slot: number, traced: bigint, hops: number) => Hold | null {
    return (slot, traced, hops) =>
      holdOf(graph.slots[slot] as SlotRef, traced, hops, graph.movements[graph.consumer[slot] as number]?.txid ?? null)
  }

  /** The stops and budgets that keep value where it is, in the order in which they are said. */
  function holdOf(ref: SlotRef, traced: bigint, hops: number, consumer: string | null): Hold | null {
    const { maxHops, minValue } = request.budget
    const service = hops > 0 && ref.address !== null ? services.get(ref.address) : null
    if (service) return serviceHold(service)
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

  function hopsOf(graph: TraceGraph, result: PassResult, slot: number): number {
    return result.hopsByTx.get(graph.creator[slot] as number) ?? 0
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

  async function placePositions(): Promise<Position[]> {
    const ends = [...result.partsBySlot.keys()].filter((slot) => !result.consumed.has(slot) || rule.unit === 'address')
    const keys = ends.map((slot) => (graph.slots[slot] as SlotRef).key)
    await walk.look(keys)
    return ends.map((slot) => {
      const ref = graph.slots[slot] as SlotRef
      const parts = result.partsBySlot.get(slot) ?? []
      const { txid, vout } = readSlotKey(ref.key)
      const hops = hopsOf(graph, result, slot)
      const tracedValue = held(parts, ref.value)
      const end = result.holdBySlot.get(slot) ?? endOf(ref, tracedValue, hops)
      return {
        txid,
        vout,
        address: ref.address,
        amount: ref.value,
        traced: tracedValue,
        bySeed: new Map(bySource(parts).map(({ source, amount }) => [labels[source] as string, amount])),
        status: end.status,
        code: end.code,
        reason: end.reason,
        hops,
        block: blockOf(txid, graph.movements[graph.creator[slot] as number]),
      }
    })
  }

  function blockOf(txid: string, creator: Movement | undefined): Position['block'] {
    const block = setting.window.seen.get(txid)?.block ?? creator?.block
    return block ? { height: block.height, hash: block.hash, time: block.time } : null
  }

  function endOf(ref: SlotRef, traced: bigint, hops: number): Pick<Position, 'status' | 'code' | 'reason'> {
    const { txid, vout, kind } = readSlotKey(ref.key)
    const next = walk.nextByKey.get(ref.key)
    const service = hops > 0 && ref.address !== null ? services.get(ref.address) : null
    if (service) return serviceHold(service)
    if (next?.txid) {
      const cut = walk.cut.get(next.txid)
      if (cut) return cut
      const blocked = walk.blocked.get(next.txid)
      if (blocked)
        return {
          status: 'data-ends',
          code: blocked.why,
          reason: `moved on in ${next.txid}, which cannot be passed through: ${blocked.detail}`,
        }
      const hold = holdOf(ref, traced, hops, next.txid)
      if (hold) return hold
      return {
        status: 'data-ends',
        code: 'next-not-read',
        reason: `moved on in ${next.txid}, which the ledger does not hold in full`,
      }
    }
    if (next?.why === 'new-coins')
      return { status: 'data-ends', code: 'new-coins', reason: 'newly created coins: nothing lies before' }
    if (next?.why === 'creator-unknown')
      return {
        status: 'data-ends',
        code: 'creator-not-in-ledger',
        reason: `the transaction that paid this (${txid}) is not in the imported data`,
      }
    if (next?.why === 'coinbase-unknown')
      return {
        status: 'fee',
        code: 'coinbase-not-in-ledger',
        reason: 'fee: the block is not complete in the imported data, so its coinbase cannot be followed',
      }
    if (kind === 'fee') return { status: 'fee', code: 'fee', reason: `fee of ${txid}, paid to the miner of its block` }
    if (kind === 'unclaimed')
      return {
        status: 'written-off',
        code: 'unclaimed',
        reason: 'left unclaimed by the miner: these coins no longer exist',
      }
    const output = setting.window.seen.get(txid)?.outputs[vout ?? -1]
    if (output?.type === 'op_return')
      return { status: 'written-off', code: 'unspendable', reason: 'an OP_RETURN output can never be spent' }
    return unspentOrUnknown(txid)
  }

  /** "Unspent" is said only where every block from the output's own to the as-of block is here and proven complete. */
  function unspentOrUnknown(txid: string): Pick<Position, 'status' | 'code' | 'reason'> {
    const height = setting.window.seen.get(txid)?.block.height
    const { asOf, status } = setting
    const covers = (kind: 'merkle' | 'declared') =>
      height !== undefined &&
      status.complete.some(
        (range) =>
          (range.completeness === 'merkle' || kind === 'declared') && range.from <= height && range.to >= asOf.height,
      )
    if (covers('merkle')) {
      return {
        status: 'unspent',
        code: 'unspent',
        reason: `unspent as of block ${asOf.height}: every block since is complete and no transaction spends it`,
      }
    }
    if (covers('declared')) {
      return {
        status: 'data-ends',
        code: 'completeness-declared',
        reason: `no spend up to block ${asOf.height} in data whose completeness is declared by its source, not proven`,
      }
    }
    return {
      status: 'data-ends',
      code: 'no-later-data',
      reason: 'no spend in the imported data, which does not hold every later block',
    }
  }

  function declaredPositions(): Position[] {
    return request.seeds
      .filter((seed) => seed.known === 'declared')
      .map((seed) => ({
        txid: seed.txid,
        vout: seed.vout,
        address: seed.address,
        amount: seed.amount,
        traced: seed.amount,
        bySeed: new Map([[seed.label, seed.amount]]),
        status: 'data-ends',
        code: 'declared-only',
        reason: 'named by the claim only: no imported transaction shows this output',
        hops: 0,
        block: null,
      }))
  }

  function flowOf(): FlowStep[] {
    if ('flow' in result)
      return (result as AddressPassResult).flow.map((step) => ({ ...step, ...blockFacts(step.txid) }))
    return [...result.hopsByTx].map(([tx, hops]) => {
      const { columns } = graph
      const movement = graph.movements[tx] as Movement
      const from = [...columns.inSlot.subarray(columns.inStart[tx], columns.inStart[tx + 1])]
        .filter((slot) => result.consumed.has(slot))
        .map((slot) => slotFlow(slot))
      const to: ReturnType<typeof slotFlow>[] = []
      for (let slot = columns.outStart[tx] as number; slot < (columns.outStart[tx + 1] as number); slot++) {
        if (result.partsBySlot.has(slot)) to.push(slotFlow(slot))
      }
      return { txid: movement.txid, hops, ...blockFacts(movement.txid), from, to }
    })
  }

  function slotFlow(slot: number): FlowStep['to'][number] {
    const ref = graph.slots[slot] as SlotRef
    return {
      key: ref.key,
      address: ref.address,
      amount: ref.value,
      traced: held(result.partsBySlot.get(slot) ?? [], ref.value),
    }
  }

  function blockFacts(txid: string): { height: number; time: number | null } {
    const block = walk.movements.get(txid)?.block
    return { height: block?.height ?? 0, time: block?.time ?? null }
  }

  /** The promise of the whole room: what went in is accounted for, in all and for each source. */
  function checkBalance(sums: TraceLedger): void {
    if (!sums.balanced || (rule.conserves && sums.drawnIn !== 0n)) {
      stop('TRACE_DOES_NOT_ADD_UP', `The trace under ${rule.id} accounts for ${sums.sum} of ${sums.root} base units.`, {
        fix: 'This is a fault of the engine: keep the data and report it. Do not use the result.',
      })
    }
    if (!rule.conserves) return
    labels.forEach((label, source) => {
      const went = sumOf(request.seeds.filter((seed) => seed.label === label).map(({ amount }) => amount))
      const found =
        sumOf(positions.map(({ bySeed }) => bySeed.get(label) ?? 0n)) + (result.overlapBySource.get(source) ?? 0n)
      if (went !== found) {
        stop(
          'TRACE_DOES_NOT_ADD_UP',
          `The trace under ${rule.id} accounts for ${found} of the ${went} base units of ${label}.`,
          {
            fix: 'This is a fault of the engine: keep the data and report it. Do not use the result.',
          },
        )
      }
    })
  }
}

function seedSlot(seed: ResolvedSeed): SlotRef {
  return { key: outputKey({ txid: seed.txid, vout: seed.vout ?? 0 }), value: seed.value ?? 0n, address: seed.address }
}

function serviceHold(tag: ServiceTag): Hold {
  return {
    status: 'service',
    code: 'service-tag',
    reason: `stopped at a service: ${tag.label} (${tag.category}; confidence ${tag.confidence}; ${tag.source})`,
  }
}

function byPlace(a: Position, b: Position): number {
  return (
    (a.block?.height ?? -1) - (b.block?.height ?? -1) ||
    (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0) ||
    (a.vout ?? Number.MAX_SAFE_INTEGER) - (b.vout ?? Number.MAX_SAFE_INTEGER)
  )
}

function accountOf({ address, key }: SlotRef): string {
  return address ?? key
}

function addTo(amounts: Map<string, bigint>, account: string, change: bigint): void {
  amounts.set(account, (amounts.get(account) ?? 0n) + change)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function sumOf(amounts: Iterable<bigint>): bigint {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}
