/**
 * From movements to the columns of a slot graph, in an order in which creators stand before consumers.
 *
 * Height and position in the block give the order where they can. They cannot always: Bitcoin Cash sorts blocks by
 * txid (its upgrade of November 2018), some sources give no positions, and a coinbase that takes fees comes last. So
 * the order is topological, and among the movements that could come next it is by height, then position, then txid.
 */
import { stop } from '../kernel/index.ts'
import { openKeyTable } from './key-table.ts'
import type { Movement, SlotRef } from './movement.ts'
import { MAX_SLOTS, type SlotGraph } from './slot-graph.ts'

export type TraceGraph = {
  readonly columns: SlotGraph
  /** transaction → movement, in graph order */
  readonly movements: readonly Movement[]
  /** slot → what it is */
  readonly slots: readonly SlotRef[]
  /** The slot of a key that a transaction here consumes, or that is a seed. */
  slotOf(key: string): number | undefined
  /** slot → the transaction that consumes it, or −1 */
  readonly consumer: Int32Array
  /** slot → the transaction that created it, or −1 for slots from outside */
  readonly creator: Int32Array
}

export function buildGraph(
  movements: readonly Movement[],
  seeds: readonly SlotRef[],
  direction: 'forward' | 'backward',
): TraceGraph {
  const sorted = [...movements].sort((a, b) => (direction === 'forward' ? byChainOrder(a, b) : byChainOrder(b, a)))
  const graph = toGraph(sorted, seeds) ?? toGraph(topological(sorted), seeds)
  if (!graph) throw new Error('a topological order has a consumer before its creator')
  return graph
}

/** The columns of movements in this order; null where a consumer stands before its creator. */
function toGraph(ordered: readonly Movement[], seeds: readonly SlotRef[]): TraceGraph | null {
  const txCount = ordered.length
  const outStart = new Uint32Array(txCount + 1)
  const inStart = new Uint32Array(txCount + 1)
  const hasFee = new Uint8Array(txCount)
  let inCount = 0
  for (const { ins } of ordered) inCount += ins.length
  // Only keys that are asked for are kept: most outputs of a trace are its ends.
  const asked = openKeyTable(inCount + seeds.length)
  const inKey = new Int32Array(inCount)
  for (let tx = 0, at = 0; tx < txCount; tx++) {
    const { ins, outs, hasFee: pays } = ordered[tx] as Movement
    for (const { key } of ins) inKey[at++] = asked.add(key)
    inStart[tx + 1] = at
    outStart[tx + 1] = (outStart[tx] as number) + outs.length
    hasFee[tx] = pays ? 1 : 0
  }
  const seedKey = seeds.map(({ key }) => asked.add(key))
  const slotByKey = new Int32Array(asked.size).fill(-1)
  const createdCount = outStart[txCount] as number
  const slots = new Array<SlotRef>(createdCount)
  const created = new BigUint64Array(createdCount)
  for (let tx = 0, slot = 0; tx < txCount; tx++) {
    for (const ref of (ordered[tx] as Movement).outs) {
      const key = asked.find(ref.key)
      if (key !== -1) slotByKey[key] = slot
      created[slot] = ref.value
      slots[slot++] = ref
    }
  }
  const inSlot = new Uint32Array(inCount)
  for (let tx = 0, at = 0; tx < txCount; tx++) {
    for (const end = inStart[tx + 1] as number, begin = at; at < end; at++) {
      const known = slotByKey[inKey[at] as number] as number
      const slot =
        known === -1 ? slotAt(inKey[at] as number, (ordered[tx] as Movement).ins[at - begin] as SlotRef) : known
      // Slots that this transaction or a later one creates begin at its own first out-slot.
      if (slot >= (outStart[tx] as number) && slot < createdCount) return null
      inSlot[at] = slot
    }
  }
  for (const [index, seed] of seeds.entries()) slotAt(seedKey[index] as number, seed)
  const slotCount = slots.length
  if (slotCount >= MAX_SLOTS) {
    stop('TRACE_TOO_LARGE', `The trace reaches ${slotCount} outputs; one trace holds fewer than ${MAX_SLOTS}.`, {
      fix: 'Narrow it with --max-hops, --min-value, --until or --max-transactions.',
    })
  }
  const consumer = new Int32Array(slotCount).fill(-1)
  const creator = new Int32Array(slotCount).fill(-1)
  for (let tx = 0; tx < txCount; tx++) {
    for (let at = inStart[tx] as number; at < (inStart[tx + 1] as number); at++) consumer[inSlot[at] as number] = tx
    for (let slot = outStart[tx] as number; slot < (outStart[tx + 1] as number); slot++) creator[slot] = tx
  }
  const value = new BigUint64Array(slotCount)
  value.set(created)
  for (let slot = createdCount; slot < slotCount; slot++) value[slot] = (slots[slot] as SlotRef).value
  const columns: SlotGraph = { txCount, slotCount, value, outStart, inStart, inSlot, hasFee }
  return { columns, movements: ordered, slots, slotOf, consumer, creator }

  /** The slot of a key; one that no transaction here created comes from outside. */
  function slotAt(key: number, ref: SlotRef): number {
    if (slotByKey[key] === -1) slotByKey[key] = slots.push(ref) - 1
    return slotByKey[key] as number
  }

  function slotOf(key: string): number | undefined {
    const number = asked.find(key)
    return number === -1 ? undefined : slotByKey[number]
  }
}

/** Takes, again and again, the first movement in `sorted` whose creators have all been taken. */
function topological(sorted: readonly Movement[]): Movement[] {
  const placeByOutKey = new Map<string, number>()
  sorted.forEach((movement, place) => {
    for (const { key } of movement.outs) placeByOutKey.set(key, place)
  })
  const needs = sorted.map((movement) =>
    movement.ins.map(({ key }) => placeByOutKey.get(key)).filter((place): place is number => place !== undefined),
  )
  const waiting = needs.map((places) => new Set(places).size)
  const dependants: number[][] = sorted.map(() => [])
  needs.forEach((places, at) => {
    for (const place of new Set(places)) dependants[place]?.push(at)
  })
  const ready = waiting.flatMap((count, at) => (count === 0 ? [at] : []))
  const heap = new MinHeap(ready)
  const ordered: Movement[] = []
  for (let at = heap.take(); at !== undefined; at = heap.take()) {
    ordered.push(sorted[at] as Movement)
    for (const dependant of dependants[at] ?? []) {
      const left = (waiting[dependant] as number) - 1
      waiting[dependant] = left
      if (left === 0) heap.add(dependant)
    }
  }
  if (ordered.length < sorted.length) {
    const stuck = sorted.find((_, at) => (waiting[at] as number) > 0)
    stop('LEDGER_CIRCULAR', `Transaction ${stuck?.txid} spends, through others, what it creates itself.`, {
      fix: 'The imported data is wrong: a transaction id cannot depend on itself. See `comity chain status` for its defects.',
    })
  }
  return ordered
}

export function byChainOrder(a: Movement, b: Movement): number {
  return (
    a.block.height - b.block.height ||
    Number(a.coinbase) - Number(b.coinbase) ||
    (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER) ||
    (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0)
  )
}

class MinHeap {
  private readonly items: number[] = []
  constructor(items: readonly number[]) {
    for (const item of items) this.add(item)
  }

  add(item: number): void {
    this.items.push(item)
    let at = this.items.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.items[parent] as number) <= item) break
      this.items[at] = this.items[parent] as number
      at = parent
    }
    this.items[at] = item
  }

  take(): number | undefined {
    const first = this.items[0]
    const last = this.items.pop()
    if (first === undefined || last === undefined || this.items.length === 0) return first
    let at = 0
    while (true) {
      let child = 2 * at + 1
      if (child >= this.items.length) break
      if (child + 1 < this.items.length && (this.items[child + 1] as number) < (this.items[child] as number)) child++
      if ((this.items[child] as number) >= last) break
      this.items[at] = this.items[child] as number
      at = child
    }
    this.items[at] = last
    return first
  }
}
