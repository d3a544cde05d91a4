/**
 * A pass: one rule over a graph, transaction by transaction in graph order.
 *
 * Traced value waits in a slot until the transaction that consumes it comes; a slot that is *held* (a stop policy or a
 * budget keeps it) gives nothing on: for its consumer it is clean. Poison is the only rule that makes traced value
 * grow; how much it drew in is counted at every transaction.
 */
import type { TraceGraph } from './graph.ts'
import { bySource, CLEAN, NO_PARTS, type Part, type Parts, pushPart, traced } from './rules/parts.ts'
import type { TransactionRule } from './rules/transaction-rule.ts'
import type { Seed } from './slot-graph.ts'

/** Says why the value of a slot goes no further, or null. Asked when its consumer comes. */
export type HoldQuestion = (slot: number, tracedValue: bigint, hops: number) => Hold | null

/** Where held value stands in the ledger of the trace, and why. */
export type Hold = {
  readonly status: 'service' | 'not-followed' | 'data-ends' | 'written-off'
  readonly code: string
  readonly reason: string
}

export type PassResult = {
  /** slot → its parts; slots without traced value are absent */
  readonly partsBySlot: ReadonlyMap<number, Parts>
  /** slots whose value went on into their consumer */
  readonly consumed: ReadonlySet<number>
  /** slots that have a consumer but were held, and why */
  readonly holdBySlot: ReadonlyMap<number, Hold>
  /** transaction → hops from the nearest seed, for transactions that traced value entered */
  readonly hopsByTx: ReadonlyMap<number, number>
  /** Clean value that poison drew in, net over all transactions; nought for every other rule. */
  readonly drawnIn: bigint
  /** source → value of its seeds that other seeds had already brought there */
  readonly overlapBySource: ReadonlyMap<number, bigint>
}

/** What a pass needs of a rule: what it does to a transaction, and whether it keeps the traced total. */
export type PassRule = { readonly apply: TransactionRule; readonly conserves: boolean }

export function pass(graph: TraceGraph, rule: PassRule, seeds: readonly Seed[], holds: HoldQuestion): PassResult {
  const { columns } = graph
  const partsBySlot = seedParts(graph, seeds)
  const consumed = new Set<number>()
  const holdBySlot = new Map<number, Hold>()
  const hopsByTx = new Map<number, number>()
  const overlapBySource = new Map<number, bigint>()
  let drawnIn = 0n
  for (let tx = 0; tx < columns.txCount; tx++) {
    const ins: { value: bigint; parts: Parts }[] = []
    let entered = 0n
    let hops = Number.POSITIVE_INFINITY
    for (let at = columns.inStart[tx] as number; at < (columns.inStart[tx + 1] as number); at++) {
      const slot = columns.inSlot[at] as number
      const value = columns.value[slot] as bigint
      const parts = partsBySlot.get(slot)
      const amount = parts ? held(parts, value) : 0n
      const slotHops = hopsByTx.get(graph.creator[slot] as number) ?? 0
      const hold = amount > 0n ? holds(slot, amount, slotHops) : null
      if (hold) holdBySlot.set(slot, hold)
      if (!parts || amount === 0n || hold) {
        ins.push({ value, parts: NO_PARTS })
        continue
      }
      ins.push({ value, parts })
      consumed.add(slot)
      entered += amount
      hops = Math.min(hops, slotHops + 1)
    }
    if (entered === 0n) continue
    hopsByTx.set(tx, hops)
    const first = columns.outStart[tx] as number
    const outs: bigint[] = []
    for (let slot = first; slot < (columns.outStart[tx + 1] as number); slot++) outs.push(columns.value[slot] as bigint)
    let left = 0n
    rule.apply({ ins, outs, hasFee: columns.hasFee[tx] === 1 }).forEach((parts, index) => {
      if (parts.length === 0) return
      const slot = first + index
      const value = outs[index] as bigint
      left += held(parts, value)
      const seeded = partsBySlot.get(slot)
      partsBySlot.set(slot, seeded ? joinSeed(seeded, parts, value) : parts)
    })
    drawnIn += left - entered
  }
  return { partsBySlot, consumed, holdBySlot, hopsByTx, drawnIn, overlapBySource }

  /**
   * A seed that lies downstream of another one: what arrives keeps its source ("the first taint is kept", as in
   * TaintChain, Cambridge 2018); the seed owns the first clean units that are left, and what it finds no room for is an
   * overlap: a line of the ledger, since it would count the same money twice.
   */
  function joinSeed(seeded: Parts, arriving: Parts, value: bigint): Parts {
    const claims = seeded.filter(({ source }) => source !== CLEAN)
    if (!rule.conserves) {
      for (const { source, amount } of claims) addOverlap(source, amount)
      return bySource([
        ...claims.filter((claim) => !arriving.some(({ source }) => source === claim.source)),
        ...arriving,
      ])
    }
    let known = 0n
    for (const { amount } of arriving) known += amount
    const line: Part[] = []
    for (const part of [...arriving, { source: CLEAN, amount: value - known }]) {
      let room = part.source === CLEAN ? part.amount : 0n
      if (part.source !== CLEAN) pushPart(line, part.source, part.amount)
      while (room > 0n) {
        const claim = claims[0]
        if (!claim) {
          pushPart(line, CLEAN, room)
          break
        }
        const taken = claim.amount < room ? claim.amount : room
        pushPart(line, claim.source, taken)
        room -= taken
        if (taken === claim.amount) claims.shift()
        else claims[0] = { source: claim.source, amount: claim.amount - taken }
      }
    }
    for (const { source, amount } of claims) addOverlap(source, amount)
    return line
  }

  function addOverlap(source: number, amount: bigint): void {
    overlapBySource.set(source, (overlapBySource.get(source) ?? 0n) + amount)
  }
}

/** Traced value of a slot; under poison several sources may each claim the whole of it, which counts once. */
export function held(parts: Parts, value: bigint): bigint {
  const sum = traced(parts)
  return sum < value ? sum : value
}

/** A seed owns the first base units of its slot; several seeds of one slot follow one another. */
function seedParts(graph: TraceGraph, seeds: readonly Seed[]): Map<number, Parts> {
  const linesBySlot = new Map<number, Part[]>()
  for (const { slot, source, amount } of seeds) {
    const line = linesBySlot.get(slot) ?? []
    pushPart(line, source, amount)
    linesBySlot.set(slot, line)
  }
  for (const [slot, line] of linesBySlot) {
    const rest = (graph.columns.value[slot] as bigint) - traced(line)
    if (rest < 0n) throw new RangeError('more seeded than the output is worth')
    pushPart(line, CLEAN, rest)
  }
  return new Map<number, Parts>(linesBySlot)
}
